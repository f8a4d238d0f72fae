"""Every part of a whole stress test is drawn as was asked: from the seed, alone or together, evenly or at random."""

from __future__ import annotations

import pytest

from invariants.small_plans import small_plan
from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.stress.draws import register
from tripleaim.stress.findings import stress
from tripleaim.stress.named.named_stress import named_stress
from tripleaim.stress.named.outcomes import HowDrawn
from tripleaim.stress.outside.chances import chances
from tripleaim.stress.own_ranges import on_own_ranges
from tripleaim.stress.payback import paybacks
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import independent, uncertainties
from tripleaim.stress.whole import PARTS, Whole, whole_test

DRAWS, SEED = 8, 3


@pytest.fixture(scope="module")
def small() -> Plan:
    """A place with three schemes and a driver that moves its numbers together."""
    return small_plan(5, schemes=(1, 3))


@pytest.fixture(scope="module")
def parts() -> list[str]:
    """What was said to be done while it was done."""
    return []


@pytest.fixture(scope="module")
def found(small: Plan, parts: list[str]) -> Whole:
    """All of it alone, from Sobol' points of a seed that is not the usual one."""
    return whole_test(small, project(small), DRAWS, SEED, together=False, sobol=True, told=parts.append)


def test_the_headline_and_the_beliefs_are_drawn_as_asked(small: Plan, found: Whole) -> None:
    assert found.found == stress(small, DRAWS, SEED, together=False, sobol=True)
    assert found.chances == chances(small, DRAWS, SEED, together=False, sobol=True)


def test_named_tests_are_drawn_as_asked(small: Plan, found: Whole) -> None:
    assert found.named == named_stress(small, HowDrawn(draws=DRAWS, seed=SEED, together=False, sobol=True))


def test_paybacks_are_drawn_as_asked(small: Plan, found: Whole) -> None:
    together, alone = uncertainties(small), independent(uncertainties(small))
    evenly = Sobol(SEED, DRAWS, register(alone))
    assert found.paybacks == paybacks(small, alone, evenly, DRAWS)
    others = [
        paybacks(small, together, Sobol(SEED, DRAWS, register(together)), DRAWS),
        paybacks(small, alone, Streams(SEED), DRAWS),
        paybacks(small, alone, Sobol(1, DRAWS, register(alone)), DRAWS),
    ]
    assert found.paybacks not in others


def test_the_plans_own_ranges_are_drawn_as_asked(small: Plan, found: Whole) -> None:
    alone = independent(uncertainties(small))
    assert found.own_ranges == on_own_ranges(small, alone, Sobol(SEED, DRAWS, register(alone)), DRAWS)
    assert found.own_ranges != on_own_ranges(small, alone, Streams(SEED), DRAWS)


def test_why_is_asked_of_the_numbers_that_are_drawn(small: Plan, found: Whole) -> None:
    """Alone there is no driver to look at."""
    assert found.why is not None
    assert found.why.seed == SEED
    assert {each.name for each in found.why.looked} == {each.name for each in uncertainties(small)}


def test_each_part_is_said_before_it_begins(found: Whole, parts: list[str]) -> None:
    assert found.named is not None
    assert parts == list(PARTS)


def test_a_quick_test_is_the_headline_and_the_plans_own_ranges_and_no_more(small: Plan, found: Whole) -> None:
    parts: list[str] = []
    counted: list[tuple[int, int]] = []
    quick = whole_test(
        small,
        project(small),
        DRAWS,
        SEED,
        together=False,
        sobol=True,
        quick=True,
        told=parts.append,
        counted=lambda done, of: counted.append((done, of)),
    )
    assert quick == Whole(found=found.found, own_ranges=found.own_ranges)
    assert parts == [PARTS[0]]
    assert counted == [(DRAWS, DRAWS)]
