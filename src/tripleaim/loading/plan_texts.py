"""A plan as the texts people see and type: each field of its heading, and each cell of a row by the row's key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tripleaim.loading.files import HEADING_FILE
from tripleaim.loading.nearest import listed, nearest
from tripleaim.loading.numbers import Refused, whole, yes_no
from tripleaim.loading.raw import Cells, RawPlan, RawTable
from tripleaim.loading.read import no_rubbish_collection, understood
from tripleaim.loading.row_problems import HEADING_TABLE, Key, RowProblems
from tripleaim.loading.tabulate import cells, tabulated
from tripleaim.plan.describe import Column, columns, headings
from tripleaim.plan.plan import Heading, Plan
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun

FORMS = {form.name: form for form in TABLES}
HEADING_COLUMNS = {column.field: column for column in columns(Heading)}


def key_of(form: TableForm, row: Noun) -> Key:
    """The texts of a row's key cells."""
    by_field = {column.field: column for column in columns(form.noun)}
    return tuple(text for name in form.key for text in cells(by_field[name], getattr(row, name)))


def heading_text(column: Column, value: Any) -> str:
    """A field of the heading as one text: a list has a line for each item.

    Where an item could not be told from two, or is not what a line gives back, the list is written as JSON.

    >>> heading_text(HEADING_COLUMNS["not_known"], ("Prescribing.", "Dentists."))
    'Prescribing.\\nDentists.'
    """
    if column.kind != "list":
        return cells(column, value)[0]
    lines = "\n".join(value)
    return lines if _items(lines) == list(value) else json.dumps(value, ensure_ascii=False)


def _items(text: str) -> list[str]:
    if text.startswith("["):
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            read = None
        if isinstance(read, list) and all(isinstance(item, str) for item in read):
            return read
    return [line.strip() for line in text.split("\n") if line.strip()]


class PlanTexts:
    """The texts of one plan, which may be changed before they are read again as a plan."""

    def __init__(self, plan: Plan, problems: RowProblems) -> None:
        raw = tabulated(plan)
        self._problems = problems
        self._heading: dict[str, Any] = dict(raw.heading or {})
        self._rows: dict[str, dict[Key, Cells]] = {form.name: {} for form in TABLES}
        self._heading_is_sound = True
        for table in raw.tables:
            places = _key_places(FORMS[table.name])
            self._rows[table.name] = {tuple([texts[p] for p in places]): texts for _, texts in table.rows}

    def write(self, table: str, key: Key, field: str, text: str) -> None:
        """Put a text into a cell, or note why that cannot be."""
        text = text.replace("\r\n", "\n")
        if table == HEADING_TABLE:
            self._state(field, text)
        elif self._knows(table, key) and self._has_column(table, key, field):
            row = self._rows[table].get(key)
            if row is None:
                self._refuse_absent(table, key, field)
            else:
                row[headings(FORMS[table].noun).index(field)] = text

    def add(self, table: str, key: Key) -> None:
        """Add a row that has its key and nothing else yet, or note why that cannot be."""
        if not self._knows(table, key):
            return
        if key in self._rows[table]:
            self._refuse(table, key, "", _said(key) + ", which the table has", "a key that is new", "give it another")
            return
        texts = [""] * len(headings(FORMS[table].noun))
        for place, part in zip(_key_places(FORMS[table]), key, strict=True):
            texts[place] = part
        self._rows[table][key] = texts

    def remove(self, table: str, key: Key) -> None:
        """Take a row out, or note why that cannot be."""
        if self._knows(table, key) and self._rows[table].pop(key, None) is None:
            self._refuse_absent(table, key, "")

    def read(self) -> Plan:
        """The plan the texts say, through the same reading and the same checks as if they stood in files.

        raises : PlanProblems with every problem at once, those of `write`, `add` and `remove` among them
        """
        heading = self._heading if self._heading_is_sound else None
        with no_rubbish_collection():
            return understood(RawPlan(heading=heading, tables=self._tables()), self._problems)

    def _tables(self) -> Iterator[RawTable]:
        for form in TABLES:
            rows = self._rows[form.name]
            if rows or form.required:
                places = _key_places(form)
                keys = {number: tuple([texts[p] for p in places]) for number, texts in enumerate(rows.values(), 2)}
                self._problems.learn_rows(form.file, keys)
                header = list(headings(form.noun))
                yield RawTable(name=form.name, header=header, rows=enumerate(rows.values(), 2))

    # --- the heading ---

    def _state(self, field: str, text: str) -> None:
        """Put a text into a field of the heading, as plan.toml would state it."""
        column = HEADING_COLUMNS.get(field)
        kind = column.kind if column else "text"
        try:
            if kind == "list":
                self._heading[field] = _items(text)
            elif not text and kind in ("yes_no", "whole"):
                self._heading.pop(field, None)
            else:
                self._heading[field] = yes_no(text) if kind == "yes_no" else whole(text) if kind == "whole" else text
        except Refused as refused:
            self._heading_is_sound = False
            self._problems.add(HEADING_FILE, None, field, found=text, expected=refused.expected, to_fix=refused.to_fix)

    # --- what is not there ---

    def _knows(self, table: str, key: Key) -> bool:
        form = FORMS.get(table)
        if form is None:
            near = nearest(table, FORMS)
            expected = f"one of the tables {listed(FORMS, 60)}"
            to_fix = f"name it {near}" if near else "name one of them"
            self._problems.add(table, None, None, found="no such table", expected=expected, to_fix=to_fix)
        elif len(key) != len(form.key):
            found, expected = f"a key of {len(key)} parts", f"a key of {len(form.key)}: {', '.join(form.key)}"
            self._refuse(table, key, "", found, expected, "name the row by all of them")
        return form is not None and len(key) == len(form.key)

    def _has_column(self, table: str, key: Key, field: str) -> bool:
        known = headings(FORMS[table].noun)
        if field in known:
            return True
        near = nearest(field, known)
        to_fix = f"name it {near}" if near else "name one of them"
        self._refuse(table, key, field, "no such column", f"one of {listed(known, 40)}", to_fix)
        return False

    def _refuse_absent(self, table: str, key: Key, field: str) -> None:
        to_fix = "look at the table as it is now; somebody may have taken the row out or given it another key"
        self._refuse(table, key, field, "no such row", "a row the table has", to_fix)

    def _refuse(self, table: str, key: Key, field: str, found: str, expected: str, to_fix: str) -> None:
        self._problems.add_for(table, key, field, found=found, expected=expected, to_fix=to_fix)


def _key_places(form: TableForm) -> list[int]:
    names = headings(form.noun)
    return [names.index(name) for name in form.key]


def _said(key: Key) -> str:
    return ", ".join(part for part in key if part)
