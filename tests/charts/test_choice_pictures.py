"""What the pictures of choosing and of sharing say, and what each promises."""

from __future__ import annotations

import itertools
import math
import re

import pytest

from charts import choice_examples as examples
from charts.reading import SVG, boxes, drawings, marks
from tripleaim.charts import (
    BearingRow,
    BeforeAfter,
    Candidate,
    FormRow,
    Frontier,
    Group,
    Leaving,
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
from tripleaim.charts.marks import letter_places


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
        (
            examples.frontier(),
            "The choice runs from £31.0m closed and 12 years of healthy life gained (most money) "
            "to £12.3m closed and 44 (most health); 2 sets beat today’s plan",
        ),
        (examples.one_set(), "The plan as it is is best for both money and health"),
        (
            examples.chances_by_form(),
            "Under activity payment, the present form, somebody would do better leaving in every draw; "
            "under block payment nobody would do better leaving in 86% of draws",
        ),
        (
            examples.margins_by_form(),
            "Under activity payment, the present form, some group would do £1.1m a year better leaving; "
            "under blended payment every group has at least £0.5m a year more than alone",
        ),
        (
            Stability((FormRow("block payment", 0.9, is_present=True), FormRow("activity payment", 0.2))),
            "Under block payment, the present form, nobody would do better leaving in 90% of draws; "
            "no other holds better",
        ),
        (Stability((FormRow("x", 0.0),), "margin"), "Under x, some group would do as well leaving"),
        (
            examples.leaving(),
            "The commissioner, community and primary care and the council together would do £1.5m a year better "
            "alone; 3 of the 4 groups shown would leave",
        ),
        (
            examples.nobody_leaves(),
            "No group shown would do better alone. Nearest to it: The hospital, community and primary care "
            "and the council have £4.0m inside, £0.5m alone",
        ),
        (
            examples.triangles(),
            "Blood pressure checks gains most for its money: 243 years of healthy life for each £1m; "
            "A new surgical robot gains 5",
        ),
        (
            examples.sets_and_limits(),
            "The choice runs from £31.0m off the pressure and 12.0 per cent of the way to the standards (most) to "
            "£12.3m off the pressure and 44.0 (health); today’s plan does not keep the limits",
        ),
        (
            examples.triangles_in_money(),
            "Theatres brings most for its money: £25.83 of care no longer needed for each £1; Home First brings £3.63",
        ),
        (
            examples.harmful_triangles(),
            "Stop what does not work helps people and saves £1.1m over five years; so do 2 more",
        ),
        (examples.start_years(), "4 of 6 schemes start, 2 of them in 2016/17; nurses: all used in 2 of 5 years"),
        (
            examples.many_starts(),
            "30 of 31 schemes start, 3 of them in 2016/17; over by far: more than there is in 12 of 12 years",
        ),
        (examples.nothing_starts(), "None of 1 scheme starts"),
        (examples.regrets(), "Balanced passes 3 of the 4 tests; it loses least at worst, 3.1 points"),
        (
            examples.many_regrets(),
            "Set 2, Set 5, Set 8 and Set 11 pass 14 of the 20 tests; Set 8 loses least at worst, nothing",
        ),
        (examples.hopeless(), "No set passes any test; do nothing loses least at worst, nothing"),
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


def test_a_set_is_beaten_by_one_that_is_no_worse_on_both_and_better_on_one() -> None:
    picture = examples.frontier()
    assert [each.label for each in picture.edge] == [
        "most money",
        "balanced, with Home First everywhere",
        "most health",
    ]
    beaten = [row[9] for row in picture.table().rows]
    assert beaten == ["", "", "", "B", "A", "B", "B"]
    tied = Frontier((Candidate("a", 1, 1), Candidate("b", 1, 1)), "health", "years", "a year")
    assert len(tied.edge) == 2


def test_a_set_that_breaks_a_limit_beats_none_and_is_said_to_break_it() -> None:
    picture = examples.sets_and_limits()
    assert [each.label for each in picture.edge] == ["most", "health"]
    assert [row[8:] for row in picture.table().rows] == [
        ("", ""),
        ("", ""),
        ("today’s plan, breaks a limit", ""),
        ("do less, breaks a limit", ""),
    ]
    assert "A set that breaks a limit is open too" in picture.reads
    barred = Frontier((Candidate("a", 1, 1, is_allowed=False),), "health", "years", "a year")
    assert barred.title == "No set keeps every limit"


def test_triangles_tell_money_for_each_pound_and_leave_out_boxes_that_could_not_be_seen() -> None:
    picture = examples.triangles_in_money()
    assert "box" not in picture.reads
    assert "box" in examples.triangles().reads
    for words in words_of(picture):
        assert {"£3.63 for each £1", "needs more care and costs"} <= words
        assert any(each.startswith("58,010 uses of care × £369 =") for each in words)


def test_a_harm_too_small_to_be_seen_is_drawn_with_a_height_all_the_same() -> None:
    rows = (ValueRow("Helps", 5_000, 2.0, 1.0), ValueRow("Harms a little", 5_000, -0.001, 1.0))
    for drawing in drawings(ValueTriangles(rows, "years of healthy life").svg("key")):
        assert min(float(bar.attrib["height"]) for bar in drawing.iter(f"{SVG}rect")) > 0


def test_marks_of_sets_lie_where_their_money_and_health_say_and_beaten_ones_are_open() -> None:
    picture = examples.frontier()
    circles = [each for each in picture.candidates if each.kind == "candidate"]
    for drawing in drawings(picture.svg("key")):
        found = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in drawing.iter(f"{SVG}circle")][: len(circles)]
        places = sorted(found)
        wanted = sorted((each.money, each.gain) for each in circles)
        across = (places[-1][0] - places[0][0]) / (wanted[-1][0] - wanted[0][0])
        down = (places[-1][1] - places[0][1]) / (wanted[-1][1] - wanted[0][1])
        for (x, y), (money, gain) in zip(places, wanted, strict=True):
            assert x - places[0][0] == pytest.approx(across * (money - wanted[0][0]), abs=0.2)
            assert y - places[0][1] == pytest.approx(down * (gain - wanted[0][1]), abs=0.2)
        solid = [mark for mark in drawing.iter() if mark.get("class") == "c-help c-halo"]
        assert len(solid) == 2 * len(picture.edge), "once in the plot and once in the list"


