"""The pictures of a stress test, ordinary and hard. All numbers are invented."""

from __future__ import annotations

from charts.examples import LONG, NASTY, YEARS
from tripleaim.charts import (
    BandedCurve,
    BreakEvenMap,
    ChanceLine,
    Chances,
    Fan,
    KeptRange,
    Measure,
    PairAxis,
    PaybackBands,
    Picture,
    ScenarioBox,
    ScenarioBoxes,
    TornadoBars,
    TornadoRow,
    pressure,
)

PRESSURE = pressure("2015/16")


def fan() -> Fan:
    return Fan(
        YEARS,
        low=(17.1, 27.3, 36.2, 39.7, 41.9),
        middle=(22.9, 40.1, 56.5, 63.7, 68.2),
        high=(28.1, 53.1, 77.7, 90.2, 97.3),
        plan=(22.6, 39.5, 55.3, 61.8, 65.6),
        case="as hoped",
    )


def crossing_fan() -> Fan:
    """From short to ahead, the plan's own line outside the band at the end."""
    return Fan(
        YEARS,
        low=(4.0, 1.0, -3.0, -6.0, -9.0),
        middle=(6.0, 4.0, 1.0, -1.0, -2.0),
        high=(9.0, 8.0, 6.0, 5.5, 5.0),
        plan=(5.0, 2.0, -4.0, -8.0, -12.0),
        who=LONG,
    )


def pressure_fan() -> Fan:
    return Fan(YEARS, (1.0, 3.0, 5.0, 7.0, 9.0), (2.0, 5.0, 8.0, 11.0, 14.0), (3, 7, 11, 15, 19), measure=PRESSURE)


def one_year_fan() -> Fan:
    return Fan(("2016/17",), (3.0,), (5.0,), (9.0,), (4.0,))


def certain_fan() -> Fan:
    """Nothing is uncertain: low, middle, high and the plan's own agree."""
    return Fan(YEARS, (5.0,) * 5, (5.0,) * 5, (5.0,) * 5, (5.0,) * 5)


def chances() -> Chances:
    return Chances(
        YEARS,
        (
            ChanceLine("if nothing changes", (0.2, 0.05, 0.0, 0.0, 0.0), "nothing"),
            ChanceLine("with what is found", (0.3, 0.12, 0.08, 0.05, 0.032), "found"),
            ChanceLine("as hoped", (0.3, 0.25, 0.31, 0.4, 0.46), "hoped"),
        ),
    )


def never() -> Chances:
    return Chances(YEARS, tuple(ChanceLine(word, (0.0,) * 5, "hoped") for word in ("as hoped", LONG)))


def one_year_chances() -> Chances:
    return Chances(("2016/17",), (ChanceLine("as hoped", (1.0,), "hoped"),), goal="the control total")


def tornado() -> TornadoBars:
    rows = (
        TornadoRow("How late schemes start", 60.9, 77.4, "on time", "12 months"),
        TornadoRow("pay and prices", 51.2, 84.9, "2.1%", "3.2%"),
        TornadoRow("Emergency admissions avoided", 78.8, 56.1, "4%", "11%"),
        TornadoRow("Cost released per bed closed", 70.1, 63.9, "£61,000", "£80,300"),
        TornadoRow("Cannot be good", 65.6, 69.0, "0", "51%"),
    )
    return TornadoBars("2020/21", 65.6, rows, case="as hoped")


def crossing_tornado() -> TornadoBars:
    """Across nought, both ends on one side, one end at the point, very long words, large numbers."""
    rows = (
        TornadoRow(LONG, -1234.5, 2345.6, "−0.00234 of what each scheme says it will do", "1.05"),
        TornadoRow("Worse either way", 900.0, 1400.0, "3 beds", "9 beds"),
        TornadoRow("Better either way", -900.0, -400.0, "3 beds", "9 beds"),
        TornadoRow("Moves nothing", 10.0, 10.0, "0%", "0%"),
    )
    return TornadoBars("2020/21", 10.0, rows)


def no_tornado() -> TornadoBars:
    return TornadoBars("2020/21", 5.0, ())


def still_tornado() -> TornadoBars:
    return TornadoBars("2020/21", 0.0, (TornadoRow("Pay", 0.0, 0.0, "1%", "2%"),))


def boxes() -> ScenarioBoxes:
    first = ScenarioBox(
        (
            KeptRange("growth of emergency admissions", -0.5, 4.5, at_least=2.4, point=2.0, form="{}% a year"),
            KeptRange("uptake of Home First", 40, 100, below=62, point=80, form="{}%", places=0),
            KeptRange("delay of all schemes", 0, 14, at_least=3, below=9, form="{} months", places=0),
        ),
        coverage=0.71,
        density=0.84,
        mass=0.2,
    )
    second = ScenarioBox((KeptRange(LONG, -5e6, 5e6, below=0, point=7e6, form="£{}", places=0),), 0.1, 0.996, 0.05)
    return ScenarioBoxes((first, second), "is short in 2020/21")


