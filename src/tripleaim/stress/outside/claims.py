"""What each scheme claims, and where the claim stands among what happened elsewhere."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import ndtri

from tripleaim.evidence.kinds import Kind
from tripleaim.evidence.library import entry
from tripleaim.evidence.outcomes import Outcome, Reach, scopes
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.scheme import Effect, EffectKind, Scheme
from tripleaim.quantities import Range
from tripleaim.stress.outside.record import own_record
from tripleaim.stress.outside.reference_class import ReferenceClass, reference_class

OUTCOME_OF_CARE: dict[Care, Outcome] = {
    Care.NON_ELECTIVE: Outcome.EMERGENCY,
    Care.AE: Outcome.AE,
    Care.ELECTIVE: Outcome.PLANNED,
    Care.DAY_CASE: Outcome.PLANNED,
    Care.OUTPATIENT: Outcome.OUTPATIENT,
    Care.AMBULANCE: Outcome.AMBULANCE,
    Care.GENERAL_PRACTICE: Outcome.GENERAL_PRACTICE,
    Care.CARE_HOME: Outcome.CARE_HOMES,
    Care.HOME_CARE: Outcome.SOCIAL_CARE,
    Care.CARE_PACKAGE: Outcome.SOCIAL_CARE,
}
"""What a study of each kind of care counted; other care has no outcome of its own in the library."""

SERVICE_USE = frozenset(OUTCOME_OF_CARE.values()) | {Outcome.STAY}
Z90 = float(ndtri(0.9))


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One claim of one scheme, on however many lines it is repeated, beside its reference class.

    A fraction is how much care or cost falls: 0.1 is 10 % less.
    """

    scheme: str
    """Key of the scheme."""
    effects: tuple[str, ...]
    """Keys of the effects that make it, one for each line."""
    kind: str
    """avoid or shorten."""
    care: str
    """The kind of care it acts on, as in activity.csv."""
    evidence: str
    """The row of the library its authors cite; empty for none."""
    treated: Range
    """Claimed effect among the people treated."""
    share: float
    """Share of the care that those treated use: eligible × uptake × fidelity, the mean over its lines by units."""
    area: float
    """Claimed effect on all of the care: the mean over its lines, by units."""
    months: float
    """Months from the first effect to the full one, and the delay before it, as the scheme says."""
    reference: ReferenceClass | None
    """The class it is held against, with the place's own record in it; None where there is none."""
    no_class: str
    """Why there is no class, or none that measures anything; empty where there is one."""

    @property
    def reach(self) -> Reach:
        """Whose care the class speaks of."""
        return "treated" if self.reference is None else self.reference.reach

    @property
    def claimed(self) -> float:
        """The claim on the scale of its class: among those treated, or across the area."""
        return self.treated.point if self.reach == "treated" else self.area

    @property
    def expected(self) -> Range | None:
        """What one more result of the class is expected to be, on the scale of the class."""
        return None if self.reference is None else self.reference.expected

    @property
    def spreads_above(self) -> float | None:
        """How many spreads the claim lies above the class's mean: 1.28 is the high of its 80 % interval."""
        found = self.expected
        if found is None or found.high == found.point:
            return None
        return Z90 * (self.claimed - found.point) / (found.high - found.point)

    @property
    def times_the_best(self) -> float | None:
        """The claim over the best result of its class; None without a class, infinite where none found a reduction."""
        best = None if self.reference is None else self.reference.best
        if best is None:
            return None
        return self.claimed / best if best > 0 else math.inf


