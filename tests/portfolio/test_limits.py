"""Limits of a choice: what the plan states, what follows from its other tables, and what sets use of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.choice_limit import ChoiceLimit, LimitKind
from tripleaim.plan.leadership_hours import LeadershipHours
from tripleaim.plan.least_volume import LeastVolume
from tripleaim.plan.scheme import CostKind
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.facts import Facts, facts, used
from tripleaim.portfolio.limit import FloorLimit
from tripleaim.portfolio.limits import AnyLimit, limits
from tripleaim.portfolio.model import Model, model

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bare() -> Plan:
    """The invented place without limits, hours, volumes or costs of disruption."""
    plan = read_plan(ROOT / "plans" / "wealdshire_and_marsh")
    return with_tables(
        plan,
        choice_limits=(),
        least_volumes=(),
        leadership_hours=(),
        costs=tuple(row for row in plan.costs if row.kind is not CostKind.DISRUPTION),
    )


def limit(kind: LimitKind, amount: float, of: str = "", year: str = "2018/19") -> ChoiceLimit:
    return ChoiceLimit(key="own", name="The limit", kind=kind, of=of, year=year, amount=amount, source="scheme_cases")


def worked_out(plan: Plan) -> tuple[Model, tuple[AnyLimit, ...]]:
    made = model(plan, 2, 1, fast=False)
    own = used(made)
    return made, limits(made, facts(made, own, [(key,) for key in own.keys]))


def of_sets(made: Model, *choices: dict[str, int]) -> Facts:
    return facts(made, used(made), [made.whole.keys(choice) for choice in choices])


def amounts(plan: Plan, *choices: dict[str, int]) -> list[float]:
    """What choices use of the one limit of a plan."""
    made, every = worked_out(plan)
    own = next(each for each in every if each.told.key.startswith(("own", "least")))
    assert not isinstance(own, FloorLimit)
    return [float(each) for each in own.amounts(of_sets(made, *choices))]


def test_money_for_schemes_is_running_cost_and_what_is_paid_once(bare: Plan) -> None:
    """Falls classes cost 220,000 and 170,000 a year, held in cash; who bears it is told apart."""
    plan = with_tables(bare, choice_limits=(limit(LimitKind.REVENUE, 1e6),))
    assert amounts(plan, {"falls_exercise": 0}, {"falls_exercise": 2}, {}) == pytest.approx([390_000, 0, 0])
    own = with_tables(bare, choice_limits=(limit(LimitKind.REVENUE, 1e6, of="marsh_council"),))
    assert amounts(own, {"falls_exercise": 0}) == pytest.approx([170_000])


def test_capital_moves_with_the_start(bare: Plan) -> None:
    plan = with_tables(bare, choice_limits=(limit(LimitKind.CAPITAL, 1e6),))
    both = {"shared_record": 0, "gp_hubs": 0}
    assert amounts(plan, both, {**both, "gp_hubs": 1}) == pytest.approx([5_500_000, 0])


def test_posts_of_a_group_are_those_of_all_employers_or_of_one(bare: Plan) -> None:
    choice = {"home_first": 0, "hospital_tobacco": 0}
    plan = with_tables(bare, choice_limits=(limit(LimitKind.STAFF, 10, of="nurses"),))
    assert amounts(plan, choice) == pytest.approx([44 + 5 + 4])
    one = with_tables(bare, choice_limits=(limit(LimitKind.STAFF, 10, of="weald_marsh_community/nurses"),))
    assert amounts(one, choice) == pytest.approx([44])


def test_leaders_time_runs_from_the_start_or_moves_with_it(bare: Plan) -> None:
    def hours(year: str) -> Plan:
        row = LeadershipHours(
            scheme="home_first", organisation="marsh_council", year=year, hours=100.0, source="scheme_cases"
        )
        return with_tables(bare, leadership_hours=(row,), choice_limits=(limit(LimitKind.HOURS, 10),))

    choices = ({"home_first": 0}, {"home_first": 1}, {"home_first": 2})
    assert amounts(hours(""), *choices) == [100, 100, 0]
    assert amounts(hours("2017/18"), *choices) == [0, 100, 0]


def test_a_share_of_nothing_is_kept(bare: Plan) -> None:
    plan = with_tables(bare, choice_limits=(limit(LimitKind.PREVENTION_SHARE, 0.2),))
    made, every = worked_out(plan)
    own = next(each for each in every if each.told.key.startswith("own"))
    assert not isinstance(own, FloorLimit)
    found = of_sets(made, {}, {"falls_exercise": 0}, {"home_first": 0})
    assert own.amounts(found).tolist() == [0, 1, 0]
    assert own.kept(found).tolist() == [True, True, False]
    assert (np.asarray(own.rule(found).uses) >= 0).tolist() == [True, True, False]


def test_how_much_worse_off_an_organisation_may_be(bare: Plan) -> None:
    """Falls classes cost the council 170,000 a year and bring it next to nothing."""
    row = limit(LimitKind.ORGANISATION, 1e5, of="marsh_council")
    worse = amounts(with_tables(bare, choice_limits=(row,)), {"falls_exercise": 0}, {})
    assert worse == pytest.approx([170_000, 0], abs=1_000)


def test_a_line_may_end_and_may_not_fall_below_its_least(bare: Plan) -> None:
    """The walk-in centre's night is ended by one scheme; a stroke unit that loses most of its care is too small."""
    rows = tuple(
        LeastVolume(line=line, units=units, why="invented", source="scheme_cases")
        for line, units in (("marsh_cm_walkin_night", 3000.0), ("marsh_mi_stroke_first", 400.0))
    )
    made, every = worked_out(with_tables(bare, least_volumes=rows))
    night, stroke = (
        next(each for each in every if line in each.told.key and each.told.year == "2020/21")
        for line in ("walkin_night", "stroke_first")
    )
    assert not isinstance(night, FloorLimit)
    assert not isinstance(stroke, FloorLimit)
    found = of_sets(made, {}, {"walk_in_night": 0}, {"stroke_first_days": 0})
    assert night.kept(found).tolist() == [True, True, True]
    ending = night.rule(found)
    assert (np.asarray(ending.uses) <= (ending.at_most or 0.0)).tolist() == [True, True, True]
    assert stroke.kept(found).tolist() == [True, True, False]
    rule = stroke.rule(found)
    assert (np.asarray(rule.uses) <= (rule.at_most or 0.0) + 1e-6).tolist() == [True, True, False]


