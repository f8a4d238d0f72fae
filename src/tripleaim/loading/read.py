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
from tripleaim.loading.draft import Draft, draft_of
from tripleaim.loading.folder import raw_folder
from tripleaim.loading.raw import RawPlan
from tripleaim.plan.plan import Plan, sort_rows
from tripleaim.plan.tables import TABLES


def read_plan(path: Path | str) -> Plan:
    """The plan in a folder, its rows sorted by key.

    raises : PlanProblems with every problem at once; nothing is ever loaded in part, and no file is changed
    """
    problems = Problems()
    with no_rubbish_collection():
        return understood(raw_folder(Path(path), problems), problems)


def understood(raw: RawPlan, problems: Problems) -> Plan:
    """The plan a form holds, whichever form that is; `problems` holds what the form itself could not read.

    raises : PlanProblems with every problem at once
    """
    draft = draft_of(raw, problems)
    crosscheck(draft)
    if len(problems) or draft.heading is None:
        raise PlanProblems(problems.in_order())
    return assembled(draft)


def assembled(draft: Draft) -> Plan:
    """The plan of a draft that has no problems."""
    tables: dict[str, Any] = {form.name: sort_rows(form.name, draft.rows_of.get(form.name, ())) for form in TABLES}
    return Plan(heading=draft.stated, **tables)


@contextmanager
def no_rubbish_collection() -> Iterator[None]:
    """Making a great many small lasting objects goes twice as fast when Python does not look through them again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
