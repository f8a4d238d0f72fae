"""What the pictures of choosing and of sharing say, and what each promises."""

from __future__ import annotations

import math
import re

import pytest

from charts import choice_examples as examples
from charts.reading import SVG, boxes, drawings, marks
from tripleaim.charts import (
    BearingRow,
    BeforeAfter,
    PayoffMatrix,
    PayoffRow,
    Picture,
    Transfer,
    Transfers,
    WhoBears,
)


def words_of(picture: Picture) -> list[set[str]]:
    """The lines of words in the wide and in the narrow drawing."""
    return [{box.words for box in boxes(drawing)} for drawing in drawings(picture.svg("key"))]


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (
            examples.payoffs(),
            "Together the 4 bodies gain £8.3m a year, but community and primary care loses £2.9m",
        ),
        (
            examples.payoffs_by_form(),
            "Under activity payment community and primary care loses £2.6m a year; nobody loses under shared savings",
        ),
        (examples.no_payoff(), "The place neither gains nor loses a year"),
        (
            examples.bearing(),
            "The commissioner carries none of the cost and keeps all of the benefit",
        ),
        (examples.even_bearing(), "Each body keeps the same share of the benefit as it carries of the cost"),
        (examples.no_bearing(), "There is neither cost nor benefit to share"),
        (
            WhoBears((BearingRow("the hospital", 3.0, 0.5), BearingRow("the council", 1.0, 1.5))),
            "The hospital carries 75% of the cost but keeps 25% of the benefit",
        ),
        (examples.agreed(), "Under today’s rules 3 of 4 lose; under the agreement nobody does"),
        (
            examples.agreed_with_a_fund(),
            "Under today’s rules 3 of 4 lose; "
            "under an agreement of equal shares the hospital loses £2.1m over five years",
        ),
        (examples.nothing_to_agree(), "Nobody loses, with the agreement or without"),
        (
            examples.transfers(),
            "The hospital pays community and primary care £3.2m a year; 3 payments move £4.0m in all",
        ),
        (examples.no_transfer(), "No money needs to change hands"),
        (
            Transfers((Transfer("the hospital", "the council", 1.0, "contract"),)),
            "One payment is enough: the hospital pays the council £1.0m a year",
        ),
    ],
)
def test_one_sentence_made_from_the_numbers(picture: Picture, sentence: str) -> None:
    assert picture.title == sentence


@pytest.mark.parametrize("picture", [pytest.param(each, id=type(each).__name__) for each in examples.typical()])
def test_every_table_names_its_unit(picture: Picture) -> None:
    table = picture.table()
    assert table.unit
    assert table.unit.split(",")[0] in table.caption + " ".join(table.header) + picture.title


def test_every_figure_of_a_payoff_matrix_is_drawn_with_its_sign_and_a_loss_has_a_striped_edge() -> None:
    picture = examples.payoffs()
    losses = sum(value < 0 for row in picture.rows for value in row.values)
    wide, narrow = drawings(picture.svg("key"))
    assert [mark.words for mark in marks(wide)].count("c-edge-add") == losses == 5
    assert [mark.words for mark in marks(narrow)].count("c-edge-add") == losses + 1, (
        "and the one body that loses in all"
    )
    for words in words_of(picture):
        assert {"+7.5", "−2.1", "−2.6", "+1.9", "+8.3"} <= words


def test_a_payoff_matrix_adds_up_both_ways_and_forms_of_payment_are_not_added() -> None:
    *rows, total = examples.payoffs().table().rows
    for column in range(1, 6):
        assert total[column] == pytest.approx(math.fsum(row[column] for row in rows))  # type: ignore[misc]
    assert examples.payoffs_by_form().table().rows[-1][0] == "Shared savings"


def test_bars_of_cost_and_benefit_are_in_proportion_and_start_at_one_line() -> None:
    for drawing in drawings(examples.even_bearing().svg("key")):
        bars = marks(drawing)
        costs, benefits = bars[::2], bars[1::2]
        assert {bar.words for bar in costs} == {"c-edge-add"}
        assert {bar.words for bar in benefits} == {"c-help"}
        assert len({round(bar.left) for bar in benefits}) == 1
        unit = (benefits[-1].right - benefits[-1].left) / 8
        for row, cost, benefit in zip(examples.even_bearing().rows, costs, benefits, strict=True):
            assert benefit.right - benefit.left == pytest.approx(unit * row.benefit, abs=0.2)
            assert cost.right - cost.left + 1.5 == pytest.approx(unit * row.cost, abs=0.2)


def test_the_circles_of_an_agreement_lie_where_the_money_says() -> None:
    picture = examples.agreed()
    values = [value for row in picture.rows for value in (row.before, row.after)]
    for drawing in drawings(picture.svg("key")):
        places = [float(circle.attrib["cx"]) for circle in drawing.iter(f"{SVG}circle")]
        unit = (max(places) - min(places)) / (max(values) - min(values))
        for place, value in zip(places, values, strict=True):
            assert place - min(places) == pytest.approx(unit * (value - min(values)), abs=0.2)


def test_an_agreement_says_what_comes_from_outside() -> None:
    assert "What some give is what others get." in examples.agreed().reads
    assert "In all, £2,356.1m comes from outside." in examples.agreed_with_a_fund().reads
    *rows, total = examples.agreed_with_a_fund().table().rows
    assert total[3] == pytest.approx(math.fsum(row[3] for row in rows))  # type: ignore[misc]


def test_every_payment_stands_with_how_it_is_paid() -> None:
    for words in words_of(examples.transfers()):
        assert {"3.2", "contract variation", "joint fund with the council (section 75)"} <= words
    assert [row[2] for row in examples.transfers().table().rows] == pytest.approx([3.2217, 0.765, 0.0566, 4.0433])
    assert [flow.value for flow in examples.transfers().ribbons().flows] == [3.2217, 0.765, 0.0566]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: PayoffMatrix(("a",), (PayoffRow("x", (1.0, 2.0)),)), "values: found 2; expected 1"),
        (lambda: PayoffMatrix(("a",), (PayoffRow("x", (math.nan,)),)), "expected a finite number"),
        (lambda: PayoffMatrix(("a",) * 13, ()), "bodies: found 13; expected 1 to 12"),
        (lambda: WhoBears((BearingRow("a", -1.0, 0.0),)), "expected both to be 0 or more"),
        (lambda: BeforeAfter(()), "bodies: found 0"),
        (lambda: Transfers((Transfer("a", "b", 0.0, ""),)), "expected more than 0"),
        (lambda: Transfers((Transfer("a", "a", 1.0, ""),)), "expected two bodies"),
        (
            lambda: Transfers((Transfer("a", "b", 1.0, ""), Transfer("b", "a", 2.0, ""))),
            "expected them set against each other",
        ),
    ],
)
def test_numbers_that_cannot_be_drawn_are_refused(make: object, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        make()  # type: ignore[operator]
