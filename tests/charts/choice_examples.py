"""The pictures of choosing and of sharing, ordinary and hard. All numbers are invented."""

from __future__ import annotations

from charts.examples import LONG, NASTY
from tripleaim.charts import (
    AgreementRow,
    BearingRow,
    BeforeAfter,
    PayoffMatrix,
    PayoffRow,
    Picture,
    Transfer,
    Transfers,
    WhoBears,
)

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


def bearing() -> WhoBears:
    costs, benefits = (0.0, 2.1, 2.6, 0.5), (7.5, 0.0, 0.0, 0.0)
    return WhoBears(tuple(map(BearingRow, FOUR, costs, benefits)))


def even_bearing() -> WhoBears:
    return WhoBears(tuple(map(BearingRow, FOUR, (1.0, 2.0, 3.0, 4.0), (2.0, 4.0, 6.0, 8.0))), when="in 2020/21")


def many_bearings() -> WhoBears:
    rows = (BearingRow(f"{name}, {LONG}" if n == 4 else name, n * 1234.5, 40.0 * n) for n, name in enumerate(MANY))
    return WhoBears(tuple(rows))


def no_bearing() -> WhoBears:
    return WhoBears((BearingRow("the place", 0.0, 0.0),))


def agreed() -> BeforeAfter:
    before, after = (7.5, -2.1, -2.6, -0.5), (1.2533, 0.2, 0.5, 0.3467)
    return BeforeAfter(tuple(map(AgreementRow, FOUR, before, after)))


def agreed_with_a_fund() -> BeforeAfter:
    """Money comes from outside, one body loses still, large figures and long words."""
    before = (1234.5, -2.1, -2345.6, -0.5)
    after = (1234.5, -2.1, 10.0, 0.0)
    return BeforeAfter(
        tuple(map(AgreementRow, (LONG, *FOUR[1:]), before, after)), "over five years", "an agreement of equal shares"
    )


def nothing_to_agree() -> BeforeAfter:
    return BeforeAfter((AgreementRow("the place", 0.0, 0.0),))


def transfers() -> Transfers:
    return Transfers(
        (
            Transfer(FOUR[0], FOUR[3], 0.765, "joint fund with the council (section 75)"),
            Transfer(FOUR[1], FOUR[2], 3.2217, "contract variation"),
            Transfer(FOUR[0], FOUR[2], 0.0566, "contract variation"),
        )
    )


def one_transfer() -> Transfers:
    return Transfers((Transfer(LONG, LONG + " too", 12345.6, LONG),), when="in 2020/21")


def no_transfer() -> Transfers:
    return Transfers(())


def typical() -> tuple[Picture, ...]:
    """Every kind, ordinary and hard."""
    return (
        payoffs(),
        payoffs_by_form(),
        many_payoffs(),
        no_payoff(),
        bearing(),
        even_bearing(),
        many_bearings(),
        no_bearing(),
        agreed(),
        agreed_with_a_fund(),
        nothing_to_agree(),
        transfers(),
        one_transfer(),
        no_transfer(),
    )


def nasty() -> tuple[Picture, ...]:
    """Every kind with words nobody would write on purpose."""
    text = NASTY
    return (
        PayoffMatrix(text, tuple(PayoffRow(words, (-12345.678,) * 9) for words in text), text[0], True, text[5]),
        WhoBears(tuple(BearingRow(words, 12345.6, 3.0) for words in text), text[5]),
        BeforeAfter(tuple(AgreementRow(words, -12345.6, 99.0) for words in text), text[5], text[0]),
        Transfers(tuple(Transfer(words, f"{words}.", 5.0 + n, words) for n, words in enumerate(text)), text[5]),
    )
