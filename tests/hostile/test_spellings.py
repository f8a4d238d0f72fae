"""Numbers, missing values and dates as published tables spell them: read only where nothing can be mistaken.

The cases and what they mean stand in tests/loading/cases/number_formats.json (made for this project, no restriction).
Ours is the stricter reader: a spelling with one certain reading is still refused, and the message says what to write.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import read_plan

CASE = json.loads((Path(__file__).parents[1] / "loading/cases/number_formats.json").read_text(encoding="utf-8"))
MEANT = dict(zip(CASE["inputs"]["cells"], CASE["expected"], strict=True))

READ = {"1e3": 1000.0}
"""Spellings that a number column takes as they stand."""
SAID = {
    "1,234": "write 1234",
    "£1,234.5": "write 1234.5",
    "(1,234)": "write -1234",
    "-1,234": "write -1234",
    "−5": "write -5",
    "12%": "write 0.12 if you mean 12%",
    "12.5 %": "write 0.125 if you mean 12.5 %",
    " 7 ": "write 7",
    "1.2m": "write it in full: 1200000 if m stands for 1000000",
    "*": "a hidden or rough figure is not a number: write your estimate",
    "<5": "a hidden or rough figure is not a number: write your estimate",
    "1-5": "a hidden or rough figure is not a number: write your estimate",
    "n/a": "or leave the cell empty",
    "N/A": "or leave the cell empty",
    "-": "or leave the cell empty",
    "–": "or leave the cell empty",
    "..": "or leave the cell empty",
    ":": "or leave the cell empty",
    "NaN": "or leave the cell empty",
    "inf": "or leave the cell empty",
    "-inf": "or leave the cell empty",
    "": "write it",
    "#DIV/0!": "put the formula right",
    "#REF!": "put the formula right",
    "1.797693134862315708e309": "write a smaller number",
    "0x1F": "write digits only",
    "١٢٣": "write the number with the digits 0 to 9",
    "1 234": "write 1234 if the gap only parts the thousands",
    "1.234,56": "write it without commas",
    "TRUE": "yes and no belong in other columns",
    "31/04/2017": "write digits only",
    "29/02/2017": "write digits only",
    "29/02/2016": "write digits only",
    "2016-02-30": "write digits only",
    "01/04/16": "write digits only",
    "2016/17": "write digits only",
}
"""What the refusal of every other spelling advises."""
A_NUMBER_TOO = {"42461": 42461.0}
"""A date's serial is a number where a number is expected: nobody can tell."""


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def with_cell(folder: Path, file: str, old: str, new: str) -> Path:
    assert TINY[file].count(old) == 1
    return write_tiny(folder, {file: TINY[file].replace(old, new)})


def refused(folder: Path) -> Problem:
    with pytest.raises(PlanProblems) as caught:
        read_plan(folder)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def test_every_spelling_of_the_case_is_either_read_or_refused() -> None:
    assert READ.keys() | SAID.keys() | A_NUMBER_TOO.keys() == MEANT.keys()


@pytest.mark.parametrize("text", [*READ, *A_NUMBER_TOO])
def test_a_number_that_is_read_is_the_one_that_is_meant(text: str, tmp_path: Path) -> None:
    plan = read_plan(with_cell(tmp_path / "p", "activity.csv", ",2500,2600,", f",{quoted(text)},2600,"))
    read = next(line.unit_cost for line in plan.activity if line.key == "emergency")
    assert read == {**READ, **A_NUMBER_TOO}[text]
    assert text in A_NUMBER_TOO or read == MEANT[text]


@pytest.mark.parametrize("text", SAID)
def test_any_other_spelling_is_refused_by_row_and_column(text: str, tmp_path: Path) -> None:
    problem = refused(with_cell(tmp_path / "p", "stated.csv", ",3000000,", f",{quoted(text)},"))
    assert (problem.file, problem.row, problem.field) == ("stated.csv", 2, "amount")
    assert problem.found == (text or "an empty cell")
    assert "a number from -1,000,000,000,000 to 1,000,000,000,000" in problem.expected or "digits" in problem.expected
    assert SAID[text] in problem.to_fix


@pytest.mark.parametrize("text", [text for text, meant in MEANT.items() if isinstance(meant, int | float)])
def test_advice_never_names_another_number_than_the_one_meant(text: str) -> None:
    assert text in READ or SAID[text].split(" if ")[0] == f"write {MEANT[text]:.15g}"


@pytest.mark.parametrize("text", MEANT)
def test_a_year_is_read_only_as_2016_17(text: str, tmp_path: Path) -> None:
    folder = with_cell(tmp_path / "p", "planned_units.csv", "emergency,2016/17,", f"emergency,{quoted(text)},")
    if text == "2016/17":
        assert read_plan(folder).planned_units[0].year == "2016/17"
        return
    problem = refused(folder)
    assert (problem.file, problem.row, problem.field) == ("planned_units.csv", 2, "year")
    assert "a financial year" in problem.expected


