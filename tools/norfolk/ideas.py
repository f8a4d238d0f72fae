"""Four modest schemes from the evidence library. They are ours, not proposals of the partners."""

from __future__ import annotations

from .outcomes import areas, values_2015, weighted
from .people import COMMISSIONERS, ages
from .raw import Raw, number, told
from .writing import Row, spread

STROKES_BLOOD_PRESSURE, HEART_ATTACKS_BLOOD_PRESSURE, STROKES_FIBRILLATION = 14500, 9710, 14220
"""Events that full treatment would avert in England over three years: ceilings printed by Public Health England."""

TOBACCO_COST = 120.0
"""GBP a patient for tobacco treatment in hospital (evidence library I064)."""

OURS = " Our example from the evidence library; not proposed by the partners."


def schemes() -> list[Row]:
    """The four schemes, without owner or lead: nobody has asked for them or taken them on."""
    rows: list[Row] = []
    for key, told_of in told("schemes.toml").items():
        delay, ramp = told_of.pop("delay"), told_of.pop("ramp")
        row = {"key": key, **told_of, "change": "starts", "asked_by": "", "owner": "", "stage": "idea"}
        row |= spread(delay=delay, ramp=ramp)
        rows.append(row | {"summary": row["summary"] + OURS, "source": "ideas_from_evidence"})
    return rows


def smoking_share(raw: Raw) -> float:
    """Adults who smoke, 2015, weighted by people."""
    return weighted([(number(values_2015(raw)[code]["Smoking"]) / 100, people) for _, code, people in areas(raw)])


def unplanned(lines: list[Row], part: str = "") -> list[Row]:
    """The non-elective lines, or only the older half of them."""
    return [row for row in lines if str(row["key"]).startswith(f"unplanned_{part}")]


def effects(raw: Raw, lines: list[Row]) -> list[Row]:
    """What each scheme is believed to change, with the share of care it can reach."""
    here = sum(ages(raw, "2017").values()) / sum(ages(raw, "2017", "England").values())
    spells = sum(float(str(row["baseline"])) for row in unplanned(lines))
    smokers = round(smoking_share(raw), 4)
    pressure = round((STROKES_BLOOD_PRESSURE + HEART_ATTACKS_BLOOD_PRESSURE) / 3 * here / spells, 6)
    rhythm = round(STROKES_FIBRILLATION / 3 * here / spells, 6)
    certain = (1.0, 1.0, 1.0)
    rows: list[Row] = []

    def avoid(
        which: str,
        part: str,
        evidence: str,
        effect: tuple[float, float, float],
        eligible: float,
        uptake: tuple[float, float, float],
        fidelity: tuple[float, float, float],
        source: str,
    ) -> None:
        for row in unplanned(lines, part):
            rows.append(
                {
                    "key": f"{which}_{str(row['key']).removeprefix('unplanned_')}",
                    "scheme": which,
                    "kind": "avoid",
                    "target": row["key"],
                    **spread(effect=effect, eligible=(eligible, eligible, eligible), uptake=uptake, fidelity=fidelity),
                    "evidence": evidence,
                    "source": source,
                }
            )

    avoid(
        "care_home_support",
        "older",
        "I030",
        (0.18, 0.05, 0.23),
        0.079,
        (0.7, 0.5, 0.9),
        (0.8, 0.6, 1.0),
        "effect_care_homes",
    )
    avoid(
        "smoking_in_hospital",
        "",
        "I063",
        (0.117, 0.067, 0.166),
        smokers,
        (0.4, 0.2, 0.6),
        (0.8, 0.5, 1.0),
        "effect_smoking",
    )
    avoid("blood_pressure", "", "I060", certain, pressure, (0.3, 0.1, 0.5), certain, "effect_blood_pressure")
    avoid("atrial_fibrillation", "", "I061", certain, rhythm, (0.3, 0.1, 0.5), certain, "effect_fibrillation")
    return rows


def costs(raw: Raw, lines: list[Row]) -> list[Row]:
    """The one running cost the library has: tobacco treatment, for the smokers reached."""
    spells = sum(float(str(row["baseline"])) for row in unplanned(lines))
    amount = round(spells * smoking_share(raw) * 0.4 * TOBACCO_COST, -3)
    return [
        {
            "key": "smoking_in_hospital_running",
            "scheme": "smoking_in_hospital",
            "kind": "running",
            "organisation": COMMISSIONERS,
            "amount": amount,
            "index": "provider_costs",
            "source": "cost_smoking",
        }
    ]
