"""Build the open data of the 44 footprints: `python tools/build_opendata.py --raw FOLDER`.

Every input is checked against its SHA-256 first; the build stops when one differs. Standard library only. The same
inputs give the same bytes, and `build.json` records the checksums and the totals the tests hold the tables to.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from opendata.raw import CHECKSUMS, Raw, table
from opendata.writing import Row, write_table

from opendata import (
    activity,
    age_indices,
    beds,
    breaks,
    catalogue,
    catchments,
    commissioners,
    councils,
    emergency,
    health,
    people,
    places,
    printed,
    shapes,
    small_areas,
    staff,
    stays,
    totals,
    trust_money,
    trusts,
)

VERSION = "1"
FOLDER = Path(__file__).resolve().parent.parent / "src" / "tripleaim" / "opendata" / "data"

KEYS: dict[str, tuple[str, ...]] = {
    "footprints": ("code",),
    "commissioners": ("version", "code", "footprint"),
    "councils": ("code",),
    "council_overlaps": ("footprint", "council"),
    "district_overlaps": ("footprint", "district"),
    "successors": ("footprint", "icb"),
    "trusts": ("ods",),
    "trust_catchments": ("trust", "kind", "area"),
    "people": ("kind", "area", "year"),
    "people_by_deprivation": ("footprint", "council", "fifth"),
    "deprivation": ("kind", "area"),
    "activity": ("trust", "year"),
    "emergency": ("trust", "year", "type"),
    "stays": ("trust", "age_band"),
    "beds": ("trust", "winter"),
    "england_beds": ("winter",),
    "breaks": ("footprint", "series", "year"),
    "quarterly_beds": ("trust", "year", "quarter"),
    "staff": ("organisation", "group"),
    "council_spending": ("council", "year"),
    "social_care_by_age": ("council",),
    "allocations": ("commissioner",),
    "health": ("kind", "area", "year"),
    "printed_figures": ("footprint", "number"),
    "leads": ("footprint",),
    "ratings": ("footprint",),
    "positions": ("number",),
    "trust_results": ("trust", "number"),
    "trust_loans": ("trust", "number"),
    "age_indices": ("index", "age_from"),
    "national_prices": ("measure", "key", "year"),
    "shapes": ("footprint",),
    "tiles": ("footprint",),
}
"""Columns that tell the rows of each table apart, and that it is sorted by."""


def of_places(raw: Raw) -> dict[str, list[Row]]:
    """Where people live, and who serves and governs them."""
    areas = list(small_areas.small_areas(raw))
    return {
        "footprints": places.footprints(raw),
        "commissioners": places.commissioners(raw),
        "councils": places.councils(raw),
        "council_overlaps": places.council_overlaps(raw),
        "district_overlaps": places.district_overlaps(raw),
        "successors": places.successors(raw),
        "trust_catchments": catchments.trust_catchments(raw),
        "people": people.people(raw, areas),
        "people_by_deprivation": small_areas.people_by_deprivation(areas),
        "deprivation": small_areas.deprivation(raw, areas),
        "health": health.health(raw),
        "shapes": shapes.shapes(raw),
        "tiles": shapes.tiles(raw),
    }


def of_care(raw: Raw) -> dict[str, list[Row]]:
    """Care given, and the beds and staff that give it."""
    return {
        "activity": activity.activity(raw),
        "emergency": emergency.emergency(raw),
        "stays": stays.stays(raw),
        "beds": beds.beds(raw),
        "england_beds": beds.england_beds(raw),
        "quarterly_beds": beds.quarterly_beds(raw),
        "staff": staff.staff(raw),
        "age_indices": age_indices.age_indices(raw),
    }


def of_money(raw: Raw) -> dict[str, list[Row]]:
    """Money, and what was printed of the plans."""
    return {
        "council_spending": councils.council_spending(raw),
        "social_care_by_age": councils.social_care_by_age(raw),
        "allocations": commissioners.allocations(raw),
        "printed_figures": printed.printed_figures(raw),
        "leads": printed.leads(raw),
        "ratings": printed.ratings(raw),
        "positions": printed.positions(raw),
        "trust_results": trust_money.trust_results(raw),
        "trust_loans": trust_money.trust_loans(raw),
        "national_prices": [{**row, "value": float(row["value"])} for row in table("national_prices.csv")],
    }


PROVIDER_TABLES = (
    "activity",
    "emergency",
    "stays",
    "beds",
    "quarterly_beds",
    "trust_catchments",
    "trust_results",
    "trust_loans",
)
"""Tables whose `trust` column names a provider."""


def every_table(raw: Raw) -> dict[str, list[Row]]:
    """Every table, in the order of KEYS."""
    tables = of_places(raw) | of_care(raw) | of_money(raw)
    codes = {str(row["trust"]) for name in PROVIDER_TABLES for row in tables[name]}
    codes |= {str(row["organisation"]) for row in tables["staff"]}
    tables["trusts"] = trusts.trusts(raw, codes - {str(row["ods"]) for row in tables["commissioners"]})
    sums = breaks.series(tables["trusts"], tables["beds"], tables["emergency"])
    tables["breaks"] = breaks.breaks(sums)
    return {name: tables[name] for name in KEYS}


def build(raw: Raw, folder: Path) -> dict[str, list[Row]]:
    """Write every table, what its columns mean, and the record of the build."""
    tables = every_table(raw)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        write_table(folder, name, rows, KEYS[name])
    write_table(folder, "sources", catalogue.sources(), ("key",))
    write_table(folder, "columns", catalogue.columns(tables), ("table", "column"))
    record = {
        "about": "What the open data was built from, and the totals its tests hold it to.",
        "script": "tools/build_opendata.py",
        "script_version": VERSION,
        "inputs": CHECKSUMS,
        "totals": totals.totals(tables),
    }
    (folder / "build.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return tables


def main() -> None:
    """Read the arguments, build, and say how much was written."""
    parser = argparse.ArgumentParser(description="Build the open data of the 44 footprints from published files.")
    parser.add_argument("--raw", type=Path, required=True, help="folder of published raw data")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the tables (default: in the package)")
    given = parser.parse_args()
    for name, rows in build(Raw(given.raw), given.out).items():
        size = (given.out / f"{name}.csv").stat().st_size
        print(f"{name:24}{len(rows):6} rows {size / 1000:8.1f} kB")


if __name__ == "__main__":
    main()
