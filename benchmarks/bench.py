"""What is measured: `make bench` prints one table; `make bench ARGS=--write` also keeps it in results.md.

Every figure is the middle one of five. Those marked "whole process" start a fresh Python, byte-compiled beforehand, and
count everything from start to end; the others are timed inside one process after one run that is not counted.
`--demo` adds `make demo` from nothing and again, in a fresh clone: minutes, and it needs the network.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path(__file__).resolve().parent))

from synthetic import synthetic_plan  # noqa: E402

from tripleaim.loading import write_plan  # noqa: E402
from tripleaim.plan import TABLES  # noqa: E402
from tripleaim.projection import project, run_cases  # noqa: E402

TIMES = 5
LIBRARIES = ("numpy", "scipy", "pydantic", "jinja2", "rich", "typer")
CLI = (sys.executable, "-c", "from tripleaim.cli import main; main()")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One figure: what was done, what it took, and what we set out to reach (None: shown for comparison)."""

    what: str
    value: float
    unit: str
    target: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the target was reached, in words."""
        if self.target is None:
            return ""
        return "reached" if self.value <= self.target else "missed"

    def row(self) -> str:
        """One row of the Markdown table."""
        target = "" if self.target is None else f"≤ {self.target:g} {self.unit}"
        return f"| {self.what} | {figure(self.value)} {self.unit} | {target} | {self.verdict} |"


def figure(value: float) -> str:
    """Three digits that matter, no more."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def middle(act: Callable[[], object], times: int = TIMES) -> float:
    """Middle time of several, in milliseconds, after one that is not counted."""
    act()
    return statistics.median(_timed(act) for _ in range(times)) * 1e3


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def process(command: tuple[str, ...], times: int = TIMES) -> float:
    """Middle time (s) of a whole process that must end well."""
    return statistics.median(_timed(lambda: _run(command)) for _ in range(times))


def _run(command: tuple[str, ...]) -> str:
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if ended.returncode != 0:
        raise SystemExit(f"ended with code {ended.returncode}: {' '.join(command)}\n{ended.stderr[-2000:]}")
    return ended.stderr


def memory(command: tuple[str, ...]) -> float:
    """Highest peak of memory (MB) of a whole process.

    A small process starts it and asks, because a child is also charged with what its parent held when it began.
    """
    return float(_run((sys.executable, "-c", _ASK, *command)).split()[-1]) / 1024


_ASK = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def projections() -> list[Measured]:
    """The projection alone: a plan of 400 lines, 5 years, 30 organisations; then how it grows."""
    bare, full = synthetic_plan(), synthetic_plan(schemes=20)
    what = "400 lines × 5 years × 30 organisations"
    found = [
        Measured(
            what=f"every case of a plan, {what}, no schemes",
            value=middle(lambda: run_cases(bare)),
            unit="ms",
            target=50,
        ),
        Measured(what="the same with 20 schemes", value=middle(lambda: run_cases(full)), unit="ms", target=50),
        Measured(
            what="the whole projection with every finding, no schemes",
            value=middle(lambda: project(bare)),
            unit="ms",
            target=50,
        ),
        Measured(what="the same with 20 schemes", value=middle(lambda: project(full)), unit="ms", target=50),
    ]
    for years in (5, 10):
        for lines in (100, 200, 400):
            plan = synthetic_plan(lines=lines, years=years, schemes=20)
            cells = f"{lines} lines × {years} years, 20 schemes"
            found.append(Measured(what=f"every case, {cells}", value=middle(lambda p=plan: run_cases(p)), unit="ms"))
    return found


def whole_processes(folder: Path) -> list[Measured]:
    """What a planner waits for."""
    run = (*CLI, "run", "plans/wealdshire_and_marsh", "--out", str(folder / "out"))
    big = big_plan()
    rows = sum(len(getattr(big, form.name)) for form in TABLES)
    write_plan(big, folder / "big")
    check = (*CLI, "check", str(folder / "big"))
    importing = (sys.executable, "-c", "import tripleaim")
    return [
        Measured(
            what="`tripleaim run`, invented place, report written, whole process",
            value=process(run),
            unit="s",
            target=3,
        ),
        Measured(what="its peak of memory", value=memory(run), unit="MB"),
        Measured(what=f"`tripleaim check` of {rows:,} rows, whole process", value=process(check), unit="s", target=5),
        Measured(what="its peak of memory", value=memory(check), unit="MB", target=600),
        Measured(what="`import tripleaim`, whole process", value=process(importing), unit="s", target=0.1),
        Measured(what="Python alone, for comparison", value=process((sys.executable, "-c", "pass")), unit="s"),
    ]


