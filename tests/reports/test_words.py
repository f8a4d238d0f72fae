"""Numbers, years and lists as a neighbour would hear them: what goes in, what comes out."""

from __future__ import annotations

import pytest

from tripleaim.reports import words

SAID = [
    (words.money, (0.0,), "£0"),
    (words.money, (-0.0,), "£0"),
    (words.money, (499.0,), "less than £1,000"),
    (words.money, (1_499.0,), "£1,000"),
    (words.money, (99_499.0,), "£99,000"),
    (words.money, (99_500.0,), "£0.1m"),
    (words.money, (53_449_999.0,), "£53.4m"),
    (words.money, (-53_449_999.0,), "−£53.4m"),
    (words.money, (1_234_567_890.0,), "£1,234.6m"),
    (words.short, (0.0,), "in balance"),
    (words.short, (400.0,), "in balance"),
    (words.short, (53_412_000.0,), "short by £53.4m"),
    (words.short, (-53_412_000.0,), "ahead by £53.4m"),
    (words.short, (1.0e6, "£1.04m"), "short by £1.04m"),
    (words.above, (0.0, "2015/16"), "the same as in 2015/16"),
    (words.above, (-2.0e6, "2015/16"), "£2.0m a year below 2015/16"),
    (words.above, (2.0e6, "2015/16", "£2.04m"), "£2.04m a year above 2015/16"),
    (words.more, (173.771e6,), "£173.8m more"),
    (words.more, (-0.25e6, 2), "£0.25m less"),
    (words.plural, (0, "scheme"), "0 schemes"),
    (words.plural, (1, "body", "bodies"), "1 body"),
    (words.plural, (2, "body", "bodies"), "2 bodies"),
    (words.counted, (1, "scheme"), "One scheme"),
    (words.counted, (0, "scheme"), "No schemes"),
    (words.counted, (13, "scheme"), "13 schemes"),
    (words.listed, ([],), ""),
    (words.listed, (["a", "b"],), "a and b"),
    (words.percent, (0.0,), "0%"),
    (words.percent, (1.0,), "100%"),
    (words.percent, (0.1234,), "12.3%"),
    (words.percent, (0.0001,), "less than 0.1%"),
    (words.day, ("2016-03-17",), "Thursday 17 March 2016"),
    (words.day, ("no date",), "no date"),
    (words.month, ("2017-10",), "October 2017"),
    (words.month, ("",), ""),
    (words.fours, ("7c1e90ab44d20f3b99",), "7c1e 90ab 44d2 0f3b"),
    (words.sentence, ("",), ""),
    (words.sentence, ("it costs more?",), "It costs more?"),
    (words.lower, ("A&E waits",), "A&E waits"),
    (words.people, (9_999.4,), "9,999 people"),
    (words.first_few, (["a", "b", "c"],), "a, b and c"),
]


@pytest.mark.parametrize(("say", "given", "said"), SAID)
def test_it_is_said_so(say, given, said) -> None:
    assert say(*given) == said


def test_different_sums_of_one_sentence_read_differently() -> None:
    assert words.tell_money_apart(53_410_000.0, 53_440_000.0) == ("£53.41m", "£53.44m")
    assert words.tell_money_apart(53_410_000.0, 53_410_100.0) == ("£53.4m", "£53.4m")


SUMS = [
    (((1.0e6, 2.0e6, 3.0e6),), True),
    (((173.771e6, 0.368e6, 174.139e6),), False),
    (((1.0e6, 2.0e6, 3.0e6), (173.771e6, 0.368e6, 174.139e6)), False),
    (((10.0e6, 400.0, 10.0004e6),), True),
    (((10.0e6, 0.0496e6, 10.0496e6),), False),
]


@pytest.mark.parametrize(("sums", "adds"), SUMS)
def test_a_sum_that_does_not_add_up_as_printed_says_that_figures_are_rounded(sums: tuple, adds: bool) -> None:
    note = "" if adds else "Each figure is rounded by itself, so the last decimals may not add up."
    assert words.rounded(*sums) == note
