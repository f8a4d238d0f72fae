"""Three ways to believe a plan: each a whole plan that checks, runs and is stressed like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loading.tiny import write_tiny
from tripleaim.loading import read_plan, write_plan
from tripleaim.plan import Plan
from tripleaim.plan.source import SourceKind
from tripleaim.plan.success_factor import Factor, SuccessFactor
from tripleaim.plan.variant import with_tables
from tripleaim.stress.findings import stress
from tripleaim.stress.outside.chances import chances
from tripleaim.stress.outside.side_by_side import Headline, side_by_side
from tripleaim.stress.outside.stretch import a_year, of_cost
from tripleaim.stress.outside.variants import Belief, Variant, variants
from tripleaim.stress.uncertainties import uncertainties

PLANS = Path(__file__).resolve().parents[2] / "plans"
TEAMS = "integrated_care_teams.avoid.north_wr_emergency"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The invented plan, without what it says of success factors and earlier promises."""
    return with_tables(read_plan(PLANS / "wealdshire_and_marsh"), success_factors=(), promises=())


@pytest.fixture(scope="module")
def three(plan: Plan) -> dict[Belief, Variant]:
    return {each.belief: each for each in variants(plan)}


@pytest.fixture(scope="module")
def headlines(plan: Plan) -> dict[str, Headline]:
    return {each.belief: each for each in side_by_side(plan)}


def changed(noun: Any, **fields: Any) -> Any:
    return type(noun)(**{name: fields.get(name, getattr(noun, name)) for name in type(noun).model_fields})


def value(variant: Variant, key: str) -> tuple[float, float, float]:
    found = next(each.effect for each in variant.plan.effects if each.key == key)
    return found.low, found.point, found.high


def test_as_claimed_is_the_plan_itself(plan: Plan, three: dict[Belief, Variant]) -> None:
    assert three[Belief.AS_CLAIMED].plan is plan


def test_the_claim_of_the_seeds_gives_way_to_five_studies(three: dict[Belief, Variant]) -> None:
    """By hand: the class expects -0.018, written as nothing; with the claim as a sixth voice (0.32 - 0.09) / 6."""
    assert value(three[Belief.AS_CLAIMED], TEAMS) == (-0.05, 0.32, 0.36)
    assert value(three[Belief.REFERENCE_CLASS], TEAMS) == (-0.0856, 0.0, 0.0496)
    assert value(three[Belief.EVIDENCE_WEIGHTED], TEAMS)[1] == pytest.approx(0.23 / 6, abs=1e-6)


def test_no_point_and_no_high_is_ever_above_what_its_authors_claim(plan: Plan, three: dict[Belief, Variant]) -> None:
    claimed = {each.key: each.effect for each in plan.effects}
    for variant in three.values():
        for each in variant.plan.effects:
            assert 0 <= each.effect.point <= claimed[each.key].point or each.effect == claimed[each.key]
            assert each.effect.high <= claimed[each.key].high


@pytest.mark.parametrize("name", ["wealdshire_and_marsh", "norfolk_and_waveney"])
def test_a_claim_weighed_with_its_evidence_lies_between_the_two(name: str) -> None:
    """At the low, the point and the high of every effect: so no draw is worse, or better, than both ends.

    Both count: a claim of less than its class expects (smoking in hospital), and missing factors (home first).
    """
    claimed, weighed, others = (
        {each.key: each.effect for each in variant.plan.effects} for variant in variants(read_plan(PLANS / name))
    )
    for key, most in claimed.items():
        for end in ("low", "point", "high"):
            least = getattr(others[key], end)
            assert least <= getattr(weighed[key], end) <= getattr(most, end), (key, end)


def test_the_middle_belief_is_worse_than_the_plan_and_better_than_elsewhere_in_every_tenth_of_draws() -> None:
    """Norfolk and Waveney says nothing of success factors: here only the ranges differ."""
    found = chances(read_plan(PLANS / "norfolk_and_waveney"), draws=64, seed=3)
    for end in ("low", "middle", "high"):
        values = [getattr(each, end) for each in found if each.case == "hoped"]
        assert values == sorted(values), end


def test_what_is_missing_is_taken_off_a_claim_nobody_measured_in_both_beliefs(plan: Plan) -> None:
    """One of five missing leaves four fifths; 0.9 is stated already, so 0.8 / 0.9 of it stands."""
    row = SuccessFactor(scheme="home_first", factor=Factor.TRAINED_STAFF, in_place=False, source="clinical_leads")
    key = "home_first.shorten.marsh_mi_emergency"
    _, weighed, others = variants(changed(plan, success_factors=(row,)))
    by_hand = pytest.approx((0.08 * 8 / 9, 0.24 * 8 / 9, 0.32 * 8 / 9), abs=1e-6)
    assert value(weighed, key) == value(others, key) == by_hand


