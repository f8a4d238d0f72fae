"""Games of sharing: what each coalition of players can bring about by itself, and how all of it may be shared.

A kernel of its own, which knows nothing of health care: players are names, values are numbers of any one unit. Told
from the beginning in docs/games.md.
"""

from tripleaim.incentives.games.core import LeastCore, blocking, cost_of_stability, is_convex, least_core
from tripleaim.incentives.games.cover import may_split
from tripleaim.incentives.games.game import Game, game, game_by
from tripleaim.incentives.games.nucleolus import nucleolus
from tripleaim.incentives.games.shapley import Sampled, shapley, shapley_sampled

__all__ = [
    "Game",
    "LeastCore",
    "Sampled",
    "blocking",
    "cost_of_stability",
    "game",
    "game_by",
    "is_convex",
    "least_core",
    "may_split",
    "nucleolus",
    "shapley",
    "shapley_sampled",
]
