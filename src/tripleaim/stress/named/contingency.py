"""Contingency: money to hold so that the plan balances as surely as is wanted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.plan import Plan
from tripleaim.stress.families import Floats
from tripleaim.stress.named.outcomes import HowDrawn, Outcomes, outcomes

SURENESS = (0.5, 0.8, 0.9)
"""How often the money held is to be enough: shares of draws."""
PLACE = "both"
"""Who holds the money where the place holds it together."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """Money one body, or the place together, would have to hold."""

    who: str
    """Key of the organisation, or both for the place."""
    sure: float
    """Share of draws in which the money is enough: 0.5, 0.8 or 0.9."""
    amount: tuple[float, ...]
    """By plan year, GBP of that year, never below 0: the least that is enough so often."""


@dataclass(frozen=True, kw_only=True)
class Contingency:
    """Money to hold in each year, by the place together and by every organisation on its own, in one case.

    A year's money is all that is short in it, one-off money counted, what the plan itself leaves short included. Of a
    plan that tells a pressure it is what the year costs beyond the plan's own figure, because there is no balance.
    """

    case: str
    """hoped or resourced."""
    years: tuple[str, ...]
    """The plan's years, in the order of every amount."""
    is_pressure: bool
    """True where the money is counted above the plan's own figure."""
    planned: tuple[float, ...]
    """By year, GBP: what the plan is short at its stated points, by the place together, never below 0; part of the
    amounts. Noughts for a pressure.
    """
    together: tuple[Held, ...]
    """What the place would hold, one row for each sureness."""
    apart: tuple[Held, ...]
    """What each organisation would hold, by sureness and then organisation."""

    def of(self, sure: float, who: str = PLACE) -> Held:
        """The row of one sureness, of the place or of an organisation."""
        return next(row for row in (*self.together, *self.apart) if (row.sure, row.who) == (sure, who))

    def apart_in_all(self, sure: float) -> tuple[float, ...]:
        """By year, GBP: what all organisations hold if each holds its own."""
        rows = [row.amount for row in self.apart if row.sure == sure]
        return tuple(float(sum(amounts)) for amounts in zip(*rows, strict=True))

    def saved_together(self, sure: float) -> tuple[float, ...]:
        """By year, GBP: how much less one pot needs than a pot for each; below 0 = the one pot needs more."""
        whole = self.of(sure).amount
        return tuple(float(apart - one) for apart, one in zip(self.apart_in_all(sure), whole, strict=True))


def contingency(
    plan: Plan, asked: HowDrawn | None = None, case: str = "hoped", base: Outcomes | None = None
) -> Contingency:
    """Money to hold so that each year balances in 50, 80 and 90 of 100 draws.

    asked : how the plan is drawn; 1,000 draws if left out
    case  : hoped or resourced
    base  : the plan's own outcomes, where they are at hand

    source : METHOD 8, "contingency"; method note 13
    """
    found = base or outcomes(plan, asked or HowDrawn())
    bodies, points = found.organisations[case], found.organisations_point[case]
    if found.is_pressure:
        bodies, points = bodies - points[..., None], np.zeros_like(points)
    return Contingency(
        case=case,
        years=found.years,
        is_pressure=found.is_pressure,
        planned=_plain(np.maximum(0.0, points.sum(axis=0))),
        together=tuple(Held(who=PLACE, sure=sure, amount=enough(bodies.sum(axis=0), sure)) for sure in SURENESS),
        apart=tuple(
            Held(who=who, sure=sure, amount=enough(bodies[n], sure))
            for sure in SURENESS
            for n, who in enumerate(found.members)
        ),
    )


def enough(short: Floats, sure: float) -> tuple[float, ...]:
    """The least money by year that is enough in so many of the draws.

    short   : (year, draw), GBP, positive = short
    sure    : share of draws, above 0 and at most 1
    returns : by year, never below 0

    >>> enough(np.array([[-3.0, 1.0, 2.0, 9.0], [-4.0, -3.0, -2.0, -1.0]]), 0.75)
    (2.0, 0.0)
    """
    return _plain(np.maximum(0.0, np.quantile(short, sure, axis=-1, method="inverted_cdf")))


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
