"""One value of a plan by its table, row and field: what it says, what the row is called, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.loading.editing import texts_of
from tripleaim.loading.plan_texts import FORMS, key_of
from tripleaim.loading.workbook.part import Owners
from tripleaim.plan.assumptions import KNOWN, WIDE, Known
from tripleaim.plan.describe import columns
from tripleaim.plan.plan import Plan
from tripleaim.quantities import Noun

ASSUMPTIONS = "assumptions"
_NAMES = ("name", "title", "action", "factor")
_DEFAULTS = {each.key: each for each in (*KNOWN, *WIDE)}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A value of a plan, as a page tells it."""

    table: str
    row: str
    """The texts of the row's key cells, with a slash between them."""
    field: str
    """The column; empty where the whole row is meant."""
    text: str
    """What the cell says; empty for an empty one, and for a whole row."""
    name: str
    """What the row is called, in the plan's words."""
    meaning: str
    """What the field says, in the words of its statement."""
    owner: str | None
    """The key of the organisation whose row it is; None where the plan names none."""


def row_text(key: Iterable[str]) -> str:
    """How the key of a row is written in an address: its texts with slashes between them.

    >>> row_text(("pay", "2016/17"))
    'pay/2016/17'
    """
    return "/".join(key)


def cell_of(plan: Plan, table: str, row: str, field: str = "") -> Cell | None:
    """A value of a plan; None where the plan has no such table, row or field.

    row : as `row_text` writes it. An assumption of the model that the plan does not state is there with its default.
    """
    form = FORMS.get(table)
    if form is None:
        return None
    found = next((each for each in getattr(plan, table) if row_text(key_of(form, each)) == row), None)
    if found is None:
        known = _DEFAULTS.get(row) if table == ASSUMPTIONS else None
        return _default(known, field) if known else None
    texts = texts_of(found)
    if field and field not in texts:
        return None
    return Cell(
        table=table,
        row=row,
        field=field,
        text=texts.get(field, ""),
        name=_name(texts, row),
        meaning=_meaning(form.noun, field),
        owner=owner_of(plan, table, found),
    )


def owner_of(plan: Plan, table: str, row: Noun, owners: Owners | None = None) -> str | None:
    """The key of the organisation a row is of. An assumption is of the organisation its owner is said to be at."""
    own = (owners or Owners(plan)).of(table, row)
    said = str(getattr(row, "owner", "")).strip()
    if own is None and table == ASSUMPTIONS and said:
        own = next((each.key for each in plan.organisations if said.endswith(each.name)), None)
    return own


def _default(known: Known, field: str) -> Cell | None:
    texts = {"": "", "value": known.default.point, "value_low": known.default.low, "value_high": known.default.high}
    if field not in texts:
        return None
    text = texts[field]
    return Cell(
        table=ASSUMPTIONS,
        row=known.key,
        field=field,
        text=text if isinstance(text, str) else f"{text:.15g}",
        name=known.name,
        meaning=f"The model’s own, in {known.unit}",
        owner=None,
    )


def _name(texts: dict[str, str], row: str) -> str:
    return next((texts[name] for name in _NAMES if texts.get(name)), row.replace("_", " "))


def _meaning(noun: type[Noun], field: str) -> str:
    for column in columns(noun):
        if field in column.names:
            end = {0: "", 1: " (low)", 2: " (high)"}[column.names.index(field)]
            return f"{column.statement.meaning}{end}"
    return ""
