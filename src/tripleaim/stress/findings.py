"""What a stress test says: how likely balance is, by when, how bad it is when it is missed, and what moves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.stress.bars import Bar, bars
from tripleaim.stress.draws import register
from tripleaim.stress.engine import Engine, engine
from tripleaim.stress.error import SamplingError, sampling_error
from tripleaim.stress.headlines import BEDS, INDICATOR, ORGANISATION, SHORT, STAFF
from tripleaim.stress.readings import BALANCED, Readings
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.spreads import FirstBalance, Spreads
from tripleaim.stress.streams import Sampler, Streams
from tripleaim.stress.trial import Told, answers, silent, trial
from tripleaim.stress.uncertainties import correlation_in_words, independent, uncertainties
from tripleaim.stress.uncertainty import Uncertainty

DRAWS = 10_000
"""Draws of a stress test unless others are asked for."""
SEED = 1
SHOWN = 10
"""Numbers told that move the money most."""
MOVED = 0.001
"""Share of an input's draws moved to a bound of its field from which on it is told."""


@dataclass(frozen=True, kw_only=True)
class ControlTotalChance:
    """How often one organisation reaches its control total of one year."""

    organisation: str
    """Key of the organisation."""
    year: str
    """Financial year."""
    case: str
    """do_nothing, hoped or resourced."""
    met: float
    """Share of draws."""


@dataclass(frozen=True, kw_only=True)
class Clamped:
    """An uncertain number part of whose spread lies beyond what its field can be, and is moved to the bound."""

    name: str
    """Name of the input."""
    label: str
    """What it is, in a planner's words."""
    share: float
    """Share of its draws that are moved."""


@dataclass(frozen=True, kw_only=True)
class Stress:
    """How wrong could the plan be? Amounts in GBP, cash; positive = short, or above the opening year for a pressure."""

    plan: Plan
    """The plan."""
    fingerprint: str
    """SHA-256 of the plan."""
    seed: int
    """What the draws are made from."""
    draws: int
    """How many there were."""
    sampler: str
    """How they were made: streams, or sobol for scrambled Sobol' points."""
    kernel: str
    """Which form of the model ran them: fast, or reference; they differ by less than a tenth of a penny."""
    why_slow: str
    """Why it took longer than it need, in a sentence; empty where nothing was missing."""
    inputs: int
    """How many uncertain numbers were drawn."""
    ranges: int
    """How many ranges of the plan they stand for: a judgement written on several rows is one number."""
    correlation: str
    """What moves inputs together, in a sentence."""
    clamped: tuple[Clamped, ...]
    """Inputs that are moved to a bound in one draw of a thousand or more, the most often moved first."""
    years: tuple[str, ...]
    """The plan's years, in the order of every amount by year."""
    is_pressure: bool
    """True where money is told as pressure above the opening year, which has no balance."""
    error: SamplingError
    """How far the figures of the whole place may be out from the number of draws alone."""
    money: tuple[Spreads, ...]
    """nhs, council, both, in every case."""
    organisations: tuple[Spreads, ...]
    """Every member, in every case: positive = short, one-off money counted."""
    first_balance: tuple[FirstBalance, ...]
    """nhs, council, both and every member, in every case; none for a pressure."""
    control_totals: tuple[ControlTotalChance, ...]
    """Every control total of the plan, in every case."""
    beds: tuple[Spreads, ...]
    """Beds open, by pool."""
    staff_short: tuple[Spreads, ...]
    """Whole-time equivalents short, by organisation and group."""
    indicators: tuple[Spreads, ...]
    """Indicators of the health and the care gap, each in its own unit; `met` is the share of draws at its standard."""
    movers: tuple[Bar, ...]
    """Uncertain numbers and drivers that move the last year's shortfall as hoped most, one at a time, widest first."""

    def of(self, who: str, case: str) -> Spreads:
        """The spread of one scope's money in one case."""
        return next(each for each in self.money if (each.who, each.case) == (who, case))


def stress(
    plan: Plan,
    draws: int = DRAWS,
    seed: int = SEED,
    *,
    together: bool = True,
    sobol: bool = False,
    fast: bool = True,
    threads: int | None = None,
    told: Told = silent,
) -> Stress:
    """Draw every uncertain number of a plan many times and say what comes of it.

    draws    : how many; results move by about 1/√draws of their spread
    seed     : the same seed gives the same draws, and a variant of the plan the same draws of what it shares
    together : False leaves out the drivers that move several numbers at once; that narrows the results
    sobol    : True takes scrambled Sobol' points, whose means settle with fewer draws; draws must be a power of two
    fast     : False runs the reference form of the model
    threads  : how many work side by side, one a processor unless said; numbers do not depend on it
    told     : called as draws are counted, with how many are done and of how many
    returns  : amounts by plan year, GBP, cash, positive = short, and shares of the draws from 0 to 1

    raises : PlanProblems for ranges, shapes or drivers that cannot be drawn; Impossible for no draws, or for Sobol'
             draws that are no power of two
    """
    found = uncertainties(plan) if together else independent(uncertainties(plan))
    sampler: Sampler = Sobol(seed, draws, register(found)) if sobol else Streams(seed)
    asked = engine(plan, found, fast=fast)
    readings = Readings(asked)
    trial(answers(asked, sampler), draws, readings.tally, threads=threads, told=told)
    return Stress(
        plan=plan,
        fingerprint=plan.fingerprint,
        seed=seed,
        draws=draws,
        sampler="sobol" if sobol else "streams",
        kernel=asked.kernel,
        why_slow=asked.why_slow,
        inputs=len(found),
        ranges=sum(len(each.ranges) for each in found),
        correlation=correlation_in_words(found),
        clamped=clamped(found),
        years=plan.years,
        is_pressure=readings.is_pressure,
        error=sampling_error(readings.tally, asked.row(SHORT, "both", plan.years[-1])),
        money=readings.spreads(SHORT),
        organisations=readings.spreads(ORGANISATION),
        first_balance=readings.first_balance(),
        control_totals=tuple(
            ControlTotalChance(organisation=row.organisation, year=row.year, case=case, met=met)
            for row, case, met in readings.control_totals()
        ),
        beds=readings.spreads(BEDS),
        staff_short=readings.spreads(STAFF),
        indicators=readings.spreads(INDICATOR),
        movers=movers(asked),
    )


def clamped(inputs: Sequence[Uncertainty]) -> tuple[Clamped, ...]:
    """Inputs of whose draws a share of `MOVED` or more is moved to a bound of its field, the most often moved first."""
    found = [Clamped(name=each.name, label=each.label, share=each.spread.clamped) for each in inputs]
    return tuple(sorted((each for each in found if each.share >= MOVED), key=lambda each: (-each.share, each.name)))


def movers(asked: Engine) -> tuple[Bar, ...]:
    """The uncertain numbers and drivers that move the last year's shortfall as hoped most, alone, the widest first."""
    if not asked.inputs:
        return ()
    last = asked.outputs[asked.row(SHORT, "both", asked.plan.years[-1])]
    return tuple(each for each in bars(asked.only([last])) if each.swing > BALANCED)[:SHOWN]
