"""Indicators, paying back and what moves the money, as a stress test tells them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.conftest import words
from reports.stress_told import Told, rows, telling
from tripleaim.reports.stress_parts.care import indicators_title
from tripleaim.reports.stress_parts.movers import what_moves_it
from tripleaim.reports.stress_parts.paying_back import SHOWN, costed, payback_title, when_it_pays_back
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.stress_section import stress_files
from tripleaim.stress.bars import Bar
from tripleaim.stress.spreads import Spreads
from tripleaim.stress.uncertainties import uncertainties

# --- indicators ---


def spread(of: Spreads, *, low: float, high: float, met: float) -> Spreads:
    """An indicator with another range in the last year."""
    return replace(of, low=(*of.low[:-1], low), high=(*of.high[:-1], high), met=(*of.met[:-1], met))


def test_an_indicator_without_a_range_is_not_told_as_certain(pressure: Told) -> None:
    told = {row[0]: row for row in rows(pressure, "stress_indicators")}
    life = told["Life expectancy at birth"]
    assert (life[2], life[4], life[6]) == ("", "", "no range stated")
    assert float(life[3]) == pytest.approx(81.894)


def test_each_indicator_has_today_and_its_standard_beside_its_range(pressure: Told) -> None:
    told = {row[0]: row for row in rows(pressure, "stress_indicators")}
    assert told["Life expectancy at birth"][5] == "at least 81.2"
    assert told["Deaths that good care or prevention could have avoided"][5] == "at most 237.7"
    assert float(told["Life expectancy at birth"][1]) == pytest.approx(81.894)


def test_indicators_without_a_range_are_left_out_of_the_count(pressure: Told) -> None:
    told = telling(pressure)
    (some, *_) = [each for each in pressure[0].found.indicators if each.case == "hoped" and each.met]
    likely, unlikely = (spread(some, low=1.0, high=2.0, met=met) for met in (0.7, 0.1))
    certain = spread(some, low=2.0, high=2.0, met=1.0)
    assert indicators_title(told, [likely, unlikely]) == (
        "1 of 2 indicators is at standard in 2020/21 in at least half of the draws, as hoped"
    )
    assert indicators_title(told, [likely, unlikely, certain]) == (
        "1 of 2 indicators with a range is at standard in 2020/21 in at least half of the draws, as hoped; no range is "
        "stated for one more"
    )
    assert indicators_title(told, [certain]).startswith("No range is stated for an indicator")


# --- paying back ---


def with_schemes(tiny: Told, *ends: float) -> StressTold:
    """The small plan as if its scheme stood there many times, each at another amount in the end, GBP."""
    (one,) = costed(telling(tiny))
    some = tuple(
        replace(
            one,
            so_far_low=(*one.so_far_low[:-1], end),
            so_far_middle=(*one.so_far_middle[:-1], end),
            so_far_high=(*one.so_far_high[:-1], end),
        )
        for end in ends
    )
    return telling((replace(tiny[0], paybacks=some), tiny[1]))


def test_the_schemes_drawn_are_those_that_saved_or_cost_most_by_the_last_year(tiny: Told) -> None:
    told = with_schemes(tiny, -3e6, 16e6, -0.7e6, 5e6)
    assert [each.so_far_middle[-1] for each in costed(told)] == [16e6, 5e6, -3e6, -0.7e6]


def test_picture_and_terminal_count_the_same_schemes(tiny: Told) -> None:
    told = with_schemes(tiny, *(-1e6 * n for n in range(1, SHOWN + 3)))
    section = when_it_pays_back(told)
    assert section is not None
    every = payback_title(told, costed(told))
    assert f"of {SHOWN + 2} schemes" in every
    assert every in section.data["exhibits"][0]
    assert "saved or cost most by 2017/18" in section.data["lead"][-1]


# --- what moves it ---


def driver(told: StressTold, one: bool) -> str:
    """A shared driver of the plan that moves one number alone, or several."""
    return next(name for name, moved in told.moved.items() if (len(moved) == 1) is one)


def test_what_moves_one_number_alone_is_told_once_by_that_number(pressure: Told) -> None:
    told = telling(pressure)
    label = told.moved[driver(told, one=True)][0]
    assert told.label(driver(told, one=True), "how it grows here") == f"{label}: how it grows here"


def test_what_moves_several_numbers_says_how_many(tiny: Told) -> None:
    told = telling(tiny)
    name = driver(told, one=False)
    bar = Bar(name=name, label="the winters", unit="", low=None, high=None, at_point=0.0, at_low=-9e9, at_high=9e9)
    assert tiny[0].why is not None
    why = replace(tiny[0].why, bars=(bar, *tiny[0].why.bars))
    told = telling((replace(tiny[0], why=why), tiny[1]))
    count = len(told.moved[name])
    assert told.bars[0].label == f"the winters (moves {count} numbers together)"
    assert "something behind several numbers" in " ".join(what_moves_it(told).data["lead"])


def test_a_driver_of_one_number_has_no_bar_of_its_own(tiny: Told) -> None:
    told = telling(tiny)
    assert [bar.name for bar in told.bars if len(told.moved.get(bar.name, ())) == 1] == []
    assert {each.name for each in uncertainties(tiny[0].found.plan)} >= {
        bar.name for bar in told.bars if not bar.name.startswith("driver/")
    }


def test_the_page_says_under_a_tenth_of_a_per_cent_and_never_with_more_decimals(balance: Told) -> None:
    assert "0.01<" not in stress_files(*balance)["stress.html"]
    assert "no range stated" not in words(stress_files(*balance)["stress.html"])
