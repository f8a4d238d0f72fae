"""Payments that hang on a threshold: what a scheme really costs at its edge, and the least transfer that mends it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import ROUNDING, Array, together


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A payment a body has only while its position does not fall below a mark, such as a control total."""

    body: str
    what: str
    """The payment in words."""
    headroom: float
    """GBP a year by which the position may fall before the payment is lost; below 0 it is missed by so much already."""
    payment: float
    """GBP a year."""


def threshold_effect(change: Any, headroom: Any, payment: Any) -> Array:
    """What a change of position does to a payment: it is lost, won, or stays.

    change, headroom, payment : (…), GBP a year
    returns : (…), GBP a year: −payment where it is lost, +payment where it is won, else 0

    >>> threshold_effect(change=[-2.1, -1.0, 0.4], headroom=[1.0, 1.0, -0.3], payment=9.0).tolist()
    [-9.0, 0.0, 9.0]
    """
    by, room, amount = together((), change=change, headroom=headroom, payment=payment)
    had, has = room >= 0, by + room >= -ROUNDING * (np.abs(by) + np.abs(room))
    found: Array = amount * (has * 1.0 - had * 1.0)
    return found


def transfer_needed(change: Any, headroom: Any) -> Array:
    """The least a body must be given so that a change costs it no payment that it has.

    change, headroom : (…), GBP a year
    returns : (…), GBP a year; 0 where nothing is lost

    >>> transfer_needed(change=[-2.1, -1.0, -2.1], headroom=[1.0, 1.0, -0.3]).round(9).tolist()
    [1.1, 0.0, 0.0]
    """
    by, room = together((), change=change, headroom=headroom)
    lost = threshold_effect(by, room, 1.0) < 0
    found: Array = np.where(lost, -by - room, 0.0)
    return found


@dataclass(frozen=True, kw_only=True)
class Cliff:
    """What a change of position does to one body, payments at thresholds and all."""

    body: str
    change: float
    """GBP a year, before any payment at a threshold."""
    at_thresholds: float
    """GBP a year: payments won less payments lost."""
    lost: tuple[Threshold, ...]
    """Those it loses, the one that needs least to keep first."""
    least_transfer: float
    """GBP a year that keeps them all."""

    @property
    def whole(self) -> float:
        """GBP a year: the change with what follows from it."""
        return self.change + self.at_thresholds


def at_cliffs(change: Mapping[str, float], thresholds: Sequence[Threshold]) -> tuple[Cliff, ...]:
    """What a change of positions really comes to for every body, in the order given.

    change     : body → GBP a year
    thresholds : every payment that hangs on one
    raises     : Impossible for a body without a change, a number that is not finite, or a payment below 0

    >>> edge = Threshold(body="hospital", what="fund for meeting the control total", headroom=1.0, payment=9.0)
    >>> (found,) = at_cliffs({"hospital": -2.1}, [edge])
    >>> round(found.whole, 9), round(found.least_transfer, 9)
    (-11.1, 1.1)
    """
    _check(change, thresholds)
    found = []
    for body, by in change.items():
        own = [each for each in thresholds if each.body == body]
        effects = [threshold_effect(by, each.headroom, each.payment).item() for each in own]
        lost = sorted(
            (each for each, effect in zip(own, effects, strict=True) if effect < 0),
            key=lambda each: (-each.headroom, each.what),
        )
        found.append(
            Cliff(
                body=body,
                change=by,
                at_thresholds=sum(effects),
                lost=tuple(lost),
                least_transfer=max((_needed(by, each) for each in lost), default=0.0),
            )
        )
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Mended:
    """Transfers that keep as much as can be kept of the payments that would be lost."""

    transfers: Mapping[str, float]
    """Body → GBP a year it is given, or below 0 gives; they add up to 0."""
    kept: tuple[Threshold, ...]
    """Payments the transfers keep."""
    beyond: tuple[Threshold, ...]
    """Payments lost all the same, for want of headroom elsewhere."""

    @property
    def worth(self) -> float:
        """GBP a year of payments kept."""
        return sum(each.payment for each in self.kept)

    @property
    def moved(self) -> float:
        """GBP a year that changes hands."""
        return sum(max(0.0, amount) for amount in self.transfers.values())