def test_every_changed_row_names_a_source_that_says_where_its_value_comes_from(three: dict[Belief, Variant]) -> None:
    for belief in (Belief.EVIDENCE_WEIGHTED, Belief.REFERENCE_CLASS):
        variant = three[belief]
        sources = {each.key: each for each in variant.plan.sources}
        assert variant.changed
        for each in variant.changed:
            assert sources[each.source].kind is SourceKind.DERIVED
            assert "Outside view" in sources[each.source].title
        teams = next(each for each in variant.changed if each.effect == TEAMS)
        assert "(I002, I003, I004, I005, I008" in sources[teams.source].title


def test_what_nobody_measured_is_left_as_claimed_and_listed(plan: Plan, three: dict[Belief, Variant]) -> None:
    variant = three[Belief.REFERENCE_CLASS]
    untouched = {each.key: each for each in plan.effects}
    assert any(key.startswith("home_first.shorten") for key in variant.left)
    for each in variant.plan.effects:
        if each.key in variant.left:
            assert each == untouched[each.key]


@pytest.mark.parametrize("belief", [Belief.EVIDENCE_WEIGHTED, Belief.REFERENCE_CLASS])
def test_a_variant_is_a_plan_that_is_written_and_read_again(
    belief: Belief, three: dict[Belief, Variant], tmp_path: Path
) -> None:
    write_plan(three[belief].plan, tmp_path / "variant")
    assert read_plan(tmp_path / "variant").fingerprint == three[belief].plan.fingerprint


def test_a_variant_is_stressed_under_the_same_names_so_draws_are_shared(three: dict[Belief, Variant]) -> None:
    """All but the effects themselves, which may be other judgements once they are put otherwise."""
    claimed, others = (
        {each.name for each in uncertainties(three[belief].plan) if not each.ranges[0].endswith("/effect")}
        for belief in (Belief.AS_CLAIMED, Belief.REFERENCE_CLASS)
    )
    assert claimed == others


def test_the_less_the_authors_are_believed_the_shorter_the_place_is(headlines: dict[str, Headline]) -> None:
    claimed, weighted, others = (headlines[belief.value] for belief in Belief)
    assert claimed.do_nothing == weighted.do_nothing == others.do_nothing
    assert claimed.hoped < weighted.hoped < others.hoped < others.do_nothing
    assert claimed.savings > weighted.savings > others.savings


def test_an_organisation_that_wants_more_than_was_ever_kept_up_is_brought_down_to_it(
    three: dict[Belief, Variant],
) -> None:
    """The council's back office and agency heads want 2.75 % a year; productivity grew 1.37 % a year on average."""
    before, after = (
        next(a_year(each.fall, 60) for each in of_cost(three[belief].plan) if each.who == "wealdshire_council")
        for belief in (Belief.AS_CLAIMED, Belief.REFERENCE_CLASS)
    )
    assert before > 0.0156 > after
    assert after == pytest.approx((0.0141 + 0.0113 + 0.0156) / 3, abs=2e-4)


def test_a_missing_factor_lowers_the_claim_before_it_is_weighed(plan: Plan, three: dict[Belief, Variant]) -> None:
    """Two of five missing leave three fifths; 0.85 is stated already, so 0.6 / 0.85 of 0.32 joins the class."""
    rows = tuple(
        SuccessFactor(scheme="integrated_care_teams", factor=factor, in_place=False, source="clinical_leads")
        for factor in (Factor.DEFINED_GROUP, Factor.FILLS_A_GAP)
    )
    found = {each.belief: each for each in variants(changed(plan, success_factors=rows))}
    point = value(found[Belief.EVIDENCE_WEIGHTED], TEAMS)[1]
    assert point == pytest.approx((0.32 * 0.6 / 0.85 - 0.09) / 6, abs=1e-6)
    assert value(found[Belief.REFERENCE_CLASS], TEAMS) == value(three[Belief.REFERENCE_CLASS], TEAMS)


def test_a_pressure_plan_has_its_three_variants_too() -> None:
    found = variants(read_plan(PLANS / "west_north_and_east_cumbria"))
    assert [len(each.changed) > 0 for each in found] == [False, True, True]


def test_chances_of_the_plan_as_claimed_are_those_of_its_own_stress_test(tmp_path: Path) -> None:
    tiny = read_plan(write_tiny(tmp_path / "tiny"))
    found = chances(tiny, draws=32, seed=7)
    plain = stress(tiny, 32, 7).of("both", "hoped")
    assert [(each.belief, each.case) for each in found] == [
        (belief.value, case) for belief in Belief for case in ("hoped", "resourced")
    ]
    assert (found[0].low, found[0].middle, found[0].high) == (plain.low[-1], plain.middle[-1], plain.high[-1])
    assert found[0].balanced == plain.met[-1]
