"""Every range of a plan is a named input; drivers move several together; two plans share the draws they share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stress.another import another
from tripleaim.errors import Impossible, PlanProblems
from tripleaim.loading.read import read_plan
from tripleaim.plan import TABLES, Plan, canonical
from tripleaim.plan.assumptions import KNOWN, WIDE, assumption
from tripleaim.plan.describe import columns
from tripleaim.plan.source import Assumption
from tripleaim.plan.uncertainty import Family, Loading, Moves, Shape
from tripleaim.quantities import Range, certain
from tripleaim.stress.draws import central, draw, register
from tripleaim.stress.drivers import DEFAULTS, DRIVERS
from tripleaim.stress.idle import idle_assumptions
from tripleaim.stress.ranges import WORDS, fits
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import correlation_in_words, drivers_of, independent, uncertainties
from tripleaim.stress.uncertainty import Uncertainty

PLANS = Path(__file__).resolve().parents[2] / "plans"
WEALDSHIRE = "wealdshire_and_marsh"
S = {"source": "finance_leads"}
LEAVERS = "workforce/marsh_infirmary/nurses/leavers"
GROWTH = "activity/north_wr_emergency/growth"


@cache
def worked(name: str = WEALDSHIRE) -> Plan:
    """A worked plan that leaves drivers and shapes to the model."""
    plan = read_plan(PLANS / name)
    own = {field: getattr(plan, field) for field in Plan.model_fields}
    return Plan(**{**own, "drivers": (), "shapes": ()})


def changed(**tables: Any) -> Plan:
    plan = worked()
    return Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | tables)


def of(plan: Plan) -> dict[str, Uncertainty]:
    """The input each range of a plan is drawn by."""
    return {name: each for each in uncertainties(plan) for name in each.ranges}


def problems(**tables: Any) -> list[str]:
    with pytest.raises(PlanProblems) as caught:
        uncertainties(changed(**tables))
    return [f"{each.where}: {each.found}; expected {each.expected}" for each in caught.value.problems]


# --- names, labels, bounds ---


@pytest.mark.parametrize("name", sorted(each.name for each in PLANS.iterdir()))
def test_every_range_of_a_plan_with_width_is_drawn_by_one_input(name: str) -> None:
    plan = worked(name)
    idle = idle_assumptions(plan)
    known = {each.key for each in KNOWN} - idle
    expected = sum(
        not value.is_certain
        for form in TABLES
        for row in getattr(plan, form.name)
        for value in (getattr(row, column.field) for column in columns(form.noun) if column.is_range)
        if value is not None and (form.name != "assumptions" or row.key in known)
    )
    stated = {row.key for row in plan.assumptions}
    defaults = sum(not each.default.is_certain for each in (*KNOWN, *WIDE) if each.key not in stated | idle)
    found = uncertainties(plan)
    ranges = [name for each in found for name in each.ranges]
    assert len(ranges) == len(set(ranges)) == expected + defaults
    assert len({each.name for each in found}) == len(found)
    assert [each.name for each in found] == sorted(each.name for each in found)


def test_every_field_with_a_range_has_words_of_its_own() -> None:
    fields = {f"{form.name}/{column.field}" for form in TABLES for column in columns(form.noun) if column.is_range}
    assert set(WORDS) == fields - {"assumptions/value"}


def test_inputs_are_told_in_a_planners_words() -> None:
    found = of(worked())
    assert found[GROWTH].label == "growth of Emergency admissions, … (4 rows)"
    assert found[LEAVERS].label == "share of nurses who leave in a year, Marsh Infirmary"
    assert found["indices/pay/2016-17/change"].label == "change of pay prices in 2016/17"
    assert found["assumptions/council_interest/value"].label == "interest councils pay on borrowing"
    assert (
        found["effects/home_first.shorten.north_wr_emergency/effect"].label
        == "effect of Home First on Emergency admissions, … in those treated (5 rows)"
    )


def test_the_order_of_rows_changes_no_input() -> None:
    turned = changed(**{form.name: tuple(reversed(getattr(worked(), form.name))) for form in TABLES})
    assert uncertainties(turned) == uncertainties(worked())


def test_an_input_keeps_to_the_bounds_of_its_field_and_an_effect_to_those_of_its_kind() -> None:
    found = of(worked())
    assert (found[GROWTH].spread.at_least, found[GROWTH].spread.at_most) == (-0.25, 0.25)
    shorten = found["effects/home_first.shorten.north_wr_emergency/effect"].spread
    assert (shorten.at_least, shorten.at_most) == (-1, 1)
    inputs = uncertainties(worked())
    for row, each in zip(draw(inputs, Streams(1), 0, 2_000).values, inputs, strict=True):
        assert ((row >= each.spread.at_least) & (row <= each.spread.at_most)).all(), each.name


def test_a_certain_value_is_no_input() -> None:
    first, *others = worked().activity
    values = {field: getattr(first, field) for field in type(first).model_fields}
    plan = changed(activity=(type(first)(**{**values, "growth": certain(0.01)}), *others))
    assert set(of(worked())) - set(of(plan)) == {f"activity/{first.key}/growth"}


def test_model_wide_inputs_change_nothing_at_their_point_and_a_plan_may_replace_them() -> None:
    assert {each.key: each.default.point for each in WIDE} == {
        **dict.fromkeys(each.key for each in WIDE),
        "all_demand": 0,
        "all_inflation": 0,
        "all_allocations": 0,
        "all_delay": 0,
        "all_fidelity": 1,
        "all_occupancy": 0,
        "capital_optimism": 0,
    }
    own = Assumption(key="all_delay", name="Delay", value=Range(point=0.0, low=0.0, high=6.0), unit="months", **S)
    plan = changed(assumptions=(*worked().assumptions, own))
    assert assumption(plan, "all_delay").high == 6
    assert of(plan)["assumptions/all_delay/value"].spread.range.high == 6
    assert of(plan)["assumptions/all_delay/value"].source == "finance_leads"
    assert of(worked())["assumptions/all_delay/value"].source == "illustrative"
    without = changed(assumptions=(*worked().assumptions, another(own, value=certain(0.0))))
    assert "assumptions/all_delay/value" not in of(without)


def test_an_assumption_beyond_its_bounds_is_refused() -> None:
    own = Assumption(key="all_delay", name="Delay", value=Range(point=0.0, low=-6.0, high=6.0), unit="months", **S)
    (told,) = problems(assumptions=(own,))
    assert told == "assumptions.csv, row 2, value: -6 to 6; expected 0 to 120 (months)"


# --- judgements ---


def test_one_judgement_written_on_several_rows_is_one_input() -> None:
    """Home First reaches as many on each commissioner's line: if that is wrong, it is wrong everywhere at once."""
    found = of(worked())
    uptake = found["effects/home_first.shorten.north_wr_emergency/uptake"]
    assert uptake.name == "effects/home_first/shorten/uptake"
    assert uptake is found["effects/home_first.shorten.south_wr_emergency/uptake"]
    assert (
        uptake.label
        == f"share of those people reached by Home First, Emergency admissions, … ({len(uptake.ranges)} rows)"
    )


