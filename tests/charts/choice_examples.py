"""The pictures of choosing and of sharing, ordinary and hard. All numbers are invented."""

from __future__ import annotations

from charts.examples import LONG, NASTY
from tripleaim.charts import PayoffMatrix, PayoffRow, Picture

FOUR = ("the commissioner", "the hospital", "community and primary care", "the council")
MANY = (
    *FOUR,
    "North Wealdshire commissioner",
    "Marsh Infirmary",
    "Weald Mental Health",
    "the ambulance service",
    "Marsh Council",
    "Wealdshire County Council",
    "general practice federation",
    "other places",
)


def payoffs() -> PayoffMatrix:
    rows = (
        PayoffRow("Home First", (7.5, -2.1, -2.6, -0.5)),
        PayoffRow("Care-home support teams", (1.2, -0.9, 0.0, 0.4)),
        PayoffRow("Theatre and clinic productivity", (0.0, 3.1, 0.0, 0.0)),
        PayoffRow("Reablement before long-term care", (0.6, 0.0, -0.3, 1.9)),
    )
    return PayoffMatrix(FOUR, rows)


def payoffs_by_form() -> PayoffMatrix:
    """Rows instead of each other, so that there is no total below."""
    rows = (
        PayoffRow("activity payment", (7.5, -2.1, -2.6, -0.5)),
        PayoffRow("blended payment", (1.5, 3.9, -2.6, -0.5)),
        PayoffRow("block payment", (0.0, 5.4, -2.6, -0.5)),
        PayoffRow("shared savings", (0.68, 0.68, 0.68, 0.26)),
    )
    return PayoffMatrix(FOUR, rows, adds_up=False, row_name="payment form")


def many_payoffs() -> PayoffMatrix:
    """As many bodies and rows as there may be, with long names and large figures."""
    rows = tuple(
        PayoffRow(
            f"Scheme {n + 1}" if n else LONG,
            tuple(((n * 7 + m * 5) % 11 - 5) * 3.7 if m % 3 else 0.0 for m in range(12)),
        )
        for n in range(20)
    )
    return PayoffMatrix(MANY, rows, when="in 2020/21")


def no_payoff() -> PayoffMatrix:
    return PayoffMatrix(("the place",), (PayoffRow("Nothing", (0.0,)),))


def typical() -> tuple[Picture, ...]:
    """Every kind, ordinary and hard."""
    return (payoffs(), payoffs_by_form(), many_payoffs(), no_payoff())


def nasty() -> tuple[Picture, ...]:
    """Every kind with words nobody would write on purpose."""
    text = NASTY
    return (PayoffMatrix(text, tuple(PayoffRow(words, (-12345.678,) * 9) for words in text), text[0], True, text[5]),)
