"""Build the worked plans that rest on a start from published data: `python tools/build_worked.py [NAME …]`.

A plan is what `tripleaim new` gives for the place, then what `tools/worked/NAME.toml` says of it, then the schemes it
chooses from `tools/worked/examples.toml`. No raw files are needed. The same package and the same curated files give
the same bytes; `build.json` keeps the checksums of both. The README is written by hand, but for its marked parts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from worked import readme
from worked.examples import examples

from tripleaim.loading import crosscheck_plan, write_plan
from tripleaim.opendata.start import start
from tripleaim.plan import Plan
from tripleaim.plan.place import Place, PlaceKind
from tripleaim.plan.plan import sort_rows
from tripleaim.plan.source import Printed

VERSION = "1"
TOOLS = Path(__file__).resolve().parent
ROOT = TOOLS.parent
PLANS = ROOT / "plans"
NAMES = ("west_north_and_east_cumbria", "greater_manchester")
PACKAGED = (
    "opendata/data/*.csv",
    "opendata/start/sources.toml",
    "opendata/start/growth_ranges.csv",
    "evidence/library.csv",
)


def curated(name: str) -> dict[str, Any]:
    """One curated file."""
    return tomllib.loads((TOOLS / "worked" / f"{name}.toml").read_text(encoding="utf-8"))


def plan(name: str) -> Plan:
    """The worked plan: the start of its place, what is said of it, and the schemes chosen."""
    told = curated(name)
    return with_examples(with_what_is_told(start(told["code"]), told), told)


def with_what_is_told(begun: Plan, told: dict[str, Any]) -> Plan:
    """A started plan with its own heading, more commissioners' areas and printed figures, some in better words."""
    heading = begun.heading.model_copy(
        update={
            "name": told["name"],
            "summary": told["summary"],
            "not_known": (*told["not_known"], *begun.heading.not_known),
        }
    )
    reworded = told["reworded"]
    assert reworded.keys() <= {row.key for row in begun.stated}, "reworded figures that are not in the start"
    stated = (row.model_copy(update=reworded.get(row.key, {})) for row in begun.stated)
    more_stated = (Printed(**row) for row in told.get("stated", ()))
    more_places = (Place(kind=PlaceKind.COMMISSIONER, **row) for row in told.get("commissioners", ()))
    return begun.model_copy(
        update={
            "heading": heading,
            "stated": sort_rows("stated", (*stated, *more_stated)),
            "places": sort_rows("places", (*begun.places, *more_places)),
        }
    )


def with_examples(bare: Plan, told: dict[str, Any]) -> Plan:
    """A plan with the chosen examples, sized to the place."""
    chosen = {key: scheme for key, scheme in curated("examples").items() if key in told["schemes"]}
    assert list(chosen) == told["schemes"], "schemes that are not in the examples, or in another order"
    rows = examples(bare, chosen, told["not_in_schemes"])
    return bare.model_copy(update={name: sort_rows(name, (*getattr(bare, name), *more)) for name, more in rows.items()})


def record(name: str, built: Plan) -> dict[str, Any]:
    """What the plan was built from, and totals its tests hold it to."""
    package = ROOT / "src" / "tripleaim"
    packaged = (file for pattern in PACKAGED for file in sorted(package.glob(pattern)))
    files = [TOOLS / "worked" / "examples.toml", TOOLS / "worked" / f"{name}.toml", *packaged]
    by_care: dict[str, float] = {}
    for line in built.activity:
        by_care[f"baseline_{line.care}"] = by_care.get(f"baseline_{line.care}", 0.0) + line.baseline
    place = built.heading.place
    return {
        "about": "What the plan was built from, and the totals its tests hold it to.",
        "script": "tools/build_worked.py",
        "script_version": VERSION,
        "inputs": {str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
        "totals": {
            **{
                f"people_{year}": sum(row.persons for row in built.population if (row.place, row.year) == (place, year))
                for year in (2017, 2019)
            },
            **dict(sorted(by_care.items())),
            "open_beds": round(sum(pool.open_beds for pool in built.capacity), 1),
            "schemes": len(built.schemes),
            "stated": len(built.stated),
        },
    }


def build(name: str, folder: Path) -> Plan:
    """Write the plan, the record of its build and the marked parts of its README."""
    built = plan(name)
    crosscheck_plan(built)
    write_plan(built, folder)
    text = json.dumps(record(name, built), indent=2) + "\n"
    (folder / "build.json").write_text(text, encoding="utf-8", newline="\n")
    readme.refresh(folder / "README.md", built)
    return built


def main() -> None:
    """Read the arguments and build; all worked plans where none is named."""
    parser = argparse.ArgumentParser(description="Build the worked plans that rest on a start from published data.")
    parser.add_argument("name", nargs="*", choices=[*NAMES, []], help="which (default: all)")
    parser.add_argument("--out", type=Path, default=PLANS, help="folder of the plans (default: plans)")
    given = parser.parse_args()
    for name in given.name or NAMES:
        built = build(name, given.out / name)
        print(f"{name}: {len(built.activity)} lines, {len(built.schemes)} schemes, {len(built.stated)} printed figures")


if __name__ == "__main__":
    main()
