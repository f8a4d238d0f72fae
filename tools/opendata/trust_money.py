"""What trusts planned, ended with and owed."""

from __future__ import annotations

from collections import Counter

from .raw import Raw, number_if_any
from .writing import Row

LOANS = "finance/dh_interim_loans_by_trust_2016-17_2018-19.csv"


def trust_results(raw: Raw) -> list[Row]:
    """Plan and actual surplus or deficit, 2018/19; a trust that stands twice keeps both rows."""
    rows = raw.rows("finance/trust_plan_and_actual_2018-19.csv")
    times = Counter(row["org_code"] for row in rows)
    seen: Counter[str] = Counter()
    found: list[Row] = []
    for row in rows:
        seen[row["org_code"]] += 1
        found.append(
            {
                "trust": row["org_code"],
                "number": seen[row["org_code"]],
                "year": "2018/19",
                "plan_k": number_if_any(row["plan_k"]),
                "actual_k": number_if_any(row["actual_k"]),
                "flag": "stands twice in the copy with different values" if times[row["org_code"]] > 1 else "",
            }
        )
    return found


def trust_loans(raw: Raw) -> list[Row]:
    """Interim revenue loans owed at 31 March, pounds; a blank is not nought."""
    seen: Counter[str] = Counter()
    rows: list[Row] = []
    for row in raw.rows(LOANS):
        seen[row["org_code"]] += 1
        rows.append(
            {
                "trust": row["org_code"],
                "number": seen[row["org_code"]],
                "name": row["trust"],
                "owed_2016_17": number_if_any(row["loans_balance_2016_17"]),
                "owed_2017_18": number_if_any(row["loans_balance_2017_18"]),
                "owed_2018_19": number_if_any(row["loans_balance_2018_19"]),
            }
        )
    return rows
