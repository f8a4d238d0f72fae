"""Collisions as a page asks about them, and what the page carries from one answer to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone

from tripleaim.loading.editing import Change
from tripleaim.loading.threeway import Choice, Conflict, Written
from tripleaim.reports.words import in_words
from tripleaim.web.workspace.models import Draft, DraftEdit
from tripleaim.web.workspace.told.rows import HEADING, Key, field_words, row_name, row_words, table_words
from tripleaim.web.workspace.told.texts import Row, by_key, number_words, rows_of
from tripleaim.web.workspace.views.frame import Here
from tripleaim.web.workspace.wording import day

_MOST_CHANGES = 20_000
_KINDS = ("cell", "row added", "row removed")


def authors_since(draft: Draft, revision: int) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Table, row and field → who changed it after a revision, and how long ago."""
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    edits = DraftEdit.objects.filter(draft=draft, revision__gt=revision).select_related("person").order_by("revision")
    for edit in edits:
        for change in edit.changes:
            found[change["table"], change["row"], change["field"]] = (str(edit.person), just_when(edit.at))
    return found


def just_when(at: datetime) -> str:
    """How long ago something was saved, by the minute where it matters."""
    minutes = int((timezone.now() - at).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{in_words(minutes)} {'minute' if minutes == 1 else 'minutes'} ago"
    hours = minutes // 60
    if hours < 24:
        return f"{in_words(hours)} {'hour' if hours == 1 else 'hours'} ago"
    return f"on {day(at)}"


class RowNames:
    """What the rows of a parcel are called; a table is looked through when it is first asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._rows: dict[str, Mapping[Key, Row]] = {}

    def words(self, table: str, key: Key) -> str:
        """A row in words; its key where the parcel has no such row."""
        if table not in self._rows:
            self._rows[table] = by_key(table, rows_of(self._data, table))
        return row_words(table, key, self._rows[table].get(key))


def conflict_told(
    here: Here,
    conflict: Conflict,
    number: int,
    names: RowNames,
    authors: Mapping[tuple[str, str, str], tuple[str, str]],
    otherwise: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """A conflict as the page asks about it."""
    table = conflict.table or HEADING
    place = (table, row_name(conflict.key), conflict.field)
    usual = (otherwise or {"": ("Somebody else", "since you opened the page")})[""]
    who, when = authors.get(place) or authors.get((*place[:2], "")) or _any_of_row(authors, place) or usual
    typed = here.request.POST
    return {
        "number": number,
        "id": conflict.id,
        "table": table_words(table),
        "row": names.words(table, conflict.key),
        "field": field_words(conflict.field) if conflict.field else "",
        "base": _said(conflict.base),
        "ours": _said(conflict.ours),
        "theirs": _said(conflict.theirs),
        "who": who,
        "when": when,
        "chosen": typed.get(f"choice-{number}", "") if typed.get(f"id-{number}") == conflict.id else "",
        "other": typed.get(f"other-{number}", conflict.ours or ""),
    }


def _any_of_row(
    authors: Mapping[tuple[str, str, str], tuple[str, str]], place: tuple[str, str, str]
) -> tuple[str, str] | None:
    return next((told for (table, row, _), told in authors.items() if (table, row) == place[:2]), None)


def _said(text: str | None) -> str | None:
    return None if text is None else number_words(text) or "nothing"


# --- what the page carries ---


def plain(change: Change) -> dict[str, Any]:
    """A change as the page carries it."""
    return {
        "table": change.table,
        "key": list(change.key),
        "field": change.field,
        "text": change.text,
        "kind": change.kind,
    }


def carried_by(here: Here) -> list[Change]:
    """The changes that the page carried.

    raises : Http404 for what no page of ours carries
    """
    try:
        read = json.loads(here.request.POST.get("changes", ""))
        changes = [_change(each) for each in read[:_MOST_CHANGES]]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Http404 from None
    return changes


def _change(record: Mapping[str, Any]) -> Change:
    texts = [record["table"], record["field"], record["text"], *record["key"]]
    if not all(isinstance(each, str) for each in texts) or record["kind"] not in _KINDS:
        raise ValueError("no change of ours")
    return Change(
        table=record["table"],
        key=tuple(record["key"]),
        field=record["field"],
        text=record["text"],
        kind=record["kind"],
    )


SIDES: Mapping[str, Choice] = {"ours": "ours", "theirs": "theirs"}
"""What a form says of a side → how the merge is told."""


def choices_of(here: Here) -> dict[str, Choice]:
    """What was chosen, by the id of each conflict; what was not chosen is left out, and told by the action."""
    typed, found = here.request.POST, dict[str, Choice]()
    for name, identity in typed.items():
        number = name.removeprefix("id-")
        if not name.startswith("id-") or not number.isdecimal():
            continue
        choice = typed.get(f"choice-{number}", "")
        if choice in SIDES:
            found[str(identity)] = SIDES[choice]
        elif choice == "other":
            found[str(identity)] = Written(str(typed.get(f"other-{number}", "")))
    return found
