"""Activity lines of the three acute trusts and the councils, and the beds of the trusts."""

from __future__ import annotations

from typing import NamedTuple

from .growth import KINDS, Trend, estimate, growth, held_by_opinion
from .people import COMMISSIONERS, COUNCIL_SERVICES, COUNCILS, PLACE, share_of_suffolk
from .raw import TRUSTS, Raw, number
from .use_by_age import stays
from .writing import Row, spread

MAR = "activity/mar_provider_annual_2015-16.csv"
AE = "activity/ae_attendances_2016-17_2017-18.csv"
QUARTERLY = "activity/kh03_beds_quarterly_trust_2018-19_2023-24.csv"
WINTER = "activity/winter_sitrep_2015-16.csv"
INFLATION_2016_17 = 0.031
UNIT_COST_2016_17 = {"ae": 148.0, "outpatient": 120.0, "day_case": 738.0, "elective": 3684.0, "non_elective": 1590.0}
"""National average unit costs, reference costs 2016/17, printed by the Healthcare Financial Management Association."""


class PlannedCare(NamedTuple):
    """One kind of planned care: how the returns count it, who uses it, and what its growth and cost are called."""

    key: str
    name: str
    care: str
    column: str
    unit: str
    profile: str
    kind: str
    source: str


PLANNED = (
    PlannedCare(
        key="elective",
        name="Planned overnight stays",
        care="elective_spell",
        column="elective_ga_ordinary_ffce",
        unit="spell",
        profile="planned_admissions",
        kind="elective",
        source="line_planned_overnight",
    ),
    PlannedCare(
        key="day_case",
        name="Day cases",
        care="day_case",
        column="elective_ga_daycase_ffce",
        unit="spell",
        profile="planned_admissions",
        kind="day_case",
        source="line_day_cases",
    ),
    PlannedCare(
        key="outpatient_first",
        name="First outpatient attendances",
        care="outpatient_attendance",
        column="first_outpatient_attendances_ga",
        unit="attendance",
        profile="outpatients",
        kind="outpatient",
        source="line_outpatients",
    ),
)
"""Each with the source it rests on: the kind of that source is the kind of the softest part."""

AE_TYPES = (("1", "ae_type1", "A&E type 1"), ("other", "ae_other", "A&E other types"))
"""Type as published, key and name of the line."""


def unit_cost(kind: str) -> float:
    """A national unit cost brought back to 2015/16 prices, to the penny."""
    return round(UNIT_COST_2016_17[kind] / (1 + INFLATION_2016_17), 2)


