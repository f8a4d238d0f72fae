"""Changes of a plan as people make them: a text typed into a cell, a row added, a row taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tripleaim.loading.by_place import Place, by_place
from tripleaim.loading.plan_texts import FORMS, HEADING_COLUMNS, PlanTexts, heading_text, key_of
from tripleaim.loading.row_problems import HEADING_TABLE, Key, RowProblems
from tripleaim.loading.tabulate import cells
from tripleaim.plan.describe import HEADING, columns
from tripleaim.plan.plan import Heading, Plan
from tripleaim.quantities import Noun

Kind = Literal["cell", "row added", "row removed"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of a plan.

    table : name of the table; "" for the heading
    key   : the texts of the row's key cells, in the order of the table's key; () for the heading
    field : the column as the CSV file names it (a range has three: growth, growth_low, growth_high), or the field of
            the heading; "" where a whole row is added or removed
    text  : what the cell is to say, as a person types it; a list in the heading has a line for each item
    kind  : "cell"; "row added", for a row with its key alone, whose other cells follow as cells; or "row removed"
    """

    table: str
    key: Key = ()
    field: str = ""
    text: str = ""
    kind: Kind = "cell"


def edited(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan with the changes, one after the other; a later one of the same cell holds.

    Everything is read again by the parser and the checks that read files; no rule stands here.

    raises : PlanProblems with every problem at once, each a RowProblem with its table, key and field
    """
    texts = PlanTexts(plan, RowProblems())
    for change in changes:
        if change.kind == "row added":
            texts.add(change.table, change.key)
        elif change.kind == "row removed":
            texts.remove(change.table, change.key)
        else:
            texts.write(change.table, change.key, change.field, change.text)
    return texts.read()


def changes_between(old: Plan, new: Plan) -> tuple[Change, ...]:
    """The changes that make one plan of the other, in reading order; empty exactly when their fingerprints agree.

    A row that got another key is one row removed and one added.
    """
    if old.fingerprint == new.fingerprint:
        return ()
    before, after = by_place(old), by_place(new)
    order = {name: number for number, name in enumerate((HEADING, *FORMS))}
    places = sorted({*before, *after}, key=lambda place: (order[place[0]], place[1]))
    return tuple(change for place in places for change in _changes_at(place, before.get(place), after.get(place)))


def _changes_at(place: Place, old: Noun | None, new: Noun | None) -> Iterator[Change]:
    row = new or old
    if old == new or row is None:
        return
    table = HEADING_TABLE if place[0] == HEADING else place[0]
    key = key_of(FORMS[table], row) if table else ()
    if new is None:
        yield Change(table=table, key=key, kind="row removed")
        return
    if old is None:
        yield Change(table=table, key=key, kind="row added")
    was = texts_of(old) if old is not None else {}
    key_columns = FORMS[table].key if table else ()
    for name, text in texts_of(new).items():
        if name not in key_columns and text != was.get(name, ""):
            yield Change(table=table, key=key, field=name, text=text)


def texts_of(row: Noun) -> dict[str, str]:
    """The texts of a row's cells by column, or of the heading by field."""
    if isinstance(row, Heading):
        return {name: heading_text(column, getattr(row, name)) for name, column in HEADING_COLUMNS.items()}
    return {
        name: text
        for column in columns(type(row))
        for name, text in zip(column.names, cells(column, getattr(row, column.field)), strict=True)
    }
