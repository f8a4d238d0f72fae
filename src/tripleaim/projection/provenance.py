"""What each headline rests on: published, derived, judged or illustrative (method note 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tripleaim.plan import TABLES, Plan
from tripleaim.plan.source import SourceKind
from tripleaim.projection.behind import rows_behind
from tripleaim.projection.bridge import Bridge
from tripleaim.projection.composition import SchemeResult
from tripleaim.projection.gaps import OutcomeGap

PENNY = 0.005
STILL = 1e-12
"""Change of a measure below which it has not moved."""
SAVINGS = "What the schemes save"
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
    """The headline in words."""
    amount: float
    """GBP, for the schemes the net sum of each alone; measures at their standard where `of` is given."""
    shares: dict[str, float]
    """Kind → fraction; sums to 1."""
    of: int | None = None
    """Measures with a standard; null for money."""
    invented: bool = False
    """True for an invented place: the shares say what it would rest on if its sources were real."""


@dataclass(frozen=True, kw_only=True)
class InputYear:
    """One source, what it is and which year it describes."""

    key: str
    """Its key in sources.csv."""
    kind: str
    """What it is: published, derived, judged or illustrative."""
    title: str
    """What it is, in words a reader can check."""
    publisher: str
    """Who published or judged it."""
    year: str
    """Year or period its figures describe, as written in sources.csv; empty where not stated."""
    url: str
    """Where it can be read; empty where it is on no web page."""
    note: str
    """File and recipe, limits, or who judged it and when."""
    rows: int
    """Rows of the plan's other tables that name it; 0 where nothing rests on it."""
    invented: bool = False
    """True for an invented place: the source is made up, whatever its kind."""


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
    behind = {key: _shares((kinds[row.source], row.weight) for row in rows) for key, rows in rows_behind(plan).items()}
    steps = [(step.key, abs(step.amounts[year])) for step in walk.steps if step.key != "do_nothing"]
    nothing = [(behind[key], size) for key, size in steps]
    found = [_mix("If nothing changes", walk.at("do_nothing").amounts[year], nothing)]
    if schemes:
        parts = [(behind[s.key], abs(s.saving[year])) for s in schemes]
        savings = _mix(SAVINGS, sum(s.saving[year] for s in schemes), parts)
        found.append(savings)
        size = {step.key: abs(step.amounts[year]) for step in bridge.steps}
        parts = [(behind[s.key], size[s.key]) for s in schemes]
        parts += [(savings.shares, size["overlap"]), (behind["whole_wards"], size["whole_wards"])]
        found.append(_mix("As hoped", bridge.at("hoped").amounts[year], [*nothing, *parts]))
        if size["resources"] > PENNY:
            missing = (behind["resources"], size["resources"])
            found.append(_mix("With what is found", bridge.at("resourced").amounts[year], [*nothing, *parts, missing]))
    found += [_measures(plan, kinds, outcome, year) for outcome in outcomes if outcome.with_standard]
    return tuple(replace(each, invented=plan.heading.invented) for each in found)


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
            invented=plan.heading.invented,
        )
        for row in sorted(plan.sources, key=lambda row: row.key)
    )


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
