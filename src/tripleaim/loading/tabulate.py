"""A plan to raw tables: the text of every cell, the same for every form a plan is kept in."""

from __future__ import annotations

from typing import Any

from tripleaim.loading.differences import told
from tripleaim.loading.numbers import shortest
from tripleaim.loading.raw import RawPlan, RawTable
from tripleaim.plan.describe import Column, columns, headings
from tripleaim.plan.plan import Heading, Plan, sort_rows
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Range


def tabulated(plan: Plan) -> RawPlan:
    """The plan as text: its heading, and each table that has rows, with every column and its rows sorted by key."""
    heading = {column.field: _stated(getattr(plan.heading, column.field)) for column in columns(Heading)}
    tables = (raw_table(form, getattr(plan, form.name)) for form in TABLES if getattr(plan, form.name))
    return RawPlan(heading=heading, tables=tables)


def raw_table(form: TableForm, rows: tuple[Any, ...]) -> RawTable:
    """One table as text, its rows numbered from 2 as below a heading."""
    shown = columns(form.noun)
    texts = (
        [cell for column in shown for cell in cells(column, getattr(row, column.field))]
        for row in sort_rows(form.name, rows)
    )
    return RawTable(name=form.name, header=list(headings(form.noun)), rows=enumerate(texts, 2))


def cells(column: Column, value: Any) -> tuple[str, ...]:
    """The cells of one field: three for a range, whose low and high are empty where it is certain."""
    if not column.is_range:
        return (told(value),)
    if value is None:
        return ("", "", "")
    assert isinstance(value, Range)
    point, low, high = shortest(value.point), shortest(value.low), shortest(value.high)
    return (point, "", "") if point == low == high else (point, low, high)


def _stated(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
