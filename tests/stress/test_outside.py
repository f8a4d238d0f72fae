"""The outside view: what was claimed, what happened elsewhere, how fast anybody ever went, what the money rests on."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tripleaim.evidence.outcomes import Outcome
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, GrowthKind
from tripleaim.plan.promise import Promise
from tripleaim.plan.scheme import Effect, EffectKind, Scheme, Stage
from tripleaim.plan.success_factor import Factor, SuccessFactor
from tripleaim.plan.variant import with_tables
from tripleaim.projection import Projection, project
from tripleaim.projection.result import as_plain
from tripleaim.quantities import Range, certain
from tripleaim.stress.outside.claims import Claim, claims
from tripleaim.stress.outside.credibility import Credibility, verdict
from tripleaim.stress.outside.double_counting import (
    PAST_EFFORT,
    PERHAPS_PAST_EFFORT,
    SAME_EVIDENCE,
    SAYS_SO,
    counted_twice,
)
from tripleaim.stress.outside.grades import savings_by_grade
from tripleaim.stress.outside.known import known_effects
from tripleaim.stress.outside.record import kept
from tripleaim.stress.outside.reference_class import ClassSpread, Precedent, expected, reference_class
from tripleaim.stress.outside.stretch import a_year, best_of, best_sustained, of_care, of_claim, of_cost, over_best
from tripleaim.stress.outside.success_factors import factors_of
from tripleaim.stress.outside.telling import claim_in_words, counted_twice_in_words, names, savings_in_words
from tripleaim.stress.outside.view import outside_view, standing
from tripleaim.stress.uncertainties import uncertainties

INVENTED = Path(__file__).resolve().parents[2] / "plans" / "wealdshire_and_marsh"
TEAMS = "integrated care / case management"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The invented plan, without what it says of success factors and earlier promises."""
    return with_tables(read_plan(INVENTED), success_factors=(), promises=())


@pytest.fixture(scope="module")
def run(plan: Plan) -> Projection:
    return project(plan)


def changed(noun: Any, **fields: Any) -> Any:
    """The same noun with some fields changed, checked again."""
    return type(noun)(**{name: fields.get(name, getattr(noun, name)) for name in type(noun).model_fields})


def claim_of(plan: Plan, scheme: str, evidence: str) -> Claim:
    return next(each for each in claims(plan) if (each.scheme, each.evidence) == (scheme, evidence))


def promise(key: str, family: str, delivered: float) -> Promise:
    return Promise(
        key=key,
        name=key,
        family=family,
        year="2014/15",
        promised=100,
        delivered=delivered,
        unit="stays",
        source="guess",
    )


def small(plan: Plan, *effects: Effect, **fields: Any) -> Plan:
    """The invented plan with other effects."""
    return changed(plan, effects=effects, **fields)


def effect(scheme: str, target: str, share: float, **fields: Any) -> Effect:
    stated = {"effect": certain(share), "kind": EffectKind.AVOID, **fields}
    return Effect(key=f"{scheme}.{target}", scheme=scheme, target=target, source="placeholder", **stated)


def test_five_studies_of_integrated_teams_expect_nothing_of_the_next() -> None:
    """By hand: results 0, 0, 0, -0.09, 0; mean -0.018; sd 0.04025; Student's t of 4, 1.5332; times √1.2."""
    found = reference_class(TEAMS, Outcome.EMERGENCY, "treated")
    assert [each.refs for each in found.precedents] == [("I002",), ("I003",), ("I004",), ("I005",), ("I008",)]
    assert found.expected.point == pytest.approx(-0.018)
    assert found.expected.high - found.expected.point == pytest.approx(1.5332 * 0.0402492 * 1.0954451, abs=1e-5)
    assert found.best == 0
    assert found.reaching(0.32) == 0


def test_two_studies_borrow_the_spread_of_all_classes_because_two_may_lie_together_by_chance() -> None:
    care_homes = reference_class("care homes", Outcome.EMERGENCY, "treated").expected
    assert care_homes.point == pytest.approx((0.23 + 0.18) / 2)
    assert care_homes.low < 0.18 < 0.23 < care_homes.high


