"""The 32,844 small areas of England: where each lies, how deprived it is, and its people by five-year band."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .places import upper_tier
from .raw import Raw, number
from .writing import Row

LOOKUP = "ons-lookups/lsoa11_ccg17_stp17_lad17.csv"
BANDS_FILE = "population/mid2017_lsoa11_5yr_bands.csv"
DEPRIVATION = "health/imd2015_lsoa11.csv"
BANDS = (*(f"a{first:02d}_{first + 4:02d}" for first in range(0, 90, 5)), "a90plus")


@dataclass(frozen=True, slots=True)
class SmallArea:
    """One lower-layer super output area of 2011. `fifth` is 1 for the most deprived fifth of England (IMD 2015)."""

    footprint: str
    district: str
    council: str
    fifth: int
    score: float
    people: tuple[float, ...]


def small_areas(raw: Raw) -> Iterator[SmallArea]:
    """Every small area of England, once."""
    above = upper_tier(raw)
    bands = {row["LSOA11CD"]: tuple(number(row[band]) for band in BANDS) for row in raw.rows(BANDS_FILE)}
    deprived = {row["lsoa11_code"]: row for row in raw.rows(DEPRIVATION)}
    for row in raw.rows(LOOKUP):
        code = row["LSOA11CD"]
        yield SmallArea(
            footprint=row["STP17CD"],
            district=row["LAD17CD"],
            council=above[row["LAD17CD"]],
            fifth=(int(deprived[code]["IMD_decile"]) + 1) // 2,
            score=number(deprived[code]["IMD_score"]),
            people=bands[code],
        )


def added_up(
    areas: list[SmallArea], key: Callable[[SmallArea], tuple[object, ...]]
) -> dict[tuple[object, ...], list[float]]:
    """People by band, added up over all small areas with the same key."""
    totals: dict[tuple[object, ...], list[float]] = defaultdict(lambda: [0.0] * len(BANDS))
    for area in areas:
        total = totals[key(area)]
        for n, persons in enumerate(area.people):
            total[n] += persons
    return totals


def column(band: str) -> str:
    """A band as the tables name it: 'age_0_4', 'age_90_plus'."""
    if band == "a90plus":
        return "age_90_plus"
    first, last = band[1:].split("_")
    return f"age_{int(first)}_{int(last)}"


def people_by_deprivation(areas: list[SmallArea]) -> list[Row]:
    """People of mid-2017 by footprint, council, national fifth of deprivation and five-year band."""
    totals = added_up(areas, lambda area: (area.footprint, area.council, area.fifth))
    return [
        {"footprint": footprint, "council": council, "fifth": fifth}
        | {column(band): persons for band, persons in zip(BANDS, people, strict=True)}
        for (footprint, council, fifth), people in totals.items()
    ]


def deprivation(raw: Raw, areas: list[SmallArea]) -> list[Row]:
    """How deprived each footprint, council and district is: mean score by people, and people in the worst fifth."""
    published = {row["ltla21_code"]: number(row["Score"]) for row in raw.rows("health/imd2015_ltla21.csv")}
    kinds: list[tuple[str, Callable[[SmallArea], str]]] = [
        ("england", lambda area: "E92000001"),
        ("footprint", lambda area: area.footprint),
        ("council", lambda area: area.council),
        ("district", lambda area: area.district if area.district.startswith("E07") else ""),
    ]
    rows: list[Row] = []
    for kind, where in kinds:
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for area in areas:
            persons = sum(area.people)
            for n, value in enumerate((persons, persons * area.score, persons * (area.fifth == 1))):
                sums[where(area)][n] += value
        sums.pop("", None)
        rows += [
            {
                "kind": kind,
                "area": area,
                "people_2017": people,
                "imd2015_score": round(scored / people, 3),
                "share_in_most_deprived_fifth": round(worst / people, 5),
                "imd2015_score_published": published.get(area) if kind != "footprint" else None,
            }
            for area, (people, scored, worst) in sums.items()
        ]
    return rows
