"""What schemes bring, use and lose, held to figures of the plan and to the plan with that choice."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from portfolio.some_schemes import some_schemes, with_scheme
from tripleaim.plan import Plan
from tripleaim.plan.scheme import CostKind, SchemeCost
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.candidates import as_found, candidates
from tripleaim.portfolio.cuts import losses, without
from tripleaim.portfolio.estimates import MONEY, Estimates, estimates
from tripleaim.portfolio.facts import Used, used
from tripleaim.portfolio.model import Model, model
from tripleaim.portfolio.options import options, with_choice
from tripleaim.portfolio.reading import Reading
from tripleaim.portfolio.score import Score
from tripleaim.portfolio.scoring import scores, worst_tenth
from tripleaim.portfolio.solver import Menu, worths
from tripleaim.portfolio.triangles import triangles
from tripleaim.projection.project import run_cases
from tripleaim.projection.worlds import SMOOTH, worlds
from tripleaim.stress.response import Floats

DRAWS = 3
BOTH = {"home_first": 0, "falls_exercise": 0}
HUBS = {"shared_record": 0, "gp_hubs": 0, "falls_exercise": 0}


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Four schemes; falls classes are also set up for 1m, and their capital of 3m and 4m is paid in one year."""
    whole = some_schemes("shared_record", "gp_hubs", "falls_exercise", "home_first")
    kinds = (("setup", CostKind.SETUP, 1e6), ("hall", CostKind.CAPITAL, 3e6), ("kit", CostKind.CAPITAL, 4e6))
    added = (
        SchemeCost(
            key=f"falls_exercise.{key}",
            scheme="falls_exercise",
            kind=kind,
            organisation="marsh_council",
            year="2017/18",
            amount=amount,
            funded=amount if kind is CostKind.CAPITAL else 0.0,
            source="scheme_cases",
        )
        for key, kind, amount in kinds
    )
    return with_tables(whole, costs=(*whole.costs, *added))


@pytest.fixture(scope="module")
def made(plan: Plan) -> Model:
    return model(plan, DRAWS, 1, fast=False)


@pytest.fixture(scope="module")
def own(made: Model) -> Used:
    return used(made)


@pytest.fixture(scope="module")
def both(made: Model, own: Used) -> Score:
    return scores(made, own, [BOTH])[0][0]


@pytest.fixture(scope="module")
def alone(made: Model) -> Estimates:
    return estimates(made, made.whole.keys(BOTH), DRAWS)


def test_what_is_paid_once_and_for_capital_is_what_the_plan_says(made: Model, own: Used) -> None:
    score = scores(made, own, [{"falls_exercise": 0}])[0][0]
    assert score.one_off == pytest.approx(1e6)
    assert score.capital == pytest.approx((0, 7e6, 0, 0, 0))
    assert score.revenue == pytest.approx((0, 1.39e6, 390_000, 390_000, 390_000))


def test_the_worst_year_of_an_organisation_is_that_in_which_it_is_furthest_behind(plan: Plan, both: Score) -> None:
    run = run_cases(with_choice(plan, BOTH))
    position = run.recurrent + run.one_off
    change = position[..., run.cases.at("hoped")] - position[..., run.cases.at("funding_growth")]
    for each in both.organisations:
        by_year = change[run.axes.nodes.index(each.key), 1 : run.axes.last + 1]
        assert each.worst == pytest.approx(by_year.min(), abs=1e-3)
        assert by_year[plan.years.index(each.worst_year)] == pytest.approx(each.worst, abs=1e-3)


