"""What was printed about each plan: figures, leads, ratings. Facts, each with its page; conflicts are kept."""

from __future__ import annotations

from .raw import Raw, financial_year, number, table
from .writing import Row

FIGURES = "stp/stp_published_finance_figures.csv"
UNITS = {"_gbp_m": "GBP million", "_pct": "per cent", "_per_head_gbp": "GBP a head"}
OTHER_UNITS = {
    "population_stated_by_nhs": "people",
    "planned_acute_beds_change": "beds",
    "planned_acute_activity_change_emergency_admissions": "admissions a year",
}
YEARS = ("2015_16", "2016_17", "2020_21")


def unit_of(measure: str) -> str:
    """The unit a measure's name tells."""
    return OTHER_UNITS.get(measure) or next(unit for ending, unit in UNITS.items() if measure.endswith(ending))


def year_of(measure: str) -> str | None:
    """The year a measure's name tells, if any."""
    return next((year.replace("_", "/") for year in YEARS if year in measure), None)


def printed_figures(raw: Raw) -> list[Row]:
    """Gaps, solutions, spending and asks as printed. Scopes differ and are never mixed."""
    return [
        {
            "footprint": row["STP17CD"],
            "number": n,
            "measure": row["measure"],
            "value": number(row["value"]),
            "unit": unit_of(row["measure"]),
            "year": year_of(row["measure"]),
            "basis": row["basis"],
            "scope": row["scope"],
            "source_type": row["source_type"],
            "source_name": row["source"],
            "url": row["source_url"],
            "date": row["source_date"],
            "preferred": row["preferred"],
            "note": row["note"],
        }
        for n, row in enumerate(raw.rows(FIGURES), 1)
    ]


def leads(raw: Raw) -> list[Row]:
    """Who led a plan, as a page of 2016 to 2018 names them."""
    return [
        {
            "footprint": row["STP17CD"],
            "name": row["lead"],
            "role": row["lead_role"],
            "source_name": row["source"],
            "url": row["source_url"],
            "date": row["source_date"],
        }
        for row in raw.rows("stp/stp_leads_2016_17_known.csv")
    ]


def ratings(raw: Raw) -> list[Row]:
    """The overall category of July 2017 where a page prints it."""
    return [
        {
            "footprint": row["STP17CD"],
            "rating": row["overall_rating"],
            "source_name": row["source"],
            "url": row["source_url"],
            "date": row["source_date"],
            "note": row["note"],
        }
        for row in raw.rows("stp/stp_progress_dashboard_2017_known.csv")
    ]


def positions(raw: Raw) -> list[Row]:
    """Money by organisation that public bodies printed of the three worked places, where no other table has it."""
    public = {row["source"] for row in table("positions.csv")}
    rows = [row for row in raw.rows("finance/published_positions.csv") if row["source"] in public]
    return [
        {
            "number": n,
            "place": row["place"],
            "organisation": row["org_code"],
            "name": row["org_name"],
            "year": financial_year(row["financial_year"]),
            "measure": row["measure"],
            "value_gbp_m": number(row["value_gbp_m"]),
            "basis": row["basis_note"],
            "source_name": row["source"],
            "url": row["url"],
            "date": row["source_date"],
        }
        for n, row in enumerate(rows, 1)
    ]
