"""What moves a figure, and where its uncertainty comes from: known answers of formulas, and a worked plan."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from stress.formula import formula, smallest, uncertain
from tripleaim.errors import Impossible
from tripleaim.stress.bars import bars
from tripleaim.stress.draws import at_scores, draw, factors
from tripleaim.stress.engine import Engine, engine
from tripleaim.stress.factors import answers_swapped, factors_of, two_tables
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.why.question import question
from tripleaim.stress.why.screening import HELD, screened
from tripleaim.stress.why.variance import Shares, shares

SHARED = (uncertain("a", driver="weather"), uncertain("b", driver="weather"), uncertain("c", side=2.0))


def shares_of(found: Engine, seed: int = 1, draws: int = 1024) -> Shares:
    (told,) = shares(found, screened(found, seed), seed, draws=draws)
    return told


@pytest.fixture(scope="module")
def worked() -> Engine:
    plan = smallest()
    return engine(plan, uncertainties(plan)).only([question(plan).output])


def test_draws_are_made_of_the_drivers_and_of_what_each_number_has_to_itself() -> None:
    found = factors_of(SHARED)
    assert tuple(each.name for each in found) == factors(SHARED) == ("driver/weather", "a", "b", "c")
    assert [each.rows for each in found] == [(0, 1), (0,), (1,), (2,)]
    assert [each.label for each in found] == [
        "the weather",
        "number a (its own part)",
        "number b (its own part)",
        "number c",
    ]


def test_a_draw_is_its_scores_put_into_values() -> None:
    inputs = uncertainties(smallest())
    chances = Streams(4).uniforms(factors(inputs), 0, 3)
    assert (at_scores(inputs, ndtri(chances)) == draw(inputs, Streams(4), 0, 3).values).all()


def test_answers_with_one_number_swapped_are_those_of_the_whole_table_swapped() -> None:
    inputs = uncertainties(smallest())
    a, b = two_tables(inputs, 8, seed=3)
    groups = [[0], [len(a) - 1], [1, 5, 9], list(range(len(a)))]
    values = formula(inputs, lambda drawn: drawn.copy(), outputs=len(inputs))
    for group, answer in zip(groups, answers_swapped(values, a, b, groups), strict=True):
        whole = a.copy()
        whole[group] = b[group]
        assert (answer == at_scores(inputs, whole)).all()


def test_the_two_tables_share_no_number() -> None:
    a, b = two_tables(SHARED, 256, seed=1)
    assert np.abs(np.corrcoef(np.concatenate([a, b]))[:4, 4:]).max() < 0.2


def test_a_driver_has_the_share_of_all_it_moves_together() -> None:
    """a + b + c, each a normal with variance s², s² and 4 s²; a and b share half of theirs.

    variance = (2 √½)² s² of the driver + ½ s² + ½ s² + 4 s² = 7 s².
    """
    found = shares_of(formula(SHARED, lambda x: x.sum(axis=0)), draws=4096)
    told = {each.name: each for each in found.each}
    for name, share in {"driver/weather": 2 / 7, "a": 0.5 / 7, "b": 0.5 / 7, "c": 4 / 7}.items():
        assert told[name].first.value == pytest.approx(share, abs=0.01)
        assert told[name].total.value == pytest.approx(share, abs=0.01)
    assert found.alone.value == pytest.approx(1, abs=0.02)
    assert found.deviation == pytest.approx(np.sqrt(7) / 1.2815516, rel=0.01)
    assert found.settled
    assert found.each[0].name == "c"


def test_what_two_do_only_together_is_in_the_total_and_not_in_the_first() -> None:
    two = (uncertain("a"), uncertain("b"))
    found = shares_of(formula(two, lambda x: x[0] * x[1]), draws=4096)
    assert [each.total.value for each in found.each] == pytest.approx([1, 1], abs=0.05)
    assert [each.first.value for each in found.each] == pytest.approx([0, 0], abs=0.05)
    assert found.alone.high < 0.2


def test_numbers_left_out_after_the_quick_look_are_measured_together() -> None:
    """Eighty numbers, of which five have width 5 and the others 0.05: the 75 bring 75 × 0.05² ÷ all of the variance."""
    strong = [uncertain(f"strong_{n}", side=5.0) for n in range(5)]
    weak = [uncertain(f"weak_{n:02d}", side=0.05) for n in range(75)]
    found = formula((*strong, *weak), lambda x: x.sum(axis=0))
    quick = screened(found, seed=1)
    assert {quick.factors[each].name for each in quick.kept} == {each.name for each in strong}
    (told,) = shares(found, quick, seed=1)
    assert told.left_out == 75
    assert told.others is not None
    assert told.others.total.value == pytest.approx(75 * 0.05**2 / (5 * 25 + 75 * 0.05**2), rel=0.1)


def test_few_numbers_are_all_looked_at_and_those_that_move_nothing_are_left_out() -> None:
    few = [uncertain(name) for name in "abc"]
    quick = screened(formula(few, lambda x: x[0] + 1e-3 * x[2]), seed=1)
    assert [quick.factors[each].name for each in quick.kept] == ["a", "c"]
    assert quick.left_out == (1,)


def test_the_quick_look_keeps_nearly_all_of_the_effects_for_every_output() -> None:
    many = [uncertain(f"{n:03d}") for n in range(70)]
    weights = np.stack([np.arange(70) ** 6.0, np.arange(70)[::-1] ** 6.0])
    quick = screened(formula(many, lambda x: weights @ x, outputs=2), seed=1)
    effects = quick.size**2
    assert (effects[list(quick.kept)].sum(axis=0) >= HELD * effects.sum(axis=0)).all()
    assert 0 < len(quick.left_out) < 70


def test_several_outputs_are_told_at_once_each_as_by_itself() -> None:
    each = [lambda x: x[0] + 2 * x[1], lambda x: x[0] * x[1] + x[2]]
    both = formula(SHARED, lambda x: np.stack([one(x) for one in each]), outputs=2)
    told = shares(both, screened(both, seed=1), seed=1, draws=256)
    for place, one in enumerate(each):
        alone = shares_of(formula(SHARED, one), draws=256)
        by_name = {share.name: share for share in told[place].each}
        for share in alone.each:
            assert by_name[share.name].total.value == pytest.approx(share.total.value, abs=1e-9)
            assert by_name[share.name].first.value == pytest.approx(share.first.value, abs=1e-9)


def test_a_figure_that_nothing_moves_has_no_shares() -> None:
    found = shares_of(formula([uncertain("a")], lambda x: 0 * x[0] + 7))
    assert (found.each, found.others, found.deviation) == ((), None, 0.0)


def test_draws_that_are_no_power_of_two_are_refused() -> None:
    with pytest.raises(Impossible, match="powers of two"):
        shares_of(formula(SHARED, lambda x: x.sum(axis=0)), draws=1000)


def test_the_largest_drivers_of_a_worked_plan_are_the_same_for_every_seed(worked: Engine) -> None:
    found = [shares_of(worked, seed) for seed in (1, 2, 3)]
    leading = [[share.name for share in each.each[:3]] for each in found]
    assert leading[0] == leading[1] == leading[2]
    for place in range(3):
        first, *others = (each.each[place].total for each in found)
        assert all(first.low <= other.high and other.low <= first.high for other in others)


def test_the_shares_of_a_worked_plan_add_up(worked: Engine) -> None:
    found = shares_of(worked)
    assert found.alone.low <= 1
    assert sum(each.total.high for each in found.each) >= 1
    assert all(each.first.low <= each.total.high + 0.01 for each in found.each)


# --- one at a time ---


def test_a_bar_goes_from_low_to_high_and_the_widest_is_first() -> None:
    inputs = [uncertain("a", point=3.0, side=1.0), uncertain("b", point=0.0, side=4.0), uncertain("idle")]
    found = bars(formula(inputs, lambda x: 10 * x[0] - x[1]))
    assert [(bar.name, bar.low, bar.high, bar.at_low, bar.at_point, bar.at_high) for bar in found] == [
        ("a", 2.0, 4.0, 20.0, 30.0, 40.0),
        ("b", -4.0, 4.0, 34.0, 30.0, 26.0),
    ]


def test_a_drivers_bar_moves_all_it_drives_by_its_own_share() -> None:
    """Half of the spread of a and b is the driver's, so at its 90th percentile each goes √½ of its way to its high."""
    found = {bar.name: bar for bar in bars(formula(SHARED, lambda x: x.sum(axis=0)))}
    weather = found["driver/weather"]
    assert (weather.low, weather.high, weather.unit) == (None, None, "")
    assert weather.at_high == pytest.approx(2 * np.sqrt(0.5))
    assert weather.at_low == pytest.approx(-2 * np.sqrt(0.5))


# --- what is asked ---


def test_what_the_plan_does_not_have_cannot_be_asked_about() -> None:
    plan = smallest()
    with pytest.raises(Impossible, match=r"no organisation nobody; it has nhs, council, both"):
        question(plan, who="nobody")
    with pytest.raises(Impossible, match=r"no year 1999/00"):
        question(plan, year="1999/00")
    with pytest.raises(Impossible, match=r"no case best"):
        question(plan, case="best")


def test_the_shortfall_of_one_organisation_can_be_asked_about() -> None:
    plan = smallest()
    found = engine(plan, uncertainties(plan))
    (body,) = [each for each in plan.organisations if each.key == "councils_together"]
    asked = question(plan, who=body.key, year=plan.years[0], case="do_nothing")
    assert asked.output in found.outputs
    assert (asked.who, asked.when) == (body.name, f"{plan.years[0]} if nothing changes")
