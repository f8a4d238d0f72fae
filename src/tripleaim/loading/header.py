"""The first row of a table: is it parted by commas, and does every column have a name that is known, once?"""

from __future__ import annotations

from collections.abc import Callable

from tripleaim.loading.nearest import listed, nearest, odd_letter

Refuse = Callable[[int | None, str | None, str, str, str], None]
"""Notes a problem: row, field, found, expected, to fix."""

MOST_COLUMNS = 200
"""Most columns in one table."""

_MARKS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}


def is_heading(cells: list[str], known: tuple[str, ...], refuse: Refuse) -> bool:
    """True when the first row can be taken for column names at all."""
    mark = _other_mark(cells, known)
    if not any(cells):
        first = f"begin with {', '.join(known[:4])} …"
        refuse(1, None, "an empty first row", "the names of the columns", first)
    elif mark:
        to_fix = "save it again as 'CSV UTF-8 (comma delimited)'"
        refuse(1, None, f"columns parted by {_MARKS[mark]}", "columns parted by commas", to_fix)
    elif len(cells) > MOST_COLUMNS:
        refuse(1, None, f"{len(cells):,} columns", f"at most {MOST_COLUMNS} columns", "delete the empty columns")
    else:
        return True
    return False


def _other_mark(cells: list[str], known: tuple[str, ...]) -> str | None:
    """The mark that parts the columns, if another than a comma finds more known names."""
    found = set(cells) & set(known)
    for mark in _MARKS:
        parts = {part.strip() for part in ",".join(cells).split(mark)}
        if len(parts) > 1 and len(parts & set(known)) > len(found):
            return mark
    return None


def check_names(cells: list[str], known: tuple[str, ...], refuse: Refuse) -> set[str]:
    """Refuse columns without a name, named twice, or not known; returns the known names that are misspelt."""
    misspelt: set[str] = set()
    for name in dict.fromkeys(cells):
        if not name:
            refuse(1, None, "a column without a name", "a name over every column", "name it or delete the column")
        elif cells.count(name) > 1:
            refuse(1, name, f"{cells.count(name)} columns of this name", "one", "delete or rename the other")
        elif name not in known:
            near = nearest(name, [column for column in known if column not in cells and column not in misspelt])
            found = f"unknown column {name!r}" + (f"; did you mean {near!r}?" if near else "")
            to_fix = f"rename it {near}" if near else "delete the column, or see docs/tables for what may stand there"
            odd = odd_letter(name)
            to_fix += f"; {odd}" if odd else ""
            refuse(1, name, found, f"the column {near}" if near else f"the columns {listed(known, 40)}", to_fix)
            if near:
                misspelt.add(near)
    return misspelt
