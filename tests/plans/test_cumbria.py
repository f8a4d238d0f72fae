"""West, North and East Cumbria: small, cut in two, and nothing printed of what its partners meant to do."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.activity import Care
from tripleaim.projection import project

FOLDER = Path(__file__).resolve().parents[2] / "plans" / "west_north_and_east_cumbria"
README = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())


@cache
def cumbria() -> Plan:
    return read_plan(FOLDER)


def test_people_are_the_published_totals() -> None:
    found = {
        year: sum(row.persons for row in cumbria().population if (row.place, row.year) == (FOLDER.name, year))
        for year in (2017, 2019)
    }
    assert found == {2017: 318_291, 2019: 319_371}


def test_hospital_care_is_that_of_one_trust_as_returned() -> None:
    """Monthly Activity Return 2015/16 of RNL; A&E of 2016/17; winter beds of 2015/16."""
    found = {
        care: sum(line.baseline for line in cumbria().activity if line.care is care and line.provider == "trust_rnl")
        for care in (Care.NON_ELECTIVE, Care.ELECTIVE, Care.DAY_CASE, Care.OUTPATIENT, Care.AE)
    }
    assert list(found.values()) == [30_748, 6_169, 32_495, 101_578, 92_305]
    assert [(pool.provider, round(pool.open_beds)) for pool in cumbria().capacity] == [("trust_rnl", 558)]


def test_the_commissioner_and_the_county_that_are_cut_stand_with_their_shares() -> None:
    places = {place.key: place for place in cumbria().places}
    before, after = places["area_01h_2016"], places["area_01h"]
    assert (before.name, before.share_in_footprint) == ("NHS Cumbria CCG, as it was until March 2017", 0.63094)
    assert (after.name, after.share_in_footprint) == ("NHS North Cumbria CCG", 1)
    boards = [place for place in places.values() if place.kind == "board"]
    assert [(board.name, board.share_in_footprint) for board in boards] == [
        ("Cumbria Health and Wellbeing Board", 0.63866)
    ]
    for words in ("63.1 % of its people live here and 36.9 % in Lancashire and South Cumbria", "63.9 % of Cumbria's"):
        assert words in cumbria().heading.summary


def test_council_spending_is_the_footprints_share_of_the_county() -> None:
    spent = {line.key: line.baseline for line in cumbria().activity}
    assert spent["social_care_cumbria"] == pytest.approx(135_010_400 * 0.63866, abs=1)
    assert spent["public_health_cumbria"] == pytest.approx(17_001_600 * 0.63866, abs=1)
    assert not any(row.placed_with for row in cumbria().stated if row.measure == "spend")


def test_the_printed_gap_stands_as_printed_says_no_scope_and_drives_nothing() -> None:
    (gap,) = [row for row in cumbria().stated if row.measure == "gap"]
    assert (gap.amount, gap.year, gap.placed_with) == (168e6, "2020/21", "")
    assert gap.scope == gap.basis == "as printed"
    assert "scope not stated" in gap.name
    assert not any(row.measure == "saving" for row in cumbria().stated)


def test_a_core_allocation_says_that_it_is_of_the_group_before_it_was_cut() -> None:
    (given,) = [row for row in cumbria().stated if row.source == "core_allocations"]
    assert given.name.startswith("NHS Cumbria CCG, before its area changed in April 2017 (63.1 %")


def test_no_position_of_a_trust_of_the_time_stands_because_only_the_press_printed_one() -> None:
    positions = [row for row in cumbria().stated if row.key.startswith("position_")]
    assert [row.name.partition(":")[0] for row in positions] == ["Cumbria County Council"]
    assert "eleven figures" in README
    grants = {row.year: row.amount for row in cumbria().stated if "public health grant" in row.name}
    assert f"£{grants['2015/16'] / 1e6:.1f}m for 2015/16 and £{grants['2017/18'] / 1e6:.1f}m for 2017/18" in README
    assert any("every figure" in text and "press" in text for text in cumbria().heading.not_known)


def test_the_words_of_the_readme_are_true_of_a_run() -> None:
    found = project(cumbria())
    both = found.scope("both")
    assert "the pressure with them is a little higher" in README
    assert 0 < both.hoped[found.last] - both.do_nothing[found.last] < 0.01 * both.do_nothing[found.last]
    assert found.beds[0].open_last == found.beds[0].base
    told = next(text for text in cumbria().heading.not_known if text.startswith("Where patients live"))
    assert "North Cumbria 95 % (of RNN" in told
    assert "About 81 % of residents' unplanned admissions" in told
    assert "About 95 % of the patients of RNN live here, and by that share about 81 %" in README
