"""Starting schemes earlier or later, as far as that can be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.plan.scheme import Scheme, SchemeCost
from tripleaim.plan.variant import with_tables
from tripleaim.quantities import first_calendar_year, months_since_april
from tripleaim.stress.named.removal import without_schemes


@dataclass(frozen=True, kw_only=True)
class Shifted:
    """A plan with other starts. Every scheme asked for is in one of the lists."""

    plan: Plan
    """The plan."""
    moved: tuple[str, ...]
    """Schemes that start as much earlier or later as asked."""
    capped: tuple[str, ...]
    """Schemes that start earlier, but not by as much as asked: in the month the plan is dated."""
    begun: tuple[str, ...]
    """Schemes whose start stays: begun before the plan was written, or for an earlier start in that month."""
    gone: tuple[str, ...]
    """Schemes that would start after the plan's last year and are no longer in it, and those that need them."""


def shifted(plan: Plan, months: int, keys: Collection[str] | None = None) -> Shifted:
    """The plan with schemes that start later (months above 0) or earlier (below 0), and their dated money with them.

    What had begun by the month the plan is dated cannot start again, and nothing starts before that month or before
    the plan's first year. Dated set-up, running cost and capital move by as many financial years as the start does;
    money that would fall after the plan is no longer in it.

    keys : schemes asked for; None = all
    """
    asked = [scheme for scheme in plan.schemes if keys is None or scheme.key in keys]
    dated = months_since_april(plan.heading.dated[:7], plan.heading.first_year)
    was = {scheme.key: months_since_april(scheme.start, plan.heading.first_year) for scheme in asked}
    starts = {key: _start(month, months, dated) for key, month in was.items()}
    late = {key for key, month in starts.items() if month >= 12 * plan.heading.years}
    left = without_schemes(plan, late)
    moving = {key: (was[key], month) for key, month in starts.items() if month != was[key] and key not in left.schemes}
    return Shifted(
        plan=_with_starts(left.plan, moving),
        moved=tuple(sorted(key for key, (old, new) in moving.items() if new == old + months)),
        capped=tuple(sorted(key for key, (old, new) in moving.items() if new != old + months)),
        begun=tuple(sorted(key for key in starts if starts[key] == was[key] and key not in left.schemes and months)),
        gone=left.schemes,
    )


def _start(month: int, months: int, dated: int) -> int:
    """Month a scheme can start in, 0 = the first April of the plan."""
    earliest = max(0, dated)
    if month < earliest or not months:
        return month
    return max(month + months, earliest)


def _with_starts(plan: Plan, moving: dict[str, tuple[int, int]]) -> Plan:
    """The plan with other starts; `moving`: scheme → its month before and after."""
    if not moving:
        return plan
    schemes = tuple(_starting(row, moving[row.key][1], plan) if row.key in moving else row for row in plan.schemes)
    costs = (_moved(row, plan, *moving[row.scheme]) if row.scheme in moving else row for row in plan.costs)
    return with_tables(plan, schemes=schemes, costs=tuple(row for row in costs if row is not None))


def _starting(scheme: Scheme, month: int, plan: Plan) -> Scheme:
    year, calendar = divmod(first_calendar_year(plan.heading.first_year) * 12 + 3 + month, 12)
    return Scheme(**{**dict(scheme), "start": f"{year}-{calendar + 1:02d}"})


def _moved(cost: SchemeCost, plan: Plan, old: int, new: int) -> SchemeCost | None:
    """Dated money moves with the start, never before the plan; None where it falls after it."""
    if not cost.year:
        return cost
    n = max(0, plan.years.index(cost.year) + new // 12 - old // 12)
    return SchemeCost(**{**dict(cost), "year": plan.years[n]}) if n < len(plan.years) else None
