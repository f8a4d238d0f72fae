"""The fields of plan.toml to a Heading: strict names, strict kinds, every problem."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from tripleaim.loading.cells import LONGEST_CELL, reader
from tripleaim.loading.collect import Problems
from tripleaim.loading.files import HEADING_FILE
from tripleaim.loading.migrate import is_readable
from tripleaim.loading.nearest import listed, nearest
from tripleaim.loading.numbers import Refused
from tripleaim.plan.describe import Column, columns, may_hold
from tripleaim.plan.plan import Heading

_COLUMNS = {column.field: column for column in columns(Heading)}


def read_heading(stated: Mapping[str, Any], problems: Problems) -> Heading | None:
    """The heading with the fields stated, or None with the problems noted."""
    before = len(problems)
    if not is_readable(stated, problems):
        return None
    misspelt = _unknown_fields(stated, problems)
    values = {name: _value(column, stated, problems) for name, column in _COLUMNS.items() if name not in misspelt}
    if len(problems) > before:
        return None
    return _made({name: value for name, value in values.items() if value is not None}, problems)


def _unknown_fields(stated: Mapping[str, Any], problems: Problems) -> set[str]:
    """Refuse fields that are not known; returns the known fields that some of them seem to be meant for."""
    misspelt: set[str] = set()
    for name in stated:
        if name not in _COLUMNS:
            near = nearest(name, [known for known in _COLUMNS if known not in stated and known not in misspelt])
            found = f"unknown field {name!r}" + (f"; did you mean {near!r}?" if near else "")
            to_fix = f"rename it {near}" if near else "take it out"
            _refuse(problems, name, found, f"the fields {listed(_COLUMNS, 40)}", to_fix)
            if near:
                misspelt.add(near)
    return misspelt


def _refuse(problems: Problems, name: str | None, found: str, expected: str, to_fix: str) -> None:
    problems.add(HEADING_FILE, None, name, found=found, expected=expected, to_fix=to_fix)


def _made(values: dict[str, Any], problems: Problems) -> Heading | None:
    try:
        return Heading(**values)
    except ValidationError as error:
        for mistake in error.errors():
            name = str(mistake["loc"][0]) if mistake["loc"] else None
            _refuse(problems, name, str(mistake["input"]), mistake["msg"], "see docs/tables/plan.md")
        return None


def _value(column: Column, stated: Mapping[str, Any], problems: Problems) -> Any:
    name = column.field
    if name not in stated:
        if column.statement.required:
            _refuse(problems, name, "nothing", f"a value: {may_hold(column)}", f"write it: {column.statement.meaning}")
        return None
    try:
        return _read(column, stated[name])
    except Refused as refused:
        _refuse(problems, name, _shown(stated[name]), refused.expected, refused.to_fix)
        return None


def _read(column: Column, value: Any) -> Any:
    if column.kind == "yes_no":
        if not isinstance(value, bool):
            raise Refused(
                "true or false, without quotation marks", f"write {column.field} = true or {column.field} = false"
            )
        return value
    if column.kind == "whole":
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refused(
                "a whole number, without quotation marks", f"write {column.field} = 5, or the number that is meant"
            )
        return reader(column)(str(value) if abs(value) < 10**16 else "too large")
    if column.kind == "list":
        if not isinstance(value, list):
            raise Refused("a list", f'write {column.field} = ["first", "second"]')
        return tuple(_words(column, part) for part in value)
    return _words(column, value)


def _words(column: Column, value: Any) -> Any:
    if column.kind == "date" and type(value) is date:  # and not a moment, which is a date to Python too
        return value.isoformat()
    if not isinstance(value, str):
        raise Refused("text in quotation marks", f'write {column.field} = "…"')
    if len(value) > LONGEST_CELL:
        raise Refused(f"at most {LONGEST_CELL:,} characters", "shorten it")
    if not value:
        if column.statement.required or column.kind == "list":
            raise Refused("a value", f"write it: {column.statement.meaning}")
        return value
    return _TEXT(value) if column.kind == "list" else reader(column)(value)


_TEXT = reader(_COLUMNS["summary"])


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value or "an empty text"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > 10**16:
        return "a number of very many digits"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return str(value)
