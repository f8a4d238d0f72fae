"""Speed against probability: what starting sooner or later does to the chance of balance, and costs on the way."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.stress.named.outcomes import TOLD, HowDrawn, Outcomes, outcomes
from tripleaim.stress.named.start_months import shifted
from tripleaim.stress.named.trying import InCase, in_case
from tripleaim.stress.patterns import without_idle_patterns

MONTHS = (-12, -6, 0, 6, 12, 18, 24)
"""Months by which every start is shifted; below 0 = earlier."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The plan with every start shifted, as far as that can be. Benefits and dated money move with the start."""

    months: int
    """Months asked for; below 0 = earlier."""
    moved: tuple[str, ...]
    """Schemes shifted by as much."""
    capped: tuple[str, ...]
    """Schemes shifted by less: none can start before the month the plan is dated."""
    begun: tuple[str, ...]
    """Schemes that stay where they are, because they had begun by then."""
    gone: tuple[str, ...]
    """Schemes that would start after the plan's last year, and those that need them."""
    hoped: InCase
    """As hoped, before and after; `meantime` is what the years before the last cost more."""
    resourced: InCase
    """With the posts and capital found."""

    @property
    def is_possible(self) -> bool:
        """True where every scheme moves by as much as asked."""
        return not (self.capped or self.begun or self.gone)


def paces(
    plan: Plan, asked: HowDrawn | None = None, months: tuple[int, ...] = MONTHS, base: Outcomes | None = None
) -> tuple[Pace, ...]:
    """The plan faster and slower, each with the same draws; none for a plan without schemes.

    asked  : how plans are drawn; 1,000 draws if left out
    months : shifts to try; below 0 = earlier
    base   : the plan's own outcomes, where they are at hand

    source : METHOD 8, "benefits earlier or later"; method note 13, "Speed against probability"
    """
    asked = asked or HowDrawn()
    if not plan.schemes:
        return ()
    base = base or outcomes(plan, asked)
    return tuple(_pace(plan, each, asked, base) for each in months)


def _pace(plan: Plan, months: int, asked: HowDrawn, base: Outcomes) -> Pace:
    found = shifted(plan, months)
    after = base if found.plan == plan else outcomes(without_idle_patterns(found.plan), asked, base)
    cases = {case: in_case(base, after, case) for case in TOLD}
    return Pace(months=months, moved=found.moved, capped=found.capped, begun=found.begun, gone=found.gone, **cases)
