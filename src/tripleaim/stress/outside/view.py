"""The outside view of a plan in one record of plain numbers, ready to be told to people or written as JSON."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripleaim.evidence.library import entry
from tripleaim.plan import Plan
from tripleaim.plan.scheme import Effect
from tripleaim.projection.result import Projection
from tripleaim.stress.outside.claims import Claim, claims
from tripleaim.stress.outside.credibility import verdict
from tripleaim.stress.outside.double_counting import CountedTwice, counted_twice
from tripleaim.stress.outside.grades import SavingsByGrade, savings_by_grade
from tripleaim.stress.outside.record import Kept, OwnResult, kept, own_results
from tripleaim.stress.outside.stretch import Stretch, of_care, of_claim, of_cost
from tripleaim.stress.outside.success_factors import Factors, factors_of, success_factors


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one claim stands. A fraction is how much care falls; None = not known."""

    scheme: str
    """Key of the scheme."""
    summary: str
    """What changes, for whom: the first sentence the scheme says of itself; empty where it says nothing."""
    verdict: str
    """not credible, possible, not tested, rests on one study, or in line: where the claim lies among its class."""
    effects: tuple[str, ...]
    """Keys of the effects that make the claim, one for each line."""
    kind: str
    """avoid or shorten."""
    care: str
    """Kind of care, as in activity.csv."""
    evidence: str
    """The row its authors cite; empty for none."""
    evidence_kind: str
    """What sort of row that is: controlled, claim, …; empty for none."""
    treated: float
    """Claimed effect among the people treated."""
    treated_low: float
    """Its authors' low."""
    treated_high: float
    """Its authors' high."""
    share: float
    """Share of the care that those treated use."""
    area: float
    """Claimed effect on all of the care."""
    claimed: float
    """The claim on the scale of its class: among the people treated, or across the area."""
    family: str
    """Family of schemes of its reference class; empty without one."""
    outcome: str
    """What the class counted; empty without one."""
    reach: str
    """treated or area: whose care the class speaks of."""
    studies: int
    """How many studies of the class have a size."""
    refs: tuple[str, ...]
    """Their rows."""
    without_size: int
    """How many of the studies found no reduction, of a size that is not known: they count as none."""
    unmeasured: tuple[str, ...]
    """Rows of the class that found a reduction of a size that cannot be read."""
    lowest: float | None
    """The smallest reduction any study found; negative = more care."""
    highest: float | None
    """The largest."""
    studies_expect: float | None
    """Mean of the studies alone."""
    own_record: tuple[OwnResult, ...]
    """The place's own promises that join the studies, and by how much each moves their mean."""
    expected: float | None
    """Mean of the class, the place's own record in it."""
    expected_low: float | None
    """One more result is below this once in ten."""
    expected_high: float | None
    """One more result is above this once in ten."""
    reaching: int
    """How many studies found as much as is claimed."""
    spreads_above: float | None
    """How far the claim lies above the mean of its class; 1.28 is the high."""
    times_the_best: float | None
    """The claim over the best study of its class; None where no study found a reduction."""
    needed: float | None
    """Fraction a year by which all of the care must fall for this claim, over the months it gives itself."""
    best: float | None
    """The fastest that any whole area kept up for three years."""
    best_ref: str
    """The row that comes from."""
    stretch: float | None
    """Needed over best; None where either is not known."""
    missing: tuple[str, ...]
    """Success factors said not to be in place."""
    not_said: tuple[str, ...]
    """Success factors of which nobody has said anything."""
    cut: float
    """Share of the claim that the missing factors take away (judged)."""
    no_class: str
    """Why it is held against nothing; empty where it is."""


@dataclass(frozen=True, kw_only=True)
class OutsideView:
    """Has anyone ever done it? What each scheme claims beside what happened elsewhere, and what the money rests on."""

    fingerprint: str
    """SHA-256 of the plan."""
    claims: tuple[Standing, ...]
    """Every claim of less care or shorter stays, in the order of the schemes."""
    care: tuple[Stretch, ...]
    """What all schemes together want a year, by kind of care."""
    cost: tuple[Stretch, ...]
    """What productivity and savings want a year, by organisation."""
    factors: tuple[Factors, ...]
    """Success factors of every scheme."""
    record: tuple[Kept, ...]
    """How far the place kept the promises of earlier plans; empty where the plan has no record."""
    savings: SavingsByGrade
    """The savings of the last year by what they rest on."""
    counted_twice: tuple[CountedTwice, ...]
    """Where care may be counted twice beyond the step "overlap" of the bridge."""


def outside_view(plan: Plan, projection: Projection) -> OutsideView:
    """The whole outside view of a plan.

    projection : the plan's own, from `project`, for what each scheme saves
    source     : METHOD 8, "Outside view"; method note 11
    """
    return OutsideView(
        fingerprint=plan.fingerprint,
        claims=tuple(standing(plan, each) for each in claims(plan)),
        care=of_care(plan),
        cost=of_cost(plan),
        factors=success_factors(plan),
        record=kept(plan),
        savings=savings_by_grade(plan, projection.schemes),
        counted_twice=counted_twice(plan),
    )


def standing(plan: Plan, claim: Claim) -> Standing:
    """One claim as plain numbers."""
    reference, expected, pace = claim.reference, claim.expected, of_claim(claim)
    studies = () if reference is None else reference.measured
    found = [each.fraction for each in studies]
    factors = factors_of(plan, claim.scheme)
    return Standing(
        scheme=claim.scheme,
        summary=_summary(plan, claim),
        verdict=verdict(claim).value,
        effects=claim.effects,
        kind=claim.kind,
        care=claim.care,
        evidence=claim.evidence,
        evidence_kind=entry(claim.evidence).kind.value if claim.evidence else "",
        treated=claim.treated.point,
        treated_low=claim.treated.low,
        treated_high=claim.treated.high,
        share=claim.share,
        area=claim.area,
        claimed=claim.claimed,
        family="" if reference is None else reference.family,
        outcome="" if reference is None else reference.outcome.value,
        reach=claim.reach,
        studies=len(studies),
        refs=() if reference is None else reference.refs,
        without_size=sum(not each.sized for each in studies),
        unmeasured=() if reference is None else reference.unmeasured,
        lowest=min(found, default=None),
        highest=max(found, default=None),
        studies_expect=None if reference is None else reference.studies_expect,
        own_record=own_results(plan, reference),
        expected=None if expected is None else expected.point,
        expected_low=None if expected is None else expected.low,
        expected_high=None if expected is None else expected.high,
        reaching=0 if reference is None else reference.reaching(claim.claimed),
        spreads_above=claim.spreads_above,
        times_the_best=_finite(claim.times_the_best),
        needed=None if pace is None else pace.needed,
        best=None if pace is None else pace.best,
        best_ref="" if pace is None else pace.best_ref,
        stretch=None if pace is None else _finite(pace.index),
        missing=tuple(each.value for each in factors.missing),
        not_said=tuple(each.value for each in factors.not_said),
        cut=factors.cut(_first(plan, claim).fidelity.point),
        no_class=claim.no_class,
    )


def _summary(plan: Plan, claim: Claim) -> str:
    said = next(each.summary for each in plan.schemes if each.key == claim.scheme)
    return said.split(". ")[0].rstrip(".")


def _first(plan: Plan, claim: Claim) -> Effect:
    return next(each for each in plan.effects if each.key == claim.effects[0])


def _finite(value: float | None) -> float | None:
    """A number JSON can hold; a comparison with nothing seen is none."""
    return value if value is not None and math.isfinite(value) else None
