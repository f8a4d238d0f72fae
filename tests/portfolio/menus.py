"""Small menus whose every choice can be looked at, and the looking."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from hypothesis import strategies as st

from tripleaim.portfolio.solver import Aim, Effort, Exclusion, Floor, Menu, Need, Rule, broken

EXACT = Effort(gap=0.0)
NAMES = tuple("abcdefg")


class Case(NamedTuple):
    """A menu and three aims."""

    menu: Menu
    aims: tuple[Aim, Aim, Aim]


@st.composite
def cases(draw: st.DrawFn, floors: bool = True) -> Case:
    """Five to seven options in whole numbers: two pairs of start years, limits, a need, an exclusion, overlaps."""
    options = NAMES[: draw(st.integers(5, 7))]
    size = len(options)

    def numbers(low: int, high: int) -> tuple[float, ...]:
        return tuple(map(float, draw(st.lists(st.integers(low, high), min_size=size, max_size=size))))

    def overlaps() -> dict[tuple[str, str], float]:
        pairs = draw(st.lists(st.sampled_from([*itertools.combinations(options, 2)]), max_size=5, unique=True))
        return {pair: float(draw(st.integers(-9, 6))) for pair in pairs}

    aims = [Aim(name=name, value=numbers(-4, 12), overlaps=overlaps(), constant=7.0) for name in ("x", "y", "z")]
    menu = Menu(
        options=options,
        one_of=(("a", "b"), ("c", "d")),
        rules=(
            Rule(name="money", uses=numbers(0, 9), at_most=float(draw(st.integers(4, 25)))),
            Rule(name="share", uses=numbers(-5, 5), at_least=0.0),
        ),
        needs=(
            Need(name="c needs a", option="c", any_of=("a",)),
            Need(name="d needs a or b", option="d", any_of=("a", "b")),
        )
        if draw(st.booleans())
        else (),
        exclusions=(Exclusion(name="e or c", either=("c", "d"), other=("e",)),) if draw(st.booleans()) else (),
        floors=(Floor(name="some z", aim=aims[2], at_least=float(draw(st.integers(-5, 25)))),)
        if floors and draw(st.booleans())
        else (),
    )
    return Case(menu, (aims[0], aims[1], aims[2]))


def choices(menu: Menu) -> list[tuple[str, ...]]:
    """Every choice that keeps to the menu."""
    subsets = itertools.chain.from_iterable(
        itertools.combinations(menu.options, size) for size in range(len(menu.options) + 1)
    )
    return [each for each in subsets if not broken(menu, each)]
