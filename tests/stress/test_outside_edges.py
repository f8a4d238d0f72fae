"""The outside view at its edges: a study as good as the claim, a class of three, the plan's own rate beside others."""

from __future__ import annotations

import pytest

from tripleaim.evidence.outcomes import Outcome
from tripleaim.plan import Plan
from tripleaim.plan.scheme import EFFECT_BOUNDS, Effect, EffectKind
from tripleaim.quantities import Range
from tripleaim.stress.outside.reference_class import ClassSpread, Precedent, ReferenceClass, spread_of
from tripleaim.stress.outside.stretch import PRODUCTIVITY_SPELLS, a_year, efficiency_seen, of_cost
from tripleaim.stress.outside.variants import evidence_weighted, reference_class_only, written


def test_a_study_that_found_as_much_as_is_claimed_reached_it() -> None:
    studies = tuple(Precedent(refs=(f"I{n}",), kind="study", fraction=n / 10) for n in (1, 2, 3))
    promise = Precedent(refs=("promise",), kind="own record", fraction=0.5)
    found = ReferenceClass(
        family="teams", outcome=Outcome.EMERGENCY, reach="treated", precedents=(*studies, promise), unmeasured=()
    )
    assert [found.reaching(claim) for claim in (0.1, 0.2, 0.3, 0.301)] == [3, 2, 1, 0]
    assert found.reaching(0.1 + 0.2) == 1  # which is 0.30000000000000004 to a computer


def test_a_class_has_a_spread_of_its_own_from_three_studies_on() -> None:
    pooled = ClassSpread(sd=9.0, degrees=30)
    assert spread_of([0.1, 0.2], pooled) is pooled
    assert spread_of([0.1, 0.2, 0.3], pooled) == ClassSpread(sd=pytest.approx(0.1), degrees=2)


def test_what_a_class_expects_beyond_all_that_can_be_is_written_at_the_bound_from_low_to_high() -> None:
    claim = Effect(
        key="e",
        scheme="s",
        kind=EffectKind.AVOID,
        target="line",
        source="guess",
        effect=Range(point=0.3, low=0, high=1),
    )
    least, most = EFFECT_BOUNDS[EffectKind.AVOID]
    assert written(Range(point=most + 1, low=most + 0.5, high=most + 2), claim) == Range(
        point=most, low=most, high=most
    )
    assert written(Range(point=0.1, low=least - 1, high=0.2), claim) == Range(point=0.1, low=least, high=0.2)
    assert written(Range(point=-0.2, low=-0.3, high=-0.1), claim) == Range(point=0.0, low=-0.3, high=0.0)


def test_the_plans_own_rate_of_efficiency_is_one_voice_beside_the_spells_of_productivity(plan: Plan) -> None:
    """Weighted, it counts once beside each spell; elsewhere it does not count at all."""
    who = "wealdshire_council"
    wanted, weighed, others = (
        next(a_year(each.fall, 12 * plan.heading.years) for each in of_cost(of) if each.who == who)
        for of in (plan, evidence_weighted(plan).plan, reference_class_only(plan).plan)
    )
    spells, seen = len(PRODUCTIVITY_SPELLS), efficiency_seen().point
    assert wanted > seen
    assert others == pytest.approx(seen, abs=2e-4)
    assert weighed == pytest.approx((spells * seen + wanted) / (spells + 1), abs=2e-4)
    assert weighed - others > 1e-3
