"""tripleaim add-data PLAN FILE: an official file, as published, into a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

from tripleaim.cli.door import document, tell, working
from tripleaim.cli.target import expected_in, target_of

MOST_SHOWN = 12
"""Differences printed one by one."""


def add_data(plan: Path, file: Path, asked: dict, to: Path | None = None, as_json: bool = False) -> int:
    """Add what a published file says to a plan and write it; the exit code is 0, or 2 where it gave nothing.

    plan  : a plan's folder
    file  : the published file
    asked : the fields of `Asked`: the year, the stream and what else the file does not say
    to    : where the plan is written; None for where it was
    """
    from tripleaim.loading import read_plan, write_plan
    from tripleaim.loading.documents import copy_documents
    from tripleaim.opendata.official import Asked, add_official

    target = target_of(plan, to)
    with working(f"Reading {file.name} …"):
        old = read_plan(plan)
        addition = add_official(old, file, Asked(**asked))
    written = bool(addition.differences)
    if written:
        with working(f"Writing {target} …"):
            write_plan(addition.plan, target, expected_in(plan, old.fingerprint, target))
            copy_documents(plan, target)
    if as_json:
        document(_record(addition, target if written else None))
    else:
        tell("\n".join([*_told(addition), "", _end(addition, target, written)]) + "\n")
    gave_nothing = not written and not addition.kept and not (addition.added or addition.replaced)
    return 2 if gave_nothing and addition.left_out else 0


def _told(addition) -> list[str]:
    """What was recognised, added, kept and left out, in words."""
    lines = [f"Recognised by its columns: {addition.recognised}."]
    lines += _counted("Added", addition.added) + _counted("Replaced", addition.replaced)
    lines += addition.said
    if addition.kept:
        rows = "1 row of the plan says" if len(addition.kept) == 1 else f"{len(addition.kept)} rows of the plan say"
        lines += ["", f"Kept: {rows} otherwise and stay as they are; --replace puts the file's in their place."]
        lines += _first([f"  {row}" for row in addition.kept])
    if addition.left_out:
        lines += ["", "Left out:", *(f"  {each}" for each in addition.left_out)]
    if addition.differences:
        lines += ["", "What changes in the plan:", *_first(_changes(addition.differences))]
    return lines


def _changes(found) -> list[str]:
    """Every difference on its line; the many rows added to one table are counted instead."""
    added = Counter(each.file for each in found if each.old is None and not each.field)
    many = {file: count for file, count in added.items() if count > MOST_SHOWN // 2}
    rest = [f"  {each}" for each in found if each.field or each.old is not None or each.file not in many]
    return [*(f"  {file}: {count:,} rows added" for file, count in many.items()), *rest]


def _counted(word: str, counts: dict[str, int]) -> list[str]:
    rows = [f"{count:,} {'row' if count == 1 else 'rows'} of {table}.csv" for table, count in counts.items()]
    return [f"{word}: {', '.join(rows)}."] if rows else []


def _first(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_SHOWN
    return lines if more <= 0 else [*lines[:MOST_SHOWN], f"  … and {more:,} more"]


def _end(addition, target: Path, written: bool) -> str:
    if written:
        return f"Written to {target}; fingerprint {addition.plan.fingerprint}"
    return "Nothing was written: the plan is as it was."


def _record(addition, target: Path | None) -> dict:
    return {
        "kind": "add_data",
        "recognised": addition.kind,
        "file_is": addition.recognised,
        "added": addition.added,
        "replaced": addition.replaced,
        "kept": list(addition.kept),
        "said": list(addition.said),
        "left_out": [asdict(each) for each in addition.left_out],
        "differences": [asdict(each) for each in addition.differences],
        "written_to": str(target) if target else None,
        "fingerprint": addition.plan.fingerprint,
    }
