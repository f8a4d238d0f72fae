"""datapackage.json: the plan's folder as a Frictionless Data Package (version 1), made from the nouns."""

from __future__ import annotations

import json
from typing import Any

from tripleaim.plan.describe import Column, columns
from tripleaim.plan.plan import Plan
from tripleaim.plan.row import KEY_FORM
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun

_TYPES = {"number": "number", "whole": "integer", "yes_no": "boolean"}
_PATTERNS = {
    "key": KEY_FORM,
    "body": f"(outside:)?{KEY_FORM}",
    "year": "[0-9]{4}/[0-9]{2}",
    "month": "[0-9]{4}-(0[1-9]|1[0-2])",
}


def datapackage(plan: Plan) -> str:
    """The descriptor of the files of one plan."""
    package = {
        "profile": "tabular-data-package",
        "name": plan.heading.place.replace("_", "-"),
        "title": plan.heading.name,
        "description": plan.heading.summary,
        "version": plan.heading.version,
        "resources": [_resource(form, plan) for form in TABLES if getattr(plan, form.name)],
    }
    return json.dumps({name: value for name, value in package.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _resource(form: TableForm, plan: Plan) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": form.name.replace("_", "-"),
        "path": form.file,
        "title": form.meaning,
        "encoding": "utf-8",
        "format": "csv",
        "dialect": {"lineTerminator": "\n"},
        "rows": len(getattr(plan, form.name)),
        "schema": {
            "fields": [field for column in columns(form.noun) for field in _fields(column)],
            "primaryKey": list(form.key),
            "foreignKeys": _foreign_keys(form.noun, plan),
        },
    }


def _fields(column: Column) -> list[dict[str, Any]]:
    stated, fields = column.statement, []
    for name in column.names:
        field: dict[str, Any] = {"name": name, "type": _TYPES.get(column.kind, "string")}
        if column.kind == "yes_no":
            field |= {"trueValues": ["yes"], "falseValues": ["no"]}
        field |= {"description": _meaning(column, name), "unit": stated.unit}
        fields.append({**field, "constraints": _constraints(column, name)} if _constraints(column, name) else field)
    return fields


def _meaning(column: Column, name: str) -> str:
    ends = {f"{column.field}_low": "10th percentile: ", f"{column.field}_high": "90th percentile: "}
    return (ends.get(name, "") if column.is_range else "") + column.statement.meaning


def _constraints(column: Column, name: str) -> dict[str, Any]:
    stated = column.statement
    constraints: dict[str, Any] = {}
    if stated.required and name == column.field:
        constraints["required"] = True
    if column.choices and column.kind == "choice":
        constraints["enum"] = list(column.choices)
    if column.kind in _PATTERNS:
        constraints["pattern"] = _PATTERNS[column.kind]
    if stated.at_least is not None:
        constraints["minimum"] = stated.at_least
    if stated.at_most is not None:
        constraints["maximum"] = stated.at_most
    return constraints


def _foreign_keys(noun: type[Noun], plan: Plan) -> list[dict[str, Any]]:
    """References to tables told apart by that one column, and present: what the Frictionless form can state."""
    single = {form.name: form.key[0] for form in TABLES if len(form.key) == 1 and getattr(plan, form.name)}
    return [
        {"fields": column.field, "reference": {"resource": table.replace("_", "-"), "fields": key}}
        for column in columns(noun)
        for table, key in [column.refers_to or ("", "")]
        if single.get(table) == key and column.kind not in ("list", "body")
    ]
