"""Planned and unplanned hospital care by trust and year: the Monthly Activity Return."""

from __future__ import annotations

from collections import defaultdict

from .changes import broken
from .raw import Raw, financial_year, number
from .writing import Row, together

MONTHLY = "activity/mar_provider_monthly_2012-13_2015-16.csv"
MEASURES = {
    "elective_overnight": "elective_ga_ordinary_ffce",
    "day_cases": "elective_ga_daycase_ffce",
    "elective_total": "elective_ga_total_ffce",
    "planned_overnight": "elective_ga_planned_ordinary_ffce",
    "planned_day_cases": "elective_ga_planned_daycase_ffce",
    "planned_total": "elective_ga_planned_total_ffce",
    "treatment_centre": "elective_ga_treatment_centre_ffce",
    "non_elective": "nonelective_ga_total_ffce",
    "gp_referrals_made_all": "gp_referrals_made_all",
    "gp_referrals_seen_all": "gp_referrals_seen_all",
    "gp_referrals_made": "gp_referrals_made_ga",
    "gp_referrals_seen": "gp_referrals_seen_ga",
    "other_referrals_made": "other_referrals_made_ga",
    "first_outpatients": "first_outpatient_attendances_ga",
}
WATCHED = {
    "elective_overnight": "overnight planned care",
    "day_cases": "day cases",
    "non_elective": "unplanned care",
    "first_outpatients": "first outpatients",
}
"""Measures that become lines of a plan: a break in one of them is flagged."""

LEAST = 1000
"""Below so many a year a change of 15 % says little."""


def activity(raw: Raw) -> list[Row]:
    """Sums of the months reported; a year with fewer than twelve says so."""
    sums: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0.0))
    months: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in raw.rows(MONTHLY):
        key = (row["org_code"], financial_year(row["financial_year"]))
        assert row["month"] not in months[key], (key, row["month"])
        months[key].add(row["month"])
        for measure, column in MEASURES.items():
            sums[key][measure] += number(row[column])
    return [
        {"trust": trust, "year": year, "months_reported": len(months[trust, year])}
        | found
        | {"flag": together(short_year(len(months[trust, year])), *breaks(sums, months, trust, year))}
        for (trust, year), found in sums.items()
    ]


def short_year(months: int) -> str:
    """A warning for a year that is not whole."""
    return "" if months == 12 else f"only {months} of 12 months reported"


def before(year: str) -> str:
    """The financial year before."""
    first = int(year[:4])
    return f"{first - 1}/{first % 100:02d}"


def breaks(
    sums: dict[tuple[str, str], dict[str, float]], months: dict[tuple[str, str], set[str]], trust: str, year: str
) -> list[str]:
    """Breaks on the year before, where both years are whole."""
    earlier = (trust, before(year))
    if len(months.get(earlier, ())) < 12 or len(months[trust, year]) < 12:
        return []
    return [
        broken(words, sums[earlier][measure], sums[trust, year][measure], before(year), LEAST)
        for measure, words in WATCHED.items()
    ]
