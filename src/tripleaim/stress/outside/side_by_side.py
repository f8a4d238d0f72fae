"""Three runs in one record: the plan as claimed, weighted by evidence, and as its reference classes would have it."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.projection.project import project
from tripleaim.stress.outside.variants import Variant, variants


@dataclass(frozen=True, kw_only=True)
class Headline:
    """What one variant comes to in the plan's last year. GBP, cash; positive = short, or above the opening year."""

    belief: str
    """How far the authors are believed: as claimed, evidence weighted or reference class."""
    fingerprint: str
    """SHA-256 of the variant."""
    changed: int
    """How many effects differ from the plan's."""
    left: int
    """How many effects on care are as claimed because nothing like them has been measured."""
    do_nothing: float
    """NHS and councils if nothing changes."""
    hoped: float
    """With every scheme on time, at the effects of this variant."""
    resourced: float
    """With the posts and capital found."""
    savings: float
    """What the schemes that save do save, each alone and before overlap."""


def side_by_side(plan: Plan) -> tuple[Headline, ...]:
    """The three variants of a plan, each run at its points.

    `chances` puts the same three under draws.
    """
    return tuple(headline(each) for each in variants(plan))


def headline(variant: Variant) -> Headline:
    """One variant, run at its points."""
    found = project(variant.plan)
    both, last = found.scope("both"), found.last
    return Headline(
        belief=variant.belief.value,
        fingerprint=found.fingerprint,
        changed=len(variant.changed),
        left=len(variant.left),
        do_nothing=both.do_nothing[last],
        hoped=both.hoped[last],
        resourced=both.resourced[last],
        savings=found.composition.savings,
    )
