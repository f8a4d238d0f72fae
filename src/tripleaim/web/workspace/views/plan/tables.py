"""The tables of the plan: all of them with their meaning, and one with its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import URLPattern, path

from tripleaim.loading.plan_texts import FORMS
from tripleaim.plan.describe import Column
from tripleaim.web.workspace.models import Version
from tripleaim.web.workspace.told.rows import (
    GROUPS,
    HEADING,
    columns_of,
    field_words,
    key_of,
    row_name,
    table_meaning,
    table_words,
)
from tripleaim.web.workspace.told.texts import Row, counts, parcel, rows_of
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.plan.columns import Names, is_number, leads_to, notes_on
from tripleaim.web.workspace.views.plan.reading import known_table, older, version_read
from tripleaim.web.workspace.views.plan.row import row_page

A_PAGE = 50


@at_place("plan")
def plan(here: Here) -> HttpResponse:
    """Every table of the plan, what it is and how many rows it has."""
    version = version_read(here)
    if version is None:
        return here.page("plan/none.html")
    count = counts(version.content_id)
    groups = [
        (words, [(name, table_words(name), table_meaning(name), count.get(name, 1)) for name in names])
        for words, names in GROUPS
    ]
    rows = sum(count.values())
    return here.page(
        "plan/plan.html", read=version, carried=older(here, version), groups=groups, rows=rows, heading=HEADING
    )


@at_place("plan")
def table(here: Here, table: str) -> HttpResponse:
    """One table: its rows, what its columns mean, and the table as a file."""
    version = version_read(here)
    known_table(table)
    if version is None:
        return here.page("plan/none.html")
    carried = older(here, version)
    here.trail = [("Plan", here.url("plan") + carried)]
    if table == HEADING:
        return row_page(here, version, HEADING, "")
    words = here.request.GET.get("words", "").strip()
    data = parcel(version.content_id)
    every, names = rows_of(data, table), Names(data)
    found = having(every, words)
    page = Paginator(found, A_PAGE).get_page(here.request.GET.get("page"))
    columns = columns_of(table)
    said = {*key_of(table), "name", "title"} if len(key_of(table)) == 1 else set()
    told = [each for each in columns if each.field not in said and any(row.get(each.field) for row in every)]
    return here.page(
        "plan/table.html",
        read=version,
        carried=carried,
        table=table,
        title=table_words(table),
        meaning=table_meaning(table),
        key=[field_words(name) for name in key_of(table)],
        count=len(every),
        found=len(found),
        words=words,
        page=page,
        heads=[(field_words(each.field), is_number(each)) for each in told],
        rows=[_row(here, version, table, row, told, names) for row in page],
        notes=notes_on(columns),
        file_name=FORMS[table].file,
    )


def having(rows: Sequence[Row], words: str) -> list[Row]:
    """The rows that hold every one of the words somewhere, whatever their letters' case."""
    wanted = words.casefold().split()
    return [row for row in rows if all(word in " ".join(row.values()).casefold() for word in wanted)]


def _row(here: Here, version: Version, table: str, row: Row, columns: Sequence[Column], names: Names) -> dict[str, Any]:
    key = tuple(row.get(name, "") for name in key_of(table))
    carried = older(here, version)
    return {
        "words": names.of_row(table, key, row),
        "url": here.url("row", table=table, key=row_name(key)) + carried,
        "cells": [
            (field_words(each.field), names.said(each, row), is_number(each), leads_to(here, each, row, carried))
            for each in columns
        ],
    }


URLS: list[URLPattern] = [
    path("places/<slug:slug>/plan/", plan, name="plan"),
    path("places/<slug:slug>/plan/<str:table>/", table, name="table"),
]
"""Addresses of the tables."""
