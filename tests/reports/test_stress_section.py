"""A stress test as a page: what a board reads, in which order, and what is left out where there is nothing to tell."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from reports.conftest import Page, words
from reports.stress_told import DRAWS, Told, rows, terminal
from tripleaim.errors import PlanProblems
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.json_out import stress_report
from tripleaim.reports.stress_parts.beliefs import BELIEFS
from tripleaim.reports.stress_parts.failure import SUCH
from tripleaim.reports.stress_parts.must_be import must_be_title
from tripleaim.reports.stress_parts.named_tests import how_many_passed
from tripleaim.reports.stress_parts.paying_back import payback_title
from tripleaim.reports.stress_parts.sentences import control_totals_met, verdict
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.stress_section import stress_files, write_stress
from tripleaim.reports.stress_summary import stress_summary
from tripleaim.reports.write import write_files, write_report
from tripleaim.stress.named.trying import Verdict
from tripleaim.stress.why.against import Known, against
from tripleaim.stress.why.failure import Sought
from tripleaim.stress.why.record import Why

JSON_PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
AROUND = ["elsewhere", "fails", "movers", "true", "tests", "hold", "speed", "payback"]
"""The parts that stand around the draws, in the order of the page."""


@pytest.fixture(scope="module")
def files(balance: Told) -> Mapping[str, str]:
    return stress_files(*balance)


@pytest.fixture(scope="module")
def whole_page(tiny: Told) -> str:
    return stress_files(*tiny)["stress.html"]


@pytest.fixture(scope="module")
def bare_page(started: Told) -> str:
    return stress_files(*started)["stress.html"]


def parts(page: str) -> list[str]:
    return re.findall(r'<section class="ask[^"]*" id="on-([a-z]+)"', page)


def reasons(told: Told) -> Why:
    """Why, of a test that asked."""
    assert told[0].why is not None
    return told[0].why


# --- the page ---


def test_a_board_reads_one_sentence_first_and_the_terminal_says_the_same(
    files: Mapping[str, str], balance: Told
) -> None:
    (said,) = [each for each in Page(files["stress.html"]).all("p") if each.attributes.get("class") == "verdict"]
    assert said.text == verdict(balance[0].found, balance[1])
    assert said.text in terminal(balance)


def test_every_part_that_has_something_to_tell_is_there_in_the_order_a_board_asks(whole_page: str) -> None:
    after = ["indicators", "organisations", "totals", "capacity", "how"]
    assert parts(whole_page) == ["range", "balance", *AROUND, *after, "words"]


def test_what_was_not_asked_for_is_left_out(files: Mapping[str, str]) -> None:
    after = ["indicators", "organisations", "totals", "capacity", "how"]
    assert parts(files["stress.html"]) == ["range", "balance", "movers", *after, "words"]


def test_a_pressure_has_no_balance_to_tell(pressure: Told) -> None:
    page = stress_files(*pressure)["stress.html"]
    assert set(parts(page)).isdisjoint({"balance", "organisations", "totals"})
    assert "a year above 2015/16" in page
    assert "short by" not in page


def test_a_plan_without_schemes_hopes_nothing(started: Told, bare_page: str) -> None:
    assert "as hoped" not in bare_page.lower()
    assert set(parts(bare_page)).isdisjoint({"elsewhere", "speed", "payback"})
    assert [name for name in stress_files(*started) if name.startswith("data/stress_range")] == [
        "data/stress_range_do_nothing.csv"
    ]


def test_a_plan_without_schemes_is_asked_what_must_be_true_and_put_to_tests_all_the_same(bare_page: str) -> None:
    assert {"fails", "movers", "true", "tests", "hold"} <= set(parts(bare_page))
    assert "2020/21 if nothing changes" in bare_page


def test_no_page_speaks_of_balance_where_there_is_none(bare_page: str) -> None:
    for said in ("in balance", "chance of balance", "short by"):
        assert said not in words(bare_page)


def test_no_page_names_a_method_that_a_board_would_have_to_look_up(whole_page: str, bare_page: str) -> None:
    methods = ("sobol", "prim", "morris", "quantile", "percentile", "variance")
    for told in (words(whole_page).lower(), words(bare_page).lower()):
        assert [name for name in methods if re.search(rf"\b{name}\b", told)] == []


def test_each_picture_and_table_has_its_figures_in_a_file_beside_the_page(tiny: Told) -> None:
    found = stress_files(*tiny)
    links = {each.attributes["href"] for each in Page(found["stress.html"]).all("a")}
    assert sorted(link for link in links if link.startswith("data/")) == sorted(
        set(found) - {"stress.html", "stress.json"}
    )
    assert "stress.json" in links


def test_the_page_stands_alone(whole_page: str) -> None:
    assert "<script" not in whole_page
    assert not re.search(r"\sstyle\s*=", whole_page)
    found = re.findall(r'\bid="([^"]*)"', whole_page)
    assert len(found) == len(set(found))
    assert set(re.findall(r'href="#([^"]*)"', whole_page)) <= set(found)


def test_the_page_says_that_the_plan_is_a_draft_and_which_one(files: Mapping[str, str], balance: Told) -> None:
    text = words(files["stress.html"])
    assert "DRAFT Version 0.3, Monday 20 February 2017. Not agreed by any organisation. Invented place." in text
    assert balance[0].found.fingerprint in text
    assert f"The whole plan was run {DRAWS} times" in text


# --- what the parts say ---


def test_the_middle_of_the_fan_is_the_middle_of_the_findings(files: Mapping[str, str], balance: Told) -> None:
    last = files["data/stress_range_hoped.csv"].splitlines()[-1].split(",")
    spread = balance[0].found.of("both", "hoped")
    said = [float(cell) for cell in last[1:4]]
    assert said == pytest.approx([each[-1] / 1e6 for each in (spread.low, spread.middle, spread.high)], abs=1e-6)


def test_the_three_beliefs_stand_side_by_side(tiny: Told) -> None:
    told = rows(tiny, "stress_beliefs")
    middles = [each.middle / 1e6 for each in tiny[0].chances if each.case == "hoped"]
    assert [row[0] for row in told] == list(BELIEFS.values())
    assert [float(row[2]) for row in told] == pytest.approx(middles, abs=1e-6)


def test_a_box_is_drawn_on_the_range_its_number_was_drawn_from(tiny: Told) -> None:
    first = reasons(tiny).failure.boxes[0]
    told = rows(tiny, "stress_boxes")
    assert float(told[0][-2]) == pytest.approx(100 * first.coverage, abs=1e-6)
    assert float(told[0][-3]) == pytest.approx(100 * first.density, abs=1e-6)


@pytest.mark.parametrize(
    ("sought", "question"), [(Sought.SHORT, "When does it fail?"), (Sought.BALANCE, "When does it balance?")]
)
def test_what_is_searched_for_is_what_the_picture_speaks_of(tiny: Told, sought: Sought, question: str) -> None:
    found = reasons(tiny)
    whole = replace(tiny[0], why=replace(found, failure=replace(found.failure, sought=sought)))
    page = stress_files(whole, tiny[1])["stress.html"]
    (picture,) = [each for each in Page(page).all("figure") if each.attributes["id"] == "stress_boxes"]
    assert question in page
    assert SUCH[sought] in picture.text
    assert "fail" not in picture.text


def test_the_numbers_set_aside_are_told_as_one(whole_page: str, tiny: Told) -> None:
    shares = reasons(tiny).shares
    assert shares.others is not None
    assert rows(tiny, "stress_shares")[-1][0] == shares.others.label
    assert f"{shares.left_out} other numbers were set aside after a quick look" in words(whole_page)


def test_every_number_asked_about_says_what_it_must_be(tiny: Told) -> None:
    assert len(rows(tiny, "stress_must_be")) == len(reasons(tiny).must_be)


def test_what_could_bring_balance_alone_is_counted_and_whether_it_is_in_its_range(tiny: Told) -> None:
    found = reasons(tiny)
    plain = next(each for each in found.must_be if not each.name.startswith("driver/"))
    never = replace(plain, verdict="never", value=None, holds_above=None, chance=None)
    beyond = replace(plain, verdict="at some values", value=plain.high + 1, holds_above=True, chance=0.01)
    short = replace(found, middle=5e6, target=0.0, must_be=(never, beyond))
    assert must_be_title(short) == (
        "1 of 2 numbers looked at could alone balance the middle draw of 2017/18 as hoped, none of them inside its own "
        "range"
    )
    holds = replace(short, middle=-5e6, must_be=(beyond, beyond))
    now = "It holds now: the middle draw of 2017/18 as hoped is in balance. "
    assert must_be_title(holds) == f"{now}Each of 2 numbers looked at could undo it alone"
    assert must_be_title(replace(holds, must_be=(never, beyond))).endswith(
        " 1 of 2 numbers looked at could undo it alone"
    )
    none = replace(short, must_be=(never,))
    assert must_be_title(none) == "None of 1 number looked at could alone balance the middle draw of 2017/18 as hoped"


def test_no_distance_looks_within_reach_where_no_value_is_enough(tiny: Told) -> None:
    effect = next(each for each in reasons(tiny).must_be if each.name.endswith("/effect"))
    known = Known(point=0.02, low=-0.05, high=0.08, of="admissions", others=0.02, share=0.1, pace=0.01)
    short = replace(effect, verdict="never", value=None, holds_above=None, chance=None, searched=(0.0, 1.0))
    told = tuple(replace(short, against=against(1.0, known, years, is_enough=False)) for years in (5, 20))
    whole = replace(tiny[0], why=replace(reasons(tiny), must_be=told))
    found = [row[1:] for row in rows((whole, tiny[1]), "stress_must_be_known")]
    assert found == [
        ["not even 100% is enough", "more than 20.9 above", "more than 2.5", "over 7.7 more"],
        ["not even 100% is enough", "more than 20.9 above", "more than 0.6", "less than 7.3 fewer"],
    ]


def test_every_test_that_could_be_tried_has_its_row_and_the_others_are_named(tiny: Told, whole_page: str) -> None:
    assert tiny[0].named is not None
    tests = tiny[0].named.tests
    tried = [each for each in tests if each.verdict in (Verdict.PASSED, Verdict.FAILED)]
    told = rows(tiny, "stress_tests")
    assert [row[-1] for row in told] == [each.verdict.value for each in tried]
    said = words(whole_page)
    assert [each.test.name for each in tests if each.test.name not in said] == []
    assert how_many_passed(tried[:1]) == "The plan passed the one test that could be tried"


def test_a_test_says_what_its_size_rests_on(whole_page: str) -> None:
    assert "illustrative is a round figure of ours" in words(whole_page)


def test_money_to_hold_is_told_for_each_sureness(tiny: Told) -> None:
    assert tiny[0].named is not None
    held = tiny[0].named.contingency[0]
    told = [float(row[1]) for row in rows(tiny, "stress_hold")[:3]]
    assert told == pytest.approx([held.of(sure).amount[-1] / 1e6 for sure in (0.5, 0.8, 0.9)], abs=1e-6)


def test_every_shift_of_all_starts_has_its_row(tiny: Told) -> None:
    assert tiny[0].named is not None
    assert len(rows(tiny, "stress_speed")) == len(tiny[0].named.paces)


def test_a_scheme_without_a_cost_is_not_said_to_pay_back_at_once(tiny: Told, whole_page: str) -> None:
    assert [row[0] for row in rows(tiny, "stress_payback_all")] == ["Home first"]
    assert "The plan holds no cost for Casualty closes at night" in words(whole_page)


def test_schemes_that_pay_back_are_counted_at_half_of_the_draws(tiny: Told) -> None:
    told = StressTold(tiny[0], Facts(tiny[1], Exhibits()))
    scheme = tiny[0].paybacks[0]
    some = [replace(scheme, never=never) for never in (0.2, 0.5, 0.7)]
    said = "2 of 3 schemes have paid back by 2017/18 in half of the draws, none in nine draws of ten"
    assert payback_title(told, [replace(each, in_wards_never=None) for each in some]) == said
    in_wards = payback_title(told, [replace(each, in_wards_never=0.6) for each in some])
    assert in_wards.startswith(f"{said}. That counts parts of wards as money saved; ")
    assert in_wards.endswith("only close whole wards, none have")


# --- the terminal ---


def test_the_terminal_answers_each_question_of_the_page_in_a_sentence_or_two(tiny: Told, whole_page: str) -> None:
    asked = re.findall(r'<h2 id="on-([a-z]+)-h">([^<]+)</h2>', whole_page)
    said = terminal(tiny)
    assert [key for key, question in asked if key in AROUND and question not in said] == []
    out = io.StringIO()
    stress_summary(*tiny, Console(file=out, width=100), "stress.html")
    assert out.getvalue().count("\n") < 65


def test_the_terminal_of_a_pressure_tells_no_balance(started: Told) -> None:
    said = terminal(started)
    assert "as hoped" not in said
    assert "in balance" not in said
    assert "so the goal is £" in said
    assert "what doing nothing comes to in the middle draw of" in said
    assert control_totals_met(started[0].found) == ""


# --- the document ---


def paths(value: Any, told: set[str], place: str) -> Iterator[str]:
    """Path of every key of a document; a key that stands under names of its own is written KEY."""
    if isinstance(value, list):
        for part in value:
            yield from paths(part, told, f"{place}[]")
    elif isinstance(value, dict):
        for key, part in value.items():
            path = f"{place}.{key}"
            yield path
            yield from paths(part, told, path)


def test_the_json_beside_the_page_is_what_the_command_prints(files: Mapping[str, str], balance: Told) -> None:
    assert files["stress.json"] == stress_report(balance[0])
    assert json.loads(files["stress.json"])["result"]["draws"] == DRAWS


def test_the_document_holds_everything_found_and_every_key_is_told(tiny: Told) -> None:
    page = JSON_PAGE.read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(result\S*)` \|", page, re.M))
    result = json.loads(stress_report(tiny[0]))["result"]
    named = {f"result.outside.savings.by_{by}" for by in ("grade", "kind")}
    found = {path for path in paths(result, told, "result") if path.rsplit(".", 1)[0] not in named}
    assert sorted(found - told) == []
    assert re.findall(r"^\| `(result\S*)` \|\s*\|", page, re.M) == []
    assert all(result[part] for part in ("why", "named", "outside", "chances", "paybacks"))


def test_a_part_that_was_not_asked_for_is_null_or_empty(files: Mapping[str, str]) -> None:
    result = json.loads(files["stress.json"])["result"]
    assert [result[part] for part in ("why", "named", "outside", "chances", "paybacks")] == [None, None, None, [], []]


# --- the folder ---


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


def test_a_report_and_its_stress_test_in_one_folder_lead_to_each_other(tmp_path: Path, balance: Told) -> None:
    folder = write_report(balance[1], tmp_path / "report").parent
    for _ in range(2):
        write_stress(*balance, folder)
    report = (folder / "index.html").read_text(encoding="utf-8")
    assert report.count('href="stress.html"') == 1
    assert 'href="index.html"' in (folder / "stress.html").read_text(encoding="utf-8")
    assert Page(report).all("html")
    write_report(balance[1], folder)  # a report of the same plan keeps what stands beside it
    assert (folder / "index.html").read_text(encoding="utf-8").count('href="stress.html"') == 1
    assert 'href="index.html"' in (folder / "stress.html").read_text(encoding="utf-8")


def test_the_report_of_another_plan_is_not_led_to(tmp_path: Path, balance: Told, tiny: Told) -> None:
    folder = write_report(tiny[1], tmp_path / "report").parent
    write_stress(*balance, folder)
    assert "stress.html" not in (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="index.html"' not in (folder / "stress.html").read_text(encoding="utf-8")
