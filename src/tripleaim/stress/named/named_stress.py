"""Everything the named tests say of one plan, from the same draws."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.stress.named.contingency import Contingency, contingency
from tripleaim.stress.named.outcomes import TOLD, HowDrawn, outcomes
from tripleaim.stress.named.speed import Pace, paces
from tripleaim.stress.named.trying import Tried, try_tests


@dataclass(frozen=True, kw_only=True)
class NamedStress:
    """Named tests, contingency, and speed against probability."""

    fingerprint: str
    """SHA-256 of the plan."""
    asked: HowDrawn
    """How many draws, from which seed, with or without shared drivers, from streams or Sobol' points."""
    tests: tuple[Tried, ...]
    """Every test, the standard ones first, then the place's own; of one partner leaving, every partner."""
    contingency: tuple[Contingency, ...]
    """As hoped, and with the posts and capital found."""
    paces: tuple[Pace, ...]
    """Every start shifted, from the earliest to the latest; none for a plan without schemes."""


def named_stress(plan: Plan, asked: HowDrawn | None = None) -> NamedStress:
    """Put a plan to every named test, and say what to hold and what speed does.

    asked  : how plans are drawn; 1,000 draws if left out
    raises : PlanProblems for ranges that cannot be drawn, or a test of the place's own that makes no plan
    """
    asked = asked or HowDrawn()
    base = outcomes(plan, asked)
    return NamedStress(
        fingerprint=plan.fingerprint,
        asked=asked,
        tests=try_tests(plan, asked, base=base),
        contingency=tuple(contingency(plan, case=case, base=base) for case in TOLD),
        paces=paces(plan, asked, base=base),
    )
