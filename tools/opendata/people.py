"""People by single year of age: England, footprints, commissioners, councils, and parts of councils that are cut."""

from __future__ import annotations

from collections import defaultdict

from .places import DISTRICTS, OVERLAPS, upper_tier
from .raw import Raw, age_of, number
from .small_areas import BANDS, SmallArea, added_up
from .writing import Row

FOLDER = "population/mid2017_mid2019_{}_single_year_of_age.csv"
MID_2011 = "population/mid2011_lad_single_year_of_age_by_sex.csv"
AGES = range(91)
ENGLAND = "E92000001"

Ages = list[float]
ByYear = dict[int, Ages]


def people(raw: Raw, areas: list[SmallArea]) -> list[Row]:
    """Every area and year, 91 ages wide; the last is 90 and over."""
    footprints = estimates(raw, "stp17", "STP17CD")
    districts = estimates(raw, "lad17", "LAD17CD")
    for code, ages in mid_2011(raw).items():
        districts[code][2011] = ages
    shares = shares_of_districts(areas)
    for code, ages in by_footprint(districts, shares, 2011).items():
        footprints[code][2011] = ages
    kinds = {
        "england": {
            ENGLAND: {year: total([ages[year] for ages in footprints.values()]) for year in (2011, 2017, 2019)}
        },
        "footprint": footprints,
        "commissioner": estimates(raw, "ccg17", "CCG17CD"),
        "council": councils(raw, districts),
        "part": parts(raw, districts, shares),
    }
    return [
        {"kind": kind, "area": area, "year": year} | {f"age_{age}": round(ages[age], 2) for age in AGES}
        for kind, group in kinds.items()
        for area, years in group.items()
        for year, ages in years.items()
    ]


def estimates(raw: Raw, kind: str, column: str) -> dict[str, ByYear]:
    """Mid-2017 and mid-2019 by single year of age, for one kind of area."""
    found: dict[str, ByYear] = defaultdict(lambda: defaultdict(lambda: [0.0] * 91))
    for row in raw.rows(FOLDER.format(kind)):
        found[row[column]][int(row["year"])][age_of(row["age"])] += number(row["persons"])
    return found


def mid_2011(raw: Raw) -> dict[str, Ages]:
    """Mid-2011 by district, both sexes together, ages from 90 pooled."""
    found: dict[str, Ages] = defaultdict(lambda: [0.0] * 91)
    for row in raw.rows(MID_2011):
        found[row["LAD_CD"]][min(age_of(row["age"]), 90)] += number(row["females"]) + number(row["males"])
    return found


def total(groups: list[Ages]) -> Ages:
    """People of each age, added up over groups."""
    return [sum(ages) for ages in zip(*groups, strict=True)]


Shares = dict[tuple[str, str], list[float]]
"""Share of a district's people of each single age who live in a footprint: 1 where the district is not cut."""


def shares_of_districts(areas: list[SmallArea]) -> Shares:
    """From small areas at mid-2017, by five-year band: the same share stands for every age in a band."""
    whole = added_up(areas, lambda area: (area.district,))
    inside = added_up(areas, lambda area: (area.footprint, area.district))
    shares: Shares = {}
    for (footprint, district), bands in inside.items():
        of = whole[(district,)]
        share = [part / all_of_it if all_of_it else 0.0 for part, all_of_it in zip(bands, of, strict=True)]
        shares[str(footprint), str(district)] = [share[min(age // 5, len(BANDS) - 1)] for age in AGES]
    return shares


def inside(ages: Ages, share: list[float]) -> Ages:
    """People of each age who live inside."""
    return [persons * part for persons, part in zip(ages, share, strict=True)]


def by_footprint(districts: dict[str, ByYear], shares: Shares, year: int) -> dict[str, Ages]:
    """People of each footprint in one year, from its districts."""
    found: dict[str, list[Ages]] = defaultdict(list)
    for (footprint, district), share in shares.items():
        found[footprint].append(inside(districts[district][year], share))
    return {footprint: total(groups) for footprint, groups in found.items()}


def councils(raw: Raw, districts: dict[str, ByYear]) -> dict[str, ByYear]:
    """People of each council that runs social care, from its districts."""
    members: dict[str, list[str]] = defaultdict(list)
    for district, council in upper_tier(raw).items():
        members[council].append(district)
    return {
        council: {year: total([districts[code][year] for code in codes]) for year in (2011, 2017, 2019)}
        for council, codes in members.items()
    }


def parts(raw: Raw, districts: dict[str, ByYear], shares: Shares) -> dict[str, ByYear]:
    """People of each council cut by a footprint's boundary who live inside the footprint."""
    above = upper_tier(raw)
    cut = [row for row in raw.rows(OVERLAPS) if number(row["share_of_hwb"]) < 1]
    found: dict[str, ByYear] = {}
    for row in cut:
        mine = [
            other["LAD17CD"]
            for other in raw.rows(DISTRICTS, STP17CD=row["STP17CD"])
            if above[other["LAD17CD"]] == row["HWB17CD"]
        ]
        found[f"{row['STP17CD']}:{row['HWB17CD']}"] = {
            year: total([inside(districts[code][year], shares[row["STP17CD"], code]) for code in mine])
            for year in (2011, 2017, 2019)
        }
    return found
