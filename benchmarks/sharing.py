"""What sharing takes: games that mean nothing, and the invented place's own through the command."""

from __future__ import annotations

import numpy as np
from measuring import CLI, Measured, middle, process

from tripleaim.incentives.games import Game, least_core, nucleolus, shapley

SEED = 7
PLACE = "plans/wealdshire_and_marsh"


def games() -> list[Measured]:
    """The public kernel on games of many players."""
    twenty, twelve = random_game(20), random_game(12)
    return [
        Measured(
            what="exact Shapley value, 20 players, every coalition valued beforehand",
            value=middle(lambda: shapley(twenty)) / 1e3,
            unit="s",
            target=3,
        ),
        Measured(what="least core, 12 players", value=middle(lambda: least_core(twelve)) / 1e3, unit="s", target=1),
        Measured(what="nucleolus, 12 players", value=middle(lambda: nucleolus(twelve)) / 1e3, unit="s", target=10),
    ]


def sharing() -> list[Measured]:
    """What a finance director waits for."""
    share = (*CLI, "share", PLACE, "--draws", "1000")
    return [
        *games(),
        Measured(
            what="`tripleaim share`, invented place, 9 bodies, 512 coalitions, 10 ways to pay, 1,000 draws, "
            "whole process",
            value=process(share),
            unit="s",
            target=10,
        ),
    ]


def random_game(players: int) -> Game:
    """A game in which coalitions gain more the larger they are, and by chance."""
    rng = np.random.default_rng(SEED)
    count = 2**players
    members = (np.arange(count)[:, None] >> np.arange(players) & 1).sum(axis=1)
    values = members**1.5 + rng.uniform(0, 2, count)
    values[0] = 0.0
    return Game(tuple(f"player {n + 1}" for n in range(players)), tuple(values.tolist()))
