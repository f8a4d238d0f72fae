"""JSON Schema (2020-12) of a whole plan, made from the nouns."""

from __future__ import annotations

from typing import Any

from tripleaim.plan.describe import Column, Kind, columns
from tripleaim.plan.plan import FORMAT, Heading
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import Noun


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a whole plan: its heading and a list of rows for each table."""
    tables = {
        form.name: {"type": "array", "items": _object(form.noun), "title": form.file, "description": form.meaning}
        for form in TABLES
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Triple Aim plan",
        "description": f"Format {FORMAT}. A range is an object of point, low and high (its 80 % interval).",
        "type": "object",
        "additionalProperties": False,
        "required": ["heading", *(form.name for form in TABLES if form.required)],
        "properties": {"heading": _object(Heading), **tables},
        "$defs": {"range": _RANGE},
    }


_RANGE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["point", "low", "high"],
    "properties": {part: {"type": "number"} for part in ("point", "low", "high")},
}
_JSON_TYPES: dict[Kind, str] = {"number": "number", "whole": "integer", "yes_no": "boolean", "list": "array"}


def _object(noun: type[Noun]) -> dict[str, Any]:
    all_columns = columns(noun)
    return {
        "type": "object",
        "description": " ".join((noun.__doc__ or "").split()),
        "additionalProperties": False,
        "required": [column.field for column in all_columns if column.statement.required],
        "properties": {column.field: _property(column) for column in all_columns},
    }


def _property(column: Column) -> dict[str, Any]:
    stated = column.statement
    about: dict[str, Any] = {"description": stated.meaning, "unit": stated.unit}
    value: dict[str, Any] = {"$ref": "#/$defs/range"} if column.is_range else _value(column)
    if column.refers_to:
        about["refersTo"] = ".".join(column.refers_to)
    if column.optional:
        value = {"anyOf": [value, {"type": "null"}]}
    return {**about, **value}


def _value(column: Column) -> dict[str, Any]:
    value: dict[str, Any] = {"type": _JSON_TYPES.get(column.kind, "string")}
    words: dict[str, Any] = {"enum": list(column.choices)} if column.choices else {}
    if column.choices and column.statement.default == "":
        words["enum"].append("")
    if column.kind == "list":
        return {**value, "items": {"type": "string", **words}}
    low, high = column.statement.at_least, column.statement.at_most
    bounds = {name: bound for name, bound in (("minimum", low), ("maximum", high)) if bound is not None}
    return {**value, **words, **bounds}
