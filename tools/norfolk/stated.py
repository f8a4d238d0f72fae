"""Figures printed about Norfolk: headlines of the partners' plan, and every published position of its organisations."""

from __future__ import annotations

import re

from tripleaim.opendata import published
from tripleaim.opendata.start.subject import slug
from tripleaim.plan.source import Printed, Source, SourceKind

from .raw import FOOTPRINT, Raw, table

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


def headlines() -> list[Printed]:
    """Headlines of the partners' plan as printed; none is placed, for they count every service."""
    check_headlines()
    return [
        Printed(
            amount=float(round(float(row["gbp_million"]) * 1e6, 1)),
            **{
                column: row[column]
                for column in ("key", "name", "measure", "year", "scope", "basis", "setting", "source")
            },
        )
        for row in table("headlines.csv")
    ]


def check_headlines() -> None:
    """The headlines are the printed figures of the open data, to the last digit."""
    mine = {row["stored_measure"]: row for row in table("headlines.csv")}
    for figure in published().printed_figures:
        if figure.footprint == FOOTPRINT:
            assert float(mine[figure.measure]["gbp_million"]) == figure.value, figure


def positions(raw: Raw) -> tuple[list[Printed], list[Source]]:
    """Money figures of this place's organisations as published, and their pages; conflicting figures are both kept."""
    rows: list[Printed] = []
    sources: dict[tuple[str, str], Source] = {}
    found = [
        row
        for row in raw.rows("finance/published_positions.csv", place="Norfolk and Waveney")
        if row["measure"] in MEASURES
    ]
    found.sort(
        key=lambda row: (row["org_code"], row["financial_year"], row["measure"], float(row["value_gbp_m"]), row["url"])
    )
    for n, row in enumerate(found, 1):
        mark = (row["source"], row["url"])
        if mark not in sources:
            sources[mark] = page(f"position_{len(sources) + 1:02d}_{cut(row['source'], 24)}", row)
        measure, words = MEASURES[row["measure"]]
        year = row["financial_year"]
        name = f"{row['org_name']}: {words}, {year} ({row['basis_note']})"
        if year in LATER and "later" not in name:
            name += "; later than the plan"
        rows.append(
            Printed(
                key=f"{slug(row['org_code'] or 'all_trusts')}_{year[:4]}_{cut(row['measure'], 30)}_{n}",
                name=name,
                measure=measure,
                year=year,
                amount=float(round(float(row["value_gbp_m"]) * 1e6, 1)),
                scope="council" if row["org_kind"] == "council" else "nhs",
                basis="as printed" if "balance" in row["measure"] else "annual",
                placed_with=counterpart(row),
                source=sources[mark].key,
            )
        )
    return rows, list(sources.values())


def cut(text: str, most: int) -> str:
    """Words as a key of at most so many letters."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:most].strip("_")


def counterpart(row: dict[str, str]) -> str:
    """The plan's line that is the same spending as a published position, or nothing."""
    definition = row["basis_note"].split(",")[0]
    return PLACED.get((row["org_code"], definition), "")


def page(key: str, row: dict[str, str]) -> Source:
    """The public page or list one or more published positions were taken from."""
    public = re.search(
        r"gov\.uk|nhs\.uk|MHCLG|NHS Digital|NHS Improvement year|Department of Health", row["source"] + row["url"]
    )
    return Source(
        key=key,
        kind=SourceKind.PUBLISHED,
        title=row["source"],
        publisher=row["source"].split(",")[0].split(" (")[0],
        year=row["source_date"],
        url=row["url"],
        licence="Open Government Licence v3.0 (figures of a public body)"
        if public
        else "facts only, cited; no prose reproduced",
        note="finance/published_positions.csv. Each name says plan, forecast or outturn; conflicts are kept.",
    )
