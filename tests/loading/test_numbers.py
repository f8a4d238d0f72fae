"""Text to numbers: only plain forms pass, and a suggestion never says anything but what was meant."""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.loading.cells import Reader, reader
from tripleaim.loading.numbers import Refused, advice, meant, number, shortest, whole, yes_no
from tripleaim.plan.describe import Column, columns
from tripleaim.plan.tables import TABLES

CASES = Path(__file__).parent / "cases"
FORMATS = json.loads((CASES / "number_formats.json").read_text(encoding="utf-8"))
SPELLINGS = list(zip(FORMATS["inputs"]["cells"], FORMATS["expected"], strict=True))
PLAIN = {"1e3", "42461"}


@pytest.mark.parametrize(("text", "expected"), SPELLINGS)
def test_every_spelling_seen_in_published_tables(text: str, expected: object) -> None:
    if text in PLAIN:
        assert number(text) == float(text)
        return
    with pytest.raises(Refused) as caught:
        number(text)
    suggestion = re.fullmatch(r"write (-?[0-9.]+)( if you mean .*)?", caught.value.to_fix)
    if isinstance(expected, int | float):
        assert suggestion is not None, caught.value.to_fix
        assert float(suggestion[1]) == expected
    else:
        assert suggestion is None, "a number is proposed where none is certain"


@pytest.mark.parametrize(
    "text", ["0", "-0", "12", "-3.5", "0.02", "1e6", "1E-3", "123456789012345", "1000000000000000000000"]
)
def test_plain_numbers(text: str) -> None:
    assert number(text) == float(text)
    assert math.copysign(1, number("-0")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1 ",
        "+5",
        ".5",
        "5.",
        "1_000",
        "nan",
        "Infinity",
        "1e400",
        "-1e301",
        "1e-301",
        "1e99999",
        "0x10",
        "1,5",
        "007",
        "--5",
        "1.2.3",
        "1e",
        "½",
        "\uff15",
        "1e5.5",
        "TRUE",
        "1234567890.123456",
        "12\n",
        "9" * 400,
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        number(text)
    assert caught.value.to_fix


@given(st.text(max_size=40))
def test_no_text_crashes_the_reader(text: str) -> None:
    for read in (number, whole, yes_no):
        with suppress(Refused):
            assert read(text) is not None
    assert advice(text)
    meant(text)


NUMERIC = [
    pytest.param(column, id=f"{form.name}.{column.field}")
    for form in TABLES
    for column in columns(form.noun)
    if column.kind in ("number", "whole")
]
ODD = [*FORMATS["inputs"]["cells"], "(500)", "(0.5)", "-5", "500%", "1.2E+08", "1.5E-07", "-3E+05", "2m", "-2 m",
       "1e12", "3.0", "3 000", "1 000 000", "12,000,000,000,000", "−7", "£-1", "0.00000001", "1e400"]  # fmt: skip
PROPOSED = re.compile(r"write (?:low )?(-?[0-9][0-9.e+-]*)|in full: (-?[0-9.e+]+)")


@pytest.mark.parametrize("column", NUMERIC)
def test_no_number_is_proposed_that_the_column_would_refuse(column: Column) -> None:
    read = reader(column)
    for text in ODD:
        for proposal in PROPOSED.finditer(advised(read, text)):
            read(proposal[1] or proposal[2])


def advised(read: Reader, text: str) -> str:
    """What a column says to do about a cell; nothing where it takes it."""
    try:
        read(text)
    except Refused as refused:
        return refused.to_fix
    return ""


@pytest.mark.parametrize("text", ["1.2E+08", "1.23457E-07", "-3E+05"])
def test_the_short_form_of_a_spreadsheet_is_refused_because_it_may_have_lost_digits(text: str) -> None:
    with pytest.raises(Refused, match="digits may be lost") as caught:
        number(text)
    assert f"or write {shortest(float(text))} if it is exact" in caught.value.to_fix


@given(st.floats(min_value=-1e15, max_value=1e15, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-290))
def test_the_shortest_text_reads_back_as_the_same_fifteen_digits(value: float) -> None:
    assert shortest(number(shortest(value))) == shortest(value)


@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_whole_numbers_read_back(value: int) -> None:
    assert whole(str(value)) == value


def test_whole_numbers_and_yes_and_no_have_one_spelling() -> None:
    assert yes_no("yes")
    assert not yes_no("no")
    for text in ("Yes", "true", "1", "Y", "", "maybe"):
        with pytest.raises(Refused):
            yes_no(text)
    for text in ("3.0", "1e3", "3.5", "x", "1,000", "9" * 16):
        with pytest.raises(Refused):
            whole(text)
