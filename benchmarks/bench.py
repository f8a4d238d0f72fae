"""What is measured: `make bench` prints tables, one a part; `make bench ARGS=--write` also keeps them in results.md.

Every figure is the middle one of five. Those marked "whole process" start a fresh Python, byte-compiled beforehand, and
count everything from start to end; the others are timed inside one process after one run that is not counted.
`--demo` adds `make demo` from nothing and again with the network off, `--tests` adds `make test`, each in a fresh
clone: minutes, and both need the network. `--only PART` measures one part and prints it.
"""

from __future__ import annotations

import argparse
import compileall
import math
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from choosing import choosing
from kept import RESULTS, Part, keep, kept, page, section
from making import demo, make_test
from measuring import CLI, ROOT, TIMES, Measured, memory, middle, process, run, timed
from served import served
from sharing import sharing
from stressing import stress_tests
from synthetic import synthetic_plan
from workbooks import workbooks

from tripleaim.loading import write_plan
from tripleaim.plan import TABLES, Plan
from tripleaim.projection import project, run_cases

LIBRARIES = ("numpy", "scipy", "numba", "pydantic", "jinja2", "rich", "typer", "django", "psycopg", "waitress")
GROWING = (200, 400, 800, 1_600, 3_200)
"""Lines of the plans by which growth is measured."""
LINEAR = 1.1
"""Time that grows with no higher power of size counts as linear."""


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
    return [*found, *growth()]


def growth() -> list[Measured]:
    """How time grows with lines × years: linear is a power of 1; what does not grow at all keeps it lower."""
    found, cells = [], []
    for years in (5, 10):
        for lines in GROWING:
            plan = synthetic_plan(lines=lines, years=years, schemes=20)
            told = f"every case, {lines:,} lines × {years} years, 20 schemes"
            found.append(Measured(what=told, value=middle(lambda p=plan: run_cases(p)), unit="ms"))
            cells.append(lines * years)
    times = [each.value for each in found]
    found.append(
        Measured(
            what="time grows with lines × years to the power of (1 is linear), by these figures",
            value=power(cells, times),
            unit="power",
            target=LINEAR,
        )
    )
    found.append(Measured(what="each further 1,000 lines × years takes", value=slope(cells, times) * 1e3, unit="ms"))
    return found


def power(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The power of size with which time grows: the straight line through the logarithms.

    >>> round(power([1, 2, 4], [10, 20, 40]), 6)
    1.0
    """
    return slope([math.log(size) for size in sizes], [math.log(time) for time in times])


def slope(sizes: Sequence[float], times: Sequence[float]) -> float:
    """Slope of the straight line nearest to times by size."""
    return statistics.linear_regression(sizes, times).slope


def whole_processes(folder: Path) -> list[Measured]:
    """What a planner waits for."""
    run = (*CLI, "run", "plans/wealdshire_and_marsh", "--out", str(folder / "out"))
    big = big_plan()
    rows = count_rows(big)
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
            value=statistics.median(float(run(load)) for _ in range(TIMES)),
            unit="s",
            target=0.3,
        ),
        Measured(
            what="`tripleaim new`, the place with most people, whole process",
            value=statistics.median(timed(lambda: run((*new, str(folder / f"new{next(runs)}")))) for _ in range(TIMES)),
            unit="s",
        ),
        Measured(
            what="all 44 places started, checked and run, two at a time, reports written (once)",
            value=timed(lambda: run((*places, str(folder / "places")))),
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


def count_rows(plan: Plan) -> int:
    """Rows in all tables of a plan."""
    return sum(len(getattr(plan, form.name)) for form in TABLES)


def big_plan() -> Plan:
    """A plan of a little over 100,000 rows, most of them people, contracts and lines."""
    return synthetic_plan(lines=8_000, years=5, organisations=60, schemes=200, places=320, planned=True)


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


def in_workbooks(folder: Path) -> list[Measured]:
    """What workbooks take."""
    big = big_plan()
    return workbooks(folder, big, count_rows(big))


PARTS: dict[str, Callable[[Path], list[Measured]]] = {
    "processes": whole_processes,
    "workbooks": in_workbooks,
    "places": all_places,
    "projections": lambda folder: projections(),
    "stress": stress_tests,
    "choosing": choosing,
    "sharing": lambda folder: sharing(),
    "served": lambda folder: served(),
    "demo": demo,
    "tests": make_test,
}
ASKED_FOR = ("demo", "tests")
"""Parts that take minutes, measured only when asked for."""


def main() -> None:
    """Measure what is asked for and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--write", action="store_true", help="also keep what is measured, in benchmarks/results.md")
    asked.add_argument("--demo", action="store_true", help="also time `make demo` twice in a fresh clone")
    asked.add_argument("--tests", action="store_true", help="also time `make test` in a fresh clone")
    asked.add_argument("--only", choices=PARTS, action="append", help="measure this part alone; repeat it for several")
    wanted = asked.parse_args()
    parts = wanted.only or [name for name in PARTS if name not in ASKED_FOR or getattr(wanted, name)]
    compileall.compile_dir(str(ROOT / "src"), quiet=1)
    for name in parts:
        load = busy()
        with tempfile.TemporaryDirectory() as folder:
            part = Part(name, machine(), load, tuple(PARTS[name](Path(folder))))
        print(section(part))
        if wanted.write:
            keep(part)
    if wanted.write:
        RESULTS.write_text(page(kept(PARTS)), encoding="utf-8")


if __name__ == "__main__":
    main()