def test_rows_that_differ_in_range_are_two_judgements_whoever_says_so() -> None:
    one = "home_first.shorten.north_wr_emergency"

    def told(**new: Any) -> tuple[Uncertainty, Uncertainty]:
        effects = tuple(another(row, **new) if row.key == one else row for row in worked().effects)
        found = of(changed(effects=effects))
        return found[f"effects/{one}/uptake"], found["effects/home_first.shorten.south_wr_emergency/uptake"]

    first, other = told(uptake=Range(point=0.55, low=0.5, high=0.6))
    assert other.name == "effects/home_first/shorten/uptake"
    assert first.name == f"{other.name}/effects/{one}/uptake"
    first, other = told(source="finance_leads")
    assert first is other


def test_a_row_that_repeats_a_judgement_changes_no_draw() -> None:
    row = next(row for row in worked().effects if row.key == "home_first.shorten.north_wr_emergency")
    more = changed(effects=(*worked().effects, another(row, key="a.first", target="north_wr_elective")))
    a, b = draw(uncertainties(worked()), Streams(7), 0, 50), draw(uncertainties(more), Streams(7), 0, 50)
    assert a.names == b.names
    assert a.values.tobytes() == b.values.tobytes()


# --- shapes ---


def test_ranges_are_normal_unless_the_plan_gives_them_a_shape() -> None:
    assert {each.spread.family for each in uncertainties(worked())} == {Family.NORMAL}
    shapes = (
        Shape(inputs="effects/*/uptake", family=Family.PERT, **S),
        Shape(inputs="effects/home_first.shorten.north_wr_emergency/uptake", family=Family.BETA, **S),
    )
    narrowed = (Shape(inputs="effects/home_first.*/uptake", family=Family.PERT, **S), shapes[1])
    found = of(changed(shapes=narrowed))
    assert found["effects/home_first.shorten.south_wr_emergency/uptake"].spread.family is Family.PERT
    assert found["effects/home_first.shorten.north_wr_emergency/uptake"].spread.family is Family.BETA
    assert found[LEAVERS].spread.family is Family.NORMAL


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("all_delay", "write assumptions/all_delay/value, or delete the row"),
        ("workforce/marsh_infirmary/nurse/leavers", f"write {LEAVERS}, or delete the row"),
        ("zebra", "check the name against the tables, or delete the row"),
    ],
)
def test_a_row_that_fits_nothing_is_told_the_name_it_may_mean(written: str, meant: str) -> None:
    with pytest.raises(PlanProblems) as caught:
        uncertainties(changed(shapes=(Shape(inputs=written, family=Family.PERT, **S),)))
    assert [each.to_fix for each in caught.value.problems] == [meant]


