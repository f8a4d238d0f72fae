"""The best choice, held to published problems, to looking at every choice, and to what must be so of every menu."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.known_choices import BURKARDT_P01, BURKARDT_P04, PETERSEN_1, PETERSEN_3, Known
from portfolio.menus import EXACT, NAMES, Case, cases, choices
from tripleaim.errors import Impossible
from tripleaim.portfolio.solver import (
    Aim,
    Effort,
    Exclusion,
    Floor,
    Menu,
    Need,
    NothingFits,
    Outlook,
    Rule,
    best,
    broken,
    check,
    worth,
)

LOOKED = settings(max_examples=30, deadline=None)


# --- published problems ---


@pytest.mark.parametrize("known", [BURKARDT_P01, BURKARDT_P04, PETERSEN_1, PETERSEN_3])
def test_a_published_optimum_is_reached_within_every_budget(known: Known) -> None:
    options = tuple(f"project {n + 1}" for n in range(len(known.values)))
    rules = [
        Rule(name=f"budget {n + 1}", uses=uses, at_most=most)
        for n, (uses, most) in enumerate(zip(known.uses, known.budgets, strict=True))
    ]
    found = best(Menu(options=options, rules=tuple(rules)), Aim(name="value", value=known.values), EXACT)
    taken = np.isin(options, found.chosen)
    assert found.value == np.array(known.values)[taken].sum() == known.optimum
    assert (np.array(known.uses) @ taken <= known.budgets).all()
    assert found.proven
    assert found.gap == pytest.approx(0, abs=1e-6)


# --- against looking at every choice ---


@LOOKED
@given(cases())
def test_no_choice_is_better_than_the_best(case: Case) -> None:
    every = choices(case.menu)
    if not every:
        with pytest.raises(NothingFits):
            best(case.menu, case.aims[0], EXACT)
        return
    found = best(case.menu, case.aims[0], EXACT)
    assert found.chosen in every
    assert found.value == max(worth(case.menu, case.aims[0], each) for each in every)
    assert found.bound == pytest.approx(found.value)


@LOOKED
@given(cases(), st.sampled_from([0.01, 0.1, 0.5]))
def test_with_a_gap_allowed_the_bound_still_holds(case: Case, gap: float) -> None:
    every = choices(case.menu)
    if every:
        found = best(case.menu, case.aims[0], Effort(gap=gap))
        top = max(worth(case.menu, case.aims[0], each) for each in every)
        assert found.value <= top <= found.bound + 1e-9
        assert found.gap <= gap + 1e-9 or found.bound - found.value < 1e-6


# --- what must be so ---


@LOOKED
@given(cases(floors=False), st.integers(1, 20))
def test_a_further_limit_never_makes_the_best_better(case: Case, most: int) -> None:
    further = Rule(name="posts", uses=np.arange(len(case.menu.options)), at_most=most)
    less = best(replace(case.menu, rules=(*case.menu.rules, further)), case.aims[0], EXACT)
    assert less.value <= best(case.menu, case.aims[0], EXACT).value


@LOOKED
@given(cases(floors=False), st.permutations(range(7)))
def test_neither_the_order_of_options_nor_their_names_change_the_best(case: Case, order: list[int]) -> None:
    menu, aim = case.menu, case.aims[0]
    mixed = [n for n in order if n < len(menu.options)]
    name = dict(zip(menu.options, reversed([f"option {each}" for each in NAMES]), strict=False))
    other = Menu(
        options=tuple(name[menu.options[n]] for n in mixed),
        one_of=tuple(tuple(name[each] for each in group) for group in reversed(menu.one_of)),
        rules=tuple(replace(rule, uses=np.array(rule.uses)[mixed]) for rule in menu.rules),
        needs=tuple(
            replace(each, option=name[each.option], any_of=tuple(map(name.get, each.any_of))) for each in menu.needs
        ),
        exclusions=tuple(
            replace(each, either=tuple(map(name.get, each.either)), other=tuple(map(name.get, each.other)))
            for each in menu.exclusions
        ),
    )
    pairs = {(name[b], name[a]): value for (a, b), value in aim.overlaps.items()}
    assert best(other, replace(aim, value=np.array(aim.value)[mixed], overlaps=pairs), EXACT).value == pytest.approx(
        best(menu, aim, EXACT).value
    )


@LOOKED
@given(cases(floors=False), st.sampled_from([1e-9, 1e-6, 0.01, 1e6, 1e12]))
def test_the_choice_is_the_same_in_pounds_and_in_millions(case: Case, unit: float) -> None:
    aim = case.aims[0]
    scaled = Aim(
        name="in another unit",
        value=np.array(aim.value) * unit,
        overlaps={pair: value * unit for pair, value in aim.overlaps.items()},
        constant=aim.constant * unit,
    )
    rules = tuple(
        replace(
            each,
            uses=np.array(each.uses) * unit,
            at_most=None if each.at_most is None else each.at_most * unit,
            at_least=None if each.at_least is None else each.at_least * unit,
        )
        for each in case.menu.rules
    )
    assert best(replace(case.menu, rules=rules), scaled, EXACT).chosen == best(case.menu, aim, EXACT).chosen


# --- single sentences ---


TWO = Menu(options=("a", "b"))


def test_to_choose_nothing_is_best_where_everything_costs() -> None:
    found = best(TWO, Aim(name="x", value=(-1, -2), constant=5))
    assert (found.chosen, found.value, found.gap) == ((), 5, 0)


def test_to_choose_nothing_may_be_refused() -> None:
    menu = replace(TWO, rules=(Rule(name="do something", uses=(1, 1), at_least=1),))
    assert best(menu, Aim(name="x", value=(-1, -2))).chosen == ("a",)


def test_a_limit_is_itself_allowed_though_tenths_do_not_add_up_in_binary() -> None:
    menu = replace(TWO, rules=(Rule(name="money", uses=(0.1, 0.2), at_most=0.3),))
    assert best(menu, Aim(name="x", value=(1, 1))).chosen == ("a", "b")


def test_what_two_gain_together_can_carry_both() -> None:
    assert best(TWO, Aim(name="x", value=(-1, -1), overlaps={("a", "b"): 3})).chosen == ("a", "b")


def test_a_floor_counts_overlaps() -> None:
    least = Floor(name="health", aim=Aim(name="health", value=(2, 2), overlaps={("a", "b"): -3}), at_least=2)
    assert best(replace(TWO, floors=(least,)), Aim(name="x", value=(2, 1))).chosen == ("a",)


def test_nothing_fits_where_rules_cannot_be_kept_together() -> None:
    rules = (Rule(name="most", uses=(1, 1), at_most=0.5), Rule(name="least", uses=(1, 1), at_least=1))
    with pytest.raises(NothingFits):
        best(replace(TWO, rules=rules), Aim(name="x", value=(1, 1)))


def hard(size: int = 40) -> tuple[Menu, Aim]:
    """Sums that must come out within a hundred: few choices do."""
    rng = np.random.default_rng(1)
    options = tuple(f"option {n}" for n in range(size))
    uses = rng.integers(1_000, 9_000, size=(3, size))
    rules = [Rule(name=f"sum {n}", uses=own, at_most=100_100, at_least=100_000) for n, own in enumerate(uses)]
    return Menu(options=options, rules=tuple(rules)), Aim(name="x", value=rng.uniform(1, 2, size))


def test_a_search_that_is_stopped_before_it_finds_a_choice_says_so() -> None:
    menu, aim = hard()
    found = best(menu, aim, Effort(gap=0, nodes=0))
    assert (found.chosen, found.value, found.gap) == (None, -math.inf, math.inf)
    assert (found.proven, found.stopped) == (False, "stopped after 0 nodes")


def test_a_search_that_is_stopped_early_offers_what_it_has_and_how_far_it_may_be_off() -> None:
    menu, aim = hard()
    most = replace(menu, rules=tuple(replace(rule, at_least=None) for rule in menu.rules))
    found = best(most, aim, Effort(gap=0, nodes=1))
    assert not found.proven
    assert found.chosen is not None
    assert not broken(most, found.chosen)
    assert 0 < found.gap < math.inf
    assert found.value <= best(most, aim).value <= found.bound


@pytest.mark.parametrize(
    ("menu", "said"),
    [
        (Menu(options=()), "nothing to choose from"),
        (Menu(options=("a", "a")), "a: on the menu twice"),
        (Menu(options=("a", "b"), one_of=(("a", "c"),)), "One of: c is not on the menu"),
        (Menu(options=("a", "b"), one_of=(("a", "a"),)), "One of: a twice"),
        (replace(TWO, rules=(Rule(name="money", uses=(1,), at_most=1),)), "money: 1 number for 2 options"),
        (replace(TWO, rules=(Rule(name="money", uses=(1, math.nan), at_most=1),)), "money: what it says of b"),
        (replace(TWO, rules=(Rule(name="money", uses=(1, 1)),)), "money: it has no limit"),
        (replace(TWO, rules=(Rule(name="money", uses=(1, 1), at_most=math.nan),)), "money: a limit is no number"),
        (replace(TWO, needs=(Need(name="n", option="a", any_of=("c",)),)), "n: c is not on the menu"),
        (replace(TWO, exclusions=(Exclusion(name="x", either=("a",), other=("c",)),)), "x: c is not on the menu"),
        (replace(TWO, exclusions=(Exclusion(name="x", either=("a",), other=("a",)),)), "x: a excludes itself"),
        (
            replace(TWO, rules=(Rule(name="m", uses=(1, 1), at_most=1), Rule(name="m", uses=(1, 2), at_most=1))),
            "m: two rules have this name",
        ),
        (
            replace(TWO, floors=(Floor(name="f", aim=Aim(name="y", value=(1, 1)), at_least=math.nan),)),
            "f: its least is no number",
        ),
    ],
)
def test_a_menu_that_is_not_whole_is_refused(menu: Menu, said: str) -> None:
    with pytest.raises(Impossible, match=said):
        best(menu, Aim(name="x", value=(1,) * len(menu.options)))


@pytest.mark.parametrize(
    ("aim", "said"),
    [
        (Aim(name="x", value=(1, 2, 3)), "x: 3 numbers for 2 options"),
        (Aim(name="x", value=(1, math.inf)), "x: what it says of b is no number"),
        (Aim(name="x", value=((1, 2), (3, 4))), "x: numbers of shape"),
        (Aim(name="x", value=(1, 2), constant=math.nan), "x: its constant"),
        (Aim(name="x", value=(1, 2), overlaps={("a", "c"): 1}), "x: c is not on the menu"),
        (Aim(name="x", value=(1, 2), overlaps={("a", "a"): 1}), "x: a overlaps with itself"),
        (Aim(name="x", value=(1, 2), overlaps={("a", "b"): 1, ("b", "a"): 1}), "x: a and b overlap twice"),
        (Aim(name="x", value=(1, 2), overlaps={("a", "b"): math.nan}), "x: the overlap of a and b"),
        (Outlook(name="x", value=((1, 2), (3,))), "x: something in its list is no number"),
        (Outlook(name="x", value=((), ())), "x: it has no scenarios"),
        (Outlook(name="x", value=((1, 2), (3, 4)), constant=(1, 2, 3)), "x: its constant"),
    ],
)
def test_an_aim_that_is_not_whole_is_refused(aim: Aim | Outlook, said: str) -> None:
    with pytest.raises(Impossible, match=said):
        check(TWO, aim)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(Impossible, match=r"a: on the menu twice\..*x: 1 number for 2 options"):
        check(Menu(options=("a", "a")), Aim(name="x", value=(1,)))


@pytest.mark.parametrize("wrong", [{"gap": -0.1}, {"gap": math.nan}, {"nodes": -1}, {"seconds": 0.0}])
def test_an_effort_that_is_none_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Impossible, match="An effort needs"):
        Effort(**wrong)


def test_a_choice_is_told_by_name_what_it_breaks() -> None:
    menu = Menu(
        options=("a", "b", "c"),
        one_of=(("a", "b"),),
        needs=(Need(name="c needs b", option="c", any_of=("b",)),),
        exclusions=(Exclusion(name="a or c", either=("a",), other=("c",)),),
    )
    assert broken(menu, ("a", "b")) == ("one of a, b",)
    assert broken(menu, ("a", "c")) == ("c needs b", "a or c")
    with pytest.raises(Impossible, match="d: not on the menu"):
        broken(menu, ("d",))