def claims(plan: Plan) -> tuple[Claim, ...]:
    """Every claim that less care will be needed or stays will be shorter, in the order of the plan's schemes.

    A claim is the effects of one scheme that say the same on the same evidence of the same kind of care. Stops, moves,
    shifts and income are decisions, not findings, and productivity and savings are held against a rate a year
    (`stretch`), so neither is here.

    source : method note 11, "The claim"
    """
    lines = {line.key: line for line in plan.activity}
    schemes = {scheme.key: scheme for scheme in plan.schemes}
    alike: dict[tuple[object, ...], list[Effect]] = defaultdict(list)
    for effect in plan.effects:
        if effect.kind in (EffectKind.AVOID, EffectKind.SHORTEN) and effect.target in lines:
            value = (effect.effect.point, effect.effect.low, effect.effect.high)
            alike[effect.scheme, effect.kind, lines[effect.target].care, effect.evidence, value].append(effect)
    found = [_claim(plan, schemes[effects[0].scheme], effects, lines) for effects in alike.values()]
    order = list(schemes)
    return tuple(sorted(found, key=lambda each: (order.index(each.scheme), each.effects)))


def _claim(plan: Plan, scheme: Scheme, effects: Sequence[Effect], lines: dict[str, ActivityLine]) -> Claim:
    first, care = effects[0], lines[effects[0].target].care
    units = math.fsum(lines[effect.target].baseline for effect in effects)
    weights = [lines[effect.target].baseline / units if units else 1 / len(effects) for effect in effects]
    share = math.fsum(weight * share_treated(effect) for weight, effect in zip(weights, effects, strict=True))
    family = family_of(plan, first)
    found = None if not family else _class_for(family, outcome_of(first, care))
    own = own_record(plan, family, first.effect.point if found is None or found.reach == "treated" else area_of(first))
    joined = None if found is None else found.joined(own)
    return Claim(
        scheme=scheme.key,
        effects=tuple(effect.key for effect in effects),
        kind=first.kind.value,
        care=care.value,
        evidence=first.evidence,
        treated=first.effect,
        share=share,
        area=first.effect.point * share,
        months=scheme.delay.point + scheme.ramp.point,
        reference=joined,
        no_class=_why_none(first, family, joined),
    )


def share_treated(effect: Effect) -> float:
    """Share of the line's care that those treated use, as fully as the model is carried out."""
    return effect.eligible.point * effect.uptake.point * effect.fidelity.point


def area_of(effect: Effect) -> float:
    """Claimed effect on the whole line."""
    return effect.effect.point * share_treated(effect)


def family_of(plan: Plan, effect: Effect) -> str:
    """The library's family of the row an effect cites; without one, the only family its scheme cites; else empty."""
    if effect.evidence:
        return entry(effect.evidence).category
    cited = {entry(each.evidence).category for each in plan.effects if each.scheme == effect.scheme and each.evidence}
    return cited.pop() if len(cited) == 1 else ""


def outcome_of(effect: Effect, care: Care) -> Outcome | None:
    """What studies of this effect counted.

    The care itself where the cited row counted the use of a service. Where it counted what happens to people, such as
    strokes, the eligible share is of those who come for it, so strokes are the outcome.
    """
    by_care = Outcome.STAY if effect.kind is EffectKind.SHORTEN else OUTCOME_OF_CARE.get(care)
    scope = scopes().get(effect.evidence)
    if scope is None or by_care in scope.outcomes or set(scope.outcomes) & (SERVICE_USE | {Outcome.COST}):
        return by_care
    own = [each for each in scope.outcomes if each is not Outcome.OTHER]
    return own[0] if own else by_care


def _class_for(family: str, outcome: Outcome | None) -> ReferenceClass | None:
    """The class of people treated; where nobody was measured there, the class of whole areas."""
    if outcome is None:
        return None
    treated, area = (reference_class(family, outcome, reach) for reach in ("treated", "area"))
    return area if area.precedents and not treated.precedents else treated


def _why_none(effect: Effect, family: str, found: ReferenceClass | None) -> str:
    if found is not None and found.precedents:
        return ""
    if not family:
        return "it cites no evidence, so it belongs to no family of schemes"
    if effect.evidence and entry(effect.evidence).kind is Kind.EXPERT_FORECAST:
        return "it rests on a forecast by experts, which nobody has measured"
    if found is not None and found.unmeasured:
        return f"no controlled result of {family} gives a size that can be read as a fraction"
    return f"no controlled result of {family} counted this"
