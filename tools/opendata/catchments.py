"""Where each trust's patients live."""

from __future__ import annotations

from collections import defaultdict

from .places import DISTRICTS, upper_tier
from .raw import Raw, number
from .writing import Row

FILE = "trusts/trust22_catchment_ltla21.csv"


def districts_of(raw: Raw) -> dict[str, list[tuple[str, float]]]:
    """The districts of 2017 inside each district of 2021, with the share of its people each holds."""
    people: dict[str, float] = defaultdict(float)
    for row in raw.rows(DISTRICTS):
        people[row["LAD17CD"]] += number(row["population_mid2017"])
    members: dict[str, set[str]] = defaultdict(set)
    for row in raw.rows("ons-lookups/ltla16_to_ltla24_changes.csv"):
        if row["ltla17_code"] in people:
            members[row["ltla21_code"]].add(row["ltla17_code"])
    return {
        later: [(code, people[code] / sum(people[other] for other in codes)) for code in sorted(codes)]
        for later, codes in members.items()
    }


def trust_catchments(raw: Raw) -> list[Row]:
    """Share of each trust's patients by council and by footprint."""
    inside, above = districts_of(raw), upper_tier(raw)
    footprints: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in raw.rows(DISTRICTS):
        footprints[row["LAD17CD"]].append((row["STP17CD"], number(row["share_of_lad"])))
    shares: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in raw.rows(FILE):
        trust, whole = row["nhs_trust22_code"], number(row["proportion_trust_came_from_ltla"])
        for district, part in inside[row["ltla21_code"]]:
            shares[trust, "council", above[district]] += whole * part
            for footprint, share in footprints[district]:
                shares[trust, "footprint", footprint] += whole * part * share
    return [
        {"trust": trust, "kind": kind, "area": area, "share": round(share, 6), "year": "edition of 2022"}
        for (trust, kind, area), share in shares.items()
        if share >= 0.0000005
    ]
