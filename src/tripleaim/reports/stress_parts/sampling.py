"""How far the figures may be out because a test takes some draws and not all there could be."""

from __future__ import annotations

from tripleaim.charts.measure import formed
from tripleaim.charts.wording import tell_apart
from tripleaim.reports.stress_parts.told import StressTold, millions


def out_by(told: StressTold) -> str:
    """How far shares of draws, and the low, middle and high of the last year, may be out."""
    found, error = told.found, told.found.error
    ends = [formed(end, "£{}m") for end in tell_apart(millions((*error.low, *error.middle, *error.high)))]
    low, middle, high = (f"between {a} and {b}" for a, b in zip(ends[::2], ends[1::2], strict=True))
    figure = "pressure" if found.is_pressure else "shortfall"
    return told.said(
        f"With {found.draws:,} draws a share of draws is out by at most ±{100 * error.chance:.1f} points, 19 times in "
        "20. Shares side by side rest on the same draws, so their difference is out by less. As surely, the low of the "
        f"{figure} in {told.last_year} as hoped lies {low}, the middle {middle} and the high {high}."
    )
