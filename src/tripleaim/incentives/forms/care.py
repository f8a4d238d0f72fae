"""The care that one agreement pays for, as far as any form of payment asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import Array, together


@dataclass(frozen=True, kw_only=True, eq=False)
class Care:
    """Lines of care of one agreement, made by `care`; every array is of one shape, (line, year, …).

    The first year is the opening year. What is None is not known, and a form that needs it refuses.
    """

    price: Array
    """GBP a unit, at the level of its price list."""
    units: Array
    """Units a year, as given."""
    planned: Array
    """Units a year that the agreement plans for."""
    units_if_nothing_done: Array | None = None
    """Units a year without any scheme."""
    cost: Array | None = None
    """GBP a year that giving the care costs its provider."""
    cost_if_nothing_done: Array | None = None
    """GBP a year it would cost without any scheme."""
    people: Array | None = None
    """People the agreement is for; only how they grow is used."""

    @property
    def value(self) -> Array:
        """GBP a year: every unit at its price."""
        return self.price * self.units

    def known(self, name: str, form: str) -> Array:
        """What a form cannot do without.

        raises : Impossible where it is not known
        """
        found: Array | None = getattr(self, name)
        if found is None:
            raise Impossible(f"Payment by {form} needs {name.replace('_', ' ')}, which is not known.")
        return found


def care(*, price: Any, units: Any, planned: Any, people: Any = None, **known: Any) -> Care:
    """The care of one agreement, in arrays of one shape.

    price, units, planned, and what else of `Care` is known : (line, year), or with axes of cases or draws after those
    people : (year,), or with the same axes after it
    raises : Impossible for arrays that do not fit together, and for what is no finite number

    >>> care(price=[[100.0, 101.0]], units=[[9.0, 8.0]], planned=[[9.0, 9.0]], people=[500, 510]).value.tolist()
    [[900.0, 808.0]]
    """
    given = {"price": price, "units": units, "planned": planned, **known}
    given = {name: values for name, values in given.items() if values is not None}
    found = dict(zip(given, together(("line", "year"), **given), strict=True))
    if people is None:
        return Care(**found)
    _, heads = together(("year",), years=found["price"][0], people=people)
    return Care(**found, people=(0 * found["price"] + 1) * heads)
