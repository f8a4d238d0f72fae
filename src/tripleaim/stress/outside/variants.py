"""One plan, three ways to believe it: as claimed, weighted by evidence, and as its reference classes would have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tripleaim.plan import Plan
from tripleaim.plan.scheme import EFFECT_BOUNDS, Effect
from tripleaim.plan.source import Source, SourceKind
from tripleaim.plan.variant import with_tables
from tripleaim.quantities import Noun, Range
from tripleaim.stress.outside.claims import Claim, claims, share_treated
from tripleaim.stress.outside.stretch import (
    EFFICIENCY,
    PRODUCTIVITY_SPELLS,
    a_year,
    efficiency_seen,
    of_cost,
    whose,
)
from tripleaim.stress.outside.success_factors import factors_of
from tripleaim.stress.patterns import without_idle_patterns


class Belief(StrEnum):
    """How far the authors of a plan are believed."""

    AS_CLAIMED = "as claimed"
    EVIDENCE_WEIGHTED = "evidence weighted"
    REFERENCE_CLASS = "reference class"


@dataclass(frozen=True, kw_only=True)
class ChangedEffect:
    """One effect that a variant puts another value on."""

    effect: str
    """Key of the effect."""
    claimed: Range
    """As its authors say."""
    put: Range
    """What the variant puts in its place."""
    source: str
    """Key of the source the variant adds for it."""


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A plan as believed."""

    belief: Belief
    """How far."""
    plan: Plan
    """The plan with the effects of this belief; as claimed it is the plan itself."""
    changed: tuple[ChangedEffect, ...]
    """Every effect that differs from the plan's, in its order."""
    left: tuple[str, ...]
    """Effects left as claimed because nothing like them has been measured."""


def variants(plan: Plan) -> tuple[Variant, ...]:
    """The three variants of a plan, each a whole plan that can be checked, run and stressed.

    source : METHOD 8, "Outside view"; method note 11, "Three runs"
    """
    return (
        Variant(belief=Belief.AS_CLAIMED, plan=plan, changed=(), left=()),
        evidence_weighted(plan),
        reference_class_only(plan),
    )


def evidence_weighted(plan: Plan) -> Variant:
    """Each claim, less what its missing success factors take off it, counts as one more result of its class.

    So with k results in the class they weigh k and the claim 1: judged, and the same for every claim. Low, point and
    high are each weighed so, hence every draw lies between those of the two. Efficiency is weighed in the same way
    against the spells of national productivity.
    """
    found = claims(plan)
    put = {key: value for claim in found for key, value in _weighed(plan, claim).items()}
    return _variant(plan, Belief.EVIDENCE_WEIGHTED, found, put | _efficiency(plan, voices=1))


def reference_class_only(plan: Plan) -> Variant:
    """Each claim gives way to its class, with the place's own record in it; the claim is no more than its upper limit.

    The limit is what its missing success factors leave of it. A claim without a class is put at that limit.
    """
    found = claims(plan)
    put = {key: value for claim in found for key, value in _of_class(plan, claim).items()}
    return _variant(plan, Belief.REFERENCE_CLASS, found, put | _efficiency(plan, voices=0))


def _weighed(plan: Plan, claim: Claim) -> dict[str, Range]:
    """Effect → the mean of its class, once for each result in it, and of what is left of the claim, once."""
    voices = 0 if claim.reference is None else len(claim.reference.precedents)
    left, effects = _left_of(plan, claim), _effects_of(plan, claim)
    found = _expected(plan, claim)
    return {key: written(_mean_of(each, left, voices), effects[key]) for key, each in found.items()}


def _of_class(plan: Plan, claim: Claim) -> dict[str, Range]:
    """Effect → what its class expects of it."""
    effects = _effects_of(plan, claim)
    return {key: written(each, effects[key]) for key, each in _expected(plan, claim).items()}


def _expected(plan: Plan, claim: Claim) -> dict[str, Range]:
    """Effect → what its class expects among those treated, never above what is left of the claim.

    Without a class it is what is left of the claim; empty where nothing is known to be missing either.
    """
    expected, left = claim.expected, _left_of(plan, claim)
    if expected is None:
        return {} if left == claim.treated else dict.fromkeys(claim.effects, left)
    if claim.reach == "treated":
        return dict.fromkeys(claim.effects, capped(expected, left))
    return {
        key: capped(_among_treated(expected, each), left)
        for key, each in _effects_of(plan, claim).items()
        if share_treated(each)
    }


