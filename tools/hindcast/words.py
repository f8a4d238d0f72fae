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
    OF_TRUST,
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
        _held(
            "### Held against what happened, in 100 cases 80 were promised: the 44 footprints",
            measured,
            FOOTPRINTS,
            BREAKS_ASIDE,
        ),
        _yardsticks("### Score (lower is better) against yardsticks: the 44 footprints", measured, FOOTPRINTS),
        _held("### The same: single trusts", measured, TRUSTS, BREAKS_ASIDE),
        _held("### The same with breaks in counting left in: the 44 footprints", measured, FOOTPRINTS, BREAKS_LEFT),
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
    head = ["Kind of care", "one trust", "three alike", "nine alike", "one of three", "one of nine"]
    rows = []
    for row in parts:
        if row["kind"] != ALL:
            of = Spread(*(float(row[part]) for part in ("yearly", "lasting", "national_used")))
            fitted = 0 if row["kind"] == "ae" else FITTED
            halves = [of.of_place(AHEAD, fitted, trusts) for trusts in (1, 3, 9)]
            halves += [of.of_trust(AHEAD, fitted, trusts) for trusts in (3, 9)]
            rows.append([KINDS[row["kind"]], *(f"± {100 * half:.1f}" for half in halves)])
    return _table("### Range of growth, points a year: of a place with so many trusts, and of one of them", head, rows)


WAYS = {BEFORE: "Before", NOW: "Now", OF_TRUST: "A trust's own", MATCHED: "Made for the year"}


def _held(heading: str, measured: Measured, places: str, sample: str) -> str:
    ways = [way for way in WAYS if measured.maybe(ACTIVITY_TOGETHER, "1", way, places, sample)]
    head = ["What", "Years ahead", "Cases", "Worth", *(WAYS[way] for way in ways), "Bias", "Range now"]
    rows = []
    for measure in IN_THE_NOTE:
        for ahead in measured.ahead(measure):
            now, *others = (measured.line(measure, ahead, way, places, sample) for way in (NOW, *ways))
            rows.append(
                [
                    NAMED[measure],
                    ahead,
                    now["n"],
                    f"{float(now['worth']):.0f}",
                    *(f"{round(float(each['coverage_percent']))} %" for each in others),
                    _signed(now["bias_percent"]),
                    f"± {float(now['half_range_percent']):.1f}",
                ]
            )
    return _table(heading, head, rows)


def _yardsticks(heading: str, measured: Measured, places: str) -> str:
    ways = (BEFORE, NOW, MATCHED, LIKE_ENGLAND, NO_CHANGE, LAST_GROWTH)
    head = [
        "What",
        "Years ahead",
        "Before",
        "Now",
        "Made for the year",
        "Like England",
        "No change",
        "Last growth again",
    ]
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
