"""The year's settlement: what of the measured benefit counts, and who pays whom for it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tripleaim.incentives.agreement.corridor import Carried, Corridor, carried, check_corridor
from tripleaim.incentives.agreement.guards import (
    HALF_A_PENNY,
    Benefit,
    Counted,
    Verdict,
    check_overlaps,
    counted,
    large_enough,
)
from tripleaim.incentives.agreement.mistakes import Mistakes, pounds
from tripleaim.incentives.agreement.transfers import Payment, netted, transfers


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """A year's settlement. Amounts in GBP."""

    period: str
    """The year, as in 2018/19."""
    benefits: tuple[Counted, ...]
    """Each benefit, guard by guard."""
    large: Verdict
    """Whether all that counts is more than could be luck."""
    difference: float
    """What is settled; 0 where it could be luck."""
    carried: Carried
    """Who carries it."""
    transfers: Mapping[str, int]
    """Partner and reserve → pence, positive receives; they add up to 0."""
    payments: tuple[Payment, ...]
    """The same, netted."""
    says: str
    """The outcome in a sentence."""


def settle(
    period: str, benefits: Sequence[Benefit], corridor: Corridor, least_rate: float, agreed_spending: float
) -> Settlement:
    """What is paid for a year: only for benefit that is measured, confirmed, counted once, kept here, and no luck.

    Gains must pass every guard. A loss needs to be measured, confirmed and counted once; failing on quality or equity
    does not excuse it. What counts is shared by the corridor, and each partner pays or receives the difference between
    its part and what already shows in its own books.

    least_rate      : fraction of the agreed spending below which a difference, up or down, may be luck
    agreed_spending : GBP, the spending against which the difference is set
    raises          : PlanProblems with every mistake: benefits twice or of no partner, overlaps with nothing, both
                      ways or larger than the benefit, negative amounts, and those of `check_corridor`
    source          : method note 16
    """
    _check(benefits, corridor, least_rate, agreed_spending)
    by_key = {each.key: each for each in benefits}
    every = tuple(counted(each, by_key) for each in benefits)
    total = math.fsum(each.counts for each in every)
    large = large_enough(total, least_rate * agreed_spending)
    difference = total if large.passed else 0.0
    found = carried(difference, corridor)
    moved = (difference - found.stays) / difference if difference else 0.0
    before = dict.fromkeys((*corridor.shares, corridor.reserve), Fraction(0))
    for benefit, each in zip(benefits, every, strict=True):
        before[benefit.fell_to] += Fraction(each.counts * moved)
    sums = transfers(before, {**found.by, corridor.reserve: found.residual})
    payments = netted(sums)
    return Settlement(
        period=period,
        benefits=every,
        large=large,
        difference=difference,
        carried=found,
        transfers=sums,
        payments=payments,
        says=_told(period, total, found, payments, large),
    )


def _told(period: str, total: float, found: Carried, payments: Sequence[Payment], large: Verdict) -> str:
    if abs(total) < HALF_A_PENNY:
        return f"{period}: nothing counts, so nothing is paid."
    if not large.passed:
        return f"{period}: {large.says}"
    if not payments:
        return f"{period}: {pounds(abs(total))} counts, and all of it stays where it fell."
    what = "gain" if total > 0 else "loss"
    rest = f" {pounds(abs(found.residual))} of it is for {found.reserve}." if found.residual else ""
    count = f"{len(payments)} payment{'s' if len(payments) > 1 else ''}"
    return f"{period}: a {what} of {pounds(abs(total))} is settled by {count}.{rest}"


def _check(benefits: Sequence[Benefit], corridor: Corridor, least_rate: float, agreed_spending: float) -> None:
    wrong = Mistakes()
    keys = [each.key for each in benefits]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        wrong.add("benefits", f"{key} more than once", "each benefit once", "join them, or rename one")
    by_key = {each.key: each for each in benefits}
    for each in benefits:
        wrong.known_names(f"benefit {each.key}, fell to", [each.fell_to], tuple(corridor.shares))
        if each.measured is not None:
            wrong.numbers(f"benefit {each.key}", {"it": each.measured}, least=None)
        wrong.numbers(f"benefit {each.key}, moved to others", each.moved_to_others)
        check_overlaps(each, by_key, wrong)
    if not 0 <= least_rate <= 1:
        wrong.add("least rate", f"{least_rate:g}", "a fraction from 0 to 1", "write 0.02 for 2% of agreed spending")
    wrong.numbers("agreed spending", {"the year": agreed_spending})
    wrong.refuse()
    check_corridor(corridor)
