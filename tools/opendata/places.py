"""Footprints of April 2017, who commissions and governs in them, and what they became."""

from __future__ import annotations

from .raw import Raw, number
from .writing import Row

OVERLAPS = "stp/stp17_hwb17_overlap.csv"
DISTRICTS = "stp/stp17_lad17_overlap.csv"


def footprints(raw: Raw) -> list[Row]:
    """The 44, by their number of 2016."""
    return [
        {
            "code": row["STP17CD"],
            "number": int(row["footprint_no"]),
            "name": row["STP17NM"],
            "region": row["NHSER17NM"],
            "ods_2020": row["ods_code_2020_if_same_ons_code"],
            "version": "2017-04",
        }
        for row in raw.rows("stp/stp17_footprints.csv")
    ]


def commissioners(raw: Raw) -> list[Row]:
    """The 209 of April 2016 (Cumbria in two footprints) and the 207 of April 2017."""
    people: dict[str, float] = {}
    for row in raw.rows("population/mid2017_mid2019_ccg17_single_year_of_age.csv", year="2017"):
        people[row["CCG17CD"]] = people.get(row["CCG17CD"], 0.0) + number(row["persons"])
    of_2016 = [
        commissioner("2016-04", row, "16", number(row["share_of_ccg16"]), number(row["population_mid2017"]))
        for row in raw.rows("stp/ccg16_to_stp17.csv")
    ]
    of_2017 = [
        commissioner("2017-04", row, "17", 1.0, people[row["CCG17CD"]])
        for row in raw.rows("ons-lookups/ccg17_stp17.csv")
    ]
    return of_2016 + of_2017


def commissioner(version: str, row: dict[str, str], of: str, share: float, people: float) -> Row:
    """One commissioning group in one footprint."""
    return {
        "version": version,
        "code": row[f"CCG{of}CD"],
        "ods": row[f"CCG{of}CDH"],
        "name": row[f"CCG{of}NM"],
        "footprint": row["STP17CD"],
        "share": share,
        "people_2017": people,
    }


KINDS = {
    "E06": "unitary authority",
    "E08": "metropolitan borough",
    "E09": "London borough",
    "E10": "county council",
}
"""What the first three letters of a code say. The City of London is no borough, but is coded as one."""


def councils(raw: Raw) -> list[Row]:
    """The 152 councils that run social care; each has a Health and Wellbeing Board of the same area."""
    names = {row["HWB17CD"]: row["HWB17NM"] for row in raw.rows(OVERLAPS)}
    return [{"code": code, "name": name, "kind": KINDS[code[:3]]} for code, name in names.items()]


def council_overlaps(raw: Raw) -> list[Row]:
    """Where a council's people live in a footprint, with both shares."""
    return [
        {
            "footprint": row["STP17CD"],
            "council": row["HWB17CD"],
            "people_2017": number(row["population_mid2017"]),
            "share_of_footprint": number(row["share_of_stp"]),
            "share_of_council": number(row["share_of_hwb"]),
        }
        for row in raw.rows(OVERLAPS)
    ]


def upper_tier(raw: Raw) -> dict[str, str]:
    """The council that runs social care in each district of 2017: the county's, or the area's own where there is none.

    The lookup puts metropolitan boroughs and London boroughs under counties that run no social care.
    """
    rows = raw.rows("ons-lookups/ltla17_utla17.csv")
    return {
        row["LTLA17CD"]: row["UTLA17CD"] if row["LTLA17CD"].startswith("E07") else row["LTLA17CD"]
        for row in rows
        if row["LTLA17CD"].startswith("E")
    }


def district_overlaps(raw: Raw) -> list[Row]:
    """The same for the 326 districts and unitary areas."""
    above = upper_tier(raw)
    return [
        {
            "footprint": row["STP17CD"],
            "district": row["LAD17CD"],
            "name": row["LAD17NM"],
            "council": above[row["LAD17CD"]],
            "people_2017": number(row["population_mid2017"]),
            "share_of_footprint": number(row["share_of_stp"]),
            "share_of_district": number(row["share_of_lad"]),
        }
        for row in raw.rows(DISTRICTS)
    ]


def successors(raw: Raw) -> list[Row]:
    """The integrated care boards of July 2022 that each footprint's people now belong to."""
    return [
        {
            "footprint": row["STP17CD"],
            "icb": row["icb22_code"],
            "ods": row["icb22_code_h"],
            "name": row["icb22_name"],
            "people_2017": number(row["population_mid2017"]),
            "share_of_footprint": number(row["share_of_stp"]),
            "share_of_icb": number(row["share_of_icb"]),
        }
        for row in raw.rows("stp/stp17_icb22_successor.csv")
    ]
