"""Two plans draw by draw: what both leave to chance is the same chance, so what differs is the plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.stress.draws import register
from tripleaim.stress.engine import Engine, engine
from tripleaim.stress.headlines import ORGANISATION, SHORT, Output
from tripleaim.stress.numbers_of_both import Numbers, numbers_of_both
from tripleaim.stress.readings import BALANCED, SHARES
from tripleaim.stress.response import Floats
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.streams import Sampler, Streams
from tripleaim.stress.tally import Limit, Tally
from tripleaim.stress.trial import Answer, Told, answers, silent, trial
from tripleaim.stress.uncertainties import independent, uncertainties


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Shortfall of one plan less that of the other in the same draws, by year. GBP, cash; negative = less short.

    Where both tell a pressure, that of one less that of the other; negative = lower.
    """

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
    """Share of draws in which the plan is less short than the other, or its pressure lower, by year."""
    worse: tuple[float, ...]
    """Share of draws in which it is more short, or higher, by year; the rest are alike to half a penny."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """The money of one of the plans over the draws, by year. GBP, cash; positive = short, or above the opening year."""

    low: tuple[float, ...]
    """10th percentile by year."""
    middle: tuple[float, ...]
    """Median by year."""
    high: tuple[float, ...]
    """90th percentile by year."""
    balanced: tuple[float, ...]
    """Share of draws in balance or better, by year; empty for a pressure."""
    balanced_alone: tuple[float, ...]
    """Share of draws in which this plan balances and the other does not, by year; empty for a pressure."""


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """The money of one scope in one case, in each of the plans."""

    who: str
    """nhs, council or both."""
    case: str
    """do_nothing, hoped or resourced."""
    plan: Side
    """In the plan."""
    other: Side
    """In the plan it is held against."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """The footprint a plan is for."""

    key: str
    """Its key in the plan."""
    name: str
    """Its name."""
    code: str
    """Its published area code; empty for an invented place."""

    def is_same(self, other: Place) -> bool:
        """Whether both are one place: by their codes where both have one, else by their keys."""
        return self.code == other.code if self.code and other.code else self.key == other.key


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
    is_pressure: bool
    """True where both tell money as pressure above the opening year, which has no balance."""
    opening_year: str
    """The year before the first of the plan."""
    place: Place
    """The place of the plan."""
    other_place: Place
    """The place of the other. Where it is not the same, the difference is no verdict on either."""
    numbers: Numbers
    """Which uncertain numbers both have, in the same range or in another, and how many only one has."""
    years: tuple[str, ...]
    """Plan years that both have, in the order of every amount by year."""
    differences: tuple[Difference, ...]
    """By case, nhs, council and both, then the organisations of both plans."""
    side_by_side: tuple[SideBySide, ...]
    """By case, nhs, council and both."""

    @property
    def is_one_place(self) -> bool:
        """Whether both plans are for the same place."""
        return self.place.is_same(self.other_place)

    def of(self, case: str, who: str = "both") -> Difference:
        """The difference of one scope in one case."""
        return next(each for each in self.differences if (each.who, each.case) == (who, case))

    def sides(self, case: str, who: str = "both") -> SideBySide:
        """One scope in one case in each of the plans."""
        return next(each for each in self.side_by_side if (each.who, each.case) == (who, case))


def against(
    plan: Plan,
    other: Plan,
    draws: int,
    seed: int,
    *,
    together: bool = True,
    sobol: bool = False,
    told: Told = silent,
) -> Against:
    """Run two plans on common draws and tell the difference: the plan less the other.

    told   : called as draws are counted, with how many are done and of how many
    raises : PlanProblems as `findings.stress`; Impossible where the plans have no year in common, one tells a gap and
             the other a pressure, or both a pressure above different years
    """
    years = _comparable(plan, other)
    found = [uncertainties(each) if together else independent(uncertainties(each)) for each in (plan, other)]
    sampler: Sampler = Sobol(seed, draws, register(found[1], register(found[0]))) if sobol else Streams(seed)
    one, two = (engine(each, inputs) for each, inputs in zip((plan, other), found, strict=True))
    numbers = numbers_of_both(one, two, years[-1])
    compared = _in_common(one, two, years)
    laid = _Laid(compared, len(years), has_balance=not _is_pressure(plan))
    tally = Tally(laid.width, limits=laid.limits)
    ours, theirs = (answers(each.only(compared), sampler) for each in (one, two))
    trial(laid.answer(ours, theirs), draws, tally, told=told)
    spread = tally.quantiles(SHARES)
    return Against(
        fingerprint=plan.fingerprint,
        against=other.fingerprint,
        against_name=other.heading.name,
        seed=seed,
        draws=draws,
        is_pressure=_is_pressure(plan),
        opening_year=plan.opening_year,
        place=_place(plan),
        other_place=_place(other),
        numbers=numbers,
        years=years,
        differences=laid.differences(tally, spread),
        side_by_side=laid.side_by_side(tally, spread),
    )


def _comparable(plan: Plan, other: Plan) -> tuple[str, ...]:
    """The years both plans have; refuses plans whose money cannot be laid side by side."""
    years = tuple(year for year in plan.years if year in other.years)
    if not years:
        raise Impossible(
            f"The two plans have no year in common: one runs from {plan.years[0]} to {plan.years[-1]}, the other from "
            f"{other.years[0]} to {other.years[-1]}. Compare plans whose years overlap, or ask `stress` for each alone."
        )
    if _is_pressure(plan) != _is_pressure(other):
        raise Impossible(
            "One plan tells what it is short of, the other only a pressure above its opening year, because it holds "
            "no accounts. They cannot be compared: give the other its accounts, or ask `stress` for each alone."
        )
    if _is_pressure(plan) and plan.opening_year != other.opening_year:
        raise Impossible(
            f"One plan tells a pressure above {plan.opening_year}, the other above {other.opening_year}. They cannot "
            "be compared: compare plans that open in one year, or ask `stress` for each alone."
        )
    return years


def _is_pressure(plan: Plan) -> bool:
    return is_pressure(plan, axes(plan))


def _place(plan: Plan) -> Place:
    """The footprint a plan is for."""
    key = plan.heading.place
    row = next((each for each in plan.places if each.key == key), None)
    return Place(key=key, name=row.name if row else plan.heading.name, code=row.code if row else "")


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


class _Laid:
    """What is counted of each draw: every difference, then each scope in the plan, in the other, and the worse of both.

    The worse of both is in balance where both are.
    """

    def __init__(self, told: tuple[Output, ...], years: int, *, has_balance: bool) -> None:
        self._told = told
        self._years = years
        self._scopes = [n for n, each in enumerate(told) if each.measure == SHORT]
        self._has_balance = has_balance
        self._all, self._some = len(told), len(self._scopes)
        self.width = self._all + 3 * self._some
        self.limits = [
            limit for n in range(self._all) for limit in (Limit(n, -BALANCED, least=True), Limit(n, BALANCED))
        ]
        self.limits += [Limit(n, BALANCED) for n in range(self._all, self.width)]

    def answer(self, ours: Answer, theirs: Answer) -> Answer:
        """What is counted of some draws, (row, draw), from what each plan answers to them."""

        def laid(first: int, number: int) -> Floats:
            one, two = ours(first, number), theirs(first, number)
            here, there = one[self._scopes], two[self._scopes]
            return np.concatenate([one - two, here, there, np.maximum(here, there)])

        return laid

    def differences(self, tally: Tally, spread: Floats) -> tuple[Difference, ...]:
        """Every difference, once all draws are counted; spread: the tally's quantiles at `SHARES`, (share, row)."""
        mean, (low, middle, high) = tally.mean(), spread
        beyond = [each.share for each in tally.beyond()]
        return tuple(
            Difference(
                who=self._told[rows[0]].who,
                case=self._told[rows[0]].case,
                mean=_of(mean, rows),
                low=_of(low, rows),
                middle=_of(middle, rows),
                high=_of(high, rows),
                better=tuple(beyond[2 * n] for n in rows),
                worse=tuple(beyond[2 * n + 1] for n in rows),
            )
            for rows in self._by_year(self._all, 0)
        )

    def side_by_side(self, tally: Tally, spread: Floats) -> tuple[SideBySide, ...]:
        """Every scope in both plans, likewise."""
        balanced = [tally.draws - round(each.share * tally.draws) for each in tally.beyond()[2 * self._all :]]
        ours, theirs, both = (self._by_year(self._some, n * self._some) for n in range(3))
        return tuple(
            SideBySide(
                who=self._told[self._scopes[here[0]]].who,
                case=self._told[self._scopes[here[0]]].case,
                plan=self._side(spread, balanced, here, in_both, tally.draws),
                other=self._side(spread, balanced, there, in_both, tally.draws),
            )
            for here, there, in_both in zip(ours, theirs, both, strict=True)
        )

    def _side(self, spread: Floats, balanced: list[int], rows: range, in_both: range, draws: int) -> Side:
        low, middle, high = (_of(values[self._all :], rows) for values in spread)
        pairs = (
            [(balanced[n], balanced[both]) for n, both in zip(rows, in_both, strict=True)] if self._has_balance else []
        )
        return Side(
            low=low,
            middle=middle,
            high=high,
            balanced=tuple(own / draws for own, _ in pairs),
            balanced_alone=tuple((own - both) / draws for own, both in pairs),
        )

    def _by_year(self, rows: int, first: int) -> list[range]:
        """Some rows from the first on, in runs of the plans' years."""
        return [range(n, n + self._years) for n in range(first, first + rows, self._years)]


def _of(values: Floats, rows: range) -> tuple[float, ...]:
    return tuple(float(values[n]) for n in rows)
