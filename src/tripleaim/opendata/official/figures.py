"""A cell of a published file to a number: hidden and missing figures are not there, and never nought."""

from __future__ import annotations

import re

from tripleaim.loading.numbers import LARGEST, Refused, advice, meant

NOT_THERE = frozenset({"", "*", "**", "-", "–", "—", "..", "...", ":", ".", "x", "z", "c", "n/a", "na", "#n/a", "null"})
"""What publishers write where a figure is hidden, missing or does not apply."""

_LONG = re.compile(r"[0-9]+\.[0-9]+")


def figure(text: str) -> float | None:
    """The number in a cell; None where the figure is hidden or missing.

    raises : Refused for a text that is neither

    >>> figure("1,234.5"), figure("(12)"), figure("*"), figure("-")
    (1234.5, -12.0, None, None)
    """
    bare = text.strip()
    if bare.lower() in NOT_THERE:
        return None
    value = None if "%" in bare else meant(bare)
    if value is None and _LONG.fullmatch(bare):  # more digits than a plan keeps: ONS prints them, and they say nothing
        value = float(f"{float(bare):.12g}")
    if value is None or abs(value) > LARGEST:
        raise Refused("a number, or * where it is hidden", advice(bare))
    return value


def kept(value: float) -> float:
    """A sum of published figures, without the digits that adding up makes.

    >>> kept(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.12g}")
