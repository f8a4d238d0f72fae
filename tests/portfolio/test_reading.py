"""What a choice is judged by, on figures that can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tripleaim.loading import read_plan
from tripleaim.plan.indicator import Gap
from tripleaim.portfolio.reading import Reading, reading
from tripleaim.portfolio.scoring import over_draws, worst_tenth
from tripleaim.projection.axes import axes
from tripleaim.stress.response import Floats

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def read() -> Reading:
    plan = read_plan(ROOT / "plans" / "wealdshire_and_marsh")
    return reading(plan, axes(plan))


def numbers(read: Reading, short: float, once: float, **values: float) -> Floats:
    """Numbers of one run in which every indicator stands at its standard but those named."""
    indicators = [values.get(row.key, row.standard or 0.0) for _, row in read.counted]
    return np.array([short, once, *np.zeros(read.axes.members), *indicators])


def test_one_off_costs_count_spread_over_the_years(read: Reading) -> None:
    """10m less is short a year; 5m paid once over five years counts 1m a year."""
    nothing, after = numbers(read, 100e6, 2e6), numbers(read, 90e6, 7e6)
    assert float(read.closed(after, nothing)) == pytest.approx(9e6)


def test_the_way_to_a_standard_is_closed_in_part_and_never_beyond_it(read: Reading) -> None:
    """Adults who smoke: 17 % if nothing changes, 15.5 % the standard; nine indicators of health have one."""
    nothing = numbers(read, 0, 0, smoking=0.170)
    half, past = numbers(read, 0, 0, smoking=0.1625), numbers(read, 0, 0, smoking=0.10)
    count = sum(row.gap is Gap.HEALTH for _, row in read.counted)
    assert float(read.share(Gap.HEALTH, half, nothing)) == pytest.approx(0.5 / count)
    assert float(read.share(Gap.HEALTH, past, nothing)) == pytest.approx(1 / count)
    assert float(read.share(Gap.CARE, half, nothing)) == 0


def test_a_standard_that_is_met_can_only_be_lost(read: Reading) -> None:
    """From 15.5 % to 16.275 % is a twentieth of the standard, which counts as a whole way lost."""
    nothing, worse = numbers(read, 0, 0), numbers(read, 0, 0, smoking=0.155 * 1.05)
    count = sum(row.gap is Gap.HEALTH for _, row in read.counted)
    assert float(read.share(Gap.HEALTH, worse, nothing)) == pytest.approx(-1 / count)


def test_the_worst_tenth_is_the_mean_of_the_largest_shortfalls() -> None:
    assert float(worst_tenth(np.arange(1.0, 101.0))) == pytest.approx(95.5)
    told = over_draws(np.arange(0.0, 101.0))
    assert (told.mean, told.low, told.middle, told.high) == (50, 10, 50, 90)