def _left_of(plan: Plan, claim: Claim) -> Range:
    """What missing success factors leave of a claim; its first effect speaks for the others."""
    was, first = claim.treated, next(iter(_effects_of(plan, claim).values()))
    keep = 1 - factors_of(plan, claim.scheme).cut(first.fidelity.point)
    return Range(point=was.point * keep, low=min(was.low, was.low * keep), high=max(was.high * keep, was.point * keep))


def _effects_of(plan: Plan, claim: Claim) -> dict[str, Effect]:
    return {each.key: each for each in plan.effects if each.key in claim.effects}


def _mean_of(found: Range, left: Range, voices: int) -> Range:
    """The mean of two ranges, one of which counts as many times as it has voices, low with low and high with high."""
    low, point, high = (
        (voices * one + other) / (voices + 1)
        for one, other in ((found.low, left.low), (found.point, left.point), (found.high, left.high))
    )
    return Range(point=point, low=low, high=high)


def _among_treated(area: Range, effect: Effect) -> Range:
    """A range across an area as it must be among those treated, who use a share of its care.

    Areas differ for many reasons beside one scheme, so the low stops as far below nought as the claim is above. Judged.
    """
    share = share_treated(effect)
    point = area.point / share
    least = min(point, -effect.effect.point)
    return Range(point=point, low=max(area.low / share, least), high=area.high / share)


def capped(found: Range, most: Range) -> Range:
    """A class's range where it is no more than claimed: not at its low, nor its point, nor its high.

    An outside view tests a hope and does not add to it. Judged.

    >>> capped(Range(point=0.305, low=0.056, high=0.554), Range(point=0.117, low=0.067, high=0.166))
    Range(point=0.117, low=0.056, high=0.166)
    """
    return Range(point=min(found.point, most.point), low=min(found.low, most.low), high=min(found.high, most.high))


def written(found: Range, effect: Effect) -> Range:
    """A range as an effect of a plan may be written: within the bounds of its kind, with a point not below nought.

    A class whose mean is more care, not less, is written as no effect with its low below nought. Judged.

    >>> from tripleaim.plan.scheme import EffectKind
    >>> claim = Effect(key="e", scheme="s", kind=EffectKind.AVOID, target="line", source="guess",
    ...                effect=Range(point=0.32, low=-0.05, high=0.36))
    >>> written(Range(point=-0.018, low=-0.086, high=0.05), claim)
    Range(point=0.0, low=-0.086, high=0.05)
    """
    least, most = EFFECT_BOUNDS[effect.kind]
    point = min(max(found.point, 0.0), most)
    low, high = max(min(found.low, point), least), min(max(found.high, point), most)
    return _rounded(point, low, high)


def _rounded(point: float, low: float, high: float) -> Range:
    """Values a reader can check by hand: six places behind the point."""
    return Range(point=round(point, 6), low=round(low, 6), high=round(high, 6))


def _efficiency(plan: Plan, voices: int) -> dict[str, Range]:
    """Efficiency effects of organisations that want more a year than was ever kept up, in proportion brought down.

    Here the years of the plan count and not the steepest: a saving that comes too soon to be kept up may come later.

    voices : how many results the plan's own rate counts for beside the spells of national productivity: 0 or 1
    """
    seen, spells = efficiency_seen(), len(PRODUCTIVITY_SPELLS)
    ratios: dict[str, tuple[float, float, float]] = {}
    for each in of_cost(plan):
        wanted = a_year(each.fall, 12 * plan.heading.years)
        rates = [(spells * rate + voices * wanted) / (spells + voices) for rate in (seen.low, seen.point, seen.high)]
        if wanted > rates[1]:
            low, point, high = (min(1.0, _in_all(plan, rate) / _in_all(plan, wanted)) for rate in rates)
            ratios[each.who] = (low, point, high)
    owners = {effect.key: whose(plan, effect) for effect in plan.effects if effect.kind in EFFICIENCY}
    return {
        effect.key: _slower(effect, *ratios[owners[effect.key]])
        for effect in plan.effects
        if owners.get(effect.key) in ratios
    }


