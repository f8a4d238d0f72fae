"""Games of sharing, held to published games, to a worked example, and to what must be so of every game."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tripleaim.errors import Impossible
from tripleaim.incentives.games import (
    Game,
    blocking,
    cost_of_stability,
    game,
    game_by,
    is_convex,
    least_core,
    may_split,
    nucleolus,
    shapley,
    shapley_sampled,
)


def of_three(*values: float) -> Game:
    """Players 1, 2, 3; values of 1, 2, 3, 12, 13, 23, 123."""
    coalitions = ["1", "2", "3", ("1", "2"), ("1", "3"), ("2", "3"), ("1", "2", "3")]
    return game(dict(zip(coalitions, values, strict=True)))


LEMAIRE = of_three(46125, 17437.5, 5812.5, 69187.5, 53812.5, 30750, 90000)
"""Three investors: Lemaire, ASTIN Bulletin 21 (1991)."""
GLOVES = of_three(0, 0, 0, 1, 1, 0, 1)
VOTE = of_three(0, 0, 0, 1, 1, 0, 1)
"""50, 49 and 1 votes of which 51 carry: the first is needed, with either of the others."""
EMPTY = of_three(0, 0, 0, 80, 90, 70, 100)
CORE = of_three(0, 0, 0, 40, 50, 20, 100)
"""Not empty: CoopGame (R), test of balancedness."""


def amounts(found: dict[str, float]) -> list[float]:
    return [float(each) for each in found.values()]


# --- published games ---


def test_lemaires_three_investors() -> None:
    assert amounts(shapley(LEMAIRE)) == pytest.approx([51750, 25875, 12375])
    assert amounts(nucleolus(LEMAIRE)) == pytest.approx([52687.5, 24468.75, 12843.75])
    assert not least_core(LEMAIRE).is_empty


def test_a_left_glove_is_worth_four_times_each_of_two_right_ones() -> None:
    assert shapley(GLOVES) == {"1": Fraction(2, 3), "2": Fraction(1, 6), "3": Fraction(1, 6)}
    assert blocking(GLOVES, shapley(GLOVES)) == ((("1", "2"), pytest.approx(1 / 6)), (("1", "3"), pytest.approx(1 / 6)))
    assert least_core(GLOVES).share == pytest.approx({"1": 1, "2": 0, "3": 0})


def test_one_vote_of_a_hundred_has_a_sixth_of_the_power() -> None:
    assert [float(each) for each in shapley(VOTE).values()] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100, (100 / 3, 100 / 3, 100 / 3)), (200, (50, 75, 75)), (300, (50, 100, 150))],
)
def test_the_talmud_divides_an_estate_by_the_nucleolus(estate: float, shares: tuple[float, ...]) -> None:
    """Claims of 100, 200 and 300: Aumann and Maschler 1985."""
    claims = {"1": 100, "2": 200, "3": 300}
    left = game_by(tuple(claims), lambda own: max(0, estate - sum(c for who, c in claims.items() if who not in own)))
    assert amounts(nucleolus(left)) == pytest.approx(shares, abs=1e-6)


def test_a_runway_is_paid_by_those_who_need_its_length() -> None:
    """Costs 8, 11, 13, 18 alone, together the longest: Littlechild and Owen 1973. By hand: 8/4, + 3/3, + 2/2, + 5."""
    costs = {"a": 8, "b": 11, "c": 13, "d": 18}
    cost = game_by(tuple(costs), lambda users: max(costs[who] for who in users))
    assert list(shapley(cost).values()) == [2, 3, 4, 9]


def test_a_core_may_be_empty_or_not() -> None:
    assert not least_core(CORE).is_empty
    assert cost_of_stability(CORE) == 0
    found = least_core(EMPTY)
    assert found.is_empty
    assert found.epsilon == pytest.approx(40 / 3)  # the three pairs together want 240, and have twice 100
    assert cost_of_stability(EMPTY) == pytest.approx(20)


# --- home first: one plan under three payment forms ---


def home_first(payment: float) -> Game:
    """Commissioner, hospital, community, council: £m a year; illustrative.

    Community and commissioner are needed. The hospital releases 72 % of the care avoided when it takes part; without
    it they have the marginal payment. Care avoided 7.5 with the council, 4.5 without; community costs 2.6 (2.0
    without), the council 0.5.
    """

    def value(who: frozenset[str]) -> float:
        if not {"C", "M"} <= who:
            return 0.0
        avoided, cost = (7.5, 2.6 + 0.5) if "L" in who else (4.5, 2.0)
        return 0.72 * avoided - cost if "H" in who else max(0.0, payment * avoided - cost)

    return game_by(("C", "H", "M", "L"), value)


def test_paid_by_activity_the_plan_has_no_share_that_holds() -> None:
    paid = home_first(1.0)
    assert paid.value(tuple("CHML")) == pytest.approx(2.3)
    assert [paid.value(tuple(who)) for who in ("CM", "CHM", "CLM")] == pytest.approx([2.5, 1.24, 4.4])
    found = least_core(paid)
    assert (found.is_empty, found.epsilon) == (True, pytest.approx(1.05))
    assert cost_of_stability(paid) == pytest.approx(2.1)
    assert amounts(shapley(paid)) == pytest.approx([1.2533, -0.63, 1.2533, 0.4233], abs=5e-5)
    blockers = [set(who) for who, _ in blocking(paid, shapley(paid))]
    assert all(each in blockers for each in ({"H"}, {"H", "L"}, {"C", "L", "M"}))


@pytest.mark.parametrize("payment", [0.2, 0.0])
def test_paid_in_part_or_by_block_it_has(payment: float) -> None:
    paid = home_first(payment)
    assert is_convex(paid)
    assert amounts(shapley(paid)) == pytest.approx([0.6783, 0.6783, 0.6783, 0.2650], abs=5e-5)
    assert blocking(paid, shapley(paid)) == ()
    assert amounts(nucleolus(paid)) == pytest.approx([0.59, 0.59, 0.59, 0.53])


def test_the_agreement_holds_while_the_marginal_payment_is_no_more_than_what_the_hospital_releases() -> None:
    assert not least_core(home_first(0.7199)).is_empty
    assert least_core(home_first(0.73)).is_empty


# --- what is so of every game ---


@st.composite
def games(draw: st.DrawFn) -> Game:
    players = draw(st.integers(2, 5))
    values = draw(st.lists(st.integers(-20, 60), min_size=2**players - 1, max_size=2**players - 1))
    return Game(tuple("abcde"[:players]), (0, *values))


@settings(max_examples=60, deadline=None)
@given(of=games(), by=st.integers(-9, 9), times=st.integers(1, 4))
def test_shapley_values_are_efficient_and_additive(of: Game, by: int, times: int) -> None:
    own = shapley(of)
    assert sum(own.values()) == of.numbers[-1]
    also = Game(of.players, tuple(times * v + by * n.bit_count() for n, v in enumerate(of.numbers)))
    assert shapley(also) == {name: times * each + by for name, each in own.items()}
    floats = Game(of.players, tuple(float(each) for each in of.numbers))
    assert amounts(shapley(floats)) == pytest.approx(amounts(own))


@settings(max_examples=20, deadline=None)
@given(of=games(), draws=st.data())
def test_names_in_another_order_change_nothing(of: Game, draws: st.DataObject) -> None:
    again = game_by(draws.draw(st.permutations(of.players)), lambda who: of.value(who))
    assert shapley(again) == shapley(of)  # as dictionaries: by name, in any order
    assert nucleolus(again) == pytest.approx(nucleolus(of), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(of=games())
def test_the_nucleolus_shares_it_all_and_lies_in_the_least_core(of: Game) -> None:
    found = nucleolus(of)
    assert sum(found.values()) == pytest.approx(of.whole, abs=1e-6)
    most = max((amount for _, amount in blocking(of, found)), default=0.0)
    assert most <= max(0.0, least_core(of).epsilon) + 1e-6


@settings(max_examples=60, deadline=None)
@given(of=games())
def test_a_cost_of_stability_makes_the_core_that_was_empty(of: Game) -> None:
    added = cost_of_stability(of)
    assert (added > 1e-6) == least_core(of).is_empty
    larger = Game(of.players, (*of.numbers[:-1], of.whole + added + 1e-6))
    assert not least_core(larger).is_empty


@settings(max_examples=25, deadline=None)
@given(of=games(), unit=st.sampled_from([1e-12, 1e-6, 1e3, 5e7, 1e12]))
@example(of=Game(("a", "b"), (0, 56, 0, 29)), unit=1e-12)  # both lack the same, but for rounding
def test_the_unit_of_money_changes_no_answer(of: Game, unit: float) -> None:
    other = Game(of.players, tuple(unit * value for value in of.numbers))
    near = {"rel": 1e-6, "abs": 1e-6}
    for found, again in ((nucleolus(of), nucleolus(other)), (shapley(of), shapley(other))):
        assert [each / unit for each in amounts(again)] == pytest.approx(amounts(found), **near)
    assert least_core(other).epsilon / unit == pytest.approx(least_core(of).epsilon, **near)
    assert least_core(other).is_empty == least_core(of).is_empty
    assert cost_of_stability(other) / unit == pytest.approx(cost_of_stability(of), **near)
    assert is_convex(other) == is_convex(of)
    assert [who for who, _ in blocking(other, shapley(other))] == [who for who, _ in blocking(of, shapley(of))]


@pytest.mark.parametrize("seed", range(12))
def test_the_nucleolus_is_found_among_pounds_of_any_pence(seed: int) -> None:
    values = np.random.default_rng(seed).normal(0, 5e7, 2**6 - 1)
    of = Game(tuple("abcdef"), (0, *map(float, values)))
    found = nucleolus(of)
    assert sum(found.values()) == pytest.approx(of.whole)
    worst = max(of.values[n] - sum(found[name] for name in of.members(n)) for n in range(1, 2**6 - 1))
    assert worst == pytest.approx(least_core(of).epsilon)


def test_a_player_who_adds_nothing_is_given_nothing_and_twins_are_given_the_same() -> None:
    found = game_by(("a", "b", "idle"), lambda who: 10 * len(who - {"idle"}) ** 2)
    assert shapley(found) == {"a": 20, "b": 20, "idle": 0}
    assert amounts(nucleolus(found)) == pytest.approx([20, 20, 0])


def test_orders_that_are_sampled_come_near_and_say_how_near() -> None:
    names = tuple("abcdefg")
    exact = shapley(game_by(names, lambda who: len(who) ** 2 + (5.0 if {"a", "b"} <= who else 0)))
    found = shapley_sampled(names, lambda who: len(who) ** 2 + (5.0 if {"a", "b"} <= who else 0), orders=400, seed=2)
    assert sum(found.value.values()) == pytest.approx(54)
    far = [abs(found.value[name] - float(exact[name])) / found.error[name] for name in names]
    assert np.mean(np.array(far) < 2) > 0.7
    assert found.error["a"] > found.error["g"] * 0.5


# --- refusals ---


def test_what_is_no_game_is_refused_with_what_is_missing() -> None:
    with pytest.raises(Impossible, match=r"4 of 7 coalitions have no value: a \+ b; a \+ c; b \+ c"):
        game({"a": 0, "b": 0, "c": 0})
    with pytest.raises(Impossible, match="Nobody together has the value 1"):
        game({(): 1, "a": 2})
    with pytest.raises(Impossible, match=r"b \+ a has two values"):
        game({"a": 0, "b": 0, ("a", "b"): 1, ("b", "a"): 2})
    with pytest.raises(Impossible, match="has the value nan"):
        game({"a": float("nan")})
    with pytest.raises(Impossible, match="x is no player; the players are a, b"):
        game({"a": 0, "b": 0, ("a", "b"): 0}).value(("a", "x"))
    with pytest.raises(Impossible, match="at most 20"):
        game_by([str(n) for n in range(21)], len)
    with pytest.raises(Impossible, match="each once"):
        game_by(["a", "a"], len)
    with pytest.raises(Impossible, match="says nothing of b"):
        blocking(game({"a": 0, "b": 0, ("a", "b"): 1}), {"a": 1})


def test_every_coalition_is_asked_once() -> None:
    asked: list[frozenset[str]] = []
    game_by(("a", "b", "c"), lambda who: asked.append(who) or 0)
    assert sorted(map(sorted, asked)) == sorted(
        sorted(each) for size in (1, 2, 3) for each in itertools.combinations("abc", size)
    )


@settings(max_examples=60, deadline=None)
@given(of=games())
def test_a_coalition_that_may_split_has_what_its_best_parts_have(of: Game) -> None:
    split = may_split(of)

    def best(coalition: int) -> float:
        parts = [part for part in range(1, coalition) if part & coalition == part]
        return max([of.values[coalition], *(best(part) + best(coalition ^ part) for part in parts)])

    for coalition in range(1, len(of.values) - 1):
        assert split.values[coalition] == pytest.approx(best(coalition))
    assert split.whole == of.whole


@settings(max_examples=40, deadline=None)
@given(of=games())
def test_splitting_changes_nothing_of_whether_a_core_is_empty(of: Game) -> None:
    assert cost_of_stability(may_split(of)) == pytest.approx(cost_of_stability(of), abs=1e-6)
