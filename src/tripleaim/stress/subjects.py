"""What a range of a plan speaks of: rows that speak of the same thing may state one judgement (method note 9)."""

from __future__ import annotations

from tripleaim.quantities import Noun

SPEAKS_OF: dict[str, tuple[str, ...]] = {
    "activity": ("care",),
    "budgets": ("side", "age_profile", "index"),
    "capacity": ("kind",),
    "effects": ("scheme", "kind"),
    "workforce": ("group",),
}
"""Table → fields that say what its rows speak of. Each row of another table is a judgement of its own."""


def subject(table: str, field: str, row: Noun) -> str:
    """What a range of a row speaks of, as the name of an input; empty where only its own row does.

    >>> from tripleaim.plan.workforce import StaffGroup
    >>> from tripleaim.quantities import Range
    >>> few = Range(point=0.1, low=0.08, high=0.12)
    >>> nurses = StaffGroup(organisation="a", group="nurses", in_post=9, leavers=few, joiners=few, cost=1, source="s")
    >>> subject("workforce", "leavers", nurses)
    'workforce/nurses/leavers'
    """
    fields = SPEAKS_OF.get(table, ())
    told = [str(getattr(row, each)) or "any" for each in fields]
    return "/".join((table, *told, field)) if told else ""
