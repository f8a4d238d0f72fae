"""The health gap and the care gap: where the place stands, what the standard is, and how areas differ."""

from __future__ import annotations

from .care import attendances
from .people import PLACE
from .raw import FOOTPRINT, TRUSTS, Raw, number, table
from .writing import Row, spread

HEALTH_INDEX = "health/ons_health_index_indicator_values_ltla21_2015_2021.csv"
WAVENEY, EAST_SUFFOLK = "E07000206", "E07000244"
"""Waveney became part of East Suffolk in 2019; the source has only East Suffolk, which stands in for it."""

HEALTH = tuple(table("health.csv"))
"""The health indicators taken: column in the source, scale, direction, and what to divide a percentage by."""


def areas(raw: Raw) -> list[tuple[str, str, float]]:
    """The council areas: name, code in the health source, people at mid-2017."""
    found = []
    for row in raw.rows("stp/stp17_lad17_overlap.csv", STP17CD=FOOTPRINT):
        waveney = row["LAD17CD"] == WAVENEY
        name = "Waveney (East Suffolk's value)" if waveney else row["LAD17NM"]
        found.append((name, EAST_SUFFOLK if waveney else row["LAD17CD"], number(row["population_mid2017"])))
    return found


def values_2015(raw: Raw) -> dict[str, dict[str, str]]:
    """Every indicator of every district in 2015."""
    return {row["ltla21_code"]: row for row in raw.rows(HEALTH_INDEX, year="2015")}


def weighted(values: list[tuple[float, float]]) -> float:
    """Mean of values weighted by people."""
    return sum(value * people for value, people in values) / sum(people for _, people in values)


def england(raw: Raw, column: str) -> float:
    """England's mean of districts in 2015, weighted by their people in the census of 2021."""
    people = {
        row["ltla21_code"]: number(row["total_population"])
        for row in raw.rows("population/census2021_ltla21_age_bands_by_sex.csv")
    }
    rows = values_2015(raw)
    return weighted(
        [(number(rows[code][column]), people[code]) for code in rows if code in people and code.startswith("E")]
    )


def indicators(raw: Raw) -> list[Row]:
    """Health from the Health Index of 2015; care from A&E in 2016/17, beds of 2015/16 and long stays of 2017/18."""
    rows: list[Row] = []
    for about in HEALTH:
        column, divide = about["column"], number(about["divide_by"])
        here = weighted([(number(values_2015(raw)[code][column]), people) for _, code, people in areas(raw)])
        row = indicator(
            about["key"],
            about["name"],
            "health",
            about["scale"],
            about["higher_is_better"] == "yes",
            about["unit"],
            here / divide,
            england(raw, column) / divide,
            "England, mean of districts 2015",
            "health_index_2015",
            about["why_it_matters"],
        )
        rows.append(row)
    for code, short in TRUSTS.items():
        seen, late = (sum(found[n] for (trust, _), found in attendances(raw).items() if trust == code) for n in (0, 1))
        row = indicator(
            f"ae_four_hours_{code.lower()}",
            f"A&E seen within four hours, {short}",
            "care",
            "ae_response",
            True,
            "share of attendances",
            1 - late / seen,
            0.95,
            "NHS constitution standard, 95 %",
            "ae_response_2016_17",
            "Long waits in A&E are unsafe and a sign that beds are full.",
        )
        rows.append(row | {"provider": f"trust_{code.lower()}"})
        long, occupied = long_stays(raw, code)
        rows.append(
            indicator(
                f"long_stays_{code.lower()}",
                f"Beds held by people in hospital over 21 days, {short}",
                "care",
                "proportion",
                False,
                "share of general and acute beds occupied",
                long / occupied,
                long_stay_england(raw),
                "England, winter 2017/18",
                "long_stays_2017_18",
                "A long stay that is not needed takes strength from older people.",
            )
        )
    return rows


def indicator(
    key: str,
    name: str,
    gap: str,
    scale: str,
    better: bool,
    unit: str,
    baseline: float,
    standard: float | None,
    standard_name: str,
    source: str,
    why: str,
) -> Row:
    """One indicator; no trend is assumed."""
    return {
        "key": key,
        "name": name,
        "gap": gap,
        "place": PLACE,
        "scale": scale,
        "higher_is_better": better,
        "unit": unit,
        "baseline": round(baseline, 4),
        **spread(trend=(0.0, 0.0, 0.0)),
        "standard": None if standard is None else round(standard, 4),
        "standard_name": standard_name,
        "why_it_matters": why,
        "source": source,
    }


def long_stays(raw: Raw, code: str) -> tuple[float, float]:
    """Mean beds held over 21 days and mean beds occupied, winter 2017/18; days without both figures left out."""
    pairs = []
    for row in raw.rows("activity/winter_sitrep_2017-18.csv", org_code=code):
        if row["beds_los_over_21d"].strip() and row["ga_beds_occupied"].strip():
            long, occupied = number(row["beds_los_over_21d"]), number(row["ga_beds_occupied"])
            if 0 < long < occupied:
                pairs.append((long, occupied))
    return sum(long for long, _ in pairs) / len(pairs), sum(occupied for _, occupied in pairs) / len(pairs)


def long_stay_england(raw: Raw) -> float:
    """England's share of occupied beds held over 21 days in the same returns (the row '-' is England)."""
    long, occupied = long_stays(raw, "-")
    return long / occupied


def indicator_groups(raw: Raw) -> list[Row]:
    """Each health indicator by council area, ranked by deprivation 2015; the source has no deprivation fifths."""
    scores = {row["ltla21_code"]: number(row["Score"]) for row in raw.rows("health/imd2015_ltla21.csv")}
    ranked = sorted(areas(raw), key=lambda area: -scores[area[1]])
    values = values_2015(raw)
    return [
        {
            "indicator": about["key"],
            "kind": "council_area",
            "group": name,
            "rank": rank,
            "population": people,
            "value": round(number(values[code][about["column"]]) / number(about["divide_by"]), 4),
            "source": "health_index_2015",
        }
        for about in HEALTH
        for rank, (name, code, people) in enumerate(ranked, 1)
    ]
