"""How each kind of hospital care grew from 2012/13 to 2015/16, less what people's number and age explain."""

from __future__ import annotations

import math
from collections import defaultdict

from .people import ages
from .raw import FOOTPRINT, TRUSTS, Raw, age_of, number
from .use_by_age import OUTPATIENT, england_admission_rates, in_band, national_index, ordinary_episodes

MONTHLY = "activity/mar_provider_monthly_2012-13_2015-16.csv"
YEARS = ("2012-13", "2013-14", "2014-15", "2015-16")
T_90_8 = 1.39682
"""90th percentile of Student's t with 8 degrees of freedom: 12 observations less three trusts and one slope."""

MOST = 0.03
"""A trend of a few years is not carried on faster than this, up or down: our opinion, so what it holds is judged."""

AE_GROWTH = (0.0149, -0.0054, 0.0352)
"""Non-demographic growth of A&E, a year, with P10 and P90: New Hospital Programme demand model, sensitivity variant."""

KINDS = {
    "elective": "elective_ga_ordinary_ffce",
    "day_case": "elective_ga_daycase_ffce",
    "non_elective": "nonelective_ga_total_ffce",
    "outpatient": "first_outpatient_attendances_ga",
}

Trend = tuple[float, float, float]


def observed(raw: Raw, column: str) -> dict[str, list[float]]:
    """Activity of each trust in the four years."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for row in raw.rows(MONTHLY):
        if row["org_code"] in TRUSTS:
            found[row["org_code"], row["financial_year"]] += number(row[column])
    return {code: [found[code, year] for year in YEARS] for code in TRUSTS}


def trend(series: dict[str, list[float]]) -> tuple[float, float]:
    """Log-linear growth a year common to the trusts, each at its own level and weighted by its size; standard error.

    >>> slope, error = trend({"A": [100, 110, 121, 133.1], "B": [50, 55, 60.5, 66.55], "C": [10, 11, 12.1, 13.31]})
    >>> round(slope, 6), round(error, 6)
    (0.09531, 0.0)
    """
    mean_size = sum(sum(values) for values in series.values()) / len(series)
    steps = [-1.5, -0.5, 0.5, 1.5]
    above = below = 0.0
    centred = {}
    for name, values in series.items():
        logs = [math.log(value) for value in values]
        centred[name] = [value - sum(logs) / 4 for value in logs]
        weight = sum(values) / mean_size
        above += weight * sum(step * value for step, value in zip(steps, centred[name], strict=True))
        below += weight * sum(step * step for step in steps)
    slope = above / below
    squares = sum(
        sum(series[name])
        / mean_size
        * sum((value - slope * step) ** 2 for step, value in zip(steps, values, strict=True))
        for name, values in centred.items()
    )
    return slope, math.sqrt(squares / 8 / below)


def people_2011(raw: Raw) -> dict[int, float]:
    """People of the footprint at mid-2011, from its districts; ages from 90 pooled."""
    districts = {row["LAD17CD"] for row in raw.rows("stp/stp17_lad17_overlap.csv", STP17CD=FOOTPRINT)}
    people: dict[int, float] = defaultdict(float)
    for row in raw.rows("population/mid2011_lad_single_year_of_age_by_sex.csv"):
        if row["LAD_CD"] in districts:
            people[min(age_of(row["age"]), 90)] += number(row["females"]) + number(row["males"])
    return people


def demographic(raw: Raw, kind: str) -> float:
    """Growth a year that people's number and age alone would bring, mid-2011 to mid-2017, at fixed use by age."""
    before, after = people_2011(raw), ages(raw, "2017")
    if kind == "non_elective":
        counts: dict[tuple[int, int], float] = defaultdict(float)
        for code in TRUSTS:
            for band, (count, _) in ordinary_episodes(raw, code).items():
                counts[band] += count
        rates = {(first, last): count / in_band(after, first, last) for (first, last), count in counts.items()}
    else:
        rates = national_index(raw, OUTPATIENT) if kind == "outpatient" else england_admission_rates(raw)
    use = [sum(rate * in_band(people, *band) for band, rate in rates.items()) for people in (before, after)]
    return math.log(use[1] / use[0]) / 6


def estimate(raw: Raw, kind: str) -> dict[str, float]:
    """Every step of the estimate for one kind of care."""
    slope, error = trend(observed(raw, KINDS[kind]))
    ageing = demographic(raw, kind)
    rest = math.exp(slope - ageing) - 1
    point = max(-MOST, min(MOST, rest))
    half = max(T_90_8 * error, abs(rest - point))
    return {"observed": slope, "error": error, "demographic": ageing, "rest": rest, "point": point, "half": half}


def held_by_opinion(found: dict[str, float]) -> bool:
    """Whether the fitted growth was not used but held to the most we think can last."""
    return abs(found["rest"] - found["point"]) > 1e-9


def growth(raw: Raw) -> dict[str, Trend]:
    """Growth not explained by people's number and age, with its 80 % interval, for each kind of care."""
    result: dict[str, Trend] = {"ae": AE_GROWTH}
    for kind in KINDS:
        found = estimate(raw, kind)
        point = round(found["point"], 4)
        half = round(found["half"], 4)
        result[kind] = (point, round(point - half, 4), round(point + half, 4))
    return result
