"""Attendances at accident and emergency departments by provider and type."""

from __future__ import annotations

from collections import defaultdict

from .activity import LEAST, short_year
from .changes import broken
from .raw import Raw, number
from .writing import Row, together

FILE = "activity/ae_attendances_2016-17_2017-18.csv"
KNOWN = {
    ("RWE", "1"): "type 'other' was moved into type 1 from May 2017",
    ("RWE", "other"): "type 'other' was moved into type 1 from May 2017",
}
"""Breaks whose cause is known."""


def year_of(period: str) -> str:
    """The financial year of a month written 2016-04-01."""
    first = int(period[:4]) - (period[5:7] < "04")
    return f"{first}/{(first + 1) % 100:02d}"


def emergency(raw: Raw) -> list[Row]:
    """Sums of the months reported, by provider, financial year and type of department."""
    sums: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    months: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in raw.rows(FILE):
        key = (row["org_code"], year_of(row["period"]), row["type"])
        months[key] += 1
        for n, column in enumerate(("attendances", "breaches", "admissions")):
            sums[key][n] += number(row[column])
    rows: list[Row] = []
    for (trust, year, kind), (seen, late, admitted) in sums.items():
        earlier = (trust, "2016/17", kind)
        changed = ""
        if year == "2017/18" and earlier in sums:
            changed = broken("attendances", sums[earlier][0], seen, "2016/17", LEAST)
            if changed and (trust, kind) in KNOWN:
                changed = changed.split(":")[0] + ": " + KNOWN[trust, kind]
        rows.append(
            {
                "trust": trust,
                "year": year,
                "type": kind,
                "attendances": seen,
                "breaches": late,
                "emergency_admissions": admitted,
                "months": months[trust, year, kind],
                "flag": together(short_year(months[trust, year, kind]), changed),
            }
        )
    return rows
