"""What the parts of a stress test's page share: the whole test, the plan at its points, and words for both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from tripleaim.charts import Measure, pressure
from tripleaim.reports.facts import CASES, Facts
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.sentences import told_cases
from tripleaim.reports.words import lower
from tripleaim.stress.bars import Bar
from tripleaim.stress.factors import factors_of
from tripleaim.stress.findings import Stress
from tripleaim.stress.outside.telling import names
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.whole import Whole
from tripleaim.stress.why.record import Why

MILLION = 1e6


@dataclass(frozen=True)
class StressTold:
    """A stress test and what a page needs to tell it."""

    whole: Whole
    facts: Facts
    """The plan with every number at its point, and the pictures and tables shown."""

    @property
    def found(self) -> Stress:
        """How likely, how bad."""
        return self.whole.found

    @cached_property
    def why(self) -> Why | None:
        """Why, when and what must be true. A plan without schemes tells what is if nothing changes."""
        return self.whole.why if self.found.plan.schemes else in_no_hope(self.whole.why)

    @cached_property
    def called(self) -> dict[str, str]:
        """Keys of schemes and organisations, and their names."""
        return names(self.found.plan)

    @cached_property
    def moved(self) -> dict[str, tuple[str, ...]]:
        """Each shared driver, by the name it has as a factor, and the labels of the uncertain numbers it moves."""
        inputs = uncertainties(self.found.plan)
        return {
            each.name: tuple(inputs[row].label for row in each.rows) for each in factors_of(inputs) if each.is_driver
        }

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What moves the money most; a driver of one number alone is told by that number, whose bar has it all."""
        every = self.why.bars if self.why else self.found.movers
        told = [bar for bar in every if len(self.moved.get(bar.name, ())) != 1]
        return tuple(replace(bar, label=self.label(bar.name, bar.label)) for bar in told)

    def label(self, name: str, label: str) -> str:
        """A number by its label; something behind numbers by its own, with what it moves."""
        moved = self.moved.get(name, ())
        if not moved:
            return label
        return f"{moved[0]}: {label}" if len(moved) == 1 else f"{label} (moves {len(moved)} numbers together)"

    @property
    def cases(self) -> dict[str, str]:
        """The cases worth telling and their names."""
        return told_cases(self.found)

    @property
    def hopes(self) -> dict[str, str]:
        """The cases of the plan itself: those with schemes, where there are any."""
        return {case: name for case, name in self.cases.items() if case != "do_nothing"} or self.cases

    @property
    def cases_of_plan(self) -> tuple[str, ...]:
        """Keys of the cases of the plan itself; a plan without schemes is told as hoped, which is then all one."""
        return tuple(self.hopes) if self.found.plan.schemes else ("hoped",)

    def said(self, sentences: str) -> str:
        """Sentences as they stand, or without their words for the case where a plan has no schemes."""
        if self.found.plan.schemes:
            return sentences
        bare = sentences.replace(", as hoped", "").replace(" as hoped", "")
        return re.sub(r"As hoped, (\w)", lambda start: start[1].upper(), bare)

    @property
    def last_year(self) -> str:
        """The plan's last year."""
        return self.found.years[-1]

    @property
    def measure(self) -> Measure:
        """What money means here: short of balance, or above the opening year."""
        return pressure(self.found.plan.opening_year) if self.found.is_pressure else Measure()

    @property
    def alike(self) -> float:
        """GBP. Differences in the last year smaller than a hundredth of the range told are told as none."""
        spread = self.found.of("both", "hoped")
        return max(50_000.0, 0.01 * (spread.high[-1] - spread.low[-1]))

    def group(self, key: str) -> str:
        """A staff group and its employer by name, from organisation/group."""
        body, _, group = key.partition("/")
        return f"{group.replace('_', ' ').capitalize()}, {self.facts.body(body)}"

    def in_case(self, case: str) -> str:
        """Words for a case inside a sentence; none where a plan has no schemes."""
        return lower(CASES[case]) if self.found.plan.schemes else ""


def in_no_hope(why: Why | None) -> Why | None:
    """The same findings told as if nothing changes, which is all there is where a plan has no schemes."""
    if why is None:
        return None
    asked = why.question
    return replace(why, question=replace(asked, output=replace(asked.output, case="do_nothing")))


Part = Callable[[StressTold], Section | None]
"""A function that tells one part, or None where there is nothing to tell."""


def millions(values: Iterable[float]) -> tuple[float, ...]:
    """GBP in £m."""
    return tuple(value / MILLION for value in values)
