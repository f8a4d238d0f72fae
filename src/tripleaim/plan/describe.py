"""The columns of every table, worked out from the nouns: what the reader reads, the docs print and the schema says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from tripleaim.plan.plan import STATUSES, Heading
from tripleaim.plan.row import Body, FinancialYear, Key, Month
from tripleaim.quantities import Noun, Range, Statement, statement

Kind = Literal["number", "whole", "yes_no", "choice", "list", "key", "body", "year", "month", "date", "text"]
"""What may stand in a cell."""

_LARGE = 1e6
"""Bounds from here on are written out in thousands rather than as 1e+06."""

HEADING = "plan"
"""Name of the heading among the tables; it stands in plan.toml."""

REFERS: dict[str, tuple[str, str]] = {
    "source key": ("sources", "key"),
    "place key": ("places", "key"),
    "organisation key": ("organisations", "key"),
    "organisation keys": ("organisations", "key"),
    "organisation key or outside:body": ("organisations", "key"),
    "profile key": ("age_profiles", "profile"),
    "activity line key": ("activity", "key"),
    "bed pool key": ("capacity", "key"),
    "contract key": ("contracts", "key"),
    "tariff key": ("tariffs", "tariff"),
    "index key": ("indices", "index"),
    "staff group key": ("workforce", "group"),
    "scheme key": ("schemes", "key"),
    "scheme keys": ("schemes", "key"),
    "indicator key": ("indicators", "key"),
    "own test key": ("own_tests", "key"),
}
"""Which table and column a field names when its unit says so. (`Effect.target` depends on the kind of effect.)"""

_MEANS: dict[Kind, str] = {
    "number": "a number",
    "whole": "a whole number",
    "yes_no": "yes or no",
    "choice": "one of a list",
    "list": "several, parted by `;` (in plan.toml a list)",
    "key": "a key",
    "body": "a key, or `outside:` and a key",
    "year": "a financial year",
    "month": "a month",
    "date": "a date",
    "text": "text",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One field of a table as its file keeps it: a range takes three columns, `name`, `name_low` and `name_high`."""

    field: str
    kind: Kind
    statement: Statement
    is_range: bool = False
    optional: bool = False
    choices: tuple[str, ...] = ()
    enum: type[StrEnum] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns in the file."""
        return (self.field, f"{self.field}_low", f"{self.field}_high") if self.is_range else (self.field,)

    @property
    def refers_to(self) -> tuple[str, str] | None:
        """The table and column this field names, if any."""
        return REFERS.get(self.statement.unit)


@cache
def columns(noun: type[Noun]) -> tuple[Column, ...]:
    """The columns of a noun in the order of its file: its own fields first, its source last."""
    names = [name for name in noun.model_fields if name != "source"]
    return tuple(_column(noun, name) for name in [*names, *(["source"] if "source" in noun.model_fields else [])])


@cache
def headings(noun: type[Noun]) -> tuple[str, ...]:
    """The first line of a noun's file."""
    return tuple(name for column in columns(noun) for name in column.names)


def _column(noun: type[Noun], name: str) -> Column:
    field, stated = noun.model_fields[name], statement(noun, name)
    kind_of, optional = _bare(field.annotation)
    enum = kind_of if isinstance(kind_of, type) and issubclass(kind_of, StrEnum) else None
    choices = tuple(member.value for member in enum) if enum else _choices(noun, name, stated.unit)
    return Column(
        field=name,
        kind="choice" if enum else _kind(kind_of, field.metadata, stated.unit, choices),
        statement=stated,
        is_range=kind_of is Range,
        optional=optional,
        choices=choices,
        enum=enum,
    )


def _bare(annotation: Any) -> tuple[Any, bool]:
    """An annotation without `| None`, and whether it had it."""
    if get_origin(annotation) in (Union, UnionType):
        return next(part for part in get_args(annotation) if part is not type(None)), True
    return annotation, False


def _choices(noun: type[Noun], name: str, unit: str) -> tuple[str, ...]:
    """The words a text field may hold, where its unit lists them: "persons | females | males", "health; care;
    money".
    """
    if noun is Heading and name == "status":
        return STATUSES
    if noun.model_fields[name].annotation is str and " | " in unit:
        return tuple(unit.split(" | "))
    if get_origin(noun.model_fields[name].annotation) is tuple and "; " in unit:
        return tuple(unit.split("; "))
    return ()


_BY_TYPE: dict[Any, Kind] = {float: "number", Range: "number", int: "whole", bool: "yes_no"}
_RULED: tuple[tuple[Any, Kind], ...] = ((Key, "key"), (Body, "body"), (FinancialYear, "year"), (Month, "month"))
_BY_RULE: dict[Any, Kind] = {rule: kind for annotated, kind in _RULED for rule in get_args(annotated)[1:]}


def _kind(kind_of: Any, rules: list[Any], unit: str, choices: tuple[str, ...]) -> Kind:
    if kind_of in _BY_TYPE:
        return _BY_TYPE[kind_of]
    if get_origin(kind_of) is tuple:
        return "list"
    by_rule = next((_BY_RULE[rule] for rule in rules if rule in _BY_RULE), None)
    if by_rule:
        return by_rule
    if choices:
        return "choice"
    if unit.startswith("financial year"):
        return "year"
    if unit == "date":
        return "date"
    return "key" if unit in REFERS else "text"


def may_hold(column: Column) -> str:
    """What may stand in a cell of this column, in words."""
    if column.choices:
        words = ", ".join(column.choices)
        return f"several of: {words}, parted by `;`" if column.kind == "list" else f"one of: {words}"
    words = _MEANS[column.kind]
    low, high = column.statement.at_least, column.statement.at_most
    if low is not None and high is not None:
        words += f" from {_bound(low)} to {_bound(high)}"
    elif low is not None:
        words += f", {_bound(low)} or more"
    elif high is not None:
        words += f", {_bound(high)} or less"
    table = column.refers_to
    return f"{words} of {table[0]}.csv" if table else words


def _bound(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:g}"


def if_empty(column: Column) -> str:
    """What an empty cell means, in words."""
    stated = column.statement
    if stated.required:
        return "refused: a value is needed"
    value = stated.default
    if isinstance(value, Range):
        value = value.point
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ("", ()):
        return "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
