"""What is known from elsewhere of the effects a plan claims, on the scale on which it was measured."""

from __future__ import annotations

from collections.abc import Iterable

from tripleaim.plan import Plan
from tripleaim.plan.scheme import Effect
from tripleaim.plan.variant import with_tables
from tripleaim.quantities import certain
from tripleaim.stress.outside.claims import OUTCOME_OF_CARE, Claim, claims
from tripleaim.stress.outside.stretch import EFFICIENCY, REDUCES, best_of, efficiency_seen, of_care, of_cost, whose
from tripleaim.stress.uncertainty import Uncertainty
from tripleaim.stress.why.against import Known

SOME = 0.1
"""A value at which a fall is worked out, beside that at nought: between them it is a straight line."""
SPELL = 3.0
"""Years of each of the spells over which the whole service's productivity was measured."""


def known_effects(plan: Plan, inputs: Iterable[Uncertainty]) -> dict[str, Known]:
    """Name of an input → what is known of it: each claimed effect whose class measures one, and each efficiency.

    What studies found among those treated is held against the effect among those treated, and what they found across
    an area against the effect on all such care of the place. The best pace that an area has kept up is that of all it
    did, so it is held against what all the plan's schemes do to that care together. Productivity and savings are held
    in the same way against the productivity of the whole service, organisation by organisation.

    source : method note 12, "Against what is known"
    """
    effects = {f"effects/{effect.key}/effect": effect for effect in plan.effects}
    of_input = {each.name: [effects[name] for name in each.ranges if name in effects] for each in inputs}
    by_key = {effect.key: name for name, rows in of_input.items() for effect in rows}
    found: dict[str, Known] = {}
    for claim in claims(plan):
        for name in dict.fromkeys(by_key[key] for key in claim.effects if key in by_key):
            if claim.expected is not None and claim.share:
                found[name] = _of_claim(plan, claim, of_input[name])
    for name, rows in of_input.items():
        if rows and all(effect.kind in EFFICIENCY for effect in rows):
            efficiency = _of_efficiency(plan, rows)
            if efficiency is not None:
                found[name] = efficiency
    return found


def _of_claim(plan: Plan, claim: Claim, rows: list[Effect]) -> Known:
    expected, reference, best = claim.expected, claim.reference, best_of(claim)
    assert expected is not None
    assert reference is not None
    care = next((outcome.value for kind, outcome in OUTCOME_OF_CARE.items() if kind.value == claim.care), "")
    falls = care if all(effect.kind in REDUCES for effect in rows) else ""
    none, some = (_falls(plan, rows, value).get(care, 0.0) for value in (0.0, SOME))
    return Known(
        point=expected.point,
        low=expected.low,
        high=expected.high,
        measured="itself" if claim.reach == "treated" else "area",
        most=reference.best,
        ref=", ".join(dict.fromkeys(ref for each in reference.precedents for ref in each.refs)),
        of=falls,
        others=none,
        share=(some - none) / SOME,
        pace=None if best is None else best.rate,
        pace_years=None if best is None else best.months / 12,
        pace_ref="" if best is None else best.ref,
    )


def _of_efficiency(plan: Plan, rows: list[Effect]) -> Known | None:
    """Of the organisation of which it asks most; None where none of its cost is known."""
    costs = _costs(plan, rows, 0.0), _costs(plan, rows, SOME)
    own = {whose(plan, effect) for effect in rows} & set(costs[1])
    if not own:
        return None
    asked = _costs(plan, rows, rows[0].effect.point)
    most = max(sorted(own), key=lambda body: asked.get(body, 0.0))
    none, some = (each.get(most, 0.0) for each in costs)
    seen = efficiency_seen()
    name = next((body.name for body in plan.organisations if body.key == most), most)
    return Known(
        point=seen.point,
        low=seen.low,
        high=seen.high,
        measured="pace",
        ref="I079",
        of=f"the cost of {name}",
        others=none,
        share=(some - none) / SOME,
        pace=seen.high,
        pace_years=SPELL,
        pace_ref="I079",
    )


def _falls(plan: Plan, rows: list[Effect], value: float) -> dict[str, float]:
    """Kind of care → by how much all of it falls, with an effect at one value and every other scheme in full."""
    return {each.who: each.fall for each in of_care(_with(plan, rows, value))}


def _costs(plan: Plan, rows: list[Effect], value: float) -> dict[str, float]:
    """Organisation → by how much its cost falls, in the same way."""
    return {each.who: each.fall for each in of_cost(_with(plan, rows, value))}


def _with(plan: Plan, rows: list[Effect], value: float) -> Plan:
    keys = {effect.key for effect in rows}
    return with_tables(
        plan,
        effects=tuple(
            effect.model_copy(update={"effect": certain(value)}) if effect.key in keys else effect
            for effect in plan.effects
        ),
    )
