"""Footprints whose beds or attendances moved more than 15 % in a year: told with what is known, never smoothed."""

from __future__ import annotations

from collections import defaultdict

from .beds import WINTERS
from .changes import BREAK
from .writing import Row

BEDS, ATTENDANCES = "winter beds open, as reported", "A&E attendances, type 1"
KNOWN = {
    ("E54000011", BEDS, "2017/18"): "The Robert Jones and Agnes Hunt (RL1) stops returning: reporting, not closure.",
    (
        "E54000010",
        BEDS,
        "2018/19",
    ): "Burton (RJF) stops and Derby and Burton (RTG) takes over its beds: a merger, not closure.",
    ("E54000012", BEDS, "2018/19"): "Derby and Burton (RTG) takes over Burton's beds (RJF): a merger, not growth.",
    ("E54000043", BEDS, "2016/17"): "Days are missing in the return.",
    ("E54000043", BEDS, "2017/18"): "Days were missing in the return of 2016/17.",
    ("E54000015", ATTENDANCES, "2017/18"): "Leicester moved type 'other' into type 1 from May 2017.",
}
"""Causes we know of."""

NOT_KNOWN = "Cause not known: check for a merger or a change in reporting before using it as a trend."

Series = dict[tuple[str, str, str], float]
"""A value for each footprint, series and year."""


def series(trusts: list[Row], beds: list[Row], emergency: list[Row]) -> Series:
    """Beds and type 1 attendances added up to the footprint each trust is counted in."""
    where = {row["ods"]: str(row["footprint"]) for row in trusts}
    sums: Series = defaultdict(float)
    for row in beds:
        sums[where[row["trust"]], BEDS, str(row["winter"])] += float(str(row["open_as_reported"]))
    for row in emergency:
        if row["type"] == "1":
            sums[where[row["trust"]], ATTENDANCES, str(row["year"])] += float(str(row["attendances"]))
    return sums


def breaks(sums: Series) -> list[Row]:
    """Every break, with its cause where known."""
    rows: list[Row] = []
    for (footprint, name, year), now in sums.items():
        last = WINTERS[WINTERS.index(year) - 1] if year in WINTERS[1:] else ""
        before = sums.get((footprint, name, last))
        if footprint and before and abs(now / before - 1) > BREAK:
            rows.append(
                {
                    "footprint": footprint,
                    "series": name,
                    "year": year,
                    "before": round(before, 1),
                    "now": round(now, 1),
                    "change": round(now / before - 1, 4),
                    "words": KNOWN.get((footprint, name, year), NOT_KNOWN),
                }
            )
    return rows
