"""Populations that cannot be true are refused; every one that has been published is believed."""

from __future__ import annotations

import pytest

from tripleaim.errors import Problem
from tripleaim.loading.collect import Problems
from tripleaim.loading.crosscheck.plausible import believable
from tripleaim.loading.draft import Draft
from tripleaim.opendata.people import rows_of_people
from tripleaim.plan.place import Population

People = dict[tuple[str, int], list[float]]


def told(people: People) -> tuple[Problem, ...]:
    """What is said of people of each single year of age, by place and year."""
    rows = tuple(
        Population(place=place, year=year, age=age, persons=persons, source="census")
        for (place, year), ages in people.items()
        for age, persons in enumerate(ages)
    )
    problems = Problems()
    believable(Draft(problems, rows_of={"population": rows}))
    return problems.in_order()


def published(years: set[int]) -> People:
    areas = {area.lower().replace(":", "_") for area, _ in rows_of_people()}
    assert sum(area.startswith("e38") for area in areas) == 207
    assert sum(area.startswith("e54") and "_" not in area for area in areas) == 44
    return {
        (area.lower().replace(":", "_"), year): list(map(float, ages))
        for (area, year), ages in rows_of_people().items()
        if year in years
    }


@pytest.mark.parametrize("years", [{2011, 2017}, {2017, 2019}, {2011, 2019}], ids=str)
def test_every_published_population_is_believed(years: set[int]) -> None:
    assert told(published(years)) == ()


NOW = [1000.0 + age for age in range(91)]


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ([1.0] * 91, "east: 91 people in 2013 and 95,095 in 2015"),
        ([people / 1000 for people in NOW], "east: 95 people in 2013 and 95,095 in 2015"),
        ([people * 10 for people in NOW], "east: 950,950 people in 2013 and 95,095 in 2015"),
        ([*NOW[:34], 10.0, *NOW[35:]], "east: 10 aged 34 in 2013 and 1,034 in 2015"),
        ([*NOW[:34], *[0.0] * 5, *NOW[39:]], "east: 0 aged 34 in 2013 and 1,034 in 2015; "),
    ],
    ids=["one of each age", "in thousands", "a digit too many", "one age", "five ages"],
)
def test_a_population_that_cannot_be_true_is_one_problem(before: list[float], found: str) -> None:
    (problem,) = told({("east", 2013): before, ("east", 2015): NOW})
    assert (problem.file, problem.row, problem.field) == ("population.csv", 93, "persons")
    assert problem.found.startswith(found)
    assert "persons, not thousands" in problem.to_fix


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.3])
def test_what_can_be_is_left_alone(factor: float) -> None:
    assert told({("east", 2013): [people * factor for people in NOW], ("east", 2015): NOW}) == ()


def test_a_hamlet_is_not_looked_at() -> None:
    assert told({("east", 2013): [1.0] * 91, ("east", 2015): [9.0] * 91}) == ()
