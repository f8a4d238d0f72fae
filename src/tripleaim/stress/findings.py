"""What a trial says: how likely balance is, by when, and how bad it is when it is missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.projection.project import run_draws
from tripleaim.projection.run import SCOPES
from tripleaim.stress.draws import central
from tripleaim.stress.families import Floats
from tripleaim.stress.streams import Sampler, Streams
from tripleaim.stress.tornado import Tornado, tornado
from tripleaim.stress.trial import Trial, trial
from tripleaim.stress.uncertainties import Uncertainty, correlation_in_words, independent, uncertainties

DRAWS = 1000
"""Draws of a stress test unless more are asked for."""
SEED = 1
MOST = 100_000
"""Most draws of one stress test: every draw's headlines are kept, some kilobytes each."""
BALANCED = 0.005
"""Short by less than half a penny is balance."""
DRIVERS_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Spreads:
    """One amount by plan year over all draws, in its own unit."""

    who: str
    """nhs, council or both for a scope; for an organisation its key."""
    case: str
    """do_nothing, hoped or resourced."""
    mean: tuple[float, ...]
    """Mean by year."""
    low: tuple[float, ...]
    """10th percentile by year."""
    middle: tuple[float, ...]
    """Median by year."""
    high: tuple[float, ...]
    """90th percentile by year."""
    balanced: tuple[float, ...]
    """Share of draws in balance or better, by year; empty for a pressure, which has no balance."""
    when_missed: tuple[float, ...]
    """Mean shortfall of the draws that are short, by year; empty for a pressure."""


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
class FirstBalance:
    """When a case first balances for good: share of draws by year, and the share that never does."""

    case: str
    """do_nothing, hoped or resourced."""
    by_year: tuple[float, ...]
    """Share of draws whose balance begins in each plan year and holds to the last."""
    never: float
    """Share of draws that are short in the last plan year."""


@dataclass(frozen=True, kw_only=True)
class Mover:
    """One uncertain number, and where the shortfall of the last year goes when only it is low or high."""

    name: str
    """Table, key and field of the number."""
    label: str
    """What it is, in a planner's words."""
    unit: str
    """Its unit."""
    low: float
    """Its low."""
    high: float
    """Its high."""
    at_low: float
    """Shortfall as hoped in the last year, GBP, with this number at its low and all others at their point."""
    at_high: float
    """The same with this number at its high."""


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
    inputs: int
    """How many uncertain numbers were drawn."""
    correlation: str
    """What moves inputs together, in a sentence."""
    years: tuple[str, ...]
    """The plan's years, in the order of every amount by year."""
    is_pressure: bool
    """True where money is told as pressure above the opening year, which has no balance."""
    money: tuple[Spreads, ...]
    """nhs, council, both, in every case."""
    organisations: tuple[Spreads, ...]
    """Every member, in every case: positive = short, one-off money counted."""
    first_balance: tuple[FirstBalance, ...]
    """By case; none for a pressure."""
    control_totals: tuple[ControlTotalChance, ...]
    """Every control total of the plan, in every case."""
    beds: tuple[Spreads, ...]
    """Beds open in the plan's last year, by pool; one value each."""
    staff_short: tuple[Spreads, ...]
    """Whole-time equivalents short in the last year, by group; one value each."""
    movers: tuple[Mover, ...]
    """Uncertain numbers that move the last year's shortfall as hoped most, one at a time, the widest first."""

    def of(self, who: str, case: str) -> Spreads:
        """The spread of one scope's money in one case."""
        return next(each for each in self.money if (each.who, each.case) == (who, case))


def stress(plan: Plan, draws: int = DRAWS, seed: int = SEED, *, together: bool = True) -> Stress:
    """Draw every uncertain number of a plan many times and say what comes of it.

    draws    : how many; results move by about 1/√draws of their spread
    seed     : the same seed gives the same draws, and a variant of the plan the same draws of what it shares
    together : False leaves out the drivers that move several numbers at once; that narrows the results

    raises : PlanProblems for ranges, shapes or drivers that cannot be drawn; Impossible for no draws or too many
    """
    if draws > MOST:
        raise Impossible(f"At most {MOST:,} draws are kept side by side; {draws:,} were asked for.")
    found = uncertainties(plan) if together else independent(uncertainties(plan))
    sampler: Sampler = Streams(seed)
    results = trial(plan, found, sampler, draws)
    return Stress(
        plan=plan,
        fingerprint=plan.fingerprint,
        seed=seed,
        draws=draws,
        inputs=len(found),
        correlation=correlation_in_words(found),
        years=results.years,
        is_pressure=results.is_pressure,
        money=tuple(_money(results)),
        organisations=tuple(_organisations(results)),
        first_balance=() if results.is_pressure else tuple(first_balance(c, s[2]) for c, s in results.short.items()),
        control_totals=tuple(_control_totals(plan, results)),
        beds=tuple(_last_year(results.pools, results.beds)),
        staff_short=tuple(_last_year([f"{body}: {group}" for body, group in results.staff], results.staff_short)),
        movers=movers(plan, found),
    )


