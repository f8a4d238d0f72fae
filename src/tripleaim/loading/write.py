"""A Plan to a folder: the same plan always gives the same bytes, and the folder is whole or not there at all."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from tripleaim.errors import Impossible, PlanProblems, Problem
from tripleaim.loading.collect import Problems
from tripleaim.loading.csv_text import to_csv
from tripleaim.loading.datapackage import datapackage
from tripleaim.loading.draft import draft_of
from tripleaim.loading.files import HEADING_FILE, LARGEST_FILE
from tripleaim.loading.folder import raw_folder
from tripleaim.loading.inventory import PACKAGE_FILE
from tripleaim.loading.read import assembled, read_plan
from tripleaim.loading.scratch import changed_meanwhile, in_turn, not_written, scratch_folder
from tripleaim.loading.swap import put_back, take_place
from tripleaim.loading.tabulate import tabulated
from tripleaim.loading.toml_text import to_toml
from tripleaim.plan.plan import Plan
from tripleaim.plan.tables import TABLES

_PLAN_FILES = frozenset({HEADING_FILE, PACKAGE_FILE, *(form.file for form in TABLES)})


def write_plan(plan: Plan, folder: Path | str, expected: str | None = None) -> Path:
    """Write a plan: plan.toml, one CSV file for each table that has rows, datapackage.json.

    The files are written into a new folder beside, read back and compared, and only then take the place of the old
    ones, in one step. Notes and other documents in an existing folder stay where they are.

    expected : the fingerprint of the plan this one was worked out from, "" where there was none yet: the folder must
               still hold it when the new files take its place. None to replace whatever it holds.
    raises   : Impossible when the plan holds something its files could not give back, PlanProblems where the system
               does not let us write or the folder has changed; the folder is then as it was
    """
    target = Path(os.path.abspath(folder))
    try:
        _write_plan(plan, target, expected)
    except OSError as error:
        raise not_written(target, error, "the plan") from error
    return Path(folder)


def _write_plan(plan: Plan, target: Path, expected: str | None) -> None:
    put_back(target)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Impossible(f"{target.name} is not a folder, so no plan can be written there. Name a folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(target) as scratch:
        for name, text in files_of(plan).items():
            _write(scratch / name, text)
        _read_back(plan, scratch)
        _bring_along(target, scratch)
        with in_turn(target):
            if expected is not None:
                _refuse_if_changed(target, expected)
            take_place(scratch, target)


def _refuse_if_changed(target: Path, expected: str) -> None:
    """Refuse to write over what somebody else wrote since the plan was read."""
    if _fingerprint_in(target) == expected:
        return
    raise changed_meanwhile(target)


def _fingerprint_in(folder: Path) -> str | None:
    """The fingerprint of the plan in a folder; "" where there is none, None where it cannot be read."""
    if not (folder / HEADING_FILE).exists():
        return ""
    try:
        return read_plan(folder).fingerprint
    except PlanProblems:
        return None


def files_of(plan: Plan) -> dict[str, str]:
    """The text of every file of a plan, by name."""
    raw = tabulated(plan)
    tables = {f"{table.name}.csv": to_csv(table) for table in raw.tables}
    return {HEADING_FILE: to_toml(raw.heading or {}), **tables, PACKAGE_FILE: datapackage(plan)}


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
    draft = draft_of(raw_folder(scratch, problems), problems)
    if len(problems):
        listed = "\n\n".join(map(str, problems.in_order()))
        raise Impossible(f"The plan is not written, because its files could not be read again:\n\n{listed}")
    if assembled(draft).fingerprint != plan.fingerprint:
        raise Impossible("The plan is not written, because its files would not give back the same plan.")


def _bring_along(target: Path, scratch: Path) -> None:
    """Copy the notes and documents of the old folder beside the new files."""
    scratch.chmod(target.stat().st_mode if target.exists() else 0o755)
    for other in sorted(target.iterdir()) if target.exists() else ():
        if other.name not in _PLAN_FILES:
            _copy(other, scratch / other.name)


def _copy(source: Path, copy: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, copy, symlinks=True, copy_function=_copy_file)
    else:
        _copy_file(source, copy)


def _copy_file(source: Path | str, copy: Path | str) -> None:
    """Copy a file or a link as it is. A pipe or device has no end, so it is refused."""
    mode = os.lstat(source).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        problem = Problem(
            file=str(source),
            found="a pipe, socket or device",
            expected="files and folders only beside the tables of a plan",
            to_fix="take it out of the folder; nothing was changed",
        )
        raise PlanProblems([problem])
    shutil.copy2(source, copy, follow_symlinks=False)
