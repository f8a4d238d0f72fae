"""Build the plan of Norfolk and Waveney: `python tools/build_norfolk.py --raw FOLDER`.

It is the start that any place gets from the open data of the package, with what is Norfolk's own: its heading, printed
figures from public documents, four schemes of ours, and the ambulance trust that serves it from elsewhere. The raw
file is checked against its SHA-256 first; the build stops when it differs. The same inputs give the same bytes, and
`build.json` records the totals the tests hold the plan to.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from norfolk import ideas
from norfolk.raw import CHECKSUMS, FOOTPRINT, Raw, told
from norfolk.stated import headlines, positions

from tripleaim.loading import crosscheck_plan, write_plan
from tripleaim.opendata.start import start
from tripleaim.plan import TABLES, Plan
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.plan import Heading, sort_rows
from tripleaim.plan.source import Source, SourceKind

VERSION = "4"
FOLDER = Path(__file__).resolve().parent.parent / "plans" / "norfolk_and_waveney"

KEPT = ("core_allocations", "staff_2017_09", "beds_quarterly_2018_19")
"""Printed figures kept from the start, by source; others stand in the published positions, with more beside them."""

AMBULANCE = Organisation(
    key="trust_ryc",
    name="East of England Ambulance Service NHS Trust",
    role=Role.PROVIDER,
    kind="NHS trust, ambulance; serves six counties",
    code="RYC",
    accounts=False,
    source="ods_trusts",
)


def build(raw: Raw) -> Plan:
    """The start of the place with what is its own."""
    started = start(FOOTPRINT)
    found, pages = positions(raw)
    own = [
        Source(key=key, **{**words, "kind": SourceKind(words["kind"])}) for key, words in told("sources.toml").items()
    ]
    more = {
        "organisations": (*started.organisations, AMBULANCE),
        "schemes": ideas.schemes(),
        "effects": ideas.effects(started.activity),
        "costs": ideas.costs(started.activity),
        "stated": (*headlines(), *found, *(row for row in started.stated if row.source in KEPT)),
    }
    rows = {form.name: tuple(more.get(form.name, getattr(started, form.name))) for form in TABLES}
    used = {row.source for name, table in rows.items() if name != "sources" for row in table}
    rows["sources"] = tuple(each for each in (*started.sources, *own, *pages) if each.key in used)
    plan = Plan(heading=heading(started), **{name: sort_rows(name, table) for name, table in rows.items()})
    crosscheck_plan(plan)
    return plan


def heading(started: Plan) -> Heading:
    """Norfolk's own heading; what the start says of flows, flags and other trusts stands in its place in the list."""
    own = told("heading.toml")
    said = dict(zip(("{where_patients_live}", "{flagged}", "{other_trusts}"), started.heading.not_known, strict=False))
    return Heading(**{**own, "not_known": tuple(said.get(text, text) for text in own["not_known"])})


def totals(plan: Plan) -> dict[str, float]:
    """Totals that the plan's tests hold the committed tables to."""
    result: dict[str, float] = {
        f"people_{year}_{place}": sum(row.persons for row in plan.population if row.place == place and row.year == year)
        for place in (plan.heading.place, "england")
        for year in (2017, 2019)
    }
    for line in plan.activity:
        result[f"baseline_{line.care}"] = result.get(f"baseline_{line.care}", 0.0) + line.baseline
    result |= {f"open_{pool.key}": pool.open_beds for pool in plan.capacity}
    return result | {f"rows_{form.name}": len(rows) for form in TABLES if (rows := getattr(plan, form.name))}


def main() -> None:
    """Read the arguments, build, and say how much was written."""
    parser = argparse.ArgumentParser(description="Build the plan of Norfolk and Waveney from published data.")
    parser.add_argument("--raw", type=Path, required=True, help="folder of published raw data")
    parser.add_argument(
        "--out", type=Path, default=FOLDER, help="folder of the plan (default: plans/norfolk_and_waveney)"
    )
    given = parser.parse_args()
    plan = build(Raw(given.raw))
    folder = write_plan(plan, given.out)
    record = {
        "about": "What the plan was built from beside the open data, and the totals its tests hold it to.",
        "script": "tools/build_norfolk.py",
        "script_version": VERSION,
        "inputs": CHECKSUMS,
        "totals": totals(plan),
    }
    (folder / "build.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    for form in TABLES:
        print(f"{form.name:18}{len(getattr(plan, form.name)):6} rows")


if __name__ == "__main__":
    main()