def test_with_only_the_posts_and_capital_found_a_set_comes_to_what_the_plan_does(plan: Plan, both: Score) -> None:
    run = run_cases(with_choice(plan, BOTH))
    assert both.short_found == pytest.approx(float(run.short("resourced")[run.axes.last]), abs=1.0)
    members, years = slice(run.axes.members), slice(1, run.axes.last + 1)
    paid = -run.one_off[members, years].sum(axis=(0, 1))
    once = paid[run.cases.at("resourced")] - paid[run.cases.at("funding_growth")]
    nothing = float(run.short("funding_growth")[run.axes.last])
    assert both.closed_found == pytest.approx(nothing - both.short_found - once / 5, abs=1.0)
    assert both.closed_found > both.closed_point + 10_000  # what is not found for a scheme is not spent on it either


def test_a_set_that_brings_indicators_nearer_widens_none_of_them(both: Score) -> None:
    assert both.health.closed.mean > 0
    assert both.health.widened == both.care.widened == ()


def test_a_place_has_its_share_of_what_care_costs_less(both: Score) -> None:
    assert sum(each.benefit for each in both.places) > 0
    assert sum(each.share for each in both.places) == pytest.approx(1)


def test_schemes_that_cannot_stand_together_break_a_set(plan: Plan) -> None:
    apart = with_scheme(plan, "home_first", excludes=("falls_exercise",))
    made = model(apart, 1, 1, fast=False)
    found = candidates(made, used(made), [as_found("both", BOTH)], (), options(apart))
    assert found[0].broken == ("Home First cannot stand beside Strength and balance classes",)


def test_with_a_scheme_go_those_that_need_it_and_those_that_need_these(plan: Plan) -> None:
    chain = {"shared_record": (), "gp_hubs": ("shared_record",), "home_first": ("gp_hubs",), "falls_exercise": ()}
    linked = [type(row)(**{**dict(row), "needs": chain[row.key]}) for row in plan.schemes]
    whole = with_tables(plan, schemes=tuple(linked))
    assert without(whole, dict.fromkeys(chain, 0), "shared_record") == {"falls_exercise": 0}


def test_a_cut_loses_what_the_set_closes_more_than_the_set_without_it(made: Model, own: Used) -> None:
    found = {each.scheme: each for each in losses(made, own, HUBS, is_pressure=False)}
    assert set(found) == set(HUBS)
    assert found["shared_record"].along == ("General practice hubs in six towns",)
    assert found["falls_exercise"].along == ()
    assert found["falls_exercise"].spending == pytest.approx((0, 1.39e6, 390_000, 390_000, 390_000))
    assert found["falls_exercise"].capital == pytest.approx(7e6)
    whole, rest, falls = made.each([HUBS, {"shared_record": 0, "gp_hubs": 0}, {"falls_exercise": 0}]).swapaxes(0, 1)
    for key, left in (("falls_exercise", rest), ("shared_record", falls)):
        closed = made.reading.closed(whole, left).mean()
        out = set(made.whole.keys(HUBS)) - set(made.whole.keys(without(made.plan, HUBS, key)))
        gone = sum(float(own.once[own.keys.index(way), :, 0].sum()) for way in out)
        assert found[key].money == pytest.approx(float(closed) + gone / 5)
        assert found[key].spending[0] == 0
        worse = worst_tenth(made.reading.short(left)) - worst_tenth(made.reading.short(whole))
        assert found[key].worst_tenth == pytest.approx(float(worse))
    assert losses(made, own, HUBS, is_pressure=True)[0].chance is None


@dataclass(frozen=True, kw_only=True)
class Richer(Reading):
    """The same place with more money in the last year."""

    more: float

    def short(self, numbers: Floats) -> Floats:
        return np.asarray(numbers[0] - self.more)


def test_a_cut_of_what_closes_the_gap_makes_balance_less_likely(made: Model, own: Used) -> None:
    """With Home First the place has just enough in the draw that needs the most."""
    with_it, without_it = made.each([BOTH, {"falls_exercise": 0}]).swapaxes(0, 1)
    more = float(with_it[0].max())
    rich = replace(made, reading=Richer(**vars(made.reading), more=more))
    lost = {each.scheme: each.chance for each in losses(rich, own, BOTH, is_pressure=False)}["home_first"]
    assert lost == pytest.approx(float((without_it[0] > more).mean()))
    assert lost > 0


