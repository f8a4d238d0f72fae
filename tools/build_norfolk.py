"""Build the plan of Norfolk and Waveney from published data: `python tools/build_norfolk.py --raw FOLDER`.

Every input is checked against its SHA-256 first; the build stops when one differs. Standard library only. The same
inputs give the same bytes, and `build.json` records the checksums and the totals the tests hold the plan to.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from norfolk import care, growth, ideas, money, outcomes, people, use_by_age
from norfolk.raw import CHECKSUMS, TRUSTS, Raw, told
from norfolk.sources import sources
from norfolk.writing import Row, write_table, write_toml

VERSION = "3"
FOLDER = Path(__file__).resolve().parent.parent / "plans" / "norfolk_and_waveney"

HEADING: Row = told("heading.toml")


def per_cent(value: float) -> str:
    """A fraction in words, such as −4.2 %."""
    return f"{value * 100:.1f} %".replace("-", "−")


def growth_words(raw: Raw, held: bool) -> str:
    """The steps of each growth estimate that was held by opinion, or of each that was not, in a sentence."""
    names = {
        "elective": "planned overnight",
        "day_case": "day case",
        "non_elective": "unplanned",
        "outpatient": "first outpatient",
    }
    parts = []
    for kind, name in names.items():
        found = growth.estimate(raw, kind)
        if growth.held_by_opinion(found) != held:
            continue
        steps = {step: per_cent(found[step]) for step in ("observed", "error", "demographic", "rest", "point")}
        words = "{observed} (standard error {error}) less {demographic} gives {rest}".format(**steps)
        if held:
            words += ", held to {point}".format(**steps)
        parts.append(f"{name} {words}")
    return "; ".join(parts).capitalize() + "."


def beds_words(raw: Raw, lines: list[Row]) -> tuple[str, str]:
    """Beds open, occupied in winter and used by the lines, by trust; and what every episode would have given."""
    parts, every = [], []
    for code, short in TRUSTS.items():
        days, opened, occupied = care.winter_beds(raw, code)
        used = care.beds_used(lines, code)
        parts.append(
            f"{short}: {opened:.1f} open and {occupied:.1f} occupied in winter ({days} days), "
            f"lines use {used:.1f}, occupancy {used / opened:.3f} "
            f"(mean occupied in 2018/19, a later check: {care.later_beds(raw, code):.0f})."
        )
        every.append(
            f"{sum(count * stay for count, stay in use_by_age.ordinary_episodes(raw, code).values()) / 365:,.0f}"
        )
    parts.append(
        "James Paget's lines use far fewer beds than its winter return: its count of non-elective first episodes "
        "fell 15 % from 2012/13 to 2014/15, which looks like a change in counting."
    )
    return " ".join(parts), ", ".join(every)


def totals(raw: Raw, tables: dict[str, list[Row]]) -> Row:
    """Totals that the plan's tests hold the committed tables to."""
    result: Row = {
        f"people_{year}_{place}": sum(
            float(str(row["persons"])) for row in tables["population"] if row["place"] == place and row["year"] == year
        )
        for place in (people.PLACE, "england")
        for year in (2017, 2019)
    }
    kinds: dict[str, float] = {}
    for row in tables["activity"]:
        kinds[str(row["care"])] = kinds.get(str(row["care"]), 0.0) + float(str(row["baseline"]))
    result |= {f"baseline_{kind}": total for kind, total in kinds.items()}
    result |= {f"open_{row['key']}": row["open_beds"] for row in tables["capacity"]}
    return result | {f"rows_{name}": len(rows) for name, rows in tables.items()}


def build(raw: Raw, folder: Path) -> dict[str, list[Row]]:
    """Write every table of the plan, its heading and the record of the build."""
    lines = care.activity(raw)
    words, raw_beds = beds_words(raw, lines)
    stated, position_sources = money.stated(raw)
    tables: dict[str, list[Row]] = {
        "sources": sources(
            growth_fitted=growth_words(raw, held=False),
            growth_held=growth_words(raw, held=True),
            beds=words,
            raw_beds=raw_beds,
        )
        + position_sources,
        "places": people.places(raw),
        "organisations": people.organisations(raw),
        "population": people.population(raw),
        "age_profiles": use_by_age.age_profiles(raw),
        "activity": lines,
        "assumptions": care.assumptions(raw),
        "capacity": care.capacity(raw, lines),
        "indices": money.indices(),
        "schemes": ideas.schemes(),
        "effects": ideas.effects(raw, lines),
        "costs": ideas.costs(raw, lines),
        "indicators": outcomes.indicators(raw),
        "indicator_groups": outcomes.indicator_groups(raw),
        "stated": stated,
    }
    known = {str(row["key"]) for row in tables["sources"]}
    used = {str(row["source"]) for name, rows in tables.items() if name != "sources" for row in rows}
    assert used == known, (sorted(used - known), sorted(known - used))
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        write_table(folder, name, rows)
    write_toml(folder / "plan.toml", "Written by tools/build_norfolk.py; change the script, not this file.", HEADING)
    record = {
        "about": "What the plan was built from, and the totals its tests hold it to.",
        "script": "tools/build_norfolk.py",
        "script_version": VERSION,
        "inputs": CHECKSUMS,
        "totals": totals(raw, tables),
    }
    (folder / "build.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return tables


def main() -> None:
    """Read the arguments, build, and say how much was written."""
    parser = argparse.ArgumentParser(description="Build the plan of Norfolk and Waveney from published data.")
    parser.add_argument("--raw", type=Path, required=True, help="folder of published raw data")
    parser.add_argument(
        "--out", type=Path, default=FOLDER, help="folder of the plan (default: plans/norfolk_and_waveney)"
    )
    given = parser.parse_args()
    for name, rows in build(Raw(given.raw), given.out).items():
        print(f"{name:18}{len(rows):6} rows")


if __name__ == "__main__":
    main()