def all_places(folder: Path) -> list[Measured]:
    """Every place of England from open data."""
    load = (sys.executable, "-c", LOAD)
    places = (sys.executable, "tools/all_places.py", "--out")
    new = (*CLI, "new", "Greater Manchester")
    runs = iter(range(100))
    return [
        Measured(
            what="open data, every table read",
            value=statistics.median(float(_run(load)) for _ in range(TIMES)),
            unit="s",
            target=0.3,
        ),
        Measured(
            what="`tripleaim new`, the place with most people, whole process",
            value=statistics.median(
                _timed(lambda: _run((*new, str(folder / f"new{next(runs)}")))) for _ in range(TIMES)
            ),
            unit="s",
        ),
        Measured(
            what="all 44 places started, checked and run, two at a time, reports written (once)",
            value=_timed(lambda: _run((*places, str(folder / "places")))),
            unit="s",
            target=60,
        ),
    ]


LOAD = """
import sys, time
from functools import cached_property
from tripleaim.opendata import ENGLAND, OpenData, people, published
began = time.perf_counter()
for name, each in vars(OpenData).items():
    if isinstance(each, cached_property):
        getattr(published(), name)
people(ENGLAND, 2017)
print(time.perf_counter() - began, file=sys.stderr)
"""


def big_plan():  # type: ignore[no-untyped-def]
    """A plan of a little over 100,000 rows, most of them people, contracts and lines."""
    return synthetic_plan(lines=8_000, years=5, organisations=60, schemes=200, places=320, planned=True)


def demo(folder: Path) -> list[Measured]:
    """`make demo` in a fresh clone: from nothing, then again."""
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    found = []
    for what in ("`make demo` from nothing, in a fresh clone", "`make demo` again"):
        began = time.perf_counter()
        subprocess.run(["make", "demo"], cwd=clone, check=True, stdout=subprocess.DEVNULL)
        found.append(Measured(what=what, value=time.perf_counter() - began, unit="s"))
    return found


def machine() -> str:
    """The machine and versions the figures belong to."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)
    return (
        f"{_processor()}, {os.cpu_count()} processors, {memory:.0f} GB memory, {platform.system()} "
        f"{platform.release().split('-')[0]}; Python {platform.python_version()}; {libraries}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not here"


def busy() -> str:
    """How busy the machine was over the last minute, which the figures depend on."""
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    told = f"Other work on the machine when measuring began: load average {load:.1f} on {processors} processors"
    return f"{told}. That is a lot: read the times as upper ends." if load > processors / 2 else f"{told}."


def page(found: list[Measured], load: str = "") -> str:
    """The Markdown page: what was measured, on what."""
    head = ["# What was measured", "", "Written by `make bench ARGS=--write`; do not edit by hand.", "", machine(), ""]
    head += [
        f"Times are the middle one of {TIMES} (`make demo`: once each); memory is measured once. {load}".rstrip(),
        "",
    ]
    table = ["| what | took | target | |", "|---|--:|--:|---|", *(each.row() for each in found)]
    return "\n".join([*head, *table, ""])


def main() -> None:
    """Measure everything and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--write", action="store_true", help="also write benchmarks/results.md")
    asked.add_argument("--demo", action="store_true", help="also time `make demo` twice in a fresh clone")
    wanted = asked.parse_args()
    compileall.compile_dir(str(ROOT / "src"), quiet=1)
    folder, load = Path(tempfile.mkdtemp()), busy()
    try:
        found = [*whole_processes(folder), *all_places(folder), *projections()]
        found += demo(folder) if wanted.demo else []
    finally:
        shutil.rmtree(folder)
    text = page(found, load)
    print(text)
    if wanted.write:
        (ROOT / "benchmarks" / "results.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
