"""When it fails, and what must be true: known answers of formulas, and a worked plan in words."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace

import numpy as np
import pytest

from stress.formula import Formula, formula, smallest, uncertain
from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.stress.bars import Bar, bars
from tripleaim.stress.draws import draw
from tripleaim.stress.engine import engine
from tripleaim.stress.factors import factors_of
from tripleaim.stress.headlines import Output
from tripleaim.stress.outside.known import known_effects
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.why import Known, Why, question, why, why_in_words
from tripleaim.stress.why.against import against
from tripleaim.stress.why.against_words import against_in_words
from tripleaim.stress.why.failure import Sought, failure, what_is_sought
from tripleaim.stress.why.must_be_true import common_draws, common_scores, must_be, must_be_of_driver, together
from tripleaim.stress.why.pairs import pair, strongest_pair
from tripleaim.stress.why.record import asked_about
from tripleaim.stress.why.variance import Share, ShareInterval
from tripleaim.stress.why.words import amount, condition_in_words, failure_in_words, must_be_in_words

A, B = uncertain("schemes/a/delay"), uncertain("b", side=2.0)


# --- when it fails ---


def test_failure_is_told_by_the_limits_of_the_numbers_that_make_it() -> None:
    """It is short where uptake is below 42% and pay rises by 2.4% a year or more, and nowhere else."""
    uptake = uncertain("effects/hubs/avoid/uptake", point=0.45, side=0.1, unit="fraction")
    pay = uncertain("indices/pay/2016-17/change", point=0.024, side=0.01, unit="fraction a year")
    idle = [uncertain(f"idle_{n}") for n in range(4)]
    found = formula([*idle, uptake, pay], lambda x: np.where((x[4] < 0.42) & (x[5] >= 0.024), 1e6, -1e6))
    told = failure(found, factors_of(found.inputs), seed=1, is_pressure=False)
    (box,) = told.boxes
    limits = {each.name: each for each in box.conditions}
    assert set(limits) == {uptake.name, pay.name}
    assert limits[uptake.name].below == pytest.approx(0.42, abs=0.002)
    assert limits[pay.name].at_least == pytest.approx(0.024, abs=0.0003)
    assert (limits[uptake.name].at_least, limits[pay.name].below) == (None, None)
    assert (box.coverage, box.density) == (pytest.approx(1, abs=0.05), pytest.approx(1, abs=0.05))
    assert all(each.found_again == 1 for each in box.conditions)
    assert sorted(map(condition_in_words, box.conditions)) == [
        "number effects/hubs/avoid/uptake is below 42.1%",
        "number indices/pay/2016-17/change is 2.42% a year or more",
    ]
    asked = question(smallest())
    assert "are short, against" in failure_in_words(told, asked)[1]
    assert sum(end.mass for end in told.ends) == pytest.approx(1)
    assert sum(end.coverage for end in told.ends) == pytest.approx(1)


def test_the_printed_box_is_the_box() -> None:
    """Put back as they are printed, the limits hold as many draws as is told, and as many of them fail."""
    growth = uncertain("growth", side=0.005, unit="fraction a year")
    prices = uncertain("prices", point=0.0004, side=0.004, unit="fraction a year")
    found = formula([growth, prices], lambda x: np.where((x[0] < 0.0007) & (x[1] >= -0.00058), 1e6, -1e6))
    told = failure(found, factors_of(found.inputs), seed=1, is_pressure=False, draws=4096)
    (box,) = told.boxes
    values = dict(zip(("growth", "prices"), draw(found.inputs, Streams(1), 0, 4096).values, strict=True))
    inside = np.ones(4096, dtype=bool)
    for each in box.conditions:
        (printed,) = re.findall(r"[−\d.]+(?=%)", condition_in_words(each))
        limit = float(printed.replace("−", "-")) / 100
        inside &= values[each.name] < limit if each.below is not None else values[each.name] >= limit
    fails = (values["growth"] < 0.0007) & (values["prices"] >= -0.00058)
    assert box.density == pytest.approx(fails[inside].mean(), abs=1e-9)
    assert box.coverage == pytest.approx(fails[inside].sum() / fails.sum(), abs=1e-9)
    assert box.density > 0.95


def test_a_driver_that_makes_it_fail_is_named_as_such() -> None:
    """a and b are the weather and nothing else, so the weather alone tells."""
    inputs = [uncertain("a", driver="weather", share=1.0), uncertain("c")]
    found = formula(inputs, lambda x: np.where(x[0] > 1.0, 1e6, -1e6))
    searched = [each for each in factors_of(inputs) if each.is_driver or each.name == "c"]
    (box,) = failure(found, searched, seed=1, is_pressure=False).boxes
    (condition,) = box.conditions
    assert condition.name == "driver/weather"
    assert condition.at_least == pytest.approx(0.9, abs=0.01)
    assert condition_in_words(condition) == "“the weather” is among the highest 10% of what is likely"


def test_no_box_asks_for_more_than_can_be_kept_in_mind() -> None:
    """Eight numbers of the same weight: the search limits more of them than four."""
    found = formula([uncertain(f"{n}") for n in range(8)], lambda x: x.sum(axis=0))
    told = failure(found, factors_of(found.inputs), seed=1, is_pressure=True)
    assert all(1 <= len(box.conditions) <= 4 for box in told.boxes)
    for box in told.boxes:
        assert box.density >= 1.5 * told.share
        assert box.density * box.mass == pytest.approx(box.coverage * told.share)


def test_where_chance_alone_decides_no_condition_is_told() -> None:
    inputs = [uncertain("idle"), uncertain("hidden")]
    found = formula(inputs, lambda x: np.where(np.sin(1e6 * x[1]) > 0.5, 1e6, -1e6))
    told = failure(found, factors_of(inputs)[:1], seed=1, is_pressure=False)
    assert told.boxes == ()
    assert "come about in many ways" in failure_in_words(told, question(smallest()))[1]


@pytest.mark.parametrize(
    ("short", "sought"), [(0.01, Sought.WORST), (0.3, Sought.SHORT), (0.8, Sought.BALANCE), (0.99, Sought.WORST)]
)
def test_the_rarer_side_of_balance_is_searched_unless_it_is_too_rare(short: float, sought: Sought) -> None:
    figures = np.where(np.arange(1000) < 1000 * short, 1e6, -1e6) + np.arange(1000)
    found, above, hit = what_is_sought(figures, is_pressure=False)
    assert found is sought
    assert hit.mean() == pytest.approx({Sought.SHORT: short, Sought.BALANCE: 1 - short, Sought.WORST: 0.2}[sought])
    assert (figures > above).mean() == pytest.approx(0.2 if sought is Sought.WORST else short)


# --- what must be true ---


def test_the_middle_draw_balances_where_the_formula_says() -> None:
    """Short by 6 − 2 a + b, b around nought: the middle draw balances at a = 3, and above."""
    found = formula([A, B], lambda x: 6 - 2 * x[0] + x[1])
    told = must_be(found, common_draws(found.inputs, seed=1), A.name)
    assert told.value == pytest.approx(3, abs=0.02)
    assert (told.verdict, told.holds_above, told.is_inside, told.met_at_point) == ("at some values", True, False, False)
    assert told.spreads == pytest.approx(3 * 1.2815516, abs=0.03)
    assert told.chance == pytest.approx(1 - 0.99994, abs=1e-4)
    assert must_be_in_words(told) == (
        "Number schemes/a/delay: at least 3 months, as in under 0.1% of draws. The plan has 0 months (−1 to 1 months), "
        "so that is outside its own range."
    )


def test_a_value_far_out_is_told_as_rare_and_not_as_impossible() -> None:
    """An effect of 0 to 2% would have to be 90%, a hundred standard deviations away."""
    effect = uncertain("effects/teams/avoid/effect", point=0.01, side=0.01, unit="fraction", at_least=-1, at_most=1)
    far = must_be(formula([effect], lambda x: 9e5 - 1e6 * x[0]), common_draws([effect], seed=1), effect.name)
    assert far.value == pytest.approx(0.9)
    assert far.chance is not None
    assert 0 < far.chance < 1e-9
    assert "as in under 0.1% of draws" in must_be_in_words(far)


def test_more_of_what_costs_has_to_stay_below_a_value() -> None:
    found = formula([A, B], lambda x: x[0] + x[1] - 0.5)
    told = must_be(found, common_draws(found.inputs, seed=1), A.name)
    assert told.value == pytest.approx(0.5, abs=0.02)
    assert (told.holds_above, told.is_inside, told.met_at_point) == (False, True, True)
    assert told.chance == pytest.approx(0.739, abs=0.01)


def test_no_value_and_every_value_are_verdicts() -> None:
    values = common_draws([A, B], seed=1)
    assert must_be(formula([A, B], lambda x: 100 - x[0]), values, A.name).verdict == "never"
    assert must_be(formula([A, B], lambda x: x[0] - 100), values, A.name).verdict == "always"
    assert must_be(formula([A, B], lambda x: 100 - x[0]), values, A.name, target=98.0).value == pytest.approx(
        2, abs=0.1
    )


def test_a_value_beyond_the_bounds_of_its_field_is_never_tried() -> None:
    bounded = uncertain("share", point=0.5, side=0.2, at_least=0.0, at_most=1.0)
    tried: list[float] = []

    def answer(x: np.ndarray) -> np.ndarray:
        tried.append(float(x[0, 0]))
        return 2 - x[0]

    found = formula([bounded], answer)
    told = must_be(found, common_draws(found.inputs, seed=1), "share")
    assert (told.verdict, told.searched) == ("never", (0.0, 1.0))
    assert 0 <= min(tried) < max(tried) <= 1


AVOID = uncertain("effects/teams/avoid/effect", point=0.3, side=0.1, unit="fraction", at_least=-1, at_most=1)
STUDIED = Known(
    point=0.02,
    low=-0.05,
    high=0.08,
    most=0.1,
    ref="I002",
    of="emergency admissions",
    others=0.02,
    share=0.1,
    pace=0.01,
    pace_years=5,
    pace_ref="I011",
)
"""Of those treated 2% less is expected; each whole unit of the effect takes 10% off all emergency admissions."""


def test_those_treated_are_held_against_those_treated_and_the_area_against_areas() -> None:
    """Short by 6 − 10 a, so a = 0.6: all admissions fall by 2% + 6%, 1.65% a year against the best of 1%."""
    found = formula([AVOID, B], lambda x: 6 - 10 * x[0] + 0.001 * x[1])
    told = must_be(found, common_draws(found.inputs, seed=1), AVOID.name, known=STUDIED, years=5)
    seen = told.against
    assert seen is not None
    assert seen.value == told.value == pytest.approx(0.6, abs=0.001)
    assert seen.spreads == pytest.approx(1.2815516 * 0.58 / 0.06, rel=0.01)
    assert seen.times_most == pytest.approx(6, rel=0.01)
    assert seen.fall == pytest.approx(0.08, abs=0.0002)
    assert seen.times_best == pytest.approx((1 - 0.92 ** (1 / 5)) / 0.01, rel=0.01)
    assert seen.years_at_best == pytest.approx(math.log(0.92) / math.log(0.99), rel=0.01)
    assert seen.years_faster == pytest.approx(math.log(0.92) / math.log(0.99) - 5, rel=0.02)
    assert against_in_words(told, seen) == (
        "Evidence expects 2% (−5% to 8% in eight cases of ten; I002); this is 12.4 standard deviations above that, and "
        "6.0 times the most any study found. With the plan’s other schemes emergency admissions would fall by 8.0%, "
        "1.7 times as fast as the best kept up anywhere (1.0% a year for 5 years; I011); at that pace it takes 8.3 "
        "years, 3.3 more than the plan has."
    )


def test_an_effect_is_sought_up_to_all_care_avoided_and_no_further() -> None:
    """Even 100% leaves it short: that is said, and 100% is what is held against evidence."""
    found = formula([AVOID, B], lambda x: 60 - 10 * x[0] + 0.001 * x[1])
    told = must_be(found, common_draws(found.inputs, seed=1), AVOID.name, known=STUDIED, years=5)
    assert (told.verdict, told.value, told.searched[1]) == ("never", None, 1.0)
    assert told.against is not None
    assert (told.against.value, told.against.is_enough) == (1.0, False)
    assert told.against.fall == pytest.approx(0.12)
    said = against_in_words(told, told.against)
    assert said.startswith("not even 100% is enough. Evidence expects 2%")
    assert "; even 100% would be 20.9 standard deviations above that" in said
    assert said.endswith("more than the plan has, and that is still not enough.")
    assert must_be_in_words(told).endswith(f"N{said[1:]}")


def test_what_studies_of_areas_found_is_held_against_the_effect_on_the_area() -> None:
    known = replace(STUDIED, measured="area", point=0.0, low=-0.05, high=0.05)
    found = against(0.6, known, years=5)
    assert found.measured == pytest.approx(0.06)
    assert found.spreads == pytest.approx(1.2815516 * 0.06 / 0.05)
    assert found.times_most == pytest.approx(0.6)


def test_the_productivity_of_one_service_does_not_say_how_far_organisations_differ() -> None:
    known = replace(STUDIED, measured="pace", point=0.014, low=0.011, high=0.016, most=None)
    found = against(0.6, known, years=5)
    assert found.measured == pytest.approx(1 - 0.92 ** (1 / 5))
    assert (found.spreads, found.times_most) == (None, None)


def test_where_nobody_has_shown_the_best_no_pace_is_told() -> None:
    found = against(0.6, replace(STUDIED, pace=None), years=5)
    assert (found.times_best, found.years_at_best, found.years_faster) == (None, None, None)
    assert against(0.6, Known(point=1.0, low=0.0, high=2.0), years=5).fall is None


def test_the_strongest_effects_of_schemes_are_always_asked_about() -> None:
    """Though a dozen other numbers move the figure more; and three that studies measured, which a pace is not."""
    effects = [f"effects/{n}/avoid/effect" for n in range(9)]
    bars_found = [
        Bar(name=name, label=name, unit="fraction", low=0, high=1, at_point=0, at_low=0, at_high=-1 - n)
        for n, name in enumerate(["effects/0/avoid/uptake", *effects])
    ]
    known = dict.fromkeys(effects[4:], STUDIED) | {effects[3]: replace(STUDIED, measured="pace")}
    found = asked_about([f"growth_{n}" for n in range(12)], bars_found, known)
    assert found == [*(f"growth_{n}" for n in range(8)), *effects[:3], *effects[4:7]]
    assert asked_about([effects[0]], bars_found, {}) == effects[:3]


def test_the_claim_of_the_care_teams_is_far_from_evidence_though_not_from_the_pace_of_areas(plan: Plan) -> None:
    """At the value that saves £10m more, all three distances are told, and none is of more than all admissions."""
    inputs = uncertainties(plan)
    name, years = "effects/integrated_care_teams/avoid/effect", 5
    asked = engine(plan, inputs).only([question(plan).output])
    values = common_draws(inputs, seed=1, draws=128)
    middle = float(np.median(asked(values)[0]))
    known = known_effects(plan, [each for each in inputs if each.name == name])[name]
    seen = must_be(asked, values, name, target=middle - 10e6, known=known, years=years).against
    assert seen is not None
    assert None not in (seen.spreads, seen.times_best, seen.years_faster, seen.fall)
    assert (seen.spreads or 0) > 5
    assert 0 < (seen.fall or 0) < 1
    assert (seen.times_best or 0) > 0.7  # with the plan's other schemes, as in the outside view


def test_a_driver_has_to_stand_so_far_up_what_is_likely() -> None:
    """Short by 1 − a, and all of a is the weather: a = 1, its 90th percentile, or above."""
    inputs = [uncertain("a", driver="weather", share=1.0), uncertain("b")]
    found = formula(inputs, lambda x: 1 - x[0] + 0.1 * x[1])
    told = must_be_of_driver(found, common_scores(inputs, seed=1), factors_of(inputs)[0])
    assert told.value == pytest.approx(0.9, abs=0.002)
    assert told.chance == pytest.approx(0.1, abs=0.002)
    assert told.spreads == pytest.approx(1.2815516, abs=0.01)
    assert (told.name, told.holds_above) == ("driver/weather", True)
    assert must_be_in_words(told) == "The weather: among the highest 10% of what is likely."


def test_a_driver_can_be_asked_about_by_name() -> None:
    inputs = [uncertain("a", driver="weather", share=1.0), uncertain("b")]
    found = formula(inputs, lambda x: 1 - x[0] + 0.1 * x[1])
    told = why(found, question(smallest()), names=["driver/weather", "b"], draws=64, searched=512)
    assert [each.name for each in told.must_be] == ["driver/weather", "b"]


def test_all_together_go_to_their_own_better_side() -> None:
    """Short by 4 + a − b: with both at the same share of their better sides, −z·1/1.28 − z·2/1.28 = −4."""
    found = formula([A, B], lambda x: 4 + x[0] - x[1])
    told = together(found, common_draws(found.inputs, seed=1), ["b", A.name], bars(found))
    by_hand = 0.5 * (1 + math.erf(1.2815516 * 4 / 3 / math.sqrt(2)))
    assert told.better_than == pytest.approx(by_hand, abs=0.001)
    assert told.middle_at_best == pytest.approx(4 - 3 * 2.3263479 / 1.2815516, abs=0.01)
    assert together(found, common_draws(found.inputs, seed=1), [A.name], bars(found)).verdict == "never"


def test_a_name_that_is_no_number_of_the_plan_is_refused() -> None:
    found = formula([A, B], lambda x: x[0])
    with pytest.raises(Impossible, match="pay is no uncertain number of the plan"):
        why(found, question(smallest()), names=["pay"], draws=64, searched=512)
    with pytest.raises(Impossible, match="two different numbers"):
        pair(found, common_draws(found.inputs, seed=1), ("b", "b"), enough=0, is_pressure=False)


# --- two together ---


def test_the_map_is_the_formula_at_every_pair() -> None:
    found = formula([A, B, uncertain("c")], lambda x: 1 + x[0] - x[1] + x[2])
    told = pair(found, common_draws(found.inputs, seed=1), (A.name, "b"), enough=0, is_pressure=False)
    by_hand = 1 + np.array(told.down.values)[:, None] - np.array(told.across.values)
    assert np.array(told.middle) == pytest.approx(by_hand, abs=0.01)
    chance = [[0.5 * (1 - math.erf(cell * 1.2815516 / math.sqrt(2))) for cell in row] for row in by_hand]
    assert np.array(told.balanced) == pytest.approx(np.array(chance), abs=0.01)
    assert (told.down.own, told.across.own) == (3, 3)
    assert told.down.values[3] == pytest.approx(0)
    assert pair(found, common_draws(found.inputs, 1), (A.name, "b"), enough=0, is_pressure=True).balanced == ()


def test_the_map_takes_what_the_place_decides_before_what_it_does_not() -> None:
    def share(name: str, value: float) -> Share:
        told = ShareInterval(value=value, low=value, high=value)
        return Share(name=name, label=name, first=told, total=told)

    inputs = [A, B, uncertain("schemes/c/ramp")]
    strongest = [share("driver/weather", 0.5), share("b", 0.3), share("schemes/c/ramp", 0.15), share(A.name, 0.05)]
    assert strongest_pair(inputs, strongest) == ("schemes/c/ramp", A.name)
    assert strongest_pair(inputs, strongest[:3]) == ("schemes/c/ramp", "b")
    assert strongest_pair(inputs, strongest[:2]) is None


# --- a worked plan ---


@pytest.fixture(scope="module")
def worked() -> Why:
    plan = smallest()
    return why(engine(plan, uncertainties(plan)), draws=1024, searched=2048)


def test_all_of_it_is_about_the_figure_that_run_shows(worked: Why) -> None:
    shown = project(smallest()).scope("both").hoped[len(smallest().years) - 1]
    assert worked.own == pytest.approx(shown, abs=0.01)
    assert all(bar.at_point == pytest.approx(shown, abs=0.01) for bar in worked.bars)


def test_the_same_seed_finds_the_same(worked: Why) -> None:
    again = why(engine(smallest(), uncertainties(smallest())), draws=1024, searched=2048)
    assert again == worked


def test_all_that_is_found_is_plain_numbers_and_words(worked: Why) -> None:
    told = json.loads(json.dumps(asdict(worked), allow_nan=False))
    assert told["shares"]["each"][0]["label"] == worked.shares.each[0].label
    assert {each["name"] for each in told["looked"]} == {each.name for each in factors_of(uncertainties(smallest()))}


def test_a_pressure_is_held_against_its_own_figure_and_its_worst_fifth(worked: Why) -> None:
    assert worked.failure.sought is Sought.WORST
    assert worked.failure.share == pytest.approx(0.2, abs=0.001)
    told = " ".join(why_in_words(worked)["When it goes worst"])
    assert told.startswith("A pressure has no balance to miss, so the worst fifth of draws is looked at: £")
    assert worked.pair is not None
    assert worked.pair.balanced == ()


def test_a_value_that_must_be_true_makes_it_true(worked: Why) -> None:
    """The middle draw is no more than the goal with the number just on one side of that value, and more on the other.

    Whole wards make the figure jump, so it need not stand on the goal at the value itself."""
    plan = smallest()
    inputs = uncertainties(plan)
    found = engine(plan, inputs).only([worked.question.output])
    values = common_draws(inputs, worked.seed)
    needed = next(each for each in worked.must_be if each.value is not None and each.unit)
    assert needed.value is not None
    row = [each.name for each in inputs].index(needed.name)
    near, meets = 1e-6 * (needed.high - needed.low), []
    for value in (needed.value - near, needed.value + near):
        values[row] = value
        meets.append(bool(np.median(found(values)[0]) <= worked.target + 0.01))
    assert meets == [not needed.holds_above, needed.holds_above]


def test_a_middle_draw_is_held_to_a_middle_draw(worked: Why) -> None:
    """The schemes of this plan cost more than they take off, so the goal is the middle draw if nothing changes."""
    plan, inputs = smallest(), uncertainties(smallest())
    nothing = engine(plan, inputs).only([replace(worked.question.output, case="do_nothing")])
    values = common_draws(inputs, worked.seed)
    assert worked.nothing == worked.target == float(np.median(nothing(values)[0]))
    assert worked.target > worked.own
    assert why_in_words(worked)["What must be true"][0] == (
        f"A pressure has no balance, so the goal is {amount(worked.target, worked.question)}: what doing nothing comes "
        "to in the middle draw of 2020/21, less what the schemes take off, which by the plan’s own figures is nothing. "
        "It rests on 1,024 draws of its own, so it may differ a little from the figures told of all draws."
    )


def test_what_schemes_take_off_by_the_plans_own_figures_is_part_of_the_goal() -> None:
    """If nothing changes the figure is 5 + b; as hoped it is 3 + b − a: by its own figures the plan takes off 2."""

    @dataclass(frozen=True, kw_only=True)
    class TwoCases(Formula):
        def only(self, outputs: Sequence[Output]) -> Formula:
            change = 2 if outputs[0].case == "do_nothing" else 0
            return formula(self.inputs, lambda x: (3 + change + x[1] - (1 - change / 2) * x[0]) * 1e6)

    one = formula([A, B], lambda x: x[0])
    asked = TwoCases(**{each.name: getattr(one, each.name) for each in fields(one)})
    told = why(asked, question(smallest()), draws=64, searched=512)
    assert (told.own, told.nothing) == (3e6, pytest.approx(5e6, abs=2e4))
    assert told.target == pytest.approx(3e6, abs=2e4)
    assert "less the £2.0m that the schemes take off" in why_in_words(told)["What must be true"][0]


def test_every_question_is_answered_in_plain_words(worked: Why) -> None:
    told = why_in_words(worked)
    assert list(told) == [
        "What moves it most, one at a time",
        "What the uncertainty comes from",
        "When it goes worst",
        "What must be true",
        "Two together",
    ]
    words = " ".join(sentence for sentences in told.values() for sentence in sentences)
    assert "nan" not in words
    assert not any(
        jargon in words for jargon in ("Sobol", "PRIM", "Morris", "quantile", "coverage", "density", "_", "≥")
    )


def test_a_plan_that_nothing_moves_says_so() -> None:
    found = why(formula([A, B], lambda x: 0 * x[0] + 5e6), question(smallest()), draws=64, searched=512)
    told = why_in_words(found)
    assert told["What the uncertainty comes from"] == (
        "The figure for 2020/21 as hoped does not vary: no uncertain number moves it.",
    )
    assert (found.bars, found.must_be, found.together, found.pair) == ((), (), None, None)


def test_a_plan_with_nothing_uncertain_is_refused() -> None:
    with pytest.raises(Impossible, match="nothing to find out"):
        why(formula([], lambda x: x))
