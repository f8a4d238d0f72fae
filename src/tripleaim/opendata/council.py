"""Councils that run social care, and what they spend."""

from __future__ import annotations

from dataclasses import dataclass

COUNTY = "county council"
"""Kind of a council that is a county's."""


@dataclass(frozen=True, slots=True)
class Council:
    """A council that runs social care; its Health and Wellbeing Board has the same area."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class CouncilSpending:
    """Net current spending of one council in one year, GBP thousand."""

    council: str
    year: str
    adult_social_care_k: float | None
    public_health_k: float | None
    children_social_care_k: float | None
    public_health_grant_k: float | None
    flag: str


@dataclass(frozen=True, slots=True)
class SocialCareByAge:
    """Gross spending of one council on adult social care by age, 2016/17, GBP thousand."""

    council: str
    age_18_64_k: float
    age_65_plus_k: float
    long_term_support_k: float
    gross_k: float
    net_k: float
    income_k: float
    better_care_fund_2015_16_k: float | None
    better_care_fund_2016_17_k: float | None
