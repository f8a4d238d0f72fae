"""Keys that are named and stand nowhere: what follows from one missing key is told as one problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.loading.draft import FORM, Draft
from tripleaim.loading.nearest import listed, nearest
from tripleaim.plan.plan import Heading
from tripleaim.quantities import Noun

_SHOWN = 3
"""Rows of one field that are told by number; the others are counted."""


@dataclass(frozen=True)
class Use:
    """One place that names a key: the row (None in plan.toml) and field, and what is expected there."""

    noun: type[Noun]
    row: int | None
    field: str
    expected: str
    to_fix: str = ""
    """What else could be written there, where no key is like the one that is named."""

    @property
    def file(self) -> str:
        """The file it stands in."""
        return "plan.toml" if self.noun is Heading else FORM[self.noun].file


class Missing:
    """Keys that are named and not there, by table, key columns and key, with every use of each."""

    def __init__(self) -> None:
        self._uses: dict[tuple[str, str, str], list[Use]] = defaultdict(list)

    def add(self, table: str, key: str, name: str, use: Use) -> None:
        """Note one use of a key that is not there."""
        self._uses[table, key, name].append(use)

    def tell(self, draft: Draft) -> None:
        """Note one problem for each key: at its use where there is only one, else at the table that lacks it."""
        columns = {(table, key) for table, key, _ in self._uses}
        known = {(table, key): _known(draft, table, key) for table, key in columns}
        for (table, key, name), uses in self._uses.items():
            if len(uses) == 1:
                _refuse_use(draft, table, name, uses[0], known[table, key])
            else:
                _refuse_key(draft, table, key, name, uses, known[table, key])


def _refuse_use(draft: Draft, table: str, name: str, use: Use, known: list[str]) -> None:
    near = None if draft.problems.is_full(use.file) else nearest(name, known)
    some = f": {listed(known, 8)}" if known else ", which has none yet"
    other = f"write {near}, or " if near else f"{use.to_fix}, or " if use.to_fix else ""
    draft.problems.add(
        use.file,
        use.row,
        use.field,
        found=name,
        expected=f"{use.expected}{some}",
        to_fix=f"{other}add {name} to {table}.csv",
    )


def _refuse_key(draft: Draft, table: str, key: str, name: str, uses: list[Use], known: list[str]) -> None:
    """One problem for many uses. What else would follow from the missing row is then not told."""
    tables = {use.noun for use in uses} - {Heading}
    is_slip = len(tables) == 1  # of one table; in several, the row was lost
    near = nearest(name, known) if is_slip and not draft.problems.is_full(f"{table}.csv") else None
    count = len({(use.noun, use.row) for use in uses})
    draft.problems.add(
        f"{table}.csv",
        None,
        key,
        found=f"no {key} {name}, which {count} {'row names' if count == 1 else 'rows name'}",
        expected=f"a row for it, because it is named in {_places(uses)}",
        to_fix=f"add the row {name} to {table}.csv, or " + (f"write {near} there" if near else "take it out there"),
    )
    draft.partial.add(table)
    if len(tables) == 1:
        draft.partial.add(FORM[tables.pop()].name)


def _known(draft: Draft, table: str, key: str) -> list[str]:
    return sorted(draft.keys(table, key)) if ", " not in key else []


def _places(uses: Iterable[Use]) -> str:
    rows: dict[str, list[int]] = defaultdict(list)
    for use in uses:
        rows[f"{use.file}, {use.field}"] += [] if use.row is None else [use.row]
    return "; ".join(f"{place}{_rows(at)}" for place, at in rows.items())


def _rows(numbers: list[int]) -> str:
    first = ", ".join(map(str, numbers[:_SHOWN]))
    if len(numbers) > _SHOWN:
        return f" (rows {first} …, {len(numbers)} in all)"
    return f" (rows {first})" if len(numbers) > 1 else f" (row {first})" if numbers else ""
