"""A stress test as a board reads it: one figure everywhere, chances in plain numbers, and what words mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.conftest import words
from reports.stress_told import DRAWS, Told, telling, terminal
from tripleaim.quantities import Range
from tripleaim.reports.stress_parts.drawn import draws_of, other_draws
from tripleaim.reports.stress_parts.sentences import odds, ranges_in_words, verdict
from tripleaim.reports.stress_section import stress_files
from tripleaim.stress.findings import Stress


def with_chance(found: Stress, share: float) -> Stress:
    """The same findings with another chance of balance in the last year."""
    money = [
        replace(each, met=(*each.met[:-1], share)) if (each.who, each.case) == ("both", "hoped") else each
        for each in found.money
    ]
    return replace(found, money=tuple(money))


# --- the opening ---


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0253, "1 in 40 (2.5%)"),
        (0.0004, "1 in 2,500 (under 0.1%)"),
        (0.2, "2 in 10 (20%)"),
        (0.5, "5 in 10 (50%)"),
        (0.97, "34 in 35 (97.0%)"),
    ],
)
def test_a_chance_is_said_in_plain_numbers_first(share: float, said: str) -> None:
    assert odds(share) == said


def test_the_opening_says_that_one_draw_in_ten_is_better_and_one_worse(balance: Told) -> None:
    said = verdict(with_chance(balance[0].found, 0.025), balance[1])
    assert "a chance of 1 in 40 (2.5%) of balance in 2020/21" in said
    assert "One in ten is better, one in ten worse." in said
    assert "at best" not in said


def test_a_chance_that_never_or_always_came_is_told_by_the_number_of_draws(balance: Told) -> None:
    assert f"balances in none of {DRAWS} draws" in verdict(with_chance(balance[0].found, 0.0), balance[1])
    assert f"balances in every one of {DRAWS} draws" in verdict(with_chance(balance[0].found, 1.0), balance[1])


def test_the_opening_of_a_pressure_says_what_the_same_care_costs(pressure: Told) -> None:
    said = verdict(pressure[0].found, pressure[1])
    assert "the same care costs £" in said
    assert "One in ten is lower, one in ten higher." in said


def test_both_cases_are_explained_where_they_are_first_used(balance: Told) -> None:
    for said in (words(stress_files(*balance)["stress.html"]), terminal(balance)):
        assert said.index("As hoped, with all the posts and capital the schemes need") < said.index(
            "With what is found"
        )
        assert "counts only the posts and capital found so far" in said


# --- whose ranges ---


def test_only_ranges_that_the_plan_leaves_to_us_are_called_ours(balance: Told) -> None:
    plan = balance[0].found.plan
    assert "Ranges that move the whole plan are ours: those of all care (worked out from past years)" in (
        ranges_in_words(plan)
    )
    row = plan.assumptions[0].model_copy(
        update={"key": "all_inflation", "value": Range(point=0.0, low=-0.01, high=0.01)}
    )
    said = ranges_in_words(plan.model_copy(update={"assumptions": (*plan.assumptions, row)}))
    assert "it states its own range for all pay and prices." in said
    assert "all pay and prices" not in said.split("The other ranges are ours")[1]


# --- how many draws ---


def test_parts_that_take_as_many_draws_as_the_headline_excuse_no_difference(tiny: Told) -> None:
    whole, run = tiny
    assert whole.named is not None
    assert whole.why is not None
    same = replace(
        whole,
        named=replace(whole.named, asked=replace(whole.named.asked, draws=DRAWS)),
        why=replace(whole.why, failure=replace(whole.why.failure, draws=DRAWS)),
    )
    assert set(draws_of(telling((same, run)))) == {"true"}
    assert "may differ" not in words(stress_files(same, run)["stress.html"])


def test_a_part_that_takes_fewer_draws_says_so_under_its_heading(tiny: Told) -> None:
    page = stress_files(*tiny)["stress.html"]
    heading = page.index('id="on-tests-h"')
    assert page.index(f"This part rests on 20 draws; the figures at the top rest on {DRAWS}.", heading) < page.index(
        'id="stress_tests"'
    )
    assert "tests, what to hold, sooner or later and when schemes pay back on 20" in other_draws(telling(tiny))
    assert other_draws(telling(tiny)) in terminal(tiny)


def test_the_draws_alone_rest_on_no_other(balance: Told) -> None:
    assert other_draws(telling(balance)) == ""