def attendances(raw: Raw) -> dict[tuple[str, str], tuple[float, float]]:
    """A&E attendances and four-hour breaches in 2016/17 by trust and type."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for row in raw.rows(AE):
        if row["org_code"] in TRUSTS and "2016-04-01" <= row["period"] < "2017-04-01":
            seen, late = found.get((row["org_code"], row["type"]), (0.0, 0.0))
            found[row["org_code"], row["type"]] = (seen + number(row["attendances"]), late + number(row["breaches"]))
    return found


def activity(raw: Raw) -> list[Row]:
    """Every line: hospitals by trust and point of delivery, councils by county."""
    trends = growth(raw)
    rows: list[Row] = []
    for code in TRUSTS:
        rows += [
            *front_door_lines(raw, code, trends["ae"]),
            *planned_lines(raw, code, trends),
            *unplanned_lines(raw, code, trends["non_elective"]),
        ]
    return rows + council_lines(raw)


def returned(raw: Raw, code: str) -> dict[str, str]:
    """The Monthly Activity Return of one trust in 2015/16, whole year."""
    (year,) = raw.rows(MAR, org_code=code)
    assert year["months_reported"] == "12"
    return year


def front_door_lines(raw: Raw, code: str, trend: Trend) -> list[Row]:
    """A&E attendances at one trust, type 1 and other types; a type it does not have makes no line."""
    seen = attendances(raw)
    return [
        line(
            key=f"{key}_{code.lower()}",
            name=f"{name}, {TRUSTS[code]}",
            care="ae_attendance",
            trust=code.lower(),
            baseline=seen[code, kind][0],
            unit="attendance",
            profile="front_door",
            trend=trend,
            cost="ae",
            source="line_ae",
        )
        for kind, key, name in AE_TYPES
        if (code, kind) in seen
    ]


def planned_lines(raw: Raw, code: str, trends: dict[str, Trend]) -> list[Row]:
    """Planned overnight stays, day cases and first outpatient attendances at one trust; only the first use beds."""
    year, trust, rows = returned(raw, code), code.lower(), []
    for planned in PLANNED:
        row = line(
            key=f"{planned.key}_{trust}",
            name=f"{planned.name}, {TRUSTS[code]}",
            care=planned.care,
            trust=trust,
            baseline=number(year[planned.column]),
            unit=planned.unit,
            profile=planned.profile,
            trend=trends[planned.kind],
            cost=planned.kind,
            source=planned.source,
        )
        rows.append(row | in_beds(trust, stays(raw, code)["all"][1]) if planned.key == "elective" else row)
    return rows


def unplanned_lines(raw: Raw, code: str, trend: Trend) -> list[Row]:
    """Unplanned admissions at one trust, younger and older, split as its episodes are."""
    trust, stay = code.lower(), stays(raw, code)
    total = number(returned(raw, code)["nonelective_ga_total_ffce"])
    older = round(total * stay["older"][0])
    parts = (("younger", "under 70", total - older), ("older", "70 and over", float(older)))
    return [
        line(
            key=f"unplanned_{part}_{trust}",
            name=f"Unplanned admissions, people {ages}, {TRUSTS[code]}",
            care="non_elective_spell",
            trust=trust,
            baseline=count,
            unit="spell",
            profile=f"unplanned_{part}_{trust}",
            trend=trend,
            cost="non_elective",
            source="line_unplanned",
        )
        | in_beds(trust, stay[part][1])
        for part, ages, count in parts
    ]


def in_beds(trust: str, stay: float) -> Row:
    """What a line has that uses the beds of its trust: mean stay in days, and the beds."""
    return {"length_of_stay": round(stay, 3), "bed_pool": f"beds_{trust}"}


def line(
    *,
    key: str,
    name: str,
    care: str,
    trust: str,
    baseline: float,
    unit: str,
    profile: str,
    trend: Trend,
    cost: str,
    source: str,
) -> Row:
    """One hospital line, paid by the commissioners together; price = cost, no contract known."""
    return {
        "key": key,
        "name": name,
        "care": care,
        "population": PLACE,
        "provider": f"trust_{trust}",
        "commissioner": COMMISSIONERS,
        "baseline": baseline,
        "unit": unit,
        "age_profile": profile,
        **spread(growth=trend),
        "growth_kind": "net_of_past_effort" if cost != "ae" else "gross",
        "length_of_stay": None,
        "bed_pool": "",
        "unit_cost": unit_cost(cost),
        "cost_index": "provider_costs",
        "source": source,
    }


ASSUMED: dict[str, tuple[str, str, str]] = {
    "non_elective": ("unit_cost_non_elective", "Unit cost of an unplanned spell, taken as one episode", "GBP a spell"),
    "elective": ("unit_cost_elective", "Unit cost of a planned overnight stay", "GBP a spell"),
    "day_case": ("unit_cost_day_case", "Unit cost of a day case", "GBP a spell"),
    "outpatient": ("unit_cost_outpatient", "Unit cost of a first outpatient attendance", "GBP an attendance"),
    "ae": ("unit_cost_ae", "Unit cost of an A&E attendance", "GBP an attendance"),
}
GROWN: dict[str, tuple[str, str, str]] = {
    "non_elective": ("unplanned_growth", "Unplanned admissions", "growth_fitted"),
    "outpatient": ("outpatient_growth", "First outpatient attendances", "growth_fitted"),
    "elective": ("planned_overnight_growth", "Planned overnight stays, held", "growth_held"),
    "day_case": ("day_case_growth", "Day cases, held", "growth_held"),
    "ae": ("ae_growth_used", "A&E attendances", "growth_ae_model"),
}
WRITTEN = " (to change it, change the lines in activity.csv)"


def assumptions(raw: Raw) -> list[Row]:
    """Unit costs and growth as the lines carry them, each with its own source; no range where none is known."""
    rows: list[Row] = []
    for kind, (key, name, unit) in ASSUMED.items():
        value = unit_cost(kind)
        rows.append(
            {"key": key, "name": name + WRITTEN, **spread(value=(value, value, value)), "unit": unit}
            | {"source": "unit_costs_2016_17"}
        )
    for kind, trend in growth(raw).items():
        key, name, source = GROWN[kind]
        held = kind in KINDS and held_by_opinion(estimate(raw, kind))
        assert held == (source == "growth_held"), kind
        rows.append(
            {"key": key, "name": f"{name}: growth beyond people's number and age{WRITTEN}", **spread(value=trend)}
            | {"unit": "fraction a year", "source": source}
        )
    return rows


def council_lines(raw: Raw) -> list[Row]:
    """Net spending on adult social care and public health, a pound a unit; Suffolk by its people in the footprint."""
    rows: list[Row] = []
    for code, county, share in (("E10000020", "Norfolk", 1.0), ("E10000029", "Suffolk", share_of_suffolk(raw))):
        (spent,) = raw.rows(
            "finance/la_social_care_public_health_outturn_2015-16_2017-18.csv", financial_year="2015-16", ons_code=code
        )
        where = county if share == 1 else "Waveney (its share of Suffolk)"
        for key, label, care, column, profile in (
            (
                "social_care",
                "Adult social care",
                "social_care_package",
                "adult_social_care_net_current_k",
                f"social_care_{county.lower()}",
            ),
            ("public_health", "Public health", "public_health_contact", "public_health_net_current_k", ""),
        ):
            rows.append(
                {
                    "key": f"{key}_{county.lower()}",
                    "name": f"{label}, {where}",
                    "care": care,
                    "population": PLACE,
                    "provider": COUNCIL_SERVICES,
                    "commissioner": COUNCILS,
                    "baseline": float(round(number(spent[column]) * 1000 * share)),
                    "unit": "GBP of net spending at 2015/16 prices",
                    "age_profile": profile,
                    **spread(growth=(0.0, 0.0, 0.0)),
                    "growth_kind": "gross",
                    "unit_cost": 1.0,
                    **spread(growth_share=(1.0, 1.0, 1.0)),
                    "cost_index": "council_services",
                    "source": "council_spending",
                }
            )
    return rows


def winter_beds(raw: Raw, code: str) -> tuple[int, float, float]:
    """Days reported, mean beds open and occupied, winter 2015/16 (weekdays); a blank is not nought."""
    days = [
        row
        for row in raw.rows(WINTER, org_code=code)
        if row["ga_beds_open"].strip() and row["ga_beds_occupied"].strip()
    ]
    opened = sum(number(row["ga_beds_open"]) for row in days) / len(days)
    return len(days), opened, sum(number(row["ga_beds_occupied"]) for row in days) / len(days)


def capacity(raw: Raw, lines: list[Row]) -> list[Row]:
    """General and acute beds of each trust; the winter factor is winter beds occupied over the lines' mean bed use."""
    rows: list[Row] = []
    for code, short in TRUSTS.items():
        _, opened, occupied = winter_beds(raw, code)
        rows.append(
            {
                "key": f"beds_{code.lower()}",
                "name": f"General and acute beds, {short}",
                "provider": f"trust_{code.lower()}",
                "kind": "general_acute",
                "open_beds": round(opened, 1),
                **spread(target_occupancy=(0.92, 0.92, 0.92)),
                "most_closed_a_year": 0,
                "winter_factor": round(occupied / beds_used(lines, code), 4),
                "source": "beds_winter_2015_16",
            }
        )
    return rows


def later_beds(raw: Raw, code: str) -> float:
    """Mean general and acute beds occupied over the four quarters of 2018/19: a later check, not an input."""
    quarters = raw.rows(QUARTERLY, org_code=code, financial_year="2018-19")
    assert len(quarters) == 4
    return sum(number(row["kh03_occ_ga_avg_beds"]) for row in quarters) / 4


def beds_used(lines: list[Row], code: str) -> float:
    """Beds in use on an average day: spells times mean stay over 365."""
    mine = [row for row in lines if row.get("bed_pool") == f"beds_{code.lower()}"]
    return sum(float(str(row["baseline"])) * float(str(row["length_of_stay"])) for row in mine) / 365
