"""A plan's folder to a raw plan: which files are there, their text, and the cells in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tripleaim.loading.collect import Problems
from tripleaim.loading.csv_text import from_csv
from tripleaim.loading.files import HEADING_FILE, Folder, look, text_of
from tripleaim.loading.raw import RawPlan, RawTable
from tripleaim.loading.swap import put_back
from tripleaim.loading.toml_text import from_toml
from tripleaim.plan.tables import TABLES, TableForm


def raw_folder(path: Path, problems: Problems) -> RawPlan:
    """What a folder holds, with a problem for each file that cannot be read. No file is changed."""
    put_back(path)
    folder = look(path, problems)
    heading = folder.files.get(HEADING_FILE)
    data = text_of(heading, problems) if heading else None
    stated = from_toml(data, problems) if data is not None else None
    return RawPlan(heading=stated, tables=_tables(folder, problems))


def _tables(folder: Folder, problems: Problems) -> Iterator[RawTable]:
    for form in TABLES:
        if form.file in folder.files:
            yield _table(form, folder.files[form.file], problems)
        elif form.file in folder.refused:
            yield RawTable(name=form.name, header=None)


def _table(form: TableForm, file: Path, problems: Problems) -> RawTable:
    data = text_of(file, problems)
    return from_csv(form, data, problems) if data is not None else RawTable(name=form.name, header=None)
