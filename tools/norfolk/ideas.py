"""Four modest schemes from the evidence library. They are ours, not proposals of the partners."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.opendata import ENGLAND, people
from tripleaim.opendata.start.indicators import areas
from tripleaim.opendata.start.subject import COMMISSIONERS, Subject
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.scheme import Category, Change, CostKind, Effect, EffectKind, Scheme, SchemeCost, Stage
from tripleaim.quantities import Range, certain

from .raw import FOOTPRINT, told

STROKES_BLOOD_PRESSURE, HEART_ATTACKS_BLOOD_PRESSURE, STROKES_FIBRILLATION = 14500, 9710, 14220
"""Events that full treatment would avert in England over three years: ceilings printed by Public Health England."""

TOBACCO_COST = 120.0
"""GBP a patient for tobacco treatment in hospital (evidence library I064)."""

OURS = " Our example from the evidence library; not proposed by the partners."


def schemes() -> Iterator[Scheme]:
    """The four schemes, without owner or lead: nobody has asked for them or taken them on."""
    for key, words in told("schemes.toml").items():
        yield Scheme(
            key=key,
            name=words["name"],
            summary=words["summary"] + OURS,
            change=Change.STARTS,
            gaps=words["gaps"],
            prevention=words["prevention"],
            category=Category(words["category"]),
            stage=Stage.IDEA,
            start=words["start"],
            delay=spread(*words["delay"]),
            ramp=spread(*words["ramp"]),
            order=words["order"],
            overlaps=words["overlaps"],
            source="ideas_from_evidence",
        )


def spread(point: float, low: float, high: float) -> Range:
    """A value with its interval."""
    return Range(point=float(point), low=float(low), high=float(high))


def smoking_share() -> float:
    """Adults who smoke, 2015, weighted by people."""
    found = areas(Subject(FOOTPRINT))
    return sum(each.values["smoking"] / 100 * each.people for each in found) / sum(each.people for each in found)


def unplanned(lines: tuple[ActivityLine, ...], part: str = "") -> list[ActivityLine]:
    """The non-elective lines, or only the older half of them."""
    return [line for line in lines if line.care is Care.NON_ELECTIVE and line.key.startswith(f"unplanned_{part}")]


def effects(lines: tuple[ActivityLine, ...]) -> Iterator[Effect]:
    """What each scheme is believed to change, with the share of care it can reach."""
    here = sum(people(FOOTPRINT, 2017)) / sum(people(ENGLAND, 2017))
    spells = sum(line.baseline for line in unplanned(lines))
    smokers = round(smoking_share(), 4)
    pressure = round((STROKES_BLOOD_PRESSURE + HEART_ATTACKS_BLOOD_PRESSURE) / 3 * here / spells, 6)
    rhythm = round(STROKES_FIBRILLATION / 3 * here / spells, 6)
    homes, some = spread(0.7, 0.5, 0.9), spread(0.3, 0.1, 0.5)
    for which, part, evidence, effect, eligible, uptake, fidelity, source in (
        (
            "care_home_support",
            "older",
            "I030",
            spread(0.18, 0.05, 0.23),
            0.079,
            homes,
            spread(0.8, 0.6, 1.0),
            "effect_care_homes",
        ),
        (
            "smoking_in_hospital",
            "",
            "I063",
            spread(0.117, 0.067, 0.166),
            smokers,
            spread(0.4, 0.2, 0.6),
            spread(0.8, 0.5, 1.0),
            "effect_smoking",
        ),
        ("blood_pressure", "", "I060", certain(1.0), pressure, some, certain(1.0), "effect_blood_pressure"),
        ("atrial_fibrillation", "", "I061", certain(1.0), rhythm, some, certain(1.0), "effect_fibrillation"),
    ):
        for line in unplanned(lines, part):
            yield Effect(
                key=f"{which}_{line.key.removeprefix('unplanned_')}",
                scheme=which,
                kind=EffectKind.AVOID,
                target=line.key,
                effect=effect,
                eligible=certain(eligible),
                uptake=uptake,
                fidelity=fidelity,
                evidence=evidence,
                source=source,
            )


def costs(lines: tuple[ActivityLine, ...]) -> Iterator[SchemeCost]:
    """The one running cost the library has: tobacco treatment, for the smokers reached."""
    spells = sum(line.baseline for line in unplanned(lines))
    yield SchemeCost(
        key="smoking_in_hospital_running",
        scheme="smoking_in_hospital",
        kind=CostKind.RUNNING,
        organisation=COMMISSIONERS,
        amount=round(spells * smoking_share() * 0.4 * TOBACCO_COST, -3),
        index="provider_costs",
        source="cost_smoking",
    )
