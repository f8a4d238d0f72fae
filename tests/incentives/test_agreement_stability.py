"""Would an agreement hold: fixed transfers against what every coalition could have, draw by draw."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.errors import PlanProblems
from tripleaim.incentives.agreement.stability import Stability, stability
from tripleaim.incentives.games import game_by

PLAYERS = ("C", "H", "M", "L")


def home_first(payment: float, released: float) -> tuple[list[float], list[float]]:
    """Positions before transfers, and v, £m a year; the hospital releases this share of the care avoided."""

    def value(who: frozenset[str]) -> float:
        if not {"C", "M"} <= who:
            return 0.0
        avoided, cost = (7.5, 2.6 + 0.5) if "L" in who else (4.5, 2.0)
        return released * avoided - cost if "H" in who else max(0.0, payment * avoided - cost)

    before = [payment * 7.5, (released - payment) * 7.5, -2.6, -0.5]
    return before, [float(each) for each in game_by(PLAYERS, value).numbers]


def over(released: list[float], transfers: dict[str, float], payment: float = 0.2) -> Stability:
    each = [home_first(payment, share) for share in released]
    return stability(PLAYERS, np.array([y for y, _ in each]).T, transfers, np.array([v for _, v in each]).T)


TO_SHAPLEY = {"C": -0.8217, "H": -3.2217, "M": 3.2784, "L": 0.7650}


def test_an_agreement_made_for_what_was_hoped_holds_only_where_it_comes_true() -> None:
    """The hospital bears the uncertainty: below 0.72 it releases less and pays the same."""
    found = over([0.72, 0.72, 0.65, 0.60], TO_SHAPLEY)
    hospital = found.players[1]
    assert [each.player for each in found.players] == list(PLAYERS)
    assert found.in_core.share == 0.75  # at 0.65 the hospital still keeps 0.1533, at 0.60 it loses 0.2217
    assert hospital.than_alone.share == hospital.than_today.share == 0.75
    assert hospital.short_by == pytest.approx(3.2217 - (0.60 - 0.2) * 7.5)
    assert found.rational.share == 0.75
    assert found.walking >= 1
    assert {"H"} in [set(walk.coalition) for walk in found.walks]
    assert sum(each.mean for each in found.players) == pytest.approx(7.5 * np.mean([0.72, 0.72, 0.65, 0.6]) - 3.1)


def test_the_coalition_that_walks_away_most_often_comes_first_with_what_it_lacks_when_it_does() -> None:
    found = over([0.72, 0.72, 0.72, 0.72], {"C": -4.0, "H": 0.9, "M": 2.6, "L": 0.5}, payment=1.0)
    # C 3.5, H −1.2, M 0, L 0: the hospital would rather do nothing, and the others, who would have 4.4, go without it
    first = found.walks[0]
    assert (first.coalition, first.chance.share, first.lacks, first.error) == (("H",), 1.0, pytest.approx(1.2), 0.0)
    by_name = {walk.coalition: walk for walk in found.walks}
    assert by_name["C", "M", "L"].lacks == pytest.approx(4.4 - 3.5)
    assert found.in_core.share == 0


def test_positions_are_tested_against_being_left_out_too() -> None:
    before, values = home_first(1.0, 0.72)
    left_out = np.array([[0.0], [-5.25], [0.0], [0.0]])  # (1 − 0.30) × 7.5 lost if the others go ahead without it
    found = stability(PLAYERS, np.array([before]).T, dict.fromkeys(PLAYERS, 0.0), np.array([values]).T, left_out)
    hospital = found.players[1]
    assert (hospital.than_today.share, hospital.than_alone.share) == (0, 0)  # joining loses it 2.1
    assert hospital.than_left_out is not None
    assert hospital.than_left_out.share == 1  # but less than staying out: duress, not agreement
    assert over([0.72], TO_SHAPLEY).players[0].than_left_out is None


def test_all_of_them_walk_away_where_doing_nothing_would_leave_them_more() -> None:
    """What all could have is at least nothing; a draw in which the plan loses money is one they would leave."""
    values = np.array([[0.0], [0.0], [0.0], [0.0]])
    found = stability(["a", "b"], np.array([[1.0], [-2.0]]), {"a": -1.5, "b": 1.5}, values)
    assert ("a", "b") in [walk.coalition for walk in found.walks]


def test_money_from_outside_can_make_an_agreement_hold() -> None:
    short = {"C": -4.05, "H": 2.1, "M": 2.6, "L": 0.5}
    helped = {"C": -4.3, "H": 2.1, "M": 3.2, "L": 1.1}  # adds up to the cost of stability, 2.1
    assert over([0.72], short, payment=1.0).in_core.share == 0
    assert sum(helped.values()) == pytest.approx(2.1)
    assert over([0.72], helped, payment=1.0).in_core.share == 1


def test_partners_may_agree_to_overlook_a_small_lack() -> None:
    each = [home_first(0.2, share) for share in (0.72, 0.60)]
    before, values = np.array([y for y, _ in each]).T, np.array([v for _, v in each]).T
    shares = [
        stability(PLAYERS, before, TO_SHAPLEY, values, tolerance=lack).in_core.share for lack in (0.0, 0.22, 0.23)
    ]
    assert shares == [0.5, 0.5, 1.0]  # the hospital lacks 0.2217 in the second draw


def test_chances_say_how_far_they_may_be_out() -> None:
    values = np.zeros((2, 100))
    before = np.where(np.arange(100) < 90, 1.0, -1.0)[None]
    found = stability(["a"], before, {"a": 0.0}, values)
    chance = found.players[0].than_alone
    assert (chance.share, chance.error) == (0.9, pytest.approx(0.03))
    assert chance.between == pytest.approx((0.8256, 0.9448), abs=5e-5)  # Wilson's interval of 90 in 100
    never = stability(["a"], np.ones((1, 100)), {"a": 0.0}, values).in_core
    assert (never.share, never.error, never.between[1]) == (1.0, 0.0, 1.0)
    assert never.between[0] == pytest.approx(1 - 0.0370, abs=5e-5)


def test_twelve_partners_over_a_thousand_draws_take_little_time_and_memory() -> None:
    random = np.random.default_rng(5)
    names = [f"p{n}" for n in range(12)]
    values = random.normal(0, 1e6, (4096, 1000))
    values[0] = 0
    before = random.normal(1e6, 1e6, (12, 1000))
    tracemalloc.start()
    started = time.process_time()
    found = stability(names, before, dict.fromkeys(names, 0.0), values)
    taken = time.process_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.walking > 1000
    assert len(found.walks) == 12
    assert peak < 60e6  # beside what was handed in
    assert taken < 2  # a fifth of that where nothing else runs


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(PlanProblems, match="nothing for L"):
        over([0.72], {"C": 0.0, "H": 0.0, "M": 0.0})
    with pytest.raises(PlanProblems, match="found     X"):
        over([0.72], TO_SHAPLEY | {"X": 1.0})
    with pytest.raises(PlanProblems, match="nobody together has a value"):
        stability(["a"], np.zeros((1, 1)), {"a": 0.0}, np.ones((2, 1)))
    with pytest.raises(ValueError, match="expected 2 coalitions"):
        stability(["a"], np.zeros((1, 1)), {"a": 0.0}, np.zeros((3, 1)))
    with pytest.raises(ValueError, match="the shape"):
        stability(["a"], np.zeros((1, 2)), {"a": 0.0}, np.zeros((2, 1)))
    with pytest.raises(ValueError, match="no numbers"):
        stability(["a"], np.full((1, 1), np.nan), {"a": 0.0}, np.zeros((2, 1)))


@settings(max_examples=40, deadline=None)
@given(data=st.data(), unit=st.sampled_from([1e-6, 1.0, 1e6]))
def test_order_of_draws_and_names_and_the_unit_change_no_verdict(data: st.DataObject, unit: float) -> None:
    players, draws = 3, 6
    numbers = st.integers(-9, 9)
    values = np.array(data.draw(st.lists(numbers, min_size=8 * draws, max_size=8 * draws)), float).reshape(8, draws)
    values[0] = 0
    before = np.array(data.draw(st.lists(numbers, min_size=3 * draws, max_size=3 * draws)), float).reshape(3, draws)
    found = stability("abc", before, {"a": 1.0, "b": 1.0, "c": -2.0}, values)
    order = data.draw(st.permutations(range(draws)))
    names = data.draw(st.permutations(range(players)))
    moved = [sum(1 << new for new, old in enumerate(names) if each >> old & 1) for each in range(8)]
    turned = np.empty_like(values)
    turned[moved] = values
    again = stability(
        ["abc"[n] for n in names],
        unit * before[names][:, order],
        {"a": unit, "b": unit, "c": -2 * unit},
        unit * turned[:, order],
    )
    assert again.in_core == found.in_core
    assert {each.player: each.than_alone for each in again.players} == {
        each.player: each.than_alone for each in found.players
    }
    assert {(frozenset(w.coalition), w.chance) for w in again.walks} == {
        (frozenset(w.coalition), w.chance) for w in found.walks
    }
    brute = sum(
        all(
            sum(before[n, d] + (1, 1, -2)[n] for n in range(3) if s >> n & 1) >= values[s, d] - 1e-9
            for s in range(1, 8)
        )
        for d in range(draws)
    )
    assert found.in_core.share == brute / draws
