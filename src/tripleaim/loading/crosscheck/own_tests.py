"""A place's own tests: each changes something that is there, in a way that can be done."""

from __future__ import annotations

from collections.abc import Callable

from tripleaim.loading.draft import Draft
from tripleaim.loading.nearest import listed, nearest
from tripleaim.plan.describe import REFERS, Column, columns
from tripleaim.plan.own_test import Operation, OwnTest, OwnTestChange, Rule
from tripleaim.plan.selection import FORMS, Condition, conditions, key_of, refers_to, selected
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import Noun

ON_NUMBERS = frozenset({Operation.ADD, Operation.MULTIPLY, Operation.SET})
"""Operations on one number of a row."""
ON_TABLE = {Operation.SHIFT: "schemes", Operation.REFERENCE_CLASS: "effects", Operation.LEAVE: "organisations"}
"""Operation → the one table it works on."""
FURTHEST = 120
"""Most months a scheme may be shifted by."""
FILLED_IN = frozenset({"assumptions", "posts_available"})
"""Tables whose rows the model fills in where the plan states none."""

_REFERRED = frozenset(table for table, _ in REFERS.values()) - {"schemes"}


def tests_change_something(draft: Draft) -> None:
    """A test says what it changes, and one that is told in GBP says how much."""
    changing = {change.test for _, change in draft.rows(OwnTestChange)}
    for row, test in draft.rows(OwnTest):
        if test.key not in changing:
            draft.refuse(
                OwnTest,
                row,
                "key",
                f"{test.key}, which changes nothing",
                "a test with a row in own_test_changes.csv",
                "say there what the test changes, or delete it",
            )
        if test.rule is Rule.LOSES_AT_MOST and test.allowed is None:
            draft.refuse(OwnTest, row, "allowed", "an empty cell", "GBP, for the rule loses_at_most", "say how much")
        if test.rule in (Rule.HOLDS, Rule.KEEPS) and (test.allowed or 0) > 1:
            expected = f"a fraction from 0 to 1, for the rule {test.rule}"
            draft.refuse(OwnTest, row, "allowed", f"{test.allowed:g}", expected, "write 0.1 for 10%")


def partners_leave_alone(draft: Draft) -> None:
    """A test in which organisations leave one at a time makes no other change."""
    changes = [change.test for _, change in draft.rows(OwnTestChange)]
    for row, change in draft.rows(OwnTestChange):
        if change.operation is Operation.LEAVE and changes.count(change.test) > 1:
            expected = "a test that makes no other change, for the operation leave"
            _no(draft, row, "operation", "leave, beside other changes", expected, "make two tests of it")


def changes_can_be_made(draft: Draft) -> None:
    """Operation, table, number and amount of a change belong together, and it speaks of rows that are there."""
    for row, change in draft.rows(OwnTestChange):
        if _operation(draft, row, change) and _where(draft, row, change):
            _rows(draft, row, change)


def _operation(draft: Draft, row: int, change: OwnTestChange) -> bool:
    """Whether the operation fits table, field and amount; what does not is told."""
    operation = change.operation
    table = ON_TABLE.get(operation, change.table)
    if change.table != table:
        return _no(draft, row, "table", change.table, f"{table}, for the operation {operation}", f"write {table}")
    if operation is Operation.REMOVE and table in _REFERRED:
        return _no(draft, row, "table", table, "a table that no other names", "set or multiply a number of it")
    if operation in ON_NUMBERS:
        return _number(draft, row, change)
    if change.field:
        return _no(draft, row, "field", change.field, f"an empty cell, for the operation {operation}", "empty the cell")
    if operation is Operation.SHIFT:
        return _months(draft, row, change)
    if change.amount is not None:
        found, expected = f"{change.amount:g}", f"an empty cell, for the operation {operation}"
        return _no(draft, row, "amount", found, expected, "empty the cell")
    return True