def test_impossible_shapes_are_refused_all_at_once_with_what_would_do() -> None:
    told = problems(
        shapes=(
            Shape(inputs="effects/agency_ceiling.save.mh_agency/effect", family=Family.LOGNORMAL, **S),
            Shape(inputs="effects/no_such/uptake", family=Family.BETA, **S),
            Shape(inputs="workforce/*/leavers", family=Family.BETA, **S),
            Shape(inputs="workforce/marsh_infirmary/*", family=Family.BETA, **S),
        )
    )
    assert len(told) == 5
    assert told[0].startswith("shapes.csv, row 3, inputs: effects/no_such/uptake, which no uncertain number")
    assert told[1].startswith("shapes.csv, row 5, inputs: workforce/marsh_infirmary/*, which fits workforce/")
    assert told[2].startswith("shapes.csv, row 2, family: effects/agency_ceiling.save.mh_agency/effect: 0.16 (0.064 to")
    assert "a lognormal needs a high further from the point than its low" in told[2]
    assert told[4].startswith("shapes.csv, row 5, family: workforce/marsh_infirmary/nurses/joiners: 146 (134.3 to")


# --- drivers ---


def test_the_default_drivers_are_four_and_each_says_why() -> None:
    assert [each.key for each in DRIVERS] == ["workforce_market", "pay_award", "delivery", "winter"]
    assert all(each.why.startswith("judged") for each in DEFAULTS)
    assert {each.key for each in drivers_of(uncertainties(worked()))} == {each.key for each in DRIVERS}


def test_rows_of_the_plan_replace_a_driver_of_the_model_and_only_that() -> None:
    own = Loading(driver="workforce_market", inputs=LEAVERS, share=0.8, **S)
    before, after = of(worked()), of(changed(drivers=(own,)))
    assert [(pull.share, pull.driver.name) for pull in after[LEAVERS].pulls] == [(0.8, "The market for staff")]
    assert after["workforce/marsh_infirmary/nurses/joiners"].pulls == ()
    assert after[GROWTH].pulls == before[GROWTH].pulls != ()


def test_a_share_of_nought_takes_a_driver_out() -> None:
    out = Loading(driver="workforce_market", inputs="workforce/*", share=0.0, **S)
    assert "workforce_market" not in {each.key for each in drivers_of(uncertainties(changed(drivers=(out,))))}


def test_a_row_that_names_an_input_in_full_holds_against_a_pattern() -> None:
    rows = (
        Loading(driver="weather", inputs="activity/*/growth", share=0.1, name="The weather", **S),
        Loading(driver="weather", inputs=GROWTH, share=0.4, moves=Moves.DOWN, **S),
    )
    found = of(changed(drivers=rows))
    weather = {name: [p for p in each.pulls if p.driver.key == "weather"] for name, each in found.items()}
    assert [(p.share, p.direction, p.driver.name) for p in weather[GROWTH]] == [(0.4, -1, "The weather")]
    assert [(p.share, p.direction) for p in weather["activity/north_wr_ae/growth"]] == [(0.1, 1)]


