"""What one row of the evidence library says, and what it must never be taken to say."""

import json

import pytest
from pydantic import ValidationError

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import GRADE_MEANINGS, KIND_MEANINGS, Finding, Grade, Kind
from tripleaim.evidence.library import entry, library
from tripleaim.evidence.sentences import sentence
from tripleaim.evidence.units import MEANINGS, EffectUnit


def changed(of: str, **fields: object) -> EvidenceEntry:
    """An entry of the library with some fields changed, checked like any other."""
    same = {name: getattr(entry(of), name) for name in EvidenceEntry.model_fields}
    return EvidenceEntry(**{**same, **fields})


def test_the_promise_and_the_controlled_result_of_one_programme_are_told_apart():
    promise, result = entry("I001"), entry("I002")
    assert (promise.kind, promise.effect_point) == (Kind.CLAIM, -32)
    assert (result.kind, result.finding, result.effect_point) == (Kind.CONTROLLED, Finding.INCREASE, None)
    assert promise.contradicts == promise.same_programme == ("I002",)
    assert result.contradicts == result.same_programme == ("I001",)
    assert sentence(promise).startswith("Claim, not a result, grade C")
    assert "contradicted by I002" in sentence(promise)
    assert sentence(result).startswith("Controlled study, grade B")
    assert "higher than without it" in sentence(result)


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("I032", Kind.CONTEXT),  # grade A, but only for sizing
        ("I046", Kind.CONTEXT),
        ("I060", Kind.MODELLED),  # grade B, but a ceiling worked out
        ("I068", Kind.MODELLED),
        ("I064", Kind.CLAIM),  # a programme's own estimate
        ("I069", Kind.CLAIM),  # by the developers of the service
        ("I078", Kind.CLAIM),  # a requirement
        ("I083", Kind.CLAIM),  # a target
        ("I026", Kind.UNCONTROLLED),
        ("I081", Kind.UNCONTROLLED),
        ("I047", Kind.UNCONTROLLED),  # grade D, not sourced
        ("I014", Kind.CONTROLLED),
        ("E001", Kind.EXPERT_FORECAST),
    ],
)
def test_kinds_follow_the_stated_rule(ref, kind):
    assert entry(ref).kind is kind


@pytest.mark.parametrize(
    ("ref", "finding"),
    [
        ("I004", Finding.INCREASE),  # the note says a slight increase; the interval only touches nought
        ("I005", Finding.INCREASE),
        ("I011", Finding.REDUCTION),  # grew 3.5 %, against 12.0 % elsewhere
        ("I013", Finding.NO_CLEAR_CHANGE),  # 12.0 % lies inside its interval
        ("I039", Finding.NO_CLEAR_CHANGE),  # the interval spans nought
        ("I041", Finding.NO_CLEAR_CHANGE),  # nought stands for "not significant"
        ("I065", Finding.REDUCTION),  # rate ratio 0.77
        ("I066", Finding.NO_CLEAR_CHANGE),  # rate ratio 1.2, 0.91 to 1.59
        ("I053", Finding.NOT_SOURCED),
        ("I057", Finding.LEVEL),
        ("I079", Finding.LEVEL),
    ],
)
def test_findings_are_read_against_what_each_row_was_set_against(ref, finding):
    assert entry(ref).finding is finding


def test_every_grade_kind_and_unit_has_a_meaning():
    assert set(GRADE_MEANINGS) == set(Grade)
    assert set(KIND_MEANINGS) == set(Kind)
    assert set(MEANINGS) == set(EffectUnit) == {each.effect_unit for each in library()}


def test_every_row_reads_as_one_sentence_with_its_grade():
    for each in library():
        told = sentence(each)
        assert told.endswith(".")
        assert f"grade {each.grade.value}" in told
        assert "None" not in told


@pytest.mark.parametrize(
    ("ref", "figure"),
    [
        ("I005", "9% higher (no interval given)"),
        ("I011", "grew 3.5% (-0.3% to 7.2%) against 12% elsewhere"),
        ("I020", "-GBP 2,265 a person (-4,279 to -252)"),
        ("I041", "no significant difference (size not read)"),
        ("I044", "38.3 to 92% of patients (no single figure)"),
        ("I057", "pays back after 144 months"),
        ("I065", "rate ratio 0.77 (0.71 to 0.83), that is 23% lower"),
        ("E001", "24.6% lower (5.2% to 55.8%)"),
        ("I053", "no figure sourced"),
    ],
)
def test_figures_are_said_with_their_unit_and_interval(ref, figure):
    assert figure in sentence(entry(ref))


def test_as_dict_has_the_same_keys_for_every_row_and_is_plain_json():
    keys = [*EvidenceEntry.model_fields, "kind", "kind_meaning", "grade_meaning", "finding"]
    keys += ["unit_words", "recalled", "citation"]
    for each in library():
        assert list(each.as_dict()) == keys
        assert json.loads(json.dumps(each.as_dict(), allow_nan=False))["ref"] == each.ref


@pytest.mark.parametrize(
    ("ref", "fields"),
    [
        ("I011", {"effect_low": 8.0}),  # low above the point
        ("I018", {"effect_high": None}),  # one end only, and not flagged
        ("I018", {"one_sided_interval": True}),  # flagged, but has both
        ("I005", {"zero_means_not_significant": True}),  # the point is 9
        ("I011", {"comparator_growth": None}),
        ("I005", {"direction_without_point": "increase"}),
        ("I005", {"effect_point": float("nan")}),
        ("I005", {"effect_point": "9"}),  # strict: text is not a number
        ("I005", {"invented": 1}),
        ("I005", {"ref": "X1"}),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(ref, fields):
    with pytest.raises(ValidationError):
        changed(ref, **fields)


def test_entries_cannot_be_changed():
    with pytest.raises(ValidationError):
        entry("I001").effect_point = -50.0