def mend(
    change: Mapping[str, float], thresholds: Sequence[Threshold], spare: Mapping[str, float] | None = None
) -> Mended:
    """The cheapest transfers between bodies that keep most of the payments a change would lose.

    Only transfers that just reach a threshold are tried, because less is for nothing and more is not needed. Most
    payments kept comes first, then least moved. Those with something to spare give in proportion to it.

    change, thresholds : as `at_cliffs`
    spare  : body → the most it may give, GBP a year; `to_spare` if left out
    raises : Impossible for a body in `spare` without a change, an amount below 0, or as `at_cliffs`
    source : method note 15

    >>> edge = Threshold(body="hospital", what="fund for meeting the control total", headroom=1.0, payment=9.0)
    >>> found = mend({"hospital": -2.1, "commissioner": 7.5}, [edge])
    >>> {body: round(amount, 9) for body, amount in found.transfers.items()}, found.worth
    ({'hospital': 1.1, 'commissioner': -1.1}, 9.0)
    """
    cliffs = at_cliffs(change, thresholds)
    spare = to_spare(change, thresholds) if spare is None else dict(spare)
    wrong = [body for body, most in spare.items() if body not in change or not 0 <= most < math.inf]
    if wrong:
        raise Impossible(f"What {', '.join(wrong)} may give is not 0 or more, or no change is known of it.")
    losing = sorted((each for each in cliffs if each.lost), key=lambda each: each.body)
    giving = {body: most for body, most in spare.items() if body not in {each.body for each in losing}}
    budget = sum(giving.values())
    best = _most_kept(losing, budget)
    counts = dict(zip((each.body for each in losing), best, strict=True))
    kept = {each.body: each.lost[: counts[each.body]] for each in losing}
    given = {each.body: max((_needed(each.change, edge) for edge in kept[each.body]), default=0.0) for each in losing}
    whole = sum(given.values())
    taken = {body: 0.0 - whole * most / budget if budget else 0.0 for body, most in giving.items()}
    return Mended(
        transfers={body: given.get(body, taken.get(body, 0.0)) for body in change},
        kept=tuple(edge for each in cliffs for edge in kept.get(each.body, ())),
        beyond=tuple(edge for each in cliffs for edge in each.lost[counts.get(each.body, 0) :]),
    )


def to_spare(change: Mapping[str, float], thresholds: Sequence[Threshold]) -> dict[str, float]:
    """What each body can give without losing a payment: the headroom left at the nearest of its thresholds.

    A body that loses a payment has nothing to spare. One that has no payment at a threshold can give what it gains.

    raises : as `at_cliffs`

    >>> edge = Threshold(body="a", what="fund", headroom=3.0, payment=9.0)
    >>> to_spare({"a": -1.0, "b": 0.5, "c": -0.5}, [edge])
    {'a': 2.0, 'b': 0.5, 'c': 0.0}
    """
    found = {}
    for each in at_cliffs(change, thresholds):
        left = [
            max(0.0, edge.headroom + each.change)
            for edge in thresholds
            if edge.body == each.body and (edge.headroom >= 0 or edge.headroom + each.change >= 0)
        ]
        found[each.body] = min(left, default=max(0.0, each.change))
    return found


def _most_kept(losing: Sequence[Cliff], budget: float) -> tuple[int, ...]:
    """How many of its payments each keeps, the cheapest first: most kept in all, then least given, within a budget.

    Choices are built up body by body; one that costs as much and keeps no more than another is let go.
    """
    choices: list[tuple[float, float, tuple[int, ...]]] = [(0.0, 0.0, ())]
    for each in losing:
        levels = [(0.0, 0.0)]
        for edge in each.lost:
            levels.append((_needed(each.change, edge), levels[-1][1] + edge.payment))
        more = [
            (given + needed, kept + worth, (*counts, count))
            for given, kept, counts in choices
            for count, (needed, worth) in enumerate(levels)
            if given + needed <= budget * (1 + ROUNDING)
        ]
        choices = []
        for choice in sorted(more, key=lambda one: (one[0], -one[1])):
            if not choices or choice[1] > choices[-1][1]:
                choices.append(choice)
    return choices[-1][2]


def _needed(change: float, threshold: Threshold) -> float:
    return float(transfer_needed(change, threshold.headroom))


def _check(change: Mapping[str, float], thresholds: Sequence[Threshold]) -> None:
    for body, by in change.items():
        if not math.isfinite(by):
            raise Impossible(f"The change of {body} is {by}; expected a finite number.")
    for each in thresholds:
        if each.body not in change:
            raise Impossible(f"{each.body} has a payment at a threshold, but no change is known of it.")
        if not (math.isfinite(each.headroom) and 0 <= each.payment < math.inf):
            raise Impossible(
                f"{each.what} of {each.body} has headroom {each.headroom} and payment {each.payment}; expected finite "
                "numbers, and a payment of 0 or more."
            )
