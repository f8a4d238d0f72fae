"""Many plans: each is drawn as was asked, and no job is done twice, though the first is still under way."""

from __future__ import annotations

import pytest

from invariants.small_plans import small_plan
from tripleaim.plan import Plan
from tripleaim.stress.findings import Stress, stress
from tripleaim.stress.many.jobs import answer, findings, job_of
from tripleaim.stress.many.run import PlanAsked, PlanDone, stress_many
from tripleaim.stress.many.workers import opened


@pytest.fixture(scope="module")
def small() -> Plan:
    """A place with a driver that moves its numbers together."""
    return small_plan(5, schemes=(1, 3))


@pytest.mark.parametrize("together", [True, False], ids=["together", "alone"])
def test_a_job_is_the_stress_test_of_its_plan_draws_seed_and_drivers(small: Plan, together: bool) -> None:
    answered = answer(job_of(small, 8, 3, together=together), small)
    assert isinstance(answered, dict)
    assert findings(small, answered) == stress(small, 8, 3, together=together)
    assert findings(small, answered) != stress(small, 8, 3, together=not together)


def test_a_plan_that_is_asked_for_again_while_it_is_being_run_is_run_once(small: Plan) -> None:
    kept: list[Stress] = []

    def keep(found: Stress) -> int:
        kept.append(found)
        return len(kept)

    asked = [PlanAsked(name=name, read=lambda: small) for name in ("first", "again", "and again")]
    with opened("threads", 3) as workers:  # all three are taken before the first is back
        found = stress_many(asked, workers, 8, 3, keep=keep)
    assert found == tuple(PlanDone(name=each.name, found=1) for each in asked)
    assert kept == [stress(small, 8, 3)]
