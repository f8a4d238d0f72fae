"""Named tests made by hand, and plans to put to them."""

from __future__ import annotations

from tripleaim.plan import Plan
from tripleaim.plan.own_test import Judged, Operation, Rule
from tripleaim.plan.source import SourceKind
from tripleaim.plan.variant import with_tables
from tripleaim.stress.named.named_test import Change, NamedTest, standard_tests
from tripleaim.stress.named.outcomes import HowDrawn, Outcomes
from tripleaim.stress.named.trying import Tried, try_tests

FEW = HowDrawn(draws=40, seed=3)
STANDARD = {test.key: test for test in standard_tests()}


def a_test(*changes: Change, rule: Rule = Rule.HOLDS, allowed: float = 0.1, judged: Judged = Judged.HOPED) -> NamedTest:
    return NamedTest(
        key="mine",
        name="Mine",
        sentence="Something goes otherwise.",
        changes=changes,
        judged=judged,
        rule=rule,
        allowed=allowed,
        source=SourceKind.ILLUSTRATIVE,
        rests_on="A round figure.",
    )


def tried(plan: Plan, test: NamedTest, base: Outcomes | None = None) -> Tried:
    (found,) = try_tests(plan, FEW, [test], base)
    return found


def number(table: str, field: str, operation: Operation, amount: float, **which: str) -> Change:
    return Change(table=table, field=field, operation=operation, amount=amount, **which)


def richer(plan: Plan, amount: float) -> Plan:
    """The plan with so much more given to one commissioner in each of its years."""
    rows = tuple(
        type(row)(**{**dict(row), "amount": row.amount + amount})
        if (row.organisation, row.kind) == ("marsh_commissioner", "core") and row.year in plan.years
        else row
        for row in plan.allocations
    )
    return with_tables(plan, allocations=rows)
