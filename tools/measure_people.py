"""Measure how far projected people are from what was counted later: `python tools/measure_people.py --raw FOLDER`.

The projection is the program's own (method note 1), not a copy of it. Written: `docs/method/people_error.csv`, the
tables of the method note, and the small sample from which the tests measure some of it again. Every input is checked
against its SHA-256 first. No network, no chance: the same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from people import areas, footprints, words
from people.measure import Line, furthest, lines

ROOT = Path(__file__).resolve().parent.parent
ERRORS = ROOT / "docs" / "method" / "people_error.csv"
NOTE = ROOT / "docs" / "method" / "1-people.md"
SAMPLE = ROOT / "tests" / "projection" / "people_sample"


def measured(raw: areas.Raw) -> list[Line]:
    """Every line of the table."""
    districts = areas.districts(raw)
    england = areas.england(districts)
    put_together, published = areas.footprints(raw, districts), areas.published_footprints(raw)
    sample = {code: districts[code] for code in areas.write_sample(SAMPLE, districts, england)}
    return [
        *lines("districts", districts, england, by_size=True),
        *lines("councils", areas.councils(raw, districts), england),
        *lines("footprints", put_together, england),
        *lines("sample of districts", sample, england),
        *furthest(districts, england),
        *footprints.together_and_published(put_together, published),
        *footprints.sum_and_england(published),
    ]


def main() -> None:
    """Write the table, the note's part of it, and the sample."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--raw", type=Path, required=True, help="folder of published files")
    found = measured(areas.Raw(asked.parse_args().raw))
    with ERRORS.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, fieldnames=list(found[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(found)
    NOTE.write_text(words.inserted(NOTE.read_text(encoding="utf-8"), found), encoding="utf-8")
    print(f"{len(found)} lines in {ERRORS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
