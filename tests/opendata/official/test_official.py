"""Official files: recognised by their columns, added with their source, nothing guessed and nothing overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from opendata.official.files import (
    ALLOCATIONS,
    NORFOLK,
    REFERENCE_COSTS,
    TAC,
    estimates,
    projections,
    spoilt,
    workbook,
    write,
)
from tripleaim.errors import PlanProblems
from tripleaim.loading import read_plan, remarks, write_plan
from tripleaim.opendata.official import Asked, add_official
from tripleaim.opendata.start.heading import EVERYWHERE
from tripleaim.plan import TABLES, Plan
from tripleaim.plan.plan import Heading
from tripleaim.projection import project

ROOT = Path(__file__).resolve().parents[3]
FOOTPRINT = "norfolk_and_waveney"
IN_2016 = 7
"""Column of the made-up projections that holds 2016."""


@pytest.fixture(scope="module")
def norfolk() -> Plan:
    return read_plan(ROOT / "plans" / "norfolk_and_waveney")


@pytest.fixture
def tiny(tmp_path: Path) -> Plan:
    """The tiny plan, its hospital named and coded as in the made-up files."""
    folder = tmp_path / "tiny"
    write_tiny(folder)
    text = (folder / "organisations.csv").read_text(encoding="utf-8")
    text = text.replace("role,place", "role,code,place").replace(
        "Tiny Hospital,provider,", "Tiny Hospital,provider,RT1,"
    )
    text = text.replace("commissioner,commissioner,east", "commissioner,commissioner,X1,east")
    text = text.replace("commissioner,commissioner,,", "commissioner,commissioner,,,").replace(
        ",council,t", ",council,,t"
    )
    (folder / "organisations.csv").write_text(text, encoding="utf-8")
    return read_plan(folder)


def refusals(plan: Plan, file: Path, asked: Asked | None = None) -> str:
    with pytest.raises(PlanProblems) as refused:
        add_official(plan, file, asked)
    return str(refused.value)


class TestProjections:
    def test_every_place_and_the_footprint_as_their_sum(self, norfolk: Plan, tmp_path: Path) -> None:
        added = add_official(norfolk, write(tmp_path, projections()))
        rows = {(row.place, row.year, row.age): row for row in added.plan.projections}
        assert added.kind == "projections"
        assert {year for _, year, _ in rows} == set(range(2015, 2021))
        assert rows["area_06m", 2016, 40].persons == 100 * NORFOLK["E38000063"]
        assert rows[FOOTPRINT, 2016, 40].persons == 100 * sum(NORFOLK.values())
        sources = {source.key: source for source in added.plan.sources}
        assert sources[rows["area_06m", 2016, 40].source].kind == "published"
        assert sources[rows[FOOTPRINT, 2016, 40].source].kind == "derived"
        assert "SHA-256" in sources[rows["area_06m", 2016, 40].source].note

    def test_projections_that_end_before_the_plan_are_told(self, norfolk: Plan, tmp_path: Path) -> None:
        added = add_official(norfolk, write(tmp_path, projections(years=(2014, 2015, 2016, 2017, 2018))))
        assert "to mid-2020, come from the plan's estimates" in " ".join(added.said)
        assert "1 year of the file: the plan looks at mid-2015 to mid-2020" in map(str, added.left_out)

    def test_a_year_named_twice_is_one_problem_and_never_the_first_of_them(self, norfolk: Plan, tmp_path: Path) -> None:
        said = refusals(norfolk, write(tmp_path, projections(years=(2015, 2016, 2016))))
        assert said.count("found") == 1
        assert "several columns of this name" in said

    def test_the_plan_runs_on_them(self, norfolk: Plan, tmp_path: Path) -> None:
        from tripleaim.projection.people import people

        added = add_official(norfolk, write(tmp_path, projections()))
        assert set(people(added.plan, FOOTPRINT).how) == {"official projection"}
        assert read_plan(write_plan(added.plan, tmp_path / "plan")).fingerprint == added.plan.fingerprint

    def test_hindsight_is_told_until_they_cover_every_year(self, norfolk: Plan, tmp_path: Path) -> None:
        whole = add_official(norfolk, write(tmp_path, projections())).plan
        one_short = add_official(norfolk, write(tmp_path, projections(years=tuple(range(2014, 2020))))).plan
        topics = [{each.topic for each in remarks(plan)} for plan in (norfolk, one_short, whole)]
        assert ["hindsight" in found for found in topics] == [True, True, False]
        told = [project(plan).ages for plan in (norfolk, one_short, whole)]
        assert [ages is not None and ages.hindsight for ages in told] == [True, True, False]

    def test_a_missing_member_is_named_and_nothing_is_summed(self, norfolk: Plan, tmp_path: Path) -> None:
        some = {code: times for code, times in NORFOLK.items() if code != "E38000218"}
        assert "no rows of NHS Norwich CCG (E38000218)" in refusals(norfolk, write(tmp_path, projections(some)))

    def test_districts_partly_inside_cannot_make_the_footprint(self, norfolk: Plan, tmp_path: Path) -> None:
        from tripleaim.opendata import published

        inside = [each for each in published().district_overlaps if each.footprint == "E54000022"]
        text = projections({each.district: 15 for each in inside})
        if any(each.share_of_district < 1 for each in inside):
            assert "lie only partly in it" in refusals(norfolk, write(tmp_path, text))
        else:
            rows = add_official(norfolk, write(tmp_path, text)).plan.projections
            assert {row.place for row in rows} == {FOOTPRINT}

    def test_females_and_males_are_added_up_where_the_plan_counts_persons(self, norfolk: Plan, tmp_path: Path) -> None:
        added = add_official(norfolk, write(tmp_path, projections(sexes=("females", "males"))))
        one = next(row for row in added.plan.projections if (row.place, row.year, row.age) == ("area_06m", 2015, 0))
        assert (one.sex, one.persons) == ("persons", 99 * NORFOLK["E38000063"])

    def test_one_sex_alone_is_refused(self, norfolk: Plan, tmp_path: Path) -> None:
        assert "females only" in refusals(norfolk, write(tmp_path, projections(sexes=("females",))))

    def test_a_hidden_figure_is_never_nought(self, norfolk: Plan, tmp_path: Path) -> None:
        text = spoilt(projections(), "E38000063,Somewhere,Population,persons,5,", IN_2016, "*")
        added = add_official(norfolk, write(tmp_path, text))
        assert not any(row.place in ("area_06m", FOOTPRINT) for row in added.plan.projections)
        assert any("hidden" in each.why for each in added.left_out)

    def test_ages_that_do_not_add_up_are_refused(self, norfolk: Plan, tmp_path: Path) -> None:
        text = spoilt(projections(), "E38000063,Somewhere,Population,persons,All ages,", IN_2016, "291000")
        assert "the ages add up to 215,800, all ages are 291,000" in refusals(norfolk, write(tmp_path, text))

    def test_five_year_bands_are_refused(self, norfolk: Plan, tmp_path: Path) -> None:
        text = projections().replace(",persons,3,", ",persons,0-4,")
        assert "single year of age" in refusals(norfolk, write(tmp_path, text))

    @pytest.mark.parametrize(
        ("heading", "above"),
        [
            ("area code , Area Name,component,Sex,Age Group", ""),
            ("Area_Code,Area_Name,Component,SEX,AGE_GROUP", "Population projections\n\nmid-year,,\n"),
        ],
    )
    def test_case_spaces_and_title_rows_do_not_matter(
        self, norfolk: Plan, tmp_path: Path, heading: str, above: str
    ) -> None:
        assert add_official(norfolk, write(tmp_path, projections(heading=heading, above=above))).added["projections"]

    def test_the_same_file_again_changes_nothing(self, norfolk: Plan, tmp_path: Path) -> None:
        file = write(tmp_path, projections())
        once = add_official(norfolk, file).plan
        again = add_official(once, file)
        assert (again.plan.fingerprint, again.added, again.kept) == (once.fingerprint, {}, ())

    def test_other_figures_stay_until_told(self, norfolk: Plan, tmp_path: Path) -> None:
        once = add_official(norfolk, write(tmp_path, projections())).plan
        other = write(tmp_path, projections({code: times + 1 for code, times in NORFOLK.items()}), "other.csv")
        asked = add_official(once, other)
        assert asked.plan.fingerprint == once.fingerprint
        assert len(asked.kept) == len(once.projections)
        told = add_official(once, other, Asked(replace=True))
        assert told.replaced["projections"] == len(once.projections)


class TestEstimates:
    def test_districts_wholly_inside_make_the_footprint(self, norfolk: Plan, tmp_path: Path) -> None:
        from tripleaim.opendata import published

        inside = {each.district: 460 for each in published().district_overlaps if each.footprint == "E54000022"}
        file = write(tmp_path, estimates(inside))
        if all(each.share_of_district == 1 for each in published().district_overlaps if each.district in inside):
            added = add_official(norfolk, file)
            made = {(row.year, row.age): row.persons for row in added.plan.population if row.place == FOOTPRINT}
            assert made[2015, 30] == 3 * 460 * len(inside)
        else:
            assert "only partly" in refusals(norfolk, file)


class TestAllocations:
    def test_the_sum_goes_to_who_stands_for_all(self, norfolk: Plan, tmp_path: Path) -> None:
        asked = Asked(together="nhs_commissioners_together")
        added = add_official(norfolk, write(tmp_path, ALLOCATIONS), asked)
        rows = {row.key: row.amount for row in added.plan.stated if row.measure == "funding"}
        assert rows["nhs_commissioners_together_core_2016"] == 1_500_000_000
        assert any("2017/18" in each.what and "hidden" in each.why for each in added.left_out)

    def test_a_plan_that_cannot_rest_on_them_has_them_beside_it(self, norfolk: Plan, tmp_path: Path) -> None:
        asked = Asked(together="nhs_commissioners_together")
        added = add_official(norfolk, write(tmp_path, ALLOCATIONS), asked)
        assert added.plan.allocations == ()
        assert any("has no recurrent allocation in 2015/16" in each.why for each in added.left_out)

    def test_every_year_of_the_plan_makes_them_its_own(self, tiny: Plan, tmp_path: Path) -> None:
        years = ["2015/16", "2016/17", "2017/18"]
        text = "CCG code," + ",".join(f"Core allocation {year} £000" for year in years) + "\nX1,7000,7100,7200\n"
        added = add_official(tiny, write(tmp_path, text), Asked(replace=True))
        found = {row.year: row.amount for row in added.plan.allocations if row.organisation == "east_ccg"}
        assert {year: found[year] for year in years} == {"2015/16": 7e6, "2016/17": 7.1e6, "2017/18": 7.2e6}

    def test_commissioners_without_accounts_are_left_out_and_told_of(self, norfolk: Plan, tmp_path: Path) -> None:
        added = add_official(norfolk, write(tmp_path, ALLOCATIONS))
        assert added.plan.fingerprint == norfolk.fingerprint
        assert "--together nhs_commissioners_together" in added.left_out[0].why

    def test_a_partial_sum_is_refused(self, norfolk: Plan, tmp_path: Path) -> None:
        text = "\n".join(line for line in ALLOCATIONS.splitlines() if not line.startswith("06W"))
        said = refusals(norfolk, write(tmp_path, text), Asked(together="nhs_commissioners_together"))
        assert "no row of 06W" in said

    def test_what_is_not_said_is_asked_for(self, norfolk: Plan, tmp_path: Path) -> None:
        bare = "CCG code,CCG name,Final allocation\n06M,One,100\n"
        said = refusals(norfolk, write(tmp_path, bare))
        assert "which money it is and its year and its unit" in said

    def test_the_total_is_not_added_beside_its_parts(self, norfolk: Plan, tmp_path: Path) -> None:
        streams = ("Core", "Primary medical", "Place-based")
        heading = "CCG code," + ",".join(f"{stream} allocation 2016/17 £000" for stream in streams)
        text = heading + "\n" + "".join(f"{code},100,10,110\n" for code in ("06M", "06V", "06W", "06Y", "07J"))
        added = add_official(norfolk, write(tmp_path, text), Asked(together="nhs_commissioners_together"))
        funding = {row.key: row.amount for row in added.plan.stated if row.source.startswith("allocations_2016")}
        assert funding == {
            "nhs_commissioners_together_core_2016": 500_000,
            "nhs_commissioners_together_primary_medical_2016": 50_000,
        }
        assert any("it is the total" in each.why for each in added.left_out)

    def test_two_columns_for_one_thing_are_refused(self, norfolk: Plan, tmp_path: Path) -> None:
        text = "CCG code,Core allocation 2016/17 £000,Core total allocation 2016/17 £000\n06M,1,2\n"
        assert "delete the column that is not the final" in refusals(norfolk, write(tmp_path, text))


class TestAccounts:
    def test_printed_figures_and_the_opening_budget(self, tiny: Plan, tmp_path: Path) -> None:
        asked = Asked(year="2015/16", replace=True)
        added = add_official(tiny, write(tmp_path, TAC), asked)
        stated = {row.key: row.amount for row in added.plan.stated if row.source.startswith("trust_accounts")}
        assert stated == {
            "hospital_income_from_care_2015": 20_000_000,
            "hospital_other_income_2015": 3_000_000,
            "hospital_operating_expenses_2015": 23_500_000,
            "hospital_surplus_2015": -900_000,
        }
        costs = [head for head in added.plan.budgets if (head.organisation, head.side) == ("hospital", "cost")]
        heads = {head.pool: head.amount for head in costs}
        assert heads == {"pay": 14_100_000, "drugs": 2_000_000, "capital": 1_500_000, "other": 5_800_000}
        assert sum(heads.values()) == (23_500 - 500 + 400) * 1000  # whole cost, no impairments, with the dividend

    def test_a_head_that_schemes_refer_to_keeps_its_key(self, tiny: Plan, tmp_path: Path) -> None:
        added = add_official(tiny, write(tmp_path, TAC), Asked(year="2015/16", replace=True))
        pay = next(head for head in added.plan.budgets if head.key == "hospital_pay")
        assert (pay.index, pay.amount) == ("pay", 14_100_000)

    def test_heads_of_the_plan_stay_until_told(self, tiny: Plan, tmp_path: Path) -> None:
        added = add_official(tiny, write(tmp_path, TAC), Asked(year="2015/16"))
        assert added.plan.budgets == tiny.budgets
        assert any("--replace" in each.why for each in added.left_out)

    def test_a_later_year_is_stated_only(self, tiny: Plan, tmp_path: Path) -> None:
        added = add_official(tiny, write(tmp_path, TAC), Asked(year="2017-18", replace=True))
        assert added.plan.budgets == tiny.budgets
        assert {row.year for row in added.plan.stated if row.source.startswith("trust_accounts")} == {"2017/18"}

    def test_the_year_must_be_said(self, tiny: Plan, tmp_path: Path) -> None:
        assert "add --year 2016/17" in refusals(tiny, write(tmp_path, TAC))

    def test_a_file_without_the_plans_trusts_is_refused(self, norfolk: Plan, tmp_path: Path) -> None:
        said = refusals(norfolk, write(tmp_path, TAC), Asked(year="2015/16"))
        assert "no provider of the plan" in said


class TestWhatAStartedPlanLacks:
    def test_a_plan_with_a_projection_no_longer_says_it_lacks_one(self, norfolk: Plan, tmp_path: Path) -> None:
        lacks = next(sentence for sentence in EVERYWHERE if "official projection" in sentence)
        started = Heading(**{**dict(norfolk.heading), "not_known": (lacks,)})
        plan = Plan(heading=started, **{form.name: getattr(norfolk, form.name) for form in TABLES})
        added = add_official(plan, write(tmp_path, projections()))
        assert added.plan.heading.not_known == ("Population before mid-2017 by the same method.",)


class TestReferenceCosts:
    def test_cost_over_units_of_all_currencies(self, tiny: Plan, tmp_path: Path) -> None:
        added = add_official(tiny, write(tmp_path, REFERENCE_COSTS), Asked(year="2015/16", replace=True))
        lines = {line.key: line for line in added.plan.activity}
        assert lines["emergency"].unit_cost == round(610_000 / 400, 2)  # excess days: cost, no units; births apart
        assert lines["casualty"].unit_cost == 150
        assert lines["emergency"].baseline == 4000
        assert any("DZ11A, DZ11B" in said for said in added.said)

    def test_the_line_says_what_rests_on_what(self, tiny: Plan, tmp_path: Path) -> None:
        added = add_official(tiny, write(tmp_path, REFERENCE_COSTS), Asked(year="2015/16", replace=True))
        line = next(line for line in added.plan.activity if line.key == "emergency")
        source = next(source for source in added.plan.sources if source.key == line.source)
        assert source.kind == "illustrative"  # the rest of the line was, and is
        assert "the rest as guess" in source.title

    def test_units_only_where_asked(self, tiny: Plan, tmp_path: Path) -> None:
        asked = Asked(year="2015/16", replace=True, activity=True)
        added = add_official(tiny, write(tmp_path, REFERENCE_COSTS), asked)
        assert {line.key: line.baseline for line in added.plan.activity}["emergency"] == 400

    def test_costs_stay_until_told(self, tiny: Plan, tmp_path: Path) -> None:
        added = add_official(tiny, write(tmp_path, REFERENCE_COSTS), Asked(year="2015/16"))
        assert added.plan.fingerprint == tiny.fingerprint
        assert "activity.csv, emergency" in added.kept

    @pytest.mark.parametrize("unknown", ["NEI", "NELX"])
    def test_a_line_keeps_its_cost_where_a_department_of_its_care_may_be_unknown(
        self, tiny: Plan, tmp_path: Path, unknown: str
    ) -> None:
        text = REFERENCE_COSTS.replace("RT1,NEL", f"RT1,{unknown}")
        added = add_official(tiny, write(tmp_path, text), Asked(year="2015/16", replace=True))
        cost = {line.key: line.unit_cost for line in added.plan.activity}
        was = {line.key: line.unit_cost for line in tiny.activity}
        assert cost["emergency"] == was["emergency"]
        assert cost["casualty"] == 150
        why = {each.what: each.why for each in added.left_out}["Emergency stays: unit cost"]
        assert f"unknown department {unknown}" in why

    @pytest.mark.parametrize(("lost", "has"), [("NEL", "short"), ("NES", "long")])
    def test_short_stays_or_long_ones_alone_are_not_taken_for_all(
        self, tiny: Plan, tmp_path: Path, lost: str, has: str
    ) -> None:
        text = "".join(row for row in REFERENCE_COSTS.splitlines(keepends=True) if f",{lost}" not in row)
        added = add_official(tiny, write(tmp_path, text), Asked(year="2015/16", replace=True))
        assert not any(each.key == "emergency" for each in added.plan.activity if each not in tiny.activity)
        assert f"{has} stays only" in {each.what: each.why for each in added.left_out}["Emergency stays: unit cost"]

    def test_costs_of_another_year_are_refused(self, tiny: Plan, tmp_path: Path) -> None:
        said = refusals(tiny, write(tmp_path, REFERENCE_COSTS), Asked(year="2017/18"))
        assert "the plan's price base, 2015/16" in said

    def test_what_is_not_used_is_told(self, tiny: Plan, tmp_path: Path) -> None:
        left = " ".join(map(str, add_official(tiny, write(tmp_path, REFERENCE_COSTS), Asked(year="2015/16")).left_out))
        assert "RADIOLOGY (1)" in left
        assert "hidden" in left
        assert "bought from others" in left


class TestRefused:
    def test_the_nearest_known_file_and_what_lacks(self, norfolk: Plan, tmp_path: Path) -> None:
        said = refusals(norfolk, write(tmp_path, "AREA_CODE,AREA_NAME,SEX,2016\nE38000063,x,persons,1\n"))
        assert "nearest to ONS sub-national population projections; lacking: age_group" in said

    def test_something_else_altogether(self, norfolk: Plan, tmp_path: Path) -> None:
        assert "no known columns" in refusals(norfolk, write(tmp_path, "fish,chips\n1,2\n"))

    @pytest.mark.parametrize("text", ["", "\n\n\n", ",,,\n"])
    def test_nothing_in_it(self, norfolk: Plan, tmp_path: Path, text: str) -> None:
        assert "an empty file" in refusals(norfolk, write(tmp_path, text))

    def test_several_problems_at_once(self, norfolk: Plan, tmp_path: Path) -> None:
        text = spoilt(projections(), "E38000063,Somewhere,Population,persons,3,", IN_2016, "many")
        text = spoilt(text, "E38000124,Somewhere,Population,persons,7,", 3, "people")
        said = refusals(norfolk, write(tmp_path, text))
        assert "many" in said
        assert "people" in said

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("a.xlsx", b"PK\x03\x04", "a.xlsx"),
            ("a.ods", b"PK\x03\x04", "a workbook of another form"),
            ("a.csv", b"PK\x03\x04", "an Excel workbook or zip file"),
            ("a.csv", b"AREA_CODE\0", "NUL"),
            ("a.csv", "AREA_CODE,café\n".encode("cp1252"), "not UTF-8"),
            ("a.csv", b'AREA_CODE,"x\n' * 3, "quotation mark"),
        ],
    )
    def test_what_is_no_plain_text(self, norfolk: Plan, tmp_path: Path, name: str, data: bytes, said: str) -> None:
        (tmp_path / name).write_bytes(data)
        assert said in refusals(norfolk, tmp_path / name)

    def test_a_file_that_is_not_there(self, norfolk: Plan, tmp_path: Path) -> None:
        assert "nothing there" in refusals(norfolk, tmp_path / "none.csv")

    def test_the_name_of_a_file_says_nothing(self, norfolk: Plan, tmp_path: Path) -> None:
        odd = write(tmp_path, projections(), "TAC_2016-17 \x1b[31m.csv")
        added = add_official(norfolk, odd)
        assert added.kind == "projections"
        assert "\x1b" not in " ".join(source.note for source in added.plan.sources)


class TestWorkbooks:
    def test_each_sheet_is_a_page_and_notes_are_passed_over(self, norfolk: Plan, tmp_path: Path) -> None:
        codes = ("06M", "06V", "06W", "06Y", "07J")
        money = [["CCG code", "CCG name", "Final allocation 2016/17 £000"], *[[code, "x", 100.0] for code in codes]]
        file = workbook(
            tmp_path, {"Contents": [["Allocations"]], "Core CCG allocations": money, "Primary medical": money}
        )
        added = add_official(norfolk, file, Asked(together="nhs_commissioners_together"))
        funding = {row.key: row.amount for row in added.plan.stated if row.source.startswith("allocations_2016")}
        assert funding == {
            "nhs_commissioners_together_core_2016": 500_000,
            "nhs_commissioners_together_primary_medical_2016": 500_000,
        }

    def test_years_that_excel_made_numbers_are_years(self, norfolk: Plan, tmp_path: Path) -> None:
        rows = [line.split(",") for line in projections().splitlines()]
        cells = [[float(cell) if cell.isdigit() else cell for cell in row] for row in rows]
        file = workbook(tmp_path, {"Persons": cells})
        assert add_official(norfolk, file).added["projections"] == 6 * 6 * 91

    def test_no_sheet_is_known(self, norfolk: Plan, tmp_path: Path) -> None:
        assert "no known columns" in refusals(norfolk, workbook(tmp_path, {"Notes": [["fish", "chips"]]}))


def test_the_tiny_plan_is_what_these_tests_think() -> None:
    assert "guess,illustrative" in TINY["sources.csv"]
    assert replace(Asked(), year="2016/17").year == "2016/17"
