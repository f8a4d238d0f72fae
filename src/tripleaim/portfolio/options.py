"""Options: each scheme, started in the year the plan says or whole years later, and a plan with some of them only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tripleaim.errors import Impossible
from tripleaim.loading.crosscheck.own_tests import FILLED_IN
from tripleaim.plan import Plan
from tripleaim.plan.own_test import Operation, OwnTestChange
from tripleaim.plan.scheme import Action, CostKind, Scheme, Stage
from tripleaim.plan.selection import conditions, selected, tables_of
from tripleaim.plan.variant import with_tables
from tripleaim.projection.timing import start_month
from tripleaim.quantities import first_calendar_year, months_since_april
from tripleaim.stress.named.removal import without_schemes
from tripleaim.stress.named.start_months import shifted
from tripleaim.stress.patterns import without_idle_patterns

YEAR = 12
"""Months."""

R = TypeVar("R", bound=Scheme | Action)


@dataclass(frozen=True, kw_only=True)
class Option:
    """One scheme, started in one year."""

    scheme: str
    """Its key in schemes.csv."""
    later: int
    """Whole years later than schemes.csv says."""
    start: str
    """First month of work, such as 2018-10."""
    why_not: str
    """Why it may not be chosen, in a sentence; empty where it may."""

    @property
    def is_offered(self) -> bool:
        """True where it may be chosen."""
        return not self.why_not


def options(plan: Plan) -> tuple[Option, ...]:
    """Every scheme as the plan has it, then every whole year later that keeps it and its money in the plan's years.

    What had begun when the plan was dated is there once: it can be left out, and not moved. An option that starts
    before the public could have been consulted is there, and not offered.
    """
    return tuple(
        Option(
            scheme=scheme.key,
            later=later,
            start=months_later(scheme.start, YEAR * later),
            why_not=_too_soon(plan, scheme, later),
        )
        for scheme in sorted(plan.schemes, key=lambda scheme: scheme.key)
        for later in _years_later(plan, scheme)
    )


def has_begun(plan: Plan, scheme: Scheme) -> bool:
    """True for a scheme that is live, or starts before the month the plan is dated or before its first year."""
    return scheme.stage is Stage.LIVE or start_month(plan, scheme) < max(0, _dated(plan))


def with_choice(plan: Plan, choice: Mapping[str, int]) -> Plan:
    """The plan with some of its schemes only, started when a choice says; it can be written, read and run as any.

    Schemes left out go with all that is theirs. Those started later take their dated money, leadership hours and
    actions with them; actions due before the plan is dated stay, because they are done.

    choice : key of each scheme chosen → whole years later than schemes.csv says
    raises : Impossible for a key that is no scheme's, a start that is not among `options`, and a scheme without one it
             needs
    """
    _refuse(plan, choice)
    left = without_schemes(plan, {scheme.key for scheme in plan.schemes} - set(choice)).plan
    return without_idle_patterns(_with_live_tests(starting_later(left, choice)))


def starting_later(plan: Plan, choice: Mapping[str, int]) -> Plan:
    """The plan with some schemes started whole years later, as far as that can be.

    choice : key of a scheme → whole years later; others stay
    """
    needs = {scheme.key: scheme.needs for scheme in plan.schemes}
    moved = with_tables(plan, schemes=tuple(_with(scheme, needs=()) for scheme in plan.schemes))
    for later in sorted({each for each in choice.values() if each}):
        moved = shifted(moved, YEAR * later, {key for key, each in choice.items() if each == later}).plan
    kept = {scheme.key for scheme in moved.schemes}
    return with_tables(
        moved,
        schemes=tuple(_with(row, needs=tuple(n for n in needs[row.key] if n in kept)) for row in moved.schemes),
        actions=tuple(_later_action(plan, row, choice.get(row.scheme, 0)) for row in moved.actions),
        leadership_hours=tuple(
            type(row)(**{**dict(row), "year": plan.years[n]} if row.year else dict(row))
            for row in moved.leadership_hours
            if (n := _year(plan, row.year) + choice.get(row.scheme, 0)) < len(plan.years) or not row.year
        ),
    )


def months_later(month: str, months: int) -> str:
    """A calendar month, some months later.

    >>> months_later("2017-10", 12), months_later("2017-10", 5)
    ('2018-10', '2018-03')
    """
    year, calendar = divmod(int(month[:4]) * YEAR + int(month[5:]) - 1 + months, YEAR)
    return f"{year}-{calendar + 1:02d}"


def years_begun(plan: Plan) -> int:
    """How many of the plan's years had begun when it was dated: what they spend is spent, whatever is chosen."""
    return min(max(0, -(-_dated(plan) // 12)), len(plan.years))


def _dated(plan: Plan) -> int:
    """Month the plan is dated, 0 = the first April of the plan."""
    return months_since_april(plan.heading.dated[:7], plan.heading.first_year)


def _years_later(plan: Plan, scheme: Scheme) -> Iterator[int]:
    yield 0
    later = 1
    while not has_begun(plan, scheme) and _fits(plan, scheme, later):
        yield later
        later += 1


def _fits(plan: Plan, scheme: Scheme, later: int) -> bool:
    """True where the scheme still starts in the plan's years and all of its money still falls in them."""
    end, start = YEAR * len(plan.years), start_month(plan, scheme) + YEAR * later
    own = [row for row in plan.costs if row.scheme == scheme.key]
    dated = all(_year(plan, row.year) + later < len(plan.years) for row in own if row.year)
    double = all(start + row.months <= end for row in own if row.kind is CostKind.DOUBLE_RUNNING)
    return start < end and dated and double


def _year(plan: Plan, year: str) -> int:
    """Position of a financial year among the plan's; below 0 = before them."""
    return first_calendar_year(year) - first_calendar_year(plan.heading.first_year) if year else 0


def _too_soon(plan: Plan, scheme: Scheme, later: int) -> str:
    if not scheme.consultation_months or has_begun(plan, scheme):
        return ""
    earliest = months_later(plan.heading.dated[:7], scheme.consultation_months)
    start = months_later(scheme.start, YEAR * later)
    if start >= earliest:
        return ""
    months = "1 month" if scheme.consultation_months == 1 else f"{scheme.consultation_months} months"
    return (
        f"The public is to be consulted for {months} from {plan.heading.dated[:7]}, so it cannot start in {start}, "
        f"before {earliest}."
    )


def _refuse(plan: Plan, choice: Mapping[str, int]) -> None:
    schemes = {scheme.key: scheme for scheme in plan.schemes}
    known = {(option.scheme, option.later) for option in options(plan)}
    wrong = [f"No scheme has the key {key}." for key in choice if key not in schemes]
    for key in (key for key in choice if key in schemes):
        if (key, choice[key]) not in known:
            at = months_later(schemes[key].start, YEAR * choice[key])
            why = (
                "it has begun" if has_begun(plan, schemes[key]) else "its start or its money would lie outside the plan"
            )
            wrong.append(f"{schemes[key].name} cannot start in {at}: {why}.")
        without = [schemes[need].name for need in schemes[key].needs if need not in choice]
        if without:
            wrong.append(f"{schemes[key].name} needs {' and '.join(without)}.")
    if wrong:
        raise Impossible(" ".join(wrong))


def _later_action(plan: Plan, action: Action, later: int) -> Action:
    if not action.due or not later or action.due < plan.heading.dated[:7]:
        return action
    return _with(action, due=months_later(action.due, YEAR * later))


def _with(row: R, **changed: object) -> R:
    return type(row)(**{**dict(row), **changed})


def _with_live_tests(plan: Plan) -> Plan:
    """The plan without tests of its own that speak of nothing left in it."""
    changes = tuple(row for row in plan.own_test_changes if _speaks(plan, row))
    changing = {row.test for row in changes}
    tests = tuple(row for row in plan.own_tests if row.key in changing)
    return with_tables(plan, own_tests=tests, own_test_changes=changes)


def _speaks(plan: Plan, change: OwnTestChange) -> bool:
    if change.table in FILLED_IN or change.operation is Operation.LEAVE:
        return True
    return bool(selected(tables_of(plan), change.table, change.rows, conditions(change.where)))
