"""How wide ranges of growth must be is measured, and told as measured (method note 10)."""

from __future__ import annotations

import csv
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from tripleaim.opendata import published
from tripleaim.opendata.start import spread
from tripleaim.opendata.start.sources import told
from tripleaim.opendata.start.spread import Spread, as_many
from tripleaim.plan.assumptions import WIDE
from tripleaim.stress.hindcast import Ranges, alone, common_part, parts_of_growth, score, t_90

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))

from hindcast import forecasts, measure, series, words  # noqa: E402

sys.path.remove(str(ROOT / "tools"))  # tests and tools have folders of the same names

NOTE = (ROOT / "docs" / "method" / "10-hindcast.md").read_text(encoding="utf-8")


def committed(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def lines() -> list[dict[str, str]]:
    return measure.lines()


@pytest.fixture(scope="module")
def measured(lines: list[dict[str, str]]) -> words.Measured:
    return words.Measured(lines)


# The parts of growth


def test_the_parts_of_a_small_table_are_those_worked_out_by_hand() -> None:
    """Mean squares: 2 of what is left, 14 of places, 13.5 of years; so (14 − 2) / 2 = 6 and (13.5 − 2) / 3 = 3.833."""
    found = parts_of_growth(np.array([[1.0, 4.0], [3.0, 4.0], [5.0, 10.0]]))
    assert found.by_year == (3, 6)
    assert found.yearly**2 == pytest.approx(2)
    assert found.lasting is not None
    assert found.lasting**2 == pytest.approx(6)
    assert found.national is not None
    assert found.national**2 == pytest.approx(11.5 / 3)
    assert (found.yearly_freedom, found.lasting_freedom, found.national_freedom) == (2, 2, 1)
    assert found.shared == pytest.approx((11.5 / 3) / (11.5 / 3 + 2 + 6))


def test_parts_put_in_are_parts_found() -> None:
    random = np.random.default_rng(44)
    england, lasting = random.normal(0.02, 0.01, (1, 60)), random.normal(0, 0.02, (400, 1))
    found = parts_of_growth(england + lasting + random.normal(0, 0.05, (400, 60)))
    assert found.yearly == pytest.approx(0.05, rel=0.02)
    assert found.lasting == pytest.approx(0.02, rel=0.1)
    assert found.national == pytest.approx(float(england.std(ddof=1)), rel=0.05)


def test_one_year_tells_nothing_of_what_lasts_or_of_england() -> None:
    found = parts_of_growth(np.array([[0.01], [0.03], [0.05]]))
    assert (found.yearly, found.yearly_freedom) == (pytest.approx(0.02), 2)
    assert (found.lasting, found.national, found.national_freedom) == (None, None, 0)
    assert found.shared == 0


def test_places_that_all_grow_alike_have_no_part_of_their_own() -> None:
    found = parts_of_growth(np.array([[0.01, 0.03, 0.02]] * 5))
    assert (found.yearly, found.lasting) == (pytest.approx(0, abs=1e-12), 0)
    assert found.national == pytest.approx(0.01)


@pytest.mark.parametrize("growth", [np.zeros(3), np.zeros((1, 3)), np.array([[0.1, np.nan], [0.1, 0.2]])])
def test_growth_of_no_such_shape_is_refused(growth: np.ndarray) -> None:
    with pytest.raises(ValueError, match="expected finite growth of two places"):
        parts_of_growth(growth)


def test_what_kinds_share_is_their_covariance_and_never_below_nought() -> None:
    years = np.array([0.01, 0.03, 0.05])
    assert common_part(np.array([years, years + 0.1])) == pytest.approx(0.02)
    assert common_part(np.array([years, -years])) == 0


def test_places_that_share_everything_are_worth_one() -> None:
    assert alone(44, 1) == 1
    assert alone(44, 0) == 44
    assert alone(3, 0.5) == 1.5


# Ranges and their score


def test_a_range_compounds_with_people_over_the_years() -> None:
    made = Ranges(np.array([0.02]), np.array([0.01]), np.array([math.log(1.01)]))
    two = np.array([2.0])
    assert made.change(0.5, two) == pytest.approx(100 * ((1.02 * 1.01) ** 2 - 1))
    assert made.change(0.9, two) == pytest.approx(100 * ((1.03 * 1.01) ** 2 - 1))
    assert made.change(0.1, two) == pytest.approx(100 * ((1.01 * 1.01) ** 2 - 1))


def test_the_score_of_a_normal_range_is_the_formula_of_the_textbook() -> None:
    """CRPS of a normal forecast about its own middle: spread × (√2 − 1) / √π (Gneiting and Raftery 2007)."""
    made = Ranges(np.zeros(1), np.array([0.05]), np.zeros(1))
    found = score(made, np.ones(1), np.zeros(1), ["2015/16"])
    spread_percent = 5 / 1.2815516
    assert found.crps == pytest.approx(spread_percent * (math.sqrt(2) - 1) / math.sqrt(math.pi), rel=0.005)
    assert (found.coverage.inside, found.bias.mean, found.half) == (1, pytest.approx(0), pytest.approx(5))


def test_places_of_one_year_are_one_shock() -> None:
    made = Ranges(np.zeros(4), np.full(4, 0.05), np.zeros(4))
    found = score(made, np.ones(4), np.array([1.0, 2.0, 3.0, 9.0]), ["a", "a", "b", "b"])
    assert (found.coverage.inside, found.coverage.shocks) == (3, 2)


def test_few_degrees_of_freedom_widen_and_none_say_nothing() -> None:
    assert t_90(2) == pytest.approx(1.8856, abs=1e-4)
    assert t_90(0) == math.inf


def test_the_range_of_a_place_is_the_root_of_its_parts() -> None:
    of = Spread(yearly=0.05, lasting=0.02, national=0.01)
    england = 0.01**2 * (1 / 3 + 0.34)
    assert of.of_place(3, 4, 3) == pytest.approx(1.2815516 * math.sqrt(0.05**2 * (1 / 3 + 0.34) / 3 + england))
    assert of.of_place(3, 0, 3) == pytest.approx(1.2815516 * math.sqrt((0.02**2 + 0.05**2 / 3) / 3 + england))
    one = 0.02**2 * (1 - 1 / 3) + 0.05**2 * (1 / 3 + 0.34 / 3)
    assert of.of_trust(3, 4, 3) == pytest.approx(1.2815516 * math.sqrt(one + england))
    assert of.of_trust(3, 4, 1) == of.of_place(3, 4, 1)


def test_ranges_made_of_the_parts_hold_four_in_five_of_places_and_trusts_made_of_them() -> None:
    """Three more years of 1,500 places with three trusts, about the line through their first four levels."""
    random = np.random.default_rng(45)
    grown = random.normal(0, 0.02, (1500, 3, 1)) + random.normal(0, 0.05, (1500, 3, 6))
    levels = np.cumsum(np.concatenate([np.zeros((1500, 3, 1)), grown[:, :, :3]], axis=2), axis=2)
    steps = np.array([-1.5, -0.5, 0.5, 1.5])
    trend = (levels @ steps / (steps**2).sum()).mean(axis=1)
    then = grown[:, :, 3:].mean(axis=2)
    of = Spread(yearly=0.05, lasting=0.02, national=0.0)
    assert (np.abs(then.mean(axis=1) - trend) <= of.of_place(3, 4, 3)).mean() == pytest.approx(0.8, abs=0.03)
    assert (np.abs(then - trend[:, None]) <= of.of_trust(3, 4, 3)).mean() == pytest.approx(0.8, abs=0.03)


def test_one_large_and_one_tiny_trust_even_out_like_one() -> None:
    assert as_many([7, 7, 7]) == pytest.approx(3)
    assert as_many([1000, 1]) == pytest.approx(1.002)


# What was measured is what the program does and what the note says


def test_measuring_again_gives_the_committed_tables_to_the_letter(lines: list[dict[str, str]]) -> None:
    assert committed("docs/method/hindcast.csv") == lines


def test_the_parts_that_started_plans_are_made_of_are_those_measured() -> None:
    now = [{name: row.get(name, "") for name in spread.measured()["all"]} for row in measure.growth_ranges()]
    assert now == list(spread.measured().values())


def test_the_tables_of_the_note_are_those_of_the_measured_figures(lines: list[dict[str, str]]) -> None:
    assert words.START in NOTE
    assert words.inserted(NOTE, lines, measure.growth_ranges()) == NOTE


def test_the_model_wide_range_of_demand_is_the_part_measured_rounded_up_to_a_tenth_of_a_point() -> None:
    default = next(each.default for each in WIDE if each.key == "all_demand")
    half = math.ceil(1000 * measure.all_demand()) / 1000
    assert (default.low, default.point, default.high) == (-half, 0, half)


def test_nothing_that_was_not_known_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doubling every later count of every trust leaves each forecast of activity as it was."""
    asked = forecasts.Question("day_case", 1, 2, forecasts.FOOTPRINTS, forecasts.BREAKS_LEFT)
    before = forecasts.ranges(asked, forecasts.cases(asked))
    known = [
        series.Trust(each.code, each.footprint, (*each.values[:2], *(2 * v for v in each.values[2:])))
        for each in series.trusts("day_case")
    ]
    others = {each: series.trusts(each) for each in ("elective", "outpatient")}
    monkeypatch.setattr(series, "trusts", lambda name: known if name == "day_case" else others[name])
    remembered = (forecasts.usable, forecasts.england, forecasts.place_trend, forecasts._levels)
    for each in remembered:
        each.cache_clear()
    after = forecasts.ranges(asked, forecasts.cases(asked))
    for each in remembered:
        each.cache_clear()
    for method, made in before.items():
        assert made.middle.tolist() == after[method].middle.tolist(), method
        assert made.half.tolist() == after[method].half.tolist(), method


def test_places_are_asked_about_all_44_and_by_the_same_rule_as_a_started_plan(measured: words.Measured) -> None:
    left = forecasts.BREAKS_LEFT
    assert measured.line("day_case", "2", forecasts.NOW, sample=left)["n"] == "44"
    assert measured.line("day_case", "1", forecasts.NOW, sample=left)["n"] == "88"
    assert measured.line("beds_occupied", "3", forecasts.NOW, sample=left)["n"] == "44"


# What the note says in words


def percent(measured: words.Measured, *asked: str) -> float:
    return float(measured.line(*asked)["coverage_percent"])


TOLD = {
    (forecasts.FOOTPRINTS, forecasts.BEFORE): (63, 86),
    (forecasts.FOOTPRINTS, forecasts.NOW): (81, 91),
    (forecasts.TRUSTS, forecasts.BEFORE): (44, 63),
    (forecasts.TRUSTS, forecasts.NOW): (60, 77),
    (forecasts.TRUSTS, forecasts.OF_TRUST): (72, 85),
}
"""Held one and two years ahead, of the four kinds of activity, as the note and decision 3 tell it."""


@pytest.mark.parametrize(("places", "way"), TOLD)
def test_ranges_of_the_trends_own_error_held_too_few_and_those_of_the_parts_what_they_promised(
    places: str, way: str, measured: words.Measured
) -> None:
    held = (round(percent(measured, "activity", ahead, way, places)) for ahead in ("1", "2"))
    assert tuple(held) == TOLD[places, way]


def test_the_range_printed_for_englands_ae_held_58_in_100_footprints(measured: words.Measured) -> None:
    assert round(percent(measured, "ae", "1", forecasts.BEFORE)) == 58
    assert "held 58 in 100 footprints" in told()["growth_ae_model"]["note"]


def test_ranges_would_have_had_to_be_half_again_as_wide_for_footprints(measured: words.Measured) -> None:
    def factor(way: str, ahead: str) -> float:
        return float(measured.line("activity", ahead, way)["widening"])

    assert [round(factor(forecasts.BEFORE, each), 1) for each in ("1", "2")] == [1.5, 0.9]
    assert [round(factor(forecasts.NOW, each), 1) for each in ("1", "2")] == [1.0, 0.7]


def test_activity_is_forecast_better_than_by_both_yardsticks_and_best_like_england(measured: words.Measured) -> None:
    """All with the range made for the year, so that only the middles differ."""
    for ahead in ("1", "2"):
        england, own, *yardsticks = (
            float(measured.line("activity", ahead, way)["crps_percent"])
            for way in (forecasts.LIKE_ENGLAND, forecasts.MATCHED, forecasts.NO_CHANGE, forecasts.LAST_GROWTH)
        )
        assert england < own < min(yardsticks)


def test_places_of_one_year_are_worth_as_few_as_the_note_says(measured: words.Measured) -> None:
    worth = {kind: round(float(measured.line(kind, "2", forecasts.NOW)["worth"])) for kind in series.ACTIVITY}
    assert worth["non_elective"] == 3
    assert {worth[kind] for kind in forecasts.PLANNED} == {14, 16, 18}


def test_beds_are_forecast_worse_than_by_no_change_and_too_high_by_nearly_three_per_cent_a_year(
    measured: words.Measured,
) -> None:
    for ahead in ("1", "2", "3"):
        made = measured.line("beds_occupied", ahead, forecasts.NOW)
        assert float(made["crps_percent"]) > float(
            measured.line("beds_occupied", ahead, forecasts.NO_CHANGE)["crps_percent"]
        )
        assert 2.6 < float(made["bias_percent"]) / float(ahead) < 2.9


def test_admissions_through_ae_rose_while_beds_in_use_fell() -> None:
    data = published()
    first, then = (sum(e.emergency_admissions for e in data.emergency if e.year == y) for y in ("2016/17", "2017/18"))
    beds = {each.winter: each.weekday_occupied or 0.0 for each in data.england_beds}
    assert round(100 * (then / first - 1), 1) == 4.7
    assert round(100 * (beds["2017/18"] / beds["2016/17"] - 1), 1) == -1.6


def test_older_people_s_admissions_differed_more_from_year_to_year_than_ours() -> None:
    differed, freedom = forecasts.long_series()
    ours = parts_of_growth(forecasts.growth("non_elective", forecasts.TRUSTS)).national
    assert (round(100 * differed, 1), freedom) == (2.3, 12)
    assert ours is not None
    assert ours < 0.005
