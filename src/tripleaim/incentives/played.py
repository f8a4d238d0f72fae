"""Every coalition of a plan's bodies carried out: what each body gains, at the stated numbers and draw by draw."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tripleaim.incentives.amounts import Array
from tripleaim.incentives.blocs import Blocs
from tripleaim.incentives.books import books, positions
from tripleaim.incentives.coalitions import coalition_worlds
from tripleaim.incentives.measures.timing import present_value
from tripleaim.incentives.values import by_player, everybody, goes_ahead
from tripleaim.incentives.ways import Way
from tripleaim.plan import Plan
from tripleaim.projection.axes import axes
from tripleaim.projection.project import run_worlds
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import HOPED, Worlds, worlds
from tripleaim.stress.draws import draw
from tripleaim.stress.streams import Streams
from tripleaim.stress.switched import switched
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.uncertainty import Uncertainty

AT_ONCE = 256
"""Worlds run side by side at the stated numbers."""


@dataclass(frozen=True, kw_only=True)
class Coalitions:
    """A plan that can be asked what every coalition of its bodies would gain."""

    plan: Plan
    players: Blocs
    ways: tuple[Way, ...]
    """Ways of paying for care it is asked about."""
    worlds: Worlds
    """The world of every coalition, in the order of `games.Game.numbers`, those outside doing nothing."""
    going_on: Worlds
    """The same with those outside going on together."""
    inputs: tuple[Uncertainty, ...]


def coalitions(plan: Plan, players: Blocs, ways: Sequence[Way], schemes: Collection[str] | None = None) -> Coalitions:
    """A plan made ready to be asked.

    schemes : those that are asked about; all if left out
    """
    return Coalitions(
        plan=plan,
        players=players,
        ways=tuple(ways),
        worlds=coalition_worlds(plan, players, schemes=schemes),
        going_on=coalition_worlds(plan, players, schemes=schemes, others_go_on=True),
        inputs=uncertainties(plan),
    )


def gained(run: Run, ways: Sequence[Way], base: str = HOPED) -> dict[str, Array]:
    """What every member gains in every world of a run against doing nothing, under each way of paying.

    base    : what the run was made with, as `run_worlds` has it, so that wards are counted alike in both
    returns : key of the way → (member, plan year, world), GBP, one-off money counted
    """
    names, worlds_run = run.axes, len(run.cases.names)
    idle = run_worlds(run.inputs.plan, worlds(names, [()] * worlds_run), run.inputs.values, base)
    found, nothing = books(run), books(idle)
    every = {way.key: positions(found, nothing, way) - positions(nothing, nothing, way) for way in ways}
    return {key: each[:, 1:] for key, each in every.items()}


def stated(of: Coalitions, asked: Worlds) -> dict[str, Array]:
    """The same for some worlds at the stated numbers, a few at a time so that 4,096 coalitions need little memory."""
    parts = [asked.at(*range(n, min(n + AT_ONCE, len(asked)))) for n in range(0, len(asked), AT_ONCE)]
    found = [gained(run_worlds(of.plan, part), of.ways) for part in parts]
    return {way.key: np.concatenate([each[way.key] for each in found], axis=2) for way in of.ways}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What is gained under one way of paying, in every draw; GBP over all plan years in the first year's value."""

    way: str
    """Its key."""
    together: Array
    """(player, draw), with everybody taking part."""
    left_out: Array
    """(player, draw), what each has if the others go ahead without it."""
    values: Array
    """(coalition, draw), what the members of each gain by carrying out what they can, if they would."""
    bodies: Array
    """(member, draw), with everybody taking part."""
    bodies_left_out: Array
    """(member, draw), what each has if the others go ahead without the player it belongs to."""


def drawn(
    of: Coalitions,
    expected: Mapping[str, Array],
    draws: int,
    seed: int,
    rate: float,
    *,
    idle: Collection[str] = (),
    fast: bool = True,
) -> tuple[tuple[Drawn, ...], str]:
    """Every coalition in every draw, under each of the ways.

    expected : key of a way → (coalition,), what its members expect to gain: whether they go ahead hangs on that
    rate     : fraction a year by which later years are worth less
    idle     : players who have nothing at stake
    returns  : and why it took longer than it need, in a sentence; empty where nothing was missing
    """
    names = axes(of.plan).nodes[: axes(of.plan).members]
    players, count = of.players.players, len(of.worlds)

    def read(run: Run) -> Array:
        return np.concatenate([present_value(each, rate) for each in gained(run, of.ways).values()])

    model = switched(of.plan, of.inputs, read, partners=True, fast=fast)
    values = draw(of.inputs, Streams(seed), 0, draws).values
    bodies, left_out = (np.empty((len(of.ways), len(names), draws)) for _ in range(2))
    worth = np.zeros((len(of.ways), count, draws))
    of_player = [[names.index(body) for body in of.players.members[player]] for player in players]
    others = {(count - 1) ^ (1 << n): own for n, own in enumerate(of_player)}
    for coalition, answer in enumerate(model.each(of.worlds, values)):
        each = answer.reshape(len(of.ways), len(names), draws)
        inside = [body for n, own in enumerate(of_player) if coalition >> n & 1 for body in own]
        worth[:, coalition] = each[:, inside].sum(axis=1)
        if coalition in others:
            left_out[:, others[coalition]] = each[:, others[coalition]]
        if coalition == count - 1:
            bodies[:] = each
    whole = everybody(of.players, idle)
    ahead = np.stack([goes_ahead(expected[way.key], whole) for way in of.ways])
    worth *= ahead[:, :, None]
    return tuple(
        Drawn(
            way=way.key,
            together=by_player(bodies[n], of.players, names),
            left_out=by_player(left_out[n], of.players, names),
            values=worth[n],
            bodies=bodies[n],
            bodies_left_out=left_out[n],
        )
        for n, way in enumerate(of.ways)
    ), model.no_program