DATES = {
    text: "a date that is in the calendar" if text == "2016-02-30" else "a date such as 2016-10-21" for text in MEANT
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_read_only_as_2016_10_21(text: str, tmp_path: Path) -> None:
    """Day first or month first, serials of Excel and days that are not in the calendar: none is guessed at."""
    problem = refused(with_cell(tmp_path / "p", "plan.toml", '"2016-10-21"', f'"{text}"'))
    assert (problem.file, problem.field) == ("plan.toml", "dated")
    assert problem.expected == (DATES[text] if text else "a value")


@pytest.mark.parametrize("text", MEANT)
def test_a_month_is_read_only_as_2016_10(text: str, tmp_path: Path) -> None:
    problem = refused(with_cell(tmp_path / "p", "schemes.csv", ",2016-10,council", f",{quoted(text)},council"))
    assert (problem.file, problem.row, problem.field) == ("schemes.csv", 2, "start")


ODD_NUMBERS = [
    ("1e400", "beyond what a computer counts", "check the number"),
    ("-1e400", "the same below nought", "check the number"),
    ("1e-400", "so small that it would become nought", "check the number"),
    ("1e99999", "an exponent of five digits", "write"),
    ("9" * 5_000, "five thousand digits", "write"),
    ("0." + "3" * 5_000, "as many after the point", "round it, such as 0.333333333333333"),
    ("9" * 5_000 + "m", "as many before an m", "write"),
    ("1" + "0" * 9_000, "nine thousand noughts", "check the number"),
    ("1.5.2", "two points", "write digits only"),
    ("--5", "two signs", "write digits only"),
    ("(-5)", "a sign in brackets", "write digits only"),
    ("5-", "a sign at the end", "write digits only"),
    ("+5", "a plus sign", "write 5"),
    (".5", "nothing before the point", "write 0.5"),
    ("5.", "nothing after the point", "write 5"),
    ("１２", "broad digits", "the digits 0 to 9"),
    ("1\u00a0234", "a space that does not break", "write 1234 if the gap"),
    ("5\u200b", "a digit and a space nobody sees", "write digits only"),
    ("½", "a fraction in one letter", "write"),
    ("1/2", "a fraction", "write digits only"),
    ("1d3", "a power as Fortran writes it", "write digits only"),
    ("1_000", "a power as Python writes it", "write 1000 if the gap"),
    ("nil", "a word for nought", "or leave the cell empty"),
]


@pytest.mark.parametrize(("text", "why", "advice"), ODD_NUMBERS, ids=[why for _, why, _ in ODD_NUMBERS])
def test_odd_numbers_are_refused(text: str, why: str, advice: str, tmp_path: Path) -> None:
    problem = refused(with_cell(tmp_path / "p", "stated.csv", ",3000000,", f",{quoted(text)},"))
    assert (problem.file, problem.row, problem.field) == ("stated.csv", 2, "amount"), why
    assert advice in problem.to_fix
    assert "inf" not in problem.to_fix.split()
    assert len(str(problem)) < 1_000


ODD_HEADINGS = [
    ("years = 5", "years = 0x" + "f" * 900_000, "a number of a million digits written by sixteens"),
    ("years = 5", "years = " + "9" * 5_000, "five thousand digits"),
    ("years = 5", "years = 1e400", "beyond what a computer counts"),
    ("years = 5", "years = nan", "no number at all"),
    ("years = 5", "years = 2016-10-21T10:00:00Z", "a moment"),
    ("years = 5", "years = true", "a truth"),
    ("years = 5", "years = [5]", "a list"),
    ("years = 5", "years = {a = 5}", "a table"),
    ("years = 5", "years = -1", "fewer than none"),
    ("format = 1", "format = 0b1", None),
]


@pytest.mark.parametrize(("old", "new", "why"), ODD_HEADINGS, ids=[str(why) for _, _, why in ODD_HEADINGS])
def test_odd_numbers_of_a_heading_are_refused(old: str, new: str, why: str | None, tmp_path: Path) -> None:
    text = TINY["plan.toml"].replace("years = 2\n", "years = 5\n").replace(old, new)
    folder = write_tiny(tmp_path / "p", {"plan.toml": text, "stated.csv": None})
    if why is None:
        assert read_plan(write_tiny(tmp_path / "q", {"plan.toml": text.replace("years = 5", "years = 2")})).years
        return
    problem = refused(folder)
    assert problem.file == "plan.toml"
    assert len(str(problem)) < 1_000
