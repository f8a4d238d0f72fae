"""Volumes below which care is unsafe or cannot be kept up."""

from __future__ import annotations

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class LeastVolume(Row):
    """The least of one kind of care at one provider; less, in any year, is unsafe or cannot be kept up.

    A line that a choice of schemes ends altogether does not fall below it: only care that goes on does.
    """

    line: Key = quantity("activity line key", "Which line")
    units: float = quantity("units a year", "The least that is safe and can be kept up", between=(0, 1e10))
    why: str = quantity("text", "What goes wrong below it, and whose rule that is")
