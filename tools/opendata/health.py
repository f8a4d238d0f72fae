"""The ONS Health Index: thirty indicators in their own units, by area and year."""

from __future__ import annotations

import re

from .catchments import districts_of
from .places import DISTRICTS, upper_tier
from .raw import Raw, number
from .writing import Row

FILE = "health/ons_health_index_indicator_values_ltla21_2015_2021.csv"
CENSUS = "population/census2021_ltla21_age_bands_by_sex.csv"


def slug(name: str) -> str:
    """'Self-harm' as 'self_harm'."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def health(raw: Raw) -> list[Row]:
    """Every year: England, footprints and councils as means by people, districts as published."""
    rows: list[Row] = []
    for year in sorted({row["year"] for row in raw.rows(FILE)}):
        published = {row["ltla21_code"]: values(row) for row in raw.rows(FILE, year=year)}
        rows += of_year(raw, int(year), published)
    return rows


Values = dict[str, float]


def values(row: dict[str, str]) -> Values:
    """The indicators of one row."""
    return {slug(name): number(value) for name, value in row.items() if name not in ("ltla21_code", "year")}


def of_year(raw: Raw, year: int, published: dict[str, Values]) -> list[Row]:
    """Every area in one year."""
    census = {row["ltla21_code"]: number(row["total_population"]) for row in raw.rows(CENSUS)}
    england = [(found, census[code]) for code, found in published.items() if code in census]
    rows = [line("england", "E92000001", year, weighted(england), "mean of districts by people of 2021")]
    later = {code: then for then, members in districts_of(raw).items() for code, _ in members}
    above = upper_tier(raw)
    found: dict[str, Values] = {}
    parts: dict[tuple[str, str], list[tuple[Values, float, str]]] = {}
    for row in raw.rows(DISTRICTS):
        code, people = row["LAD17CD"], number(row["population_mid2017"])
        if later[code] not in published:
            continue
        found[code] = published[later[code]]
        for key in (("footprint", row["STP17CD"]), ("council", above[code])):
            parts.setdefault(key, []).append((found[code], people, code))
    for (kind, area), members in parts.items():
        codes = {code for _, _, code in members}
        mean = weighted([(each, people) for each, people, _ in members])
        stands_in = later[area] if codes == {area} else ""
        words = stand_in(area, stands_in) if stands_in else "mean of districts by people of mid-2017"
        rows.append(line(kind, area, year, found[area] if stands_in else mean, words))
    rows += [
        line("district", code, year, found[code], stand_in(code, later[code]))
        for code in found
        if code.startswith("E07")
    ]
    return rows


def stand_in(code: str, later: str) -> str:
    """Says when the value is that of a later, larger district."""
    return "" if code == later else f"value of {later}, of which it became part by 2021"


def weighted(parts: list[tuple[Values, float]]) -> Values:
    """Means weighted by people."""
    people = sum(each for _, each in parts)
    return {name: round(sum(found[name] * each for found, each in parts) / people, 5) for name in parts[0][0]}


def line(kind: str, area: str, year: int, found: Values, flag: str) -> Row:
    """One area in one year."""
    return {"kind": kind, "area": area, "year": year, "flag": flag, **found}
