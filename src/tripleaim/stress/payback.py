"""When a scheme pays back: what it costs and saves by year over all draws, alone against doing nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.scheme import EffectKind
from tripleaim.projection.cases import DO_NOTHING
from tripleaim.projection.composition import scheme_results
from tripleaim.projection.project import run_cases
from tripleaim.stress.draws import draw
from tripleaim.stress.engine import Engine, engine
from tripleaim.stress.headlines import ORGANISATION, Output
from tripleaim.stress.readings import BALANCED, SHARES
from tripleaim.stress.response import Floats
from tripleaim.stress.streams import Sampler
from tripleaim.stress.tally import Limit, Tally
from tripleaim.stress.trial import trial
from tripleaim.stress.uncertainty import Uncertainty

NOTHING = "nothing_smooth"
"""What a scheme alone is held against: nobody acts, and beds follow need as they do for one scheme alone."""
NO_BEDS = (EffectKind.PRODUCTIVITY, EffectKind.SAVE, EffectKind.INCOME, EffectKind.IMPROVE)
"""Effects that change no need for beds."""
DEARER = "assumptions/capital_optimism/value"
"""The input that says how much more capital costs than the plan says."""


@dataclass(frozen=True, kw_only=True)
class Payback:
    """Net cost of one scheme alone to all members of the place, one-off money and capital counted. GBP, cash;
    positive = costs.

    Beds follow need as a fraction here, as in every figure of `run` for one scheme: whether a ward closes depends on
    what all schemes free together. What the scheme would bring if it were alone and only whole wards closed is told
    beside it.
    """

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
    in_wards_so_far: tuple[float, ...]
    """Median of the net cost of all years so far if only whole wards open and close; empty where it changes no need
    for beds, and so no ward."""
    in_wards_never: float | None
    """Share of draws in which it has then not paid back by the last plan year; None where it changes no ward."""


def paybacks(plan: Plan, inputs: Sequence[Uncertainty], sampler: Sampler, draws: int) -> tuple[Payback, ...]:
    """When each scheme pays back, in the order of their keys; none for a plan without schemes.

    Capital is counted in the year it is spent, as `run` counts it, at the plan's own prices and dearer by as much as
    is drawn. With every number at its point the figures are those of `run`, income from outside the place apart, which
    `run` counts as no saving.

    inputs : what is drawn; at least one
    raises : Impossible for no draws, or more than the sampler has
    source : METHOD 13, "Each scheme alone"; method note 3
    """
    schemes = sorted(row.key for row in plan.schemes)
    if not schemes:
        return ()
    bedded = [key for key in schemes if key in _with_beds(plan)]
    asked, years = _engine(plan, inputs, schemes, bedded), len(plan.years)
    built = _capital(plan, schemes)
    dearer = next((n for n, each in enumerate(asked.inputs) if each.name == DEARER), None)

    def answer(first: int, number: int) -> Floats:
        drawn = draw(asked.inputs, sampler, first, number).values
        capital = built[..., None] * (1 + (0 if dearer is None else drawn[dearer]))
        whole = asked(drawn).reshape(len(asked.cases), years, -1, number).sum(axis=2)
        smooth = whole[1 : len(schemes) + 1] - whole[0] + capital
        in_wards = whole[len(schemes) + 2 :] - whole[len(schemes) + 1] + capital[[schemes.index(key) for key in bedded]]
        rows: Floats = np.concatenate([smooth, smooth.cumsum(axis=1), in_wards.cumsum(axis=1)])
        return rows.reshape(-1, number)

    blocks = 2 * len(schemes) + len(bedded)
    tally = Tally(
        blocks * years,
        runs=[[Limit(n * years + year, BALANCED) for year in range(years)] for n in range(len(schemes), blocks)],
    )
    trial(answer, draws, tally)
    amounts = tally.quantiles(SHARES).reshape(len(SHARES), blocks, years)
    lasting = tally.lasting()
    return tuple(
        _payback(
            key, amounts[:, [n, len(schemes) + n]], lasting[n], _in_wards(key, bedded, amounts[1], lasting, blocks)
        )
        for n, key in enumerate(schemes)
    )


def _in_wards(
    key: str, bedded: list[str], middle: Floats, lasting: tuple[Floats, ...], blocks: int
) -> tuple[tuple[float, ...], float | None]:
    """Median of all years so far, and the share that never pays back, where only whole wards open and close."""
    if key not in bedded:
        return (), None
    back = len(bedded) - bedded.index(key)
    return _plain(middle[blocks - back]), float(lasting[-back][-1])


def _payback(key: str, amounts: Floats, begins: Floats, in_wards: tuple[tuple[float, ...], float | None]) -> Payback:
    """What the tally of one scheme comes to. amounts : (share, each year or all so far, year)"""
    low, middle, high = amounts
    return Payback(
        scheme=key,
        low=_plain(low[0]),
        middle=_plain(middle[0]),
        high=_plain(high[0]),
        so_far_low=_plain(low[1]),
        so_far_middle=_plain(middle[1]),
        so_far_high=_plain(high[1]),
        by_year=_plain(begins[:-1]),
        never=float(begins[-1]),
        in_wards_so_far=in_wards[0],
        in_wards_never=in_wards[1],
    )


def _with_beds(plan: Plan) -> frozenset[str]:
    """Schemes that change how much care is given or where, and so may change how many beds are needed."""
    return frozenset(effect.scheme for effect in plan.effects if effect.kind not in NO_BEDS)


def _capital(plan: Plan, schemes: Sequence[str]) -> Floats:
    """Capital of each scheme, as `run` counts it: (scheme, year), GBP in cash."""
    found = {each.key: each.capital for each in scheme_results(run_cases(plan))}
    return np.array([found[key] for key in schemes])


def _engine(plan: Plan, inputs: Sequence[Uncertainty], schemes: Sequence[str], bedded: Sequence[str]) -> Engine:
    """The plan answering with the position of every member, by year: doing nothing and each scheme alone with beds as
    a fraction of need, then the same for those with beds in whole wards.
    """
    cases = {NOTHING: NOTHING, **{key: f"alone:{key}" for key in schemes}, DO_NOTHING: DO_NOTHING}
    cases |= {f"in_wards:{key}": f"in_wards:{key}" for key in bedded}
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


def _plain(amounts: Floats) -> tuple[float, ...]:
    return tuple(float(amount) for amount in amounts)
