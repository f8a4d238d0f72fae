"""What is known from elsewhere of the effects a plan claims, on the scale its inputs are drawn on."""

from __future__ import annotations

from collections.abc import Iterable

from tripleaim.plan import Plan
from tripleaim.quantities import Range
from tripleaim.stress.outside.claims import Claim, claims
from tripleaim.stress.outside.stretch import Best, best_of
from tripleaim.stress.uncertainty import Uncertainty
from tripleaim.stress.why.must_be_true import Known


def known_effects(plan: Plan, inputs: Iterable[Uncertainty]) -> dict[str, Known]:
    """Name of an input → what is known of it: each claimed effect among those treated, where its class measures one.

    What a class found across an area, and the best fall an area has kept up, are brought to those treated by the share
    of care that they use. So a best kept up is the effect among those treated that would make the whole area fall so
    much.
    """
    by_range = {name: each.name for each in inputs for name in each.ranges}
    found: dict[str, Known] = {}
    for claim in claims(plan):
        expected = claim.expected
        if expected is None or not claim.share:
            continue
        for key in claim.effects:
            name = by_range.get(f"effects/{key}/effect")
            if name is not None:
                found[name] = _known(claim, expected, best_of(claim))
    return found


def _known(claim: Claim, expected: Range, best: Best | None) -> Known:
    among = 1.0 if claim.reach == "treated" else 1.0 / claim.share
    refs = () if claim.reference is None else (ref for each in claim.reference.precedents for ref in each.refs)
    return Known(
        point=among * expected.point,
        low=among * expected.low,
        high=among * expected.high,
        best=None if best is None else best.rate * best.months / 12 / claim.share,
        best_years=None if best is None else best.months / 12,
        ref=", ".join(dict.fromkeys((*refs, *(() if best is None else (best.ref,))))),
    )
