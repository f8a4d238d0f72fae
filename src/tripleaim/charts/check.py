"""What every picture refuses: numbers that are not numbers, and lists of the wrong length."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sized


def all_finite(what: str, values: Iterable[float | None]) -> None:
    """Refuse NaN and infinity: a wrong number is worse than no number. None means no figure and passes."""
    for place, value in enumerate(values):
        if value is not None and not math.isfinite(value):
            raise ValueError(f"{what}, number {place + 1}: found {value}; expected a finite number")


def between(what: str, things: Sized, least: int, most: int) -> None:
    """Refuse a list that is too short to draw or too long to read."""
    if not least <= len(things) <= most:
        raise ValueError(f"{what}: found {len(things)}; expected {least} to {most}")


def same_length(what: str, things: Sized, expected: int) -> None:
    """Refuse a list that does not match its labels."""
    if len(things) != expected:
        raise ValueError(f"{what}: found {len(things)}; expected {expected}")


def one_of(what: str, found: str, expected: Iterable[str]) -> None:
    """Refuse a kind the picture does not know."""
    known = tuple(expected)
    if found not in known:
        raise ValueError(f"{what}: found {found!r}; expected one of {', '.join(known)}")


def adds_up(what: str, found: float, expected: float, size: float) -> None:
    """Refuse a total that is not the total of its parts; `size` is the largest number nearby."""
    if abs(found - expected) > 1e-6 * max(1.0, abs(size)):
        raise ValueError(f"{what}: found {found!r}; expected {expected!r}, the sum of what is shown before it")
