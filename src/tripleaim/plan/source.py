"""Sources and assumptions: where numbers come from, and which of them are choices."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import Noun, Range, quantity


class SourceKind(StrEnum):
    """What a number rests on, from firmest to softest."""

    PUBLISHED = "published"
    DERIVED = "derived"
    JUDGED = "judged"
    ILLUSTRATIVE = "illustrative"


class Source(Noun):
    """A public document, a recipe, a named judgement, or the word illustrative."""

    key: Key = quantity("key", "Short name other tables use")
    kind: SourceKind = quantity(
        "published | derived | judged | illustrative",
        "Printed in a public document; worked out from published figures; a named person's estimate; a placeholder",
    )
    title: str = quantity("text", "What it is, in words a reader can check")
    publisher: str = quantity("text", "Who published or judged it", default="")
    year: str = quantity("text", "Which year or period the figures describe", default="")
    url: str = quantity("web address", "Where it can be read", default="")
    licence: str = quantity("text", "Licence or terms of the source", default="")
    note: str = quantity("text", "File and recipe, limits, or who judged it and when", default="")


class Assumption(Row):
    """One model-wide choice: a named uncertainty with its range, owner and source."""

    key: Key = quantity("key", "Name of the assumption; a known one replaces the model's default")
    name: str = quantity("text", "What is assumed, in words")
    value: Range = quantity("as the assumption says", "The value used, with its 80 % interval")
    unit: str = quantity("text", "Unit of the value")
    owner: str = quantity("text", "Who answers for it", default="")
    confidence: str = quantity("low | middle | high", "How sure its owner is", default="")


MODEL_RESULTS = {
    "do_nothing_gap": "short by if nothing changes",
    "do_something_gap": "short by with the plan as hoped",
    "resourced_gap": "short by with the posts and capital found",
    "savings": "what the schemes close together",
    "overlap": "the same care counted twice",
    "investment": "running cost, set-up and double running of schemes",
    "capital_needed": "capital the schemes need over the plan",
    "capital_funded": "capital found over the plan",
    "beds_needed": "beds needed in the last year",
    "beds_closed": "beds fewer than today",
}
"""Results of the model a printed figure may be placed with, beside scheme keys."""

COUNTERPARTS = {"spend": "activity", "beds": "capacity"}
"""Measure of a printed figure → the table whose rows it may be placed with too: what is spent on a line, or beds full
on an average day, if nothing changes."""


class Printed(Row):
    """A figure as printed in a public document, laid beside what the model computes; nothing is forced to close."""

    key: Key = quantity("key", "Short name")
    name: str = quantity("text", "The figure in the document's words")
    measure: str = quantity(
        "gap | saving | investment | residual | spend | funding | capital | beds | staff | other", "What it measures"
    )
    year: str = quantity("financial year or empty", "The year it describes", default="")
    amount: float = quantity(
        "GBP (or beds, or whole-time equivalents of staff)",
        "The printed figure; a shortfall or a cost is positive where the document says so",
        between=(-1e12, 1e12),
    )
    scope: str = quantity("nhs | council | both | as printed", "Whose money", default="as printed")
    basis: str = quantity("annual | cumulative | as printed", "How the document counts it", default="as printed")
    setting: str = quantity(
        "text",
        "Care setting or sector named by the document; for beds needed or closed, a key of capacity.csv",
        default="",
    )
    placed_with: str = quantity(
        "scheme key or result name; for spending a key of activity.csv, for beds one of capacity.csv",
        "What it is compared with, if nothing changes for a line or beds; empty = shown as unplaced",
        default="",
    )
