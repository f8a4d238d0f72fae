"""Write a report into a folder: all of it or nothing, and only over files we wrote ourselves."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.scratch import NO_ROOM, held, meant, scratch_folder
from tripleaim.projection.result import Projection
from tripleaim.reports import datapackage, spreadsheet
from tripleaim.reports.facts import package_version
from tripleaim.reports.html import pages_and_exhibits
from tripleaim.reports.json_out import json_report
from tripleaim.reports.pages_beside import of_this_plan, with_link

MARK = ".tripleaim-report.json"
"""Says which files of a folder are ours, by their SHA-256."""
Known = Mapping[str, list[str]]
"""Name of each file of ours in a folder → the SHA-256 it may have."""
Content = str | bytes
REPORT = "index.html"
"""The report of a plan."""
"""What a file holds: text, written as UTF-8, or bytes as they are."""
NAME = re.compile(r"(data/)?[A-Za-z0-9_][A-Za-z0-9_.\-]*")
"""Names that files of a report may have, below its folder."""
LARGEST_MARK = 1024 * 1024
"""Most bytes in the mark."""


def write_report(projection: Projection, folder: Path, remarks: Iterable[str] = ()) -> Path:
    """Write index.html, its tables as report.xlsx and data/*.csv, and result.json; returns the path of index.html.

    Pages of the same plan that stand there (its stress test, a choice, a sharing) stay, and the report leads to them;
    pages of another version go.

    raises : PlanProblems where the folder holds files that are not ours, or a file of ours that someone changed
    """
    told = tuple(remarks)
    pages, shown = pages_and_exhibits(projection, told)
    files: dict[str, Content] = {
        **pages,
        **{f"data/{name}": text for name, text in shown.files.items()},
        f"data/{datapackage.FILE}": datapackage.report_datapackage(projection, shown),
        spreadsheet.FILE: spreadsheet.report_workbook(projection, shown, told),
        "result.json": json_report(projection, told),
    }
    try:
        beside = of_this_plan(folder, refuse_others(folder), projection.fingerprint)
    except OSError as problem:
        raise _failed(folder, problem) from problem
    for page in beside:
        files[REPORT] = with_link(str(files[REPORT]), page)
    return write_files(files, folder, beside=bool(beside)) / REPORT


def write_files(
    files: Mapping[str, Content],
    folder: Path,
    *,
    beside: bool = False,
    before: Known | None = None,
    linked: Callable[[str], str] | None = None,
) -> Path:
    """Write files by name below a folder. A new folder appears whole; in an old one each file is replaced whole.

    beside : whether other files of ours in the folder stay; else they go, as parts of the earlier report
    before : what `refuse_others` found when the work began; a file that another wrote since then stays, and all of
             these are refused. None replaces it
    linked : what becomes of a report of ours in the folder when these files stand beside it: it is read and written
             while nobody else may write there, so pages made at the same time all find their links
    """
    try:
        refuse_others(folder, files)
        _write(files, folder, beside, before, linked)
    except OSError as problem:
        raise _failed(folder, problem) from problem
    return folder


def refuse_others(folder: Path, names: Iterable[str] = ("index.html",)) -> dict[str, list[str]]:
    """What we wrote there before; refuses a folder or a file that is not ours."""
    if not folder.exists() and not folder.is_symlink():
        return {}
    if not folder.is_dir():
        raise _cannot(folder, "a file of that name")
    known = _known(folder)
    if known is None:
        if any(folder.iterdir()):
            raise _cannot(folder, "a folder with other files in it")
        return {}
    try:
        for name in {*names, *known}:
            _refuse_changed(folder, name, known.get(name, []))
    except PlanProblems:
        if _known(folder) == known:
            raise
        return refuse_others(folder, names)  # another report was written here meanwhile: look again
    return known


def _known(folder: Path) -> dict[str, list[str]] | None:
    """The sums of the files we wrote, by name, as the mark in a folder states them; None where there is no mark."""
    mark = folder / MARK
    if not mark.exists() and not mark.is_symlink():
        return None
    try:
        if mark.is_symlink() or not mark.is_file() or mark.stat().st_size > LARGEST_MARK:
            raise ValueError("no mark of ours")
        known = json.loads(mark.read_text(encoding="utf-8"))["files"]
        sound = all(
            NAME.fullmatch(name) and isinstance(sums, list) and all(isinstance(each, str) for each in sums)
            for name, sums in known.items()
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise _cannot(folder, f"a folder whose {MARK} cannot be read")
    return dict(known)


def _refuse_changed(folder: Path, name: str, ours: list[str]) -> None:
    file = folder / name
    if not _is_below(file, folder) or (folder / "data").is_symlink() or file.is_symlink():
        raise _cannot(folder, f"{name}, which leads out of the folder")
    if file.exists() and (not file.is_file() or _sum(file.read_bytes()) not in ours):
        raise _cannot(folder, f"{name}, which we did not write or someone has changed since")


def _is_below(file: Path, folder: Path) -> bool:
    return os.path.commonpath([os.path.abspath(file), os.path.abspath(folder)]) == os.path.abspath(folder)


def _write(
    files: Mapping[str, Content],
    folder: Path,
    beside: bool,
    before: Known | None,
    linked: Callable[[str], str] | None,
) -> None:
    folder = Path(os.path.abspath(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(folder) as making:
        (making / "data").mkdir()
        contents = {name: each if isinstance(each, bytes) else each.encode() for name, each in files.items()}
        for name, content in contents.items():
            (making / name).write_bytes(content)
        sums = {name: [_sum(content)] for name, content in contents.items()}
        (making / MARK).write_text(_mark(sums), encoding="utf-8")
        making.chmod(0o777 & ~_umask())
        if not folder.exists() and _is_first(making, folder):
            return
        with held(folder):  # of two reports at once, one waits for the other
            known = refuse_others(folder, files)
            if before is not None:
                _refuse_newer(folder, sums, known, before)
            if linked and REPORT in known and (folder / REPORT).is_file():
                content = linked((folder / REPORT).read_text(encoding="utf-8")).encode()
                (making / REPORT).write_bytes(content)
                sums[REPORT] = [_sum(content)]
            _replace(making, folder, sums, known, beside)


def _refuse_newer(folder: Path, sums: Known, known: Known, before: Known) -> None:
    """Leave what another wrote here since the work began, unless it is the same."""
    for name in sorted(sums):
        if known.get(name, sums[name]) not in (sums[name], before.get(name)):
            raise _cannot(
                folder,
                f"another {name}, written here while this one was worked out",
                "the folder as it was when this began",
                "name another folder with --out, or ask again if that one may be replaced",
            )


def _is_first(making: Path, folder: Path) -> bool:
    """Give a new report its name; False where another got there first."""
    try:
        making.rename(folder)
    except OSError:
        if folder.is_dir():
            return False
        raise
    return True


def _replace(making: Path, folder: Path, sums: Known, known: Known, beside: bool) -> None:
    """Move the new files over the old, the page last; the mark holds old and new until all have moved."""
    (folder / "data").mkdir(exist_ok=True)
    both = {name: [*known.get(name, []), *sums.get(name, [])] for name in {*known, *sums}}
    waiting = making / "mark"
    waiting.write_text(_mark(both), encoding="utf-8")
    os.replace(waiting, folder / MARK)
    for name in sorted(sums, key=lambda name: (name == "index.html", name)):
        os.replace(making / name, folder / name)
    others = {name: known[name] for name in set(known) - set(sums)}
    if beside:
        (making / MARK).write_text(_mark({**others, **sums}), encoding="utf-8")
    else:
        for name in others:
            with contextlib.suppress(FileNotFoundError):
                (folder / name).unlink()
    os.replace(making / MARK, folder / MARK)


def _mark(sums: Known) -> str:
    about = f"Written by Triple Aim {package_version()}. Files named here may be replaced by the next report."
    return json.dumps({"about": about, "files": dict(sorted(sums.items()))}, indent=1) + "\n"


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def _failed(folder: Path, problem: OSError) -> PlanProblems:
    """What the system said while we wrote, and what the reader can do about it."""
    said = f"{problem.strerror or problem}: {meant(folder, problem)}"
    if problem.errno not in NO_ROOM:
        return _cannot(folder, said)
    return _cannot(folder, said, "room for the report", "free some space, or name a folder on another disk with --out")


def _cannot(
    folder: Path,
    found: str,
    expected: str = "a folder that does not exist yet, an empty one, or one with an earlier report",
    to_fix: str = "name another folder with --out",
) -> PlanProblems:
    return PlanProblems([Problem(file=str(folder), found=found, expected=expected, to_fix=to_fix)])
