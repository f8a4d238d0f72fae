"""What a person uploads: a workbook, or a zip file of a plan's folder. Looked through apart, refused in words."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.any_form import read_plan
from tripleaim.loading.collect import SHOWN, shown
from tripleaim.loading.completeness import Remark
from tripleaim.loading.files import HEADING_FILE
from tripleaim.loading.inventory import PACKAGE_FILE
from tripleaim.loading.nearest import listed
from tripleaim.loading.scratch import scratch_folder
from tripleaim.loading.workbook.apart.limits import LARGEST_FILE as LARGEST_WORKBOOK
from tripleaim.loading.workbook.apart.plan_zip import LARGEST_ZIP
from tripleaim.loading.workbook.layout import ENDING
from tripleaim.loading.workbook.process import answer_apart
from tripleaim.plan.plan import Plan
from tripleaim.plan.tables import TABLES

ZIP = ".zip"
_MEGABYTE = 1024 * 1024
_LARGEST = {ENDING: LARGEST_WORKBOOK, ZIP: LARGEST_ZIP}
_EXPECTED = f"an Excel workbook ({ENDING}), or a zip file of a plan's folder ({ZIP})"
_PLAN_FILES = (HEADING_FILE, PACKAGE_FILE, *(form.file for form in TABLES))
_OTHERS = {
    ".xlsm": ("a workbook with macros (.xlsm)", "save it as an Excel workbook without macros (.xlsx)"),
    ".xls": ("an old Excel workbook (.xls)", "save it as an Excel workbook (.xlsx)"),
    ".xlsb": ("a binary workbook (.xlsb)", "save it as an Excel workbook (.xlsx)"),
    ".ods": ("an OpenDocument workbook (.ods)", "save it as an Excel workbook (.xlsx)"),
    ".csv": ("one table (.csv)", "zip the whole folder of the plan and upload that"),
    ".toml": ("one file of a plan (.toml)", "zip the whole folder of the plan and upload that"),
    "": ("a file without an ending, or a folder", "zip the whole folder of the plan and upload that"),
}
_PLACE = "uploaded-plan-as-it-came"
"""The name of the upload while it is read; wherever it is told, the name the person gave stands instead."""

Told = TypeVar("Told", Problem, Remark)


def read_uploaded(path: Path, name: str, told: list[Remark] | None = None) -> Plan:
    """The plan in a file somebody uploaded.

    path   : where the upload lies now; no message ever says it
    name   : the file as the person named it
    told   : is added to: what they should know, such as formulas taken by their values, or notes that were not read
    raises : PlanProblems with every problem at once; nothing is ever loaded in part
    """
    called = shown(re.split(r"[/\\]", name)[-1] or "the upload", SHOWN)
    ending = Path(called).suffix.lower()
    remarks: list[Remark] = []
    with scratch_folder(Path(tempfile.gettempdir()) / "upload") as scratch:
        try:
            _refuse_at_sight(path, called, ending)
            plan = _from_zip(path, scratch, remarks) if ending == ZIP else _from_workbook(path, scratch, remarks)
        except PlanProblems as refusal:
            raise PlanProblems(_renamed(each, called) for each in refusal.problems) from None
    if told is not None:
        told.extend(_renamed(each, called) for each in remarks)
    return plan


def _refuse_at_sight(path: Path, called: str, ending: str) -> None:
    """Refuse what its name or size already tells."""
    if ending not in _LARGEST:
        found, to_fix = _OTHERS.get(ending, (f"a file of another kind ({ending})", "upload the plan itself"))
        raise PlanProblems([Problem(file=called, found=found, expected=_EXPECTED, to_fix=to_fix)])
    size, most = path.stat().st_size, _LARGEST[ending]
    if size > most:
        found, expected = f"a file of {size / _MEGABYTE:,.0f} MB", f"at most {most // _MEGABYTE} MB"
        to_fix = "take out what does not belong to the plan"
        raise PlanProblems([Problem(file=called, found=found, expected=expected, to_fix=to_fix)])


def _from_workbook(path: Path, scratch: Path, told: list[Remark]) -> Plan:
    copy = scratch / f"{_PLACE}{ENDING}"
    shutil.copyfile(path, copy)
    return read_plan(copy, told)


def _from_zip(path: Path, scratch: Path, told: list[Remark]) -> Plan:
    folder = scratch / _PLACE
    folder.mkdir()
    answer = answer_apart("plan_zip", path, str(folder), *_PLAN_FILES)
    if answer is None:
        problem = Problem(
            file=_PLACE,
            found="a file that could not be read within the time and memory set aside",
            expected="a zip file of ordinary size, as Windows or macOS makes it",
            to_fix="zip the plan's folder again, or thin it out",
        )
        raise PlanProblems([problem])
    if answer["faults"]:
        raise PlanProblems(_problem(fault) for fault in answer["faults"])
    try:
        plan = read_plan(folder, told)
    except PlanProblems as refusal:
        raise PlanProblems(_inside(each) for each in refusal.problems) from None
    told.extend(_left_aside(answer["aside"]))
    return plan


def _problem(fault: dict[str, Any]) -> Problem:
    name = shown(fault["name"])
    file = f"{_PLACE}, {name}" if name else _PLACE
    return Problem(file=file, found=shown(fault["found"]), expected=fault["expected"], to_fix=fault["to_fix"])


def _inside(problem: Problem) -> Problem:
    """A problem of the folder, told of the zip file it came in."""
    return problem if problem.file == _PLACE else replace(problem, file=f"{_PLACE}, {problem.file}")


def _left_aside(names: Iterable[str]) -> Iterable[Remark]:
    names = [shown(name) for name in names]
    if names:
        yield Remark(
            topic="Upload",
            where=_PLACE,
            what=f"Nothing was read of {listed(names, 5)}: notes are no part of a plan, and are not kept with it.",
            what_to_do="Keep your own copy, and check that no figure of the plan stands there only.",
        )


def _renamed(told: Told, called: str) -> Told:
    """A message with the name the person knows in place of ours."""
    ours = re.compile(re.escape(_PLACE) + rf"({re.escape(ENDING)})?")
    texts = ((each.name, getattr(told, each.name)) for each in fields(told))
    named: dict[str, Any] = {name: ours.sub(lambda _: called, text) for name, text in texts if isinstance(text, str)}
    return replace(told, **named)
