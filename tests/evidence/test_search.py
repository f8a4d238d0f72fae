"""Finding evidence by words: every word must match, the best comes first, nothing crashes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.evidence.library import library
from tripleaim.evidence.search import find

NAUGHTY = json.loads(Path(__file__).with_name("naughty_strings.json").read_text("utf-8"))["strings"]
ANY_WORD = sorted({word for each in library() for word in each.name.split()})


def refs(words: str) -> list[str]:
    return [each.ref for each in find(words).entries]


def test_care_homes_are_found_however_they_are_written():
    assert refs("care home")[:4] == ["I028", "I029", "I030", "I031"]
    assert refs("care home") == refs("Care Homes") == refs("CARE-HOME")


def test_controlled_results_come_before_claims_of_the_same_worth():
    assert refs("age uk")[:2] == ["I002", "I001"]


def test_every_word_must_match():
    assert set(refs("telehealth mortality")) == {"I035"}
    assert refs("telehealth zebra") == []


def test_a_reference_comes_first_and_alone():
    assert refs("I002") == refs(" i002 ") == ["I002"]
    assert refs("E001, I001") == ["E001", "I001"]


def test_nothing_asked_for_is_the_whole_library():
    assert find("  ").entries == library()


@pytest.mark.parametrize(
    ("words", "suggested"),
    [("telehelth", "telehealth"), ("pharmasist", "pharmacist"), ("telehealth zebra", "telehealth")],
)
def test_when_nothing_is_found_near_words_are_suggested(words, suggested):
    assert find(words).entries == ()
    assert suggested in find(words).suggestions


def test_words_that_are_never_together_are_suggested_apart():
    assert find("telehealth theatre").suggestions == ("theatre", "telehealth")


@pytest.mark.parametrize(
    ("words", "suggested"),
    [
        ("carehomes", "care home"),
        ("CareHome", "care home"),
        ("hospitalathome", "hospital at home"),
        ("tele health", "telehealth"),
        ("care hmoes", "care home"),
        ("nottingham carehomes", "nottingham care home"),
    ],
)
def test_words_run_together_parted_or_misspelt_are_suggested_as_the_library_writes_them(words, suggested):
    assert find(words).entries == ()
    assert find(words).suggestions[0] == suggested


@pytest.mark.parametrize(
    ("many", "one"), [("care homes", "care home"), ("pharmacists", "pharmacist"), ("studies", "study")]
)
def test_plural_and_singular_find_the_same(many, one):
    assert refs(many) == refs(one) != []


def test_suggestions_find_something():
    for words in ("telehelth", "pharmasist", "telehealth theatre", "strok dischrge", "carehomes", "tele helth"):
        assert find(words).suggestions
        assert all(find(each).entries for each in find(words).suggestions)


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_strings_never_crash_it(words):
    found = find(words)
    assert not (found.entries and found.suggestions)


@given(st.text())
def test_no_text_crashes_it(words):
    found = find(words)
    assert not (found.entries and found.suggestions)


@given(st.sampled_from(ANY_WORD), st.sampled_from(ANY_WORD))
def test_another_word_never_finds_more(word, another):
    if find(word).entries and another not in {each.ref for each in library()}:
        assert set(refs(f"{word} {another}")) <= set(refs(word))


def test_few_suggestions_are_made_however_many_words_are_misspelt():
    assert len(find("carehmoes " * 3 + "strok dischrge telehelth pharmasist").suggestions) <= 8


def test_a_very_long_query_finds_nothing_and_does_no_harm():
    assert find("zq" * 5_000).entries == ()
    assert find(" ".join(f"zebra{n}" for n in range(100))).entries == ()
