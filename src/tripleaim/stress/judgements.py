"""One judgement written on several rows: drawn once, so that its error does not cancel against itself.

A planner who judges that a scheme reaches six people in ten writes it on the row of every commissioner. That is one
uncertain number. Rows state the same judgement when they speak of the same thing, with the same range and shape, moved
by the same drivers (method note 9).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tripleaim.stress.uncertainty import Uncertainty


def label(labels: Sequence[str]) -> str:
    """What several rows that state one judgement have in common, in words; dots where they differ.

    >>> label(["growth of A&E, Marsh, at the Royal", "growth of A&E, North Wealdshire, at the Royal"])
    'growth of A&E, … at the Royal (2 rows)'
    >>> label(["growth of A&E"])
    'growth of A&E'
    """
    if len(labels) == 1:
        return labels[0]
    words = [each.split() for each in labels]
    start = _alike(words)
    end = _alike([each[start:][::-1] for each in words])
    first = words[0]
    told = first if start == len(first) else [*first[:start], "…", *first[len(first) - end :]]
    return f"{' '.join(told)} ({len(labels):,} rows)"


def _alike(words: Sequence[Sequence[str]]) -> int:
    """How many words all begin with."""
    return next((n for n, each in enumerate(zip(*words, strict=False)) if len(set(each)) > 1), min(map(len, words)))


def joined(inputs: Iterable[tuple[str, Uncertainty]]) -> tuple[Uncertainty, ...]:
    """One input for each judgement, from an input for each range with what it speaks of; in order of name.

    An input is named by what it speaks of. Where several judgements speak of the same thing, the one written on most
    rows is (of two as common, the first in order of name); the others are told by their own first row as well. So where
    one judgement is the most common before and after, a row that repeats it, or is given a range of its own, changes no
    other name and none of the other draws. Where two are as common they may change names, and are then drawn anew.
    """
    told: dict[object, list[Uncertainty]] = defaultdict(list)
    for what, each in inputs:
        told[what or each.name, each.spread, each.pulls].append(replace(each, name=what or each.name))
    found: dict[str, Uncertainty] = {}
    for rows in sorted(told.values(), key=len, reverse=True):
        first = rows[0]
        name = f"{first.name}/{first.ranges[0]}" if first.name in found else first.name
        ranges = tuple(name for each in rows for name in each.ranges)
        found[name] = replace(first, name=name, label=label([each.label for each in rows]), ranges=ranges)
    return tuple(found[name] for name in sorted(found))
