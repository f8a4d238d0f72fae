"""What was measured as tables of the method note, between two marks in its text."""

from __future__ import annotations

from collections.abc import Iterable

from hindcast.forecasts import (
    BEFORE,
    BREAKS_ASIDE,
    BREAKS_LEFT,
    FOOTPRINTS,
    LAST_GROWTH,
    LIKE_ENGLAND,
    MATCHED,
    NO_CHANGE,
    NOW,
    TRUSTS,
)
from hindcast.measure import ACTIVITY_TOGETHER, ALL, Line
from hindcast.series import NAMES
from tripleaim.opendata.start.spread import AHEAD, FITTED, Spread

START, END = "<!-- measured: written by tools/measure_hindcast.py -->", "<!-- end of what is measured -->"
NAMED = {**NAMES, ACTIVITY_TOGETHER: "the four kinds of activity together", ALL: "what all kinds share"}
KINDS = {**NAMES, ALL: "what all kinds share", "ae": "A&E attendances"}
IN_THE_NOTE = (
    ACTIVITY_TOGETHER,
    "non_elective",
    "elective",
    "day_case",
    "outpatient",
    "ae",
    "beds_open",
    "beds_occupied",
)


class Measured:
    """The lines of `hindcast.csv`, to be asked for one at a time."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)

    def line(self, measure: str, ahead: str, method: str, places: str = FOOTPRINTS, sample: str = BREAKS_ASIDE) -> Line:
        """The one line that answers."""
        asked = {"measure": measure, "ahead": ahead, "method": method, "places": places, "sample": sample}
        (found,) = [line for line in self.lines if asked.items() <= line.items()]
        return found

    def maybe(self, *asked: str) -> Line | None:
        """The same, or nothing where that could not be asked."""
        try:
            return self.line(*asked)
        except ValueError:
            return None

    def ahead(self, measure: str) -> list[str]:
        """Years ahead that a measure was asked."""
        return sorted({line["ahead"] for line in self.lines if line["measure"] == measure})


def inserted(note: str, lines: Iterable[Line], parts: Iterable[Line]) -> str:
    """The note with today's tables between its marks."""
    before, _, rest = note.partition(START)
    _, _, after = rest.partition(END)
    measured, made_of = Measured(lines), list(parts)
    tables = [
        _parts(made_of),
        _defaults(made_of),
        _held("### Held against what happened: the 44 footprints", measured, FOOTPRINTS, BREAKS_ASIDE),
        _yardsticks("### Score against yardsticks: the 44 footprints", measured, FOOTPRINTS),
        _held("### Held against what happened: single trusts", measured, TRUSTS, BREAKS_ASIDE),
        _held("### With breaks in counting left in: the 44 footprints", measured, FOOTPRINTS, BREAKS_LEFT),
    ]
    return f"{before}{START}\n\n" + "\n".join(tables) + f"\n{END}{after}"


def _parts(parts: list[Line]) -> str:
    head = ["Kind of care", "Trusts", "Years", "Own, of the year", "Own, lasting", "England's", "Degrees of freedom"]
    rows = [
        [
            KINDS[row["kind"]],
            row["trusts"] or "–",
            row["years"],
            *(_points(row.get(part, "")) for part in ("yearly", "lasting", "national")),
            row["national_freedom"],
        ]
        for row in parts
    ]
    return _table("### The parts of growth, points a year (standard deviations)", head, rows)


def _defaults(parts: list[Line]) -> str:
    head = ["Kind of care", "one trust", "three trusts", "nine trusts", "growth taken from elsewhere"]
    rows = []
    for row in parts:
        if row["kind"] != ALL:
            of = Spread(*(float(row[part]) for part in ("yearly", "lasting", "national_used")))
            halves = [of.half(AHEAD, FITTED, trusts) for trusts in (1, 3, 9)] if row["kind"] != "ae" else [None] * 3
            told = ["–" if half is None else f"± {100 * half:.1f}" for half in (*halves, of.half(AHEAD, 0, 1))]
            rows.append([KINDS[row["kind"]], *told])
    return _table("### Range of a line of a started plan, points a year, by the trusts whose trend it has", head, rows)


def _held(heading: str, measured: Measured, places: str, sample: str) -> str:
    head = [
        "What",
        "Years ahead",
        "Cases",
        "Worth",
        "Held before",
        "Held now",
        "Made for the year",
        "Bias",
        "Range now",
    ]
    rows = []
    for measure in IN_THE_NOTE:
        for ahead in measured.ahead(measure):
            before, now, matched = (
                measured.line(measure, ahead, way, places, sample) for way in (BEFORE, NOW, MATCHED)
            )
            held = [f"{round(float(each['coverage_percent']))} %" for each in (before, now, matched)]
            rows.append(
                [
                    NAMED[measure],
                    ahead,
                    now["n"],
                    f"{float(now['worth']):.0f}",
                    *held,
                    _signed(now["bias_percent"]),
                    f"± {float(now['half_range_percent']):.1f}",
                ]
            )
    return _table(heading, head, rows)


def _yardsticks(heading: str, measured: Measured, places: str) -> str:
    ways = (BEFORE, NOW, LIKE_ENGLAND, NO_CHANGE, LAST_GROWTH)
    head = ["What", "Years ahead", "Before", "Now", "Like England", "No change", "Last growth again"]
    rows = []
    for measure in IN_THE_NOTE:
        for ahead in measured.ahead(measure):
            now = measured.line(measure, ahead, NOW, places)
            cells = []
            for way in ways:
                found = measured.maybe(measure, ahead, way, places)
                fewer = f" ({found['n']} cases)" if found and found["n"] != now["n"] else ""
                cells.append("–" if found is None else found["crps_percent"] + fewer)
            rows.append([NAMED[measure], ahead, *cells])
    return _table(heading, head, rows)


def _points(part: str) -> str:
    return f"{100 * float(part):.1f}" if part else "–"


def _table(heading: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return f"{heading}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _signed(value: str) -> str:
    return value.replace("-", "−")