def no_box() -> ScenarioBoxes:
    return ScenarioBoxes((ScenarioBox((), 1.0, 0.3, 1.0),), "is short in 2020/21")


def pairs() -> BreakEvenMap:
    growth = PairAxis("growth of emergency admissions a year", (0.0, 1.0, 2.0, 3.0, 4.0), "{}%", 0)
    avoided = PairAxis("emergency admissions avoided", (0.0, 3.0, 6.0, 9.0, 12.0), "{}%", 0)
    cells = tuple(
        tuple(min(1.0, max(0.0, 0.45 + 0.06 * (down - 2 * across))) for across in growth.values)
        for down in avoided.values
    )
    return BreakEvenMap("2020/21", growth, avoided, cells, own=(3, 2))


def money_pairs() -> BreakEvenMap:
    """Shortfalls across nought, seven columns of large numbers, long names."""
    across = PairAxis(LONG, tuple(float(n) for n in range(-3, 4)), "£{}m", 0)
    down = PairAxis("pay award", (1.0, 1.5, 2.0), "{}% a year")
    cells = tuple(tuple(-1000.0 * (n - 2) + 400 * m for n in range(7)) for m in range(3))
    return BreakEvenMap("2020/21", across, down, cells, measure=Measure(), own=(0, 5))


def no_pair() -> BreakEvenMap:
    one = PairAxis("pay", (1.0,), "{}%")
    return BreakEvenMap("2020/21", one, one, ((3.2,),), measure=PRESSURE)


HOME_FIRST = BandedCurve(
    "Home First", (-2.4, -4.6, -3.1, 0.4, 3.0), (-1.8, -3.0, 0.5, 8.0, 17.0), (-1.2, -1.0, 5.5, 15.0, 29.0)
)


def payback() -> PaybackBands:
    return PaybackBands(YEARS, (HOME_FIRST,))


def many_paybacks() -> PaybackBands:
    below = BandedCurve(LONG, (-5.0, -8.0, -11.0, -13.0, -14.0), (-4.0, -6.0, -7.0, -7.0, -6.5), (-3.0, -4, -4, -2, 1))
    still = BandedCurve("Costs nothing and saves nothing", (0.0,) * 5, (0.0,) * 5, (0.0,) * 5)
    return PaybackBands(YEARS, (HOME_FIRST, below, still))


def one_year_payback() -> PaybackBands:
    return PaybackBands(("2016/17",), (BandedCurve("A", (-3.0,), (-2.0,), (-1.0,)),), is_cumulative=False)


def typical() -> tuple[Picture, ...]:
    """Every kind, ordinary and hard."""
    return (
        fan(),
        crossing_fan(),
        pressure_fan(),
        one_year_fan(),
        certain_fan(),
        chances(),
        never(),
        one_year_chances(),
        tornado(),
        crossing_tornado(),
        no_tornado(),
        still_tornado(),
        boxes(),
        no_box(),
        pairs(),
        money_pairs(),
        no_pair(),
        payback(),
        many_paybacks(),
        one_year_payback(),
    )


def nasty() -> tuple[Picture, ...]:
    """Every kind with words nobody would write on purpose."""
    text = NASTY
    measure = Measure(text[5], text[0] + "{}", text[2] + "{}", text[3], text[7])
    ranges = tuple(KeptRange(words, 0, 9, 2, 5, 4, text[5] + "{}") for words in text)
    axis = PairAxis(text[5], (1.0, 2.0), text[0] + "{}")
    return (
        Fan((text[3], text[4]), (-1, -1), (0, 0), (1, 1), (0, 0), measure, text[0], text[1]),
        Chances((text[3], text[4]), tuple(ChanceLine(words, (0.5, 0.5), "found") for words in text[:6]), text[0]),
        TornadoBars(text[0], 0.5, tuple(TornadoRow(words, -1, 1, words, text[5]) for words in text), measure),
        ScenarioBoxes((ScenarioBox(ranges, 0.5, 0.5, 0.5),), text[0], text[5]),
        BreakEvenMap(text[0], axis, axis, ((1.0, -1.0), (0.0, 2.0)), measure, (0, 1), who=text[3]),
        PaybackBands((text[3], text[4]), tuple(BandedCurve(words, (-2, -1), (-1, 0), (0, 1)) for words in text)),
    )
