"""Which candidate is best for what, and what each is worth to partners, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.known_candidates import candidate, score
from portfolio.some_schemes import some_schemes
from tripleaim.plan import Plan
from tripleaim.portfolio.candidates import best_of
from tripleaim.portfolio.search import HALF, doing_less, of_most, without_floors
from tripleaim.portfolio.solver import Aim, Floor, Menu, Rule, broken
from tripleaim.portfolio.telling import aims_told
from tripleaim.portfolio.titles import titled, unbeaten
from tripleaim.portfolio.values import in_best_sets, partner_values, partners_told, worth_of

NOTHING = candidate("nothing", score(0, 0, 0, chance=0.2, tail=50))
HUBS = candidate("hubs", score(10, 0.1, 0.4, chance=0.5, tail=40), "gp_hubs", "shared_record")
FALLS = candidate("falls", score(4, 0.5, 0.4, chance=0.5, tail=30), "falls_exercise", "shared_record")
TOO_DEAR = candidate("too dear", score(99, 0.9, 0.9, chance=1.0, tail=0), "home_first", broken=("Revenue",))
EVERY = (NOTHING, HUBS, FALLS, TOO_DEAR)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return some_schemes("shared_record", "gp_hubs", "falls_exercise", "home_first")


def test_the_best_is_the_most_of_an_aim_among_those_that_keep_every_limit() -> None:
    assert [best_of(EVERY, aim) for aim in ("money", "health", "tail")] == ["hubs", "falls", "falls"]


def test_where_two_do_as_well_the_one_that_closes_more_of_the_money_gap_is_best() -> None:
    assert best_of(EVERY, "care") == best_of(EVERY, "chance") == "hubs"


def test_nothing_is_best_where_nothing_does_better_than_doing_nothing() -> None:
    worse = candidate("worse", score(-1, 0, 0, chance=0.2, tail=51), "home_first")
    assert [best_of((NOTHING, worse), aim) for aim in ("money", "health", "chance", "tail")] == [""] * 4


def test_a_set_that_moves_an_aim_by_less_than_is_told_is_not_best_for_it() -> None:
    hardly = candidate("hardly", score(5, 0.0004, 0.3, chance=0.2), "home_first")
    assert [best_of((NOTHING, hardly), aim) for aim in ("money", "health", "care")] == ["hardly", "", "hardly"]


def test_an_aim_is_told_with_what_nothing_comes_to_and_the_most_that_was_found() -> None:
    told = {each.key: each for each in aims_told(EVERY, is_pressure=False)}
    assert (told["tail"].best, told["tail"].nothing, told["tail"].most) == ("falls", 50, 30)
    assert (told["money"].best, told["money"].nothing, told["money"].most) == ("hubs", 0, 10)
    assert "chance" not in {each.key for each in aims_told(EVERY, is_pressure=True)}


def test_a_set_that_another_equals_in_two_gaps_and_beats_in_one_is_not_on_the_frontier() -> None:
    behind = candidate("behind", score(10, 0.1, 0.3), "gp_hubs")
    assert [each.key for each in unbeaten((*EVERY, behind))] == ["hubs", "falls"]


def test_what_a_set_is_worth_to_a_partner_is_its_points_for_the_share_of_the_most_that_is_closed(plan: Plan) -> None:
    """Marsh Council: 60 for health, 30 for care, 10 for money; the most are 0.5, 0.4 and 10."""
    values = partner_values(plan, EVERY)
    own = {key: next(each.value for each in row if each.partner == "marsh_council") for key, row in values.items()}
    assert own["nothing"] == 0
    assert own["hubs"] == pytest.approx(0.60 * 0.1 / 0.5 + 0.30 * 1 + 0.10 * 1)
    assert own["falls"] == pytest.approx(0.60 * 1 + 0.30 * 1 + 0.10 * 4 / 10)
    assert worth_of(plan, EVERY, "partner:marsh_council")(HUBS.score) == own["hubs"]
    assert worth_of(plan, EVERY, "tail")(HUBS.score) == -40


def test_a_gap_that_nothing_closes_counts_nothing(plan: Plan) -> None:
    """Only care, of which the council's 30 points in 100 speak, is closed at all."""
    only = candidate("only", score(-5, -0.1, 0.2), "gp_hubs")
    found = partner_values(plan, (NOTHING, only))["only"]
    assert next(each.value for each in found if each.partner == "marsh_council") == pytest.approx(0.30)
    assert of_most({"health": 60.0, "care": 30.0, "money": 10.0}, {"money": 0.0, "health": -1.0, "care": 0.2}) == {
        "care": pytest.approx(1.5)
    }


def test_each_partner_is_told_its_own_best(plan: Plan) -> None:
    values = partner_values(plan, EVERY)
    found = [
        candidate(each.key, each.score, *each.schemes, broken=each.broken, values=values[each.key]) for each in EVERY
    ]
    assert {each.key: each.best for each in partners_told(plan, found)} == {
        "marsh_council": "falls",
        "wealdshire_royal": "hubs",
    }
    every, none = in_best_sets(plan, found)
    assert every == ("One shared digital record",)
    assert none == ("Home First",)
    planned = candidate("planned", TOO_DEAR.score, "home_first", broken=("Revenue",), values=values["too dear"])
    names = {each.key: each.keys for each in titled(plan, (*found[:3], planned))}
    assert set(names) == {"planned", "nothing", "money", "health"}
    assert set(names["money"]) == {"money", "care", "chance", "partner:wealdshire_royal", "frontier:1"}
    asked = titled(plan, (*found[:3], planned), "partner:wealdshire_royal")
    assert next(each.name for each in asked if "money" in each.keys) == "Best for Wealdshire Royal Hospitals"


def test_doing_less_is_half_of_the_schemes_and_may_leave_out_what_asks_for_a_least(plan: Plan) -> None:
    """Two of the plan's four schemes."""
    ways = ("shared_record", "gp_hubs", "falls_exercise", "home_first")
    least = Rule(name="At least three", uses=np.ones(4), at_least=3)
    most = Rule(name="Money", uses=np.ones(4), at_most=9)
    floor = Floor(name="Some health", aim=Aim(name="health", value=np.ones(4)), at_least=3)
    less = doing_less(Menu(options=ways, rules=(least, most), floors=(floor,)), plan)
    assert broken(less, ways[:3]) == (HALF,)
    assert [rule.name for rule in without_floors(less).rules] == ["Money", HALF]
    assert broken(without_floors(less), ways[:2]) == ()
