"""The measured errors as tables of the method note, between two marks in its text."""

from __future__ import annotations

from collections.abc import Iterable

from people.measure import COMPARISONS, SIZES, Line

START, END = "<!-- measured: written by tools/measure_people.py -->", "<!-- end of what is measured -->"

SHIPPED, LIKE_ENGLAND, UNCHANGED = "Hamilton-Perry, as shipped (100)", "each age as England's", "unchanged"
DAMPING = {"none": "Hamilton-Perry, no damping", "100": SHIPPED, "500": "Hamilton-Perry, damping 500"}
SIZED = (
    ("two years ahead", "all ages"),
    ("two years ahead", "85 and over"),
    (COMPARISONS[1].name, "all ages"),
    (COMPARISONS[1].name, "75 and over, less babies"),
    ("six years back", "all ages"),
    ("six years back", "85 and over"),
)


class Measured:
    """The lines of `people_error.csv`, to be asked for one at a time."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)

    def line(
        self, comparison: str, ages: str, method: str = SHIPPED, places: str = "districts", size: str = "any"
    ) -> Line:
        """The one line that answers."""
        asked = {"comparison": comparison, "ages": ages, "method": method, "places": places, "size": size}
        (found,) = [line for line in self.lines if asked.items() <= line.items()]
        return found

    def ages(self, comparison: str) -> list[str]:
        """Age groups of a comparison, youngest first."""
        return list(dict.fromkeys(line["ages"] for line in self.lines if line["comparison"] == comparison))

    def years(self) -> list[str]:
        """Years for which the sum of places is held against England."""
        return list(dict.fromkeys(r["against"] for r in self.lines if r["comparison"].startswith("sum")))


def inserted(note: str, lines: Iterable[Line]) -> str:
    """The note with today's tables between its marks."""
    before, _, rest = note.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{tables(Measured(lines))}\n{END}{after}"


def tables(measured: Measured) -> str:
    """Every table, each under its own heading."""
    parts = [_comparison(measured, of.name) for of in COMPARISONS]
    return "\n".join([*parts, _sizes(measured), _furthest(measured), _damping(measured), _sum(measured)])


def _comparison(measured: Measured, name: str) -> str:
    first = measured.line(name, "all ages")
    heading = f"### {name[0].upper()}{name[1:]}: {first['given']}, held against {first['against']}"
    columns = [
        (places, method) for places in ("districts", "footprints") for method in (SHIPPED, LIKE_ENGLAND, UNCHANGED)
    ]
    counted = {places: measured.line(name, "all ages", places=places)["n"] for places, _ in columns}
    names = {SHIPPED: "projected", LIKE_ENGLAND: "as England", UNCHANGED: "unchanged"}
    head = ["Ages", *(f"{counted[places]} {places}: {names[method]}" for places, method in columns)]
    rows = [
        [ages, *(_cell(measured.line(name, ages, method, places), method) for places, method in columns)]
        for ages in measured.ages(name)
    ]
    return _table(heading, head, rows)


def _cell(line: Line, method: str) -> str:
    error = line["mean_absolute_error_percent"]
    return f"{error} ({_signed(line['bias_percent'])}; {line['ninetieth_percent']})" if method == SHIPPED else error


def _sizes(measured: Measured) -> str:
    places = [("districts", name) for _, name in SIZES] + [("councils", "any"), ("footprints", "any")]
    head = ["Places", *(f"{comparison}: {ages}" for comparison, ages in SIZED)]
    rows = []
    for kind, size in places:
        found = [measured.line(name, ages, places=kind, size=size) for name, ages in SIZED]
        label = f"{kind}, {size}" if size != "any" else f"all {kind}"
        rows.append([f"{label} ({found[0]['n']})", *(_cell(line, SHIPPED) for line in found)])
    return _table("### By size of place", head, rows)


def _furthest(measured: Measured) -> str:
    rows = [
        [line["places"], line["size"], _signed(line["bias_percent"])]
        for line in measured.lines
        if line["comparison"] == "furthest from the Census"
    ]
    return _table("### Districts furthest from the Census", ["District", "People in mid-2017", "Error, all ages"], rows)


def _damping(measured: Measured) -> str:
    asked = [
        (name, ages, places, size)
        for places, size in (("districts", SIZES[0][1]), ("footprints", "any"))
        for name, ages in (
            ("two years ahead", "all ages"),
            ("two years ahead", "85 and over"),
            ("six years back", "15 to 24"),
        )
    ]
    head = ["Lean below", *(f"{p}{'' if s == 'any' else ' ' + s}, {name}: {ages}" for name, ages, p, s in asked)]
    rows = [
        [below, *(measured.line(n, a, method, p, s)["mean_absolute_error_percent"] for n, a, p, s in asked)]
        for below, method in DAMPING.items()
    ]
    return _table("### With more and less damping", head, rows)


def _sum(measured: Measured) -> str:
    head, rows = ["Mid-year", "all ages", "largest difference in one age group"], []
    for against in measured.years():
        year = [line for line in measured.lines if line["against"] == against]
        largest = max(year, key=lambda line: abs(float(line["together_percent"])))
        every = next(line for line in year if line["ages"] == "all ages")
        where = f" ({largest['ages']})" if float(largest["together_percent"]) else ""
        rows.append([against[-4:], _signed(every["together_percent"]), _signed(largest["together_percent"]) + where])
    return _table("### The sum of 44 footprints less England projected at once", head, rows)


def _table(heading: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return f"{heading}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _signed(value: str) -> str:
    return value.replace("-", "−")