def test_a_class_nobody_studied_expects_nothing_at_all() -> None:
    assert reference_class("mental health", Outcome.STAY, "treated").expected is None


def test_the_interval_holds_the_next_result_eight_times_in_ten() -> None:
    draws = np.random.default_rng(2016).normal(0.1, 0.05, size=(2000, 6))
    held = 0
    for *seen, following in draws.tolist():
        found = expected(seen, ClassSpread(sd=float(np.std(seen, ddof=1)), degrees=4))
        held += found.low <= following <= found.high
    assert held / len(draws) == pytest.approx(0.8, abs=0.03)


def test_the_claim_of_the_seeds_is_repeated_on_five_lines_and_told_once(plan: Plan) -> None:
    found = claim_of(plan, "integrated_care_teams", "I001")
    assert len(found.effects) == 5
    assert found.treated.point == 0.32
    assert found.area == pytest.approx(0.32 * 0.18 * 0.65 * 0.85)
    assert found.spreads_above > 5
    assert found.reference.reaching(found.claimed) == 0


def test_where_people_were_counted_for_what_befalls_them_the_class_is_of_that(plan: Plan) -> None:
    """Checks for high blood pressure prevent strokes; the plan's eligible share is that of strokes in the care."""
    assert claim_of(plan, "blood_pressure", "I059").reference.outcome is Outcome.HEART_AND_STROKE
    assert claim_of(plan, "hospital_tobacco", "I063").reference.outcome is Outcome.READMISSIONS


def test_a_study_of_whole_practices_is_held_against_the_effect_on_the_whole_area(plan: Plan) -> None:
    hubs = claim_of(plan, "gp_hubs", "I040")
    assert hubs.reach == "area"
    assert hubs.claimed == pytest.approx(hubs.area)


def test_a_claim_nobody_measured_says_why_it_is_held_against_nothing(plan: Plan) -> None:
    assert "size that can be read" in claim_of(plan, "home_first", "I047").no_class
    assert "forecast by experts" in claim_of(plan, "crisis_care", "E038").no_class


def test_the_places_own_record_moves_the_class_by_its_number_of_promises(plan: Plan) -> None:
    """Five promises beside five studies move the mean half of the way to today's claim times the share kept."""
    record = tuple(promise(f"p{n}", TEAMS, delivered=25) for n in range(5))
    studies = claim_of(plan, "integrated_care_teams", "I001").expected
    moved = claim_of(changed(plan, promises=record), "integrated_care_teams", "I001").expected
    assert moved.point == pytest.approx((studies.point + 0.32 * 0.25) / 2)


def test_each_promise_moves_what_the_studies_expect_and_together_they_make_the_whole_way() -> None:
    """By hand: the studies' mean is -0.09 / 5; 210 of 640 and 330 of 1,100 kept, of 0.32, join them as two of seven.

    The spread stays that of the five studies (sd 0.04025, Student's t of 4), for one more result than seven.
    """
    full = read_plan(INVENTED)
    found = standing(full, claim_of(full, "integrated_care_teams", "I001"))
    comes_to = [0.32 * 210 / 640, 0.32 * 330 / 1100]
    assert [each.comes_to for each in found.own_record] == pytest.approx(comes_to)
    assert [each.moves for each in found.own_record] == pytest.approx([(each + 0.018) / 7 for each in comes_to])
    assert found.studies_expect == pytest.approx(-0.018)
    assert found.expected == pytest.approx(-0.018 + sum(each.moves for each in found.own_record))
    half = 1.5332062 * 0.0402492 * math.sqrt(1 + 1 / 7)
    assert found.expected == pytest.approx((sum(comes_to) - 0.09) / 7)
    assert (found.expected_low, found.expected_high) == pytest.approx((found.expected - half, found.expected + half))


