"""What the draws come to on the plan's own ranges alone, in a sentence for the page and the terminal."""

from __future__ import annotations

from tripleaim.charts import percent
from tripleaim.reports.stress_parts.sentences import too_few
from tripleaim.reports.words import money, plural, short
from tripleaim.stress.own_ranges import OwnRanges
from tripleaim.stress.whole import Whole


def own_ranges_alone(whole: Whole) -> str:
    """How likely and how far off without the ranges that the model adds; empty where the plan states them all."""
    own, found = whole.own_ranges, whole.found
    if own is None or too_few(found.draws):
        return ""
    spread, last = own.money, found.years[-1]
    without = f"Without the {_added(own)} that the model adds because the plan states none of its own"
    if found.is_pressure:
        return (
            f"{without}, eight in ten draws of {last} lie between {money(spread.low[-1])} and {money(spread.high[-1])}."
        )
    return (
        f"{without}, {percent(spread.met[-1])} of draws balance in {last} as hoped, and in eight of ten the place is "
        f"{_from_to(spread.low[-1], spread.high[-1])}."
    )


def _from_to(low: float, high: float) -> str:
    """A range of shortfalls, in GBP.

    >>> _from_to(1e6, 2.5e6), _from_to(-1e6, 2.5e6)
    ('short by £1.0m to £2.5m', 'ahead by £1.0m to short by £2.5m')
    """
    return f"{short(low)} to {money(high) if low > 0 else short(high)}"


def _added(own: OwnRanges) -> str:
    """How many ranges the model adds.

    >>> from tripleaim.stress.spreads import Spreads
    >>> nothing = Spreads(who="both", case="hoped", mean=(), low=(), middle=(), high=(), met=(), when_missed=())
    >>> _added(OwnRanges(stated=3, added=("delay of all schemes",), money=nothing))
    '1 range'
    """
    return plural(len(own.added), "range")
