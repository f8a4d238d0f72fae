"""What changed between two plans, in words: rows added, rows removed, fields changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from tripleaim.errors import harmless
from tripleaim.loading.cells import LONGEST_CELL
from tripleaim.loading.numbers import shortest
from tripleaim.plan.describe import columns
from tripleaim.plan.plan import Heading, Plan
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun, Range


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One change. For a row added or removed `field` is empty, and `old` or `new` holds its name or key.

    Of a list, such as `not_known`, `old` and `new` hold only the items that the other lacks.
    """

    file: str
    row: str
    field: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.row, self.field) if part)
        if self.field:
            return f"{where}: {_one_line(self.old)} → {_one_line(self.new)}"
        return f"{where}: {'added' if self.old is None else 'removed'}"


def _one_line(value: str | None) -> str:
    return harmless(value).replace("\n", "\\x0a") if value else "(empty)"


def differences(old: Plan, new: Plan) -> tuple[Difference, ...]:
    """Every change from one plan to the other, in reading order; empty exactly when their fingerprints agree."""
    if old.fingerprint == new.fingerprint:
        return ()
    found = _fields("plan.toml", "", Heading, old.heading, new.heading)
    for form in TABLES:
        found += _rows(form, getattr(old, form.name), getattr(new, form.name))
    return tuple(found)


def _rows(form: TableForm, old: tuple[Any, ...], new: tuple[Any, ...]) -> list[Difference]:
    before = {_key(form, row): row for row in old}
    after = {_key(form, row): row for row in new}
    found: list[Difference] = []
    for key in sorted(before.keys() | after.keys()):
        name = ", ".join(str(part) for part in key if part != "")
        if key not in after:
            found.append(Difference(file=form.file, row=name, field="", old=_title(before[key], name), new=None))
        elif key not in before:
            found.append(Difference(file=form.file, row=name, field="", old=None, new=_title(after[key], name)))
        elif before[key] != after[key]:
            found += _fields(form.file, name, form.noun, before[key], after[key])
    return found


def _key(form: TableForm, row: Noun) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in form.key)


def _title(row: Noun, key: str) -> str:
    return str(getattr(row, "name", "") or key)


def _fields(file: str, row: str, noun: type[Noun], old: Noun, new: Noun) -> list[Difference]:
    pairs = [
        (column.field, _told_apart(getattr(old, column.field), getattr(new, column.field))) for column in columns(noun)
    ]
    return [Difference(file=file, row=row, field=name, old=a, new=b) for name, (a, b) in pairs if a != b]


def _told_apart(old: Any, new: Any) -> tuple[str, str]:
    """Two values as their cells would say them; of two lists what only one holds, or all if only the order differs."""
    if isinstance(old, tuple) and isinstance(new, tuple) and set(old) != set(new):
        old, new = (tuple(each for each in one if each not in other) for one, other in ((old, new), (new, old)))
    return told(old), told(new)


def told(value: Any) -> str:
    """A value as its cell would say it; a range with its low and high.

    >>> told(Range(point=0.1, low=0.05, high=0.2)), told(True), told(("a", "b")), told(None)
    ('0.1 (0.05 to 0.2)', 'yes', 'a;b', '')
    """
    if isinstance(value, Range):
        point = shortest(value.point)
        sure = shortest(value.low) == point == shortest(value.high)
        return point if sure else f"{point} ({shortest(value.low)} to {shortest(value.high)})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return shortest(value)
    if isinstance(value, tuple):
        return ";".join(value)
    if value is None:
        return ""
    return str(value.value) if isinstance(value, Enum) else str(value)[:LONGEST_CELL]
