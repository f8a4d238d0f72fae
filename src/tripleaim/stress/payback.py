"""When a scheme pays back: what it costs and saves by year over all draws, alone against doing nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tripleaim.plan import Plan
from tripleaim.stress.engine import Engine, engine
from tripleaim.stress.headlines import ORGANISATION, Output
from tripleaim.stress.readings import BALANCED, SHARES
from tripleaim.stress.response import Floats
from tripleaim.stress.streams import Sampler
from tripleaim.stress.tally import Limit, Tally
from tripleaim.stress.trial import answers, count
from tripleaim.stress.uncertainty import Uncertainty

NOTHING = "nothing_smooth"
"""What a scheme alone is held against: nobody acts, and beds follow need as they do for one scheme alone."""


@dataclass(frozen=True, kw_only=True)
class Payback:
    """Net cost of one scheme alone to all members of the place, one-off money counted. GBP, cash; positive = costs."""

    scheme: str
    """Key of the scheme."""
    low: tuple[float, ...]
    """10th percentile of each year's net cost, by plan year."""
    middle: tuple[float, ...]
    """Median."""
    high: tuple[float, ...]
    """90th percentile."""
    so_far_low: tuple[float, ...]
    """10th percentile of the net cost of all years so far, by plan year."""
    so_far_middle: tuple[float, ...]
    """Median."""
    so_far_high: tuple[float, ...]
    """90th percentile."""
    by_year: tuple[float, ...]
    """Share of draws in which it has paid back for good from each plan year on."""
    never: float
    """Share of draws in which it has not paid back by the last plan year."""


def paybacks(plan: Plan, inputs: Sequence[Uncertainty], sampler: Sampler, draws: int) -> tuple[Payback, ...]:
    """When each scheme pays back, in the order of their keys; none for a plan without schemes.

    inputs : what is drawn; at least one
    raises : Impossible for no draws, or more than the sampler has
    """
    schemes = sorted(row.key for row in plan.schemes)
    if not schemes:
        return ()
    asked = _engine(plan, inputs, schemes)
    years = len(plan.years)
    tally = Tally(
        2 * len(schemes) * years,
        runs=[[Limit((2 * n + 1) * years + year, BALANCED) for year in range(years)] for n in range(len(schemes))],
    )
    answer = answers(asked, sampler)
    count(lambda first, number: _net_costs(answer(first, number), len(schemes), years), draws, tally)
    low, middle, high = tally.quantiles(SHARES)
    found = []
    for n, (key, begins) in enumerate(zip(schemes, tally.lasting(), strict=True)):
        each = slice(2 * n * years, (2 * n + 1) * years)
        so_far = slice((2 * n + 1) * years, (2 * n + 2) * years)
        found.append(
            Payback(
                scheme=key,
                low=_plain(low[each]),
                middle=_plain(middle[each]),
                high=_plain(high[each]),
                so_far_low=_plain(low[so_far]),
                so_far_middle=_plain(middle[so_far]),
                so_far_high=_plain(high[so_far]),
                by_year=_plain(begins[:-1]),
                never=float(begins[-1]),
            )
        )
    return tuple(found)


def _engine(plan: Plan, inputs: Sequence[Uncertainty], schemes: list[str]) -> Engine:
    """The plan answering with the position of every member, by year, for doing nothing and for each scheme alone."""
    cases = {NOTHING: NOTHING, **{key: f"alone:{key}" for key in schemes}}
    whole = engine(plan, inputs, cases)
    members = list(dict.fromkeys(each.who for each in whole.outputs if each.measure == ORGANISATION))
    return whole.only(
        [
            Output(case=case, measure=ORGANISATION, who=who, year=year)
            for case in cases
            for year in plan.years
            for who in members
        ]
    )


def _net_costs(short: Floats, schemes: int, years: int) -> Floats:
    """Rows of `Payback`: for each scheme its net cost by year, then all years so far; (row, draw).

    short : (case x year x member, draw), the case of doing nothing first
    """
    of_all = short.reshape(schemes + 1, years, -1, short.shape[1]).sum(axis=2)
    net = of_all[1:] - of_all[:1]
    rows: Floats = np.stack([net, net.cumsum(axis=1)], axis=1).reshape(2 * schemes * years, -1)
    return rows


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
