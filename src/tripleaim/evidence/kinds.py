"""What sort of statement a row of the library is: its grade, its kind, and what it found.

Source: docs/method/evidence.md, "What the grades mean" and "What is kept apart".
"""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """How far a figure can be leaned on, from A (most) to D (least); E stands apart."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"

    @property
    def meaning(self) -> str:
        """The grade in words."""
        return GRADE_MEANINGS[self]


GRADE_MEANINGS: dict[Grade, str] = {
    Grade.A: "a trial, or a meta-analysis of trials, or complete national data",
    Grade.B: "a controlled study that is not a trial, or national data, or a model built on them",
    Grade.C: "uncontrolled, or a claim, a target or a requirement",
    Grade.D: "weak, or no figure sourced",
    Grade.E: "forecasts asked of experts",
}


class Kind(StrEnum):
    """What sort of statement a row is. Kinds are never added together or averaged."""

    CLAIM = "claim"
    CONTROLLED = "controlled"
    UNCONTROLLED = "uncontrolled"
    MODELLED = "modelled"
    EXPERT_FORECAST = "expert forecast"
    CONTEXT = "context"

    @property
    def meaning(self) -> str:
        """The kind in words."""
        return KIND_MEANINGS[self]


KIND_MEANINGS: dict[Kind, str] = {
    Kind.CLAIM: "a figure promised, required, targeted or put forward by those who gain from it",
    Kind.CONTROLLED: "what happened, set against people or places without the programme",
    Kind.UNCONTROLLED: "what happened, with nothing to set it against; or no source found",
    Kind.MODELLED: "worked out by a model, not observed",
    Kind.EXPERT_FORECAST: "what experts expect over 20 years",
    Kind.CONTEXT: "a size or a rate that helps to judge others; not an effect",
}

CLAIM_WORDS = ("claim", "target", "requirement", "programme estimate", "by developers")


class Finding(StrEnum):
    """Which way the measure moved. Whether that is good depends on the measure."""

    REDUCTION = "reduction"
    NO_CLEAR_CHANGE = "no clear change"
    INCREASE = "increase"
    LEVEL = "a level, not a change"
    NOT_SOURCED = "not sourced"


def kind_of(grade: Grade, basis: str, context_only: bool) -> Kind:
    """The kind of a row, by one stated rule, read from the top.

    1. named as context in the list of quirks: context
    2. grade E: expert forecast
    3. grade C whose basis says claim, target, requirement, programme estimate or by developers: claim
    4. basis begins with model: modelled (whatever its grade: a ceiling worked out is not a result observed)
    5. grade A or B: controlled
    6. anything else (the rest of C, and D): uncontrolled

    >>> kind_of(Grade.C, "claim (promotional, no control group cited)", False).value
    'claim'
    >>> kind_of(Grade.B, "quasi-experimental (matched controls)", False).value
    'controlled'
    """
    words = basis.casefold()
    if context_only:
        return Kind.CONTEXT
    if grade is Grade.E:
        return Kind.EXPERT_FORECAST
    if grade is Grade.C and any(word in words for word in CLAIM_WORDS):
        return Kind.CLAIM
    if words.startswith("model"):
        return Kind.MODELLED
    return Kind.CONTROLLED if grade in (Grade.A, Grade.B) else Kind.UNCONTROLLED


def found(point: float | None, low: float | None, high: float | None, no_effect: float) -> Finding:
    """Which way a measure moved, from its figures.

    An interval with "made no difference" strictly inside it shows no clear change; otherwise the point decides.
    point, low, high, no_effect : in one unit, whichever it is

    >>> found(-96, -512, 321, 0).value
    'no clear change'
    >>> found(0.77, 0.71, 0.83, 1).value
    'reduction'
    """
    if point is None:
        return Finding.NOT_SOURCED
    if point == no_effect or (low is not None and high is not None and low < no_effect < high):
        return Finding.NO_CLEAR_CHANGE
    return Finding.REDUCTION if point < no_effect else Finding.INCREASE
