"""The plan of Norfolk and Waveney is what was built: its tables agree with published totals and with build.json.

The raw files are not needed. Known answers are small published totals, copied here by hand.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tripleaim.loading import read_plan
from tripleaim.projection import project

ROOT = Path(__file__).resolve().parent.parent.parent
PLAN = ROOT / "plans" / "norfolk_and_waveney"
BUILD = json.loads((PLAN / "build.json").read_text(encoding="utf-8"))
HEADING = tomllib.loads((PLAN / "plan.toml").read_text(encoding="utf-8"))
TABLES = sorted(file.stem for file in PLAN.glob("*.csv"))

PEOPLE = {
    ("norfolk_and_waveney", "2017"): 1016287,
    ("norfolk_and_waveney", "2019"): 1026193,
    ("england", "2017"): 55619430,
    ("england", "2019"): 56286961,
}
"""Mid-year estimates; the two for England are the totals ONS published."""

ACTIVITY = {
    ("trust_rm1", "elective_spell"): 14573,
    ("trust_rgp", "elective_spell"): 5058,
    ("trust_rcx", "elective_spell"): 5161,
    ("trust_rm1", "day_case"): 89971,
    ("trust_rgp", "day_case"): 29632,
    ("trust_rcx", "day_case"): 39387,
    ("trust_rm1", "non_elective_spell"): 60858,
    ("trust_rgp", "non_elective_spell"): 18573,
    ("trust_rcx", "non_elective_spell"): 31306,
    ("trust_rm1", "outpatient_attendance"): 164033,
    ("trust_rgp", "outpatient_attendance"): 65928,
    ("trust_rcx", "outpatient_attendance"): 70051,
    ("trust_rm1", "ae_attendance"): 116280 + 11676,
    ("trust_rgp", "ae_attendance"): 74817 + 661,
    ("trust_rcx", "ae_attendance"): 62317,
}
"""Monthly Activity Return 2015/16; A&E 2016/17, type 1 and other types."""

HEADLINES = {"gap_2020_21": 415, "gap_2020_21_health": 316, "gap_2020_21_social_care": 99, "gap_june_draft": 545}


def rows(name: str) -> list[dict[str, str]]:
    with (PLAN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_reader_finds_no_problem() -> None:
    plan = read_plan(PLAN)
    assert plan.heading.name == HEADING["name"]
    assert len(plan.stated) == len(rows("stated"))


def test_people_are_the_published_totals() -> None:
    found: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows("population"):
        found[row["place"], row["year"]] += float(row["persons"])
    assert {key: found[key] for key in PEOPLE} == PEOPLE


def test_every_age_stands_once_and_the_commissioners_areas_add_up_to_the_place() -> None:
    people = {(row["place"], row["year"], int(row["age"])): float(row["persons"]) for row in rows("population")}
    areas = [row["key"] for row in rows("places") if row["kind"] == "commissioner"]
    assert len(areas) == 5
    for year in ("2017", "2019"):
        for age in range(91):
            parts = sum(people[area, year, age] for area in areas)
            assert parts == people["norfolk_and_waveney", year, age], (year, age)


def test_hospital_activity_is_as_published() -> None:
    found: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows("activity"):
        found[row["provider"], row["care"]] += float(row["baseline"])
    assert {key: found[key] for key in ACTIVITY} == ACTIVITY


def test_council_spending_is_norfolk_and_the_footprints_share_of_suffolk() -> None:
    spent = {row["key"]: float(row["baseline"]) for row in rows("activity")}
    assert spent["social_care_norfolk"] == 264_616_000
    assert spent["public_health_norfolk"] == 35_711_000
    assert spent["social_care_suffolk"] == pytest.approx(204_939_000 * 0.15575, abs=1)
    assert spent["public_health_suffolk"] == pytest.approx(27_079_000 * 0.15575, abs=1)


@pytest.mark.parametrize(
    ("trust", "opened", "occupied"), [("rm1", 1036.0, 937.6), ("rgp", 418.5, 414.7), ("rcx", 415.1, 406.3)]
)
def test_beds_are_as_returned_and_the_winter_factor_gives_back_the_beds_occupied(
    trust: str, opened: float, occupied: float
) -> None:
    (pool,) = [row for row in rows("capacity") if row["key"] == f"beds_{trust}"]
    days = sum(
        float(row["baseline"]) * float(row["length_of_stay"])
        for row in rows("activity")
        if row["bed_pool"] == f"beds_{trust}"
    )
    assert float(pool["open_beds"]) == opened
    assert 0.80 <= days / (365 * opened) <= 0.99
    assert days / 365 * float(pool["winter_factor"]) == pytest.approx(occupied, abs=0.1)


def test_printed_headlines_stand_as_printed_and_are_placed_with_nothing() -> None:
    """They count every service; the model counts pressure on those that have published activity or spending."""
    printed = {row["key"]: row for row in rows("stated")}
    assert {key: float(printed[key]["amount"]) / 1e6 for key in HEADLINES} == HEADLINES
    settings = [row for row in printed.values() if row["measure"] == "saving" and row["setting"]]
    assert sum(float(row["amount"]) for row in settings) == pytest.approx(90.4e6)
    headlines = [row for row in printed.values() if row["source"].startswith("printed_")]
    assert len(headlines) == 13
    assert not any(row["placed_with"] for row in headlines)


COUNCIL_OUTTURN = {
    "social_care_norfolk": {"2015/16": 264_616_000, "2016/17": 277_997_000, "2017/18": 279_250_000},
    "public_health_norfolk": {"2015/16": 35_711_000, "2016/17": 43_734_000, "2017/18": 41_085_000},
}
"""Revenue outturn, lines 360 and 390, Norfolk: a whole county in the footprint, as the plan's lines have it."""

