"""Where every number comes from, and what was done to it: the words stand in `sources.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from tripleaim.opendata.published import published
from tripleaim.opendata.start.beds import beds_in_words, beds_used
from tripleaim.opendata.start.flows import patients_here, stay_here, whose_catchment
from tripleaim.opendata.start.growth import Growth
from tripleaim.opendata.start.lines import HospitalLine
from tripleaim.opendata.start.money import GROWTHS, UNIT_COSTS
from tripleaim.opendata.start.stated import Stated
from tripleaim.opendata.start.subject import Subject, listed, per_cent
from tripleaim.plan.activity import BedPool
from tripleaim.plan.source import Source, SourceKind

HOW = {
    "fitted": "Softest part: worked out.",
    "held": "Softest part: our opinion. The fitted growth is not used: it is held to 3 % a year.",
    "england": "Softest part: our opinion that England's growth holds here.",
}
STAND_IN = "Softest part: our opinion that these stays will do."
GROWTH_TOLD = {
    "fitted": "fitted and kept as fitted, source growth_fitted",
    "held": "held to 3 % a year, source growth_held",
    "england": "England's, source growth_england",
    "ae": "source growth_ae_model",
}
COST_TOLD = (
    "Unit cost: national reference cost of 2016/17 as printed by HFMA ({amount}; "
    "https://www.hfma.org.uk/news/healthcare-finance/news-item/reference-cost-data-published), "
    "brought back a year by the "
    "overall inflation of NHS Improvement's economic assumptions (3.1 %; "
    "https://improvement.nhs.uk/resources/economic-assumptions-1617-to-2021/): source "
    "unit_costs_2016_17, assumption {key}."
)


@cache
def told() -> dict[str, dict[str, str]]:
    """The words of every fixed source."""
    text = files("tripleaim.opendata").joinpath("start", "sources.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def packaged() -> dict[str, Any]:
    """The sources of the open data by key: address and licence."""
    return {each.key: each for each in published().sources}


def sources(
    subject: Subject,
    care: list[HospitalLine],
    found: dict[str, Growth],
    beds: Iterable[BedPool],
    printed: Stated,
    used: set[str],
) -> tuple[Source, ...]:
    """Every source the plan's rows rest on: the fixed ones, one for each line with something odd, and printed pages."""
    words = words_of(subject, care, found, tuple(beds))
    fixed = {key: fixed_source(key, words, found) for key in told()}
    flagged = [flagged_source(each, fixed[each.base]) for each in care if each.flags]
    every = {each.key: each for each in (*fixed.values(), *flagged, *printed.pages.values())}
    return tuple(every[key] for key in sorted(used))


def fixed_source(key: str, words: dict[str, str], found: dict[str, Growth]) -> Source:
    """One source of the file of words, with the words of this place filled in."""
    entry = told()[key]
    kind, filled = entry["kind"], dict(words)
    if name := entry.get("growth"):
        how = found[name].how if name in found else "ae"
        kind = "judged" if how != "fitted" else kind
        assumption = GROWTHS[name][0]
        filled["growth"] = f"Growth: {GROWTH_TOLD[how]}, assumption {assumption}."
        filled["how"] = HOW.get(how, "")
        filled["cost"] = COST_TOLD.format(amount=entry["cost"], key=UNIT_COSTS[name][0])
    origin = packaged().get(entry.get("from", ""))
    licence = origin.licence if origin else ""
    if "growth" in entry:
        licence += "; HFMA figures: facts only, cited" + ("; growth: MIT" if entry["growth"] == "ae" else "")
    return Source(
        key=key,
        kind=SourceKind(kind),
        title=entry["title"],
        publisher=("Triple Aim authors (growth); " if kind != entry["kind"] else "") + entry["publisher"],
        year=entry["year"],
        url=origin.url if origin else "",
        licence=entry.get("licence", licence),
        note=" ".join(entry["note"].format_map(filled).split()),
    )