def test_letters_of_sets_in_one_place_stand_beside_their_marks() -> None:
    places = letter_places([(50, 50), (50, 50), (52, 50), (150, 50)], (0, 0, 200, 100))
    assert [is_inside for _, _, is_inside in places] == [False, False, False, True]
    assert places[3][:2] == (150, 50)
    assert all(math.dist(a[:2], b[:2]) > 16 for a, b in itertools.combinations(places, 2))


def test_bars_of_stability_start_at_the_line_and_are_in_proportion() -> None:
    for drawing in drawings(examples.margins_by_form().svg("key")):
        alone, *inside = marks(drawing)
        assert [alone.words, *(bar.words for bar in inside)] == ["c-edge-add", "c-help", "c-help"]
        unit = (inside[0].right - inside[0].left) / 0.53
        assert alone.right - alone.left + 1.5 == pytest.approx(unit * 1.05, abs=0.3)
        assert alone.right == pytest.approx(inside[0].left, abs=1)
    for words in words_of(examples.chances_by_form()):
        assert {"the present form", "0%", "under 0.1%", "86%"} <= words


def test_every_member_of_a_group_has_a_solid_dot_and_the_first_group_gains_most_by_leaving() -> None:
    picture = examples.leaving()
    wide, _ = drawings(picture.svg("key"))
    dots = [circle for circle in wide.iter(f"{SVG}circle") if circle.get("class") == "c-help"]
    assert len(dots) == sum(len(group.members) for group in picture.groups)
    assert [row[3] for row in picture.table().rows] == pytest.approx([1.47, 0.63, 0.21, -0.01])
    for words in words_of(picture):
        assert {"+1.5", "+0.6", "+0.2", "−0.01"} <= words


def test_schemes_stand_in_the_order_of_value_for_money_and_what_costs_nothing_comes_first() -> None:
    assert [row.label for row in examples.harmful_triangles().ordered][2:] == [
        "Costs nothing",
        "An old scheme",
        "Move clinics to one site",
        "Nothing",
        "A costly slip",
    ]
    rates = [row[5] for row in examples.triangles().table().rows]
    assert rates == sorted(rates, reverse=True)  # type: ignore[type-var]