def _in_all(plan: Plan, rate: float) -> float:
    """What a rate a year comes to over the years of the plan."""
    return 1 - (1 - rate) ** plan.heading.years


def _slower(effect: Effect, low: float, point: float, high: float) -> Range:
    """An efficiency effect at a share of what is claimed; its own low and high stand where they lie further out."""
    was = effect.effect
    put = was.point * point
    return _rounded(put, min(was.low, was.point * low), max(put, min(was.high, was.point * high)))


def _variant(plan: Plan, belief: Belief, found: tuple[Claim, ...], put: Mapping[str, Range]) -> Variant:
    sources = {key: _source(belief, claim) for claim in found for key in claim.effects}
    changed = tuple(
        ChangedEffect(
            effect=each.key,
            claimed=each.effect,
            put=put[each.key],
            source=sources[each.key].key if each.key in sources else _efficiency_source(belief).key,
        )
        for each in plan.effects
        if each.key in put and put[each.key] != each.effect
    )
    used = {each.source for each in changed}
    added = {each.key: each for each in (*sources.values(), _efficiency_source(belief)) if each.key in used}
    return Variant(
        belief=belief,
        plan=_with_effects(plan, {each.effect: each for each in changed}, tuple(added.values())),
        changed=changed,
        left=tuple(key for claim in found if claim.no_class for key in claim.effects if key not in put),
    )


def with_effects(plan: Plan, put: Mapping[str, Range], source: Source) -> Plan:
    """The plan with other values on some effects, each of which then names the source.

    put    : key of an effect → its new value
    raises : KeyError for an effect the plan has not
    """
    claimed = {each.key: each.effect for each in plan.effects}
    changed = {
        key: ChangedEffect(effect=key, claimed=claimed[key], put=value, source=source.key) for key, value in put.items()
    }
    return _with_effects(plan, changed, (source,))


def _with_effects(plan: Plan, changed: Mapping[str, ChangedEffect], added: tuple[Source, ...]) -> Plan:
    """The plan with other effects, each of which names the source of its new value; checked as any plan is."""
    if not changed:
        return plan
    effects = tuple(
        Effect(**{**_fields(each), "effect": changed[each.key].put, "source": changed[each.key].source})
        if each.key in changed
        else each
        for each in plan.effects
    )
    return without_idle_patterns(with_tables(plan, effects=effects, sources=(*plan.sources, *added)))


def _fields(noun: Noun) -> dict[str, Any]:
    """What a noun states, without what it has worked out from that and kept."""
    return {name: getattr(noun, name) for name in type(noun).model_fields}


def _source(belief: Belief, claim: Claim) -> Source:
    """The source of a claim's new value: which rows it comes from, and by what rule."""
    reference = claim.reference
    refs = "" if reference is None else ", ".join(ref for each in reference.precedents for ref in each.refs)
    what = "success factors not in place" if not refs else f"{belief.value} ({refs})"
    return Source(
        key=_key(belief, claim),
        kind=SourceKind.DERIVED,
        title=f"Outside view of {claim.scheme}: {what}",
        note=f"Claimed {claim.treated.point:g} on {claim.evidence or 'no evidence'}; method note 11",
    )


def _key(belief: Belief, claim: Claim) -> str:
    """A key of at most 60 letters that says whose claim, on what evidence."""
    start = "weighted" if belief is Belief.EVIDENCE_WEIGHTED else "class"
    end = f".{claim.evidence.lower() or 'none'}.{claim.care[:12]}"
    return f"outside.{start}.{claim.scheme[: 60 - len(f'outside.{start}.') - len(end)]}{end}"


def _efficiency_source(belief: Belief) -> Source:
    start = "weighted" if belief is Belief.EVIDENCE_WEIGHTED else "class"
    return Source(
        key=f"outside.{start}.efficiency",
        kind=SourceKind.DERIVED,
        title=f"Outside view of efficiency: {belief.value} (I079)",
        publisher="University of York",
        note="Spells " + "; ".join(f"{years} {rate:.2%}" for years, rate in PRODUCTIVITY_SPELLS.items()),
    )