def _number(draft: Draft, row: int, change: OwnTestChange) -> bool:
    numbers = [each.field for each in columns(FORMS[change.table].noun) if _is_number(each, change.table)]
    if change.field not in numbers:
        found, near = change.field or "an empty cell", nearest(change.field, numbers)
        expected = f"a number of {change.table}.csv: {listed(numbers)}" if numbers else "a table with numbers"
        return _no(draft, row, "field", found, expected, f"write {near}" if near else "write one of those")
    if change.amount is None:
        return _no(draft, row, "amount", "an empty cell", f"a number, for the operation {change.operation}", "give it")
    if change.operation is Operation.MULTIPLY and change.amount < 0:
        return _no(
            draft, row, "amount", f"{change.amount:g}", "0 or more, for the operation multiply", "check the sign"
        )
    return True


def _is_number(column: Column, table: str) -> bool:
    return column.kind in ("number", "whole") and column.field not in FORMS[table].key


def _months(draft: Draft, row: int, change: OwnTestChange) -> bool:
    amount = change.amount
    if amount is not None and amount == round(amount) and 0 < abs(amount) <= FURTHEST:
        return True
    found = "an empty cell" if amount is None else f"{amount:g}"
    expected = f"whole months from -{FURTHEST} to {FURTHEST}, not 0"
    return _no(draft, row, "amount", found, expected, "write -12 for a year earlier, 12 for a year later")


def _where(draft: Draft, row: int, change: OwnTestChange) -> bool:
    """Whether every condition speaks of a field that is there."""
    try:
        found = conditions(change.where)
    except ValueError as wrong:
        expected = "conditions such as kind=capital, parted by ';'"
        return _no(draft, row, "where", change.where, expected, f"write it so: {wrong}")
    return all(_condition(draft, row, change.table, each) for each in found)


def _condition(draft: Draft, row: int, table: str, condition: Condition) -> bool:
    fields = [each.field for each in columns(FORMS[table].noun)]
    if condition.field not in fields:
        return _no_field(draft, row, condition.field, table, fields)
    if not condition.of:
        return True
    other = refers_to(table, condition.field)
    if other is None:
        linked = [field for field in fields if refers_to(table, field)]
        found, expected = (
            f"{condition.field}.{condition.of}",
            f"a field that names a row of another table: {listed(linked)}",
        )
        return _no(draft, row, "where", found, expected, f"write {condition.field} alone")
    beyond = [each.field for each in columns(FORMS[other[0]].noun)]
    return condition.of in beyond or _no_field(draft, row, condition.of, other[0], beyond)


def _no_field(draft: Draft, row: int, found: str, table: str, fields: list[str]) -> bool:
    near = nearest(found, fields)
    to_fix = f"write {near}" if near else "write one of those"
    return _no(draft, row, "where", found, f"a column of {table}.csv: {listed(fields)}", to_fix)


def _rows(draft: Draft, row: int, change: OwnTestChange) -> None:
    """A change that speaks of no row at all would pass for a test that the plan stands."""
    if change.table in FILLED_IN or change.table in draft.unseen or change.table in draft.partial:
        return
    tables = {form.name: tuple(draft.rows_of.get(form.name, ())) for form in TABLES}
    if selected(tables, change.table, change.rows, conditions(change.where)):
        return
    keys = [key_of(change.table, each) for each in tables[change.table]]
    near = nearest(change.rows, keys)
    found = change.rows + (f", where {change.where}" if change.where else "")
    some = f": {listed(keys, 8)}" if keys else ", which has none"
    to_fix = f"write {near}" if near and near != change.rows else "correct the pattern or the conditions"
    _no(draft, row, "rows", found, f"what fits a row of {change.table}.csv{some}", to_fix)


def _no(draft: Draft, row: int, field: str, found: str, expected: str, to_fix: str) -> bool:
    draft.refuse(OwnTestChange, row, field, found, expected, to_fix)
    return False


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (tests_change_something, (OwnTest, OwnTestChange)),
    (partners_leave_alone, ()),
    (changes_can_be_made, ()),
)
