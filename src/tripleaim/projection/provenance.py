"""What each headline rests on: published, derived, judged or illustrative (method note 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tripleaim.plan import TABLES, Plan
from tripleaim.plan.money import Side
from tripleaim.plan.place import PlaceKind
from tripleaim.plan.scheme import CostKind
from tripleaim.plan.source import SourceKind
from tripleaim.projection.bridge import Bridge
from tripleaim.projection.composition import SchemeResult
from tripleaim.projection.gaps import OutcomeGap

PENNY = 0.005
STILL = 1e-12
"""Change of a measure below which it has not moved."""
MEASURES = {"health": "Health measures at the standard", "care": "Care measures at the standard"}
"""Gap → what its count is called."""
KINDS = tuple(kind.value for kind in SourceKind)


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """One headline, cut by what its parts rest on.

    Recipe: every step of the walk (or every scheme) counts with its size, whether it widens or narrows, and is cut as
    the rows behind it are: opening by budgets, allocations and activity; people by population and profiles; use by the
    growth rows; prices by indices, each with the money it inflates; funding by allocations; schemes by their effects;
    overlap as the schemes are; whole wards by the bed rows; posts and capital not found by the rows that say so,
    each once.
    A count of measures at their standard counts each measure once, cut as its own row is; one that the schemes move,
    half as its row and half as all their effects.
    """

    headline: str
    amount: float
    """GBP; measures at their standard where `of` is given."""
    shares: dict[str, float]
    """Kind → fraction; sums to 1."""
    of: int | None = None
    """Measures with a standard; None for money."""


@dataclass(frozen=True, kw_only=True)
class InputYear:
    """One source, what it is and which year it describes."""

    key: str
    kind: str
    title: str
    publisher: str
    year: str
    url: str
    note: str
    rows: int


def provenance(
    plan: Plan,
    walk: Bridge,
    bridge: Bridge,
    schemes: tuple[SchemeResult, ...],
    outcomes: tuple[OutcomeGap, ...],
    year: int,
) -> tuple[Provenance, ...]:
    """Every headline of page one: money if nothing changes, the savings, money with the schemes, measures at standard.

    year : position of the headline's year among the walk's and the bridge's years
    """
    kinds = {row.key: row.kind.value for row in plan.sources}
    behind = _behind(plan, kinds)
    steps = [(step.key, abs(step.amounts[year])) for step in walk.steps if step.key != "do_nothing"]
    nothing = [(behind[key], size) for key, size in steps]
    found = [_mix("If nothing changes", walk.at("do_nothing").amounts[year], nothing)]
    if schemes:
        effects = {s.key: _shares((kinds[e.source], 1.0) for e in plan.effects if e.scheme == s.key) for s in schemes}
        parts = [(effects[s.key], abs(s.saving[year])) for s in schemes]
        savings = _mix("What the schemes save", sum(max(0.0, s.saving[year]) for s in schemes), parts)
        found.append(savings)
        size = {step.key: abs(step.amounts[year]) for step in bridge.steps}
        parts = [(effects[s.key], size[s.key]) for s in schemes]
        parts += [(savings.shares, size["overlap"]), (behind["whole_wards"], size["whole_wards"])]
        found.append(_mix("As hoped", bridge.at("hoped").amounts[year], [*nothing, *parts]))
        if size["resources"] > PENNY:
            missing = (behind["resources"], size["resources"])
            found.append(_mix("With what is found", bridge.at("resourced").amounts[year], [*nothing, *parts, missing]))
    return (*found, *(_measures(plan, kinds, outcome, year) for outcome in outcomes if outcome.with_standard))


def _measures(plan: Plan, kinds: dict[str, str], outcome: OutcomeGap, year: int) -> Provenance:
    """A count of measures at their standard, as hoped: each measure with a standard counts once."""
    effects = _shares((kinds[effect.source], 1.0) for effect in plan.effects)
    sources = {row.key: row.source for row in plan.indicators}
    parts = []
    for path in outcome.indicators:
        if path.standard is not None:
            moved = 0.5 if abs(path.hoped[year] - path.do_nothing[year]) > STILL else 0.0
            parts += [(_shares([(kinds[sources[path.key]], 1.0)]), 1 - moved), (effects, moved)]
    return replace(_mix(MEASURES[outcome.gap], float(outcome.met["hoped"][year]), parts), of=outcome.with_standard)


def input_years(plan: Plan) -> tuple[InputYear, ...]:
    """Every source with the year it describes and how many rows rest on it."""
    used: dict[str, int] = {}
    for form in TABLES:
        for row in getattr(plan, form.name):
            if form.name != "sources":
                used[row.source] = used.get(row.source, 0) + 1
    return tuple(
        InputYear(
            key=row.key,
            kind=row.kind.value,
            title=row.title,
            publisher=row.publisher,
            year=row.year,
            url=row.url,
            note=row.note,
            rows=used.get(row.key, 0),
        )
        for row in sorted(plan.sources, key=lambda row: row.key)
    )


def _behind(plan: Plan, kinds: dict[str, str]) -> dict[str, dict[str, float]]:
    opening = [(kinds[h.source], h.amount) for h in plan.budgets if not h.from_year]
    opening += [(kinds[a.source], a.amount) for a in plan.allocations if a.year == plan.opening_year]
    opening += [(kinds[line.source], line.baseline * line.unit_cost) for line in plan.activity]
    reference = {place.key for place in plan.places if place.kind is PlaceKind.REFERENCE}
    people = [(kinds[r.source], r.persons) for r in (*plan.population, *plan.projections) if r.place not in reference]
    people += [
        (kinds[row.source], sum(p for _, p in people) / max(1, len(plan.age_profiles))) for row in plan.age_profiles
    ]
    use = [(kinds[line.source], line.baseline * line.unit_cost * abs(line.growth.point)) for line in plan.activity]
    use += [(kinds[h.source], h.amount * abs(h.growth.point)) for h in plan.budgets]
    prices = _inflated(plan, kinds)
    duties = [(kinds[h.source], h.amount) for h in plan.budgets if h.from_year]
    beds = [(kinds[row.source], row.open_beds) for row in plan.capacity]
    capital = [row for row in plan.costs if row.kind is CostKind.CAPITAL]
    resources = [(kinds[row.source], 1.0) for row in (*plan.posts, *plan.posts_available, *capital)]
    funding = [(kinds[a.source], a.amount) for a in plan.allocations if a.year in plan.years]
    parts = {
        "opening": opening,
        "demographic": people,
        "non_demographic": use,
        "pay_and_prices": prices,
        "new_duties": duties,
        "funding_growth": funding,
        "whole_wards": beds,
        "resources": resources,
    }
    return {key: _shares(rows) for key, rows in parts.items()}


def _inflated(plan: Plan, kinds: dict[str, str]) -> list[tuple[str, float]]:
    """Each index row, weighted by the money it inflates times its own change."""
    money: dict[str, float] = {}
    for head in plan.budgets:
        if head.side is Side.COST:
            money[head.index] = money.get(head.index, 0.0) + head.amount
    for line in plan.activity:
        if line.cost_index:
            money[line.cost_index] = money.get(line.cost_index, 0.0) + line.baseline * line.unit_cost
    return [(kinds[row.source], money.get(row.index, 0.0) * abs(row.change.point)) for row in plan.indices]


def _shares(rows: Iterable[tuple[str, float]]) -> dict[str, float]:
    shares = dict.fromkeys(KINDS, 0.0)
    for kind, weight in rows:
        shares[kind] += weight
    total = sum(shares.values())
    if total <= 0:
        return {**dict.fromkeys(KINDS, 0.0), SourceKind.ILLUSTRATIVE.value: 1.0}
    return {kind: weight / total for kind, weight in shares.items()}


def _mix(headline: str, amount: float, parts: list[tuple[dict[str, float], float]]) -> Provenance:
    total = sum(size for _, size in parts)
    if total <= 0:
        return Provenance(headline=headline, amount=amount, shares=dict.fromkeys(KINDS, 0.0))
    shares = {kind: sum(part[kind] * size for part, size in parts) / total for kind in KINDS}
    return Provenance(headline=headline, amount=amount, shares=shares)
