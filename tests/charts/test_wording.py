"""Signs, rounding, widths, wrapping, scales, colours and tables."""

from __future__ import annotations

import csv
import io
import math
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.charts import Table, colour, contrast, stylesheet
from tripleaim.charts.colours import claims, palette
from tripleaim.charts.scale import ticks
from tripleaim.charts.wording import clean, push_apart, safe, say, tell_apart, text_width, wrap

TEXT = ("ink", "ink-soft", "teal-900", "teal-700", "plum-900", "plum-700", "sand-700", "brick-700")
MARKS = ("slate", "rule-strong", "teal-500", "plum-500", *TEXT)


@pytest.mark.parametrize("claim", claims(), ids=str)
def test_every_contrast_that_the_tokens_claim_is_what_it_is(claim) -> None:
    assert contrast(colour(claim.colour), colour(claim.ground)) == pytest.approx(claim.ratio, abs=0.051)


def test_the_claims_were_found() -> None:
    assert len(claims()) >= 30
    assert {claim.colour for claim in claims()} >= set(MARKS)


@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_text_and_marks_are_strong_enough_on_every_ground(ground: str) -> None:
    for name in TEXT:
        assert contrast(colour(name), colour(ground)) >= 4.5, name
    for name in MARKS:
        assert contrast(colour(name), colour(ground)) >= 3, name


@pytest.mark.parametrize("family", ["teal", "plum", "sand", "brick"])
def test_words_on_a_tag_of_their_family_can_be_read(family: str) -> None:
    assert contrast(colour(f"{family}-700"), colour(f"{family}-100")) >= 4.5


def test_white_words_on_solid_marks_can_be_read() -> None:
    for name in ("slate", "teal-700", "plum-700"):
        assert contrast(colour("paper"), colour(name)) >= 4.5


def test_an_unknown_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="found 'mauve'"):
        colour("mauve")


def test_the_style_sheet_is_one_file_with_every_token() -> None:
    sheet = stylesheet()
    assert "@import" not in sheet
    assert all(value in sheet for value in palette().values())


@given(st.text())
def test_any_words_become_text_that_xml_accepts(words: str) -> None:
    assert ElementTree.fromstring(f'<a b="{safe(words)}">{safe(words)}</a>').get("b") == clean(words)


@given(st.text(), st.floats(20, 400), st.booleans())
def test_wrapping_fits_and_loses_nothing(words: str, width: float, bold: bool) -> None:
    lines = wrap(words, width, 14, bold)
    assert "".join(lines).replace(" ", "") == clean(words).replace(" ", "")
    assert all(len(line) == 1 or text_width(line, 14, bold) <= width + 1e-6 or "\u200d" in line for line in lines)


@given(st.floats(-1e9, 1e9))
def test_a_number_keeps_its_sign_and_is_never_written_as_nothing(value: float) -> None:
    said = say(value, signed=True)
    if abs(value) >= 1e-6:
        assert said[0] == ("−" if value < 0 else "+")
        assert any(digit in "123456789" for digit in said)
    assert "-" not in said


@given(st.lists(st.floats(-1000, 1000).map(lambda value: round(value, 4)), min_size=2, max_size=5))
def test_different_numbers_read_differently(values: list[float]) -> None:
    said = tell_apart(values)
    for place, value in enumerate(values):
        for other in range(place):
            same = math.isclose(value, values[other], rel_tol=1e-6, abs_tol=1e-9)
            assert same or said[place] != said[other]
            assert said[place] == said[other] or value != values[other]


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8), st.lists(st.floats(5, 40), min_size=8, max_size=8))
def test_labels_pushed_apart_do_not_overlap_and_keep_their_order(wanted: list[float], sizes: list[float]) -> None:
    sizes = sizes[: len(wanted)]
    middles = push_apart(wanted, sizes, 0, 400)
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    for above, below in pairwise(order):
        assert middles[below] - middles[above] >= (sizes[above] + sizes[below]) / 2 - 1e-6
    assert middles[order[0]] - sizes[order[0]] / 2 >= -1e-6
    assert middles[order[-1]] + sizes[order[-1]] / 2 <= 400 + 1e-6


