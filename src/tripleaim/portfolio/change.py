"""What change itself costs: disruption, and partners who must first learn to work together (method note 14).

Without it a plan that changes everything at once looks as cheap as its schemes added up, and doing less never wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from tripleaim.plan import Plan
from tripleaim.plan.assumptions import assumption
from tripleaim.plan.scheme import CostKind, Scheme, SchemeCost, Stage
from tripleaim.plan.source import Source, SourceKind
from tripleaim.plan.variant import with_tables
from tripleaim.projection.timing import start_month
from tripleaim.quantities import Range

SOURCE = Source(
    key="cost_of_change",
    kind=SourceKind.JUDGED,
    title="What change itself is taken to cost where the plan does not say: assumptions disruption_share and "
    "new_partners_months",
)
LONGEST_RAMP = 120.0
"""Months; the bound of the field."""


@dataclass(frozen=True, kw_only=True)
class CostOfChange:
    """What change itself is taken to cost for one scheme."""

    scheme: str
    """Key of the scheme."""
    disruption: tuple[SchemeCost, ...]
    """Costs of the kind disruption: the plan's own, or those added."""
    is_stated: bool
    """True where the plan states them."""
    new_partners: tuple[str, ...]
    """Keys of partners that share no live scheme with its lead."""
    ramp_added: float
    """Months its full effect comes later for that."""


def costs_of_change(plan: Plan) -> tuple[CostOfChange, ...]:
    """What change itself is taken to cost, scheme by scheme, in order of key.

    Disruption is `disruption_share` of the first full year's running cost and of set-up, borne once by those who bear
    these, in the year the scheme starts. The ramp is longer by `new_partners_months` for each partner that shares no
    live scheme with the lead. A scheme started before the plan's first year has its disruption behind it, and one that
    is live has partners who know each other.
    """
    share, months = assumption(plan, "disruption_share").point, assumption(plan, "new_partners_months").point
    numbers = count()
    found = []
    for scheme in sorted(plan.schemes, key=lambda scheme: scheme.key):
        stated = tuple(row for row in plan.costs if row.scheme == scheme.key and row.kind is CostKind.DISRUPTION)
        new = new_partners(plan, scheme)
        added = () if stated or start_month(plan, scheme) < 0 else _once(plan, scheme, share)
        found.append(
            CostOfChange(
                scheme=scheme.key,
                disruption=stated or tuple(_with_key(plan, row, next(numbers)) for row in added),
                is_stated=bool(stated),
                new_partners=new,
                ramp_added=min(months * len(new), LONGEST_RAMP - scheme.ramp.high),
            )
        )
    return tuple(found)


def with_cost_of_change(plan: Plan) -> Plan:
    """The plan with what change itself is taken to cost: disruption added where none is stated, and longer ramps."""
    found = {each.scheme: each for each in costs_of_change(plan)}
    added = [row for each in found.values() if not each.is_stated for row in each.disruption]
    longer = tuple(_longer(scheme, found[scheme.key].ramp_added) for scheme in plan.schemes)
    sources = plan.sources if SOURCE in plan.sources or not added else (*plan.sources, SOURCE)
    return with_tables(plan, sources=sources, schemes=longer, costs=(*plan.costs, *added))


def new_partners(plan: Plan, scheme: Scheme) -> tuple[str, ...]:
    """Partners of a scheme that share no live scheme with its lead; none where it is live itself or nobody leads it."""
    if scheme.stage is Stage.LIVE or not scheme.lead:
        return ()
    known = {
        body
        for other in plan.schemes
        if other.stage is Stage.LIVE and scheme.lead in (other.lead, *other.partners)
        for body in (other.lead, *other.partners)
    }
    return tuple(body for body in sorted(set(scheme.partners) - {scheme.lead}) if body not in known)


def _once(plan: Plan, scheme: Scheme, share: float) -> tuple[SchemeCost, ...]:
    """Disruption of a scheme: a share of every row of set-up, and of running cost in its first full year."""
    own = sorted((row for row in plan.costs if row.scheme == scheme.key), key=lambda row: row.key)
    start = start_month(plan, scheme)
    first = min(-(-start // 12), len(plan.years) - 1)
    counted = [
        row
        for row in own
        if row.kind is CostKind.SETUP or (row.kind is CostKind.RUNNING and row.year in ("", plan.years[first]))
    ]
    return tuple(
        SchemeCost(
            key=row.key,
            scheme=scheme.key,
            kind=CostKind.DISRUPTION,
            organisation=row.organisation,
            year=plan.years[min(start // 12, len(plan.years) - 1)],
            amount=round(row.amount * share, 2),
            index=row.index,
            source=SOURCE.key,
        )
        for row in counted
        if share
    )


def _with_key(plan: Plan, row: SchemeCost, number: int) -> SchemeCost:
    """The row under a key that no cost of the plan has."""
    key, taken = f"cost_of_change.{number}", {each.key for each in plan.costs}
    while key in taken:
        key += "x"
    return SchemeCost(**{**dict(row), "key": key})


def _longer(scheme: Scheme, months: float) -> Scheme:
    if not months:
        return scheme
    was = scheme.ramp
    ramp = Range(point=was.point + months, low=was.low + months, high=was.high + months)
    return Scheme(**{**dict(scheme), "ramp": ramp})
