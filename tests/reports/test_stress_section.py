"""A stress test as a page: what a board reads, in which order, and what is left out where there is nothing to tell."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from reports.conftest import Page
from tripleaim.errors import PlanProblems
from tripleaim.opendata.start import start
from tripleaim.projection import Projection, project
from tripleaim.reports.json_out import stress_report
from tripleaim.reports.stress_section import stress_files, write_stress
from tripleaim.reports.stress_summary import verdict
from tripleaim.reports.write import write_files
from tripleaim.stress.findings import Stress, stress

DRAWS = 40
Told = tuple[Stress, Projection]


@pytest.fixture(scope="module")
def balance(invented: Projection) -> Told:
    """The invented plan, which knows what it is short of."""
    return stress(invented.plan, DRAWS, fast=False), invented


@pytest.fixture(scope="module")
def pressure(rebuilt: Projection) -> Told:
    """A real place without accounts: no balance is known."""
    return stress(rebuilt.plan, DRAWS, fast=False), rebuilt


@pytest.fixture(scope="module")
def files(balance: Told) -> Mapping[str, str]:
    return stress_files(*balance)


def parts(files: Mapping[str, str]) -> list[str]:
    return re.findall(r'<section class="ask[^"]*" id="on-([a-z]+)"', files["stress.html"])


def test_a_board_reads_one_sentence_first_and_the_terminal_says_the_same(
    files: Mapping[str, str], balance: Told
) -> None:
    page = Page(files["stress.html"])
    (said,) = [each for each in page.all("p") if each.attributes.get("class") == "verdict"]
    assert said.text == verdict(*balance)


def test_every_part_that_has_something_to_tell_is_there_in_the_order_a_board_asks(files: Mapping[str, str]) -> None:
    assert parts(files) == ["range", "balance", "movers", "indicators", "organisations", "totals", "capacity", "how"]


def test_a_pressure_has_no_balance_to_tell(pressure: Told) -> None:
    told = stress_files(*pressure)
    assert set(parts(told)).isdisjoint({"balance", "organisations", "totals"})
    assert "a year above 2015/16" in told["stress.html"]
    assert "short by" not in told["stress.html"]


def test_a_plan_without_schemes_hopes_nothing() -> None:
    plan = start("E54000038")
    told = stress_files(stress(plan, 4, fast=False), project(plan))
    assert "as hoped" not in told["stress.html"].lower()
    assert [name for name in told if name.startswith("data/stress_range")] == ["data/stress_range_do_nothing.csv"]


def test_each_picture_and_table_has_its_figures_in_a_file_beside_the_page(files: Mapping[str, str]) -> None:
    links = {each.attributes["href"] for each in Page(files["stress.html"]).all("a")}
    assert sorted(link for link in links if link.startswith("data/")) == sorted(
        set(files) - {"stress.html", "stress.json"}
    )
    assert "stress.json" in links


def test_the_json_beside_the_page_is_what_the_command_prints(files: Mapping[str, str], balance: Told) -> None:
    assert files["stress.json"] == stress_report(balance[0])
    assert json.loads(files["stress.json"])["result"]["draws"] == DRAWS


def test_the_page_stands_alone(files: Mapping[str, str]) -> None:
    page = files["stress.html"]
    assert "<script" not in page
    assert not re.search(r"\sstyle\s*=", page)
    found = re.findall(r'\bid="([^"]*)"', page)
    assert len(found) == len(set(found))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(found)


def test_the_page_says_that_the_plan_is_a_draft_and_which_one(files: Mapping[str, str], balance: Told) -> None:
    text = " ".join(Page(files["stress.html"]).all("body")[0].text.split())
    assert "DRAFT Version 0.3, Monday 20 February 2017. Not agreed by any organisation. Invented place." in text
    assert balance[0].fingerprint in text
    assert f"The whole plan was run {DRAWS} times" in text


def test_the_middle_of_the_fan_is_the_middle_of_the_findings(files: Mapping[str, str], balance: Told) -> None:
    last = files["data/stress_range_hoped.csv"].splitlines()[-1].split(",")
    spread = balance[0].of("both", "hoped")
    said = [float(cell) for cell in last[1:4]]
    assert said == pytest.approx([each[-1] / 1e6 for each in (spread.low, spread.middle, spread.high)], abs=1e-6)


def test_a_stress_test_joins_a_report_and_replaces_only_the_one_before(tmp_path: Path, balance: Told) -> None:
    folder = write_files({"index.html": "the report", "data/bridge.csv": "1"}, tmp_path / "report")
    for _ in range(2):
        assert write_stress(*balance, folder) == folder / "stress.html"
    assert (folder / "index.html").read_text(encoding="utf-8") == "the report"
    assert (folder / "data" / "bridge.csv").exists()
    write_files({"index.html": "a later report"}, folder)
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [".tripleaim-report.json", "index.html"]


def test_a_page_that_someone_changed_is_never_replaced(tmp_path: Path, balance: Told) -> None:
    page = write_stress(*balance, tmp_path / "out")
    page.write_text("mine", encoding="utf-8")
    with pytest.raises(PlanProblems, match="someone has changed"):
        write_stress(*balance, tmp_path / "out")
    assert page.read_text(encoding="utf-8") == "mine"
