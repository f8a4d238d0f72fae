"""A started plan with the past trends it holds carried on in full: what the hold means is the difference."""

from __future__ import annotations

from typing import Any

from tripleaim.opendata.start.growth import MEASURES, Growth, growth
from tripleaim.opendata.start.subject import Subject
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.place import PlaceKind
from tripleaim.plan.plan import Heading, Plan
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import certain

CARE = {
    Care.ELECTIVE: "elective",
    Care.DAY_CASE: "day_case",
    Care.NON_ELECTIVE: "non_elective",
    Care.OUTPATIENT: "outpatient",
}
"""Kind of care of a line → kind whose trend was measured."""

TELLS = "Whether the past trend of "
"""How the sentence on held trends begins among what is not known."""


def in_full(plan: Plan) -> Plan | None:
    """The plan with every held trend at what was measured, beyond people's number and age; None where none is held.

    plan : as `start` made it
    """
    found = held(plan)
    if not found:
        return None
    lines = tuple(_unheld(line, found) for line in plan.activity)
    return Plan(heading=plan.heading, **{**_tables(plan), "activity": lines})


def held(plan: Plan) -> dict[str, Growth]:
    """The kinds of care whose trend a started plan holds."""
    code = next(row.code for row in plan.places if row.kind is PlaceKind.FOOTPRINT)
    measured = {kind: growth(Subject(code), kind) for kind in MEASURES}
    return {kind: each for kind, each in measured.items() if each.how == "held"}


def _unheld(line: ActivityLine, found: dict[str, Growth]) -> ActivityLine:
    growth_of = found.get(CARE.get(line.care, ""))
    if growth_of is None or line.growth != growth_of.value:
        return line
    return ActivityLine(**{**dict(line), "growth": certain(round(growth_of.rest, 4))})


def telling(plan: Plan, words: str) -> Plan:
    """The plan whose sentence on held trends goes on with these words."""
    told = tuple(f"{text} {words}" if text.startswith(TELLS) else text for text in plan.heading.not_known)
    return Plan(heading=Heading(**{**dict(plan.heading), "not_known": told}), **_tables(plan))


def _tables(plan: Plan) -> dict[str, Any]:
    return {form.name: getattr(plan, form.name) for form in TABLES}
