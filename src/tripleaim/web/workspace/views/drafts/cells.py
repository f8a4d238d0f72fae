"""The tables of a draft, and one of them as a form of many cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from tripleaim.errors import Problem
from tripleaim.loading.editing import Change
from tripleaim.loading.row_problems import RowProblem
from tripleaim.plan.describe import Column, headings
from tripleaim.web.workspace.models import Draft
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.told.changes import by_table, changes_told
from tripleaim.web.workspace.told.rows import (
    GROUPS,
    HEADING,
    NO_KEY,
    columns_of,
    field_words,
    key_of,
    noun_of,
    row_name,
    row_words,
    table_meaning,
    table_words,
)
from tripleaim.web.workspace.told.texts import Row, counts, parcel
from tripleaim.web.workspace.views.drafts.found import below, draft_seen, problem_records, whole
from tripleaim.web.workspace.views.drafts.rows import rows_at, save_or_ask
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.plan.columns import is_number, notes_on
from tripleaim.web.workspace.views.plan.reading import known_table
from tripleaim.web.workspace.views.plan.tables import having

A_PAGE = 25
MOST_CELLS = 5_000
"""So many cells stand on one page at most."""


@at_place("proposals")
def draft_plan(here: Here, pk: int) -> HttpResponse:
    """Every table of a draft, with how much of each it changes."""
    draft = draft_seen(here, pk)
    here.require("draft.edit", draft)
    below(here, draft)
    count = counts(draft.content_id)
    changed = {each.table: each.summary for each in by_table(_changes(draft))}
    groups = [
        (
            words,
            [(each, table_words(each), table_meaning(each), count.get(each, 1), changed.get(each)) for each in names],
        )
        for words, names in GROUPS
    ]
    return here.page("drafts/plan.html", draft=draft, groups=groups, heading=HEADING)


def _changes(draft: Draft) -> Sequence[Any]:
    return changes_told(parcel(draft.base.content_id), bytes(draft.content.packed))


@at_place("proposals")
def draft_table(here: Here, pk: int, table: str) -> HttpResponse:
    """The cells of a table, many at once."""
    draft = draft_seen(here, pk)
    here.require("draft.edit", draft)
    known_table(table)
    below(here, draft)
    if table == HEADING:
        return HttpResponseRedirect(here.url("draft_row", pk=pk, table=HEADING, key=NO_KEY))
    if here.request.method != "POST":
        return _page(here, draft, table, draft.revision)
    made_from = whole(here, "made_from")
    _, rows = rows_at(draft, made_from, table)
    cells = dict(_typed(here.request.POST, table, rows))
    changes = [
        Change(table=table, key=_key(table, rows[place]), field=name, text=text)
        for (place, name), text in cells.items()
        if text != rows[place].get(name, "")
    ]

    def again(problems: Sequence[Problem] = (), sentences: Sequence[str] = ()) -> HttpResponse:
        return _page(here, draft, table, made_from, cells, problems, sentences)

    if len(changes) > MOST_CELLS:
        return again(sentences=[f"{len(changes):,} cells were changed at once; at most {MOST_CELLS:,} can be."])
    address = f"{here.url('draft_table', pk=draft.pk, table=table)}?{here.request.GET.urlencode()}"
    return save_or_ask(here, draft, made_from, changes, again, address.rstrip("?"))


def _typed(post: Mapping[str, str], table: str, rows: Sequence[Row]) -> Iterator[tuple[tuple[int, str], str]]:
    """(Place of a row in the table, column) → what was typed there, of cells that are there."""
    known = set(headings(noun_of(table))) - set(key_of(table))
    for name in post:
        place, _, column = name.removeprefix("c-").partition("-")
        if name.startswith("c-") and place.isdecimal() and int(place) < len(rows) and column in known:
            yield (int(place), column), post[name].replace("\r\n", "\n")


def _key(table: str, row: Row) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in key_of(table))


def _page(
    here: Here,
    draft: Draft,
    table: str,
    made_from: int,
    cells: Mapping[tuple[int, str], str] | None = None,
    problems: Sequence[Problem] = (),
    sentences: Sequence[str] = (),
) -> HttpResponse:
    """One page of the rows as they were at a revision, with what was typed into them."""
    _, rows = rows_at(draft, made_from, table)
    words = here.request.GET.get("words", "").strip()
    places = {id(row): place for place, row in enumerate(rows)}
    columns = [each for each in columns_of(table) if each.field not in key_of(table)]
    width = sum(len(each.names) for each in columns) or 1
    most = max(MOST_CELLS // width, 1)
    each_page = most if here.request.GET.get("rows") == "most" else A_PAGE
    page = Paginator(having(rows, words), each_page).get_page(here.request.GET.get("page"))
    shown = [(places[id(row)], row) for row in page]
    wrong = _wrong(problems, table)
    told = problem_records(
        problems,
        {
            (name, column): f"c-{place}-{column}"
            for place, row in shown
            for name in [row_name(_key(table, row))]
            for column in headings(noun_of(table))
        },
    )
    return here.page(
        "drafts/table.html",
        422 if problems or sentences else 200,
        draft=draft,
        is_working=draft.state == DraftState.WORKING,
        table=table,
        title=table_words(table),
        meaning=table_meaning(table),
        heads=[(field_words(name), is_number(each)) for each in columns for name in each.names],
        key_words=" and ".join(field_words(name).lower() for name in key_of(table)),
        rows=[_row(here, draft, table, place, row, columns, cells or {}, wrong) for place, row in shown],
        page=page,
        count=len(rows),
        words=words,
        each_page=each_page,
        most=most,
        notes=notes_on(columns_of(table)),
        made_from=made_from,
        reason=here.request.POST.get("reason", ""),
        query=here.request.GET.urlencode(),
        problems=told,
        sentences=list(sentences),
    )


def _wrong(problems: Sequence[Problem], table: str) -> set[tuple[tuple[str, ...], str]]:
    return {
        (each.key, name)
        for each in problems
        if isinstance(each, RowProblem) and each.table == table and each.field
        for name in each.field.split(", ")
    }


def _row(
    here: Here,
    draft: Draft,
    table: str,
    place: int,
    row: Row,
    columns: Sequence[Column],
    cells: Mapping[tuple[int, str], str],
    wrong: set[tuple[tuple[str, ...], str]],
) -> dict[str, Any]:
    key = _key(table, row)
    return {
        "words": row_words(table, key, row),
        "url": here.url("draft_row", pk=draft.pk, table=table, key=row_name(key)),
        "cells": [
            {
                "name": f"c-{place}-{name}",
                "label": field_words(name),
                "value": cells.get((place, name), row.get(name, "")),
                "is_number": is_number(column),
                "is_long": "\n" in row.get(name, ""),
                "options": _options(column),
                "is_wrong": (key, name) in wrong,
            }
            for column in columns
            for name in column.names
        ],
    }


def _options(column: Column) -> tuple[str, ...]:
    if column.kind == "yes_no":
        return ("yes", "no")
    return column.choices if column.kind == "choice" else ()


_AT = "places/<slug:slug>/proposals/<int:pk>/"
URLS: list[URLPattern] = [
    path(f"{_AT}plan/", draft_plan, name="draft_plan"),
    path(f"{_AT}plan/<str:table>/", draft_table, name="draft_table"),
]
"""Addresses of the tables of a draft."""
