"""How the partners would stand if care were paid for in another way, and whether any agreement could then hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tripleaim.incentives.agreement.rules import Objection, Rule, Shares
from tripleaim.incentives.amounts import Array
from tripleaim.incentives.blocs import Blocs
from tripleaim.incentives.deal import held
from tripleaim.incentives.games import Game, blocking, cost_of_stability, least_core
from tripleaim.incentives.measures.timing import present_value
from tripleaim.incentives.played import Drawn
from tripleaim.incentives.record import FormStanding
from tripleaim.incentives.ways import TODAY, Way

LOSES = 0.5
"""GBP a body must be worse off by to be told as a loser."""
TOLD = 12
"""Coalitions told that would leave, those that lack most."""


def form_standing(
    way: Way,
    members: tuple[str, ...],
    players: Blocs,
    gained: Array,
    game: Game,
    going_on: Game,
    shares: Shares,
    rule: Rule,
    drawn: Drawn,
    rate: float,
    bystanders: Collection[str] = (),
) -> FormStanding:
    """One way of paying.

    gained   : (member, plan year), with everybody taking part, GBP
    game     : of all coalitions, those outside doing nothing
    going_on : the same, those outside going on together
    shares   : of the game
    bystanders : players with nothing at stake, with whom no coalition is told
    """
    worth = present_value(gained, rate)
    core = least_core(game) if len(players.players) > 1 else None
    other = least_core(going_on) if len(players.players) > 1 else None
    before = player_sums(players, dict(zip(members, worth.tolist(), strict=True)))
    leaving = [each for each in blocking(game, before) if not set(each[0]) & set(bystanders)]
    stable = held(players, before, shares.of(rule).amounts, drawn)
    return FormStanding(
        key=way.key,
        name=way.name,
        today=way.key == TODAY.key,
        proposed=way.is_proposed,
        worth=dict(zip(members, worth.tolist(), strict=True)),
        last=dict(zip(members, gained[:, -1].tolist(), strict=True)),
        losers=tuple(body for body, amount in zip(members, worth, strict=True) if amount < -LOSES),
        whole=float(worth.sum()),
        leaving=tuple(Objection(coalition=who, lacks=lacks) for who, lacks in leaving[:TOLD]),
        leaving_count=len(leaving),
        epsilon=core.epsilon if core else 0.0,
        core_is_empty=bool(core and core.is_empty),
        cost_of_stability=cost_of_stability(game),
        epsilon_others_go_on=other.epsilon if other else 0.0,
        holds=stable.in_core.share,
        draws=stable.draws,
    )


def player_sums(players: Blocs, by_body: Mapping[str, float]) -> dict[str, float]:
    """What bodies have, added up by player."""
    return {name: sum(by_body[body] for body in keys) for name, keys in players.members.items()}
