"""The pictures of choosing and of sharing, ordinary and hard. All numbers are invented."""

from __future__ import annotations

from charts.examples import LONG, NASTY, YEARS
from tripleaim.charts import (
    AgreementRow,
    BearingRow,
    BeforeAfter,
    Candidate,
    FormRow,
    Frontier,
    Group,
    Leaving,
    LeftOut,
    LimitUse,
    PayoffMatrix,
    PayoffRow,
    Picture,
    RegretCell,
    RegretRow,
    RegretTable,
    Stability,
    StartRow,
    StartYears,
    Transfer,
    Transfers,
    ValueRow,
    ValueTriangles,
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


def frontier() -> Frontier:
    sets = (
        Candidate("most money", 31.0, 12.0, (24.1, 36.0), (9.0, 15.5)),
        Candidate("balanced, with Home First everywhere", 26.4, 31.0, (19.0, 31.2), (24.0, 36.0)),
        Candidate("most health", 12.3, 44.0, (6.5, 17.9), (33.0, 52.0)),
        Candidate("the plan as it is", 22.0, 27.0, (14.8, 28.6), (20.0, 33.0), "today"),
        Candidate("do nothing", 0.0, 0.0, kind="nothing"),
        Candidate("do less: the five largest schemes", 18.0, 19.0, (13.0, 22.0), (15.0, 23.0), "less"),
        Candidate("no prevention", 25.9, 30.4, (18.5, 30.9), (23.5, 35.4)),
    )
    return Frontier(sets, "health", "years of healthy life gained", "in 2020/21", gain_places=0)


def sets_and_limits() -> Frontier:
    """Two of four sets keep every limit; what is off a pressure instead of a gap."""
    sets = (
        Candidate("most", 31.0, 12.0),
        Candidate("health", 12.3, 44.0),
        Candidate("the plan as it is", 40.0, 50.0, kind="today", is_allowed=False),
        Candidate("do less", 33.0, 1.0, kind="less", is_allowed=False),
    )
    return Frontier(sets, "health", "per cent of the way to the standards", "in 2020/21", is_pressure=True)


def many_sets() -> Frontier:
    """As many as there may be, some at one place, across nought both ways, with long names."""
    sets = tuple(
        Candidate(LONG if n == 3 else f"Set {n + 1}", -1200.5 + 100.0 * (n // 2), 30.0 - (n // 3) * 8.25)
        for n in range(26)
    )
    return Frontier(sets, "care", "people seen within 18 weeks, thousands a year", "over five years")


def one_set() -> Frontier:
    return Frontier((Candidate("the plan as it is", 3.0, 2.0, kind="today"),), "health", "years of life", "a year")


def same_sets() -> Frontier:
    return Frontier(tuple(Candidate(f"Set {n}", 0.0, 0.0) for n in range(9)), "health", "years of life", "a year")


def chances_by_form() -> Stability:
    rows = (
        FormRow("activity payment", 0.0, is_present=True),
        FormRow("blended payment", 0.62),
        FormRow("block payment", 0.86),
        FormRow("shared savings", 0.0004),
    )
    return Stability(rows)


def margins_by_form() -> Stability:
    rows = (
        FormRow("activity payment", -1.05, is_present=True),
        FormRow("blended payment", 0.53),
        FormRow("block payment", 0.53),
        FormRow(LONG, 0.0),
    )
    return Stability(rows, "margin")


def leaving() -> Leaving:
    commissioner, hospital, community, council = FOUR
    groups = (
        Group((commissioner, community), 2.51, 2.5),
        Group((commissioner, community, council), 2.93, 4.4),
        Group((hospital,), -0.63, 0.0),
        Group((hospital, council), -0.21, 0.0),
    )
    return Leaving(FOUR, groups)


def nobody_leaves() -> Leaving:
    return Leaving(FOUR, (Group(FOUR[:2], 3.0, -1.2), Group(FOUR[1:], 4.0, 0.5)), "in 2020/21")


def many_leaving() -> Leaving:
    groups = tuple(Group(MANY[n % 5 : n % 5 + 1 + n % 8], 1000.0 * n, 900.0 * n + 4000) for n in range(20))
    return Leaving(MANY, groups)


def triangles() -> ValueTriangles:
    rows = (
        ValueRow("Home First", 9_000, 0.02, 2.6),
        ValueRow("Blood pressure checks", 42_000, 0.011, 1.9),
        ValueRow("Care-home support teams", 2_100, 0.05, 1.2),
        ValueRow("Heart failure nurses", 1_300, 0.09, 0.7),
        ValueRow("A new surgical robot", 600, 0.03, 3.4),
    )
    return ValueTriangles(rows, "years of healthy life")


def triangles_in_money() -> ValueTriangles:
    """Benefit is money, and uses of care differ too much for boxes to be seen."""
    rows = (
        ValueRow("Theatres", 3_457_006, 10.46, 1.4),
        ValueRow("Home First", 58_010, 369.4, 5.9),
        ValueRow("Stroke care", 825, -262.0, 1.2),
    )
    return ValueTriangles(rows, "£ of care no longer needed", "a year", 0, 0, of="uses of care", is_money=True)


def harmful_triangles() -> ValueTriangles:
    """Some save money, one at the price of harm, one does nothing at all, long words and large numbers."""
    rows = (
        ValueRow("Move clinics to one site", 120_000, -0.001, -3.2),
        ValueRow(LONG, 1_234_567, 0.5, -0.4),
        ValueRow("Stop what does not work", 400, 0.2, -1.1),
        ValueRow("Nothing", 1, 0.0, 0.0),
        ValueRow("A costly slip", 5_000, -0.02, 2.0),
        ValueRow("Costs nothing", 5_000, 0.02, 0.0),
        ValueRow("An old scheme", 5_000, 0.02, 1.0),
    )
    return ValueTriangles(rows, "years of healthy life", "over five years")


def start_years() -> StartYears:
    chosen = (
        StartRow("Home First", 0),
        StartRow("Blood pressure checks", 0),
        StartRow("Reablement before long-term care", 2),
        StartRow("Care-home support teams", 1),
    )
    left_out = (
        LeftOut("A new surgical robot", "£3.4m more capital in 2017/18"),
        LeftOut("Seven-day clinics", "31 more nurses in 2017/18, and 18 in 2018/19"),
    )
    limits = (
        LimitUse("capital", (0.62, 1.0, 0.4, 0.0, 0.0)),
        LimitUse("nurses", (0.7, 0.97, 1.0, 1.0, 0.9)),
        LimitUse("leaders’ time", (0.5, 0.8, None, None, None)),
    )
    return StartYears(YEARS, chosen, left_out, limits)


def many_starts() -> StartYears:
    """Many years, a limit exceeded, long words."""
    years = tuple(f"{year}/{(year + 1) % 100}" for year in range(2016, 2028))
    chosen = tuple(StartRow(LONG if n == 2 else f"Scheme {n + 1}", n % 12) for n in range(30))
    limits = (LimitUse(LONG, tuple(n / 8 for n in range(12))), LimitUse("over by far", (12.5,) * 12))
    return StartYears(years, chosen, (LeftOut(LONG, LONG),), limits)


def nothing_starts() -> StartYears:
    return StartYears(("2016/17",), (), (LeftOut("Home First", "posts"),))


def regrets() -> RegretTable:
    tests = ("as stated", "nobody joins in time", "pay rises by 1% more", "half the benefit")
    rows = (
        RegretRow("most money", tuple(map(RegretCell, (True, False, True, False), (0.0, 9.1, 0.0, 6.0)))),
        RegretRow("balanced", tuple(map(RegretCell, (True, True, True, False), (1.2, 3.1, 2.2, 0.0)))),
        RegretRow("do nothing", tuple(map(RegretCell, (False, False, False, False), (14.0, 0.0, 15.5, 8.0)))),
    )
    return RegretTable(tests, rows)


def many_regrets() -> RegretTable:
    tests = tuple(LONG if n == 4 else f"test number {n + 1}" for n in range(20))
    rows = tuple(
        RegretRow(
            LONG if n == 5 else f"Set {n + 1}",
            tuple(RegretCell((n + m) % 3 > 0, (n * m) % 7 * 12.3) for m in range(20)),
        )
        for n in range(12)
    )
    return RegretTable(tests, rows, "£m", "£{}m")


def hopeless() -> RegretTable:
    return RegretTable(("as stated",), (RegretRow("do nothing", (RegretCell(False, 0.0),)),))


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
        frontier(),
        sets_and_limits(),
        many_sets(),
        one_set(),
        same_sets(),
        chances_by_form(),
        margins_by_form(),
        leaving(),
        nobody_leaves(),
        many_leaving(),
        triangles(),
        triangles_in_money(),
        harmful_triangles(),
        start_years(),
        many_starts(),
        nothing_starts(),
        regrets(),
        many_regrets(),
        hopeless(),
    )


def nasty() -> tuple[Picture, ...]:
    """Every kind with words nobody would write on purpose."""
    text = NASTY
    return (
        PayoffMatrix(text, tuple(PayoffRow(words, (-12345.678,) * 9) for words in text), text[0], True, text[5]),
        WhoBears(tuple(BearingRow(words, 12345.6, 3.0) for words in text), text[5]),
        BeforeAfter(tuple(AgreementRow(words, -12345.6, 99.0) for words in text), text[5], text[0]),
        Transfers(tuple(Transfer(words, f"{words}.", 5.0 + n, words) for n, words in enumerate(text)), text[5]),
        Frontier(tuple(Candidate(words, 1, 1, (0, 2), (0, 3)) for words in text), text[0], text[5], text[5]),
        Stability(tuple(FormRow(words, -1.0, n == 5) for n, words in enumerate(text)), "margin", text[5]),
        Leaving(text, tuple(Group((words,), 12345.6, -1.0) for words in text), text[5]),
        ValueTriangles(tuple(ValueRow(words, 12345678, n - 4.5, n) for n, words in enumerate(text)), text[5], text[0]),
        StartYears(
            text[:6],
            tuple(StartRow(words, 3) for words in text),
            tuple(LeftOut(words, words) for words in text),
            tuple(LimitUse(words, (0.5, 1.0, 1.5, 0.0, None, 12345.0)) for words in text),
        ),
        RegretTable(
            text, tuple(RegretRow(words, (RegretCell(False, 123456.7),) * 9) for words in text), text[5], text[0], 2
        ),
    )
