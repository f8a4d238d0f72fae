"""One row of a draft as a form: changed, added or taken out, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.editing import Change, edited
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.actions.revisions import Collision, edit_draft, require_working, revision_content
from tripleaim.web.workspace.models import Draft
from tripleaim.web.workspace.told.rows import (
    HEADING,
    Key,
    columns_of,
    key_of,
    row_name,
    row_words,
    table_meaning,
    table_words,
)
from tripleaim.web.workspace.told.texts import Row, rows_of
from tripleaim.web.workspace.views.drafts.fields import groups, ids, typed
from tripleaim.web.workspace.views.drafts.found import below, draft_seen, problem_records, told_saved, whole
from tripleaim.web.workspace.views.drafts.merging import merge_page
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.plan.reading import known_table
from tripleaim.web.workspace.views.plan.row import find_row


@at_place("proposals")
def draft_row(here: Here, pk: int, table: str, key: str) -> HttpResponse:
    """Change the fields of a row."""
    draft = _editable(here, pk, table)
    if here.request.method != "POST":
        data = bytes(draft.content.packed)
        found, row = find_row(rows_of(data, table), table, key)
        return _page(here, draft, table, found, row, data, draft.revision)
    made_from = whole(here, "made_from")
    data = bytes(revision_content(draft, made_from).packed)
    found, before = find_row(rows_of(data, table), table, key)
    after = typed(here.request.POST, table, before)
    changes = cell_changes(table, found, before, after)

    def again(problems: Sequence[Problem] = (), sentences: Sequence[str] = ()) -> HttpResponse:
        return _page(here, draft, table, found, after, data, made_from, problems, sentences)

    return save_or_ask(here, draft, made_from, changes, again, here.url("draft_table", pk=draft.pk, table=table))


@at_place("proposals")
def draft_row_new(here: Here, pk: int, table: str) -> HttpResponse:
    """Add a row to a table."""
    draft = _editable(here, pk, table)
    data = bytes(draft.content.packed)
    if here.request.method != "POST":
        return _page(here, draft, table, None, {}, data, draft.revision)
    made_from = whole(here, "made_from")
    row = typed(here.request.POST, table, {})
    key = tuple(row.get(name, "").strip() for name in key_of(table))

    def again(problems: Sequence[Problem] = (), sentences: Sequence[str] = ()) -> HttpResponse:
        return _page(here, draft, table, None, row, data, made_from, problems, sentences, key)

    if not any(key):
        return again(sentences=["Give the row a key, so that it can be told from others."])
    added = Change(table=table, key=key, kind="row added")
    cells = [
        Change(table=table, key=key, field=name, text=text)
        for name, text in row.items()
        if text and name not in key_of(table)
    ]
    return save_or_ask(here, draft, made_from, [added, *cells], again, here.url("draft_table", pk=pk, table=table))


@at_place("proposals")
def draft_row_remove(here: Here, pk: int, table: str, key: str) -> HttpResponse:
    """Take a row out: asks first, and says what stands in the way."""
    draft = _editable(here, pk, table)
    data = bytes(draft.content.packed)
    found, row = find_row(rows_of(data, table), table, key)
    made_from = whole(here, "made_from") if here.request.method == "POST" else draft.revision

    def again(problems: Sequence[Problem] = (), sentences: Sequence[str] = ()) -> HttpResponse:
        return here.page(
            "drafts/remove.html",
            422 if problems or sentences else 200,
            draft=draft,
            made_from=made_from,
            title=row_words(table, found, row),
            table_words=table_words(table),
            reason=here.request.POST.get("reason", ""),
            back=here.url("draft_row", pk=draft.pk, table=table, key=row_name(found)),
            problems=problem_records(problems),
            sentences=list(sentences),
        )

    if here.request.method != "POST":
        return again()
    gone = [Change(table=table, key=found, kind="row removed")]
    return save_or_ask(here, draft, made_from, gone, again, here.url("draft_table", pk=draft.pk, table=table))


def _editable(here: Here, pk: int, table: str) -> Draft:
    """A draft the reader may change, on a page of one of its tables."""
    draft = draft_seen(here, pk)
    here.require("draft.edit", draft)
    known_table(table)
    below(here, draft)
    here.trail = [*here.trail, (table_words(table), here.url("draft_table", pk=draft.pk, table=table))]
    return draft


def _page(
    here: Here,
    draft: Draft,
    table: str,
    key: Key | None,
    row: Mapping[str, str],
    data: bytes,
    made_from: int,
    problems: Sequence[Problem] = (),
    sentences: Sequence[str] = (),
    new_key: Key = (),
) -> HttpResponse:
    """The form of a row; of a new one where it has no key yet."""
    told = problem_records(problems, ids(table, new_key if key is None else key))
    return here.page(
        "drafts/row.html",
        422 if problems or sentences else 200,
        draft=draft,
        table=table,
        table_words=table_words(table),
        meaning=table_meaning(table),
        title=row_words(table, key, row) if key is not None else "",
        is_new=key is None,
        is_heading=table == HEADING,
        name=row_name(key) if key is not None else "",
        groups=groups(table, row, data, problems, key),
        made_from=made_from,
        reason=here.request.POST.get("reason", ""),
        problems=told,
        sentences=list(sentences),
    )


def cell_changes(table: str, key: Key, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """The cells of a row that say something else than they did."""
    names = key_of(table)
    return [
        Change(table="" if table == HEADING else table, key=key, field=name, text=text)
        for column in columns_of(table)
        for name in column.names
        if name not in names and (text := after.get(name, "")) != before.get(name, "")
    ]


def save_or_ask(
    here: Here, draft: Draft, made_from: int, changes: Sequence[Change], again: Any, address: str
) -> HttpResponse:
    """Save, and go to an address; or the same page with what stands in the way; or the page that asks which holds."""
    reason = here.request.POST.get("reason", "")
    try:
        require_working(draft)
        if not changes:
            raise NotNow("Nothing was changed, so there is nothing to save.")
        saved = edit_draft(here.person, draft, made_from, changes, reason)
    except Collision as collision:
        return merge_page(here, draft, collision, reason)
    except PlanProblems as refused:
        response: HttpResponse = again(problems=refused.problems)
        return response
    except NotNow as refused:
        also = () if reason.strip() else _problems_of(draft, made_from, changes)
        response = again(problems=also, sentences=[str(refused)])
        return response
    told_saved(here, saved)
    return HttpResponseRedirect(address, status=303)


def _problems_of(draft: Draft, made_from: int, changes: Sequence[Change]) -> Sequence[Problem]:
    """What is to be put right in changes beside a reason that is missing: all of it is told at once."""
    try:
        edited(plan_of(revision_content(draft, made_from)), changes)
    except PlanProblems as refused:
        return refused.problems
    return ()


def rows_at(draft: Draft, revision: int, table: str) -> tuple[bytes, tuple[Row, ...]]:
    """The parcel of a revision of a draft, and the rows of one of its tables."""
    content = draft.content if revision == draft.revision else revision_content(draft, revision)
    data = bytes(content.packed)
    return data, rows_of(data, table)


_AT = "places/<slug:slug>/proposals/<int:pk>/"
URLS: list[URLPattern] = [
    path(f"{_AT}add/<str:table>/", draft_row_new, name="draft_row_new"),
    path(f"{_AT}remove/<str:table>/<path:key>/", draft_row_remove, name="draft_row_remove"),
    path(f"{_AT}plan/<str:table>/<path:key>/", draft_row, name="draft_row"),
]
"""Addresses of the rows of a draft."""
