"""Price indices, and every printed figure laid beside the model: headlines, positions, staff, allocations."""

from __future__ import annotations

import re

from .care import later_beds
from .people import PROVIDERS, members
from .raw import FOOTPRINT, PLAN_YEARS, TRUSTS, Raw, number, table
from .writing import Row, spread

INFLATION = {
    "pay": (3.3, 2.0, 1.6, 1.6, 2.9),
    "drugs": (4.5, 4.6, 3.6, 4.1, 4.1),
    "capital": (3.1, 3.2, 3.2, 3.1, 3.1),
    "other": (1.7, 1.8, 2.1, 1.9, 2.0),
    "provider_costs": (3.1, 2.3, 2.0, 2.0, 2.9),
}
"""Provider cost inflation, per cent a year, 2016/17 to 2020/21; `provider_costs` is the overall figure printed."""

COUNCIL_SERVICES = (0.03, 0.02, 0.045)
"""Prices of what councils pay for: no published index in our files, so a placeholder with a wide interval."""


def indices() -> list[Row]:
    """Published provider inflation by pool, and one illustrative index for what councils pay."""
    rows: list[Row] = []
    for index, changes in INFLATION.items():
        for year, change in zip(PLAN_YEARS, changes, strict=True):
            value = round(change / 100, 4)
            rows.append(
                {"index": index, "year": year, **spread(change=(value, value, value)), "source": "provider_inflation"}
            )
    for year in PLAN_YEARS:
        rows.append(
            {
                "index": "council_services",
                "year": year,
                **spread(change=COUNCIL_SERVICES),
                "source": "illustrative_council_prices",
            }
        )
    return rows


MEASURES = {
    "capital_spend": ("capital", "spent on capital"),
    "control_total": ("other", "control total, surplus + deficit −"),
    "cost_improvement_plan": ("saving", "cost improvement programme planned"),
    "dh_interim_loans_balance": ("other", "interim revenue loans owed at 31 March"),
    "operating_income": ("other", "operating income"),
    "revenue_loan_request": ("other", "revenue loan asked for"),
    "stf_bonus_and_incentive": ("funding", "sustainability fund bonus and incentive"),
    "surplus_deficit_forecast": ("other", "forecast, surplus + deficit −"),
    "surplus_deficit_outturn": ("other", "outturn, surplus + deficit −"),
    "surplus_deficit_plan": ("other", "plan, surplus + deficit −"),
    "public_health_grant": ("funding", "public health grant"),
    "better_care_fund_income_to_council": ("funding", "Better Care Fund income to the council"),
    "adult_social_care_net_current_expenditure": ("spend", "adult social care, net current spending"),
    "adult_social_care_gross_current_expenditure": ("spend", "adult social care, gross current spending"),
    "public_health_net_current_expenditure": ("spend", "public health, net current spending"),
}

LATER = ("2018/19",)

PLACED = {
    ("E10000020", "RS line 360"): "social_care_norfolk",
    ("E10000020", "RS line 390"): "public_health_norfolk",
}
"""Council and line of the revenue outturn → the plan's line that is the same spending of the same county.

Suffolk stands unplaced: its figures are of the whole county, the plan's lines of Waveney's share. So do gross spending
and the adult social care return, which define spending otherwise than the plan's lines do.
"""


def stated(raw: Raw) -> tuple[list[Row], list[Row]]:
    """Every printed figure, and the sources of the published positions."""
    check_headlines(raw)
    rows: list[Row] = []
    for row in table("headlines.csv"):
        amount = number(row["gbp_million"]) * 1e6
        words = {
            column: row[column] for column in ("key", "name", "measure", "year", "scope", "basis", "setting", "source")
        }
        rows.append(printed(**words, amount=amount))
    positions, sources = published_positions(raw)
    return rows + positions + allocations(raw) + staff(raw) + occupied_beds(raw), sources


def printed(
    *,
    key: str,
    name: str,
    measure: str,
    year: str,
    amount: float,
    scope: str,
    basis: str,
    source: str,
    setting: str = "",
    placed_with: str = "",
) -> Row:
    """One printed figure; it is placed only with what the model computes of the same thing, scope and year."""
    return {
        "key": key,
        "name": name,
        "measure": measure,
        "year": year,
        "amount": float(round(amount, 1)),
        "scope": scope,
        "basis": basis,
        "setting": setting,
        "placed_with": placed_with,
        "source": source,
    }


def check_headlines(raw: Raw) -> None:
    """The headlines above are the stored printed figures, to the last digit."""
    mine = {row["stored_measure"]: row for row in table("headlines.csv")}
    for row in raw.rows("stp/stp_published_finance_figures.csv", STP17CD=FOOTPRINT):
        assert number(mine[row["measure"]]["gbp_million"]) == number(row["value"]), row


