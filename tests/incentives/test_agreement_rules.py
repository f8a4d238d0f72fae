"""Five ways to share, held to the home-first example and to what must be so of every game."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.errors import PlanProblems
from tripleaim.incentives.agreement.rules import Rule, Shares, shares
from tripleaim.incentives.games import Game, game, game_by

TURNOVER = {"C": 620, "H": 410, "M": 150, "L": 230}
"""£m a year; illustrative, as all of home first."""
BORNE = {"C": 1.0, "H": 2.1, "M": 2.6, "L": 0.8}


def home_first(payment: float) -> Game:
    """Commissioner, hospital, community, council, £m a year: the example of `test_games.py`."""

    def value(who: frozenset[str]) -> float:
        if not {"C", "M"} <= who:
            return 0.0
        avoided, cost = (7.5, 2.6 + 0.5) if "L" in who else (4.5, 2.0)
        return 0.72 * avoided - cost if "H" in who else max(0.0, payment * avoided - cost)

    return game_by(("C", "H", "M", "L"), value)


def amounts(found: Shares, rule: Rule) -> list[float]:
    return list(found.of(rule).amounts.values())


@pytest.mark.parametrize("payment", [0.0, 0.2])
def test_home_first_paid_by_block_or_in_part_can_be_shared_in_five_ways(payment: float) -> None:
    found = shares(home_first(payment), TURNOVER, BORNE)
    near = {"abs": 5e-5}
    assert amounts(found, Rule.SHAPLEY) == pytest.approx([0.6783, 0.6783, 0.6783, 0.2650], **near)
    assert amounts(found, Rule.NUCLEOLUS) == pytest.approx([0.59, 0.59, 0.59, 0.53], **near)
    assert amounts(found, Rule.PROPORTION) == pytest.approx([1.0113, 0.6688, 0.2447, 0.3752], **near)
    assert amounts(found, Rule.EQUAL) == pytest.approx([0.575] * 4)
    assert amounts(found, Rule.ADJUSTED) == pytest.approx([0.5161, 0.7107, 0.7992, 0.2740], **near)
    assert all(each.in_core for each in found.by_rule)
    assert (found.core_is_empty, found.remarks) == (False, ())


def test_paid_by_activity_no_way_of_sharing_satisfies_everybody() -> None:
    found = shares(home_first(1.0), TURNOVER, BORNE)
    assert amounts(found, Rule.SHAPLEY) == pytest.approx([1.2533, -0.63, 1.2533, 0.4233], abs=5e-5)
    # by hand: half of 2.3 × k ÷ 6.5, and half of the Shapley value
    assert amounts(found, Rule.ADJUSTED) == pytest.approx([0.803589, 0.056538, 1.086667, 0.353205], abs=1e-6)
    assert found.core_is_empty
    assert not any(each.in_core for each in found.by_rule)
    worst = found.of(Rule.EQUAL).objections[0]
    assert (worst.coalition, worst.lacks) == (("C", "M", "L"), pytest.approx(4.4 - 3 * 0.575))
    assert (found.of(Rule.SHAPLEY).least_player, found.of(Rule.SHAPLEY).least_gain) == ("H", pytest.approx(-0.63))


@pytest.mark.parametrize(
    ("values", "value", "core_is_empty", "in_core"),
    [
        ((2, 4, 5, 18, 14, 9, 24), (9.5, 8.0, 6.5), False, False),
        ((0, 0, 0, 160, 170, 140, 300), (108.3333, 93.3333, 98.3333), False, True),
        ((0, 0, 0, 40, 50, 20, 100), (41.6667, 26.6667, 31.6667), False, True),
        ((0, 0, 0, 80, 90, 70, 100), (38.3333, 28.3333, 33.3333), True, False),
    ],
)
def test_published_games_have_the_published_shapley_values_and_cores(
    values: tuple[int, ...], value: tuple[float, ...], core_is_empty: bool, in_core: bool
) -> None:
    """Games of the tests of the R package CoopGame (15, 44, 46), and one with an empty core, by hand."""
    of = game(dict(zip(["a", "b", "c", ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")], values, strict=True)))
    found = shares(of, dict.fromkeys("abc", Fraction(1, 3)), dict.fromkeys("abc", 1))
    assert amounts(found, Rule.SHAPLEY) == pytest.approx(value, abs=5e-5)
    assert (found.core_is_empty, found.of(Rule.SHAPLEY).in_core) == (core_is_empty, in_core)
    assert found.of(Rule.NUCLEOLUS).in_core != core_is_empty
    assert amounts(found, Rule.PROPORTION) == pytest.approx(amounts(found, Rule.EQUAL))


@pytest.mark.parametrize(("mix", "rule"), [(0.0, Rule.SHAPLEY), (1.0, Rule.PROPORTION)])
def test_the_mix_runs_from_what_each_adds_to_what_each_bears(mix: float, rule: Rule) -> None:
    found = shares(home_first(0.2), weights=BORNE, cost_borne=BORNE, mix=mix)
    assert amounts(found, Rule.ADJUSTED) == pytest.approx(amounts(found, rule))


def test_the_rule_is_said_to_be_a_choice_and_each_says_what_it_takes_for_fair() -> None:
    found = shares(home_first(0.2), TURNOVER, BORNE)
    assert "choice for the partners" in found.choice
    assert [each.rule.label for each in found.by_rule] == [
        "Shapley",
        "nucleolus",
        "in proportion",
        "equal",
        "adjusted for cost borne",
    ]
    assert len({each.rule.fair for each in found.by_rule}) == 5


def test_a_loss_is_shared_by_the_same_formulas_and_it_is_said_who_then_bears_it() -> None:
    found = shares(game({"a": -4, "b": 0, ("a", "b"): -6}), {"a": 2, "b": 1}, {"a": 1, "b": 2})
    assert amounts(found, Rule.EQUAL) == [-3, -3]
    assert amounts(found, Rule.PROPORTION) == pytest.approx([-4, -2])
    assert amounts(found, Rule.ADJUSTED) == pytest.approx([-0.5 * 2 - 0.5 * 5, -0.5 * 4 - 0.5 * 1])
    assert any("a loss is shared" in each for each in found.remarks)
    assert any("more in all than together" in each for each in found.remarks)


def test_where_nobody_bears_cost_the_adjusted_share_is_the_shapley_value() -> None:
    found = shares(home_first(0.2), TURNOVER, dict.fromkeys(BORNE, 0.0))
    assert amounts(found, Rule.ADJUSTED) == amounts(found, Rule.SHAPLEY)
    assert found.remarks == ("Nobody bears any cost, so adjusted for cost borne is the same as Shapley.",)


def test_one_player_alone_has_it_all() -> None:
    found = shares(game({"a": 3}), {"a": 1}, {"a": 1})
    assert [dict(each.amounts) for each in found.by_rule] == [{"a": pytest.approx(3)}] * 5


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(PlanProblems) as refused:
        shares(home_first(0.2), {"C": -1, "H": 1, "M": 1, "X": 1}, BORNE | {"L": float("nan")}, mix=2)
    said = str(refused.value)
    assert len(refused.value.problems) == 5
    for part in ("nothing for L", "found     X", "-1 for C", "nan for L", "from 0 to 1"):
        assert part in said
    with pytest.raises(PlanProblems, match="0 for everybody"):
        shares(home_first(0.2), dict.fromkeys(BORNE, 0), BORNE)


# --- what is so of every game ---


@st.composite
def games(draw: st.DrawFn) -> tuple[Game, dict[str, float], dict[str, float]]:
    players = draw(st.integers(2, 4))
    values = draw(st.lists(st.integers(-20, 60), min_size=2**players - 1, max_size=2**players - 1))
    of = Game(tuple("abcd"[:players]), (0, *values))
    some = st.lists(st.integers(1, 9), min_size=players, max_size=players)
    return of, *(dict(zip(of.players, draw(some), strict=True)) for _ in range(2))


@settings(max_examples=40, deadline=None)
@given(each=games())
def test_all_five_share_the_whole_and_the_core_is_what_nobody_objects_to(
    each: tuple[Game, dict[str, float], dict[str, float]],
) -> None:
    of, weights, borne = each
    found = shares(of, weights, borne)
    for shared in found.by_rule:
        assert sum(shared.amounts.values()) == pytest.approx(of.whole, abs=1e-6)
        assert shared.in_core == (not shared.objections)
        assert not (found.core_is_empty and shared.in_core)
        for objection in shared.objections:
            has = sum(shared.amounts[name] for name in objection.coalition)
            assert of.value(objection.coalition) - has == pytest.approx(objection.lacks)


@settings(max_examples=30, deadline=None)
@given(each=games(), order=st.data(), unit=st.sampled_from([1e-6, 1e6]))
def test_neither_the_order_of_names_nor_the_unit_of_money_changes_an_answer(
    each: tuple[Game, dict[str, float], dict[str, float]], order: st.DataObject, unit: float
) -> None:
    of, weights, borne = each
    found = shares(of, weights, borne)
    again = shares(
        game_by(order.draw(st.permutations(of.players)), lambda who: unit * float(of.value(who))), weights, borne
    )
    for shared, other in zip(found.by_rule, again.by_rule, strict=True):
        assert {name: other.amounts[name] / unit for name in of.players} == pytest.approx(
            dict(shared.amounts), rel=1e-6, abs=1e-6
        )
