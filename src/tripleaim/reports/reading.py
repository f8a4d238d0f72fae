"""How one indicator reads: its values in its own unit."""

from __future__ import annotations

import re
from math import isclose

from tripleaim.charts.wording import say
from tripleaim.projection.gaps import IndicatorPath

PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per cent)")
"""A percentage that a standard's own name already says."""


def value(path: IndicatorPath, number: float) -> str:
    """A value of an indicator: proportions as percentages, rates as numbers."""
    return f"{say(number * 100, places(path))}%" if path.is_proportion else say(number, places(path))


def places(path: IndicatorPath) -> int:
    """Decimals that tell an indicator's values apart, and its end from the standard it misses or meets narrowly."""
    size = 100 if path.is_proportion else 1
    fewest = 0 if abs(path.baseline) >= 1000 else 1
    if path.standard is None:
        return fewest
    ends = {path.hoped[-1] * size, path.resourced[-1] * size, path.do_nothing[-1] * size}
    apart = [end for end in ends if not isclose(end, path.standard * size, rel_tol=1e-6)]
    enough = (n for n in range(fewest, 4) if all(say(end, n) != say(path.standard * size, n) for end in apart))
    return next(enough, 4)


def with_unit(path: IndicatorPath, number: float) -> str:
    """A value and what it counts."""
    return value(path, number) if path.is_proportion or not path.unit else f"{value(path, number)} {path.unit}"


def against_standard(path: IndicatorPath, last_year: int) -> str:
    """Where an indicator ends and what its standard is."""
    end = with_unit(path, path.hoped[last_year])
    if path.standard is None:
        return f"{path.name}: {end}"
    name = path.standard_name or "standard"
    said = {float(number) for number in PERCENTAGE.findall(name)}
    if path.is_proportion and any(abs(number - path.standard * 100) < 1e-6 for number in said):
        return f"{path.name}: {end}; {name}"
    return f"{path.name}: {end}; {name}: {value(path, path.standard)}"