def flagged_source(each: HospitalLine, base: Source) -> Source:
    """The source of a line with something odd: the words of its kind of care, after what is odd about it."""
    short = each.line.name.rpartition(", ")[2]
    first = f"FLAGGED, {short}: {'; '.join(each.flags)}. "
    kind = SourceKind.JUDGED if each.stand_in else base.kind
    return base.model_copy(
        update={
            "key": each.line.source,
            "kind": kind,
            "title": f"{base.title}; {short}",
            "publisher": base.publisher
            if "Triple Aim authors" in base.publisher or kind is base.kind
            else f"Triple Aim authors (stay); {base.publisher}",
            "note": first + (base.note.replace(HOW["fitted"], STAND_IN) if each.stand_in else base.note),
        }
    )


def words_of(
    subject: Subject, care: list[HospitalLine], found: dict[str, Growth], beds: tuple[BedPool, ...]
) -> dict[str, str]:
    """What differs from place to place, in words."""
    used = beds_used(each.line for each in care)
    of_hospital = {f"beds_{each.code}": each for each in subject.hospitals}
    return {
        "cut_groups": cut_groups(subject),
        "cut_councils": cut_councils(subject),
        "patients": patients(subject),
        "stay_here": staying(subject),
        "beds": " ".join(beds_in_words(of_hospital[pool.key], pool, used[pool.key]) for pool in beds),
        "left_out": f"{left_out(found)} {joined(subject)}".strip(),
        **{f"growth_{how}": growth_in_words(found, how) for how in HOW},
    }


def cut_groups(subject: Subject) -> str:
    """Commissioning groups that the footprint's boundary cuts."""
    if not subject.cut_groups:
        return "No commissioning group is cut by the boundary."
    return (
        listed(
            f"{per_cent(each.share)} of the people of {each.name} (version {each.version}) live here"
            for each in subject.cut_groups
        )
        + ". "
    )


def cut_councils(subject: Subject) -> str:
    """Councils that the footprint's boundary cuts."""
    cut = [(council, overlap) for council, overlap in subject.councils if overlap.share_of_council < 1]
    if not cut:
        return "No council is cut by the boundary."
    parts = listed(f"{per_cent(overlap.share_of_council)} of {council.name}" for council, overlap in cut)
    rest = "; the others count whole" if len(cut) < len(subject.councils) else ""
    return f"The boundary cuts through councils: of their people, {parts} live here{rest}."


def patients(subject: Subject) -> str:
    """The share of each hospital's patients who live in the footprint."""
    parts = []
    for hospital in subject.hospitals:
        share = patients_here(subject, hospital)
        told_as = "not published" if share is None else per_cent(share)
        parts.append(f"{hospital.short} {told_as}{whose_catchment(hospital)}")
    return "; ".join(parts) + "." if parts else "no hospital is counted here."


def staying(subject: Subject) -> str:
    """The share of residents' unplanned admissions at trusts counted here."""
    share = stay_here(subject)
    if share is None:
        return ""
    return (
        f"By these shares and the unplanned admissions of 2015/16, {per_cent(share, 0)} of residents' "
        "unplanned admissions "
        "are at trusts counted here."
    )


def left_out(found: dict[str, Growth]) -> str:
    """Trusts whose series tell nothing about growth."""
    parts = [f"{GROWTHS[kind][1].lower()}: {listed(each.left_out)}" for kind, each in found.items() if each.left_out]
    return f"Left out: {'; '.join(parts)}." if parts else "None is left out here."


def joined(subject: Subject) -> str:
    """Trusts that had merged by the opening year: their earlier returns count with those of the trust they joined."""
    parts = [
        f"{hospital.short} with {listed(each.name for each in hospital.joined)}"
        for hospital in subject.hospitals
        if hospital.joined
    ]
    return f"Trusts that merged by then are counted together in every year: {'; '.join(parts)}." if parts else ""


def growth_in_words(found: dict[str, Growth], how: str) -> str:
    """The steps of each growth estimate that was found in one way, in a sentence."""
    parts = []
    for kind, each in found.items():
        if each.how == how:
            words = (
                f"{GROWTHS[kind][1].lower()} {per_cent(each.observed)} (standard error {per_cent(each.error)}) less "
                f"{per_cent(each.demographic)} gives {per_cent(each.rest)}"
            )
            used = f", used as {per_cent(each.value.point)}" if abs(each.value.point - each.rest) > 5e-5 else ""
            parts.append(words + used)
    return "; ".join(parts).capitalize() + "." if parts else ""
