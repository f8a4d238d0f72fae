"""A Plan to a workbook: read back before it takes its place, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

from tripleaim.errors import Impossible, PlanProblems, Problem
from tripleaim.loading.completeness import Remark
from tripleaim.loading.differences import told as said
from tripleaim.loading.draft import draft_of
from tripleaim.loading.read import assembled, no_rubbish_collection, understood
from tripleaim.loading.scratch import changed_meanwhile, in_turn, not_written, scratch_folder
from tripleaim.loading.swap import replace_file
from tripleaim.loading.workbook.as_sent import read_as_sent
from tripleaim.loading.workbook.changes import Change, changes_in
from tripleaim.loading.workbook.cover import Origin, read_cover
from tripleaim.loading.workbook.fragile import fragile_texts
from tripleaim.loading.workbook.layout import ENDING
from tripleaim.loading.workbook.make import workbook_bytes
from tripleaim.loading.workbook.opened import OpenWorkbook, opened
from tripleaim.loading.workbook.part import Part, meant, part_of
from tripleaim.loading.workbook.problems import SheetProblems
from tripleaim.loading.workbook.read import beyond_the_plan, raw_workbook
from tripleaim.plan.plan import Plan
from tripleaim.quantities import Range

_HELD_OPEN = ("~${}", ".~lock.{}#")
"""What Excel and LibreOffice put beside a workbook for as long as somebody has it open."""


def write_workbook(
    plan: Plan,
    file: Path | str,
    *,
    organisation: str = "",
    replace: bool = False,
    expected: str | None = None,
    told: list[Remark] | None = None,
) -> Path:
    """Write a plan as a workbook: all of it, or the rows one organisation answers for.

    The workbook is written beside, read back and compared, and only then takes its place, whole.

    organisation : its key, or its name as the plan has it
    replace      : let it take the place of a file that is there
    expected     : fingerprint of the plan this one was worked out from, where that is kept in this very file: the file
                   must still hold it when the new one takes its place, and nothing that no plan keeps
    told         : is added to: the texts that LibreOffice would change
    raises       : PlanProblems with every problem at once (a name that is no workbook's, a file in the way, somebody
                   who has it open, an organisation the plan does not have), where the file has changed, or where the
                   system does not let us write; Impossible when the plan holds something its workbook could not give
                   back. The file is then as it was.
    """
    target = Path(os.path.realpath(file))
    key, problems = meant(plan, organisation) if organisation else (None, [])
    problems += in_the_way(target, replace or expected is not None)
    if problems:
        raise PlanProblems(problems)
    part = part_of(plan, key) if key else None
    try:
        _write(plan, part, target, replace, expected)
    except OSError as error:
        raise not_written(target, error, "the workbook") from error
    if told is not None:
        told.extend(fragile_texts(plan, part, target.name))
    return Path(file)


def in_the_way(target: Path, replace: bool) -> list[Problem]:
    """Why no workbook may be written there: its name, what is there already, or somebody who has it open."""
    if target.suffix.lower() != ENDING:
        found = f"a name that does not end in {ENDING}"
        return [_problem(target, found, "the name of an Excel workbook", f"name it such as plan{ENDING}")]
    if target.is_dir():
        return [_problem(target, "a folder of that name", "a new file", "name another file")]
    if not target.exists():
        return []
    if not replace:
        found = "a file that is there already; somebody may have worked in it"
        return [_problem(target, found, "a new file", "name another file, or say --force to replace it")]
    marks = (target.with_name(mark.format(target.name)) for mark in _HELD_OPEN)
    return [
        _problem(
            target,
            f"somebody has it open in Excel or LibreOffice ({mark.name} is beside it)",
            "a workbook that nobody has open, so that nobody saves an older one over it",
            f"close it there and run the command again; if nobody has it open, delete {mark.name}",
        )
        for mark in marks
        if mark.exists()
    ]


def _write(plan: Plan, part: Part | None, target: Path, replace: bool, expected: str | None) -> None:
    data = _bytes_of(plan, part)
    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(target) as scratch:
        new = scratch / target.name
        with new.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        _read_back(plan, part, new)
        with in_turn(target):
            if problems := in_the_way(target, replace or expected is not None):
                raise PlanProblems(problems)
            if expected is not None:
                _refuse_if_changed(target, expected)
            new.chmod(target.stat().st_mode if target.exists() else 0o644)
            replace_file(new, target)


def _bytes_of(plan: Plan, part: Part | None) -> bytes:
    try:
        return workbook_bytes(plan, part)
    except UnicodeEncodeError as error:
        raise Impossible(
            f"The workbook is not written, because it would hold half a character ({error.reason})."
        ) from None


def _read_back(plan: Plan, part: Part | None, new: Path) -> None:
    """Read what was written: a plan that its own workbook could not give back is not written at all."""
    try:
        with opened(new, as_sent=True) as workbook, no_rubbish_collection():
            is_same = _gives_back(workbook, plan, part)
    except PlanProblems as refusal:
        listed = "\n\n".join(map(str, refusal.problems))
        raise Impossible(f"The workbook is not written, because it could not be read again:\n\n{listed}") from None
    if not is_same:
        raise Impossible("The workbook is not written, because it would not give back the same plan.")


def _gives_back(workbook: OpenWorkbook, plan: Plan, part: Part | None) -> bool:
    """True where a workbook holds the whole plan, or a part of it with nothing changed, and says what it was sent with.

    raises : PlanProblems for what cannot be read
    """
    problems = SheetProblems(workbook.path.name)
    origin = Origin(plan.fingerprint, part.organisation if part else "", plan.heading.name)
    read_as_sent(workbook, origin)
    if part:
        is_same = all(map(_says_the_same, changes_in(workbook, plan, part, problems)))
    else:
        draft = draft_of(raw_workbook(workbook, problems), problems)
        is_same = not len(problems) and assembled(draft).fingerprint == plan.fingerprint
    if len(problems):
        raise PlanProblems(problems.in_order())
    return is_same and read_cover(workbook) == origin


def _says_the_same(change: Change) -> bool:
    """True where a number only lacks digits beyond those a plan keeps, which a plan made in code may have."""
    was = getattr(change.was, change.field) if change.field else None
    return isinstance(was, float | Range) and said(change.value) == said(was)


def _refuse_if_changed(target: Path, expected: str) -> None:
    """Refuse to write over what somebody else wrote since the plan was read, or over what no plan keeps."""
    if not target.exists():
        raise changed_meanwhile(target)
    problems = SheetProblems(target.name)
    try:
        with opened(target) as workbook:
            now = understood(raw_workbook(workbook, problems), problems).fingerprint
            others = beyond_the_plan(workbook)
    except PlanProblems:
        raise changed_meanwhile(target) from None
    if now != expected:
        raise changed_meanwhile(target)
    if others:
        found = f"{others}, which a plan does not keep, so they would be lost"
        to_fix = f"name a new workbook or folder with --out; {target.name} was not changed"
        raise PlanProblems([_problem(target, found, "a workbook that holds the plan and nothing else", to_fix)])


def _problem(target: Path, found: str, expected: str, to_fix: str) -> Problem:
    return Problem(file=str(target), found=found, expected=expected, to_fix=to_fix)