BEDS_2018_19 = {"beds_rm1": 823.42, "beds_rgp": 362.12, "beds_rcx": 393.94}
"""General and acute beds occupied, mean of the four quarterly returns of 2018/19."""


def test_what_the_plan_models_is_placed_and_nothing_else() -> None:
    """Suffolk's spending is of the whole county, other definitions differ, and no organisation has accounts here."""
    placed = [row for row in rows("stated") if row["placed_with"]]
    spent = {(row["placed_with"], row["year"]): float(row["amount"]) for row in placed if row["measure"] == "spend"}
    assert spent == {(line, year): amount for line, years in COUNCIL_OUTTURN.items() for year, amount in years.items()}
    beds = {row["placed_with"]: float(row["amount"]) for row in placed if row["measure"] == "beds"}
    assert beds == pytest.approx(BEDS_2018_19, abs=0.06)
    assert len(placed) == len(spent) + len(beds) == 9
    assert {row["year"] for row in placed if row["measure"] == "beds"} == {"2018/19"}


def test_a_run_lays_them_beside_the_model_and_the_opening_year_agrees_to_the_pound() -> None:
    found = {row.key: row for row in project(read_plan(PLAN)).stated}
    placed = [row for row in found.values() if row.placed_with]
    assert all(row.modelled is not None and row.modelled > 0 for row in placed)
    assert all(row.modelled is None for row in found.values() if not row.placed_with)
    opening = [row for row in placed if row.year == "2015/16"]
    assert len(opening) == 2
    assert [row.unexplained for row in opening] == pytest.approx([0, 0], abs=0.5)
    assert all(row.unexplained for row in placed if row.year != "2015/16")


def test_the_readme_tells_how_far_the_model_is_from_what_was_printed() -> None:
    text = " ".join((PLAN / "README.md").read_text(encoding="utf-8").split())
    found = project(read_plan(PLAN)).stated
    assert f"{sum(row.modelled is not None for row in found)} of {len(found)} are placed" in text.replace("Nine", "9")
    for row in found:
        if row.modelled is None or row.year == "2015/16":
            continue
        size = 1.0 if row.measure == "beds" else 1e6
        digits = 0 if row.measure == "beds" else 1
        assert f"{row.printed / size:,.{digits}f} printed, {row.modelled / size:,.{digits}f} modelled" in text, row.key


def test_the_missing_half_year_of_services_for_under_fives_is_told() -> None:
    assert any("under-fives" in text and "half" in text for text in HEADING["not_known"])


def test_schemes_without_a_cost_are_named_first_among_what_is_not_known() -> None:
    costed = {row["scheme"] for row in rows("costs")}
    free = [row["name"].removesuffix(" (our example)") for row in rows("schemes") if row["key"] not in costed]
    assert len(free) == 3
    told = HEADING["not_known"][0]
    assert all(name in told for name in free)
    assert "look cheaper than they would be" in told


def test_unit_costs_are_national_figures_of_2016_17_less_a_year_of_inflation() -> None:
    published = {"ae_attendance": 148, "outpatient_attendance": 120, "day_case": 738, "elective_spell": 3684}
    published["non_elective_spell"] = 1590
    for row in rows("activity"):
        if row["care"] in published:
            assert float(row["unit_cost"]) == pytest.approx(published[row["care"]] / 1.031, abs=0.005), row["key"]


def test_a_line_is_no_firmer_than_the_softest_thing_in_it() -> None:
    sources = {row["key"]: row for row in rows("sources")}
    parts = {row["key"]: row for row in rows("assumptions")}
    softness = ("published", "derived", "judged", "illustrative")
    named: set[str] = set()
    hospital = [row for row in rows("activity") if row["provider"].startswith("trust_")]
    for line in hospital:
        source = sources[line["source"]]
        mine = [row for key, row in parts.items() if f"assumption {key}" in source["note"]]
        assert sorted(row["unit"].startswith("GBP") for row in mine) == [False, True], line["key"]
        for part in mine:
            named.add(part["key"])
            column = "unit_cost" if part["unit"].startswith("GBP") else "growth"
            assert part["value"] == line[column], (line["key"], part["key"])
            if column == "growth":
                assert (part["value_low"], part["value_high"]) == (line["growth_low"], line["growth_high"])
            assert f"source {part['source']}" in source["note"]
            assert softness.index(source["kind"]) >= softness.index(sources[part["source"]]["kind"]), line["key"]
        for told in ("NHS England", "HFMA", "economic assumptions", "hfma.org.uk", "improvement.nhs.uk"):
            assert told in source["note"], (line["key"], told)
        assert "facts only" in source["licence"]
    assert named == set(parts)
    kinds = {line["care"]: sources[line["source"]]["kind"] for line in rows("activity")}
    assert kinds == {
        "non_elective_spell": "derived",
        "outpatient_attendance": "derived",
        "elective_spell": "judged",
        "day_case": "judged",
        "ae_attendance": "judged",
        "social_care_package": "judged",
        "public_health_contact": "judged",
    }


