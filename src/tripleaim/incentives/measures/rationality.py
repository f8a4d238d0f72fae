"""Is each body at least as well off with the agreement as without: as today, and as left out while others proceed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import ROUNDING, Array, Truths, amounts, together
from tripleaim.incentives.measures.timing import DISCOUNT_RATE, present_value, years_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Rationality:
    """How each body stands against what it would have otherwise."""

    margin: Array
    """(body, year, …), GBP a year: position after the agreement less that of the baseline."""
    present_value: Array
    """(body, …), GBP."""
    worst: Array
    """(body, …), GBP: the least margin of any year."""
    short_in_year: Truths
    """(body, year, …), worse off by more than the tolerance in that year."""
    short_over_the_years: Truths
    """(body, …), worse off by more than the tolerance in present value."""
    holds: Truths
    """(body, …), neither in any year nor over the years."""


def individual_rationality(
    after: Any, baseline: Any = 0.0, *, tolerance: Any = 0.0, rate: float = DISCOUNT_RATE
) -> Rationality:
    """Whether each body would agree of its own accord, against one baseline.

    after     : (body, year, …), GBP a year, positions under the agreement, counted from today's
    baseline  : 0 for the status quo; (body, year, …) for what each has when others proceed without it
    tolerance : GBP that a body is content to go without, in any year and in present value; one for all, or (body,)
    raises    : Impossible for a tolerance below 0, or as `together`
    source    : method note 15

    >>> hospital = [[-2.1, -2.1]]
    >>> [individual_rationality(hospital, each).holds.item() for each in (0, [[-5.25, -5.25]])]
    [False, True]
    """
    positions = years_of(after)
    bodies = positions.shape[0]
    positions, other = together(("body", "year"), after=positions, baseline=_spread(baseline, positions))
    content = amounts("tolerance", tolerance)
    if content.shape not in ((), (1,), (bodies,)) or (content < 0).any():
        raise Impossible(f"The tolerance is {tolerance}; expected 0 or more, one for all or one for each body.")
    margin = positions - other
    value, worst = present_value(margin, rate), margin.min(axis=1)
    near = ROUNDING * (np.abs(positions) + np.abs(other))
    by_body = np.broadcast_to(content, bodies)[(slice(None), *[None] * (margin.ndim - 2))]
    in_year = margin < -by_body[:, None] - near
    over = value < -by_body - near.sum(axis=1)
    holds = ~over
    for n in range(margin.shape[1]):
        holds = holds & ~in_year[:, n]
    return Rationality(
        margin=margin,
        present_value=value,
        worst=worst,
        short_in_year=in_year,
        short_over_the_years=over,
        holds=holds,
    )


def under_duress(status_quo: Rationality, left_out: Rationality) -> Truths:
    """(body, …): worse off than today, and joins only because being left out would be worse still. That is no consent.

    >>> hospital = [[-2.1, -2.1]]
    >>> left_out = individual_rationality(hospital, [[-5.25, -5.25]])
    >>> under_duress(individual_rationality(hospital), left_out).tolist()
    [True]
    """
    return ~status_quo.holds & left_out.holds


@dataclass(frozen=True, kw_only=True, eq=False)
class Chances:
    """How often each body is worse off than its baseline by more than its tolerance; shares of draws."""

    in_year: Array
    """(body, year)."""
    over_the_years: Array
    """(body,), in present value."""
    at_all: Array
    """(body,), in any year or over the years."""


def chances(found: Rationality) -> Chances:
    """The same as probabilities, over draws on the last axis.

    raises : Impossible where there is no axis of draws

    >>> three_draws = individual_rationality([[[1.0, -1.0, -1.0], [3.0, 3.0, -1.0]]])
    >>> told = chances(three_draws)
    >>> told.in_year.round(2).tolist(), told.over_the_years.round(2).tolist(), told.at_all.round(2).tolist()
    ([[0.67, 0.33]], [0.33], [0.67])
    """
    if found.margin.ndim != 3 or not found.margin.shape[2]:
        raise Impossible("A probability needs draws: expected axes of body, year and draw.")
    return Chances(
        in_year=found.short_in_year.mean(axis=-1),
        over_the_years=found.short_over_the_years.mean(axis=-1),
        at_all=(~found.holds).mean(axis=-1),
    )


def _spread(baseline: Any, like: Array) -> Any:
    return like * 0 + float(baseline) if isinstance(baseline, int | float) else baseline
