"""Which rows of a table are meant: a pattern on their key, and conditions on their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tripleaim.plan.describe import columns
from tripleaim.plan.plan import Plan
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import Noun

FORMS = {form.name: form for form in TABLES}
"""Tables by name."""

_CONDITION = re.compile(r"\s*([a-z_]+)(?:\.([a-z_]+))?\s*(!?=)\s*(.*?)\s*")


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One thing that must hold of a row, or of the row it refers to."""

    field: str
    """A field of the row."""
    of: str
    """A field of the row that it refers to, such as role in organisation.role; empty for the row's own field."""
    pattern: str
    """What must stand there; `*` stands for any letters."""
    is_not: bool
    """True where it must not stand there."""


def fits(pattern: str, text: str) -> bool:
    """True when a text is that of a pattern, in which `*` stands for any letters, none included.

    >>> fits("*pay/2017-18", "gp_pay/2017-18"), fits("pay", "gp_pay")
    (True, False)
    """
    return _compiled(pattern).fullmatch(text) is not None


def key_of(table: str, row: Noun) -> str:
    """A row's key as a pattern sees it: its key columns parted by slashes, a financial year written 2016-17."""
    return "/".join(str(getattr(row, part)).replace("/", "-") for part in FORMS[table].key)


def conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of a cell, parted by semicolons.

    raises : ValueError for a part that is no condition

    >>> conditions("kind=capital; organisation.role != council")[1]
    Condition(field='organisation', of='role', pattern='council', is_not=True)
    """
    found = []
    for part in text.split(";") if text else ():
        match = _CONDITION.fullmatch(part)
        if match is None:
            raise ValueError(f"{part.strip()!r} is no condition such as kind=capital")
        field, of, sign, pattern = match.groups()
        found.append(Condition(field=field, of=of or "", pattern=pattern, is_not=sign == "!="))
    return tuple(found)


def refers_to(table: str, field: str) -> tuple[str, str] | None:
    """Table and column that a field of a table names, if it names one."""
    return next((each.refers_to for each in columns(FORMS[table].noun) if each.field == field), None)


def tables_of(plan: Plan) -> dict[str, tuple[Noun, ...]]:
    """The rows of every table of a plan."""
    return {form.name: getattr(plan, form.name) for form in TABLES}


def selected(
    tables: Mapping[str, Sequence[Noun]], table: str, rows: str = "*", where: tuple[Condition, ...] = ()
) -> tuple[Noun, ...]:
    """The rows of a table whose key fits a pattern and of which every condition holds, in their order.

    tables : rows of the table, and of the tables that conditions look up
    """
    return tuple(
        row
        for row in tables.get(table, ())
        if fits(rows, key_of(table, row)) and all(_holds(tables, table, row, each) for each in where)
    )


def _holds(tables: Mapping[str, Sequence[Noun]], table: str, row: Noun, condition: Condition) -> bool:
    value = getattr(row, condition.field)
    if condition.of:
        other, column = refers_to(table, condition.field) or ("", "")
        values = [
            getattr(each, condition.of) for each in tables.get(other, ()) if str(getattr(each, column)) == str(value)
        ]
    else:
        values = [value]
    return any(fits(condition.pattern, text) for each in values for text in _texts(each)) is not condition.is_not


def _texts(value: object) -> tuple[str, ...]:
    """A value as it stands in a file; a list is each of its members."""
    if isinstance(value, tuple):
        return tuple(str(part) for part in value) or ("",)
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, float):
        return (f"{value:g}",)
    return ("" if value is None else str(value),)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
