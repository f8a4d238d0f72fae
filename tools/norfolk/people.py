"""Places, the people who live in them, and the organisations that serve them."""

from __future__ import annotations

from collections import defaultdict

from .raw import FOOTPRINT, Raw, age_of, number
from .writing import Row

PLACE = "norfolk_and_waveney"
COMMISSIONERS = "nhs_commissioners_together"
COUNCILS = "councils_together"
COUNCIL_SERVICES = "council_services"

SECTORS = (
    (
        COMMISSIONERS,
        "Commissioners of Norfolk and Waveney, together",
        "sector",
        "payers of hospital care, as one",
        True,
    ),
    (COUNCILS, "Councils of Norfolk and Waveney, together", "council", "payers of council services, as one", True),
    (COUNCIL_SERVICES, "Social care and public health services in Norfolk and Waveney", "sector", "services", False),
)
"""Key, name, role, kind and whether its money is followed."""

PROVIDERS = {
    "RM1": ("Norfolk and Norwich University Hospitals NHS Foundation Trust", "NHS foundation trust, acute"),
    "RGP": ("James Paget University Hospitals NHS Foundation Trust", "NHS foundation trust, acute"),
    "RCX": ("The Queen Elizabeth Hospital King's Lynn NHS Foundation Trust", "NHS foundation trust, acute"),
    "RMY": ("Norfolk and Suffolk NHS Foundation Trust", "NHS foundation trust, mental health"),
    "RY3": ("Norfolk Community Health and Care NHS Trust", "NHS trust, community"),
    "RYC": ("East of England Ambulance Service NHS Trust", "NHS trust, ambulance; serves six counties"),
}

STP_AGES = "population/mid2017_mid2019_stp17_single_year_of_age.csv"
CCG_AGES = "population/mid2017_mid2019_ccg17_single_year_of_age.csv"

Ages = dict[int, float]


def members(raw: Raw) -> list[dict[str, str]]:
    """The clinical commissioning groups of April 2017."""
    rows = raw.rows("ons-lookups/ccg17_stp17.csv", STP17CD=FOOTPRINT)
    assert len(rows) == 5
    return sorted(rows, key=lambda row: row["CCG17CDH"])


def ages(raw: Raw, year: str, area: str = FOOTPRINT) -> Ages:
    """People by single year of age in the footprint, or in England as the sum of the 44 footprints."""
    people: Ages = defaultdict(float)
    for row in raw.rows(STP_AGES, year=year):
        if area in ("England", row["STP17CD"]):
            people[age_of(row["age"])] += number(row["persons"])
    assert sorted(people) == list(range(91))
    return dict(people)


def ccg_ages(raw: Raw) -> dict[str, dict[str, Ages]]:
    """People by commissioning group, year and single year of age."""
    codes = {row["CCG17CD"]: row["CCG17CDH"] for row in members(raw)}
    people: dict[str, dict[str, Ages]] = defaultdict(lambda: defaultdict(dict))
    for row in raw.rows(CCG_AGES):
        if row["CCG17CD"] in codes:
            people[codes[row["CCG17CD"]]][row["year"]][age_of(row["age"])] = number(row["persons"])
    return people


def share_of_suffolk(raw: Raw) -> float:
    """Share of Suffolk's people who live in the footprint (Waveney)."""
    (row,) = raw.rows("stp/stp17_hwb17_overlap.csv", STP17CD=FOOTPRINT, HWB17NM="Suffolk")
    return number(row["share_of_hwb"])


def places(raw: Raw) -> list[Row]:
    """The footprint, its commissioners' areas, both counties as councils and as boards, and England to lean on."""
    here, england = sum(ages(raw, "2017").values()), sum(ages(raw, "2017", "England").values())
    rows: list[Row] = [
        place(PLACE, "Norfolk and Waveney", "footprint", FOOTPRINT, 1.0, 1.0, "ons_lookups"),
        place("england", "England", "reference", "E92000001", here / england, None, "ons_population"),
    ]
    for ccg in members(raw):
        code = ccg["CCG17CDH"]
        share = sum(ccg_ages(raw)[code]["2017"].values()) / here
        rows.append(
            place(f"area_{code.lower()}", ccg["CCG17NM"], "commissioner", ccg["CCG17CD"], 1.0, share, "ons_lookups")
        )
    for row in raw.rows("stp/stp17_hwb17_overlap.csv", STP17CD=FOOTPRINT):
        county, share_in, share_of = row["HWB17NM"], number(row["share_of_hwb"]), number(row["share_of_stp"])
        for kind, name in (("council", f"{county} county"), ("board", f"{county} Health and Wellbeing Board")):
            rows.append(
                place(f"{county.lower()}_{kind}", name, kind, row["HWB17CD"], share_in, share_of, "footprint_overlaps")
            )
    return rows


def place(key: str, name: str, kind: str, code: str, share_in: float, share_of: float | None, source: str) -> Row:
    """One place."""
    return {
        "key": key,
        "name": name,
        "kind": kind,
        "code": code,
        "share_in_footprint": share_in,
        "share_of_footprint": share_of,
        "source": source,
    }


def population(raw: Raw) -> list[Row]:
    """Mid-2017 and mid-2019 by single year of age: the footprint, its commissioners' areas, England."""
    rows: list[Row] = []
    for year in ("2017", "2019"):
        groups = {PLACE: ages(raw, year), "england": ages(raw, year, "England")}
        groups |= {f"area_{code.lower()}": years[year] for code, years in ccg_ages(raw).items()}
        for key, people in groups.items():
            for age, persons in people.items():
                rows.append(
                    {"place": key, "year": int(year), "age": age, "persons": persons, "source": "ons_population"}
                )
    for row in rows:
        row["sex"] = "persons"
    return rows


def organisations(raw: Raw) -> list[Row]:
    """Real bodies stand without accounts; sectors of the place carry what can be said about money."""
    rows: list[Row] = []
    for key, name, role, kind, follows in SECTORS:
        rows.append(body(key, name, role, kind, "", PLACE, "sectors", accounts=follows))
    for ccg in members(raw):
        code = ccg["CCG17CDH"].lower()
        kind = "clinical commissioning group"
        rows.append(
            body(f"ccg_{code}", ccg["CCG17NM"], "commissioner", kind, code.upper(), f"area_{code}", "ons_lookups")
        )
    for row in raw.rows("stp/stp17_hwb17_overlap.csv", STP17CD=FOOTPRINT):
        name, county = f"{row['HWB17NM']} County Council", row["HWB17NM"].lower()
        where, code = f"{county}_council", row["HWB17CD"]
        rows.append(
            body(f"{county}_county_council", name, "council", "county council", code, where, "footprint_overlaps")
        )
    known = {row["ods_code"] for row in raw.rows("trusts/ods_etr_trusts.csv")}
    for code, (name, kind) in PROVIDERS.items():
        assert code in known, code
        rows.append(
            body(f"trust_{code.lower()}", name, "provider", kind, code, "" if code == "RYC" else PLACE, "ods_trusts")
        )
    return rows


def body(key: str, name: str, role: str, kind: str, code: str, where: str, source: str, accounts: bool = False) -> Row:
    """One organisation."""
    return {
        "key": key,
        "name": name,
        "role": role,
        "kind": kind,
        "code": code,
        "place": where,
        "accounts": accounts,
        "source": source,
    }