def slug(text: str, most: int = 36) -> str:
    """Words as a key."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:most].strip("_")


def published_positions(raw: Raw) -> tuple[list[Row], list[Row]]:
    """Money figures of this place's organisations as published; conflicting figures are both kept."""
    rows: list[Row] = []
    sources: dict[tuple[str, str], Row] = {}
    found = [
        row
        for row in raw.rows("finance/published_positions.csv", place="Norfolk and Waveney")
        if row["measure"] in MEASURES
    ]
    found.sort(
        key=lambda row: (row["org_code"], row["financial_year"], row["measure"], number(row["value_gbp_m"]), row["url"])
    )
    for n, row in enumerate(found, 1):
        mark = (row["source"], row["url"])
        if mark not in sources:
            sources[mark] = position_source(f"position_{len(sources) + 1:02d}_{slug(row['source'], 24)}", row)
        measure, words = MEASURES[row["measure"]]
        who = slug(row["org_code"] or "all_trusts")
        year = row["financial_year"]
        name = f"{row['org_name']}: {words}, {year} ({row['basis_note']})"
        if year in LATER and "later" not in name:
            name += "; later than the plan"
        scope = "council" if row["org_kind"] == "council" else "nhs"
        basis = "as printed" if "balance" in row["measure"] else "annual"
        key = f"{who}_{year[:4]}_{slug(row['measure'], 30)}_{n}"
        rows.append(
            printed(
                key=key,
                name=name,
                measure=measure,
                year=year,
                amount=number(row["value_gbp_m"]) * 1e6,
                scope=scope,
                basis=basis,
                placed_with=counterpart(row),
                source=str(sources[mark]["key"]),
            )
        )
    return rows, list(sources.values())


def counterpart(row: dict[str, str]) -> str:
    """The plan's line that is the same spending as a published position, or nothing."""
    definition = row["basis_note"].split(",")[0]
    return PLACED.get((row["org_code"], definition), "")


def position_source(key: str, row: dict[str, str]) -> Row:
    """The public page or list one or more published positions were taken from."""
    public = re.search(
        r"gov\.uk|nhs\.uk|MHCLG|NHS Digital|NHS Improvement year|Department of Health", row["source"] + row["url"]
    )
    return {
        "key": key,
        "kind": "published",
        "title": row["source"],
        "publisher": row["source"].split(",")[0].split(" (")[0],
        "year": row["source_date"],
        "url": row["url"],
        "licence": "Open Government Licence v3.0 (figures of a public body)"
        if public
        else "facts only, cited; no prose reproduced",
        "note": "finance/published_positions.csv. Each name says plan, forecast or outturn; conflicts are kept.",
    }


def allocations(raw: Raw) -> list[Row]:
    """Core allocations of the five commissioning groups: the copy carries no year, 2018/19 is inferred."""
    rows: list[Row] = []
    names = {row["CCG17CDH"]: row["CCG17NM"] for row in members(raw)}
    found = {
        row["ccg_code"]: number(row["final_allocation_k"])
        for row in raw.rows("finance/ccg_core_allocations_2018-19.csv")
    }
    for code, name in names.items():
        words = (
            f"{name}: core allocation; the year is inferred, probably 2018/19; no primary medical or specialised money"
        )
        rows.append(
            printed(
                key=f"allocation_{code.lower()}",
                name=words,
                measure="funding",
                year="2018/19",
                amount=found[code] * 1000,
                scope="nhs",
                basis="annual",
                source="core_allocations",
            )
        )
    return rows


def staff(raw: Raw) -> list[Row]:
    """Full-time equivalents by organisation and staff group, September 2017: a count of people, not money."""
    rows: list[Row] = []
    for row in raw.rows("workforce/hchs_fte_by_org_staff_group_2017-09.csv"):
        if row["org_code"] in PROVIDERS and row["org_code"] != "RYC":
            who, group = PROVIDERS[row["org_code"]][0], row["staff_group"].replace("HCHS doctors", "doctors").lower()
            name = f"{who}: {group}, full-time equivalents, September 2017"
            key = f"fte_{row['org_code'].lower()}_{slug(row['staff_group'])}"
            rows.append(
                printed(
                    key=key,
                    name=name,
                    measure="staff",
                    year="2017/18",
                    amount=number(row["fte"]),
                    scope="nhs",
                    basis="as printed",
                    setting="staff",
                    source="staff_2017_09",
                )
            )
    return rows


def occupied_beds(raw: Raw) -> list[Row]:
    """General and acute beds occupied in 2018/19 by trust: a later check of the beds the model has full."""
    return [
        printed(
            key=f"occupied_beds_{code.lower()}",
            name=f"{PROVIDERS[code][0]}: general and acute beds occupied, mean of the four quarters of 2018/19; "
            "later than the plan",
            measure="beds",
            year="2018/19",
            amount=later_beds(raw, code),
            scope="nhs",
            basis="annual",
            setting="general and acute beds",
            placed_with=f"beds_{code.lower()}",
            source="beds_quarterly_2018_19",
        )
        for code in TRUSTS
    ]
