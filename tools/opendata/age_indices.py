"""How use of care depends on age: one rounded national index, not the model behind it."""

from __future__ import annotations

from collections import defaultdict

from .raw import Raw, number
from .stays import england_admissions
from .writing import Row

FILE = "finance/nhs_spend_components_age_sex_imd_quintile.csv"
INDICES = {"outpatient_cost": "outpatient_cost_gbp", "gp_visits": "gp_visits"}


def age_indices(raw: Raw) -> list[Row]:
    """Use a head against the mean of all ages, England 2011/12; and admissions by age, 2015/16."""
    rows = [
        {"index": index, "age_from": first, "age_to": last, "value": value}
        | {"unit": "mean of all ages = 1", "source": "age_index"}
        for index, column in INDICES.items()
        for first, last, value in national(raw, column)
    ]
    for row in england_admissions(raw):
        first, last = str(row["age_band"]).replace("+", "-120").split("-")
        rows.append(
            {
                "index": "admissions_2015_16",
                "age_from": int(first),
                "age_to": int(last),
                "value": row["admissions"],
                "unit": "admissions a year, England",
                "source": "hes_admissions",
            }
        )
    return rows


def national(raw: Raw, column: str) -> list[tuple[int, int, float]]:
    """The index by ten-year band, 80 and over together, rounded to one decimal."""
    people: dict[int, float] = defaultdict(float)
    use: dict[int, float] = defaultdict(float)
    for row in raw.rows(FILE, year="2011/12"):
        first = min(int(row["age"]) // 10 * 10, 80)
        people[first] += number(row["population"])
        use[first] += number(row[column])
    mean = sum(use.values()) / sum(people.values())
    return [
        (first, first + 9 if first < 80 else 120, round(use[first] / people[first] / mean, 1))
        for first in sorted(people)
    ]