def test_where_the_plan_states_none_what_has_been_found_is_the_limit(bare: Plan) -> None:
    """Of capital 4.2m is found by 2016/17; of the 31m and 4m of one site, 18.5m and 4m."""
    _, every = worked_out(bare)
    derived = {each.told.key: each.told for each in every if each.told.is_derived}
    assert derived["capital found/2017/18"].amount == pytest.approx((4.2 + 2.5 + 2.8 + 2.4 + 2.6) * 1e6)
    assert derived["posts found/marsh_council/care_workers/2017/18"].amount == 10
    assert all(told.bound == "at most" for told in derived.values())
    own = with_tables(bare, choice_limits=(limit(LimitKind.CAPITAL, 1e6), limit(LimitKind.STAFF, 9, of="nurses")))
    _, stated = worked_out(own)
    kinds = [(each.told.kind, each.told.of) for each in stated if each.told.is_derived]
    assert not any(kind == "capital" or of.startswith("Nurses") for kind, of in kinds)


def test_a_limit_without_a_year_holds_in_each_and_says_so(bare: Plan) -> None:
    plan = with_tables(bare, choice_limits=(limit(LimitKind.CAPITAL, 6e6, year=""),))
    _, every = worked_out(plan)
    names = [each.told.name for each in every if not each.told.is_derived]
    assert names == [f"The limit in {year}: at most £6.0m" for year in plan.years]
