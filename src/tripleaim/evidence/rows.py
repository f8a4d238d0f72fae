"""From the text of the library to its entries: everything checked, every problem told at once.

Also usable on a library of a place's own, in the same columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from pydantic import ValidationError

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import Grade
from tripleaim.evidence.units import EffectUnit

NUMBERS = ("effect_point", "effect_low", "effect_high", "comparator_growth", "time_to_full_effect_months")
MONEY = ("cost_per_person_gbp",)
WHOLE_NUMBERS = ("source_year",)
FLAGS = (
    *("zero_means_not_significant", "raw_growth_rate", "context_only", "positive_is_gain", "months_are_payback"),
    *("one_sided_interval", "more_is_better"),
)
LISTS = ("contradicts", "same_programme")

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class LibraryUnreadable(ValueError):
    """The library cannot be trusted as it stands. `problems` says everything that is wrong with it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("the evidence library cannot be read:\n" + "\n".join(f"  {problem}" for problem in problems))


def entries_from(text: str) -> tuple[EvidenceEntry, ...]:
    """Every entry of a library, in the order of the file.

    text : CSV with one column for each field of `EvidenceEntry`
    raises : LibraryUnreadable, with every problem at once; never part of a library
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    problems = _column_problems(reader.fieldnames or ())
    if problems:
        raise LibraryUnreadable(tuple(problems))
    entries = []
    for number, row in enumerate(reader, start=2):
        try:
            entries.append(_entry(row))
        except ValidationError as error:
            problems += [f"row {number}, {row['ref']}, {_told(each['loc'], each['msg'])}" for each in error.errors()]
        except ValueError as error:
            problems.append(f"row {number}, {row.get('ref')}, {error}")
    problems += _problems_between(entries)
    if problems:
        raise LibraryUnreadable(tuple(problems))
    return tuple(entries)


def _column_problems(found: Iterable[str]) -> list[str]:
    expected, given = set(EvidenceEntry.model_fields), set(found)
    missing = [f"column {name} is missing" for name in sorted(expected - given)]
    return missing + [f"column {name} is not one of ours" for name in sorted(given - expected)]


def _entry(row: dict[str, str]) -> EvidenceEntry:
    if None in row or None in row.values():
        raise ValueError("has more or fewer cells than there are columns")
    return EvidenceEntry(**{field: _value(field, text) for field, text in row.items()})  # type: ignore[arg-type]


def _value(field: str, text: str) -> object:
    """One cell as the value its field holds; an empty cell is None, a flag unset or an empty list."""
    if field in FLAGS:
        return _flag(field, text)
    if field in LISTS:
        return tuple(text.split())
    if text == "":
        return None
    if field in NUMBERS or field in MONEY:
        return float(_digits(field, text))
    if field in WHOLE_NUMBERS:
        return int(_digits(field, text))
    if field == "effect_unit":
        return EffectUnit(text)
    return Grade(text) if field == "grade" else text


def _flag(field: str, text: str) -> bool:
    if text not in ("", "yes"):
        raise ValueError(f"{field}: found {text!r}; expected yes or nothing")
    return text == "yes"


def _digits(field: str, text: str) -> str:
    """The text, if it is a plain number; "nan", "1_000" and "12%" are not."""
    if not (_NUMBER.fullmatch(text) and text.isascii()):
        raise ValueError(f"{field}: found {text!r}; expected a plain number such as -6.7")
    return text


def _told(place: tuple[int | str, ...], message: str) -> str:
    """One of pydantic's errors in a few words."""
    where = ".".join(str(part) for part in place) or "figures"
    return f"{where}: {message.removeprefix('Value error, ')}"


def _problems_between(entries: list[EvidenceEntry]) -> list[str]:
    """What is wrong between entries: a reference used twice, a link to nothing, a link not returned."""
    counts = Counter(entry.ref for entry in entries)
    problems = [f"{ref} is used {count} times" for ref, count in counts.items() if count > 1]
    by_ref = {entry.ref: entry for entry in entries}
    for entry in entries:
        for field in LISTS:
            for other in getattr(entry, field):
                if other not in by_ref:
                    problems.append(f"{entry.ref}, {field}: there is no {other}")
                elif entry.ref not in getattr(by_ref[other], field):
                    problems.append(f"{entry.ref}, {field}: {other} does not point back")
    return problems
