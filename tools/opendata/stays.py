"""How long people of each age stay in hospital, by provider; and how often they are admitted, in England."""

from __future__ import annotations

from .raw import Raw, number, number_if_any
from .writing import Row

FILE = "activity/hes_ordinary_episodes_los_by_provider_age_2017-18.csv"

PRIVATE = "8G301"
"""One provider bears the name of a private person, and is left out."""


def stays(raw: Raw) -> list[Row]:
    """Ordinary episodes and stays by ten-year band; providers with no figure above nought are left out."""
    rows = raw.rows(FILE)
    said = {row["provider_code"] for row in rows if number_if_any(row["ordinary_episodes"])} - {PRIVATE}
    return [
        {
            "trust": row["provider_code"],
            "age_band": row["age_band"].lower(),
            "episodes": number_if_any(row["ordinary_episodes"]),
            "mean_stay": number_if_any(row["mean_los_days"]),
            "median_stay": number_if_any(row["median_los_days"]),
        }
        for row in rows
        if row["provider_code"] in said
    ]


def england_admissions(raw: Raw) -> list[Row]:
    """Admissions in England by ten-year band, 2015/16."""
    return [
        {"age_band": row["age_band"], "admissions": number(row["finished_admission_episodes"])}
        for row in raw.rows("activity/hes_admission_episodes_england_age_2015-16.csv")
    ]