def spread_of(who: str, case: str, amounts: Floats, *, has_balance: bool) -> Spreads:
    """Mean, P10, P50 and P90 of an amount, and how often it is in balance.

    amounts : (year, draw), positive = short

    >>> found = spread_of("both", "hoped", np.array([[-1.0, 0.0, 1.0, 3.0]]), has_balance=True)
    >>> found.mean, found.balanced, found.when_missed
    ((0.75,), (0.5,), (2.0,))
    """
    low, middle, high = np.quantile(amounts, [0.1, 0.5, 0.9], axis=-1)
    is_short = amounts > BALANCED
    missed = np.where(is_short, amounts, 0.0).sum(axis=-1)
    when_missed = np.divide(missed, is_short.sum(axis=-1), out=np.zeros_like(missed), where=is_short.any(axis=-1))
    return Spreads(
        who=who,
        case=case,
        mean=_plain(amounts.mean(axis=-1)),
        low=_plain(low),
        middle=_plain(middle),
        high=_plain(high),
        balanced=_plain(1 - is_short.mean(axis=-1)) if has_balance else (),
        when_missed=_plain(when_missed) if has_balance else (),
    )


def first_balance(case: str, short: Floats) -> FirstBalance:
    """The year from which a draw balances and stays so, over all draws.

    short : (year, draw)

    >>> found = first_balance("hoped", np.array([[5.0, 5.0, -1.0], [0.0, 4.0, 2.0], [0.0, 3.0, -1.0]]))
    >>> [round(share, 3) for share in (*found.by_year, found.never)]
    [0.0, 0.333, 0.333, 0.333]
    """
    holds = np.logical_and.accumulate((short <= BALANCED)[::-1], axis=0)[::-1]
    begins = holds & ~np.concatenate([np.zeros_like(holds[:1]), holds[:-1]])
    return FirstBalance(case=case, by_year=_plain(begins.mean(axis=1)), never=float(1 - holds.any(axis=0).mean()))


def movers(plan: Plan, inputs: Sequence[Uncertainty]) -> tuple[Mover, ...]:
    """Each uncertain number alone at its low and its high: those that move the last year's shortfall most."""
    if not inputs:
        return ()
    names = [each.name for each in inputs]

    def shortfall(values: Floats) -> Floats:
        run = run_draws(plan, "hoped", dict(zip(names, values, strict=True)))
        return np.asarray(run.short_in_all()[run.axes.last])

    ranges = [each.spread.range for each in inputs]
    low, high = np.array([each.low for each in ranges]), np.array([each.high for each in ranges])
    found: Tornado = tornado(shortfall, central(inputs).values[:, 0], low, high)
    return tuple(
        Mover(
            name=inputs[n].name,
            label=inputs[n].label,
            unit=inputs[n].unit,
            low=float(low[n]),
            high=float(high[n]),
            at_low=float(found.at_low[n, 0]),
            at_high=float(found.at_high[n, 0]),
        )
        for n in found.order()[:DRIVERS_SHOWN]
        if found.swing[n, 0] > BALANCED
    )


def _money(results: Trial) -> list[Spreads]:
    return [
        spread_of(scope, case, short[n], has_balance=not results.is_pressure)
        for case, short in results.short.items()
        for n, scope in enumerate(SCOPES)
    ]


def _organisations(results: Trial) -> list[Spreads]:
    return [
        spread_of(member, case, -position[n], has_balance=not results.is_pressure)
        for case, position in results.position.items()
        for n, member in enumerate(results.members)
    ]


def _control_totals(plan: Plan, results: Trial) -> list[ControlTotalChance]:
    found = []
    for row in plan.control_totals:
        if row.year in results.years and row.organisation in results.members:
            node, year = results.members.index(row.organisation), results.years.index(row.year)
            for case, position in results.position.items():
                met = float((position[node, year] >= row.amount - BALANCED).mean())
                found.append(ControlTotalChance(organisation=row.organisation, year=row.year, case=case, met=met))
    return found


def _last_year(names: Sequence[str], amounts: Mapping[str, Floats]) -> list[Spreads]:
    return [
        spread_of(name, case, values[n][None, :], has_balance=False)
        for case, values in amounts.items()
        for n, name in enumerate(names)
    ]


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
