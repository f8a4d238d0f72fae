"""Build the evidence library that ships in the package from the table it was collected in.

    python tools/build_evidence.py COLLECTED.csv

Only the form is cleaned, and never a value is changed: line endings become LF; a unit and the prose after it are put in
columns of their own; the grade letter is parted from the words after it; what the notes say in prose about a few rows
is written as flags a program can read; and where the collectors named their own files or told how they worked, the
citation or the plain wording of `MENDED` stands instead. All of it can be undone (`undone`), and a test undoes it and
does it again.

Writes, beside the package's code: `library.csv`, and `library.sources.toml` with the checksum of what was read.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).resolve().parent.parent / "src" / "tripleaim" / "evidence"

COLLECTED = [
    "id",
    "name",
    "category",
    "measure",
    "setting",
    "population",
    "effect_point",
    "effect_low",
    "effect_high",
    "effect_unit",
    "time_to_full_effect_months",
    "cost_per_person_gbp",
    "evidence_quality",
    "direction_note",
    "source",
    "source_year",
    "url_or_reference",
]

SAME = [c for c in COLLECTED if c not in ("id", "effect_unit", "evidence_quality")]  # columns copied as they are

# What the list of quirks that came with the collected table says about named rows.
FLAGS: dict[str, frozenset[str]] = {
    "zero_means_not_significant": frozenset({"I003", "I041", "I073", "I089"}),
    "raw_growth_rate": frozenset({"I011", "I012", "I013", "I091"}),
    "context_only": frozenset({"I032", "I043", "I046", "I079"}),
    "positive_is_gain": frozenset({"I046", "I057", "I064", "I069"}),
    "months_are_payback": frozenset({"I057", "I064"}),
    "one_sided_interval": frozenset({"I021", "I023", "I074"}),
    # Our own reading of the measure, not in the list of quirks: more of these is better (people living at home,
    # quality-adjusted life years, people needing no more care), so a "reduction" of them is not an improvement.
    "more_is_better": frozenset({"I018", "I024", "I026", "I036", "I044"}),
}

# Rows with no figure whose note says in words which way the measure moved.
DIRECTION_WITHOUT_POINT = {
    "I002": "increase",  # "NO REDUCTION; emergency and outpatient use and cost higher than controls overall"
    "I008": "increase",  # "HIGHER than controls over first 23 months; size not read"
    "I042": "reduction",  # "Higher continuity = fewer ACS admissions"
    "I075": "reduction",  # "Associated with lower attendance frequency; size not sourced"
}

# The claim and the controlled result that tested it (note of I001: "Same programme's controlled evaluation ... I002").
CONTRADICTS = (("I001", "I002"),)

# Rows about one programme or one trial, as their names and sources say.
SAME_PROGRAMME = (
    ("I001", "I002"),
    ("I005", "I006", "I007"),
    ("I009", "I010"),
    ("I011", "I012", "I091"),  # pioneers
    ("I011", "I013"),  # vanguards
    ("I014", "I015", "I016", "I017"),
    ("I018", "I019", "I020"),
    ("I028", "I029"),
    ("I030", "I031"),
    ("I034", "I035", "I036"),
    ("I037", "I038"),
    ("I040", "I041"),
    ("I048", "I049"),
    ("I050", "I051"),
    ("I054", "I055", "I056", "I057"),
    ("I058", "I059"),
    ("I062", "I063"),
    ("I070", "I071"),
    ("I089", "I090"),
)


class Mending(NamedTuple):
    """A wording of the collectors, and the one a reader is shown instead."""

    ref: str
    column: str
    was: str
    now: str


MENDED = (
    Mending("I001", "name", "(seed claim)", "(claim)"),
    Mending("I001", "direction_note", "seed 000 also claims", "the same post also claims"),
    Mending(
        "I001",
        "source",
        "IMPOWER blog (seed 000)",
        "Kieran Brett, Mind the Gap: Are you ready for Sustainability and Transformation Planning?",
    ),
    Mending(
        "I001",
        "url_or_reference",
        "seed file 000_8b4124129793c2fb.txt",
        "IMPOWER, blog post of February 2016; web address not recorded",
    ),
    Mending("I022", "direction_note", "results page not readable", "the page of results could not be read"),
    Mending("I044", "direction_note", "see expert forecasts E-rows", "see the expert forecasts, E001 to E077"),
    Mending("I074", "direction_note", "Upper bound truncated in look-up", "Upper end of the interval not read"),
)
"""Wordings put right, each once in its cell: names of the collectors' own files, and words about how they worked."""

COLUMNS = [
    "ref",
    *SAME[: SAME.index("effect_high") + 1],
    *("effect_unit", "unit_note", "effect_unit_as_given", "comparator_growth", "direction_without_point"),
    *("time_to_full_effect_months", "cost_per_person_gbp", "grade", "grade_basis"),
    *SAME[SAME.index("direction_note") :],
    *FLAGS,
    *("contradicts", "same_programme"),
]


