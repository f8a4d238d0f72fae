"""Named tests: data makes them, a plan is changed only where they say, and common draws tell what they cost."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from invariants.small_plans import small_plan
from stress.named_by_hand import FEW, STANDARD, a_test, number, richer, tried
from tripleaim.errors import PlanProblems
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.loading.differences import differences
from tripleaim.plan import Plan
from tripleaim.plan.own_test import Operation, OwnTest, OwnTestChange, Rule
from tripleaim.plan.source import SourceKind
from tripleaim.plan.variant import with_tables
from tripleaim.projection import project
from tripleaim.stress.named.change import changed
from tripleaim.stress.named.named_test import ALLOWED, ORDER, Change, NamedTest, own_tests, standard_tests
from tripleaim.stress.named.outcomes import HowDrawn, Outcomes, outcomes
from tripleaim.stress.named.partners import partners, without_partner
from tripleaim.stress.named.removal import without_schemes
from tripleaim.stress.named.telling import in_words, summary
from tripleaim.stress.named.trying import Verdict, try_tests
from tripleaim.stress.uncertainties import uncertainties

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def base(plan: Plan) -> Outcomes:
    return outcomes(plan, FEW)


# What a test is


def test_every_test_is_a_file_and_every_file_a_test() -> None:
    folder = ROOT / "src" / "tripleaim" / "stress" / "named" / "tests"
    assert sorted(ORDER) == sorted(file.stem for file in folder.iterdir())
    assert [test.key for test in standard_tests()] == list(ORDER)


@pytest.mark.parametrize("test", standard_tests(), ids=lambda test: test.key)
def test_every_test_says_what_it_is_in_a_sentence_and_what_it_rests_on(test: NamedTest) -> None:
    assert test.name
    assert test.sentence.endswith(".")
    assert test.rests_on.endswith(".")
    assert test.untold.endswith(".")
    assert not test.is_own


def test_only_tests_whose_size_the_plan_or_the_evidence_gives_are_said_to_be_derived() -> None:
    """How much demand, pay, time or money goes otherwise was measured nowhere: those sizes are for illustration."""
    kinds = {test.key: test.source for test in standard_tests()}
    derived = {"benefits_as_elsewhere", "partner_leaves"}
    assert kinds == {key: SourceKind.DERIVED if key in derived else SourceKind.ILLUSTRATIVE for key in ORDER}


# What a test does to a plan


def test_every_standard_test_makes_a_plan_that_could_have_been_read_from_files(plan: Plan, pressure: Plan) -> None:
    for each in (plan, pressure):
        for test in standard_tests():
            if test.changes[0].operation is not Operation.LEAVE:
                crosscheck_plan(changed(each, test).plan)
    crosscheck_plan(without_partner(plan, "wealdshire_royal").plan)


@pytest.mark.parametrize("seed", range(6))
def test_every_test_can_be_put_to_a_plan_of_any_shape(seed: int) -> None:
    plan = small_plan(seed)
    called = {body.key: body.name for body in plan.organisations}
    for found in try_tests(plan, HowDrawn(draws=3)):
        whose = f": {called[found.partner]}" if found.partner else ""
        said = in_words(found, plan)
        assert said.startswith(f"{found.test.name}{whose}: {found.verdict.value}. ")
        assert said.endswith(".")
        assert not {"nan", "inf", "None"} & set(re.findall(r"\w+", said))
    for test in standard_tests():
        if test.changes[0].operation is not Operation.LEAVE:
            crosscheck_plan(changed(plan, test).plan)


def test_a_plan_is_changed_where_the_test_says_and_nowhere_else(plan: Plan) -> None:
    after = changed(plan, STANDARD["pay_up"])
    assert {(each.file, each.field) for each in differences(plan, after.plan)} == {("indices.csv", "change")}
    was = {(row.index, row.year): row.change for row in plan.indices}
    for row in after.plan.indices:
        up = 0.01 if "pay" in row.index else 0.0
        old = was[row.index, row.year]
        assert (row.change.point, row.change.low, row.change.high) == pytest.approx(
            (old.point + up, old.low + up, old.high + up)
        )


PAY = 0.6544
"""Share of pay in what providers spend: NHS Improvement, Economic assumptions 2016/17 to 2020/21."""


def test_an_index_of_all_that_providers_spend_moves_by_the_share_of_pay_in_it(pressure: Plan) -> None:
    after = changed(pressure, STANDARD["pay_up"]).plan
    assert {row.cost_index for row in pressure.activity} == {"provider_costs", "council_services"}
    up = {"pay": 0.01, "provider_costs": 0.01 * PAY}
    for old, new in zip(pressure.indices, after.indices, strict=True):
        assert new.change.point - old.change.point == pytest.approx(up.get(old.index, 0.0))
    assert f"{100 * PAY:g} %" in STANDARD["pay_up"].rests_on


@pytest.mark.parametrize("key", ["demand_up", "pay_up", "benefits_late", "benefits_early", "care_money_cut"])
def test_a_changed_plan_has_the_inputs_the_plan_had_so_that_both_share_their_draws(plan: Plan, key: str) -> None:
    after = changed(plan, STANDARD[key]).plan
    assert [each.name for each in uncertainties(after)] == [each.name for each in uncertainties(plan)]


def test_what_happened_before_the_plan_stays(plan: Plan) -> None:
    after = changed(plan, STANDARD["care_money_cut"]).plan
    councils = {"wealdshire_council", "marsh_council"}
    for old, new in zip(plan.allocations, after.allocations, strict=True):
        cut = 0.95 if old.organisation in councils and old.year != plan.opening_year else 1
        assert new.amount == pytest.approx(old.amount * cut)


def test_a_number_goes_no_further_than_its_field_allows_and_that_is_told(plan: Plan) -> None:
    after = changed(plan, a_test(number("capacity", "target_occupancy", Operation.ADD, 0.5)))
    assert {row.target_occupancy.point for row in after.plan.capacity} == {1.0}
    assert after.done.at_bound == len(plan.capacity)


def test_an_assumption_nobody_stated_can_be_changed_too(plan: Plan) -> None:
    after = changed(plan, a_test(number("assumptions", "value", Operation.SET, 0.5, rows="all_fidelity")))
    assert after.done.rows == 1
    assert {row.key for row in after.plan.assumptions} - {row.key for row in plan.assumptions} == {"all_fidelity"}


def test_a_scheme_that_goes_takes_its_rows_and_those_that_need_it_along(plan: Plan) -> None:
    after = without_schemes(plan, {"shared_record"})
    assert after.schemes == ("gp_hubs", "shared_record")
    for rows in (after.plan.effects, after.plan.costs, after.plan.posts, after.plan.actions):
        assert {row.scheme for row in rows}.isdisjoint(after.schemes)
    crosscheck_plan(after.plan)


def test_a_partner_is_who_leads_a_scheme_or_takes_part_in_one(plan: Plan, pressure: Plan) -> None:
    assert len(partners(plan)) == 11
    assert "care_homes" not in partners(plan)
    assert partners(pressure) == ()


def test_a_partner_takes_the_schemes_it_leads_and_leaves_the_others_their_stated_effect(plan: Plan) -> None:
    after = without_partner(plan, "marsh_council")
    assert after.gone == ("continuing_care_agreement", "hospital_tobacco")  # no effect without it; led by it
    assert after.smaller == ("falls_exercise", "home_first", "reablement", "shared_record")
    was = {row.key: row.effect.point for row in plan.effects}
    for row in after.plan.effects:
        share = {"falls_exercise": 0.5, "home_first": 0.6, "reablement": 0.6, "shared_record": 0.4}.get(row.scheme, 1)
        assert row.effect.point == pytest.approx(was[row.key] * share)


# What it costs, and whether the plan stands it


def test_before_is_the_plans_own_run_and_after_the_changed_plans(plan: Plan, base: Outcomes) -> None:
    found = tried(plan, STANDARD["pay_up"], base)
    after = project(changed(plan, STANDARD["pay_up"]).plan)
    assert found.hoped is not None
    assert found.resourced is not None
    assert found.hoped.before.short == pytest.approx(project(plan).scope("both").hoped[-2], abs=0.01)
    assert found.hoped.after.short == pytest.approx(after.scope("both").hoped[-2], abs=0.01)
    assert found.resourced.after.short == pytest.approx(after.scope("both").resourced[-2], abs=0.01)


def test_under_common_draws_a_worse_plan_is_worse_in_every_draw(plan: Plan, base: Outcomes) -> None:
    after = outcomes(changed(plan, STANDARD["care_money_cut"]).plan, FEW)
    assert (after.short["hoped"] > base.short["hoped"]).all()


def test_points_lost_are_the_difference_of_two_chances(plan: Plan) -> None:
    rich = richer(plan, 90e6)
    (found,) = try_tests(rich, FEW, [STANDARD["care_money_cut"]])
    judged = found.judged
    assert judged is not None
    assert judged.before.chance is not None
    assert judged.after.chance is not None
    assert judged.points_lost == pytest.approx(100 * (judged.before.chance - judged.after.chance))
    assert judged.points_lost > 0
    assert judged.lost == pytest.approx(judged.after.short - judged.before.short)


CUT = number("allocations", "amount", Operation.MULTIPLY, 0.99, where="kind=core")


@pytest.mark.parametrize(
    ("more", "test", "verdict"),
    [
        (500e6, a_test(CUT, rule=Rule.BALANCES), Verdict.PASSED),
        (500e6, a_test(CUT, allowed=0.0), Verdict.PASSED),  # it balances before and after
        (0, a_test(CUT, rule=Rule.BALANCES), Verdict.FAILED),
        (0, a_test(CUT, allowed=0.2), Verdict.PASSED),  # short before: a fifth of 165 million may go
        (0, a_test(CUT, allowed=0.01), Verdict.FAILED),
        (0, a_test(CUT, rule=Rule.LOSES_AT_MOST, allowed=50e6), Verdict.PASSED),
        (0, a_test(CUT, rule=Rule.LOSES_AT_MOST, allowed=1e6), Verdict.FAILED),
        (0, a_test(CUT, rule=Rule.CONTROL_TOTALS), Verdict.FAILED),
    ],
)
def test_a_plan_passes_by_the_rule_of_the_test(plan: Plan, more: float, test: NamedTest, verdict: Verdict) -> None:
    assert tried(richer(plan, more), test).verdict is verdict


def test_a_control_total_that_is_missed_anyway_fails_no_test(plan: Plan, base: Outcomes) -> None:
    found = tried(plan, a_test(CUT, rule=Rule.CONTROL_TOTALS), base)
    assert found.missed == (("marsh_commissioner", "2016/17"),)
    small = number("allocations", "amount", Operation.MULTIPLY, 0.99999, where="kind=core")
    assert tried(plan, a_test(small, rule=Rule.CONTROL_TOTALS), base).verdict is Verdict.PASSED


def test_a_pressure_has_no_balance_and_is_judged_in_pounds(pressure: Plan) -> None:
    found = {each.test.key: each for each in try_tests(pressure, FEW)}
    judged = found["demand_up"].judged
    assert judged is not None
    assert (judged.before.chance, judged.points_lost) == (None, None)
    assert found["demand_up"].most_lost == pytest.approx(ALLOWED * project(pressure).scope("both").do_nothing[-2])
    assert tried(pressure, a_test(number("activity", "growth", Operation.ADD, 0.01), rule=Rule.BALANCES)).verdict is (
        Verdict.DOES_NOT_APPLY
    )


def test_what_a_plan_does_not_say_cannot_be_tested(pressure: Plan) -> None:
    found = {each.test.key: each for each in try_tests(pressure, FEW)}
    for key in ("capital_refused", "staff_not_found", "care_money_cut", "partner_leaves"):
        assert found[key].verdict is Verdict.CANNOT_BE_TESTED
        assert found[key].hoped is None
        assert f"cannot be tested. {STANDARD[key].untold}" in in_words(found[key], pressure)


def test_every_place_pays_staff_so_a_plan_that_has_no_index_of_pay_is_not_said_to_stand_a_higher_award(
    pressure: Plan,
) -> None:
    rows = tuple(type(row)(**{**dict(row), "cost_index": ""}) for row in pressure.activity)
    costs = tuple(type(row)(**{**dict(row), "index": ""}) for row in pressure.costs)
    others = tuple(row for row in pressure.indices if row.index not in ("pay", "provider_costs"))
    idle = with_tables(pressure, activity=rows, costs=costs)  # both indices are there, and no cost rises with either
    for plan in (idle, with_tables(idle, indices=others)):
        found = tried(plan, STANDARD["pay_up"])
        assert found.verdict is Verdict.CANNOT_BE_TESTED
        assert "cannot be tested. No cost of the plan rises with an index of pay" in in_words(found, plan)


def test_a_test_of_the_places_own_that_finds_nothing_to_change_does_not_apply(pressure: Plan) -> None:
    found = tried(pressure, a_test(number("posts", "wte", Operation.SET, 0.0)))
    assert found.verdict is Verdict.DOES_NOT_APPLY
    assert "does not apply. The plan holds nothing that it changes." in in_words(found, pressure)


def test_a_test_that_moves_only_what_is_drawn_changes_nothing_that_the_plan_says(pressure: Plan) -> None:
    wider = number("effects", "effect", Operation.MULTIPLY, 1.0)
    found = tried(pressure, a_test(wider))
    assert found.verdict is Verdict.CHANGES_NOTHING
    assert f"{len(pressure.effects)} rows are changed, and no figure of the plan moves" in in_words(found, pressure)


def test_a_change_of_the_opening_year_is_not_seen_in_a_pressure_and_that_is_told(pressure: Plan) -> None:
    found = tried(pressure, a_test(number("activity", "unit_cost", Operation.MULTIPLY, 1.1)))
    assert found.verdict is Verdict.DOES_NOT_APPLY
    assert "pressure since that year" in in_words(found, pressure)


def test_capital_refused_is_seen_only_with_what_is_found(plan: Plan, base: Outcomes) -> None:
    found = tried(plan, STANDARD["capital_refused"], base)
    assert found.hoped is not None
    assert found.judged is found.resourced is not None
    assert found.hoped.lost == pytest.approx(0, abs=0.01)
    assert found.resourced.lost > 1e6


def test_without_staff_schemes_that_need_their_own_bring_nothing(plan: Plan) -> None:
    after = project(changed(plan, STANDARD["staff_not_found"]).plan)
    needing = {row.scheme for row in plan.posts if row.organisation == "weald_marsh_community"}
    assert needing
    shares = {each.key: each.saving_resourced_share[-2] for each in after.schemes}
    assert {shares[key] for key in needing} == {0.0}


def test_one_partner_leaving_is_told_for_every_partner(plan: Plan, base: Outcomes) -> None:
    few = replace(
        STANDARD["partner_leaves"],
        changes=(Change(table="organisations", operation=Operation.LEAVE, where="role=council"),),
    )
    found = try_tests(plan, FEW, [few], base)
    assert [each.partner for each in found] == ["marsh_council", "wealdshire_council"]
    told = in_words(found[0], plan)
    assert told.startswith("One partner leaves: Marsh Council: ")
    assert "No longer in the plan: Who pays for continuing care; Help to stop smoking in hospital." in told


def test_a_test_in_words_says_money_chance_and_what_is_allowed(plan: Plan, base: Outcomes) -> None:
    told = in_words(tried(plan, STANDARD["demand_up"], base), plan)
    assert told.startswith("Demand grows faster: failed. As hoped, the place is short by £")
    assert "10% of what is short if nothing changes" in told
    assert "The chance of balance" in told


def test_the_summary_counts_what_could_be_tried(pressure: Plan) -> None:
    assert summary(try_tests(pressure, FEW)) == (
        "Passed 0 of the 2 tests that could be tried. 7 say nothing of this plan."
    )


# A place's own


def with_own(plan: Plan, amount: float) -> Plan:
    test = OwnTest(
        key="tax", name="Less tax", sentence="Less.", rule=Rule.LOSES_AT_MOST, allowed=1e6, source="placeholder"
    )
    change = OwnTestChange(
        test="tax",
        table="allocations",
        rows="marsh_council/*",
        field="amount",
        operation=Operation.ADD,
        amount=amount,
        source="placeholder",
    )
    return with_tables(plan, own_tests=(test,), own_test_changes=(change,))


def test_a_place_adds_a_test_of_its_own(plan: Plan) -> None:
    mine = with_own(plan, -1e6)
    (test,) = own_tests(mine)
    (found,) = try_tests(mine, FEW, [test])
    assert test.is_own
    assert found.judged is not None
    assert found.judged.lost == pytest.approx(3e6)  # three grants
    assert found.verdict is Verdict.FAILED


def test_a_plan_with_a_test_of_its_own_runs_as_without(plan: Plan, base: Outcomes) -> None:
    mine = outcomes(with_own(plan, -1e6), FEW)
    assert np.array_equal(mine.short["hoped"], base.short["hoped"])


def test_an_own_test_that_makes_no_plan_is_refused_under_its_name(plan: Plan) -> None:
    mine = with_own(plan, -1e6)
    change = OwnTestChange(test="tax", table="allocations", operation=Operation.REMOVE, source="placeholder")
    (test,) = own_tests(with_tables(mine, own_test_changes=(change,)))
    with pytest.raises(PlanProblems) as refused:
        changed(plan, test)
    assert all(each.file.startswith("own_tests.csv, tax: then ") for each in refused.value.problems)
