"""Polishing a set the search found: one change at a time, judged under the full model, while every limit is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from tripleaim.portfolio.cuts import without
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.options import YEAR, months_later
from tripleaim.portfolio.solver import Menu, broken
from tripleaim.projection.worlds import worlds
from tripleaim.stress.response import Floats

MOST_STEPS = 12
"""Changes of one set."""
MOST_SWAPS = 600
"""Pairs of one scheme out and one in that are tried where no single change is better."""
BETTER = 1e-9
"""Share of a value by which a set must be better to be taken: rounding aside."""

FAR = 1e18
"""What being as far from a limit as the limit is large takes off a value: more than any set is worth."""

Worth = Callable[[Floats], Floats]
"""What is read of some sets, (number, set, draw) → (set,) what they are worth; larger is better."""

Missed = Callable[[Sequence[Mapping[str, int]], Floats], Floats]
"""Some sets, and what is read of them, (number, set, draw) → (set,) how far each is from limits; 0 = it keeps them."""


@dataclass(frozen=True, kw_only=True)
class Polished:
    """A set, and what was changed to get there."""

    choice: dict[str, int]
    """Key of each scheme → years later."""
    steps: tuple[str, ...]
    """What was changed, in words."""


def polished(
    model: Model, menu: Menu, choice: Mapping[str, int], worth: Worth, draws: int, short: Missed | None = None
) -> Polished:
    """The set after every single change that makes it better by the full model: a scheme in, out or moved, or two
    swapped.

    menu  : what every set must keep to; a set that does not is left as soon as one that does is near
    worth : what is made large
    draws : how many of the common draws judge each change
    short : how far sets are from limits the menu does not hold; one that is nearer is better whatever it is worth
    """
    search = _Search(model=model, menu=menu, worth=worth, draws=draws, short=short)
    now, steps = dict(choice), list[str]()
    value = search.values([now])[0] if search.is_kept(now) else -np.inf
    for _ in range(MOST_STEPS):
        step = search.better(now, value, _single(model, now)) or search.better(now, value, _swaps(model, now))
        if step is None:
            break
        steps.append(_in_words(model, now, step[0]))
        now, value = step
    return Polished(choice=now, steps=tuple(steps))


@dataclass(frozen=True, kw_only=True)
class _Search:
    model: Model
    menu: Menu
    worth: Worth
    draws: int
    short: Missed | None

    def is_kept(self, choice: Mapping[str, int]) -> bool:
        if not self.model.whole.holds(choice):
            return False
        keys = self.model.whole.keys(choice)
        return set(keys) <= self.menu.known and not broken(self.menu, keys)

    def values(self, choices: list[dict[str, int]]) -> Floats:
        keys = [self.model.whole.keys(each) for each in choices]
        found = self.model.answers(worlds(self.model.whole.axes, keys), self.model.drawn[:, : self.draws])
        return self.worth(found) if self.short is None else self.worth(found) - FAR * self.short(choices, found)

    def better(
        self, now: dict[str, int], value: float, near: Iterator[dict[str, int]]
    ) -> tuple[dict[str, int], float] | None:
        """The best of some sets, where it is better than the one there is."""
        kept = [each for each in near if self.is_kept(each)]
        if not kept:
            return None
        values = self.values(kept)
        at = int(np.argmax(values))
        room = BETTER * max(1.0, abs(value)) if np.isfinite(value) else 0.0
        return (kept[at], float(values[at])) if values[at] > value + room else None


def _single(model: Model, now: Mapping[str, int]) -> Iterator[dict[str, int]]:
    yield from chain((set_ for _, set_ in _without(model, now)), _with_one(model, now), _moved(model, now))


def _swaps(model: Model, now: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """One scheme out, with those that need it, and one in."""
    every = (added for gone, left in _without(model, now) for added in _with_one(model, left) if gone not in added)
    return islice(every, MOST_SWAPS)


def _without(model: Model, now: Mapping[str, int]) -> Iterator[tuple[str, dict[str, int]]]:
    for key in sorted(now):
        yield key, without(model.plan, now, key)


def _with_one(model: Model, now: Mapping[str, int]) -> Iterator[dict[str, int]]:
    needs = {scheme.key: scheme.needs for scheme in model.plan.schemes}
    for key, later in _starts(model):
        if key not in now and all(need in now for need in needs[key]):
            yield {**now, key: later}


def _moved(model: Model, now: Mapping[str, int]) -> Iterator[dict[str, int]]:
    for key, later in _starts(model):
        if key in now and now[key] != later:
            yield {**now, key: later}


def _starts(model: Model) -> list[tuple[str, int]]:
    return sorted({(way.scheme, way.later) for way in model.whole.ways})


def _in_words(model: Model, before: Mapping[str, int], after: Mapping[str, int]) -> str:
    schemes = {scheme.key: scheme for scheme in model.plan.schemes}
    said = [f"without {schemes[key].name}" for key in sorted(set(before) - set(after))]
    said += [f"with {schemes[key].name}" for key in sorted(set(after) - set(before))]
    said += [
        f"{schemes[key].name} from {months_later(schemes[key].start, YEAR * later)}"
        for key, later in sorted(after.items())
        if key in before and before[key] != later
    ]
    return "; ".join(said)
