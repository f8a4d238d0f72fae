"""What the pictures of a stress test say, and what each promises."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re

import pytest

from charts import stress_examples as examples
from charts.reading import SVG, boxes, drawings, marks
from tripleaim.charts import (
    BandedCurve,
    BreakEvenMap,
    ChanceLine,
    Chances,
    Fan,
    KeptRange,
    PairAxis,
    PaybackBands,
    ScenarioBox,
    ScenarioBoxes,
    TornadoBars,
    TornadoRow,
)
from tripleaim.charts.measure import SHORT


def words_of(picture: object) -> list[set[str]]:
    """The lines of words in the wide and in the narrow drawing."""
    return [{box.words for box in boxes(drawing)} for drawing in drawings(picture.svg("key"))]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (
            examples.fan(),
            "As hoped, the place ends 2020/21 short by £41.9m to £97.3m, eight times in ten; "
            "the plan says short by £65.6m",
        ),
        (
            dataclasses.replace(examples.crossing_fan(), who="Marsh Infirmary"),
            "Marsh Infirmary ends 2020/21 anything from ahead by £9.0m to short by £5.0m, eight times in ten; "
            "the plan says ahead by £12.0m, which is lower than nine results in ten",
        ),
        (
            dataclasses.replace(examples.pressure_fan(), plan=(1, 1, 1, 1, 25.0)),
            "The place ends 2020/21 £9.0m to £19.0m a year above 2015/16, eight times in ten; "
            "the plan says £25.0m a year above 2015/16, which is higher than nine results in ten",
        ),
        (examples.pressure_fan(), "The place ends 2020/21 £9.0m to £19.0m a year above 2015/16, eight times in ten"),
        (
            examples.certain_fan(),
            "The place ends 2020/21 short by £5.0m, eight times in ten; the plan says short by £5.0m",
        ),
        (
            Fan(("2016/17",), (-3.0,), (-2.0,), (-1.0,), (0.0,)),
            "The place ends 2016/17 ahead by £1.0m to £3.0m, eight times in ten; "
            "the plan says in balance, which is higher than nine results in ten",
        ),
        (
            examples.chances(),
            "The chance of balance in 2020/21: 0% if nothing changes, 3.2% with what is found, 46% as hoped",
        ),
        (examples.never(), "Balance is reached in no draw of any year, in any case"),
        (examples.one_year_chances(), "The control total is reached in every draw of every year"),
        (
            Chances(("2016/17",), (ChanceLine("as hoped", (0.0001,), "hoped"),)),
            "The chance of balance in 2016/17: under 0.1% as hoped",
        ),
        (
            examples.tornado(),
            "As hoped, what moves 2020/21 most is pay and prices: "
            "short by £51.2m at its low, short by £84.9m at its high",
        ),
        (examples.no_tornado(), "No uncertain number alone moves 2020/21: short by £5.0m"),
        (examples.still_tornado(), "No uncertain number alone moves 2020/21: in balance"),
        (
            TornadoBars("2020/21", 1.0, (TornadoRow("Pay", -2.0, 3.0, "1%", "2%"),), examples.PRESSURE),
            "What moves 2020/21 most is Pay: "
            "£2.0m a year below 2015/16 at its low, £3.0m a year above 2015/16 at its high",
        ),
        (
            examples.boxes(),
            "The place is short in 2020/21 in 84% of the draws where growth of emergency admissions is 2.4% a year or "
            "more, uptake of Home First is under 62% and delay of all schemes is from 3 months to under 9 months; "
            "71% of all draws that fail lie there",
        ),
        (examples.no_box(), "No simple condition tells when the place is short in 2020/21"),
        (ScenarioBoxes((), "is short in 2020/21"), "No simple condition tells when the place is short in 2020/21"),
        (
            examples.pairs(),
            "15 of 25 pairs of values bring balance in 2020/21 in at least 50% of draws; the plan’s own does",
        ),
        (examples.no_pair(), "No pair of values tried leaves the place at the level of 2015/16 or below it in 2020/21"),
        (
            dataclasses.replace(examples.no_pair(), cells=((-3.2,),), measure=SHORT),
            "Every pair of values tried leaves the place in balance or ahead in 2020/21",
        ),
        (
            examples.payback(),
            "Home First has paid back from 2018/19 in half of the draws, from 2019/20 in nine of ten",
        ),
        (
            examples.many_paybacks(),
            "2 of 3 schemes have paid back by 2020/21 in half of the draws, 2 in nine draws of ten",
        ),
        (examples.one_year_payback(), "A saves more than it costs in fewer than one draw in ten by 2016/17"),
    ],
)
def test_one_sentence_made_from_the_numbers(picture: Fan, sentence: str) -> None:
    assert picture.title == sentence


def test_a_scheme_that_pays_back_in_some_draws_says_in_how_many() -> None:
    def said(low: float, middle: float, high: float) -> str:
        return PaybackBands(("a", "b"), (BandedCurve("It", (-1, low), (-1, middle), (-1, high)),)).title

    assert said(-3, -2, -1) == "It has paid back in fewer than one draw in ten by b"
    assert said(-3, -2, 1) == "It has paid back in fewer than half of the draws by b, in one of ten from b"
    assert said(-3, 1, 2) == "It has paid back from b in half of the draws, not by b in nine of ten"
    assert said(0, 1, 2) == "It has paid back from b in nine draws of ten"


def test_both_drawings_of_a_fan_name_each_line_beside_its_last_figure() -> None:
    for words in words_of(examples.fan()):
        assert {"97.3", "1 in 10 higher", "68.2", "the middle", "65.6", "the plan’s own", "41.9"} <= words


def test_an_axis_with_both_sides_of_nought_says_what_is_below() -> None:
    for words in words_of(examples.crossing_fan()):
        assert "£m short; below 0 is ahead" in words
    for words in words_of(examples.fan()):
        assert "£m short" in words


def test_the_axis_of_chances_runs_from_none_to_all_whatever_they_are() -> None:
    for words in words_of(Chances(("a", "b"), (ChanceLine("as hoped", (0.01, 0.02), "hoped"),))):
        assert {"0%", "25%", "50%", "75%", "100%", "2.0%"} <= words


def test_a_tornado_has_the_widest_first_and_bars_in_proportion() -> None:
    picture = examples.tornado()
    swings = [row[5] for row in picture.table().rows]
    assert swings == sorted(swings, reverse=True)  # type: ignore[type-var]
    assert picture.table().rows[0][0] == "Pay and prices"
    for drawing in drawings(picture.svg("key")):
        low, high, *_ = marks(drawing)
        assert (low.words, high.words) == ("c-help", "c-edge-add")
        assert (low.right - low.left) / (high.right - high.left + 1.5) == pytest.approx(14.4 / 19.3, rel=1e-3)


def test_the_end_of_a_tornado_bar_says_whether_it_is_the_low_or_the_high() -> None:
    for words in words_of(examples.tornado()):
        assert {"high 56.1", "low 78.8", "low 4%, high 11%"} <= words


def test_an_end_that_is_the_plans_own_but_for_the_last_digits_has_no_bar() -> None:
    picture = TornadoBars("2020/21", 67.9, (TornadoRow("delay", 67.9 + 1e-12, 92.6, "0", "12 months"),))
    assert "upper bar" not in picture.reads
    for drawing in drawings(picture.svg("key")):
        assert [mark.words for mark in marks(drawing)] == ["c-edge-add"]


def test_a_tornado_says_how_to_read_two_bars_on_one_side_only_where_there_are_any() -> None:
    assert "upper bar" in examples.crossing_tornado().reads
    assert "upper bar" not in examples.tornado().reads


def test_the_part_a_box_keeps_is_drawn_inside_the_whole_range() -> None:
    row = KeptRange("uptake", 0, 100, at_least=25, below=50)
    picture = ScenarioBoxes((ScenarioBox((row,), 1, 1, 1),), "fails")
    for drawing in drawings(picture.svg("key")):
        (kept,) = marks(drawing)
        line = max(drawing.iter(f"{SVG}line"), key=lambda each: float(each.attrib["x2"]) - float(each.attrib["x1"]))
        start, end = float(line.attrib["x1"]), float(line.attrib["x2"])
        assert (kept.left - start) / (end - start) == pytest.approx(0.25, abs=0.01)
        assert (kept.right - start) / (end - start) == pytest.approx(0.5, abs=0.01)


def test_a_box_tells_its_density_coverage_and_size() -> None:
    for words in words_of(examples.boxes()):
        assert "84% of the draws in the box fail" in words
        assert "71% of all draws that fail are in it" in words
        assert "20% of all draws are in it" in words


def test_a_map_can_be_read_without_colour() -> None:
    """Every cell has its number, solid ones are enough, and a thick line stands wherever the answer turns."""
    picture = examples.pairs()
    rows = [[cell >= 0.5 for cell in row] for row in picture.cells]
    met = [cell for row in rows for cell in row]
    lines = (*rows, *zip(*rows, strict=True))
    turns = sum(a != b for line in lines for a, b in itertools.pairwise(line))
    for drawing in drawings(picture.svg("key")):
        cells = [mark for mark in marks(drawing) if mark.words != "c-halo"][: len(met)]
        assert [mark.words == "c-help c-halo" for mark in cells] == met
        said = [text.text for text in drawing.iter(f"{SVG}text") if re.fullmatch(r"\d+", text.text or "")]
        assert said == [f"{100 * cell:.0f}" for row in picture.cells for cell in row]
        assert len([line for line in drawing.iter(f"{SVG}line") if line.get("stroke-width") == "4"]) == turns > 0


def test_cells_too_narrow_for_their_numbers_all_say_yes_or_no() -> None:
    _, narrow = words_of(examples.money_pairs())
    assert {"yes", "no"} <= narrow
    assert "800" not in narrow
    assert [row[2] for row in examples.money_pairs().table().rows][:2] == [2000.0, 1000.0]


def test_the_tables_hold_every_number_given() -> None:
    fan = examples.fan()
    assert [row[1:] for row in fan.table().rows] == list(zip(fan.low, fan.middle, fan.high, fan.plan, strict=True))
    chances = examples.chances()
    assert [row[3] for row in chances.table().rows] == [100 * share for share in chances.lines[2].shares]
    assert [row[1:6] for row in examples.payback().table().rows] == [
        examples.HOME_FIRST.low,
        examples.HOME_FIRST.middle,
        examples.HOME_FIRST.high,
    ]
    assert len(examples.pairs().table().rows) == 25
    assert examples.boxes().table().rows[0][5:] == pytest.approx((84.0, 71.0, 20.0))


@pytest.mark.parametrize("unit", [pytest.param(each, id=type(each).__name__) for each in examples.typical()])
def test_every_table_names_its_unit(unit: Fan) -> None:
    table = unit.table()
    assert table.unit
    assert table.unit.split(",")[0] in table.caption + " ".join(table.header) + unit.title


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Fan(("a",), (2.0,), (1.0,), (3.0,)), "expected low ≤ middle ≤ high"),
        (lambda: Fan(("a",), (math.nan,), (1.0,), (3.0,)), "expected a finite number"),
        (lambda: Fan((), (), (), ()), "years: found 0"),
        (lambda: Chances(("a",), (ChanceLine("x", (46.0,), "hoped"),)), "expected shares from 0 to 1"),
        (lambda: TornadoBars("a", math.inf, ()), "expected a finite number"),
        (lambda: ScenarioBoxes((ScenarioBox((KeptRange("x", 0, 1, 2),), 1, 1, 1),), "fails"), "expected inside 0 to 1"),
        (lambda: ScenarioBoxes((ScenarioBox((), 71, 1, 1),), "fails"), "expected shares from 0 to 1"),
        (
            lambda: BreakEvenMap("a", PairAxis("x", (1, 2)), PairAxis("y", (1,)), ((0.5,),)),
            "cells of a row: found 1; expected 2",
        ),
        (
            lambda: BreakEvenMap("a", PairAxis("x", (1,)), PairAxis("y", (1,)), ((0.5,),), own=(0, 1)),
            "expected a position down and one across",
        ),
        (lambda: PaybackBands(("a",), (BandedCurve("x", (3,), (2,), (1,)),)), "expected low ≤ middle ≤ high"),
    ],
)
def test_numbers_that_cannot_be_drawn_are_refused(make: object, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        make()  # type: ignore[operator]
