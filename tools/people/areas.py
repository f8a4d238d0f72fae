"""Areas with people in them, on the boundaries of Census 2021, from the published files or from the small sample."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from checked import require_unchanged
from numpy.typing import NDArray

Array = NDArray[np.float64]

OLDEST = 90
"""The open top age: 90 and over."""

POPULATION = "population/"
MID_2011 = POPULATION + "mid2011_lad_single_year_of_age_by_sex.csv"
MID_2017_2019 = POPULATION + "mid2017_mid2019_lad17_single_year_of_age.csv"
FOOTPRINTS = POPULATION + "mid2017_mid2019_stp17_single_year_of_age.csv"
CENSUS = POPULATION + "census2021_ltla21_age_bands_by_sex.csv"
CHANGES = "ons-lookups/ltla16_to_ltla24_changes.csv"
COUNTIES = "ons-lookups/ltla17_utla17.csv"
OVERLAPS = "stp/stp17_lad17_overlap.csv"

CHECKSUMS: dict[str, str] = tomllib.loads((Path(__file__).parent / "inputs.toml").read_text(encoding="utf-8"))

BANDS = ("younger", "working_age", "older")
"""Bands of the Census file as its makers named them; `measure.CENSUS_GROUPS` says which ages each really holds."""


@dataclass
class Area:
    """One area: people by single year of age at each mid-year, and at Census 2021 by the bands of that file."""

    code: str
    name: str = ""
    estimates: dict[int, Array] = field(default_factory=lambda: defaultdict(lambda: np.zeros(OLDEST + 1)))
    census: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, other: Area, share: float = 1.0) -> None:
        """Take in a share of another area's people, the same at every age."""
        for year, count in other.estimates.items():
            self.estimates[year] += share * count
        for band, counted in other.census.items():
            self.census[band] += share * counted


class Raw:
    """A folder of published files, each read only when it is exactly the file we saw."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        require_unchanged(folder, CHECKSUMS, "Not measured")

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one file."""
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


def districts(raw: Raw) -> dict[str, Area]:
    """The 309 districts of Census 2021. Earlier districts are added up to them; none was split."""
    now = _district_of_2021(raw)
    names = {row["ltla21_code"]: row["ltla21_name"] for row in raw.rows(CHANGES)}
    found = {code: Area(code, names[code]) for code in sorted(set(now.values()))}
    for row in raw.rows(MID_2017_2019):
        found[now[row["LAD17CD"]]].estimates[int(row["year"])][_age(row)] += float(row["persons"])
    for row in raw.rows(MID_2011):
        found[now[row["LAD_CD"]]].estimates[2011][_age(row)] += float(row["females"]) + float(row["males"])
    for row in raw.rows(CENSUS):
        area = found[row["ltla21_code"]]
        area.census["total"] = float(row["total_population"])
        for band in BANDS:
            area.census[band] = float(row[f"{band}_females"]) + float(row[f"{band}_males"])
    return found


def councils(raw: Raw, parts: dict[str, Area]) -> dict[str, Area]:
    """Councils that answer for social care in 2021: counties from their districts, all others as they are."""
    now = _district_of_2021(raw)
    county = {
        now[row["LTLA17CD"]]: row["UTLA17CD"]
        for row in raw.rows(COUNTIES)
        if row["UTLA17CD"].startswith("E10") and now[row["LTLA17CD"]].startswith("E07")
    }
    return gathered(parts, ((county.get(code, code), code, 1.0) for code in parts))


def footprints(raw: Raw, parts: dict[str, Area]) -> dict[str, Area]:
    """The 44 footprints of 2017, put together from districts by each one's share of people in mid-2017.

    The shares are the same at every age and in every year, in what is projected and in what it is compared with.
    """
    now = _district_of_2021(raw)
    inside: dict[tuple[str, str], float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    for row in raw.rows(OVERLAPS):
        people = float(row["population_mid2017"])
        inside[row["STP17CD"], now[row["LAD17CD"]]] += people
        whole[now[row["LAD17CD"]]] += people
    return gathered(parts, ((place, code, people / whole[code]) for (place, code), people in inside.items()))


def published_footprints(raw: Raw) -> dict[str, Area]:
    """The 44 footprints as the estimates give them, mid-2017 and mid-2019."""
    found: dict[str, Area] = {}
    for row in raw.rows(FOOTPRINTS):
        area = found.setdefault(row["STP17CD"], Area(row["STP17CD"]))
        area.estimates[int(row["year"])][_age(row)] += float(row["persons"])
    return found


def gathered(parts: dict[str, Area], shares: Iterable[tuple[str, str, float]]) -> dict[str, Area]:
    """Areas put together from (area, part, share of the part)."""
    found: dict[str, Area] = {}
    for code, part, share in shares:
        found.setdefault(code, Area(code)).add(parts[part], share)
    return found


def england(parts: dict[str, Area]) -> Area:
    """All districts together."""
    return gathered(parts, (("england", code, 1.0) for code in parts))["england"]


def write_sample(folder: Path, parts: dict[str, Area], whole: Area, every: int = 13) -> list[str]:
    """Every thirteenth district by code, and England, so that the tests can measure again; returns their codes."""
    chosen = [parts[code] for code in sorted(parts)[::every]]
    with (folder / "estimates.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "year", *range(OLDEST + 1)])
        for area in (whole, *chosen):
            out.writerows([area.code, year, *map(int, area.estimates[year])] for year in sorted(area.estimates))
    with (folder / "census.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "total", *BANDS])
        out.writerows([area.code, *(int(area.census[band]) for band in ("total", *BANDS))] for area in chosen)
    return [area.code for area in chosen]


def read_sample(folder: Path) -> tuple[dict[str, Area], Area]:
    """The sampled districts, and England."""
    found: dict[str, Area] = {}
    for row in _read(folder / "estimates.csv"):
        area = found.setdefault(row["code"], Area(row["code"]))
        area.estimates[int(row["year"])] = np.array([float(row[str(age)]) for age in range(OLDEST + 1)])
    for row in _read(folder / "census.csv"):
        found[row["code"]].census = {band: float(row[band]) for band in ("total", *BANDS)}
    whole = found.pop("england")
    return found, whole


def _read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def _district_of_2021(raw: Raw) -> dict[str, str]:
    rows = raw.rows(CHANGES)
    return {row["ltla17_code"]: row["ltla21_code"] for row in rows if row["ltla17_code"].startswith("E")}


def _age(row: dict[str, str]) -> int:
    return int(row["age"].rstrip("+"))
