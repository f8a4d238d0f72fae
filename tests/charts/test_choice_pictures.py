"""What the pictures of choosing and of sharing say, and what each promises."""

from __future__ import annotations

import math
import re

import pytest

from charts import choice_examples as examples
from charts.reading import boxes, drawings, marks
from tripleaim.charts import PayoffMatrix, PayoffRow, Picture


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


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: PayoffMatrix(("a",), (PayoffRow("x", (1.0, 2.0)),)), "values: found 2; expected 1"),
        (lambda: PayoffMatrix(("a",), (PayoffRow("x", (math.nan,)),)), "expected a finite number"),
        (lambda: PayoffMatrix(("a",) * 13, ()), "bodies: found 13; expected 1 to 12"),
    ],
)
def test_numbers_that_cannot_be_drawn_are_refused(make: object, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        make()  # type: ignore[operator]
