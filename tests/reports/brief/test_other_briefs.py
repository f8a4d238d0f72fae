"""A stress test, a choice and a sharing in short: the sentences of their pages, and what is not known said so."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from incentives.home_first_place import home_first_place
from reports.choose_told import FEW, some_of_the_place
from reports.conftest import words
from reports.stress_told import Told
from tripleaim.incentives.sharing import share
from tripleaim.portfolio import choose
from tripleaim.projection import Projection
from tripleaim.reports.brief import choice_brief, make_brief, sharing_brief, stored, stress_brief
from tripleaim.reports.brief.stress import between
from tripleaim.reports.choose_page import choose_files
from tripleaim.reports.share_page import share_files
from tripleaim.reports.stress_section import stress_files


@pytest.fixture(scope="module")
def whole(tiny: Told) -> dict[str, Any]:
    return stress_brief(*tiny)


def test_a_stress_test_in_short_says_what_its_page_says(tiny: Told, whole: dict[str, Any]) -> None:
    page = words(stress_files(*tiny)["stress.html"])
    assert whole["headline"] in page
    assert whole["fingerprint"] == tiny[0].found.fingerprint
    assert json.loads(stored(whole)) == json.loads(json.dumps(whole))


def test_every_gap_has_its_chance_or_says_why_not(whole: dict[str, Any], pressure: Told) -> None:
    assert [gap["key"] for gap in whole["gaps"]] == ["health", "care", "money"]
    assert all(gap["words"] for gap in whole["gaps"])
    money = stress_brief(*pressure)["gaps"][2]
    assert money["hoped"] is None
    assert money["words"].startswith("No balance is known")


def test_chances_of_balance_are_those_of_the_draws(balance: Told) -> None:
    found, told = balance[0].found, stress_brief(*balance)
    assert told["gaps"][2]["hoped"] == found.of("both", "hoped").met[-1]
    for each in found.organisations:
        if each.case == "hoped":
            assert told["organisations"][each.who]["balanced"] == each.met[-1]


def test_a_quick_test_says_that_no_scheme_was_asked_about(balance: Told) -> None:
    told = stress_brief(*balance)
    assert told["schemes"] == {}
    assert told["missing"] == ["How sure each scheme is was not asked for: a full stress test tells it."]


def test_a_scheme_has_the_range_of_what_it_brings_beside_what_the_plan_says(tiny: Told, whole: dict[str, Any]) -> None:
    run: Projection = tiny[1]
    made = make_brief(run)
    assert set(whole["schemes"]) == {each.key for each in run.schemes}
    for each in run.schemes:
        told = whole["schemes"][each.key]
        assert told["low"] <= told["middle"] <= told["high"]
        assert told["least"] <= told["most"]
        outlay = each.one_off[run.last] + each.capital[run.last]
        brought = each.saving[run.last] + made.schemes[each.key].money.income[run.last]
        assert told["stated"] == pytest.approx(brought - outlay, abs=1)
    bare = next(key for key in whole["schemes"] if key.startswith("night_close"))
    assert whole["schemes"][bare]["paid_back"] is None
    assert "holds no cost" in whole["schemes"][bare]["words"]


def test_between_what_a_chance_lies_follows_from_the_three_points_kept() -> None:
    points = (1e6, 2e6, 3e6)
    assert between(0.5e6, points) == (0.9, 1.0)
    assert between(1.5e6, points) == (0.5, 0.9)
    assert between(2.5e6, points) == (0.1, 0.5)
    assert between(3.5e6, points) == (0.0, 0.1)
    assert between(2e6, (2e6, 2e6, 2e6)) == (1.0, 1.0)


def test_a_test_of_a_plan_without_schemes_is_told(started: Told) -> None:
    told = stress_brief(*started)
    assert told["schemes"] == {}
    assert "If nothing changes, the same care costs" in told["headline"]


def test_a_choice_in_short_names_every_scheme_and_says_what_its_page_says() -> None:
    choice = choose(some_of_the_place(FEW), draws=20)
    told, page = choice_brief(choice), words(choose_files(choice)["choose.html"])
    assert told["headline"] in page
    assert all(each in page for each in told["answers"])
    assert set(told["schemes"]) == set(FEW)
    chosen = choice.of(choice.chosen).schemes if choice.chosen else {}
    assert {key for key, each in told["schemes"].items() if each["chosen"]} == set(chosen)
    assert stored(told)


def test_a_sharing_in_short_tells_each_organisation_what_it_gains_pays_and_risks() -> None:
    sharing = share(home_first_place(), draws=60)
    told, page = sharing_brief(sharing), words(share_files(sharing)["share.html"])
    assert told["headline"] in page
    assert all(each in page for each in told["answers"])
    for each in sharing.standings:
        mine = told["organisations"][each.body]
        assert mine["worth"] == each.worth
        assert mine["chance_worse"] == each.chance_worse
        assert mine["words"].startswith(sharing.names[each.body])
    assert sum(each["transfer"] for each in told["organisations"].values()) == pytest.approx(0, abs=1)
    assert stored(told)


def test_a_sharing_without_an_agreement_has_none(rebuilt: Projection) -> None:
    sharing = share(home_first_place(), draws=20)
    told = sharing_brief(replace(sharing, deal=None))
    assert told["payments"] == []
    assert all(each["transfer"] is None for each in told["organisations"].values())


def test_where_no_books_are_held_a_sharing_says_what_is_missing(rebuilt: Projection) -> None:
    told = sharing_brief(share(rebuilt.plan, draws=20))
    assert told["organisations"] == {}
    assert told["missing"]