@given(st.floats(-1e7, 1e7), st.floats(0.01, 1e7), st.booleans())
def test_ticks_contain_what_they_measure_and_are_few(low: float, more: float, whole: bool) -> None:
    marks = ticks(low, low + more, 4, whole)
    assert marks[0] <= low + abs(low) * 1e-9 + more * 1e-6
    assert marks[-1] >= low + more - abs(low) * 1e-9 - more * 1e-6
    assert 2 <= len(marks) <= 8


def a_table(*cells: str | float | None) -> Table:
    return Table("A <caption>", ("Name", "£m"), tuple(("row", cell) for cell in cells), (1,), totals=(0,), signed=(1,))


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd", "@name", " =1", "\t=1", "＝1+1"])
def test_a_cell_a_spreadsheet_would_run_is_made_safe(cell: str) -> None:
    assert list(csv.reader(io.StringIO(a_table(cell).csv())))[1][1] == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+2.5", "plain", "2016/17", "a=b"])
def test_numbers_and_plain_words_are_left_alone(cell: str) -> None:
    assert list(csv.reader(io.StringIO(a_table(cell).csv())))[1][1] == cell


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (164.86014046741224, "164.86014"),
        (0.1234567890123, "0.123457"),
        (-4e-9, "0.0"),
        (12.0, "12.0"),
        (7, "7"),
        (1_234_567.25, "1234567.25"),
    ],
)
def test_a_csv_tells_money_in_millions_to_the_pound_and_a_share_to_six_digits(value: float, words: str) -> None:
    assert list(csv.reader(io.StringIO(a_table(value).csv())))[1][1] == words


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_csv_gives_back_the_number_to_six_decimals(value: float) -> None:
    assert float(list(csv.reader(io.StringIO(a_table(value).csv())))[1][1]) == round(value, 6)


def test_a_row_can_be_followed_to_the_plan_in_the_file_alone() -> None:
    table = Table("c", ("Step", "£m"), (("Home First", -16.0),), (1,), traces=(("schemes.csv", "home", "case"),))
    assert table.csv().splitlines() == ["Step,£m,Table,Key,Source key", "Home First,-16.0,schemes.csv,home,case"]
    assert "schemes.csv" not in table.html()


def test_traces_stand_one_beside_each_row() -> None:
    with pytest.raises(ValueError, match="found 2 traces; expected 1"):
        Table("c", ("Step", "£m"), (("Home First", -16.0),), (1,), traces=(("a", "b", "c"),) * 2)


def test_a_table_too_long_for_paper_stands_on_the_screen_and_says_so_on_paper() -> None:
    long = a_table(*range(1, 30)).html()
    assert '<p class="on-paper">29 rows, not printed here: see the file named below.</p>' in long
    assert long.count("<tr") == 30
    assert "on-paper" not in a_table(*range(28)).html()


def test_a_table_on_a_page_scrolls_and_may_stack_before_it_has_to() -> None:
    table = a_table(1.0, 2.0, None, -3.0)
    scroll, stack = table.html(), table.html(stack=True)
    region = '<div class="scroll" role="region" tabindex="0" aria-label="A &lt;caption&gt;">'
    assert scroll.startswith(f"{region}<table>")
    assert '<tr class="total"><th scope="row">row</th><td class="num">1.0</td></tr>' in scroll
    assert '<td class="num">+2.0</td>' in scroll
    assert '<td class="num">−3.0</td>' in scroll
    assert '<td class="num">no figure</td>' in scroll
    assert stack.startswith(f'{region}<table class="stack">')
    assert '<td class="num" data-label="£m">+2.0</td>' in stack


def test_a_share_near_none_or_all_is_told_as_in_a_picture() -> None:
    table = Table("c", ("", "%"), tuple(("row", cell) for cell in (0.0, 0.01, 2.5, 99.97, 100.0)), (1,), shares=(1,))
    told = [f'<td class="num">{said}</td>' for said in ("0.0", "under 0.1", "2.5", "over 99.9", "100.0")]
    assert [each for each in told if each not in table.html()] == []
    assert "99.97" in table.csv()


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="table row 0: found 1 cells; expected 2"):
        Table("c", ("a", "b"), (("x",),), (1,))
