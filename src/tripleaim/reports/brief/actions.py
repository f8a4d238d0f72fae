"""Dated actions, and the time leaders give: what has been promised for a scheme, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.plan.scheme import Action
from tripleaim.reports.facts import Facts
from tripleaim.reports.words import month


@dataclass(frozen=True, kw_only=True)
class ActionTold:
    """A dated action."""

    scheme: str
    """Key of the scheme."""
    name: str
    """The scheme by name."""
    action: str
    """What will be done."""
    owner: str
    """Role that does it; empty = nobody."""
    due: str
    """2017-05."""
    due_words: str
    """May 2017."""


@dataclass(frozen=True, kw_only=True)
class HoursTold:
    """Hours a year that leaders of one organisation give to one scheme."""

    scheme: str
    """Key of the scheme."""
    organisation: str
    """Key of the organisation."""
    name: str
    """What is not in view: the scheme's name on an organisation's page, the organisation's on a scheme's."""
    year: str
    """Financial year; empty = every year."""
    hours: float
    """Hours a year."""


def actions(facts: Facts, schemes: Iterable[str]) -> tuple[ActionTold, ...]:
    """Dated actions of some schemes, the next first."""
    wanted = {key: row.name for key in schemes for row in facts.plan.schemes if row.key == key}
    rows: list[Action] = [row for row in facts.plan.actions if row.scheme in wanted]
    return tuple(
        ActionTold(
            scheme=row.scheme,
            name=wanted[row.scheme],
            action=row.action,
            owner=row.owner,
            due=row.due,
            due_words=month(row.due),
        )
        for row in sorted(rows, key=lambda row: (row.due, row.scheme, row.action))
    )
