"""Write the golden runs again: `python -m tests.golden.refresh`. Present output, not truth (see README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tripleaim.loading import read_plan
from tripleaim.projection import Projection, project

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
PLANS = ("greater_manchester", "norfolk_and_waveney", "wealdshire_and_marsh", "west_north_and_east_cumbria")


def pounds(amounts: Iterable[float]) -> list[int]:
    """Whole pounds, without a negative nought."""
    return [round(amount) for amount in amounts]


def golden(name: str) -> dict[str, Any]:
    """Key figures of one worked plan."""
    return key_figures(project(read_plan(ROOT / "plans" / name)))


def key_figures(found: Projection) -> dict[str, Any]:
    """What a reader would notice if it moved."""
    return {
        "years": list(found.years),
        "is_pressure": found.is_pressure,
        "short_by": {
            row.who: {case: pounds(getattr(row, case)) for case in ("do_nothing", "hoped", "resourced")}
            for row in (*found.money, *found.organisations)
        },
        "walk": {step.key: pounds(step.amounts) for step in found.walk("both").steps},
        "bridge": {step.key: pounds(step.amounts) for step in found.bridge("both").steps},
        "beds": {
            row.pool: {
                "base": round(row.base, 1),
                "needed": round(row.needed, 1),
                "open": round(row.open_last, 1),
                "open_nothing": round(row.open_nothing, 1),
                "unsupported": round(row.unsupported, 1),
            }
            for row in found.beds
        },
        "benefits": {
            row.provider: {
                "cash_releasing": pounds(row.cash_releasing),
                "cost_avoiding": pounds(row.cost_avoiding),
                "arrivals": pounds(row.arrivals),
            }
            for row in found.benefits
        },
        "stranded": {row.provider: pounds(row.stranded) for row in found.stranded},
        "funds": {f"{row.organisation} {row.year} {row.case}": round(row.fund_earned) for row in found.control_totals},
        "councils_still_to_find": {
            f"{row.organisation} {row.year} {row.case}": round(row.still_to_find) for row in found.councils
        },
        "outcomes": {
            gap.gap: {
                "with_standard": gap.with_standard,
                "met": {case: list(values) for case, values in gap.met.items()},
                "worst": gap.worst,
            }
            for gap in found.outcomes
        },
    }


def main() -> None:
    """Write every golden run."""
    for name in PLANS:
        text = json.dumps(golden(name), ensure_ascii=False, indent=1) + "\n"
        (HERE / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
