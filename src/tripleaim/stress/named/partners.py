"""One organisation takes no further part."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.plan.scheme import Effect, Scheme
from tripleaim.plan.variant import with_tables
from tripleaim.quantities import Range
from tripleaim.stress.named.removal import without_schemes


@dataclass(frozen=True, kw_only=True)
class WithoutPartner:
    """A plan without one organisation's part in its schemes; the organisation and its money stay in the place."""

    plan: Plan
    """The plan."""
    gone: tuple[str, ...]
    """Schemes that end: it leads them, they have no effect without it, or they need one that ends."""
    smaller: tuple[str, ...]
    """Schemes that go on with the effect they have without a partner, at the same cost."""


def partners(plan: Plan) -> tuple[str, ...]:
    """Organisations that lead a scheme or are a partner of one, in the plan's order."""
    named = {key for scheme in plan.schemes for key in (scheme.lead, *scheme.partners)}
    return tuple(body.key for body in plan.organisations if body.key in named)


def without_partner(plan: Plan, partner: str) -> WithoutPartner:
    """The plan after one organisation has left its schemes.

    source : METHOD 10, "a scheme runs only if the partners it needs are all in, else at its stated effect without them"
    """
    share = {scheme.key: _effect_left(scheme, partner) for scheme in plan.schemes}
    left = without_schemes(plan, {key for key, part in share.items() if part == 0})
    smaller = {key: part for key, part in share.items() if 0 < part < 1 and key not in left.schemes}
    effects = tuple(
        _scaled(effect, smaller[effect.scheme]) if effect.scheme in smaller else effect for effect in left.plan.effects
    )
    return WithoutPartner(
        plan=with_tables(left.plan, effects=effects), gone=left.schemes, smaller=tuple(sorted(smaller))
    )


def _effect_left(scheme: Scheme, partner: str) -> float:
    if scheme.lead == partner:
        return 0.0
    return scheme.effect_without_partners if partner in scheme.partners else 1.0


def _scaled(effect: Effect, share: float) -> Effect:
    """An effect at a share of itself, inside the bounds of its kind, which all hold nought."""
    was = effect.effect
    put = Range(point=round(was.point * share, 12), low=round(was.low * share, 12), high=round(was.high * share, 12))
    return Effect(**{**dict(effect), "effect": put})
