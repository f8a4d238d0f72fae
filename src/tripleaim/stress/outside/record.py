"""The place's own record: what its earlier plans promised and delivered joins the class beside the studies."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.plan.promise import Promise
from tripleaim.stress.outside.reference_class import Precedent, ReferenceClass


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How far the place has kept the promises of earlier plans."""

    family: str
    """The family of schemes; empty for promises that speak of every kind."""
    promises: int
    """How many there are."""
    share: float
    """Mean share delivered: 0.4 is two fifths of what was promised. Negative = the opposite came."""


@dataclass(frozen=True, kw_only=True)
class OwnResult:
    """What one promise of the place's own record says of today's claim."""

    promise: str
    """Key of the promise."""
    name: str
    """What was promised, in words."""
    year: str
    """The year it was promised for."""
    kept: float
    """Share of it that was delivered."""
    comes_to: float
    """Today's claim, if it is kept as that one was: a fraction by which care falls."""
    moves: float | None
    """By how much it moves the mean of the studies; those of all promises add up. None where no study has a size."""


def promises_for(plan: Plan, family: str) -> tuple[Promise, ...]:
    """Promises of one family of schemes, and those that speak of every kind."""
    return tuple(each for each in plan.promises if each.family in (family, ""))


def own_record(plan: Plan, family: str, claim: float) -> tuple[Precedent, ...]:
    """What today's claim comes to, once for each promise of the record, if it is kept as that one was.

    Each joins the class as one more result. So the mean moves from the studies' towards the place's own by n / (n + k)
    of the way for n promises and k studies, as for a normal mean when every result is equally sure (conjugate). That a
    promise weighs as much as a study is judged.

    source : method note 11, "The place's own record"
    """
    return tuple(
        Precedent(refs=(each.key,), kind="own record", fraction=claim * each.kept)
        for each in promises_for(plan, family)
    )


def own_results(plan: Plan, reference: ReferenceClass | None) -> tuple[OwnResult, ...]:
    """Each promise that has joined a class, and by how much it moves what is expected.

    With a mean m of k studies and n promises, one that comes to p moves it by (p - m) / (n + k).

    source : method note 11, "The place's own record"
    """
    if reference is None:
        return ()
    promises, mean = {each.key: each for each in plan.promises}, reference.studies_expect
    return tuple(
        OwnResult(
            promise=each.refs[0],
            name=promises[each.refs[0]].name,
            year=promises[each.refs[0]].year,
            kept=promises[each.refs[0]].kept,
            comes_to=each.fraction,
            moves=None if mean is None else (each.fraction - mean) / len(reference.precedents),
        )
        for each in reference.precedents
        if each.kind == "own record"
    )


def kept(plan: Plan) -> tuple[Kept, ...]:
    """The record by family, in order of name; the promises that speak of every kind first."""
    families = sorted({each.family for each in plan.promises})
    return tuple(_kept(family, [each for each in plan.promises if each.family == family]) for family in families)


def _kept(family: str, promises: list[Promise]) -> Kept:
    share = math.fsum(each.kept for each in promises) / len(promises)
    return Kept(family=family, promises=len(promises), share=share)
