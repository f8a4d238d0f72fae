"""What it would take to have a scheme in, and what is said where it cannot be had."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.known_candidates import candidate, score
from portfolio.some_schemes import some_schemes, with_scheme
from tripleaim.plan import Plan
from tripleaim.portfolio.estimates import MONEY, Estimates
from tripleaim.portfolio.facts import used
from tripleaim.portfolio.forced import Forced, forced_sets, left_out
from tripleaim.portfolio.model import model
from tripleaim.portfolio.options import options
from tripleaim.portfolio.search import offered_ways
from tripleaim.portfolio.solver import Aim, Effort, Found, Menu, Rule, best


def forced(plan: Plan, *rules: float, stopped: bool = False) -> dict[str, Forced]:
    """What is found for each scheme, where every start costs 1 and so much may be spent."""
    made = model(plan, 1, 1, fast=False)
    ways = offered_ways(made, options(plan))
    names = ("All there is", "All there is, 2")
    limits = tuple(
        Rule(name=name, uses=[1.0] * len(ways), at_most=most) for name, most in zip(names, rules, strict=False)
    )
    menu = Menu(options=ways, one_of=(), rules=limits)

    def search(asked: Menu) -> Found:
        if stopped:
            return Found(chosen=None, value=0.0, bound=0.0, gap=0.0, nodes=1, stopped="stopped after 1 seconds")
        return best(asked, Aim(name="less", value=[-1.0] * len(ways)))

    return {each.scheme: each for each in forced_sets(made, menu, search, options(plan), Effort())}


@pytest.fixture(scope="module")
def hubs() -> Plan:
    return some_schemes("shared_record", "gp_hubs", "falls_exercise")


def test_the_cheapest_set_with_a_scheme_has_that_scheme(hubs: Plan) -> None:
    found = forced(hubs)
    assert set(found["falls_exercise"].choice or {}) == {"falls_exercise"}
    assert not any(each.blocked for each in found.values())


def test_what_is_in_the_way_of_a_scheme_is_named(hubs: Plan) -> None:
    found = forced(hubs, 0.0)
    assert {each.blocked for each in found.values()} == {("All there is",)}


def test_two_limits_that_each_refuse_a_scheme_are_both_named(hubs: Plan) -> None:
    found = forced(hubs, 0.0, 0.5)
    assert all(set(each.blocked) == {"All there is", "All there is, 2"} for each in found.values())


def test_a_scheme_whose_need_cannot_be_chosen_says_so(hubs: Plan) -> None:
    plan = with_scheme(hubs, "shared_record", start="2017-10", consultation_months=60)
    found = forced(with_scheme(plan, "gp_hubs", consultation_months=0))
    assert found["gp_hubs"].choice is None
    assert found["gp_hubs"].blocked == ("One shared digital record, which it needs, cannot be chosen.",)
    assert found["shared_record"].blocked[0].startswith("The public is to be consulted for 60 months")


def test_a_search_that_was_stopped_finds_nothing_in_the_way(hubs: Plan) -> None:
    found = forced(hubs, stopped=True)["falls_exercise"]
    assert (found.choice, found.blocked) == (None, ())


def test_only_a_scheme_whose_every_start_costs_more_than_it_saves_is_said_to(hubs: Plan) -> None:
    """By the estimates; the set without anything and the set with the scheme come to the same here."""
    made = model(hubs, 1, 1, fast=False)
    ways = [way.key for way in made.whole.ways if way.scheme == "falls_exercise"]
    forced = Forced(scheme="falls_exercise", choice={"falls_exercise": 0}, blocked=())
    chosen, own = candidate("nothing", score(0, 0, 0)), used(made)

    def reason(*alone: float) -> str:
        worth = Estimates(
            ways=tuple(ways),
            alone={MONEY: np.array(alone)},
            pairs={},
            less_short=np.zeros((len(ways), 1)),
            short_pairs={},
            short_nothing=np.zeros(1),
            least=0.0,
        )
        return left_out(made, own, chosen, lambda _: 0.0, MONEY, [forced], worth)[0].reason

    assert reason(-3e6, -1e6, -2e6, -4e6).startswith("By itself it costs £1.0m a year more than it saves.")
    assert "By itself" not in reason(-3e6, 1e6, -2e6, -4e6)
