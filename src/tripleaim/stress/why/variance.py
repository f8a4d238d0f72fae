"""How much of the uncertainty each number brings: first and total Sobol' shares of a plan's headlines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.stress.draws import at_scores
from tripleaim.stress.engine import Engine
from tripleaim.stress.factors import answers_swapped, two_tables
from tripleaim.stress.headlines import Output
from tripleaim.stress.indices import Estimate, Indices, indices_of_answers
from tripleaim.stress.response import respond
from tripleaim.stress.why.screening import Screened

DRAWS = 4096
"""Rows of each of the two tables; the plan is run so often for each number, and twice more."""
WIDEST = 0.1
"""An interval wider than this is not settled."""


@dataclass(frozen=True, kw_only=True)
class ShareInterval:
    """An estimate and its 95 % interval; neither is moved into 0 to 1."""

    value: float
    """The estimate."""
    low: float
    """The truth is below this once in forty."""
    high: float
    """The truth is above this once in forty."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one number, or a group, brings to the variance of one output: fractions."""

    name: str
    """The number's name; empty for the group of those left out."""
    label: str
    """What it is, in a planner's words."""
    first: ShareInterval
    """Share that goes if it alone were known."""
    total: ShareInterval
    """Share that stays if all others were known: what it does together with others counts too."""


@dataclass(frozen=True, kw_only=True)
class Shares:
    """The shares of one output."""

    output: Output
    """The figure whose uncertainty it is."""
    deviation: float
    """Standard deviation of the output, in its unit; 0 where it does not vary, and there are then no shares."""
    each: tuple[Share, ...]
    """The numbers looked at closely, the largest total share first."""
    others: Share | None
    """All numbers left out after the quick look, as one; None where none was."""
    left_out: int
    """How many they are."""
    alone: ShareInterval
    """Sum of all first shares. What is missing to 1 comes only from numbers acting together."""
    settled: bool
    """Whether the sums come out and no interval is wide; if not, more draws are needed."""
    draws: int
    """Rows of each of the two tables."""


def shares(engine: Engine, found: Screened, seed: int, *, draws: int = DRAWS) -> tuple[Shares, ...]:
    """First and total shares of every output of an engine.

    Numbers left out after the quick look are one group, so that what they bring together is measured and not assumed.
    Answers come one number after another and none is kept: memory is inputs × draws + outputs × draws.

    draws   : a power of two; the engine is run draws × (numbers + 2) times
    returns : for each output of the engine, in their order
    raises  : Impossible for draws that are no power of two
    source  : method note 12; Saltelli and others 2010, Jansen 1999
    """
    groups = [[each] for each in found.kept] + ([list(found.left_out)] if found.left_out else [])
    a, b = two_tables(engine.inputs, draws, seed)
    at_a, at_b = (respond(engine, at_scores(engine.inputs, table)) for table in (a, b))
    answers = answers_swapped(engine, a, b, groups)
    indices = indices_of_answers(at_a, at_b, answers, len(groups), seed=seed)
    settled = indices.settled(WIDEST)
    return tuple(
        _of_output(found, indices, n, output, draws=draws, settled=bool(settled[n]))
        for n, output in enumerate(engine.outputs)
    )


def _of_output(found: Screened, indices: Indices, output: int, told: Output, *, draws: int, settled: bool) -> Shares:
    factors = [found.factors[each] for each in found.kept]
    varies = not np.isnan(indices.variance[output])
    named = [
        Share(
            name=factor.name,
            label=factor.label,
            first=_interval(indices.first, n, output),
            total=_interval(indices.total, n, output),
        )
        for n, factor in enumerate(factors)
    ]
    last = len(factors)
    others = (
        Share(
            name="",
            label=f"{len(found.left_out):,} other numbers together",
            first=_interval(indices.first, last, output),
            total=_interval(indices.total, last, output),
        )
        if found.left_out and varies
        else None
    )
    alone = indices.alone
    return Shares(
        output=told,
        deviation=float(np.sqrt(indices.variance[output])) if varies else 0.0,
        each=tuple(sorted(named, key=lambda share: -share.total.value)) if varies else (),
        others=others,
        left_out=len(found.left_out),
        alone=ShareInterval(
            value=float(alone.value[output]), low=float(alone.low[output]), high=float(alone.high[output])
        ),
        settled=settled,
        draws=draws,
    )


def _interval(estimate: Estimate, group: int, output: int) -> ShareInterval:
    return ShareInterval(
        value=float(estimate.value[group, output]),
        low=float(estimate.low[group, output]),
        high=float(estimate.high[group, output]),
    )
