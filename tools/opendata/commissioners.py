"""What commissioning groups were given."""

from __future__ import annotations

from .raw import Raw, number, number_if_any
from .writing import Row

YEAR = "2018/19 (inferred)"
"""The copy carries no year; the sum comes nearest to what was published for 2018/19."""

FORMER = {"00W": "14L", "01M": "14L", "01N": "14L"}
"""Manchester's three groups of 2016 still stand in the copy; their successor is named."""


def allocations(raw: Raw) -> list[Row]:
    """Core allocation of each group; Newcastle Gateshead (13T) is missing in the copy."""
    return [
        {
            "commissioner": row["ccg_code"],
            "year": YEAR,
            "allocation_k": number(row["final_allocation_k"]),
            "growth_pct": number(row["final_growth_pct"]),
            "per_head": number(row["allocation_per_head_gbp"]),
            "distance_from_target": number(row["closing_dft_pct"]),
            "population": number(row["population"]),
            "previous_year_k": number_if_any(row["previous_year_allocation_derived_k"]),
            "flag": f"group of 2016; from 2017 part of {FORMER[row['ccg_code']]}" if row["ccg_code"] in FORMER else "",
        }
        for row in raw.rows("finance/ccg_core_allocations_2018-19.csv")
    ]