def test_a_verdict_holds_like_beside_like(plan: Plan) -> None:
    """26 % of those treated is 1.3 % of an area, and areas range by 7.2 % either way: possible, not refuted."""
    found = {(each.scheme, each.evidence): verdict(each) for each in claims(plan)}
    assert found["integrated_care_teams", "I001"] is Credibility.NOT_CREDIBLE
    assert found["gp_hubs", "I040"] is Credibility.POSSIBLE
    assert found["home_first", "I047"] is Credibility.UNTESTED
    assert found["reablement", "I025"] is Credibility.ONE_STUDY
    modest = changed(plan, effects=tuple(changed(each, effect=certain(0.01)) for each in plan.effects))
    assert verdict(claim_of(modest, "care_home_support", "I028")) is Credibility.IN_LINE


def test_a_claim_above_the_only_study_it_cites_does_not_rest_on_it(plan: Plan) -> None:
    bold = changed(plan, effects=tuple(changed(each, effect=certain(0.9)) for each in plan.effects))
    assert verdict(claim_of(bold, "reablement", "I025")) is Credibility.NOT_CREDIBLE


def test_studies_that_all_found_the_same_refute_a_claim_of_more(plan: Plan) -> None:
    """Three results of nothing have no spread: a claim above them is above their whole range, and not untested."""
    teams = claim_of(plan, "integrated_care_teams", "I001")
    none = tuple(Precedent(refs=(ref,), kind="study", fraction=0.0) for ref in ("I002", "I003", "I004"))
    assert verdict(replace(teams, reference=replace(teams.reference, precedents=none))) is Credibility.NOT_CREDIBLE


def test_a_record_of_every_kind_speaks_of_all_schemes_and_another_familys_of_none(plan: Plan) -> None:
    before = claim_of(plan, "care_home_support", "I028").expected.point
    for family, moves in (("", True), ("care homes", True), ("primary care", False)):
        after = claim_of(changed(plan, promises=(promise("old", family, 0),)), "care_home_support", "I028")
        assert (after.expected.point < before - 0.01) is moves


def test_the_record_says_how_much_was_kept(plan: Plan) -> None:
    def told(*promises: Promise) -> list[tuple[str, int, float]]:
        return [(each.family, each.promises, each.share) for each in kept(changed(plan, promises=promises))]

    assert told() == []
    three = (promise("a", TEAMS, 20), promise("b", TEAMS, 60), promise("c", "", 50))
    assert told(*three) == [("", 1, 0.5), (TEAMS, 2, 0.4)]


def test_the_plans_of_2016_asked_for_nearly_three_times_the_best_ever_kept_up() -> None:
    """15.7 % fewer emergency admissions in four years (Nuffield Trust 2017), against 7.6 % in five (I011)."""
    best = best_sustained(Outcome.EMERGENCY)
    assert (best.ref, best.months) == ("I011", 60)
    assert over_best(a_year(0.157, 48), best.rate) == pytest.approx(2.67, abs=0.01)


def test_a_year_of_good_results_is_not_sustained() -> None:
    assert best_sustained(Outcome.OUTPATIENT) is None


def test_two_schemes_on_one_line_leave_the_product(plan: Plan) -> None:
    care = [line for line in plan.activity if line.key == "north_wr_emergency"]
    two = (effect("home_first", care[0].key, 0.1), effect("blood_pressure", care[0].key, 0.2))
    (found,) = of_care(small(plan, *two, activity=tuple(care)))
    assert found.fall == pytest.approx(1 - 0.9 * 0.8)


def test_the_pace_is_that_of_the_steepest_three_years_of_the_run(plan: Plan, run: Projection) -> None:
    """From what `run` gives of each line as hoped and if nothing changes; lines that grow shift their weights a little.

    All of it over five years would be a third slower.
    """
    lines = [each for each in run.lines if each.care == "non_elective_spell"]
    hoped, nothing = (
        np.sum([getattr(each, case)[: len(plan.years) + 1] for each in lines], axis=0)
        for case in ("hoped", "do_nothing")
    )
    left = hoped / nothing
    by_hand = max(1 - (after / before) ** (1 / 3) for before, after in zip(left[:-3], left[3:], strict=True))
    found = next(each for each in of_care(plan) if each.who == "emergency admissions")
    assert found.needed == pytest.approx(by_hand, rel=0.05)
    assert found.needed > 1.3 * a_year(found.fall, 60)


