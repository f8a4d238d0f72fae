"""Project with the program's own `people`, compare, and sum up the errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from people.areas import OLDEST, Area, Array
from tripleaim.plan import Heading, Plan
from tripleaim.plan.place import Place, PlaceKind, Population
from tripleaim.plan.source import Assumption
from tripleaim.projection.people import people
from tripleaim.quantities import certain

CENSUS_DAY = 264 / 365
"""Share of the year from mid-2020 (30 June) to mid-2021 that had passed on Census day, 21 March 2021."""


def _ages(*spans: tuple[int, int, float]) -> Array:
    weights = np.zeros(OLDEST + 1)
    for first, last, weight in spans:
        weights[first : last + 1] += weight
    return weights


ESTIMATE_GROUPS = {
    "all ages": _ages((0, 90, 1)),
    "0 to 14": _ages((0, 14, 1)),
    "15 to 24": _ages((15, 24, 1)),
    "25 to 44": _ages((25, 44, 1)),
    "45 to 64": _ages((45, 64, 1)),
    "65 to 74": _ages((65, 74, 1)),
    "75 to 84": _ages((75, 84, 1)),
    "85 and over": _ages((85, 90, 1)),
}

CENSUS_GROUPS: dict[str, tuple[Array, Callable[[dict[str, float]], float]]] = {
    "all ages": (_ages((0, 90, 1)), lambda c: c["total"]),
    "0 to 15, babies twice": (_ages((0, 15, 1), (0, 0, 1)), lambda c: c["younger"]),
    "16 to 64": (_ages((16, 64, 1)), lambda c: c["working_age"]),
    "65 to 74": (_ages((65, 74, 1)), lambda c: c["older"]),
    "75 and over, less babies": (
        _ages((75, 90, 1), (0, 0, -1)),
        lambda c: c["total"] - c["younger"] - c["working_age"] - c["older"],
    ),
}
"""What the columns of the Census file hold: 'younger' counts those under one twice, 'older' stops at 74."""


@dataclass(frozen=True)
class Comparison:
    """Which mid-years are given, and what the projection is held against: a mid-year (year) or Census 2021."""

    name: str
    given: tuple[int, int]
    against: int | None

    @property
    def nearest(self) -> int:
        """The given mid-year nearest to what is compared: what one would use who did not project."""
        return self.given[0] if self.against is not None and self.against < self.given[0] else self.given[1]


COMPARISONS = (
    Comparison("two years ahead", (2011, 2017), 2019),
    Comparison("to the Census, from the latest estimates", (2017, 2019), None),
    Comparison("to the Census, without mid-2019", (2011, 2017), None),
    Comparison("six years back", (2017, 2019), 2011),
)

Method = Callable[[Area, Area, Comparison], Array]


@cache
def _rows(place: str, year: int, count: tuple[float, ...]) -> tuple[Population, ...]:
    return tuple(Population(place=place, year=year, age=a, persons=n, source="ons") for a, n in enumerate(count))


def plan_of(area: Area, reference: Area | None, given: tuple[int, ...], opening: int, years: int, below: float) -> Plan:
    """A plan that knows only the given mid-years of one area, and of England if cells are to be steadied."""
    areas = [(area, PlaceKind.FOOTPRINT)] + ([(reference, PlaceKind.REFERENCE)] if reference else [])
    return Plan(
        heading=Heading(
            format=1,
            name="People",
            place=_key(area),
            first_year=f"{opening + 1}/{(opening + 2) % 100:02}",
            years=years,
            price_base=f"{opening}/{(opening + 1) % 100:02}",
            regime="stp-2016",
            version="1",
            dated="2021-03-21",
        ),
        places=tuple(Place(key=_key(each), name=each.code, kind=kind, source="ons") for each, kind in areas),
        population=tuple(
            row for each, _ in areas for year in given for row in _rows(_key(each), year, tuple(each.estimates[year]))
        ),
        assumptions=(
            Assumption(
                key="damping_people", name="Damping", value=certain(below), unit="persons", source="method_note_1"
            ),
        ),
    )


def projected(area: Area, reference: Area | None, of: Comparison, below: float = 100.0) -> Array:
    """People by age on the compared day, by the program's own function."""
    opening = 2020 if of.against is None else of.against
    count = people(plan_of(area, reference, of.given, opening, 1, below), _key(area)).count[0]
    if of.against is not None:
        return np.asarray(count[:, 0])
    return np.asarray((1 - CENSUS_DAY) * count[:, 0] + CENSUS_DAY * count[:, 1])


def cohort(below: float) -> Method:
    """Hamilton-Perry as the program does it, with cells of fewer than `below` people leaning on England."""
    return lambda area, england, of: projected(area, england, of, below)


def unchanged(area: Area, england: Area, of: Comparison) -> Array:
    """The nearest given estimate, as if nothing had changed."""
    return area.estimates[of.nearest]


