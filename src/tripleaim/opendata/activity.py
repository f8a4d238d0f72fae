"""Care that trusts gave."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activity:
    """What a trust did in a year, by the Monthly Activity Return."""

    trust: str
    year: str
    months_reported: int
    elective_overnight: float
    day_cases: float
    elective_total: float
    planned_overnight: float
    planned_day_cases: float
    planned_total: float
    treatment_centre: float
    non_elective: float
    gp_referrals_made_all: float
    gp_referrals_seen_all: float
    gp_referrals_made: float
    gp_referrals_seen: float
    other_referrals_made: float
    first_outpatients: float
    flag: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """Attendances at one type of emergency department of a provider in a year."""

    trust: str
    year: str
    type: str
    attendances: float
    breaches: float
    emergency_admissions: float
    months: int
    flag: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Ordinary episodes of one age band at a provider, and how long they lasted."""

    trust: str
    age_band: str
    episodes: float | None
    mean_stay: float | None
    median_stay: float | None
