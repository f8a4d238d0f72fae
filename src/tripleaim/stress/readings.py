"""What is read of a trial: which limits each headline has, and what its tally comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from tripleaim.plan.money import ControlTotal
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.projection.outcomes import MET
from tripleaim.stress.engine import Engine
from tripleaim.stress.headlines import INDICATOR, ORGANISATION, SHORT, Output
from tripleaim.stress.response import Floats
from tripleaim.stress.spreads import FirstBalance, Spreads
from tripleaim.stress.tally import Limit, Tally

BALANCED = 0.005
"""Short by less than half a penny is balance."""
SHARES = (0.1, 0.5, 0.9)
MONEY = (SHORT, ORGANISATION)
"""Measures that have a balance."""


class Readings:
    """Reads the tally of an engine's outputs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.is_pressure = is_pressure(engine.plan, axes(engine.plan))
        self._cases = tuple(name for name, _ in engine.cases)
        self._indicators = {row.key: row for row in engine.plan.indicators}
        own = [(n, limit) for n, output in enumerate(engine.outputs) if (limit := self._limit(n, output))]
        self._place = {n: place for place, (n, _) in enumerate(own)}
        self._totals = tuple(self._control_totals())
        bodies = dict.fromkeys((each.measure, each.who) for each in engine.outputs if each.measure in MONEY)
        self._runs = tuple((measure, who, case) for case in self._cases for measure, who in bodies)
        self.tally = Tally(
            len(engine.outputs),
            limits=[*(limit for _, limit in own), *(limit for _, _, limit in self._totals)],
            runs=[[Limit(n, BALANCED) for n in self._rows(*run)] for run in self._runs],
        )

    def spreads(self, measure: str) -> tuple[Spreads, ...]:
        """Every output of a measure, by case and then who."""
        mean, low, middle, high = self._amounts
        beyond = self.tally.beyond()
        found = []
        for case in self._cases:
            for who in dict.fromkeys(each.who for each in self._engine.outputs if each.measure == measure):
                rows = self._rows(measure, who, case)
                missed = [beyond[self._place[n]] for n in rows if n in self._place]
                allowed = MET if measure == INDICATOR else BALANCED
                found.append(
                    Spreads(
                        who=who,
                        case=case,
                        mean=_plain(mean, rows),
                        low=_plain(low, rows),
                        middle=_plain(middle, rows),
                        high=_plain(high, rows),
                        met=tuple(1 - each.share for each in missed),
                        when_missed=tuple(each.excess + allowed if each.share else 0.0 for each in missed),
                    )
                )
        return tuple(found)

    @cached_property
    def _amounts(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Mean, P10, P50 and P90 of every output; read once the last draw is counted."""
        low, middle, high = self.tally.quantiles(SHARES)
        return self.tally.mean(), low, middle, high

    def first_balance(self) -> tuple[FirstBalance, ...]:
        """When each scope's and each organisation's money balances for good, by case; none for a pressure."""
        if self.is_pressure:
            return ()
        return tuple(
            FirstBalance(
                who=who, case=case, by_year=tuple(float(each) for each in shares[:-1]), never=float(shares[-1])
            )
            for (_, who, case), shares in zip(self._runs, self.tally.lasting(), strict=True)
        )

    def control_totals(self) -> Iterator[tuple[ControlTotal, str, float]]:
        """Every control total, case by case, with the share of draws that meet it."""
        found = self.tally.beyond()[len(self._place) :]
        for (row, case, _), beyond in zip(self._totals, found, strict=True):
            yield row, case, 1 - beyond.share

    def _limit(self, n: int, output: Output) -> Limit | None:
        """The value an output should not lie beyond, if there is one."""
        if output.measure in MONEY:
            return None if self.is_pressure else Limit(n, BALANCED)
        row = self._indicators.get(output.who) if output.measure == INDICATOR else None
        if row is None or row.standard is None:
            return None
        better = row.higher_is_better
        return Limit(n, row.standard - MET if better else row.standard + MET, least=better)

    def _control_totals(self) -> Iterator[tuple[ControlTotal, str, Limit]]:
        for row in self._engine.plan.control_totals:
            for case in self._cases:
                output = Output(case=case, measure=ORGANISATION, who=row.organisation, year=row.year)
                if output in self._engine.rows:
                    yield row, case, Limit(self._engine.rows[output], BALANCED - row.amount)

    def _rows(self, measure: str, who: str, case: str) -> list[int]:
        return [self._engine.row(measure, who, year, case) for year in self._engine.plan.years]


def _plain(values: Floats, rows: Sequence[int]) -> tuple[float, ...]:
    return tuple(float(values[n]) for n in rows)
