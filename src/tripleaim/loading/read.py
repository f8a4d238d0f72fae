"""A folder to a Plan: sizes, text, cells, rows, then everything between tables. All problems at once, or the plan."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tripleaim.errors import PlanProblems
from tripleaim.loading.collect import Problems
from tripleaim.loading.crosscheck import crosscheck
from tripleaim.loading.draft import Draft
from tripleaim.loading.files import HEADING_FILE, Folder, look, text_of
from tripleaim.loading.heading import read_heading
from tripleaim.loading.table import TableReader
from tripleaim.plan.plan import Plan, sort_rows
from tripleaim.plan.tables import TABLES, TableForm


def read_plan(path: Path | str) -> Plan:
    """The plan in a folder, its rows sorted by key.

    raises : PlanProblems with every problem at once; nothing is ever loaded in part, and no file is changed
    """
    problems = Problems()
    with _no_rubbish_collection():
        draft = read_draft(Path(path), problems)
        crosscheck(draft)
    if len(problems) or draft.heading is None:
        raise PlanProblems(problems.in_order())
    return assembled(draft)


def read_draft(path: Path, problems: Problems) -> Draft:
    """Everything that can be read of a folder, before the tables are held against each other."""
    folder = look(path, problems)
    draft = Draft(problems)
    heading = folder.files.get(HEADING_FILE)
    data = text_of(heading, problems) if heading else None
    draft.heading = read_heading(data, problems) if data is not None else None
    for form in TABLES:
        _read_table(form, folder, draft)
    return draft


def assembled(draft: Draft) -> Plan:
    """The plan of a draft that has no problems."""
    tables: dict[str, Any] = {form.name: sort_rows(form.name, draft.rows_of[form.name]) for form in TABLES}
    return Plan(heading=draft.stated, **tables)


def _read_table(form: TableForm, folder: Folder, draft: Draft) -> None:
    draft.rows_of[form.name] = ()
    file = folder.files.get(form.file)
    if file is None:
        if form.required or form.file in folder.refused:
            draft.partial.add(form.name)
            draft.unseen.add(form.name)
        return
    data = text_of(file, draft.problems)
    if data is None:
        draft.partial.add(form.name)
        draft.unseen.add(form.name)
        return
    read = TableReader(form, draft.problems).run(data)
    draft.rows_of[form.name] = tuple(read.rows)
    draft.numbers[form.name] = read.numbers
    for column, texts in read.seen.items():
        draft.seen[form.name, column] = texts
    if not read.all_seen:
        draft.unseen.add(form.name)
    if not read.complete:
        draft.partial.add(form.name)


@contextmanager
def _no_rubbish_collection() -> Iterator[None]:
    """Making a great many small lasting objects goes twice as fast when Python does not look through them again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
