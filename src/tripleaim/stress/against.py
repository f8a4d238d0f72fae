"""Two plans draw by draw: what both leave to chance is the same chance, so what differs is the plans."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.stress.draws import register
from tripleaim.stress.engine import Engine, engine
from tripleaim.stress.headlines import ORGANISATION, SHORT, Output
from tripleaim.stress.readings import BALANCED, SHARES
from tripleaim.stress.response import Floats
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.streams import Sampler, Streams
from tripleaim.stress.tally import Limit, Tally
from tripleaim.stress.trial import answers, count
from tripleaim.stress.uncertainties import independent, uncertainties


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Shortfall of one plan less that of the other in the same draws, by year. GBP, cash; negative = less short."""

    who: str
    """nhs, council or both for a scope; for an organisation of both plans its key."""
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
    better: tuple[float, ...]
    """Share of draws in which the plan is less short than the other, by year."""
    worse: tuple[float, ...]
    """Share of draws in which it is more short, by year; the rest are alike to half a penny."""


@dataclass(frozen=True, kw_only=True)
class Against:
    """One plan beside another in the same draws."""

    fingerprint: str
    """SHA-256 of the plan."""
    against: str
    """SHA-256 of the plan it is held against."""
    against_name: str
    """Its name."""
    seed: int
    """What the draws are made from."""
    draws: int
    """How many there were."""
    shared: int
    """Uncertain numbers that both plans have, drawn once for both."""
    alone: int
    """Uncertain numbers that only the plan has."""
    other_alone: int
    """Uncertain numbers that only the other has."""
    years: tuple[str, ...]
    """Plan years that both have, in the order of every amount by year."""
    differences: tuple[Difference, ...]
    """By case, nhs, council and both, then the organisations of both plans."""


def against(plan: Plan, other: Plan, draws: int, seed: int, *, together: bool = True, sobol: bool = False) -> Against:
    """Run two plans on common draws and tell the difference: the plan less the other.

    raises : PlanProblems as `findings.stress`; Impossible where the plans have no year in common, or one tells a gap
             and the other a pressure
    """
    years = tuple(year for year in plan.years if year in other.years)
    if not years:
        raise Impossible("The two plans have no year in common; their draws cannot be laid side by side.")
    kinds = [is_pressure(each, axes(each)) for each in (plan, other)]
    if kinds[0] != kinds[1]:
        raise Impossible(
            "One plan tells a gap and the other a pressure above its opening year; they cannot be compared."
        )
    found = [uncertainties(each) if together else independent(uncertainties(each)) for each in (plan, other)]
    sampler: Sampler = Sobol(seed, draws, register(found[1], register(found[0]))) if sobol else Streams(seed)
    one, two = (engine(each, inputs) for each, inputs in zip((plan, other), found, strict=True))
    told = _in_common(one, two, years)
    one, two = one.only(told), two.only(told)
    tally = Tally(len(told), limits=[limit for n in range(len(told)) for limit in _limits(n)])
    ours, theirs = answers(one, sampler), answers(two, sampler)

    def less(first: int, number: int) -> Floats:
        return ours(first, number) - theirs(first, number)

    count(less, draws, tally)
    names = [{each.name for each in inputs} for inputs in found]
    return Against(
        fingerprint=plan.fingerprint,
        against=other.fingerprint,
        against_name=other.heading.name,
        seed=seed,
        draws=draws,
        shared=len(names[0] & names[1]),
        alone=len(names[0] - names[1]),
        other_alone=len(names[1] - names[0]),
        years=years,
        differences=_differences(told, tally, len(years)),
    )


def _in_common(one: Engine, two: Engine, years: tuple[str, ...]) -> tuple[Output, ...]:
    """Money both plans tell, by case and who, year after year."""
    both = set(two.outputs)
    money = [each for each in one.outputs if each in both and each.measure in (SHORT, ORGANISATION)]
    cases = [name for name, _ in one.cases]
    bodies = list(dict.fromkeys((each.measure, each.who) for each in money))
    return tuple(
        Output(case=case, measure=measure, who=who, year=year)
        for case in cases
        for measure, who in bodies
        for year in years
    )


def _limits(n: int) -> tuple[Limit, Limit]:
    return Limit(n, -BALANCED, least=True), Limit(n, BALANCED)


def _differences(told: tuple[Output, ...], tally: Tally, years: int) -> tuple[Difference, ...]:
    mean, (low, middle, high) = tally.mean(), tally.quantiles(SHARES)
    beyond = tally.beyond()
    found = []
    for first in range(0, len(told), years):
        rows = range(first, first + years)
        found.append(
            Difference(
                who=told[first].who,
                case=told[first].case,
                mean=_of(mean, rows),
                low=_of(low, rows),
                middle=_of(middle, rows),
                high=_of(high, rows),
                better=tuple(beyond[2 * n].share for n in rows),
                worse=tuple(beyond[2 * n + 1].share for n in rows),
            )
        )
    return tuple(found)


def _of(values: Floats, rows: range) -> tuple[float, ...]:
    return tuple(float(values[n]) for n in rows)
