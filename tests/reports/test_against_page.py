"""Two plans in the same draws as a page: what a board reads, and what is left out where there is nothing to tell."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from reports.conftest import Page
from tripleaim.errors import PlanProblems
from tripleaim.opendata.start import start
from tripleaim.plan import Plan
from tripleaim.plan.source import Assumption
from tripleaim.plan.variant import with_tables
from tripleaim.projection import Projection
from tripleaim.quantities import Range
from tripleaim.reports.against_page import against_files, write_against
from tripleaim.reports.against_words import balance, verdict
from tripleaim.stress.against import Against, against

DRAWS = 120


class Pair(NamedTuple):
    """Two plans, and what their draws say."""

    found: Against
    plan: Plan
    other: Plan

    @property
    def files(self) -> dict[str, str]:
        return against_files(*self)

    @property
    def page(self) -> Page:
        return Page(self.files["against.html"])

    def rows(self, name: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.files[f"data/{name}.csv"])))


@pytest.fixture(scope="module")
def gap(invented: Projection) -> Pair:
    """The invented plan with a wider range for all allocations, beside itself."""
    plan = invented.plan
    own = Assumption(
        key="all_allocations",
        name="All allocations",
        value=Range(point=0.0, low=-0.01, high=0.02),
        unit="fraction a year",
        source=plan.sources[0].key,
    )
    wider = with_tables(plan, assumptions=(*plan.assumptions, own))
    return Pair(against(wider, plan, DRAWS, 1), wider, plan)


@pytest.fixture(scope="module")
def two_places() -> Pair:
    """Starts for two places, which tell a pressure and have no schemes."""
    one, two = start("E54000022"), start("E54000038")
    return Pair(against(one, two, 20, 1), one, two)


def told(page: Page, kind: str) -> list[str]:
    return [" ".join(each.text.split()) for each in page.all(kind)]


def test_the_sentence_comes_first_and_the_parts_follow_in_order(gap: Pair) -> None:
    assert verdict(gap.found) in told(gap.page, "p")
    assert told(gap.page, "h2") == [
        "By how much do they differ?",
        "How likely is each to balance?",
        "What is left to chance in both?",
        "How was this worked out?",
        "About this page",
    ]


def test_both_plans_are_named_with_their_standing_and_fingerprint(gap: Pair) -> None:
    text = gap.page.all("body")[0].text
    assert {gap.plan.fingerprint, gap.other.fingerprint} <= set(text.split())
    assert text.count("Not agreed by any organisation.") >= 2


def test_the_table_has_low_middle_and_high_of_each_plan_and_of_the_difference(gap: Pair) -> None:
    head, *rows = gap.rows("against_years")
    assert head == ["Year", "Which", "Low (1 in 10 below)", "Middle", "High (1 in 10 above)"]
    assert [row[1] for row in rows[:3]] == ["This plan", "The other", "Difference"]
    last = gap.found.of("hoped")
    expected = [last.low[-1] / 1e6, last.middle[-1] / 1e6, last.high[-1] / 1e6]
    assert list(map(float, rows[-1][2:])) == pytest.approx(expected, abs=1e-6)


def test_the_chance_of_balance_stands_side_by_side(gap: Pair) -> None:
    head, *rows = gap.rows("against_draws")
    balances = ["This plan balances", "The other balances", "Only this plan balances", "Only the other balances"]
    assert head[4:] == balances
    sides = gap.found.sides("resourced")
    shares = (sides.plan.balanced, sides.other.balanced, sides.plan.balanced_alone, sides.other.balanced_alone)
    assert list(map(float, rows[-1][4:])) == pytest.approx([100 * each[-1] for each in shares])


def test_a_board_reads_how_often_only_one_balances_where_it_ever_does(gap: Pair) -> None:
    sides = gap.found.sides("hoped")
    one = replace(sides.plan, balanced=(0.5,), balanced_alone=(0.1,))
    two = replace(sides.other, balanced=(0.4,), balanced_alone=(0.0,))
    found = replace(gap.found, side_by_side=(replace(sides, plan=one, other=two),))
    assert balance(found) == (
        "This plan balances in 50% of draws and the other in 40%: only this one in 10%, only the other in 0%."
    )


def test_the_number_in_another_range_is_named_with_both_ranges(gap: Pair) -> None:
    (row,) = gap.rows("against_ranges")[1:]
    assert row[:4:2] == ["growth of all allocations beyond what each says", "0% a year"]
    assert (row[1], row[3]) == ("−1% to 2% a year", "−0.5% to 0.5% a year")
    assert (
        "This is growth of all allocations beyond what each says: −1% to 2% a year here" in gap.page.all("main")[0].text
    )


def test_plans_of_two_places_lead_with_that_and_tell_a_pressure(two_places: Pair) -> None:
    text = " ".join(two_places.page.all("main")[0].text.split())
    assert text.index("20 draws are too few") < text.index("These are plans for two places") < text.index("In 2020/21")
    assert "pressure of this plan" in text
    assert " short" not in text
    assert "balance" not in text.split("How was this worked out?")[-1]
    assert "against_balance" not in two_places.files["against.html"]


def test_plans_without_schemes_are_told_in_one_case(two_places: Pair) -> None:
    assert {row[0] for row in two_places.rows("against_draws")[1:]} == {"If nothing changes"}
    assert "As hoped" not in two_places.files["against.html"]


def test_every_picture_and_table_is_a_file_the_page_leads_to(gap: Pair) -> None:
    links = {each.attributes["href"] for each in gap.page.all("a")}
    assert set(gap.files) - {"against.html"} == {link for link in links if not link.startswith("#")}


def test_the_file_beside_the_page_has_every_result(gap: Pair) -> None:
    found = json.loads(gap.files["against.json"])
    assert (found["kind"], found["result"]["draws"]) == ("stress-against", DRAWS)
    assert found["result"]["numbers"]["other_range"][0]["name"] == "assumptions/all_allocations/value"


def test_a_page_that_another_wrote_meanwhile_stays(gap: Pair, tmp_path: Path) -> None:
    page = write_against(*gap, tmp_path / "out", {})
    theirs = page.read_text(encoding="utf-8")
    turned = Pair(against(gap.other, gap.plan, 16, 1), gap.other, gap.plan)
    with pytest.raises(PlanProblems, match="written here while this one was worked out"):
        write_against(*turned, tmp_path / "out", {})
    assert page.read_text(encoding="utf-8") == theirs
    write_against(*gap, tmp_path / "out", {})
    write_against(*turned, tmp_path / "out")
    assert page.read_text(encoding="utf-8") != theirs


def test_no_wide_table_is_cut_on_a_narrow_screen(gap: Pair, two_places: Pair) -> None:
    """Those of pictures have a few narrow columns and stay tables."""
    for pair in (gap, two_places):
        for name in ("against_years", "against_every_year", "against_draws"):
            (table,) = [each for each in pair.page.all("table") if name in each.parents]
            assert table.attributes["class"] == "stack", name
