"""Choices over scenarios, held to looking at every choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.menus import EXACT, Case, cases, choices
from tripleaim.errors import Impossible
from tripleaim.portfolio.solver import Menu, NothingFits, Outlook, Rule, mean_of_worst, steadiest, surest, worths

LOOKED = settings(max_examples=20, deadline=None)


@st.composite
def outlooks(draw: st.DrawFn) -> tuple[Menu, Outlook]:
    """A menu, and whole numbers in three to six scenarios."""
    case: Case = draw(cases(floors=False))
    scenarios = draw(st.integers(3, 6))
    row = st.lists(st.integers(-6, 12), min_size=scenarios, max_size=scenarios)
    pairs = {pair: draw(row) for pair in list(case.aims[0].overlaps)[:2]}
    value = [draw(row) for _ in case.menu.options]
    return case.menu, Outlook(name="saving", value=value, overlaps=pairs, constant=draw(row))


@LOOKED
@given(outlooks(), st.sampled_from([0.1, 0.25, 0.5, 1.0]), st.sampled_from([(0.0, 1.0), (1.0, 0.5), (1.0, 0.0)]))
def test_no_choice_is_steadier_than_the_steadiest(
    made: tuple[Menu, Outlook], worst: float, weights: tuple[float, float]
) -> None:
    menu, outlook = made
    average, tail = weights

    def score(chosen: tuple[str, ...]) -> float:
        values = worths(menu, outlook, chosen)
        return average * float(values.mean()) + tail * mean_of_worst(values, worst)

    found = steadiest(menu, outlook, worst=worst, average=average, tail=tail, effort=EXACT)
    assert found.chosen is not None
    assert found.value == score(found.chosen) == pytest.approx(max(map(score, choices(menu))))
    assert found.bound == pytest.approx(found.value, abs=1e-5)


@LOOKED
@given(outlooks(), st.integers(-5, 40))
def test_no_choice_reaches_a_threshold_in_more_scenarios_than_the_surest(
    made: tuple[Menu, Outlook], threshold: int
) -> None:
    menu, outlook = made
    found = surest(menu, outlook, threshold, EXACT)
    assert found.chosen is not None
    shares = [float((worths(menu, outlook, chosen) >= threshold).mean()) for chosen in choices(menu)]
    assert found.value == float((worths(menu, outlook, found.chosen) >= threshold).mean()) == max(shares)


@LOOKED
@given(outlooks(), st.sampled_from([1e-6, 1e6]))
def test_the_steadiest_and_the_surest_are_as_good_in_pounds_as_in_millions(
    made: tuple[Menu, Outlook], unit: float
) -> None:
    menu, outlook = made
    other = Outlook(
        name="in another unit",
        value=np.array(outlook.value) * unit,
        overlaps={pair: np.array(each) * unit for pair, each in outlook.overlaps.items()},
        constant=np.array(outlook.constant) * unit,
    )
    steady = [steadiest(menu, each, worst=0.5, effort=EXACT).value for each in (outlook, other)]
    assert steady[1] == pytest.approx(steady[0] * unit, rel=1e-5, abs=1e-5 * unit)
    assert surest(menu, other, 9 * unit, EXACT).value == surest(menu, outlook, 9, EXACT).value


def test_the_mean_of_the_worst_counts_the_value_at_its_edge_in_part() -> None:
    """By hand: of five values, the worst three tenths are one and a half of them."""
    assert mean_of_worst([5, 1, 4, 2, 3], 0.3) == pytest.approx((1 + 0.5 * 2) / 1.5)
    assert mean_of_worst([5, 1, 4, 2, 3], 1) == 3
    assert mean_of_worst([5, 1, 4, 2, 3], 0.01) == 1


TWO = Menu(options=("bold", "safe"), one_of=(("bold", "safe"),))
OUTLOOK = Outlook(name="saving", value=((9, -3), (2, 2)))


@pytest.mark.parametrize("wrong", [{"worst": 0}, {"worst": 1.1}, {"average": -1}, {"tail": 0}, {"tail": float("nan")}])
def test_a_share_or_weights_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Impossible, match="The worst share lies above 0"):
        steadiest(TWO, OUTLOOK, **wrong)


def test_a_threshold_that_is_no_number_is_refused() -> None:
    with pytest.raises(Impossible, match="threshold"):
        surest(TWO, OUTLOOK, float("nan"))


def test_nothing_fits_over_scenarios_either() -> None:
    menu = replace(TWO, rules=(Rule(name="three", uses=(1, 1), at_least=3),))
    for look in (lambda: steadiest(menu, OUTLOOK), lambda: surest(menu, OUTLOOK, 1)):
        with pytest.raises(NothingFits):
            look()
