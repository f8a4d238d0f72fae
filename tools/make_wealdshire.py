"""Write the invented people of Wealdshire and Marsh: `plans/wealdshire_and_marsh/population.csv`.

Every other table of that plan is typed by hand. The people are smooth invented curves: an inland half with more
children and working-age people, and a coastal half with more people past retirement. Two mid-years are written, two
years apart, so that a projection by cohort change ratios (method note 1) has what it needs. No network, no chance:
the same rows every time.

    python tools/make_wealdshire.py
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

OLDEST = 90
FIRST, SECOND = 2013, 2015
FOLDER = Path(__file__).resolve().parent.parent / "plans" / "wealdshire_and_marsh"

AREAS = {
    # people in mid-2015, and the shape: children, young adults, middle years, later years
    "north_wealdshire": (312_000, (1.10, 1.12, 1.02, 0.80)),
    "south_wealdshire": (250_000, (1.06, 1.00, 1.05, 0.88)),
    "marsh": (350_000, (0.90, 0.80, 1.02, 1.42)),
}
SUMS = {
    "wealdshire_county": ("north_wealdshire", "south_wealdshire"),
    "marsh_council": ("marsh",),
    "wealdshire_and_marsh": ("north_wealdshire", "south_wealdshire", "marsh"),
}


def bump(age: float, middle: float, width: float) -> float:
    """A smooth hump around one age."""
    return math.exp(-(((age - middle) / width) ** 2))


def deaths(age: int) -> float:
    """Share of people of one age who die in a year (an invented Gompertz curve)."""
    return min(0.35, 0.00003 * math.exp(0.095 * age) + 0.0002)


def moves(age: int, later_years: float) -> float:
    """Net share of people of one age who move in during a year: students leave, families and the retired come."""
    students, workers, retired, families = bump(age, 19.5, 2.5), bump(age, 32, 14), bump(age, 62, 8), bump(age, 5, 8)
    return -0.026 * students + 0.014 * workers + 0.010 * later_years * retired + 0.006 * families


def earlier_people(shape: tuple[float, float, float, float]) -> list[float]:
    """Relative numbers by age at the first mid-year."""
    child, young, middle, later = shape
    people = []
    for age in range(OLDEST + 1):
        level = (
            child * bump(age, 4, 13)
            + young * bump(age, 27, 14)
            + 1.15 * middle * bump(age, 49, 15)
            + 0.95 * later * bump(age, 67, 11 if age < 67 else 19)
        )
        people.append(0.35 + level if age < 75 else (0.35 + level) * math.exp(-0.0058 * (age - 74) ** 1.75))
    people[OLDEST] *= 3.2
    return people


def later_people(people: list[float], later_years: float) -> list[float]:
    """The same people two years on: aged, thinned, moved; two years of births for the youngest."""
    for _ in range(SECOND - FIRST):
        stay = [n * (1 - deaths(a)) * (1 + moves(a, later_years)) for a, n in enumerate(people)]
        mothers = sum(people[age] for age in range(20, 40))
        people = [0.0442 * mothers, *stay[: OLDEST - 1], stay[OLDEST - 1] + stay[OLDEST] * 0.91]
    return people


def rows() -> list[tuple[str, int, str, int, int]]:
    """Place, year, sex, age and persons for every area, its councils and the whole place."""
    counts: dict[tuple[str, int], list[int]] = {}
    for area, (total, shape) in AREAS.items():
        first = earlier_people(shape)
        second = later_people(first, shape[3])
        scale = total / sum(second)
        counts[area, FIRST] = [round(n * scale) for n in first]
        whole = [round(n * scale) for n in second]
        whole[40] += total - sum(whole)
        counts[area, SECOND] = whole
    for place, parts in SUMS.items():
        for year in (FIRST, SECOND):
            counts[place, year] = [sum(ages) for ages in zip(*(counts[part, year] for part in parts), strict=True)]
    return [
        (place, year, "persons", age, n) for (place, year), ages in sorted(counts.items()) for age, n in enumerate(ages)
    ]


def main() -> None:
    """Write the table."""
    with (FOLDER / "population.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("place", "year", "sex", "age", "persons", "source"))
        writer.writerows((*row, "mid_year_estimates") for row in rows())


if __name__ == "__main__":
    main()
