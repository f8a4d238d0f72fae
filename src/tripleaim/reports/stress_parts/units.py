"""How a picture writes the values of one uncertain number: per cent for a fraction, a pound sign for money."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripleaim.stress.why.figures import plain_unit


@dataclass(frozen=True, kw_only=True)
class Scale:
    """From a value in the plan's own unit to what a picture shows."""

    times: float = 1.0
    """Values are shown times this."""
    form: str = "{}"
    """How one figure is written, with its unit."""
    bare: str = "{}"
    """The same with no more of its unit than per cent or a pound sign."""
    rest: str = ""
    """What the bare form leaves out."""
    places: int = 1
    """Decimals of a figure: enough to tell a tenth of its range."""


def scale_of(name: str, unit: str, width: float) -> Scale:
    """How to show one number.

    width : from its low to its high, in its own unit

    >>> scale_of("activity/ae/growth", "fraction a year", 0.02)
    Scale(times=100.0, form='{}% a year', bare='{}%', rest='a year', places=1)
    >>> scale_of("schemes/hubs/delay", "months", 12).form
    '{} months'
    """
    own = plain_unit(name, unit)
    kind, _, rest = own.partition(" ")
    times = 100.0 if kind == "fraction" else 1.0
    places = min(4, max(0, 1 - math.floor(math.log10(times * width)))) if width > 0 else 1
    if kind == "fraction":
        return Scale(times=times, form=f"{{}}% {rest}".strip(), bare="{}%", rest=rest, places=places)
    if kind == "GBP":
        return Scale(form=f"£{{}} {rest}".strip(), bare="£{}", rest=rest, places=places)
    form = "{}" if own in ("", "ratio") else f"{{}} {own}"
    return Scale(form=form, bare="{}", rest="" if form == "{}" else own, places=places)