def test_drivers_that_cannot_hold_together_are_refused_with_the_sum() -> None:
    (told,) = problems(drivers=(Loading(driver="brexit", inputs="workforce/*/leavers", share=0.6, **S),))
    assert told.startswith("drivers.csv, row 2, share: workforce/marsh_council/care_workers/leavers and 8 more: ")
    assert "0.6 (brexit) + 0.5 (workforce_market) = 1.1; expected shares of one input that add up to at most 1" in told


def test_rows_that_fit_nothing_or_fit_twice_are_refused() -> None:
    told = problems(
        drivers=(
            Loading(driver="a", inputs="workforce/*/levers", share=0.1, **S),
            Loading(driver="b", inputs="workforce/*/leavers", share=0.1, **S),
            Loading(driver="b", inputs="workforce/marsh_infirmary/nurses/*", share=0.1, **S),
        )
    )
    assert len(told) == 2
    assert told[0].startswith("drivers.csv, row 2, inputs: workforce/*/levers, which no uncertain number")
    assert f"which fits {LEAVERS} as row 3 of b does" in told[1]


def test_a_share_outside_0_to_1_stands_in_no_plan(tmp_path: Path) -> None:
    from loading.tiny import write_tiny

    rows = "driver,inputs,share,source\nweather,activity/*/growth,-0.3,guess\n"
    with pytest.raises(PlanProblems) as caught:
        read_plan(write_tiny(tmp_path / "tiny", {"drivers.csv": rows}))
    assert [(each.where, each.found) for each in caught.value.problems] == [("drivers.csv, row 2, share", "-0.3")]


def test_stars_stand_for_any_letters_and_nothing_else_is_special() -> None:
    assert fits("activity/*/growth", "activity/north_wr_ae/growth")
    assert fits("*", GROWTH)
    assert not fits("activity/*", "budgets/pay/growth")
    assert not fits("activity.north", "activity/north")
    assert not fits("activity/[a-z]*", "activity/north")


def test_inputs_are_as_correlated_as_their_shares_say() -> None:
    """Two inputs of one driver: the root of the product of shares, with the sign of the ways they go."""
    rows = (
        Loading(driver="workforce_market", inputs="workforce/*/leavers", share=0.6, **S),
        Loading(driver="workforce_market", inputs="workforce/*/joiners", share=0.3, moves=Moves.DOWN, **S),
    )
    names = [LEAVERS, "workforce/marsh_council/care_workers/leavers", "workforce/marsh_infirmary/nurses/joiners"]
    found = of(changed(drivers=rows))
    inputs = tuple(found[name] for name in names)
    drawn = draw(inputs, Streams(3), 0, 200_000)
    scores = np.argsort(np.argsort(drawn.values, axis=1), axis=1)
    ranks = np.corrcoef(scores)
    rank = lambda r: 6 / np.pi * np.arcsin(r / 2)  # noqa: E731 - rank correlation of a bivariate normal
    assert ranks[0, 1] == pytest.approx(rank(0.6), abs=0.01)
    assert ranks[0, 2] == pytest.approx(rank(-np.sqrt(0.6 * 0.3)), abs=0.01)


def test_drivers_leave_each_range_what_it_was() -> None:
    drawn = draw(uncertainties(worked()), Streams(5), 0, 40_000)
    for name in (LEAVERS, GROWTH, "schemes/back_office/delay"):
        wanted = of(worked())[name].spread.range
        p10, p50, p90 = np.quantile(drawn.of(of(worked())[name].name), (0.1, 0.5, 0.9))
        assert np.allclose([p10, p50, p90], [wanted.low, wanted.point, wanted.high], atol=0.025 * wanted.width)


