"""General and acute beds: daily in four winters, and by quarter in 2018/19."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import mean, median

from .changes import broken
from .raw import Raw, number, number_if_any
from .writing import Row, together

WINTERS = ("2015/16", "2016/17", "2017/18", "2018/19")
QUARTERLY = "activity/kh03_beds_quarterly_trust_2018-19_2023-24.csv"
ENGLAND = "-"
SATURDAY = 5
FEW = 3
"""A jump on at most so many days of a winter is a slip; on more it is left as reported."""


@dataclass(frozen=True, slots=True)
class Day:
    """One trust's return for one day. None where the cell was blank."""

    on: date
    opened: float | None
    occupied: float | None
    over_7: float | None
    over_21: float | None


def days_of(raw: Raw, winter: str) -> dict[str, list[Day]]:
    """Every daily return of a winter, by trust; '-' is England."""
    found: dict[str, list[Day]] = defaultdict(list)
    for row in raw.rows(f"activity/winter_sitrep_{winter.replace('/', '-')}.csv"):
        found[row["org_code"]].append(
            Day(
                date.fromisoformat(row["date"]),
                number_if_any(row["ga_beds_open"]),
                number_if_any(row["ga_beds_occupied"]),
                number_if_any(row.get("beds_los_over_7d", "")),
                number_if_any(row.get("beds_los_over_21d", "")),
            )
        )
    return found


def in_every_winter(day: Day) -> bool:
    """A weekday of January or February: in 2015/16 weekends were not returned, and winters began on different days."""
    return day.on.month in (1, 2) and day.on.weekday() < SATURDAY


def told_apart(days: list[Day]) -> tuple[list[Day], dict[str, int]]:
    """Days to count, and how many were set aside for which reason."""
    middle = median(day.opened for day in days if day.opened is not None)
    leaps = {id(day) for day in days if day.opened and not 0.4 * middle < day.opened < 1.6 * middle}
    kept, aside = [], defaultdict(int)
    for day in days:
        if day.opened is None or day.occupied is None:
            aside["blank"] += 1
        elif day.opened == 0 or day.occupied == 0:
            aside["nought"] += 1
        elif id(day) in leaps and len(leaps) <= FEW:
            aside["far from the trust's other days"] += 1
        elif day.occupied > 1.2 * day.opened:
            aside["more beds occupied than open"] += 1
        else:
            kept.append(day)
    return kept, dict(aside)


def upper(values: list[float]) -> float:
    """The 95th percentile, between the two nearest days.

    >>> upper([float(n) for n in range(101)])
    95.0
    """
    ordered = sorted(values)
    place = 0.95 * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def winter_row(trust: str, winter: str, days: list[Day], length: int) -> Row:
    """One trust's winter."""
    kept, aside = told_apart(days)
    long = [
        day for day in kept if day.over_21 is not None and day.over_7 is not None and 0 < day.over_21 < day.occupied
    ]
    alike = [day for day in kept if in_every_winter(day)]
    words = [f"{count} day{'s' if count > 1 else ''} set aside ({reason})" for reason, count in aside.items()]
    return {
        "trust": trust,
        "winter": winter,
        "days": len(kept),
        "open_mean": rounded([day.opened for day in kept]),
        "occupied_mean": rounded([day.occupied for day in kept]),
        "occupied_p95": round(upper([day.occupied for day in kept]), 2),
        "open_as_reported": round(sum(day.opened or 0.0 for day in days) / length, 4),
        "stay_days": len(long) if winter >= "2017/18" else None,
        "stays_over_7": rounded([day.over_7 for day in long]),
        "stays_over_21": rounded([day.over_21 for day in long]),
        "occupied_on_stay_days": rounded([day.occupied for day in long]),
        "weekdays": len(alike),
        "weekday_open": rounded([day.opened for day in alike]),
        "weekday_occupied": rounded([day.occupied for day in alike]),
        "flag": together(*words),
    }


def rounded(values: list[float]) -> float | None:
    """A mean, or nothing when there are no days."""
    return round(mean(values), 4) if values else None


def every_winter(raw: Raw) -> list[Row]:
    """Every trust and England, every winter."""
    rows: list[Row] = []
    for winter in WINTERS:
        found = days_of(raw, winter)
        length = len(found[ENGLAND])
        rows += [
            winter_row(trust, winter, days, length)
            for trust, days in found.items()
            if any(day.opened and day.occupied for day in days)
        ]
    return rows


def beds(raw: Raw) -> list[Row]:
    """Every trust's winters; a break on the winter before is flagged."""
    rows = [row for row in every_winter(raw) if row["trust"] != ENGLAND]
    opened = {(row["trust"], row["winter"]): row["open_mean"] for row in rows}
    for row in rows:
        at = WINTERS.index(row["winter"])
        if at:
            last = WINTERS[at - 1]
            words = broken("beds open", opened.get((row["trust"], last)), row["open_mean"], last, 20)
            row["flag"] = together(str(row["flag"]), words)
    return rows


def england_beds(raw: Raw) -> list[Row]:
    """England's own row of the same returns."""
    return [
        {key: value for key, value in row.items() if key != "trust"}
        for row in every_winter(raw)
        if row["trust"] == ENGLAND
    ]


def quarterly_beds(raw: Raw) -> list[Row]:
    """Average daily beds open and occupied by quarter of 2018/19: a later check."""
    return [
        {
            "trust": row["org_code"],
            "year": "2018/19",
            "quarter": int(row["fy_quarter"].removeprefix("Q")),
            "open_general_acute": number(row["kh03_avail_ga_avg_beds"]),
            "occupied_general_acute": number(row["kh03_occ_ga_avg_beds"]),
        }
        for row in raw.rows(QUARTERLY, financial_year="2018-19")
        if row["org_code"] != "NAN"
    ]
