"""One row of the plan: every field with its meaning, unit and source, and who changed it last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import NoReverseMatch, URLPattern, path

from tripleaim.plan.describe import Column, may_hold
from tripleaim.web.workspace.models import Draft, DraftEdit, Version
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.told.rows import (
    HEADING,
    Key,
    columns_of,
    field_words,
    key_of,
    row_key,
    row_name,
    table_meaning,
    table_words,
)
from tripleaim.web.workspace.told.texts import Row, by_key, parcel, rows_of
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.plan.columns import Names, is_number, leads_to
from tripleaim.web.workspace.views.plan.reading import known_table, older, version_needed

_LOOKED_BACK = 40
"""So many edits of a row are looked through for who changed its fields last."""


@at_place("plan")
def row(here: Here, table: str, key: str) -> HttpResponse:
    """A row of a table."""
    version = version_needed(here)
    known_table(table)
    here.trail = [("Plan", here.url("plan") + older(here, version))]
    return row_page(here, version, table, key)


def row_page(here: Here, version: Version, table: str, name: str) -> HttpResponse:
    """The page of a row of one version.

    raises : Http404 where the version has no such row
    """
    data = parcel(version.content_id)
    key, found = find_row(rows_of(data, table), table, name)
    name, carried = row_name(key), older(here, version)
    if table != HEADING:
        here.trail = [*here.trail, (table_words(table), here.url("table", table=table) + carried)]
    changed = last_changes(here, table, name, version)
    sources, names = rows_of(data, "sources"), Names(data)
    return here.page(
        "plan/row.html",
        read=version,
        carried=carried,
        table=table,
        table_words=table_words(table),
        meaning=table_meaning(table),
        title=names.of_row(table, key, found),
        fields=[_field(here, table, key, each, found, changed, carried, names) for each in columns_of(table)],
        has_changed=bool(changed),
        source=_source(sources, found),
        drafts=own_drafts(here),
        row=name,
        may_start=bool(here.acts_for("draft.make")),
        heading=HEADING,
    )


def find_row(rows: tuple[Row, ...], table: str, name: str) -> tuple[Key, Row]:
    """A row and its key, by the key as addresses write it, or with plain slashes between its parts.

    raises : Http404
    """
    known = by_key(table, rows)
    key = row_key(name)
    if key not in known:
        key = next((each for each in known if "/".join(each) == name), key)
    if key not in known:
        raise Http404
    return key, known[key]


def own_drafts(here: Here) -> list[Draft]:
    """The drafts the reader can go on working on."""
    own = here.acts_for("draft.edit")
    working = Draft.objects.filter(place=here.place, partner__in=own, state=DraftState.WORKING)
    return list(working.order_by("-made_at")[:10])


def last_changes(here: Here, table: str, name: str, version: Version) -> Mapping[str, dict[str, Any]]:
    """Field → who changed it last and in which version, of changes that were taken into the plan."""
    edits = (
        DraftEdit.objects.filter(draft__place=here.place, draft__became__number__lte=version.number)
        .filter(changes__icontains=name or HEADING)
        .select_related("person", "draft__became", "draft__partner__organisation")
        .order_by("-draft__became__number", "-revision")[:_LOOKED_BACK]
    )
    found: dict[str, dict[str, Any]] = {}
    for edit in edits:
        for change in edit.changes:
            if (change["table"], change["row"]) == (table, name):
                told = {"person": edit.person, "version": edit.draft.became, "reason": edit.reason}
                found.setdefault(change["field"], {**told, "partner": edit.draft.partner, "old": change["old"]})
    return found


def _field(
    here: Here,
    table: str,
    key: Key,
    column: Column,
    row: Row,
    changed: Mapping[str, dict[str, Any]],
    carried: str,
    names: Names,
) -> dict[str, Any]:
    return {
        "label": field_words(column.field),
        "value": names.said(column, row),
        "lines": names.said(column, row).split("\n"),
        "is_number": is_number(column),
        "unit": "" if column.choices or column.refers_to else column.statement.unit,
        "meaning": column.statement.meaning,
        "holds": may_hold(column),
        "leads_to": leads_to(here, column, row, carried),
        "challenge": "" if column.field in key_of(table) else challenge_address(here, table, key, column.field),
        "changed": changed.get(column.field) or changed.get(""),
    }


def challenge_address(here: Here, table: str, key: Key, field: str) -> str:
    """Where a number is challenged; empty where that cannot be done."""
    if table == HEADING or not here.may("challenge.ask"):
        return ""
    try:
        return f"{here.url('challenge_new')}?{urlencode({'table': table, 'row': '/'.join(key), 'field': field})}"
    except NoReverseMatch:
        return ""


def _source(sources: tuple[Row, ...], row: Row) -> Row | None:
    return next((each for each in sources if each.get("key") == row.get("source")), None) if row.get("source") else None


URLS: list[URLPattern] = [path("places/<slug:slug>/plan/<str:table>/<path:key>/", row, name="row")]
"""Address of a row; its key as `told.rows.row_name` writes it."""
