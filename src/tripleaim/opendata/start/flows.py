"""Where a trust's patients live, and where the people of a footprint go: care is counted where the trust sits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from tripleaim.opendata.published import published
from tripleaim.opendata.start.subject import (
    HOSPITAL_KINDS,
    OPENING_YEAR,
    Hospital,
    Subject,
    joined_later,
    listed,
    returns,
    trusts_by_code,
)

EDITION = "2022-08-01"
"""The catchments have the trusts that stood at about this day."""


@cache
def shares() -> Mapping[str, Mapping[str, float]]:
    """Share of each trust's patients by footprint."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for each in published().trust_catchments:
        if each.kind == "footprint":
            found[each.trust][each.area] = each.share
    return found


def catchment(ods: str) -> tuple[Mapping[str, float], str]:
    """Where a trust's patients live, and the successor whose catchment stands in where it is not its own.

    A successor counted in another footprint does not stand in: most of its patients were never this trust's.
    """
    if ods in shares():
        return shares()[ods], ""
    trust = trusts_by_code().get(ods)
    successors = trust.successor.split() if trust else ()
    later = next((code for code in successors if code in shares() and same_place(ods, code)), "")
    return shares().get(later, {}), later


def same_place(one: str, other: str) -> bool:
    """Whether two trusts are counted in the same footprint."""
    known = trusts_by_code()
    return one in known and other in known and known[one].footprint == known[other].footprint


def others_in_it(hospital: Hospital) -> tuple[str, ...]:
    """Codes of trusts of other footprints whose patients its catchment holds too, because they have joined it since."""
    ods = hospital.trust.ods
    return tuple(each.ods for each in joined_later(ods, EDITION) if not same_place(each.ods, ods))


def patients_here(subject: Subject, hospital: Hospital) -> float | None:
    """Share of a hospital's patients who live in the footprint; None where not published."""
    found, _ = catchment(hospital.trust.ods)
    return found.get(subject.code, 0.0) if found else None


def whose_catchment(hospital: Hospital) -> str:
    """Whose patients a catchment holds, in words, where it is not only the hospital's own."""
    if later := catchment(hospital.trust.ods)[1]:
        return f" (of {later}, which it joined)"
    others = others_in_it(hospital)
    return f" (with {listed(others)} of another footprint, which has joined it since)" if others else ""


@cache
def unplanned_by_home() -> Mapping[str, Mapping[str, float]]:
    """Unplanned admissions of 2015/16 by footprint where people live, and the footprint where the trust is counted."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (ods, year), each in returns().items():
        trust = trusts_by_code().get(ods)
        if year == OPENING_YEAR and trust and trust.kind in HOSPITAL_KINDS:
            for home, share in catchment(ods)[0].items():
                found[home][trust.footprint] += share * each.non_elective
    return found


def stay_here(subject: Subject) -> float | None:
    """Share of residents' unplanned admissions that are at trusts counted here.

    Other trusts whose patients' homes are not published are left out; None where a trust here is one of them, or where
    a trust of another footprint has joined one here since.
    """
    if any(patients_here(subject, each) is None or others_in_it(each) for each in subject.hospitals):
        return None
    by_trust = unplanned_by_home().get(subject.code, {})
    total = sum(by_trust.values())
    return by_trust.get(subject.code, 0.0) / total if total else None
