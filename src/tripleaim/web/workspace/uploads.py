"""A file somebody uploads, read as a plan: in a process apart, refused in words, and gone when it has been read."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.completeness import Remark
from tripleaim.loading.scratch import scratch_folder
from tripleaim.loading.uploaded import read_uploaded
from tripleaim.loading.workbook.layout import ENDING
from tripleaim.loading.workbook.merge import merge_workbooks
from tripleaim.loading.workbook.read import origin_of
from tripleaim.plan import Plan
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.models import Content

_LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Received:
    """A plan that was uploaded.

    made_from : the fingerprint its cover says it was made from, if that is one that was asked about; else empty
    part_of   : the key of the organisation whose part it is; empty for a whole plan
    remarks   : what the person should know of how it was read
    """

    plan: Plan
    made_from: str = ""
    part_of: str = ""
    remarks: tuple[Remark, ...] = ()


def receive(upload: UploadedFile, current: Content, known: Mapping[str, Content]) -> Received:
    """The plan in an upload. A workbook of one organisation's part is taken into the plan it was made from.

    current : the plan a part is taken into where the one it was made from is not known
    known   : contents by fingerprint that the upload may have been made from
    raises  : PlanProblems with every problem at once; nothing is ever loaded in part
    """
    name = _plain_name(upload.name or "")
    remarks: list[Remark] = []
    with scratch_folder(Path(tempfile.gettempdir()) / "received") as scratch:
        path = scratch / name
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        if path.suffix.lower() != ENDING:
            return Received(plan=read_uploaded(path, name, remarks), remarks=tuple(remarks))
        origin = origin_of(path) if _opens_like_a_workbook(path) else None
        base = known.get(origin.fingerprint) if origin else None
        if origin and origin.organisation:
            plan = merge_workbooks(plan_of(base or current), [path], None, remarks)
        else:
            plan = read_uploaded(path, name, remarks)
    part = origin.organisation if origin else ""
    made_from = base.fingerprint if base else ""
    return Received(plan=plan, made_from=made_from, part_of=part, remarks=tuple(remarks))


def nothing_chosen() -> PlanProblems:
    """The refusal of a form without a file."""
    problem = Problem(
        file="the upload",
        found="no file",
        expected=f"an Excel workbook ({ENDING}), or a zip file of a plan's folder (.zip)",
        to_fix="choose a file, then send the form again",
    )
    return PlanProblems([problem])


def _opens_like_a_workbook(path: Path) -> bool:
    """True for what begins as every workbook does; what does not is refused by its reader, in its words."""
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _plain_name(name: str) -> str:
    """The file's own name with nothing in it that means anything to a system."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = last.rpartition(".")
    kept = re.sub(r"[^\w .()\-]", "_", stem if dot else last).strip(" .")[:_LONGEST_NAME] or "upload"
    return f"{kept}.{re.sub(r'[^A-Za-z0-9]', '', ending)[:10]}" if dot else kept