def test_efficiency_is_counted_on_the_whole_cost_of_a_hospital(plan: Plan) -> None:
    head = next(each for each in plan.budgets if each.key == "wr_supplies")
    own = [each for each in plan.budgets if each.organisation == head.organisation and not each.from_year]
    whole = sum(each.amount for each in own if each.side.value == "cost")
    saving = effect("buying_and_medicines", head.key, 0.1, kind=EffectKind.SAVE)
    (found,) = of_cost(small(plan, saving))
    assert found.fall == pytest.approx(0.1 * head.amount / whole)
    assert found.index == pytest.approx(found.needed / 0.0156)


def test_a_claim_is_slower_and_less_of_a_stretch_the_longer_it_takes(plan: Plan) -> None:
    def stretch_with(ramp: float) -> float:
        schemes = tuple(changed(each, ramp=certain(ramp)) for each in plan.schemes)
        return of_claim(claim_of(changed(plan, schemes=schemes), "integrated_care_teams", "I001")).index

    assert stretch_with(12) == stretch_with(24) > stretch_with(48) > stretch_with(60)


def test_missing_factors_cut_and_those_nobody_spoke_of_do_not(plan: Plan) -> None:
    def said(**in_place: bool) -> Plan:
        rows = [
            SuccessFactor(scheme="integrated_care_teams", factor=Factor(name), in_place=there, source="clinical_leads")
            for name, there in in_place.items()
        ]
        return changed(plan, success_factors=tuple(rows))

    silent, partly = (factors_of(each, "integrated_care_teams") for each in (plan, said(trained_staff=False)))
    assert (silent.cut(1.0), len(silent.not_said)) == (0, 5)
    assert partly.cut(1.0) == pytest.approx(0.2)
    assert partly.cut(0.85) == pytest.approx(1 - 0.8 / 0.85)
    assert factors_of(said(trained_staff=True), "integrated_care_teams").cut(1.0) == 0


def test_savings_by_grade_add_up_to_what_the_composition_says(plan: Plan, run: Projection) -> None:
    found = savings_by_grade(plan, run.schemes)
    assert found.savings == pytest.approx(run.composition.savings)
    assert sum(found.by_grade.values()) == pytest.approx(found.savings)
    assert sum(found.by_kind.values()) == pytest.approx(found.savings)


def test_context_is_no_evidence_of_an_effect_whatever_its_grade(plan: Plan, run: Projection) -> None:
    """Row I079, grade A, says how productivity grew; it does not say what full clinics save."""
    found = savings_by_grade(plan, run.schemes)
    assert found.by_kind["context"] > 0
    assert found.by_grade["none"] == pytest.approx(found.by_kind["context"] + found.by_kind["none"])


def test_what_may_be_counted_twice_is_found_and_only_that(plan: Plan) -> None:
    lines = {line.key: line for line in plan.activity}
    net: ActivityLine = changed(lines["north_wr_emergency"], growth_kind=GrowthKind.NET, baseline=1000.0)
    gross: ActivityLine = changed(lines["north_wr_ae"], growth_kind=GrowthKind.GROSS, baseline=1000.0)
    schemes = {each.key: changed(each, overlaps=(), stage=Stage.IDEA) for each in plan.schemes}

    def found(*effects: Effect, **other: Scheme) -> list[tuple[str, float]]:
        rows = tuple({**schemes, **other}.values())
        return [
            (each.why, round(each.units, 3))
            for each in counted_twice(small(plan, *effects, schemes=rows, activity=(net, gross)))
        ]

    teams, homes = "integrated_care_teams", "care_home_support"
    two = (effect(teams, net.key, 0.1), effect(homes, net.key, 0.05))
    assert found(*two, **{teams: changed(schemes[teams], overlaps=(homes,))}) == [(SAYS_SO, 50)]
    cited = [changed(each, evidence="I028") for each in two]
    assert found(*cited) == [(SAME_EVIDENCE, 50)]
    assert found(changed(two[0], continues_past_effort=True, eligible=certain(0.5))) == [(PAST_EFFORT, 50)]
    assert found(two[0], **{teams: changed(schemes[teams], stage=Stage.LIVE)}) == [(PERHAPS_PAST_EFFORT, 100)]
    assert found(effect(teams, net.key, 0.1), effect(homes, gross.key, 0.1)) == []


