"""The second half of `tripleaim diff`: what changed between two plans, in money."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tripleaim.plan import Plan

SCOPES = {"both": "NHS and councils", "nhs": "NHS", "council": "councils"}
CASES = {"do_nothing": "if nothing changes", "hoped": "as hoped", "resourced": "with what is found"}


def in_money(old: Plan, new: Plan) -> tuple[list[dict[str, Any]], list[str]]:
    """Every change in money as plain records, and the ones of the last year in words."""
    from tripleaim.projection import project
    from tripleaim.projection.compare import compare

    before, after = project(old), project(new)
    found = compare(before, after)
    last = after.years[after.last]
    records = [{**asdict(each), "change": each.change} for each in found]
    return records, [_told(each, after.is_pressure) for each in found if each.year == last]


def _told(change, is_pressure: bool) -> str:
    from tripleaim.reports.words import money, short

    if change.what == "saving":
        if change.old is None:
            return f"{change.name} (new) saves {money(change.new)} in {change.year}"
        if change.new is None:
            return f"{change.name} (gone) saved {money(change.old)} in {change.year}"
        return f"{change.name} saves {money(change.new)} in {change.year}, was {money(change.old)}"
    said = money if is_pressure else short
    old, new = ("no figure" if value is None else said(value) for value in (change.old, change.new))
    word = "pressure " if is_pressure else ""
    return f"{SCOPES[change.who]}, {CASES[change.what]}, {change.year}: {word}{new}, was {old}"
