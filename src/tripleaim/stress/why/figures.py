"""Values of an uncertain number as a planner writes them: 2.4% a year, 6 months, £35,000."""

from __future__ import annotations

import math

from tripleaim.charts.wording import MINUS

_EFFECT = "fraction (income: GBP a year; improve: log odds or log ratio)"
_EFFECT_KINDS = {"income": "GBP a year", "improve": "on the log scale"}


def written(name: str, unit: str, *values: float, width: float) -> tuple[str, ...]:
    """Values of one number with its unit, all to the decimals that a hundredth to a tenth of its range asks for.

    name, unit : of the input; the unit of an effect depends on its kind, which stands in the name
    width      : from its low to its high, in its unit; 0 gives two decimals

    >>> written("activity/ae/growth", "fraction a year", 0.0241, -0.005, width=0.02)
    ('2.4% a year', '−0.5% a year')
    >>> written("schemes/hubs/delay", "months", 6.04, width=12.0)
    ('6 months',)
    >>> written("assumptions/x/value", "GBP a bed a year", 35_123, width=20_000)
    ('£35,123 a bed a year',)
    """
    own = plain_unit(name, unit)
    scale, places = _shown(own, width)
    return tuple(_one(scale * value, own, places) for value in values)


def as_written(name: str, unit: str, value: float, *, width: float) -> float:
    """The value that a reader of `written` would put in: itself, to the decimals that are shown.

    >>> as_written("activity/ae/growth", "fraction a year", 0.02414, width=0.02)
    0.024
    """
    scale, places = _shown(plain_unit(name, unit), width)
    return round(scale * value, places) / scale


def _shown(own: str, width: float) -> tuple[int, int]:
    """What a value is multiplied by to be shown, and the decimals it then has."""
    scale = 100 if _is_share(own) else 1
    return scale, max(0, 1 - math.floor(math.log10(scale * width))) if width > 0 else 2


def between(name: str, unit: str, low: float, high: float, *, width: float) -> str:
    """A range of one number, its unit said once.

    >>> between("activity/ae/growth", "fraction a year", -0.005, 0.02, width=0.025)
    '−0.5% to 2% a year'
    >>> between("schemes/hubs/delay", "months", 0, 12, width=12)
    '0 to 12 months'
    """
    first, last = written(name, unit, low, high, width=width)
    bare = plain_unit(name, unit).removeprefix("fraction").removeprefix("GBP").removeprefix("ratio").strip()
    return f"{first.removesuffix(bare).rstrip()} to {last}"


def plain_unit(name: str, unit: str) -> str:
    """The unit of one input, that of an effect by its kind.

    >>> plain_unit("effects/lease/income/effect", _EFFECT), plain_unit("effects/hubs/avoid/effect", _EFFECT)
    ('GBP a year', 'fraction')
    """
    if unit != _EFFECT:
        return unit
    kind = name.split("/")[2]
    return _EFFECT_KINDS.get(kind, "fraction")


def _is_share(unit: str) -> bool:
    return unit == "fraction" or unit.startswith("fraction ")


def _one(value: float, unit: str, places: int) -> str:
    text = f"{abs(value):,.{places}f}"
    figure = text.rstrip("0").rstrip(".") if "." in text else text
    sign = MINUS if value < 0 and figure != "0" else ""
    if _is_share(unit):
        return f"{sign}{figure}%{unit.removeprefix('fraction')}"
    if unit.startswith("GBP"):
        return f"{sign}£{figure}{unit.removeprefix('GBP')}"
    return f"{sign}{figure} {'' if unit == 'ratio' else unit}".rstrip()
