"""Totals that the tests hold the committed tables to, without the raw files."""

from __future__ import annotations

from collections import defaultdict

from .writing import Row


def totals(tables: dict[str, list[Row]]) -> Row:
    """Rows of every table, England's people, and sums of care, beds, staff and money."""
    found: dict[str, float] = defaultdict(float)
    for row in tables["people"]:
        persons = sum(float(str(value)) for name, value in row.items() if name.startswith("age_"))
        found[f"people_{row['kind']}_{row['year']}"] += persons
    for row in tables["emergency"]:
        found[f"attendances_type_{row['type']}_{row['year']}"] += float(str(row["attendances"]))
    for row in tables["beds"]:
        found[f"beds_as_reported_{row['winter']}"] += float(str(row["open_as_reported"]))
    for row in tables["england_beds"]:
        found[f"beds_england_{row['winter']}"] = float(str(row["open_as_reported"]))
    for row in tables["activity"]:
        found[f"non_elective_{row['year']}"] += float(str(row["non_elective"]))
    for row in tables["council_spending"]:
        found[f"adult_social_care_k_{row['year']}"] += float(str(row["adult_social_care_k"] or 0))
    found["staff_fte"] = sum(float(str(row["fte"])) for row in tables["staff"])
    found["allocations_k"] = sum(float(str(row["allocation_k"])) for row in tables["allocations"])
    rows = {f"rows_{name}": len(lines) for name, lines in tables.items()}
    return {name: round(value, 1) for name, value in sorted(found.items())} | rows
