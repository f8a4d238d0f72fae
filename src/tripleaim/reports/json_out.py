"""The result as one JSON document with stable keys (docs/json.md)."""

from __future__ import annotations

import json
from typing import Any

from tripleaim.plan import Plan
from tripleaim.projection.result import Projection, as_plain
from tripleaim.reports.facts import package_version
from tripleaim.stress.findings import Stress


def document(kind: str, plan: Plan, result: Any, remarks: tuple[str, ...] = ()) -> dict[str, Any]:
    """The frame every JSON document about a plan has."""
    return {
        "tripleaim": package_version(),
        "kind": kind,
        "plan": as_plain(plan),
        "fingerprint": plan.fingerprint,
        "remarks": list(remarks),
        "result": as_plain(result),
    }


def json_report(projection: Projection, remarks: tuple[str, ...] = ()) -> str:
    """A projection as one JSON document."""
    found = document("projection", projection.plan, projection, remarks)
    del found["result"]["plan"], found["result"]["fingerprint"]
    return to_text(found)


def stress_report(found: Stress) -> str:
    """A stress test as one JSON document."""
    told = document("stress", found.plan, found)
    del told["remarks"], told["result"]["plan"], told["result"]["fingerprint"]
    return to_text(told)


def to_text(found: Any) -> str:
    """A document as text: UTF-8, an indent of one, no NaN."""
    return json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
