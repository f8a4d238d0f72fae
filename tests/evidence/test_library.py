"""The library as a whole: nothing lost, nothing added, and what the list of quirks says about named rows."""

import csv
import hashlib
import importlib.util
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tripleaim.evidence import library as home
from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import Grade, Kind
from tripleaim.evidence.library import UnknownEvidence, entry, library
from tripleaim.evidence.rows import LibraryUnreadable, entries_from

FOLDER = Path(home.__file__).parent
TEXT = (FOLDER / "library.csv").read_bytes().decode()
SOURCES = tomllib.loads((FOLDER / "library.sources.toml").read_text("utf-8"))
BUILDER = Path(__file__).resolve().parents[2] / "tools" / "build_evidence.py"

# Counted in the table as collected, before it was cleaned: rows by the first letter of evidence_quality.
GRADES_AS_COLLECTED = {"A": 26, "B": 39, "C": 17, "D": 9, "E": 77}

QUIRKS = {
    "zero_means_not_significant": {"I003", "I041", "I073", "I089"},
    "raw_growth_rate": {"I011", "I012", "I013", "I091"},
    "context_only": {"I032", "I043", "I046", "I079"},
    "positive_is_gain": {"I046", "I057", "I064", "I069"},
    "months_are_payback": {"I057", "I064"},
    "one_sided_interval": {"I021", "I023", "I074"},
    "more_is_better": {"I018", "I024", "I026", "I036", "I044"},
}

