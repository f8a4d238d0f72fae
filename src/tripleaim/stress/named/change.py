"""A plan as a test would have it: a whole plan again, that runs and is drawn as any other.

Rows keep their keys and their sources, so that two plans share the draws of every input that both have. A changed plan
is for running; what differs in it rests on the test, not on the sources its rows still name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from tripleaim.errors import PlanProblems
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.plan import Plan
from tripleaim.plan.own_test import Operation
from tripleaim.plan.scheme import EFFECT_BOUNDS, Effect
from tripleaim.plan.selection import conditions, selected, tables_of
from tripleaim.plan.variant import with_tables
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.quantities import Noun, Range, certain, first_calendar_year, statement
from tripleaim.stress.named.implied import with_implied
from tripleaim.stress.named.named_test import Change, NamedTest
from tripleaim.stress.named.removal import without_rows, without_schemes
from tripleaim.stress.named.start_months import shifted
from tripleaim.stress.outside.variants import reference_class_only

OPENING = frozenset(
    {("activity", "baseline"), ("activity", "unit_cost"), ("budgets", "amount"), ("capacity", "open_beds")}
)
"""Numbers of the opening year itself. A pressure is counted from that year, so a change of them would not be seen."""
ROUNDED = 12
"""Digits behind the point that a changed number keeps, so that equal numbers stay equal."""


@dataclass(frozen=True, kw_only=True)
class ChangeMade:
    """What had to be done to a plan for a test."""

    rows: int = 0
    """Rows changed or taken out; 0 where the plan holds nothing that the test speaks of."""
    at_bound: int = 0
    """Rows of which a number went no further than its bound."""
    gone: tuple[str, ...] = ()
    """Schemes no longer in the plan."""
    smaller: tuple[str, ...] = ()
    """Schemes that go on with the effect they have without a partner."""
    begun: tuple[str, ...] = ()
    """Schemes that stay as they are, because they had begun when the plan was written."""
    capped: tuple[str, ...] = ()
    """Schemes that start less early than asked, because no scheme can start before the plan was written."""
    left: tuple[str, ...] = ()
    """Effects that stay as claimed, because nothing of their kind was measured."""
    unseen: bool = False
    """True where the test changes the opening year of a plan that tells a pressure, counted from that year."""

    def and_then(self, later: ChangeMade) -> ChangeMade:
        """What was done by two changes, one after the other."""
        both = {each.name: getattr(self, each.name) + getattr(later, each.name) for each in fields(self)}
        return ChangeMade(**{**both, "unseen": self.unseen or later.unseen})


@dataclass(frozen=True, kw_only=True)
class ChangedPlan:
    """A plan after a test."""

    plan: Plan
    """The whole plan, changed."""
    done: ChangeMade = ChangeMade()
    """What was done to it."""


def changed(plan: Plan, test: NamedTest) -> ChangedPlan:
    """The plan as a test would have it. One partner leaving is told apart by `partners.without_partner`.

    raises : PlanProblems where a place's own test makes a plan that cannot be
    """
    found = ChangedPlan(plan=plan)
    for change in test.changes:
        if (change.table, change.field) in OPENING and is_pressure(plan, axes(plan)):
            unseen = found.done.unseen or bool(_chosen(found.plan, change))
            found = replace(found, done=replace(found.done, unseen=unseen))
            continue
        now = _BY_OPERATION[change.operation](found.plan, change)
        found = ChangedPlan(plan=now.plan, done=found.done.and_then(now.done))
    if test.is_own and found.done.rows:
        _check(found.plan, test)
    return found


def _check(plan: Plan, test: NamedTest) -> None:
    try:
        crosscheck_plan(plan)
    except PlanProblems as found:
        where = f"own_tests.csv, {test.key}"
        raise PlanProblems(replace(each, file=f"{where}: then {each.file}") for each in found.problems) from None


def _chosen(plan: Plan, change: Change) -> tuple[Noun, ...]:
    """Rows the change speaks of. What is dated in the opening year or before has happened, and stays."""
    rows = selected(tables_of(plan), change.table, change.rows, conditions(change.where))
    first = first_calendar_year(plan.heading.first_year)
    return tuple(row for row in rows if not _year(row) or first_calendar_year(_year(row)) >= first)


def _year(row: Noun) -> str:
    year = getattr(row, "year", "")
    return year if isinstance(year, str) else ""


def _number(plan: Plan, change: Change) -> ChangedPlan:
    """Add to, multiply or set one number of the rows."""
    whole = with_implied(plan, change.table)
    rows = {id(row): _altered(row, change) for row in _chosen(whole, change)}
    if not rows:
        return ChangedPlan(plan=plan)
    stated = {id(row) for row in getattr(plan, change.table)}
    table = tuple(
        rows[id(row)][0] if id(row) in rows else row
        for row in getattr(whole, change.table)
        if id(row) in rows or id(row) in stated
    )
    at_bound = sum(moved for _, moved in rows.values())
    return ChangedPlan(
        plan=with_tables(whole, **{change.table: table}), done=ChangeMade(rows=len(rows), at_bound=at_bound)
    )


def _altered(row: Noun, change: Change) -> tuple[Noun, bool]:
    """A row with one number changed, and whether the number met its bound."""
    number = getattr(row, change.field)
    least, most = _bounds(row, change.field)
    wanted = _numbers(number, change)
    kept = [round(min(max(value, least), most), ROUNDED) for value in wanted]
    value: object
    if isinstance(number, Range):
        value = Range(point=kept[0], low=kept[1], high=kept[2])
    else:
        value = round(kept[0]) if isinstance(number, int) else kept[0]
    at_bound = any(asked < least - 1e-12 or asked > most + 1e-12 for asked in wanted)
    return type(row)(**{**dict(row), change.field: value}), at_bound


def _numbers(number: object, change: Change) -> list[float]:
    """Point, low and high after the change; a certain number is all three. An empty one can only be set."""
    amount = change.amount or 0.0
    if change.operation is Operation.SET:
        number = certain(amount)
    was = number if isinstance(number, Range) else certain(float(str(number if number is not None else 0.0)))
    values = [was.point, was.low, was.high]
    if change.operation is Operation.ADD:
        return [value + amount for value in values]
    return [value * amount for value in values] if change.operation is Operation.MULTIPLY else values


def _bounds(row: Noun, field: str) -> tuple[float, float]:
    if isinstance(row, Effect) and field == "effect":
        return EFFECT_BOUNDS[row.kind]
    stated = statement(type(row), field)
    return (
        float("-inf") if stated.at_least is None else stated.at_least,
        float("inf") if stated.at_most is None else stated.at_most,
    )


def _remove(plan: Plan, change: Change) -> ChangedPlan:
    rows = _chosen(plan, change)
    if change.table == "schemes":
        gone = without_schemes(plan, {row.key for row in plan.schemes if any(row is each for each in rows)})
        return ChangedPlan(plan=gone.plan, done=ChangeMade(rows=len(rows), gone=gone.schemes))
    return ChangedPlan(plan=without_rows(plan, change.table, rows), done=ChangeMade(rows=len(rows)))


def _shift(plan: Plan, change: Change) -> ChangedPlan:
    keys = {row.key for row in plan.schemes if any(row is each for each in _chosen(plan, change))}
    found = shifted(plan, round(change.amount or 0), keys)
    rows = len(found.moved) + len(found.capped) + len(found.gone)
    return ChangedPlan(
        plan=found.plan, done=ChangeMade(rows=rows, gone=found.gone, begun=found.begun, capped=found.capped)
    )


def _reference_class(plan: Plan, change: Change) -> ChangedPlan:
    found = reference_class_only(plan)
    return ChangedPlan(plan=found.plan, done=ChangeMade(rows=len(found.changed), left=found.left))


_BY_OPERATION: dict[Operation, Callable[[Plan, Change], ChangedPlan]] = {
    Operation.ADD: _number,
    Operation.MULTIPLY: _number,
    Operation.SET: _number,
    Operation.REMOVE: _remove,
    Operation.SHIFT: _shift,
    Operation.REFERENCE_CLASS: _reference_class,
}
