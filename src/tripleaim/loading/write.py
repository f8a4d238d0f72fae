"""A Plan to a folder: the same plan always gives the same bytes, and the folder is whole or not there at all."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tripleaim.errors import Impossible
from tripleaim.loading.collect import Problems
from tripleaim.loading.datapackage import datapackage
from tripleaim.loading.differences import told
from tripleaim.loading.files import HEADING_FILE, LARGEST_FILE
from tripleaim.loading.numbers import shortest
from tripleaim.loading.read import assembled, read_draft
from tripleaim.plan.describe import Column, columns, headings
from tripleaim.plan.plan import Heading, Plan, sort_rows
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Range

PACKAGE_FILE = "datapackage.json"
_PLAN_FILES = frozenset({HEADING_FILE, PACKAGE_FILE, *(form.file for form in TABLES)})


def write_plan(plan: Plan, folder: Path | str) -> Path:
    """Write a plan: plan.toml, one CSV file for each table that has rows, datapackage.json.

    The files are written into a new folder beside, read back and compared, and only then take the place of the old
    ones. Notes and other documents in an existing folder stay where they are.

    raises : Impossible when the plan holds something its files could not give back; the folder is then as it was
    """
    target = Path(folder)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Impossible(f"{target.name} is not a folder, so no plan can be written there. Name a folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for name, text in files_of(plan).items():
            _write(scratch / name, text)
        _read_back(plan, scratch)
        _take_place(scratch, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target


def files_of(plan: Plan) -> dict[str, str]:
    """The text of every file of a plan, by name."""
    tables = {form.file: table_text(form, getattr(plan, form.name)) for form in TABLES if getattr(plan, form.name)}
    return {HEADING_FILE: heading_text(plan.heading), **tables, PACKAGE_FILE: datapackage(plan)}


def table_text(form: TableForm, rows: tuple[Any, ...]) -> str:
    """One table as CSV: every column, rows sorted by key, lines ended by a line feed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings(form.noun))
    all_columns = columns(form.noun)
    for row in sort_rows(form.name, rows):
        writer.writerow([cell for column in all_columns for cell in cells(column, getattr(row, column.field))])
    return text.getvalue()


def cells(column: Column, value: Any) -> tuple[str, ...]:
    """The cells of one field: three for a range, whose low and high are empty where it is certain."""
    if not column.is_range:
        return (told(value),)
    if value is None:
        return ("", "", "")
    assert isinstance(value, Range)
    point, low, high = shortest(value.point), shortest(value.low), shortest(value.high)
    return (point, "", "") if point == low == high else (point, low, high)


def heading_text(heading: Heading) -> str:
    """plan.toml, every field on its line."""
    return "".join(f"{column.field} = {_toml(getattr(heading, column.field))}\n" for column in columns(Heading))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(c if c.isprintable() else _escape(c) for c in escaped) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _write(file: Path, text: str) -> None:
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Impossible(f"{file.name} cannot be written: it holds half a character ({error.reason}).") from None
    if len(data) > LARGEST_FILE:
        raise Impossible(f"{file.name} would have {len(data):,} bytes, more than a plan may; leave out rows.")
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _read_back(plan: Plan, scratch: Path) -> None:
    """Read what was written: a plan that its own files could not give back is not written at all."""
    problems = Problems()
    draft = read_draft(scratch, problems)
    if len(problems):
        listed = "\n\n".join(map(str, problems.in_order()))
        raise Impossible(f"The plan is not written, because its files could not be read again:\n\n{listed}")
    if assembled(draft).fingerprint != plan.fingerprint:
        raise Impossible("The plan is not written, because its files would not give back the same plan.")


def _take_place(scratch: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, whose notes and documents move over."""
    old = target if target.exists() else None
    if old is not None:
        for other in sorted(old.iterdir()):
            if other.name not in _PLAN_FILES:
                _copy(other, scratch / other.name)
        scratch.chmod(old.stat().st_mode)
        aside = scratch.with_name(f"{scratch.name}.old")
        old.rename(aside)
        try:
            scratch.rename(target)
        except OSError:
            aside.rename(target)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    else:
        scratch.chmod(0o755)
        scratch.rename(target)


def _copy(source: Path, copy: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, copy, symlinks=True)
    else:
        shutil.copy2(source, copy, follow_symlinks=False)
