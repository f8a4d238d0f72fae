"""Limits as a reader counts them: one that holds in several years is one limit, told with the years it is broken in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.portfolio.limits import amount_in_words
from tripleaim.portfolio.offered import LimitTold
from tripleaim.portfolio.record import Candidate, Choice, LimitUse
from tripleaim.reports.words import in_words

AT_MOST = "at most"


@dataclass(frozen=True)
class Broken:
    """One limit that a candidate breaks: how far in the worst year, and in how many others."""

    name: str
    worst: str = ""
    others: int = 0

    @property
    def sentence(self) -> str:
        """The limit and what the candidate takes or reaches, as a line of a list."""
        if not self.worst:
            return f"{self.name}."
        years = "year" if self.others == 1 else "years"
        return f"{self.name}: {self.worst}{f', and in {in_words(self.others)} more {years}' if self.others else ''}."


def without_year(limit: LimitTold) -> str:
    """What a limit is called in every year.

    >>> from tripleaim.portfolio.offered import LimitTold
    >>> limit = LimitTold(key="k", name="New money, 2016/17: at most £5.0m", kind="revenue", of="", year="2016/17",
    ...                   bound="at most", amount=5e6, unit="GBP a year", is_derived=False, rests_on="a board")
    >>> without_year(limit)
    'New money'
    """
    name = limit.name.partition(": at ")[0]
    return re.sub(rf",?( in| up to)? {re.escape(limit.year)}$", "", name) if limit.year else name


def broken(choice: Choice, candidate: Candidate) -> tuple[Broken, ...]:
    """What a candidate does not keep to, limits first in their order, then what else it breaks."""
    return unkept(choice.limits, candidate.uses, candidate.broken)


def unkept(every: Iterable[LimitTold], uses: Iterable[LimitUse], names: Iterable[str] = ()) -> tuple[Broken, ...]:
    """Limits that are not kept, in their order, then what else is not.

    names : of all that is not kept; those of limits are told once
    """
    limits = {each.key: each for each in every}
    found: dict[str, list[tuple[float, str]]] = {}
    told = set()
    for use in uses:
        if use.is_kept or use.limit not in limits:
            continue
        limit = limits[use.limit]
        told.add(limit.name)
        by = abs(use.amount - limit.amount) / max(abs(limit.amount), 1e-9)
        found.setdefault(without_year(limit), []).append((by, _where(limit, use.amount)))
    others = (Broken(name) for name in names if name not in told)
    return (*(Broken(name, max(years)[1], len(years) - 1) for name, years in found.items()), *others)


def breaks(choice: Choice, candidate: Candidate) -> str:
    """How many limits a candidate breaks, as a verb and what follows it."""
    count = len(broken(choice, candidate))
    if not count:
        return "keeps every limit" if choice.limits else "has no limit to keep"
    return f"breaks {in_words(count)} {'limit' if count == 1 else 'limits'}"


def within(choice: Choice) -> str:
    """What sets are held to, as a sentence goes on; empty where nothing limits them."""
    if all(each.is_derived for each in choice.limits):
        return " within what has been found so far" if choice.limits else ""
    return " within the limits"


def count(limits: Iterable[LimitTold]) -> int:
    """How many limits there are, one that holds in several years counted once."""
    return len({without_year(each) for each in limits})


def _where(limit: LimitTold, amount: float) -> str:
    found, allowed = (amount_in_words(value, limit.unit) for value in (amount, limit.amount))
    allowed = f"{limit.bound} {allowed}"
    return f"{found} in {limit.year} ({allowed})" if limit.year else f"{found} ({allowed})"