def parted_unit(given: str) -> tuple[str, str]:
    """The unit and the prose after it: "pct_change (ceiling)" is ("pct_change", "ceiling").

    "not significant" tacked on to a unit is prose too; on its own it names no unit, which is said.
    """
    unit, opened, note = given.partition(" (")
    if unit == "not_significant":
        return "not_stated", "not significant"
    if unit.endswith("_not_significant"):
        return unit.removesuffix("_not_significant"), "not significant"
    return unit, note.removesuffix(")") if opened else ""


def comparator(note: str) -> str:
    """The growth among those outside the programme, as printed: "vs 12.0 in non-participants" is "12.0"."""
    found = re.match(r"vs ([0-9.]+)", note)
    return found[1] if found else ""


def linked(ref: str, groups: Iterable[tuple[str, ...]]) -> str:
    """The other members of every group this row is in, in order, parted by spaces."""
    return " ".join(sorted({other for group in groups if ref in group for other in group} - {ref}))


def mended(row: dict[str, str]) -> dict[str, str]:
    """A row as collected, with its wordings put right; ValueError where one to be mended is not there once."""
    row = dict(row)
    for ref, column, was, now in MENDED:
        if ref == row["id"]:
            if row[column].count(was) != 1:
                raise ValueError(f"{ref}, {column}: found {row[column]!r}; expected the wording {was!r} once")
            row[column] = row[column].replace(was, now)
    return row


def unmended(row: dict[str, str]) -> dict[str, str]:
    """A row with the collectors' wordings again."""
    row = dict(row)
    for ref, column, was, now in MENDED:
        if ref == row["id"]:
            row[column] = row[column].replace(now, was)
    return row


def cleaned(row: dict[str, str]) -> dict[str, str]:
    """One row of the package's library from one row as collected."""
    ref, row = row["id"], mended(row)
    unit, note = parted_unit(row["effect_unit"])
    grade, _, basis = row["evidence_quality"].partition(" ")
    return {
        **{column: row[column] for column in SAME},
        **{flag: "yes" if ref in refs else "" for flag, refs in FLAGS.items()},
        "ref": ref,
        "effect_unit": unit,
        "unit_note": note,
        "effect_unit_as_given": row["effect_unit"],
        "comparator_growth": comparator(note) if ref in FLAGS["raw_growth_rate"] else "",
        "direction_without_point": DIRECTION_WITHOUT_POINT.get(ref, ""),
        "grade": grade,
        "grade_basis": basis,
        "contradicts": linked(ref, CONTRADICTS),
        "same_programme": linked(ref, SAME_PROGRAMME),
    }


def collected_row(row: dict[str, str]) -> dict[str, str]:
    """The row as it was collected, from the package's row."""
    quality = f"{row['grade']} {row['grade_basis']}".strip()
    lost = {"id": row["ref"], "effect_unit": row["effect_unit_as_given"], "evidence_quality": quality}
    return unmended({**{column: row[column] for column in SAME}, **lost})


def written(rows: Iterable[dict[str, str]], columns: list[str], line_end: str) -> str:
    """A table as CSV text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def built(collected: str) -> str:
    """The package's library as CSV text, from the collected table's text."""
    reader = csv.DictReader(io.StringIO(collected, newline=""))
    if reader.fieldnames != COLLECTED:
        raise ValueError(f"the collected table has columns {reader.fieldnames}; expected {COLLECTED}")
    return written((cleaned(row) for row in reader), COLUMNS, "\n")


def undone(library: str) -> str:
    """The collected table's text, from the package's library: proof that nothing else was changed."""
    rows = csv.DictReader(io.StringIO(library, newline=""))
    return written((collected_row(row) for row in rows), COLLECTED, "\r\n")


def checksum(text: str) -> str:
    """SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def sources(collected: str, library: str) -> str:
    """What was read and what was made of it, as TOML."""
    return "\n".join(
        (
            "# Written by tools/build_evidence.py; do not edit by hand.",
            "[read]",
            'file = "evidence_library.csv"',
            f'sha256 = "{checksum(collected)}"',
            f"rows = {len(collected.splitlines()) - 1}",
            'about = "Published evaluations collected by hand; each row names its own source"',
            'licence = "Facts and figures only, each cited; no text or table of any publication is copied"',
            "",
            "[written]",
            'file = "library.csv"',
            f'sha256 = "{checksum(library)}"',
            f"rows = {len(library.splitlines()) - 1}",
            "",
        )
    )


def main() -> None:
    """Read the collected table named on the command line; write the library and its sources."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("collected", type=Path, help="the collected table, as CSV")
    collected = arguments.parse_args().collected.read_bytes().decode()
    library = built(collected)
    (HOME / "library.csv").write_bytes(library.encode())
    (HOME / "library.sources.toml").write_bytes(sources(collected, library).encode())


if __name__ == "__main__":
    main()
