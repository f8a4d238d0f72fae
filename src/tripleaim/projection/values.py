"""What every range is worth in a run: its stated point, or the draws of a stress test along the case axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from tripleaim.plan.assumptions import assumption
from tripleaim.plan.plan import Plan
from tripleaim.plan.tables import TABLES
from tripleaim.projection.axes import Array
from tripleaim.quantities import Noun, Range

Value: TypeAlias = float | Array
"""A stated point, or (case,), one value a draw."""

_FORM = {form.noun: form for form in TABLES}


def input_name(row: Noun, name: str) -> str:
    """Name of one range of a plan, whatever the order of its rows: table, key and field.

    A financial year in a key is written 2016-17, so that slashes part the name.

    >>> from tripleaim.plan.money import Index
    >>> pay = Index(index="pay", year="2016/17", change=Range(point=0.02, low=0.01, high=0.03), source="s")
    >>> input_name(pay, "change")
    'indices/pay/2016-17/change'
    """
    form = _FORM[type(row)]
    return "/".join((form.name, *(str(getattr(row, part)).replace("/", "-") for part in form.key), name))


def assumption_name(key: str) -> str:
    """Name of an assumption the model knows, whether the plan states it or not."""
    return f"assumptions/{key}/value"


@dataclass(frozen=True, kw_only=True)
class Values:
    """The value of every range. Without draws it is the stated point, and every array has one case to broadcast."""

    drawn: Mapping[str, Array] = field(default_factory=dict)
    """Input name → (case,)."""
    nought: Value = 0.0
    """Nought of the kind the draws are. What is compiled is added to it, so that all arrays of a run are of that kind.
    """

    def of(self, row: Noun, name: str) -> Value:
        """One range of a row: its draws where it is drawn, else its point."""
        if self.drawn and (found := self.drawn.get(input_name(row, name))) is not None:
            return found
        stated: Range = getattr(row, name)
        return stated.point

    def known(self, plan: Plan, key: str) -> Value:
        """A model-wide assumption: its draws where it is drawn, else the plan's own point or the model's."""
        found = self.drawn.get(assumption_name(key))
        return assumption(plan, key).point if found is None else found


POINTS = Values()
"""Every range at its stated point: what `run` works with."""


def column(values: Sequence[Value]) -> Array:
    """One value an entity → (entity, 1, case), with a single case where nothing is drawn."""
    if all(isinstance(value, float | int) for value in values):
        return np.array(values, dtype=float).reshape(-1, 1, 1)
    return stack([np.atleast_1d(value)[None, :] for value in values], 1)


def stack(rows: Sequence[Array], years: int) -> Array:
    """Rows of (year, case), with one case or one for every draw → (entity, year, case)."""
    if not rows:
        return np.empty((0, years, 1))
    width = max(row.shape[1] for row in rows)
    return np.stack([np.broadcast_to(row, (years, width)) for row in rows])


def over_years(factors: Sequence[Value]) -> Array:
    """One value a year → (year, case), with a single case where nothing is drawn."""
    return column(factors)[:, 0, :]
