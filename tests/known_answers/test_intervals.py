"""Ranges: an expert's 80 % interval as a normal distribution (method note 8)."""

from __future__ import annotations

import math

import pytest

from known_answers.entered import figures
from tripleaim.quantities import normal_from_interval

CASE = figures("interval_to_normal")


@pytest.mark.parametrize("number", range(len(CASE["inputs"]["pairs"])))
def test_a_low_and_a_high_are_the_tenth_and_the_ninetieth_percentile(number: int) -> None:
    low, high = CASE["inputs"]["pairs"][number]
    mean, sd = normal_from_interval(low, high)
    assert mean == pytest.approx(CASE["expected"]["mean"][number], rel=1e-6)
    assert sd == pytest.approx(CASE["expected"]["sd"][number], rel=1e-6, abs=1e-12)


def test_a_tenth_of_the_distribution_lies_below_low() -> None:
    mean, sd = normal_from_interval(0.9, 1.1)
    below = 0.5 * (1 + math.erf((0.9 - mean) / sd / math.sqrt(2)))
    assert below == pytest.approx(0.1, abs=1e-6)


def test_an_interval_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="low <= high"):
        normal_from_interval(2.0, 1.0)