def test_the_view_is_plain_numbers_that_json_can_hold(plan: Plan, run: Projection) -> None:
    found = json.loads(json.dumps(as_plain(outside_view(plan, run)), allow_nan=False))
    assert found["fingerprint"] == plan.fingerprint
    assert {each["scheme"] for each in found["claims"]} >= {"integrated_care_teams", "care_home_support"}


def test_a_plan_without_schemes_claims_nothing(plan: Plan) -> None:
    tables = ("schemes", "effects", "costs", "posts", "actions")
    bare = changed(plan, **dict.fromkeys(tables, ()))
    found = outside_view(bare, project(bare))
    assert (found.claims, found.care, found.cost, found.counted_twice) == ((), (), (), ())
    assert savings_in_words(found.savings) == "No scheme saves money in the last year."


def test_a_board_member_can_read_it(plan: Plan, run: Projection) -> None:
    found, called = outside_view(plan, run), names(plan)
    teams = next(each for each in found.claims if each.evidence == "I001")
    said = claim_in_words(teams, called)
    assert said.startswith(
        "Integrated care teams: the claim is 32% fewer emergency admissions among the people treated"
    )
    assert "pilot (claim), primary care + voluntary sector, 2016 (I001): a claim and no evidence. 5 controlled" in said
    assert "from 9% more to no change (4 found no fall, of a size not known); none found as much as is claimed" in said
    assert counted_twice_in_words(found.counted_twice[0], called).endswith("are counted twice.")


def test_a_range_nobody_claimed_is_not_made_up(plan: Plan) -> None:
    assert claim_of(plan, "integrated_care_teams", "I001").treated == Range(point=0.32, low=-0.05, high=0.36)


def test_what_is_known_of_a_claim_stays_on_the_scale_it_was_measured_on(plan: Plan) -> None:
    """The teams' class speaks of those treated, the best fall of whole areas: with all schemes the plan's own fall."""
    inputs = uncertainties(plan)
    teams = next(each for each in claims(plan) if each.evidence == "I001")
    name = next(each.name for each in inputs if f"effects/{teams.effects[0]}/effect" in each.ranges)
    found, best = known_effects(plan, inputs)[name], best_of(teams)
    assert best is not None
    assert teams.expected is not None
    assert (found.point, found.low, found.high) == (teams.expected.point, teams.expected.low, teams.expected.high)
    assert (found.measured, found.of) == ("itself", "emergency admissions")
    assert (found.pace, found.pace_years, found.pace_ref) == (best.rate, best.months / 12, best.ref)
    whole = next(each for each in of_care(plan) if each.who == found.of)
    fall = found.fall(teams.treated.point)
    assert fall is not None
    assert fall == pytest.approx(whole.fall)
    assert "I002" in found.ref


def test_no_best_pace_asks_for_more_than_all_care(plan: Plan) -> None:
    """Each effect at 100% of those treated, with every other scheme in full, still leaves some care."""
    for each in known_effects(plan, uncertainties(plan)).values():
        fall = each.fall(1.0)
        assert fall is None or fall <= 1
        assert -1 < each.low <= each.point <= each.high <= 1


def test_productivity_is_held_against_the_whole_services(plan: Plan) -> None:
    """At the plan's own value the cost of an organisation falls as fast as the stretch says."""
    inputs = uncertainties(plan)
    name = "effects/theatre_and_clinics/productivity/effect/effects/theatre_and_clinics.productivity.marsh_cm_contact"
    found = known_effects(plan, inputs)[f"{name}/effect"]
    own = next(each for each in inputs if each.name == f"{name}/effect").spread.range.point
    whole = next(each for each in of_cost(plan) if each.who == "weald_marsh_community")
    fall = found.fall(own)
    assert fall is not None
    assert fall == pytest.approx(whole.fall)
    assert (found.of, found.pace, found.measured) == ("the cost of Weald and Marsh Community", whole.best, "pace")
