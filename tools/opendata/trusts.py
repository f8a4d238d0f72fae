"""Providers of care: NHS trusts of the time, the footprint each is counted in, and who took over from whom."""

from __future__ import annotations

import re

from .raw import Raw, table
from .writing import Row

ORDER = ("workforce", "lookup", "status", "winter", "mar", "hes", "ods")
"""Where a name is looked for first: the name of September 2017 before today's."""

LOWER = {"and", "of", "the", "for", "in", "on", "upon"}
CAPITALS = {"NHS", "UK", "BMI", "LLP", "ISTC", "PLC", "CIC"}


def trusts(raw: Raw, codes: set[str]) -> list[Row]:
    """Every provider that some table names, and every NHS trust with a place of its own in the organisation file."""
    names = all_names(raw)
    places = footprint_of(raw)
    official = {row["ods_code"]: row for row in raw.rows("trusts/ods_etr_trusts.csv")}
    after = later(raw)
    rows: list[Row] = []
    for code in sorted(codes | {code for code in places if any(code in names[source] for source in ORDER)}):
        name = next((names[source][code] for source in ORDER if code in names[source]), "")
        also = names["ods"].get(code, "")
        footprint, method = places.get(code, ("", "not known" if is_trust(code) else "not an NHS trust: not placed"))
        dates = official.get(code, {"open_date": "", "close_date": ""})
        rows.append(
            {
                "ods": code,
                "name": name,
                "also": also if plainly(also) != plainly(name) else "",
                "kind": kind(name, code),
                "footprint": footprint,
                "method": method,
                "opened": day(dates["open_date"]),
                "closed": day(dates["close_date"]),
                "successor": " ".join(after.get(code, [])),
            }
        )
    return rows


def is_trust(code: str) -> bool:
    """NHS trusts have three letters or digits, R or T first (or five, in the newest codes)."""
    return bool(re.fullmatch(r"[RT][A-Z0-9]{2}|G6V2S", code))


def all_names(raw: Raw) -> dict[str, dict[str, str]]:
    """The name each file gives to each code."""
    winter: dict[str, str] = {}
    for year in ("2018-19", "2017-18", "2016-17", "2015-16"):
        winter |= {row["org_code"]: row["org_name"] for row in raw.rows(f"activity/winter_sitrep_{year}.csv")}
    staff = raw.rows("workforce/hchs_fte_by_org_staff_group_2017-09.csv")
    activity = raw.rows("activity/mar_provider_monthly_2012-13_2015-16.csv")
    stays = raw.rows("activity/hes_ordinary_episodes_los_by_provider_age_2017-18.csv")
    return {
        "workforce": {row["org_code"]: tidy(row["org_name"]) for row in staff},
        "lookup": {row["code"]: tidy(row["Trust"]) for row in raw.rows("trusts/trust_stp17_lookup.csv")},
        "status": {
            row["nhs_trust22_code"]: tidy(row["nhs_trust22_name"])
            for row in raw.rows("trusts/trust22_region21_status.csv")
        },
        "winter": {code: tidy(name) for code, name in winter.items()},
        "mar": {row["org_code"]: tidy(row["org_name"]) for row in activity},
        "hes": {row["provider_code"]: tidy(row["provider_name"]) for row in stays},
        "ods": {row["ods_code"]: tidy(row["name"]) for row in raw.rows("trusts/ods_etr_trusts.csv")},
    }


def tidy(name: str) -> str:
    """A name as people write it: not all in capitals, small words small."""
    words = name.split()
    if name == name.upper():
        words = [word if word.strip("(),") in CAPITALS else word.capitalize() for word in words]
    words = [word.lower() if n and word.lower() in LOWER else word for n, word in enumerate(words)]
    return re.sub(r"([(\-&/])([a-z])", lambda found: found[1] + found[2].upper(), " ".join(words))


def plainly(name: str) -> str:
    """A name without case or punctuation, for telling two apart."""
    return re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ")).strip().removeprefix("the ")


KINDS = {
    "ambulance": "ambulance",
    "community": r"community (health|services|nhs)|care services",
    "mental health": r"mental health|partnership",
    "specialist": "children|women|eye hospital|orthopaedic|marsden|christie|brompton|papworth|cancer|walton centre"
    "|heart and chest|queen victoria|rheumatic",
}
"""Words in a trust's name that tell its kind, first match first; any other NHS trust counts as acute."""


def kind(name: str, code: str) -> str:
    """The kind of provider, from `trust_kinds.csv` beside this script or from its name: no official class."""
    by_hand = {row["ods"]: row["kind"] for row in table("trust_kinds.csv")}
    if not is_trust(code):
        return "other provider"
    told = (kind for kind, words in KINDS.items() if re.search(words, name, re.IGNORECASE))
    return by_hand.get(code) or next(told, "acute")


def day(text: str) -> str:
    """'20171001' as '2017-10-01'."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if text else ""


def later(raw: Raw) -> dict[str, list[str]]:
    """The trusts that took over from each trust."""
    found: dict[str, list[str]] = {}
    for row in raw.rows("trusts/trust_successors.csv"):
        found.setdefault(row["old_code"], [])
        if row["new_code"] not in found[row["old_code"]]:
            found[row["old_code"]].append(row["new_code"])
    return {code: sorted(codes) for code, codes in found.items()}


METHODS = {
    "as_published_lookup": "published lookup",
    "stp21_membership (head office)": "membership of 2021 (head office)",
}


def footprint_of(raw: Raw) -> dict[str, tuple[str, str]]:
    """The footprint each trust is counted in and how that was found; `trusts.csv` beside this script mends 17."""
    found: dict[str, tuple[str, str]] = {}
    for row in raw.rows("trusts/trust_stp17_extended_derived.csv"):
        method = METHODS.get(row["method"]) or row["method"].replace("_", " ")
        found[row["org_code"]] = (row["STP17CD"], method)
    for row in table("trusts.csv"):
        found[row["ods"]] = (row["footprint"], row["method"])
    return found
