"""What councils spend on care."""

from __future__ import annotations

from .raw import Raw, financial_year, number_if_any
from .writing import Row, together

OUTTURN = "finance/la_social_care_public_health_outturn_2015-16_2017-18.csv"
BY_AGE = "finance/asc_fr_by_council_2016-17.csv"
MISCODED = {"E10000022": "E10000023"}
"""North Yorkshire carries a code in the copy that is not its own."""


def council_spending(raw: Raw) -> list[Row]:
    """Net current spending of 152 councils in three years."""
    rows: list[Row] = []
    for row in raw.rows(OUTTURN):
        year = financial_year(row["financial_year"])
        code = MISCODED.get(row["ons_code"], row["ons_code"])
        recoded = "" if code == row["ons_code"] else f"coded {row['ons_code']} in the copy"
        half = "public health has services for under-fives for half the year" if year == "2015/16" else ""
        grant = number_if_any(row["public_health_grant_k"])
        kept = "no grant: kept business rates instead" if grant == 0 else ""
        rows.append(
            {
                "council": code,
                "year": year,
                "adult_social_care_k": number_if_any(row["adult_social_care_net_current_k"]),
                "public_health_k": number_if_any(row["public_health_net_current_k"]),
                "children_social_care_k": number_if_any(row["children_social_care_net_current_k"]),
                "public_health_grant_k": grant,
                "flag": together(recoded, half, kept),
            }
        )
    return rows


def social_care_by_age(raw: Raw) -> list[Row]:
    """Gross spending on adult social care by age, and income, 2016/17."""
    return [
        {
            "council": row["ons_code"],
            "age_18_64_k": number_if_any(row["age_18_64_gross_current_k"]),
            "age_65_plus_k": number_if_any(row["age_65_plus_gross_current_k"]),
            "long_term_support_k": number_if_any(row["long_term_support_gross_current_k"]),
            "gross_k": number_if_any(row["gross_current_k"]),
            "net_k": number_if_any(row["net_current_k"]),
            "income_k": number_if_any(row["income_k"]),
            "better_care_fund_2015_16_k": number_if_any(row["bcf_income_2015_16_k"]),
            "better_care_fund_2016_17_k": number_if_any(row["bcf_income_2016_17_k"]),
        }
        for row in raw.rows(BY_AGE)
    ]
