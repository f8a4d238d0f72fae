"""How likely is balance if the authors are believed, half believed, or not: three stress tests under the same draws."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.stress.findings import DRAWS, SEED, Stress, stress
from tripleaim.stress.outside.variants import Variant, variants


@dataclass(frozen=True, kw_only=True)
class Chances:
    """What the draws of one variant come to in the plan's last year. GBP, cash; positive = short, or above opening."""

    belief: str
    """How far the authors are believed: as claimed, evidence weighted or reference class."""
    case: str
    """hoped or resourced."""
    low: float
    """10th percentile of the shortfall of NHS and councils."""
    middle: float
    """Median."""
    high: float
    """90th percentile."""
    effects: int
    """How many effects the plan's schemes have."""
    left: int
    """How many of them stay as claimed, because nothing like them has been measured; 0 as claimed."""
    balanced: float | None
    """Share of draws in balance or better; None for a pressure, which has no balance."""


def chances(
    plan: Plan, draws: int = DRAWS, seed: int = SEED, *, together: bool = True, sobol: bool = False
) -> tuple[Chances, ...]:
    """The three variants of a plan, each under draws of one seed, as hoped and with what is found.

    A number that says the same in all three has the same draws in all three, so they differ by the effects alone.

    draws, seed, together, sobol : as `stress` takes them
    raises : PlanProblems and Impossible, as `stress` does
    """
    return tuple(
        found
        for each in variants(plan)
        for found in _of(each, stress(each.plan, draws, seed, together=together, sobol=sobol))
    )


def _of(variant: Variant, found: Stress) -> tuple[Chances, ...]:
    spreads = {case: found.of("both", case) for case in ("hoped", "resourced")}
    return tuple(
        Chances(
            belief=variant.belief.value,
            case=case,
            low=each.low[-1],
            middle=each.middle[-1],
            high=each.high[-1],
            effects=len(variant.plan.effects),
            left=len(variant.left),
            balanced=each.met[-1] if each.met else None,
        )
        for case, each in spreads.items()
    )
