"""Many runs of one plan, each with its own draw of every uncertain number: chunk by chunk, headline by headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tripleaim.plan import Plan
from tripleaim.projection.gaps import CASES
from tripleaim.projection.project import run_draws
from tripleaim.projection.run import SCOPES, Run
from tripleaim.stress.draws import Draws, draw
from tripleaim.stress.families import Floats
from tripleaim.stress.streams import Sampler
from tripleaim.stress.uncertainties import Uncertainty

CHUNK = 500
"""Draws run side by side: few enough to stay in the processor's own memory."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What came out of every draw. Case: do_nothing, hoped or resourced; years: the plan's own."""

    years: tuple[str, ...]
    members: tuple[str, ...]
    pools: tuple[str, ...]
    staff: tuple[tuple[str, str], ...]
    is_pressure: bool
    short: dict[str, Floats]
    """Case → (scope, year, draw): recurrent shortfall of nhs, council and both, positive = short; of a pressure plan
    the pressure above the opening year. GBP, cash.
    """
    position: dict[str, Floats]
    """Case → (member, year, draw): position with one-off money, surplus positive. GBP, cash."""
    beds: dict[str, Floats]
    """Case → (pool, draw): beds open in the plan's last year."""
    staff_short: dict[str, Floats]
    """Case → (staff group, draw): whole-time equivalents short in the plan's last year."""

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.short["hoped"].shape[-1])


def trial(plan: Plan, inputs: Sequence[Uncertainty], sampler: Sampler, draws: int, chunk: int = CHUNK) -> Trial:
    """Run a plan for every draw, if nothing changes, as hoped and with what is found.

    The numbers of a draw do not depend on the chunk it is run in.

    raises : Impossible for no draws, or more than the sampler has
    """
    parts = [one_chunk(plan, found) for found in chunks(inputs, sampler, draws, chunk)]
    first = parts[0]
    return Trial(
        years=first.years,
        members=first.members,
        pools=first.pools,
        staff=first.staff,
        is_pressure=first.is_pressure,
        short=_joined([part.short for part in parts]),
        position=_joined([part.position for part in parts]),
        beds=_joined([part.beds for part in parts]),
        staff_short=_joined([part.staff_short for part in parts]),
    )


def chunks(inputs: Sequence[Uncertainty], sampler: Sampler, draws: int, chunk: int = CHUNK) -> Iterator[Draws]:
    """The draws, a chunk at a time."""
    yield draw(inputs, sampler, 0, min(chunk, draws))
    for first in range(chunk, draws, chunk):
        yield draw(inputs, sampler, first, min(chunk, draws - first))


def one_chunk(plan: Plan, found: Draws) -> Trial:
    """Some draws, run side by side in every case."""
    drawn = dict(zip(found.names, found.values, strict=True))
    runs = {name: run_draws(plan, case, drawn) for name, case in CASES.items()}
    run = runs["hoped"]
    return Trial(
        years=plan.years,
        members=run.axes.nodes[: run.axes.members],
        pools=run.axes.pools,
        staff=run.axes.staff,
        is_pressure=run.is_pressure,
        short={name: _short(each) for name, each in runs.items()},
        position={name: _position(each) for name, each in runs.items()},
        beds={name: each.opened.open[:, each.axes.last] for name, each in runs.items()},
        staff_short={name: each.people.short[:, each.axes.last] for name, each in runs.items()},
    )


def _short(run: Run) -> Floats:
    """(scope, plan year, draw): recurrent shortfall."""
    return np.stack([run.short_in_all(scope)[1 : run.axes.last + 1] for scope in SCOPES])


def _position(run: Run) -> Floats:
    """(member, plan year, draw): position with one-off money."""
    whole = run.recurrent + run.one_off
    return np.asarray(whole[: run.axes.members, 1 : run.axes.last + 1])


def _joined(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts], axis=-1) for name in parts[0]}