def test_leaving_drivers_out_is_a_choice_the_result_names() -> None:
    inputs = uncertainties(worked())
    assert correlation_in_words(independent(inputs)).endswith("what moves them together is left out.")
    assert "The market for staff (" in correlation_in_words(inputs)
    rows = draw(independent(inputs), Streams(7), 0, 4_000)
    pair = [of(worked())[name].name for name in (LEAVERS, "workforce/marsh_council/care_workers/leavers")]
    both = np.corrcoef(*(rows.of(name) for name in pair))[0, 1]
    assert abs(both) < 0.06


# --- draws ---


def test_the_central_draw_takes_every_stated_point() -> None:
    inputs = uncertainties(worked())
    points = [each.spread.range.point for each in inputs]
    assert central(inputs).values[:, 0].tolist() == points

    class Middle:
        def uniforms(self, names: Any, first: int, count: int) -> np.ndarray:
            return np.full((len(names), count), 0.5)

    assert draw(inputs, Middle(), 0, 1).values[:, 0].tolist() == points


@pytest.mark.parametrize("sampled", ["streams", "sobol"])
def test_chunks_of_any_size_give_the_same_bits(sampled: str) -> None:
    inputs = uncertainties(worked())
    sampler = Streams(7) if sampled == "streams" else Sobol(seed=7, draws=64, register=register(inputs))
    whole = draw(inputs, sampler, 0, 64).values
    for size in (1, 37):
        parts = [draw(inputs, sampler, first, min(size, 64 - first)).values for first in range(0, 64, size)]
        assert np.concatenate(parts, axis=1).tobytes() == whole.tobytes()


def test_two_plans_share_the_draws_of_what_they_share() -> None:
    """A scheme taken out, another's range moved: every other input has the same values, draw by draw."""
    plan = worked()
    gone, moved = "falls_exercise", "effects/home_first/shorten/uptake"
    effects = tuple(
        another(row, uptake=Range(point=0.55, low=0.5, high=0.6))
        if (row.scheme, row.kind) == ("home_first", "shorten")
        else row
        for row in plan.effects
        if row.scheme != gone
    )
    other = changed(
        schemes=tuple(row for row in plan.schemes if row.key != gone),
        effects=effects,
        costs=tuple(row for row in plan.costs if row.scheme != gone),
    )
    a, b = draw(uncertainties(plan), Streams(7), 0, 500), draw(uncertainties(other), Streams(7), 0, 500)
    assert set(b.names) < set(a.names)
    for name in b.names:
        if name != moved:
            assert a.of(name).tobytes() == b.of(name).tobytes(), name
    assert (np.diff(a.of(moved)[np.argsort(b.of(moved))]) >= 0).all(), "the same scores in another range"


def test_sobol_draws_are_shared_too_where_one_register_serves_both_plans() -> None:
    plan = worked()
    fewer = changed(effects=tuple(row for row in plan.effects if row.scheme != "falls_exercise"))
    before = register(uncertainties(fewer))
    after = register(uncertainties(plan), before)
    assert after.names[: len(before.names)] == before.names
    assert before.names[0].startswith("driver/")
    a = draw(uncertainties(plan), Sobol(seed=7, draws=64, register=after), 0, 64)
    b = draw(uncertainties(fewer), Sobol(seed=7, draws=64, register=before), 0, 64)
    assert all(a.of(name).tobytes() == b.of(name).tobytes() for name in b.names)


def test_no_draws_are_refused() -> None:
    with pytest.raises(Impossible, match="at least one draw"):
        draw(uncertainties(worked()), Streams(7), 0, 0)


# --- the plan's form ---


def test_the_invented_plan_has_a_driver_and_a_shape_of_its_own() -> None:
    plan = read_plan(PLANS / WEALDSHIRE)
    assert "summer_visitors" in {each.key for each in drivers_of(uncertainties(plan))}
    assert Family.BETA in {each.spread.family for each in uncertainties(plan)}


def test_a_plan_that_says_nothing_of_drivers_or_shapes_keeps_its_fingerprint() -> None:
    assert '"drivers"' not in canonical(worked())
    assert '"shapes"' not in canonical(worked())
    row = Loading(driver="weather", inputs=GROWTH, share=0.1, **S)
    assert changed(drivers=(row,)).fingerprint != worked().fingerprint
    assert changed(shapes=(Shape(inputs=GROWTH, family=Family.PERT, **S),)).fingerprint != worked().fingerprint