WITHOUT_A_POINT = {f"I{n:03}" for n in (2, 8, 22, 27, 33, 42, 44, 45, 47, 53, 69, 75, 76, 77, 82, 85, 86, 87)}


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("build_evidence", BUILDER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_every_row_is_there_once_and_in_order():
    refs = [each.ref for each in library()]
    assert refs == [f"I{n:03}" for n in range(1, 92)] + [f"E{n:03}" for n in range(1, 78)]
    assert len(refs) == 168


def test_the_package_holds_what_the_script_makes_of_the_table_whose_checksum_it_recorded(builder):
    """The cleaning is undone, byte for byte, to the recorded checksum, and then done again."""
    collected = builder.undone(TEXT)
    assert sha256(collected) == SOURCES["read"]["sha256"]
    assert builder.built(collected) == TEXT
    assert sha256(TEXT) == SOURCES["written"]["sha256"]
    assert builder.sources(collected, TEXT) == (FOLDER / "library.sources.toml").read_text("utf-8")


WORDS_OF_THE_COLLECTORS = re.compile(
    r"\bseeds?\b|\.(txt|csv|md|pdf|xlsx?)\b|\b[0-9]{3}_[0-9a-f]+|\blook-?ups?\b|\b[EI]-rows?\b|not readable",
    re.IGNORECASE,
)
"""Names of the collectors' own files, and words about how they worked: no citation for a reader."""


def test_no_row_cites_the_collectors_own_files():
    told = [(row["ref"], column, text) for row in csv.DictReader(TEXT.splitlines()) for column, text in row.items()]
    assert [each for each in told if WORDS_OF_THE_COLLECTORS.search(each[2])] == []


def test_the_claim_of_the_pilot_is_cited_as_a_reader_would_look_for_it():
    pilot = entry("I001")
    assert pilot.name == "Age UK personalised integrated care - Cornwall pilot (claim)"
    assert pilot.citation == (
        "Kieran Brett, Mind the Gap: Are you ready for Sustainability and Transformation Planning?, 2016. "
        "IMPOWER, blog post of February 2016; web address not recorded"
    )
    assert pilot.direction_note.startswith("CLAIM ONLY: the same post also claims +27% well-being. ")


def test_each_mended_wording_stands_once_and_no_figure_is_touched(builder):
    """Each mending is undone in the collected table, where the old wording stands once, and done in the library."""
    old = {row["id"]: row for row in csv.DictReader(builder.undone(TEXT).splitlines())}
    new = {row["ref"]: row for row in csv.DictReader(TEXT.splitlines())}
    for mending in builder.MENDED:
        assert mending.column in {"name", "direction_note", "source", "url_or_reference"}
        assert old[mending.ref][mending.column].count(mending.was) == 1
        assert new[mending.ref][mending.column].count(mending.now) == 1
        assert not WORDS_OF_THE_COLLECTORS.search(mending.now)
    mended = {(mending.ref, mending.column) for mending in builder.MENDED}
    differ = {(ref, column) for ref in new for column in builder.SAME if old[ref][column] != new[ref][column]}
    assert differ == mended


def test_a_table_without_a_wording_that_is_to_be_mended_is_refused(builder):
    collected = builder.undone(TEXT).replace("IMPOWER blog (seed 000)", "IMPOWER blog")
    with pytest.raises(ValueError, match=r"I001, source: .*IMPOWER blog"):
        builder.built(collected)


def test_grades_are_kept_as_collected(builder):
    assert Counter(each.grade.value for each in library()) == GRADES_AS_COLLECTED
    collected = csv.DictReader(builder.undone(TEXT).splitlines())
    assert {row["id"]: row["evidence_quality"][0] for row in collected} == {e.ref: e.grade.value for e in library()}
    assert all((each.grade is Grade.E) == each.ref.startswith("E") for each in library())


def test_kinds_are_counted_so_that_a_changed_rule_is_seen():
    assert Counter(each.kind for each in library()) == {
        Kind.CLAIM: 6,
        Kind.CONTROLLED: 57,
        Kind.UNCONTROLLED: 19,
        Kind.MODELLED: 5,
        Kind.EXPERT_FORECAST: 77,
        Kind.CONTEXT: 4,
    }


@pytest.mark.parametrize("flag", QUIRKS)
def test_quirks_are_flagged_on_the_named_rows_and_no_other(flag):
    assert {each.ref for each in library() if getattr(each, flag)} == QUIRKS[flag]


def test_rows_without_a_point_stay_without():
    assert {each.ref for each in library() if each.effect_point is None} == WITHOUT_A_POINT


def test_numbers_are_those_of_the_table():
    for row, each in zip(csv.DictReader(TEXT.splitlines()), library(), strict=True):
        for column in (
            "effect_point",
            "effect_low",
            "effect_high",
            "time_to_full_effect_months",
            "cost_per_person_gbp",
        ):
            assert getattr(each, column) == (float(row[column]) if row[column] else None)


def test_low_is_never_above_point_nor_point_above_high():
    for each in library():
        known = [v for v in (each.effect_low, each.effect_point, each.effect_high) if v is not None]
        assert known == sorted(known)


def test_raw_growth_has_the_growth_elsewhere_beside_it():
    growth = {each.ref: each.comparator_growth for each in library() if each.raw_growth_rate}
    assert growth == {"I011": 12.0, "I012": 12.0, "I013": 12.0, "I091": 4.84}


def test_every_row_says_who_says_so_or_that_nobody_does():
    assert {each.ref for each in library() if each.source is None} == {"I047", "I082", "I087"}
    for each in library():
        if each.source:
            assert each.source in each.citation
            assert each.url_or_reference in each.citation
        else:
            assert each.citation.startswith("No source recorded")
            assert each.effect_point is None


def test_links_point_both_ways():
    for each in library():
        for other in each.same_programme:
            assert each.ref in entry(other).same_programme
        assert set(each.contradicts) <= set(each.same_programme)


def test_an_unknown_reference_is_answered_with_near_names():
    with pytest.raises(UnknownEvidence, match="I002") as refused:
        entry("I0002")
    assert isinstance(refused.value, KeyError)
    assert "I002" in refused.value.near
    with pytest.raises(UnknownEvidence, match="I035"):
        entry("telehealth (WSD) mortality")


def test_every_problem_in_a_library_is_told_at_once():
    broken = (
        TEXT.replace(",-32,,,", ",12%,,,", 1).replace("\nI003,", "\nI002,", 1).replace(",I001,I001\n", ",I999,I001\n")
    )
    with pytest.raises(LibraryUnreadable) as refused:
        entries_from(broken)
    told = str(refused.value)
    assert "row 2, I001, effect_point: found '12%'" in told
    assert "I002 is used 2 times" in told
    assert "I002, contradicts: there is no I999" in told


@pytest.mark.parametrize("text", ["", "ref\nI001\n", TEXT.replace("ref,", "reference,", 1)])
def test_missing_and_unknown_columns_are_refused(text):
    with pytest.raises(LibraryUnreadable, match="column"):
        entries_from(text)


@pytest.mark.parametrize("bad", ["nan", "1_000", "inf", "٣", "1e3", " 9"])
def test_a_number_is_read_only_if_it_is_plainly_one(bad):
    with pytest.raises(LibraryUnreadable, match="effect_point"):
        entries_from(TEXT.replace(",-32,,,", f",{bad},,,", 1))


def test_a_row_cut_short_is_refused():
    with pytest.raises(LibraryUnreadable, match="cells"):
        entries_from(TEXT[: TEXT.rindex(",expert forecast")])


def test_columns_are_the_fields_of_an_entry():
    assert TEXT.splitlines()[0].split(",") == list(EvidenceEntry.model_fields)