def test_the_box_is_people_by_benefit_and_the_triangle_cost_by_value() -> None:
    picture = examples.triangles()
    for drawing in drawings(picture.svg("key")):
        bars = [mark for mark in marks(drawing) if mark.words == "c-help"]
        first, home_first = bars[0], bars[3]
        areas = [(bar.right - bar.left) * (bar.bottom - bar.top) for bar in (first, home_first)]
        assert areas[0] / areas[1] == pytest.approx(462 / 180, rel=0.02)
        paths = [path.attrib["d"] for path in drawing.iter(f"{SVG}path") if "c-edge-help" in path.attrib["class"]]
        slopes = []
        for path in paths:
            zero, foot, end, corner, top = map(float, re.findall(r"[\d.]+", path))
            assert corner == end
            slopes.append((foot - top) / (end - zero))
        assert slopes == sorted(slopes, reverse=True)
        assert slopes[0] / slopes[1] == pytest.approx((462 / 1.9) / (117 / 0.7), rel=0.02)


def test_a_scheme_that_saves_has_its_triangle_to_the_left_and_one_that_harms_is_striped() -> None:
    for drawing in drawings(examples.harmful_triangles().svg("key")):
        paths = [path for path in drawing.iter(f"{SVG}path") if "c-edge-add" in path.attrib["class"]]
        assert [path.attrib["fill"].startswith("url(") for path in paths] == [True, True]
        zero, _, end = map(float, re.findall(r"[\d.]+", paths[0].attrib["d"])[:3])
        assert end < zero


def test_the_figures_of_a_panel_multiply_to_what_it_says() -> None:
    for words in words_of(examples.triangles()):
        assert "42,000 people × 0.011 = 462" in words


def test_bars_start_in_the_year_of_their_scheme_and_run_to_the_last_year() -> None:
    picture = examples.start_years()
    for drawing in drawings(picture.svg("key")):
        bars = [mark for mark in marks(drawing) if mark.words == "c-help"]
        left, right = bars[0].left, bars[0].right
        starts = [(bar.left - left) / (right - left) * len(picture.years) for bar in bars]
        assert starts == pytest.approx([0, 0, 1, 2], abs=0.01)
        assert {round(bar.right) for bar in bars} == {round(right)}


def test_what_is_left_out_says_what_it_would_have_needed_and_a_limit_how_much_of_it_is_used() -> None:
    for words in words_of(examples.start_years()):
        assert {"£3.4m more capital in 2017/18", "100%", "97%", "no limit"} <= words
    rows = examples.start_years().table().rows
    assert rows[-1] == ("Leaders’ time", "limit", "", 50.0, 80.0, None, None, None)
    assert rows[4][1:3] == ("left out", "£3.4m more capital in 2017/18")


def test_a_limit_that_is_exceeded_has_a_striped_edge() -> None:
    striped = [mark for mark in marks(drawings(examples.many_starts().svg("key"))[0]) if mark.words == "c-edge-add"]
    assert len(striped) == 3 + 12


def test_every_test_says_pass_or_fail_and_what_is_lost() -> None:
    picture = examples.regrets()
    fails = sum(not result.passes for row in picture.rows for result in row.results)
    for drawing in drawings(picture.svg("key")):
        assert [mark.words for mark in marks(drawing)].count("c-edge-add") == fails == 7
    wide, narrow = words_of(picture)
    assert {"fail 9.1", "pass 3.1", "pass 0", "3.1"} <= wide
    assert {"fail", "pass", "9.1", "passes 3 of 4, loses 3.1 at worst"} <= narrow
    assert [row[3] for row in picture.table().rows][:4] == [0.0, 9.1, 0.0, 6.0]


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
        (
            lambda: Frontier((Candidate("a", 1, 1, (3, 2)),), "health", "years", "a year"),
            "found a range from 3 to 2; expected low ≤ high",
        ),
        (lambda: ValueTriangles((ValueRow("a", 0, 1.0, 1.0),), "years"), "found 0 people; expected more than 0"),
        (lambda: StartYears(("a",), (StartRow("x", 1),)), "start: found 1; expected 0 to 0"),
        (lambda: StartYears(("a",), (), (), ()), "schemes: found 0"),
        (lambda: RegretTable(("a",), (RegretRow("x", (RegretCell(True, -1.0),)),)), "found a loss below zero"),
        (lambda: Stability((FormRow("a", 1.2),)), "expected shares from 0 to 1"),
        (lambda: Stability((FormRow("a", 1.0, True), FormRow("b", 1.0, True))), "present forms: found 2"),
        (lambda: Leaving(("a",), (Group(("b",), 1.0, 2.0),)), "member: found 'b'; expected one of a"),
    ],
)
def test_numbers_that_cannot_be_drawn_are_refused(make: object, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        make()  # type: ignore[operator]
