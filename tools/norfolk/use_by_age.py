"""How strongly use of each kind of care depends on age, and how long people of each age stay."""

from __future__ import annotations

from collections import defaultdict

from .people import Ages, ages
from .raw import TRUSTS, Raw, number
from .writing import Row

HES = "activity/hes_ordinary_episodes_los_by_provider_age_2017-18.csv"
SPLIT_AGE = 70
"""Non-elective care is two lines, below and from this age: stay differs most there, and bands are ten years wide."""

GP_VISITS, OUTPATIENT = "gp_visits", "outpatient_cost_gbp"


def band_of(text: str) -> tuple[int, int]:
    """First and last age of a published band: '0-9', '90+'."""
    if text.endswith("+"):
        return int(text[:-1]), 120
    first, last = text.split("-")
    return int(first), int(last)


def ordinary_episodes(raw: Raw, code: str) -> dict[tuple[int, int], tuple[float, float]]:
    """Ordinary episodes and mean stay by age band at one trust; age unknown left out, a suppressed band refused."""
    rows = raw.rows(HES, provider_code=code)
    return {
        band_of(row["age_band"]): (number(row["ordinary_episodes"]), number(row["mean_los_days"]))
        for row in rows
        if row["age_band"] != "Unknown"
    }


def in_band(people: Ages, first: int, last: int) -> float:
    """People from `first` to `last`; the last published age stands for everyone older."""
    return sum(persons for age, persons in people.items() if first <= age <= last)


def england_admission_rates(raw: Raw) -> dict[tuple[int, int], float]:
    """Admissions a head in England by age band: 2015/16 admissions over mid-2017 people."""
    england = ages(raw, "2017", "England")
    rows = raw.rows("activity/hes_admission_episodes_england_age_2015-16.csv")
    bands = {band_of(row["age_band"]): number(row["finished_admission_episodes"]) for row in rows}
    return {(first, last): count / in_band(england, first, last) for (first, last), count in bands.items()}


def national_index(raw: Raw, column: str) -> dict[tuple[int, int], float]:
    """Use by age against the mean of all ages, England 2011/12, rounded to one decimal: not the model behind it."""
    people: dict[int, float] = defaultdict(float)
    use: dict[int, float] = defaultdict(float)
    for row in raw.rows("finance/nhs_spend_components_age_sex_imd_quintile.csv", year="2011/12"):
        first = min(int(row["age"]) // 10 * 10, 80)
        people[first] += number(row["population"])
        use[first] += number(row[column])
    mean = sum(use.values()) / sum(people.values())
    return {
        (first, first + 9 if first < 80 else 120): round(use[first] / people[first] / mean, 1)
        for first in sorted(people)
    }


def social_care_shares(raw: Raw, code: str) -> dict[tuple[int, int], float]:
    """Share of gross adult social care spending on people 18 to 64 and 65 and over, 2016/17."""
    (row,) = raw.rows("finance/asc_fr_by_council_2016-17.csv", ons_code=code)
    younger, older = number(row["age_18_64_gross_current_k"]), number(row["age_65_plus_gross_current_k"])
    return {(0, 17): 0.0, (18, 64): younger / (younger + older), (65, 120): older / (younger + older)}


def age_profiles(raw: Raw) -> list[Row]:
    """How use depends on age, for each kind of care."""
    rows: list[Row] = []

    def add(profile: str, bands: dict[tuple[int, int], float], column: str, source: str) -> None:
        for (first, last), value in bands.items():
            rows.append(
                {
                    "profile": profile,
                    "sex": "persons",
                    "age_from": first,
                    "age_to": last,
                    column: value,
                    "source": source,
                }
            )

    add("planned_admissions", england_admission_rates(raw), "rate", "profile_england_admissions")
    add("outpatients", national_index(raw, OUTPATIENT), "rate", "profile_outpatients")
    add("front_door", national_index(raw, GP_VISITS), "rate", "profile_front_door")
    for code in TRUSTS:
        episodes = {band: count for band, (count, _) in ordinary_episodes(raw, code).items()}
        for part in ("younger", "older"):
            mine = {band: count if is_in(part, band) else 0.0 for band, count in episodes.items()}
            shares = {band: round(count / sum(mine.values()), 6) for band, count in mine.items()}
            add(f"unplanned_{part}_{code.lower()}", shares, "age_share", "profile_trust_episodes")
    add("social_care_norfolk", social_care_shares(raw, "E10000020"), "age_share", "profile_social_care")
    add("social_care_suffolk", social_care_shares(raw, "E10000029"), "age_share", "profile_social_care")
    return rows


def is_in(part: str, band: tuple[int, int]) -> bool:
    """Whether an age band belongs to the younger or the older non-elective line."""
    return (band[0] >= SPLIT_AGE) == (part == "older")


def stays(raw: Raw, code: str) -> dict[str, tuple[float, float]]:
    """Share of episodes and mean stay of the younger and the older, and of all ages, at one trust."""
    episodes = ordinary_episodes(raw, code)
    total = sum(count for count, _ in episodes.values())
    result = {"all": (1.0, sum(count * stay for count, stay in episodes.values()) / total)}
    for part in ("younger", "older"):
        mine = [(count, stay) for band, (count, stay) in episodes.items() if is_in(part, band)]
        count = sum(count for count, _ in mine)
        result[part] = (count / total, sum(count * stay for count, stay in mine) / count)
    return result
