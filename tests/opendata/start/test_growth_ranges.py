"""The growth of a started plan has a measured range, and lines that grow together are drawn together (decision 3)."""

from __future__ import annotations

from functools import cache

import pytest

from tripleaim.opendata.start import start
from tripleaim.opendata.start.growth import MEASURES, growth
from tripleaim.opendata.start.spread import AHEAD, FITTED, as_many, spread
from tripleaim.opendata.start.subject import Subject
from tripleaim.plan.activity import Care
from tripleaim.stress.uncertainties import uncertainties

NORFOLK, MANCHESTER, LEICESTER, CUMBRIA = "E54000022", "E54000007", "E54000015", "E54000047"
started = cache(start)


def half(low: float, high: float) -> float:
    return (high - low) / 2


@pytest.mark.parametrize("kind", MEASURES)
def test_the_range_is_of_the_mean_of_three_years_of_the_trusts_whose_trend_it_is(kind: str) -> None:
    found = growth(Subject(NORFOLK), kind).value
    assert half(found.low, found.high) == pytest.approx(half_of(NORFOLK, kind), abs=1e-4)


def half_of(code: str, kind: str) -> float:
    sizes = [
        sum(each.count(MEASURES[kind], year) for year in ("2012/13", "2013/14", "2014/15", "2015/16"))
        for each in Subject(code).hospitals
    ]
    return spread(kind).of_place(AHEAD, FITTED, as_many(sizes))


def test_a_place_with_more_trusts_is_surer_than_one_with_one() -> None:
    nine, one = (growth(Subject(code), "non_elective").value for code in (MANCHESTER, CUMBRIA))
    assert half(nine.low, nine.high) == pytest.approx(0.03, abs=1e-4)
    assert half(one.low, one.high) == pytest.approx(0.055, abs=1e-4)


def test_a_trend_that_is_held_has_a_range_that_reaches_it() -> None:
    found = growth(Subject(CUMBRIA), "elective")
    assert found.how == "held"
    assert found.value.low <= found.rest <= found.value.high


def test_growth_taken_from_england_is_as_unsure_as_a_place_is_about_england() -> None:
    found = growth(Subject(LEICESTER), "day_case")
    assert found.how == "england"
    assert half(found.value.low, found.value.high) == pytest.approx(spread("day_case").of_place(AHEAD, 0, 1), abs=1e-4)


def test_the_source_of_each_growth_says_how_its_range_was_made() -> None:
    notes = {each.key: each.note for code in (NORFOLK, MANCHESTER, LEICESTER) for each in started(code).sources}
    for key in ("growth_fitted", "growth_held", "growth_england", "growth_ae_model"):
        assert "method note 10" in notes[key], key


@pytest.mark.parametrize("code", [NORFOLK, MANCHESTER, LEICESTER, CUMBRIA])
def test_all_lines_of_one_kind_of_care_move_as_one_and_no_row_fits_nothing(code: str) -> None:
    plan = started(code)
    kind_of = {f"activity/{line.key}/growth": line.care for line in plan.activity}
    drawn: dict[Care, set[float]] = {}
    for each in uncertainties(plan):
        for name in each.ranges:
            if name in kind_of:
                drawn.setdefault(kind_of[name], set()).add(round(each.own_share, 9))
    apart = {care: shares for care, shares in drawn.items() if shares != {0.0} and len(sources_of(plan, care)) > 1}
    assert apart == {}


def sources_of(plan, care: Care) -> set[str]:
    return {line.source for line in plan.activity if line.care is care}


def test_a_place_without_a_flagged_line_needs_no_driver() -> None:
    assert not started(LEICESTER).drivers
    assert {each.driver for each in started(MANCHESTER).drivers} == {
        "growth_ae",
        "growth_planned_overnight",
        "growth_unplanned",
    }
