"""Staff in post by organisation and staff group."""

from __future__ import annotations

from .raw import Raw, number
from .writing import Row

FILE = "workforce/hchs_fte_by_org_staff_group_2017-09.csv"


def staff(raw: Raw) -> list[Row]:
    """Full-time equivalents, September 2017."""
    return [
        {"organisation": row["org_code"], "group": row["staff_group"], "fte": number(row["fte"])}
        for row in raw.rows(FILE)
    ]
