"""Breaks in a series: told, never smoothed."""

from __future__ import annotations

BREAK = 0.15
"""A change from one year to the next beyond this is flagged."""


def per_cent(change: float) -> str:
    """A change in words: '+24 %', '−18 %'."""
    return f"{change * 100:+.0f} %".replace("-", "−")


def broken(name: str, before: float | None, now: float | None, when: str, at_least: float) -> str:
    """A warning where a series moved more than 15 % in a year; counts below `at_least` in both years give none."""
    if not before or not now or max(before, now) < at_least or abs(now / before - 1) <= BREAK:
        return ""
    return f"{name} {per_cent(now / before - 1)} on {when}: check for a merger or a change in reporting"
