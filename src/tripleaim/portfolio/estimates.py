"""What options are worth by themselves and in pairs: what the search goes by. Its finds are then scored in full.

Options alone are judged with whole wards, draw by draw: over the draws a ward that may or may not close is a chance of
closing it, which adds up. Overlaps of pairs are judged with wards as fractions, where they are not lost in steps. Of
the forms tried, this one came closest to the full model on the invented place (method note 14).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tripleaim.plan.indicator import Gap
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.solver import Aim, Outlook
from tripleaim.projection.worlds import worlds
from tripleaim.stress.response import Floats

MATTERS = 1e-4
"""Overlaps in money smaller than this share of what the schemes that save bring by themselves are left out."""
MATTERS_IN_OUTCOMES = 5e-4
"""The same of a gap's indicators: share of their way."""
MOST_RUNS = {True: 100_000, False: 4_000}
"""Runs spent on pairs by the fast form, and by the reference: with many options each pair gets fewer draws."""
BATCH = 512
"""Sets asked for at a time."""
MONEY, HEALTH, CARE, SHORT = "money", "health", "care", "short"
AIMS = (MONEY, HEALTH, CARE)

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Estimates:
    """Options alone and in pairs, mean over the draws."""

    ways: tuple[str, ...]
    """Names on the menu, in the order of every list."""
    alone: Mapping[str, Floats]
    """Aim → (way,): what each brings by itself, mean over the draws. Money GBP a year, health and care fractions."""
    pairs: Mapping[str, Mapping[Pair, float]]
    """Aim → two ways → what both bring less the two alone."""
    less_short: Floats
    """(way, draw): how much less is short in the last year with each by itself. GBP."""
    short_pairs: Mapping[Pair, float]
    """Two ways → how much less is short with both than the two alone would have it."""
    short_nothing: Floats
    """(draw,): what is short if nothing changes."""
    least: float
    """Overlaps in money below this are left out. GBP a year."""

    def aim(self, key: str) -> Aim:
        """One of the aims for the solver."""
        return Aim(name=key, value=self.alone[key], overlaps=self.pairs[key])

    def together(self, weights: Mapping[str, float]) -> Aim:
        """Several aims as one number.

        weights : aim → what one unit of it is worth
        """
        pairs: dict[Pair, float] = defaultdict(float)
        for aim, weight in weights.items():
            for pair, each in self.pairs[aim].items():
                pairs[pair] += weight * each
        value = sum((weight * self.alone[aim] for aim, weight in weights.items()), np.zeros(len(self.ways)))
        return Aim(name="together", value=value, overlaps=dict(pairs))

    def outlook(self) -> Outlook:
        """The last year's position in every draw: what is short with its sign turned."""
        return Outlook(
            name="position",
            value=self.less_short,
            overlaps={pair: np.full(len(self.short_nothing), each) for pair, each in self.short_pairs.items()},
            constant=-self.short_nothing,
        )


def estimates(model: Model, ways: Sequence[str], draws: int) -> Estimates:
    """What some ways are worth by themselves and in pairs.

    draws : how many of the common draws, the first
    """
    read, axes = model.reading, model.whole.axes
    found = model.answers(worlds(axes, [(), *((key,) for key in ways)]), model.drawn[:, :draws])
    nothing, each = found[:, :1], found[:, 1:]
    alone = {aim: own.mean(axis=1) for aim, own in _values(model, each, np.broadcast_to(nothing, each.shape)).items()}
    least = MATTERS * float(np.maximum(0.0, _best_of_scheme(model, ways, alone[MONEY])).sum())
    pairs = _pairs(model, ways, draws, least)
    return Estimates(
        ways=tuple(ways),
        alone=alone,
        pairs={aim: pairs[aim] for aim in AIMS},
        less_short=read.short(nothing) - read.short(each),
        short_pairs=pairs[SHORT],
        short_nothing=read.short(nothing)[0],
        least=least,
    )


def _values(model: Model, numbers: Floats, nothing: Floats) -> dict[str, Floats]:
    return {
        MONEY: model.reading.closed(numbers, nothing),
        HEALTH: model.reading.share(Gap.HEALTH, numbers, nothing),
        CARE: model.reading.share(Gap.CARE, numbers, nothing),
    }


def _pairs(model: Model, ways: Sequence[str], draws: int, least: float) -> dict[str, dict[Pair, float]]:
    """Overlaps by aim, and of the shortfall, of all ways that can stand beside each other."""
    by_key = model.whole.by_key
    both = [(n, m) for n, m in combinations(range(len(ways)), 2) if by_key[ways[n]].scheme != by_key[ways[m]].scheme]
    sets = [(), *((key,) for key in ways), *((ways[n], ways[m]) for n, m in both)]
    value = _means(model, sets, max(1, min(draws, MOST_RUNS[model.fast] // len(sets))))
    limits = {MONEY: least, SHORT: least, HEALTH: MATTERS_IN_OUTCOMES, CARE: MATTERS_IN_OUTCOMES}
    return {
        aim: {
            (ways[n], ways[m]): float(own)
            for (n, m), own in zip(both, _over(value[aim], both, len(ways)), strict=True)
            if abs(own) > limit
        }
        for aim, limit in limits.items()
    }


def _means(model: Model, sets: Sequence[Sequence[str]], draws: int) -> dict[str, Floats]:
    """(set,): what sets bring with wards as fractions, mean over some draws, by aim; the first set is nothing."""
    drawn = model.drawn[:, :draws]
    nothing = model.answers(worlds(model.whole.axes, [()]), drawn, smooth=True)
    parts = []
    for n in range(0, len(sets), BATCH):
        found = model.answers(worlds(model.whole.axes, sets[n : n + BATCH]), drawn, smooth=True)
        own = _values(model, found, np.broadcast_to(nothing, found.shape))
        own[SHORT] = model.reading.short(nothing) - model.reading.short(found)
        parts.append({aim: each.mean(axis=1) for aim, each in own.items()})
    return {aim: np.concatenate([part[aim] for part in parts]) for aim in parts[0]}


def _over(value: Floats, both: Sequence[tuple[int, int]], ways: int) -> Floats:
    """(pair,): what a pair brings less the two alone; `value` has nothing first, then each, then the pairs."""
    if not both:
        return np.zeros(0)
    one, other = np.array(both).T
    return np.asarray(value[1 + ways :] - value[1 + one] - value[1 + other])


def _best_of_scheme(model: Model, ways: Sequence[str], value: Floats) -> Floats:
    """(scheme,): the most any way of a scheme brings."""
    best: dict[str, float] = {}
    for key, own in zip(ways, value, strict=True):
        scheme = model.whole.by_key[key].scheme
        best[scheme] = max(best.get(scheme, float("-inf")), float(own))
    return np.array(list(best.values()))