def test_an_option_alone_is_what_the_set_of_it_alone_scores(made: Model, own: Used, alone: Estimates) -> None:
    for key, value in zip(alone.ways, alone.alone[MONEY], strict=True):
        score = scores(made, own, [{made.whole.by_key[key].scheme: 0}])[0][0]
        assert score.closed.mean == pytest.approx(float(value))


def test_an_overlap_is_what_two_bring_together_less_what_each_brings(made: Model, alone: Estimates) -> None:
    """Both keep the same people out of the same beds, so together they bring less than one and the other."""
    one, other = alone.ways
    asked = worlds(made.whole.axes, [(), (one,), (other,), (one, other)])
    found = made.answers(asked, made.drawn, smooth=True)
    nothing, *rest = (found[:, n] for n in range(4))
    first, second, together = (float(made.reading.closed(each, nothing).mean()) for each in rest)
    assert alone.pairs[MONEY] == {(one, other): pytest.approx(together - first - second)}
    assert together < first + second
    half = alone.together({MONEY: 0.5})
    assert half.overlaps[one, other] == pytest.approx(alone.pairs[MONEY][one, other] / 2)
    np.testing.assert_allclose(half.value, alone.alone[MONEY] / 2)


def test_the_search_sees_the_position_of_the_last_year_in_every_draw(made: Model, alone: Estimates) -> None:
    menu = Menu(options=alone.ways)
    short = made.reading.short(made.each([{}, {"home_first": 0}]))
    np.testing.assert_allclose(worths(menu, alone.outlook(), ()), -short[0])
    home = next(key for key in alone.ways if made.whole.by_key[key].scheme == "home_first")
    np.testing.assert_allclose(worths(menu, alone.outlook(), (home,)), -short[1])


def test_starts_of_one_scheme_are_no_pair(made: Model) -> None:
    ways = [way.key for way in made.whole.ways if way.scheme == "falls_exercise"]
    assert len(ways) > 1
    assert estimates(made, ways, 1).pairs[MONEY] == {}


def test_a_triangle_is_benefit_for_each_use_reached_against_cost(plan: Plan, made: Model) -> None:
    """Falls classes: five lines of emergency care, 5.5 % of it theirs, 12 % of these reached; 0.39m a year, and 1m once
    over five years; capital of its own bears a charge beside that.
    """
    found = {each.scheme: each for each in triangles(made, ["falls_exercise"])}
    falls = found["falls_exercise"]
    run = made.at_points(worlds(made.whole.axes, [()]))
    lines = [row.target for row in plan.effects if row.scheme == "falls_exercise" and row.target in run.axes.lines]
    uses = sum(float(run.given.units[run.axes.lines.index(line), run.axes.last, 0]) for line in lines)
    assert (len(lines), falls.is_chosen, found["home_first"].is_chosen) == (5, True, False)
    assert falls.reached == pytest.approx(uses * 0.055 * 0.12)
    assert falls.benefit_each == pytest.approx(falls.benefit / falls.reached)
    alone = made.at_points(worlds(made.whole.axes, [(), ("falls_exercise",)]), SMOOTH)
    nothing, numbers = made.reading.read(alone).T
    assert falls.benefit - falls.cost == pytest.approx(float(made.reading.closed(numbers, nothing)))
    assert falls.cost == pytest.approx(390_000 + 1e6 / 5 + charge(made), abs=1.0)


def charge(made: Model) -> float:
    """Yearly charge of capital of falls classes in the last year, GBP."""
    run = made.at_points(worlds(made.whole.axes, [(), ("falls_exercise",)]))
    kinds = ("return on capital", "depreciation", "repayment and interest")
    flows = [amount[run.axes.last] for (kind, _, _, _), amount in run.ledger.flows.items() if kind in kinds]
    return float(sum(each[1] - each[0] for each in flows))
