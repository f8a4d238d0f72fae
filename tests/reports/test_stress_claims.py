"""Has anyone ever done it? What a page says of each claim, and of the studies behind it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from reports.conftest import Page
from reports.stress_told import Told, rows
from tripleaim.loading import read_plan
from tripleaim.projection import project
from tripleaim.reports.stress_parts.claims import claims_in_rows, claims_title
from tripleaim.reports.stress_parts.studies import used, with_links
from tripleaim.reports.stress_section import stress_files
from tripleaim.stress.outside.credibility import Credibility
from tripleaim.stress.outside.telling import names
from tripleaim.stress.outside.view import OutsideView, Standing, outside_view

PLANS = Path(__file__).resolve().parents[2] / "plans"
SCHEME, VERDICT, CLAIM, OF_ALL, FOUND, EXPECTED = range(6)


def view_of(name: str) -> tuple[OutsideView, dict[str, str]]:
    plan = read_plan(PLANS / name)
    return outside_view(plan, project(plan)), names(plan)


@pytest.fixture(scope="module")
def invented() -> tuple[OutsideView, dict[str, str]]:
    return view_of("wealdshire_and_marsh")


@pytest.fixture(scope="module")
def norfolk() -> tuple[OutsideView, dict[str, str]]:
    return view_of("norfolk_and_waveney")


def told(found: tuple[OutsideView, dict[str, str]]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(claims_in_rows(*found).csv())))[1:]


def of_scheme(found: tuple[OutsideView, dict[str, str]], start: str) -> list[str]:
    return next(row for row in told(found) if row[SCHEME].startswith(start))


def test_the_claim_that_is_not_credible_stands_first_and_says_so(invented: tuple[OutsideView, dict[str, str]]) -> None:
    first, *others = told(invented)
    assert (first[SCHEME], first[CLAIM]) == ("Integrated care teams", "32% fewer emergency admissions")
    assert first[VERDICT].startswith("Not credible: above the range")
    order = [row[VERDICT].split(":")[0].split(",")[0] for row in others]
    assert list(dict.fromkeys(order)) == [
        "Possible",
        "Not tested",
        "Rests on one study",
        "In line with what is expected",
    ]
    assert len(order) == 18


def test_the_places_own_promises_are_named_beside_the_studies(invented: tuple[OutsideView, dict[str, str]]) -> None:
    """By the five studies alone more care is expected: without the promises nobody could follow the figure."""
    row = of_scheme(invented, "Integrated care teams")
    assert row[FOUND] == "5: 9% more to no change"
    assert row[EXPECTED] == (
        "1.6% less (5% more to 8.2% less), with your own 2 promises, 33% and 30% kept; by the studies alone 1.8% more"
    )


def test_a_study_of_a_whole_area_is_set_beside_the_claim_across_the_area(
    invented: tuple[OutsideView, dict[str, str]],
) -> None:
    row = of_scheme(invented, "General practice hubs")
    assert row[CLAIM] == "1.3% fewer A&E attendances across the area (26% among the people treated)"
    assert (row[OF_ALL], row[FOUND]) == ("1.3% less", "1: no change, across an area")
    assert row[EXPECTED] == "no change (7.2% more to 7.2% less)"
    assert row[VERDICT].startswith("Possible")


def test_care_counted_because_it_is_to_be_prevented_is_told_of_all_care(
    norfolk: tuple[OutsideView, dict[str, str]],
) -> None:
    row = of_scheme(norfolk, "Blood thinning")
    assert row[CLAIM] == "0.02% fewer of all emergency admissions: only what is to be prevented is counted"
    assert not any("100%" in cell for each in told(norfolk) for cell in each)


def test_a_heading_says_which_claims_are_not_credible(
    invented: tuple[OutsideView, dict[str, str]], norfolk: tuple[OutsideView, dict[str, str]]
) -> None:
    assert claims_title(invented[0].claims, invented[1]) == (
        "Of 19 claims, 1 is not credible (Integrated care teams); 3 ask for more than is expected, "
        "6 have no study to be held against, 8 rest on one study alone and 1 asks for no more than is expected"
    )
    assert claims_title(norfolk[0].claims, norfolk[1]) == (
        "Of 4 claims, none is above what studies make credible; "
        "2 have no study to be held against, 1 rests on one study alone and 1 asks for no more than is expected"
    )


def test_a_heading_of_claims_nobody_tested(norfolk: tuple[OutsideView, dict[str, str]]) -> None:
    unknown = [each for each in norfolk[0].claims if each.verdict == Credibility.UNTESTED]
    assert claims_title(unknown, {}) == "None of the 2 claims can be held against a controlled study of such a scheme"


def test_several_claims_of_one_scheme_name_it_once(invented: tuple[OutsideView, dict[str, str]]) -> None:
    claim: Standing = invented[0].claims[0]
    worst = replace(claim, verdict=Credibility.NOT_CREDIBLE.value)
    assert claims_title([worst, worst], {claim.scheme: "Teams"}) == "Of 2 claims, 2 are not credible (Teams)"


def test_each_claim_stands_beside_what_studies_found_and_what_is_missing_here(tiny: Told) -> None:
    (row,) = rows(tiny, "stress_claims")
    assert row[SCHEME] == "Home first"
    assert row[CLAIM] == "20% fewer emergency admissions"
    assert row[FOUND].startswith("5: ")
    assert "1 missing" in row[-1]


# --- the studies ---


def test_every_code_on_the_page_is_a_study_with_its_name_and_a_link(tiny: Told) -> None:
    """A code alone cannot be checked: the table of studies says what, where and who, and leads there."""
    found = stress_files(*tiny)
    codes = {row[0]: row for row in rows(tiny, "stress_studies")}
    links = {each.attributes["href"] for each in Page(found["stress.html"]).all("a")}
    assert codes["I005"][1:3] == ["Integrated care pilots - case management sites", "6 English pilot sites"]
    assert codes["I005"][-1] == "Roland et al, IJIC (RAND/Cambridge), 2012"
    assert "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3601529/" in links


def test_a_study_says_which_schemes_it_is_set_beside(invented: tuple[OutsideView, dict[str, str]]) -> None:
    uses = used(*invented)
    assert uses["I041"] == ["General practice hubs in six towns"]
    assert uses["I079"] == ["the best pace"]
    refs = {ref for each in invented[0].claims for ref in (*each.refs, each.evidence, each.best_ref)}
    assert refs - {""} <= set(uses)


def test_a_code_in_a_sentence_leads_to_its_source_and_words_stay_words() -> None:
    assert with_links("A & B (I005)") == (
        'A &amp; B (<a href="https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3601529/">I005</a>)'
    )
    assert with_links("No address (I047), no row") == "No address (I047), no row"