def like_england(area: Area, england: Area, of: Comparison) -> Array:
    """The nearest given estimate, each age growing as England's people of that age are projected to."""
    return area.estimates[of.nearest] * _england(england, of) / england.estimates[of.nearest]


_of_england: dict[tuple[int, Comparison], Array] = {}


def _england(england: Area, of: Comparison) -> Array:
    key = id(england), of
    if key not in _of_england:
        _of_england[key] = projected(england, None, of)
    return _of_england[key]


METHODS: dict[str, Method] = {
    "Hamilton-Perry, as shipped (100)": cohort(100.0),
    "Hamilton-Perry, no damping": cohort(0.0),
    "Hamilton-Perry, damping 500": cohort(500.0),
    "each age as England's": like_england,
    "unchanged": unchanged,
}


def truth(area: Area, of: Comparison) -> dict[str, float]:
    """What was counted or estimated later, by age group."""
    if of.against is None:
        return {name: read(area.census) for name, (_, read) in CENSUS_GROUPS.items()}
    return {name: float(weights @ area.estimates[of.against]) for name, weights in ESTIMATE_GROUPS.items()}


def guessed(found: Array, of: Comparison) -> dict[str, float]:
    """The same age groups of projected people."""
    groups = {n: w for n, (w, _) in CENSUS_GROUPS.items()} if of.against is None else ESTIMATE_GROUPS
    return {name: float(weights @ found) for name, weights in groups.items()}


SIZES = (
    (0, "under 100,000"),
    (100_000, "100,000 to 250,000"),
    (250_000, "250,000 to 500,000"),
    (500_000, "over 500,000"),
)


def size_of(area: Area) -> str:
    """Size class by people in mid-2017."""
    total = area.estimates[2017].sum()
    return [name for least, name in SIZES if total >= least][-1]


Line = dict[str, str]
"""One line of the table: a figure already written with its decimals."""


def lines(kind: str, areas: dict[str, Area], england: Area, by_size: bool = False) -> Iterator[Line]:
    """Errors of every method, comparison and age group over some areas, all together and by size of place."""
    sizes = {code: size_of(area) for code, area in areas.items()}
    for of in COMPARISONS:
        actual = {code: truth(area, of) for code, area in areas.items()}
        for method, project in METHODS.items():
            found = {code: guessed(project(area, england, of), of) for code, area in areas.items()}
            for size in ("any", *(name for _, name in SIZES)) if by_size else ("any",):
                chosen = [code for code in areas if size in ("any", sizes[code])]
                for ages in next(iter(actual.values())):
                    yield {
                        "comparison": of.name,
                        "given": " and ".join(f"mid-{year}" for year in of.given),
                        "against": "Census 2021" if of.against is None else f"mid-{of.against}",
                        "places": kind,
                        "size": size,
                        "ages": ages,
                        "method": method,
                    } | summary([found[c][ages] for c in chosen], [actual[c][ages] for c in chosen])


def furthest(areas: dict[str, Area], england: Area, how_many: int = 6) -> Iterator[Line]:
    """Districts whose number of people came out furthest from the Census, as shipped, one line each."""
    of = COMPARISONS[1]
    found = {code: guessed(projected(area, england, of), of)["all ages"] for code, area in areas.items()}
    actual = {code: truth(area, of)["all ages"] for code, area in areas.items()}
    for code in sorted(areas, key=lambda c: -abs(found[c] / actual[c] - 1))[:how_many]:
        yield {
            "comparison": "furthest from the Census",
            "given": " and ".join(f"mid-{year}" for year in of.given),
            "against": "Census 2021",
            "places": areas[code].name,
            "size": size_of(areas[code]),
            "ages": "all ages",
            "method": next(iter(METHODS)),
        } | summary([found[code]], [actual[code]])


def summary(found: list[float], actual: list[float]) -> Line:
    """Number of places; mean absolute error, mean error, 90th percentile of absolute error, all people together: %.

    >>> summary([110.0, 95.0], [100.0, 100.0])["mean_absolute_error_percent"]
    '7.50'
    """
    error = 100 * (np.array(found) / np.array(actual) - 1)
    return {
        "n": str(len(error)),
        "mean_absolute_error_percent": decimals(float(np.abs(error).mean()), 2),
        "bias_percent": decimals(float(error.mean()), 2),
        "ninetieth_percent": decimals(float(np.quantile(np.abs(error), 0.9)), 2),
        "together_percent": decimals(100 * (sum(found) / sum(actual) - 1), 2),
    }


def decimals(value: float, places: int) -> str:
    """A figure with so many decimals; nothing is never written as less than nothing.

    >>> decimals(-0.001, 2)
    '0.00'
    """
    return f"{round(value, places) + 0.0:.{places}f}"


def _key(area: Area) -> str:
    return area.code.lower()
