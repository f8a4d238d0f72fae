"""What a stress test reads of each draw: the money, beds, staff and indicators of every plan year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tripleaim.projection.axes import Array, Axes
from tripleaim.projection.run import SCOPES, Run

SHORT, ORGANISATION, BEDS, STAFF, INDICATOR = "short", "organisation", "beds", "staff_short", "indicator"


@dataclass(frozen=True, kw_only=True, order=True)
class Output:
    """One number that every draw answers with."""

    case: str
    """do_nothing, hoped, resourced, or another case of the projection."""
    measure: str
    """short: recurrent shortfall of a scope, or its pressure above the opening year where no gap can be told, GBP;
    organisation: shortfall of a member with one-off money, GBP; beds: beds open; staff_short: whole-time equivalents
    short; indicator: its value in its own unit. Money is in cash, positive = short.
    """
    who: str
    """nhs, council or both; else the key of the member, bed pool or indicator, or organisation/group of staff."""
    year: str
    """Financial year of the plan."""


def outputs(axes: Axes, cases: tuple[str, ...]) -> Iterator[Output]:
    """Every output, in the order of `headlines`: by measure, then who, year and case."""
    for measure, names in _who(axes).items():
        for who in names:
            for year in axes.years[1 : axes.last + 1]:
                for case in cases:
                    yield Output(case=case, measure=measure, who=who, year=year)


def headlines(run: Run) -> Array:
    """The headlines of a run: (who, plan year, case), the measures one after another."""
    members, years = run.axes.members, slice(1, run.axes.last + 1)
    found = [
        np.stack([run.short_in_all(scope)[years] for scope in SCOPES]),
        -(run.recurrent + run.one_off)[:members, years],
        run.opened.open[:, years],
        run.people.short[:, years],
        run.indicators[:, years],
    ]
    cases = len(run.cases.names)  # what a plan has none of has one case
    return np.concatenate([np.broadcast_to(each, (*each.shape[:2], cases)) for each in found])


def _who(axes: Axes) -> dict[str, tuple[str, ...]]:
    return {
        SHORT: SCOPES,
        ORGANISATION: axes.nodes[: axes.members],
        BEDS: axes.pools,
        STAFF: tuple("/".join(key) for key in axes.staff),
        INDICATOR: axes.indicators,
    }
