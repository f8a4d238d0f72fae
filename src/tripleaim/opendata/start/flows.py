"""Where a trust's patients live, and where the people of a footprint go: care is counted where the trust sits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from tripleaim.opendata.published import published
from tripleaim.opendata.start.subject import HOSPITAL_KINDS, OPENING_YEAR, Hospital, Subject, returns, trusts_by_code


@cache
def shares() -> Mapping[str, Mapping[str, float]]:
    """Share of each trust's patients by footprint."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for each in published().trust_catchments:
        if each.kind == "footprint":
            found[each.trust][each.area] = each.share
    return found


def catchment(ods: str) -> tuple[Mapping[str, float], str]:
    """Where a trust's patients live, and the successor whose catchment stands in where it is not its own."""
    if ods in shares():
        return shares()[ods], ""
    trust = trusts_by_code().get(ods)
    later = next((code for code in trust.successor.split() if code in shares()), "") if trust else ""
    return shares().get(later, {}), later


def patients_here(subject: Subject, hospital: Hospital) -> float | None:
    """Share of a hospital's patients who live in the footprint; None where not published."""
    found, _ = catchment(hospital.trust.ods)
    return found.get(subject.code, 0.0) if found else None


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

    Other trusts whose patients' homes are not published are left out; None where a trust here is one of them.
    """
    if any(patients_here(subject, each) is None for each in subject.hospitals):
        return None
    by_trust = unplanned_by_home().get(subject.code, {})
    total = sum(by_trust.values())
    return by_trust.get(subject.code, 0.0) / total if total else None
