"""Start, check and run a plan for every footprint: `python tools/all_places.py --out FOLDER`, or `make all-places`.

Each plan is written, read again and run, and its report written; two places at a time where there are two processors.
Ends with code 1 when a place has a problem. What a reader sees first of each place is printed in a line.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tripleaim.errors import TripleAimError
from tripleaim.loading import read_plan, remarks, write_plan
from tripleaim.opendata import published
from tripleaim.opendata.start import readme, start
from tripleaim.projection import project
from tripleaim.reports.held import with_meaning
from tripleaim.reports.write import write_report

PROCESSES = min(2, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Done:
    """One place: what a run says first, the problem if there is one, and the seconds it took."""

    number: int
    name: str
    lines: int
    beds: float
    pressure: float
    problem: str
    seconds: float


def one(asked: tuple[str, Path]) -> Done:
    """Start, check and run one place."""
    code, out = asked
    place = next(each for each in published().footprints if each.code == code)
    began = time.perf_counter()
    try:
        started = with_meaning(start(code))
        folder = write_plan(started, out / started.heading.place / "plan")
        (folder / "README.md").write_text(readme(started), encoding="utf-8")
        plan = read_plan(folder)
        found = project(plan)
        write_report(found, out / plan.heading.place / "report", tuple(each.told for each in remarks(plan)))
    except TripleAimError as problem:
        return Done(place.number, place.name, 0, 0.0, 0.0, str(problem), time.perf_counter() - began)
    beds = sum(pool.open_beds for pool in plan.capacity)
    pressure = found.scope("both").do_nothing[found.last] / 1e6
    return Done(place.number, place.name, len(plan.activity), beds, pressure, "", time.perf_counter() - began)


def every(out: Path, processes: int = PROCESSES) -> list[Done]:
    """Every place, in the order of the official numbers."""
    asked = [(each.code, out) for each in sorted(published().footprints, key=lambda each: each.number)]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(one, asked))


def main() -> int:
    """Read the arguments, do every place and say how it went."""
    parser = argparse.ArgumentParser(description="Start, check and run a plan for every footprint.")
    parser.add_argument("--out", type=Path, help="new folder for plans and reports (default: one that is deleted)")
    given = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        found = every(given.out or Path(scratch))
    for each in found:
        said = each.problem or f"{each.lines:4} lines {each.beds:7,.0f} beds  £{each.pressure:,.0f}m above 2015/16"
        print(f"{each.number:3}  {each.name:64.64}  {said}")
    wrong = [each for each in found if each.problem]
    print(f"{len(found) - len(wrong)} of {len(found)} started, checked and run in {time.perf_counter() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
