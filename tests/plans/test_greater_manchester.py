"""Greater Manchester: big, one dated set of commissioners, and two printed gaps that are not of one scope."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.activity import Care
from tripleaim.plan.organisation import Role
from tripleaim.projection import Projection, project

FOLDER = Path(__file__).resolve().parents[2] / "plans" / "greater_manchester"
README = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
BOROUGHS = (
    "bolton", "bury", "manchester", "oldham", "rochdale", "salford", "stockport", "tameside", "trafford", "wigan",
)  # fmt: skip


@cache
def manchester() -> Plan:
    return read_plan(FOLDER)


@cache
def run() -> Projection:
    return project(manchester())


def test_people_are_the_published_total_and_the_commissioners_areas_add_up_to_it() -> None:
    found = {
        place.key: sum(row.persons for row in manchester().population if (row.place, row.year) == (place.key, 2017))
        for place in manchester().places
    }
    areas = [place.key for place in manchester().places if place.kind == "commissioner"]
    assert found["greater_manchester"] == sum(found[area] for area in areas) == 2_832_133


def test_commissioners_are_one_dated_set_and_page_one_says_which_and_why() -> None:
    groups = [each for each in manchester().organisations if each.role is Role.COMMISSIONER]
    assert len(groups) == 10
    assert "NHS Manchester CCG" in {each.name for each in groups}
    assert not {"00W", "01M", "01N"} & {each.code for each in groups}
    summary = manchester().heading.summary
    assert "The commissioners are those of April 2017, ten groups, because people by single year of age" in summary
    assert "in 2016 there were twelve" in summary


def test_glossop_is_told_and_counts_by_its_share_of_derbyshire() -> None:
    spent = {line.key: line.baseline for line in manchester().activity}
    assert spent["social_care_derbyshire"] == pytest.approx(202_415_000 * 0.04209, rel=1e-4)
    boards = {place.name: place.share_in_footprint for place in manchester().places if place.kind == "board"}
    assert len(boards) == 11
    assert boards["Derbyshire Health and Wellbeing Board"] == 0.04209
    assert "Glossop, which lies in Derbyshire: 33,334 people, 4.2 %" in manchester().heading.summary


def test_ten_boroughs_spend_on_social_care_what_they_returned() -> None:
    spent = {line.key: line.baseline for line in manchester().activity if line.care is Care.CARE_PACKAGE}
    assert set(spent) == {f"social_care_{name}" for name in (*BOROUGHS, "derbyshire")}
    assert spent["social_care_bolton"] == 62_976_000
    assert spent["social_care_manchester"] == 133_812_000
    assert sum(spent[f"social_care_{name}"] for name in BOROUGHS) == pytest.approx(634.857e6, abs=1e3)


def test_trusts_stand_as_they_did_in_october_2016_under_their_codes_of_the_time() -> None:
    with_care = {line.provider.removeprefix("trust_").upper() for line in manchester().activity if line.bed_pool}
    assert with_care == {"RW3", "RM2", "RM3", "RMC", "RMP", "RRF", "RW6", "RWJ", "RBV"}
    assert "R0A" not in {each.code for each in manchester().organisations}
    assert any("(RW3)" in text and "(RM2)" in text and "(R0A)" in text for text in manchester().heading.not_known)


def test_two_printed_gaps_stand_apart_each_with_its_scope_and_neither_is_placed() -> None:
    gaps = [row for row in manchester().stated if row.measure == "gap"]
    assert [(row.amount / 1e6, row.scope) for row in sorted(gaps, key=lambda row: -row.amount)] == [
        (2000, "both"),
        (897, "as printed"),
    ]
    assert not any(row.placed_with for row in gaps)
    assert len({row.source for row in gaps}) == 2
    assert "scope not stated; why it differs from £2bn was not found" in min(gaps, key=lambda row: row.amount).name
    assert all(figure in manchester().heading.summary for figure in ("£2,000m", "£897m"))


def test_other_headlines_stand_as_printed() -> None:
    rows = {row.key: row for row in manchester().stated}
    assert rows["printed_10_transformation_fund"].amount == 450e6
    assert rows["printed_10_transformation_fund"].basis == "cumulative"
    assert rows["printed_9_residual_gap_2020_21"].amount == 309e6
    assert "later check" in rows["printed_9_residual_gap_2020_21"].name
    assert rows["printed_5_annual_health_and_care_spend"].amount == 6000e6
    assert "more than" in rows["printed_5_annual_health_and_care_spend"].name
    assert not any(row.placed_with for row in rows.values() if row.key.startswith("printed_"))


def test_a_nought_of_public_health_grant_is_told_as_kept_business_rates_and_stands_as_no_figure() -> None:
    kept = [row for row in manchester().stated if "business rates kept" in row.name]
    assert [(row.amount, row.year, row.scope) for row in kept] == [(213.4e6, "2017/18", "council")]
    grants = [row for row in manchester().stated if row.measure == "funding" and "public health grant" in row.name]
    assert {row.year for row in grants} == {"2015/16"}
    assert sum(row.amount for row in grants) == pytest.approx(180.665e6)
    assert f"£{sum(row.amount for row in grants) / 1e6:.1f}m for the ten councils in 2015/16" in README
    assert any("£213.4m" in text and "no cut" in text for text in manchester().heading.not_known)


def test_the_cancer_hospital_is_left_out_of_the_examples() -> None:
    assert not any("rbv" in row.target for row in manchester().effects)
    assert len({row.target.rpartition("_")[2] for row in manchester().effects}) == 8


def test_a_run_lays_printed_figures_beside_the_model_and_the_opening_year_agrees() -> None:
    placed = [row for row in run().stated if row.modelled is not None]
    opening = [row for row in placed if row.year == "2015/16"]
    assert len(opening) == 20
    assert [row.unexplained for row in opening] == pytest.approx([0] * 20, abs=0.5)
    assert {row.key for row in placed if row.measure == "beds"} == {
        f"occupied_beds_{code}" for code in ("rbv", "rm3", "rmc", "rmp", "rrf", "rw6", "rwj")
    }


def test_the_words_of_the_readme_are_true_of_the_plan_and_of_a_run() -> None:
    found = run()
    both = found.scope("both")
    assert 0 < both.do_nothing[found.last] - both.hoped[found.last] < 0.02 * both.do_nothing[found.last]
    assert "fourteen figures that we found only in the press and trade press" in README
    growth = next(row for row in manchester().assumptions if row.key == "planned_overnight_growth")
    assert growth.value.point == -0.03
    assert "(fitted −4.5 % a year) are held to −3 % by our opinion" in README
    assert "gives −4.5 %" in next(row.note for row in manchester().sources if row.key == "growth_held")
    beds = next(row.note for row in manchester().sources if row.key == "beds_winter_2015_16")
    assert "Stockport: 741 open and 701 occupied" in beds
    assert "Salford Royal: 646 open" in beds
    shortened = {row.key[-3:] for row in manchester().sources if "stays shortened by" in row.note}
    assert shortened == {"rmc", "rw3", "rw6", "rm3"}
