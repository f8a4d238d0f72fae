"""Financial years as published files write them."""

from __future__ import annotations

import re

from tripleaim.loading.numbers import Refused
from tripleaim.quantities import financial_year

_FINANCIAL = re.compile(r"(?<![0-9])(20[0-9]{2})\s*[-/–]\s*(?:20)?([0-9]{2})(?![0-9])")


def years_in(text: str) -> tuple[str, ...]:
    """Every financial year a text names, written 2016/17.

    >>> years_in("CCG allocations 2016-17 and 2017/2018"), years_in("2016-20")
    (('2016/17', '2017/18'), ())
    """
    found = ((int(match[1]), int(match[2])) for match in _FINANCIAL.finditer(text))
    return tuple(dict.fromkeys(financial_year(first) for first, last in found if (first + 1) % 100 == last))


def only_year(texts: list[str]) -> str | None:
    """The one financial year that texts name; None where they name none or several."""
    found = {year for text in texts for year in years_in(text)}
    return found.pop() if len(found) == 1 else None


def asked_year(text: str) -> str:
    """A year as a planner writes it on the command line.

    raises : Refused
    """
    found = years_in(text)
    if len(found) != 1 or len(text.strip()) > len("2016/2017"):
        raise Refused("a financial year such as 2016/17", "write it like 2016/17")
    return found[0]
