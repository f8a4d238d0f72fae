"""Is a claim credible? Where it lies among what happened elsewhere, in one plain word."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.stress.outside.claims import Claim

AS_MUCH = 0.00005
"""A fraction above another by no more than this is as much: it is told as no difference."""


class Credibility(StrEnum):
    """How a claim stands to its reference class, the worst first."""

    NOT_CREDIBLE = "not credible"
    POSSIBLE = "possible"
    UNTESTED = "not tested"
    ONE_STUDY = "rests on one study"
    IN_LINE = "in line"


def verdict(claim: Claim) -> Credibility:
    """Where a claim lies: like with like, on the scale of its class.

    The range is the class's own, in which one more result is expected eight times in ten; a claim above it is above
    what nine in ten such schemes would bring.

    source : method note 11, "The verdict"
    """
    expected = claim.expected
    if expected is None or claim.reference is None:
        return Credibility.UNTESTED
    if claim.claimed > expected.high + AS_MUCH:
        return Credibility.NOT_CREDIBLE
    if claim.claimed > expected.point + AS_MUCH:
        return Credibility.POSSIBLE
    return Credibility.ONE_STUDY if claim.reference.refs == (claim.evidence,) else Credibility.IN_LINE
