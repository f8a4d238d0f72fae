"""What an effect is counted in, and which units may be set side by side.

Source: the `effect_unit` column of the library; meanings in docs/method/evidence.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class EffectUnit(StrEnum):
    """The unit of an effect, as written in the library once the prose after it is parted off."""

    PCT_CHANGE = "pct_change"
    PCT_POINTS = "pct_points"
    PCT_PER_YEAR = "pct_per_year"
    PCT_OF_TURNOVER = "pct_of_turnover"
    PCT_DIFFERENCE = "pct_difference"
    PCT_OF_USERS = "pct_of_users"
    PCT_OF_PATIENTS = "pct_of_patients"
    PCT_GROWTH = "pct_growth"
    PCT_GROWTH_5YR = "pct_growth_5yr"
    RISK_RATIO = "risk_ratio"
    RATE_RATIO = "rate_ratio"
    INCIDENT_RATE_RATIO = "incident_rate_ratio"
    RATIO_OF_MEANS = "ratio_of_means"
    ODDS_RATIO = "odds_ratio"
    STANDARDISED_MEAN_DIFFERENCE = "standardised_mean_difference"
    ABS_DIFF_ADMISSIONS = "abs_diff_admissions_per_patient_month"
    RATE_PER_PERSON_YEAR = "rate_per_person_year"
    VW_ADMISSIONS_PER_AVOIDED = "vw_admissions_per_avoided_admission"
    ADMISSIONS_OVER_5_YEARS = "admissions_over_5_years"
    EVENTS_OVER_3_YEARS = "events_over_3_years"
    DAYS = "days"
    BEDS = "beds"
    MILLION_BED_DAYS = "million_bed_days"
    QALY = "qaly"
    GBP = "gbp"
    GBP_PER_PERSON = "gbp_per_person"
    GBP_PER_QALY = "gbp_per_qaly"
    GBP_SAVED_PER_GBP = "gbp_saved_per_gbp"
    GBP_BENEFIT_PER_GBP = "gbp_benefit_per_gbp"
    GBP_MILLION_PER_YEAR = "gbp_million_per_year"
    GBP_MILLION_OVER_4_YEARS = "gbp_million_over_4_years"
    NOT_STATED = "not_stated"


class UnitMeaning(NamedTuple):
    """What one unit says.

    words : the unit read aloud
    no_effect : the value that means "made no difference"; None where the figure is a level, not a change, and for raw
        growth, where it is the growth among those outside the programme
    """

    words: str
    no_effect: float | None


MEANINGS: dict[EffectUnit, UnitMeaning] = {
    EffectUnit.PCT_CHANGE: UnitMeaning("% change in the measure", 0),
    EffectUnit.PCT_POINTS: UnitMeaning("percentage points", 0),
    EffectUnit.PCT_PER_YEAR: UnitMeaning("% a year", 0),
    EffectUnit.PCT_OF_TURNOVER: UnitMeaning("% of turnover", 0),
    EffectUnit.PCT_DIFFERENCE: UnitMeaning("% difference between two groups", 0),
    EffectUnit.PCT_OF_USERS: UnitMeaning("% of users", None),
    EffectUnit.PCT_OF_PATIENTS: UnitMeaning("% of patients", None),
    EffectUnit.PCT_GROWTH: UnitMeaning("% growth", None),
    EffectUnit.PCT_GROWTH_5YR: UnitMeaning("% growth over five years", None),
    EffectUnit.RISK_RATIO: UnitMeaning("risk ratio", 1),
    EffectUnit.RATE_RATIO: UnitMeaning("rate ratio", 1),
    EffectUnit.INCIDENT_RATE_RATIO: UnitMeaning("incident rate ratio", 1),
    EffectUnit.RATIO_OF_MEANS: UnitMeaning("ratio of means", 1),
    EffectUnit.ODDS_RATIO: UnitMeaning("odds ratio", 1),
    EffectUnit.STANDARDISED_MEAN_DIFFERENCE: UnitMeaning("standard deviations", 0),
    EffectUnit.ABS_DIFF_ADMISSIONS: UnitMeaning("admissions per patient a month", 0),
    EffectUnit.RATE_PER_PERSON_YEAR: UnitMeaning("per person a year", None),
    EffectUnit.VW_ADMISSIONS_PER_AVOIDED: UnitMeaning("virtual ward admissions for each admission avoided", None),
    EffectUnit.ADMISSIONS_OVER_5_YEARS: UnitMeaning("admissions over five years", 0),
    EffectUnit.EVENTS_OVER_3_YEARS: UnitMeaning("events over three years", 0),
    EffectUnit.DAYS: UnitMeaning("days", 0),
    EffectUnit.BEDS: UnitMeaning("beds", None),
    EffectUnit.MILLION_BED_DAYS: UnitMeaning("million bed days", None),
    EffectUnit.QALY: UnitMeaning("quality-adjusted life years a person", 0),
    EffectUnit.GBP: UnitMeaning("GBP", 0),
    EffectUnit.GBP_PER_PERSON: UnitMeaning("GBP a person", 0),
    EffectUnit.GBP_PER_QALY: UnitMeaning("GBP for each quality-adjusted life year", None),
    EffectUnit.GBP_SAVED_PER_GBP: UnitMeaning("GBP saved for each GBP spent", None),
    EffectUnit.GBP_BENEFIT_PER_GBP: UnitMeaning("GBP of benefit for each GBP spent", None),
    EffectUnit.GBP_MILLION_PER_YEAR: UnitMeaning("GBP million a year", 0),
    EffectUnit.GBP_MILLION_OVER_4_YEARS: UnitMeaning("GBP million over four years", 0),
    EffectUnit.NOT_STATED: UnitMeaning("unit not stated", 0),
}

PROPORTIONAL = frozenset(
    {EffectUnit.RISK_RATIO, EffectUnit.RATE_RATIO, EffectUnit.INCIDENT_RATE_RATIO, EffectUnit.RATIO_OF_MEANS}
)
"""Ratios of one measure with and without the programme: 0.77 is a 23 % reduction exactly. An odds ratio is not."""


def fraction_reduced(value: float, unit: EffectUnit) -> float | None:
    """An effect as the fraction by which the measure fell, or None where the unit does not say that.

    value : in the unit given
    returns : fraction of the measure; negative if it rose; None for odds, days, money, points and levels
    source : method note "Evidence", "Holding a claim against the evidence"

    >>> fraction_reduced(-23.0, EffectUnit.PCT_CHANGE)
    0.23
    >>> fraction_reduced(0.5, EffectUnit.RATE_RATIO)
    0.5
    >>> fraction_reduced(-5.5, EffectUnit.DAYS) is None
    True
    """
    if unit is EffectUnit.PCT_CHANGE:
        return -value / 100
    if unit in PROPORTIONAL:
        return 1 - value
    return None
