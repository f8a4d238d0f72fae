"""The place's own record: what its earlier plans promised and delivered joins the class beside the studies."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.plan.promise import Promise
from tripleaim.stress.outside.reference_class import Precedent


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How far the place has kept the promises of earlier plans."""

    family: str
    """The family of schemes; empty for promises that speak of every kind."""
    promises: int
    """How many there are."""
    share: float
    """Mean share delivered: 0.4 is two fifths of what was promised. Negative = the opposite came."""


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


def kept(plan: Plan) -> tuple[Kept, ...]:
    """The record by family, in order of name; the promises that speak of every kind first."""
    families = sorted({each.family for each in plan.promises})
    return tuple(_kept(family, [each for each in plan.promises if each.family == family]) for family in families)


def _kept(family: str, promises: list[Promise]) -> Kept:
    share = math.fsum(each.kept for each in promises) / len(promises)
    return Kept(family=family, promises=len(promises), share=share)
