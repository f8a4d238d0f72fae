"""How values are said on a page: filters of the templates, all through the words of the reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from tripleaim.reports.words import counted, fours, listed, money, plural, short, signed


def day(moment: datetime) -> str:
    """A day as it is said: Thursday 17 March 2016."""
    here = timezone.localtime(moment)
    return f"{here:%A} {here.day} {here:%B %Y}"


def moment(moment: datetime) -> str:
    """A day with its hour: Thursday 17 March 2016, 17:05."""
    return f"{day(moment)}, {timezone.localtime(moment):%H:%M}"


def ago(moment: datetime) -> str:
    """How long ago, as a neighbour would say it: today, yesterday, 5 days ago."""
    days = (timezone.localdate() - timezone.localtime(moment).date()).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def cut(text: str | None, most: int = 300) -> str:
    """A text as a list repeats it: all of it, or its beginning.

    >>> cut("A long story", 6), cut(None)
    ('A long …', '')
    """
    text = text or ""
    return text if len(text) <= most else f"{text[:most].rstrip()} …"


FILTERS: dict[str, Callable[..., Any]] = {
    "ago": ago,
    "counted": counted,
    "cut": cut,
    "day": day,
    "fours": fours,
    "listed": listed,
    "moment": moment,
    "money": money,
    "plural": plural,
    "short": short,
    "signed": signed,
}
