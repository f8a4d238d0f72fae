"""What if everything starts sooner or later? Speed against probability."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import MILLION, StressTold
from tripleaim.reports.words import above, listed, plural, short
from tripleaim.stress.named.speed import Pace


def sooner_or_later(told: StressTold) -> Section | None:
    """Every start shifted, from the earliest to the latest; none for a plan without schemes."""
    named = told.whole.named
    if named is None or not named.paces:
        return None
    chance = () if told.found.is_pressure else ("Draws in balance, %",)
    unit = told.measure.unit
    table = Table(
        caption=f"{told.last_year} with what is found and every start shifted, {unit}",
        header=("Starts", f"{told.last_year}, {unit}", *chance, "The years before, £m more or less", "Held back"),
        rows=tuple(_row(each) for each in named.paces),
        numeric=tuple(range(1, 3 + len(chance))),
        unit=unit,
        places=(1,) * (2 + len(chance)),
        signed=(2 + len(chance),),
        shares=(2,) if chance else (),
    )
    reads = (
        "The money has every uncertain number at its point. Benefits and dated money move with the start, and posts "
        "and capital are those found by then. Of the years before, + is money spent and − is money saved."
    )
    exhibit = told.facts.shown.table("stress_speed", table, speed_title(told, named.paces), reads, stack=True)
    return Section(key="speed", question="What if all starts sooner or later?", data={"exhibits": [exhibit]})


def speed_title(told: StressTold, paces: Sequence[Pace]) -> str:
    """The shift that leaves the last year best, and how the latest start compares."""
    year = told.last_year
    ends = [each.resourced.after.short for each in paces]
    if max(ends) - min(ends) < told.alike:
        return f"Starting sooner or later hardly changes {year}"
    planned = next(each for each in paces if not each.months)
    best = min(paces, key=lambda each: (each.resourced.after.short, abs(each.months)))
    last = max(paces, key=lambda each: each.months)
    said = [f"With what is found, {year} as planned is {_stands(told, planned)}"]
    if planned.resourced.after.short - best.resourced.after.short < told.alike:
        said.append("no other start makes it much better")
    elif best is not last:
        said.append(
            f"with every start that can still move {_when(best)} {_stands(told, best)}, the best of those tried"
        )
    said.append(f"{_when(last)} {_stands(told, last)}")
    return "; ".join(said)


def _stands(told: StressTold, pace: Pace) -> str:
    value = pace.resourced.after.short
    return above(value, told.found.plan.opening_year) if told.found.is_pressure else short(value)


def _when(pace: Pace) -> str:
    if not pace.months:
        return "as planned"
    return f"{abs(pace.months)} months {'earlier' if pace.months < 0 else 'later'}"


def _row(pace: Pace) -> tuple[Cell, ...]:
    after, meantime = pace.resourced.after, pace.resourced.meantime / MILLION
    chance = () if after.chance is None else (100 * after.chance,)
    return (_when(pace), after.short / MILLION, *chance, meantime, _held_back(pace))


def _held_back(pace: Pace) -> str:
    """How many schemes could not move as far as the others."""
    parts = [
        (pace.begun, "had begun"),
        (pace.capped, "moved by less"),
        (pace.gone, "would start after the plan ends"),
    ]
    return listed([f"{plural(len(keys), 'scheme')} {words}" for keys, words in parts if keys])
