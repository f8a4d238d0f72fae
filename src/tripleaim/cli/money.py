"""The second half of `tripleaim diff`: what changed between two plans, in money."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tripleaim.plan import Plan

SCOPES = {"both": "NHS and councils", "nhs": "NHS", "council": "councils"}
CASES = {"do_nothing": "if nothing changes", "hoped": "as hoped", "resourced": "with what is found"}


def in_money(old: Plan, new: Plan) -> tuple[list[dict[str, Any]], list[str]]:
    """Every change in money as plain records; in words those that can be read off: of both scopes every year, else
    the last year, and only where the two figures print differently.
    """
    from tripleaim.projection import project
    from tripleaim.projection.compare import compare

    before, after = project(old), project(new)
    found = compare(before, after)
    last = after.years[after.last]
    records = [{**asdict(each), "change": each.change} for each in found]
    told = [_told(each, after.is_pressure) for each in found if each.year == last or each.who == "both"]
    return records, [line for line in told if line]


def _told(change, is_pressure: bool) -> str:
    """One change in words; nothing where both figures print the same."""
    from tripleaim.reports.words import money, short

    if change.what == "saving":
        if change.old is None:
            return f"{change.name} (new) {_saves(change.new)} in {change.year}"
        if change.new is None:
            return f"{change.name} (gone): it {_saves(change.old)} in {change.year}"
        now, before = _saves(change.new), _saves(change.old)
        return "" if now == before else f"{change.name} {now} in {change.year}; before, it {before}"
    said = money if is_pressure else short
    old, new = ("no figure" if value is None else said(value) for value in (change.old, change.new))
    if old == new:
        return ""
    word = "pressure " if is_pressure else ""
    return f"{SCOPES[change.who]}, {CASES[change.what]}, {change.year}: {word}{new}, was {old}"


def _saves(amount: float) -> str:
    from tripleaim.reports.words import money

    return f"saves {money(amount)}" if amount >= 0 else f"costs {money(-amount)}"
