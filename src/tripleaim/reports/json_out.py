"""The result as one JSON document with stable keys (docs/json.md)."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from tripleaim.plan import Plan
from tripleaim.projection.result import Projection, as_plain
from tripleaim.reports.facts import package_version

if TYPE_CHECKING:
    from tripleaim.stress.whole import Whole


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


def stress_report(whole: Whole) -> str:
    """A whole stress test as one JSON document: the findings of the draws, and beside them what stands around them.

    A part that was not asked for is null or an empty list; a comparison with nothing is null.
    """
    told = document("stress", whole.found.plan, whole.found)
    del told["remarks"], told["result"]["plan"], told["result"]["fingerprint"]
    around = {part.name: as_plain(getattr(whole, part.name)) for part in fields(whole) if part.name != "found"}
    told["result"] = without_infinities(told["result"] | around)
    return to_text(told)


def without_infinities(value: Any) -> Any:
    """Plain values, with null for a number that JSON cannot hold."""
    if isinstance(value, dict):
        return {key: without_infinities(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_infinities(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def to_text(found: Any) -> str:
    """A document as text: UTF-8, an indent of one, no NaN."""
    return json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