def test_the_words_on_council_prices_are_true_of_a_run() -> None:
    found = project(read_plan(PLAN))
    prices = found.walk("council").at("pay_and_prices").amounts[found.last]
    pressure = found.scope("both").do_nothing[found.last]
    (words,) = [text for text in HEADING["not_known"] if "prices" in text]
    assert words.startswith("About a third of the pressure ")
    assert 0.3 <= prices / pressure <= 0.365
    assert f"(£{prices / 1e6:.0f}m of £{pressure / 1e6:.0f}m in 2020/21)" in words
    assert "assumed to rise 3 % a year because no published index is in the data" in words
    council = [row for row in rows("indices") if row["index"] == "council_services"]
    assert {(row["change"], row["source"]) for row in council} == {("0.03", "illustrative_council_prices")}


def test_the_heading_does_not_deny_what_stands_as_stated() -> None:
    printed = rows("stated")
    assert any(row["source"] == "core_allocations" for row in printed)
    assert any("control total" in row["name"] for row in printed)
    for text in (HEADING["summary"], *HEADING["not_known"]):
        assert not ("published" in text and "no organisation" in text), text
    assert "trust positions" in HEADING["summary"]
    assert "core allocations (of a year we infer to be 2018/19)" in HEADING["summary"]


def test_no_row_of_a_scheme_reads_as_the_partners_own() -> None:
    kept = {row["key"]: row for row in rows("sources")}
    assert all(row["name"].endswith("(our example)") for row in rows("schemes"))
    for name in ("schemes", "effects", "costs"):
        for row in rows(name):
            source = kept[row["source"]]
            assert source["kind"] == "judged", (name, row["key"])
            assert "not proposed by the partners" in source["note"], (name, row["key"])
            assert source["publisher"].startswith("Triple Aim authors"), (name, row["key"])


def test_no_real_body_has_accounts_and_no_scheme_an_owner() -> None:
    followed = {row["key"] for row in rows("organisations") if row["accounts"] == "yes"}
    assert followed == {"nhs_commissioners_together", "councils_together"}
    assert not any(row["owner"] or row["asked_by"] for row in rows("schemes"))
    assert all("not proposed by the partners" in row["summary"] for row in rows("schemes"))
    bearers = {row["organisation"] for row in rows("costs")}
    assert bearers <= followed
    assert HEADING["invented"] is False
    assert HEADING["status"] == "draft"
    assert "not the partners' plan" in HEADING["summary"]


def test_every_row_has_a_source_that_stands_and_every_source_is_used() -> None:
    known = {row["key"] for row in rows("sources")}
    used = {row["source"] for name in TABLES if name != "sources" for row in rows(name)}
    assert used == known
    kinds = Counter(row["kind"] for row in rows("sources"))
    assert set(kinds) == {"published", "derived", "judged", "illustrative"}
    missing = [row["key"] for row in rows("sources") if row["kind"] == "published" and not row["url"]]
    assert missing == []


def test_files_whose_licence_is_not_clear_stay_out() -> None:
    assert not [name for name in BUILD["inputs"] if "la_to_provider" in name or "pssru" in name]


def test_the_tables_are_the_ones_the_build_recorded() -> None:
    totals = BUILD["totals"]
    assert {name: len(rows(name)) for name in TABLES} == {name: totals[f"rows_{name}"] for name in TABLES}
    for (place, year), people in PEOPLE.items():
        assert totals[f"people_{year}_{place}"] == people
    by_care: dict[str, float] = defaultdict(float)
    for row in rows("activity"):
        by_care[row["care"]] += float(row["baseline"])
    assert {f"baseline_{care}": total for care, total in by_care.items()} == {
        key: value for key, value in totals.items() if key.startswith("baseline_")
    }


def test_every_input_is_recorded_with_its_checksum() -> None:
    kept = tomllib.loads((ROOT / "tools" / "norfolk" / "inputs.toml").read_text(encoding="utf-8"))
    assert BUILD["inputs"] == kept
    assert all(len(checksum) == 64 for checksum in kept.values())


def test_ranges_are_in_order_and_age_shares_add_up() -> None:
    for name in TABLES:
        for row in rows(name):
            for column in row:
                if column.endswith("_low") and row[column]:
                    point = column.removesuffix("_low")
                    assert float(row[column]) <= float(row[point]) <= float(row[f"{point}_high"]), (name, row)
    shares: dict[str, float] = defaultdict(float)
    for row in rows("age_profiles"):
        if row["age_share"]:
            shares[row["profile"]] += float(row["age_share"])
    assert shares == pytest.approx(dict.fromkeys(shares, 1.0), abs=1e-5)
