"""datapackage.json: the CSV files of a report as a Frictionless Data Package (version 1), for programs to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from tripleaim.projection.result import Projection
from tripleaim.reports.columns import Column, columns, sources_of
from tripleaim.reports.facts import Exhibit, Exhibits, package_version
from tripleaim.reports.spreadsheet import about, status

FILE = "datapackage.json"
APOSTROPHE = (
    "Text that begins with apostrophes and then =, +, -, @ (also after spaces), a tab or a line break has had one "
    "apostrophe put in front, so that no spreadsheet runs it; take one away to have it back. Numbers never have one."
)
_OPEN = (
    (r"open government licence v?3|\bogl[ -]?(uk-)?3", "OGL-UK-3.0", "Open Government Licence v3.0"),
    (r"cc0", "CC0-1.0", "Creative Commons CC0 1.0"),
    (r"mit", "MIT", "MIT licence"),
)


def report_datapackage(projection: Projection, shown: Exhibits) -> str:
    """The descriptor of a report's folder of data: each file, its columns with units and meanings, and its sources."""
    heading = projection.plan.heading
    used = [each.key for each in projection.sources if each.rows]
    package = {
        "profile": "tabular-data-package",
        "name": f"{_plain(heading.place)}-report",
        "title": f"{heading.name}: tables of the report",
        "description": (
            f"{status(heading)} The figures of every picture and table of a report on a five-year health and care "
            f"plan. Money is in £m, cash of each year; prices the plan states are of {heading.price_base}. An empty "
            f"cell has no figure. {APOSTROPHE}"
        ),
        "version": heading.version,
        "status": heading.status,
        "dated": heading.dated,
        "fingerprint": projection.fingerprint,
        "made_by": f"Triple Aim {package_version()}",
        "licenses": _licences(projection),
        "sources": _sources(projection, used),
        "resources": [_resource(key, exhibit, projection, used) for key, exhibit in shown.kept.items()],
    }
    return json.dumps({name: value for name, value in package.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _resource(key: str, exhibit: Exhibit, projection: Projection, used: list[str]) -> dict[str, Any]:
    named = sources_of(exhibit.table, used)
    described = (about(exhibit), exhibit.reads, status(projection.plan.heading))
    resource = {
        "profile": "tabular-data-resource",
        "name": _plain(key),
        "path": f"{key}.csv",
        "title": exhibit.title,
        "description": " ".join(words for words in described if words),
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {"fields": [_field(each) for each in columns(key, exhibit.table)], "missingValues": [""]},
        "sources": _sources(projection, named),
    }
    return {name: value for name, value in resource.items() if value}


def _field(column: Column) -> dict[str, Any]:
    kind = "number" if column.numeric else "string"
    return {"name": column.name, "type": kind, "description": column.meaning, "unit": column.unit}


def _sources(projection: Projection, keys: Iterable[str]) -> list[dict[str, str]]:
    wanted = set(keys)
    found = [row for row in projection.plan.sources if row.key in wanted]
    return [
        {
            name: value
            for name, value in (
                ("title", row.title),
                ("path", row.url if row.url.startswith(("https://", "http://")) else ""),
                ("key", row.key),
                ("kind", row.kind.value),
                ("publisher", row.publisher),
                ("year", row.year),
                ("licence", row.licence),
            )
            if value
        }
        for row in found
    ]


def _licences(projection: Projection) -> list[dict[str, str]]:
    """The open licences of the sources; none where any source has other terms, which stand beside each source."""
    stated = {row.licence.strip().lower() for row in projection.plan.sources}
    found = {words: next((known for known in _OPEN if re.fullmatch(known[0], words)), None) for words in stated}
    if not all(found.values()):
        return []
    return [{"name": name, "title": title} for _, name, title in sorted({known for known in found.values() if known})]


def _plain(key: str) -> str:
    """A name as the form allows: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9._-]+", "-", key.lower().replace("_", "-")).strip("-") or "table"
