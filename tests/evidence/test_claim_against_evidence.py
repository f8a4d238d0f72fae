"""Holding a claim against the evidence, and summing up what usually happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tripleaim.evidence.compare import Claim, Verdict, compare
from tripleaim.evidence.library import UnknownEvidence, entry, library
from tripleaim.evidence.reference_class import reference_class, unit_range_in_words
from tripleaim.evidence.search import find
from tripleaim.evidence.units import EffectUnit


def reading(ref: str, **claim: object):
    return compare(Claim(**claim), [ref]).readings[0]


def test_a_third_fewer_admissions_is_above_the_controlled_result_of_the_same_programme():
    compared = compare(Claim(point=0.32), ["I001", "I002"])
    promise, result = compared.readings
    assert result.verdict is Verdict.ABOVE
    assert result.in_words.startswith(
        "I002: a claim of 32% less is above the controlled result (no reduction: an increase"
    )
    assert promise.verdict is Verdict.INSIDE
    assert "which is no evidence" in promise.in_words
    assert (compared.above, compared.inside, compared.below) == (1, 0, 0)  # the promise is not counted
    assert compared.in_words == (
        "A claim of 32% less: of 1 controlled result it can be held against, it is above 1, inside 0 and below 0."
    )


@pytest.mark.parametrize(
    ("point", "verdict"),
    [
        (0.15, Verdict.BELOW),
        (0.17, Verdict.INSIDE),
        (0.23, Verdict.INSIDE),
        (0.29, Verdict.INSIDE),
        (0.3, Verdict.ABOVE),
    ],
)
def test_a_ratio_is_a_reduction_with_its_ends_changed_round(point, verdict):
    """I065, falls: rate ratio 0.77 (0.71 to 0.83) is 23 % fewer (17 % to 29 %)."""
    told = reading("I065", point=point)
    assert told.verdict is verdict
    assert (told.evidence_low, told.evidence_point, told.evidence_high) == pytest.approx((0.17, 0.23, 0.29))


def test_without_an_interval_the_point_is_all_there_is():
    assert reading("I028", point=0.23).verdict is Verdict.INSIDE
    assert reading("I028", point=0.24).verdict is Verdict.ABOVE
    assert "no interval given" in reading("I028", point=0.24).in_words


def test_an_end_that_is_not_known_rules_nothing_out():
    """I021: no change, 24 % less at one end, the other not known."""
    assert reading("I021", point=-0.5).verdict is Verdict.INSIDE
    assert reading("I021", point=0.25).verdict is Verdict.ABOVE


def test_nought_for_not_significant_is_no_figure():
    told = reading("I041", point=0.1)
    assert told.verdict is Verdict.ABOVE
    assert told.evidence_point is None
    assert "no significant change" in told.in_words


@pytest.mark.parametrize(
    ("ref", "because"),
    [
        ("I020", "unlike units; the claim is a fraction, the evidence is in GBP a person"),
        ("I034", "unlike units; the claim is a fraction, the evidence is in odds ratio"),
        ("I048", "in days (it found: reduction)"),
        ("I003", "(it found: no clear change)"),
        ("I011", "unlike units; it gives growth"),
        ("I018", "more of its measure is better"),
        ("I046", "context"),
        ("I053", "unlike units"),
        ("I022", "no figure was sourced"),
        ("I042", "its size was not sourced"),
        ("E001", "a forecast over 20 years"),
    ],
)
def test_what_is_unlike_is_refused_and_why_is_said(ref, because):
    told = reading(ref, point=0.2)
    assert told.verdict is Verdict.NOT_COMPARABLE
    assert because in told.in_words
    assert told.evidence_low is told.evidence_point is told.evidence_high is None


def test_a_claim_for_an_area_is_worked_back_to_the_people_treated():
    """Care homes are 7.9 % of emergency admissions over 65: a cut of 1.6 % there is a cut of 20 % in the homes."""
    told = reading("I028", point=0.016, reach="area", treated_share=0.079)
    assert told.verdict is Verdict.BELOW
    assert "20.3% less among the people treated" in told.in_words
    assert "expect less across an area" in reading("I028", point=0.016, reach="area").in_words
    assert "more care to go than the people treated use" in (
        reading("I028", point=0.1, reach="area", treated_share=0.079).in_words
    )


def test_the_least_claimed_is_read_too():
    assert reading("I028", point=0.3, low=0.25).in_words.endswith("; all of it is")
    assert reading("I028", point=0.3, low=0.1).in_words.endswith("; the least claimed is not")


@pytest.mark.parametrize(
    "claim",
    [
        {"point": 1.2},
        {"point": float("nan")},
        {"point": 0.2, "low": 0.3},
        {"point": 0.2, "treated_share": 0.1},
        {"point": 0.2, "reach": "area", "treated_share": 0.0},
    ],
)
def test_a_claim_that_cannot_be_is_refused(claim):
    with pytest.raises(ValidationError):
        Claim(**claim)


def test_an_unknown_reference_is_refused():
    with pytest.raises(UnknownEvidence):
        compare(Claim(point=0.1), ["I999"])


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_claiming_more_is_never_above_fewer_results(one, other):
    less, more = sorted((one, other))
    assert compare(Claim(point=less), library()).above <= compare(Claim(point=more), library()).above


def test_the_reference_class_counts_controlled_results_only():
    summary = reference_class([entry(ref) for ref in ("I001", "I002", "I005", "I006", "I007", "I037", "E001")])
    assert summary.controlled == ("I002", "I005", "I006", "I007")
    assert summary.reduction == ("I006", "I007")
    assert summary.no_change_or_increase == summary.increase == ("I002", "I005")
    assert summary.set_aside == {"claim": 1, "uncontrolled": 1, "expert forecast": 1}
    assert summary.in_words == (
        "Of 4 controlled results, 2 show a reduction against the comparison and 2 do not "
        "(0 no clear change, 2 an increase)."
    )


def test_ranges_keep_units_apart_and_leave_out_nought_for_not_significant():
    summary = reference_class([entry(ref) for ref in ("I005", "I006", "I041", "I048", "I065", "I066")])
    reach = {each.unit: (each.lowest, each.highest, each.refs) for each in summary.ranges}
    assert reach == {
        EffectUnit.PCT_CHANGE: (-21, 9, ("I005", "I006")),
        EffectUnit.DAYS: (-5.5, -5.5, ("I048",)),
        EffectUnit.RATE_RATIO: (0.77, 1.2, ("I065", "I066")),
    }
    assert unit_range_in_words(summary.ranges[0]) == "-21 to 9 (% change in the measure), 2 results"


def test_a_gain_in_a_good_thing_is_not_called_an_increase_in_a_bad_one():
    summary = reference_class([entry("I018"), entry("I024")])
    assert summary.more_is_better == ("I018", "I024")
    assert summary.increase == summary.no_clear_change == ()


def test_every_controlled_result_is_counted_once():
    summary = reference_class([*library(), *find("telehealth").entries])
    parts = (summary.reduction, summary.no_clear_change, summary.increase, summary.not_sourced, summary.more_is_better)
    assert sorted(ref for part in parts for ref in part) == sorted(summary.controlled)
    assert len(summary.controlled) + sum(summary.set_aside.values()) == len(library())


def test_nothing_controlled_is_said_plainly():
    assert reference_class([entry("I001")]).in_words.startswith("No controlled result")
