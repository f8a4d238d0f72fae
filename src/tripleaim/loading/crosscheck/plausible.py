"""People who cannot have come or gone so fast: a year typed in thousands, a row out of place, a digit too many.

The bounds are set from the open data (2011, 2017 and 2019; 436 areas, among them all 44 footprints and 207
commissioners). There, between two years: all people together grow by at most 13 % a year (the City of London) and fall
by less than 1 % a year; an age of 200 people or more grows or shrinks at most 2.6-fold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tripleaim.loading.draft import Draft
from tripleaim.plan.place import Population, Projection
from tripleaim.quantities import Noun

FASTEST = 0.15
"""Most by which all people of a place may grow in a year, or grow back if they fell."""
MOST_IN_ALL = 2.0
"""Most by which all people of a place may multiply between two years, however far apart."""
FEWEST_IN_ALL = 1000
"""A place of fewer people is not looked at."""
MOST_OF_AN_AGE = 4.0
"""Most by which people of one age may multiply between two years, or shrink."""
FEWEST_OF_AN_AGE = 200
"""An age with fewer people is not looked at."""
FARTHEST = 10
"""Years farther apart than this say nothing of one age."""

_NAMED = 3


@dataclass
class _Year:
    """People of one place in one year by age, both sexes together, and the row they begin at."""

    noun: type[Noun]
    row: int
    people: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def total(self) -> float:
        return sum(self.people.values())


def believable(draft: Draft) -> None:
    """From one year to the next that is given, no place and no age in it grows or shrinks as nowhere does."""
    for place, years in _places(draft).items():
        for (before, first), (after, second) in pairwise(sorted(years.items())):
            found = _in_all(first, second, after - before, before, after)
            expected = "a number of people that can have come from those of the year before"
            if found is None:
                found = _of_an_age(first, second, after - before, before, after)
                expected = "people of each age between a quarter and four times as many as in the year before"
            if found:
                to_fix = "check both years: persons, not thousands; every row at its own age and year"
                draft.refuse(second.noun, second.row, "persons", f"{place}: {found}", expected, to_fix)


def _places(draft: Draft) -> dict[str, dict[int, _Year]]:
    """The years of every place; where both an estimate and a projection are given, the estimate."""
    places: dict[str, dict[int, _Year]] = defaultdict(dict)
    for noun in (Population, Projection):
        for row, cell in draft.rows(noun):
            year = places[cell.place].setdefault(cell.year, _Year(noun, row))
            if year.noun is noun:
                year.people[cell.age] += cell.persons
    return places


def _in_all(first: _Year, second: _Year, gap: int, before: int, after: int) -> str | None:
    small, large = sorted((first.total, second.total))
    if large < FEWEST_IN_ALL or large <= small * min((1 + FASTEST) ** gap, MOST_IN_ALL):
        return None
    return f"{first.total:,.0f} people in {before} and {second.total:,.0f} in {after}"


def _of_an_age(first: _Year, second: _Year, gap: int, before: int, after: int) -> str | None:
    odd = list(_odd_ages(first, second)) if gap <= FARTHEST else []
    if not odd:
        return None
    told = [f"{first.people[age]:,.0f} aged {age} in {before} and {second.people[age]:,.0f} in {after}" for age in odd]
    more = f"; and {len(odd) - _NAMED} more ages" if len(odd) > _NAMED else ""
    return "; ".join(told[:_NAMED]) + more


def _odd_ages(first: _Year, second: _Year) -> Iterator[int]:
    for age in sorted(first.people.keys() & second.people.keys()):
        small, large = sorted((first.people[age], second.people[age]))
        if large >= FEWEST_OF_AN_AGE and large > small * MOST_OF_AN_AGE:
            yield age


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = ((believable, (Population, Projection)),)
