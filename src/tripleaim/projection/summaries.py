"""Small readings of a run for people: ages, money flows, staff, activity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.plan.workforce import Shortfall
from tripleaim.projection.axes import Array, after_opening
from tripleaim.projection.gaps import CASES
from tripleaim.projection.people import people
from tripleaim.projection.run import Run


@dataclass(frozen=True, kw_only=True)
class AgeStructure:
    """People of the footprint by ten-year band, in the opening year and in the plan's last."""

    place: str
    """Key of the footprint."""
    bands: tuple[str, ...]
    """Names of the bands, the youngest first."""
    then_year: int
    """Calendar year of the opening year's people, at its middle."""
    later_year: int
    """Calendar year of the last plan year's people."""
    then: tuple[float, ...]
    """People by band in the opening year."""
    later: tuple[float, ...]
    """People by band in the plan's last year."""
    totals: tuple[float, ...]
    """People of all ages in the opening year and each plan year."""
    how: tuple[str, ...]
    """How each of those years was reached, in words."""
    hindsight: bool
    """True when estimates later than the plan's date were used."""


@dataclass(frozen=True, kw_only=True)
class OpeningPosition:
    """Position of one organisation in the opening year. GBP; a surplus is positive."""

    reported: float
    """As in its accounts."""
    one_off: float
    """The part of it that will not come again."""
    underlying: float
    """Reported less one-off: where the plan starts."""


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Money between two bodies in the plan's last year as hoped. GBP."""

    payer: str
    """Key of the body that pays; outside:… for one outside the place."""
    payee: str
    """Key of the body that receives."""
    amount: float
    """What is paid in that year, recurrent, cash."""


@dataclass(frozen=True, kw_only=True)
class StaffResult:
    """One staff group by plan year, as hoped. Whole-time equivalents."""

    organisation: str
    """Key of the organisation they work for."""
    group: str
    """Staff group, as in workforce.csv."""
    met_by: str
    """How a shortage is met: agency, or benefit not delivered."""
    needed: tuple[float, ...]
    """Staff needed for care, wards and schemes, by year, ending with the year after."""
    supply: tuple[float, ...]
    """Staff in post without agency, by year, ending with the year after."""
    short: tuple[float, ...]
    """Needed less supply, by year, ending with the year after; never below 0."""
    premium: tuple[float, ...]
    """What agency costs over staff in post, above the opening year's, by year, ending with the year after. GBP, cash;
    positive = costs.
    """
    scheme_posts_needed: tuple[float, ...]
    """Posts that schemes need of this group, by year, ending with the year after; part of `needed`."""
    scheme_posts_filled: tuple[float, ...]
    """Posts of these that are found, agency included."""


@dataclass(frozen=True, kw_only=True)
class LineResult:
    """One activity line by year (opening, plan years, year after). Units."""

    key: str
    """Its key in activity.csv."""
    name: str
    """Its name in words."""
    care: str
    """Kind of care, as in activity.csv."""
    provider: str
    """Key of the body that gives it."""
    commissioner: str
    """Key of the body that pays for it."""
    unit: str
    """What is counted, in words."""
    demographic: tuple[float, ...]
    """Growth with people alone, as a multiple of the opening year (1)."""
    do_nothing: tuple[float, ...]
    """Units given if nothing changes."""
    hoped: tuple[float, ...]
    """Units given with every scheme as its authors hope, care that arrives from other lines included."""
    resourced: tuple[float, ...]
    """The same with benefits scaled to the posts and capital found."""
    source: str
    """Key of the source of its row."""


def age_structure(run: Run) -> AgeStructure | None:
    """Ten-year bands of the footprint; None when no people are known for it."""
    plan = run.inputs.plan
    place = plan.heading.place
    if place not in {row.place for row in (*plan.population, *plan.projections)}:
        return None
    found = run.inputs.people.get(place) or people(plan, place)
    by_age = found.count.sum(axis=0)
    oldest = by_age.shape[0] - 1
    labels = tuple(f"{low} to {low + 9}" if low + 9 < oldest else f"{low} and over" for low in range(0, oldest + 1, 10))

    def band(values: Array) -> tuple[float, ...]:
        return tuple(
            float(values[low : low + 10].sum() if low + 9 < oldest else values[low:].sum())
            for low in range(0, oldest + 1, 10)
        )

    return AgeStructure(
        place=place,
        bands=labels,
        then_year=found.years[0],
        later_year=found.years[-1],
        then=band(by_age[:, 0]),
        later=band(by_age[:, -1]),
        totals=tuple(float(v) for v in by_age.sum(axis=0)),
        how=found.how,
        hindsight=bool(found.hindsight),
    )


def flows(run: Run, case: str = "hoped") -> tuple[Flow, ...]:
    """Payments between organisations, largest first; none where positions are not published."""
    if run.is_pressure:
        return ()
    at, last = run.cases.at(case), run.axes.last
    total: dict[tuple[str, str], float] = {}
    for (kind, payer, payee, recurrent), amount in run.ledger.flows.items():
        if recurrent and kind in ("care", "kept for a stated use", "spending", "income", "transfer", "saving"):
            total[payer, payee] = total.get((payer, payee), 0.0) + float(amount[last, at])
    found = [Flow(payer=a, payee=b, amount=value) for (a, b), value in total.items() if abs(value) > 0.5]
    return tuple(sorted(found, key=lambda flow: (-flow.amount, flow.payer, flow.payee)))


def staff_results(run: Run) -> tuple[StaffResult, ...]:
    """Every staff group as hoped, with what schemes need and find."""
    at = run.cases.at("hoped")
    met_by = {(row.organisation, row.group): row.shortfall for row in run.inputs.plan.workforce}
    found = []
    for n, key in enumerate(run.axes.staff):
        found.append(
            StaffResult(
                organisation=key[0],
                group=key[1],
                met_by="agency" if met_by[key] is Shortfall.AGENCY else "benefit not delivered",
                needed=after_opening(run.people.needed[n, :, at]),
                supply=after_opening(run.people.supply[n, :, at]),
                short=after_opening(run.people.short[n, :, at]),
                premium=after_opening(run.spent.premium[n, :, at]),
                scheme_posts_needed=after_opening(run.found.posts_needed[:, n].sum(axis=0)),
                scheme_posts_filled=after_opening(run.found.posts_filled[:, n, :, 0].sum(axis=0)),
            )
        )
    return tuple(found)


def line_results(run: Run) -> tuple[LineResult, ...]:
    """Every activity line, do nothing, as hoped and as resourced."""
    rows = sorted(run.inputs.plan.activity, key=lambda row: row.key)
    units = {name: run.given.units[:, :, run.cases.at(case)].tolist() for name, case in CASES.items()}
    return tuple(
        LineResult(
            key=row.key,
            name=row.name,
            care=row.care.value,
            provider=row.provider,
            commissioner=row.commissioner,
            unit=row.unit,
            demographic=tuple(run.inputs.lines.demographic[n, :, 0].tolist()),
            source=row.source,
            **{name: tuple(values[n]) for name, values in units.items()},
        )
        for n, row in enumerate(rows)
    )


def opening_bridge(run: Run) -> dict[str, OpeningPosition]:
    """Each member's position in the opening year; nothing is told where positions are not published."""
    if run.is_pressure:
        return {}
    at = run.cases.at("opening")
    bridge = {}
    for n, key in enumerate(run.axes.nodes[: run.axes.members]):
        underlying, once = float(run.recurrent[n, 0, at]), float(run.one_off[n, 0, at])
        bridge[key] = OpeningPosition(reported=underlying + once, one_off=once, underlying=underlying)
    return bridge


def balance_of_flows(run: Run) -> float:
    """Largest absolute sum of all positions over any year and case; zero but for rounding. GBP."""
    return float(np.abs((run.recurrent + run.one_off).sum(axis=0)).max())
