"""What the parts of a stress test's page share: the findings, the plan at its points, and words for both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tripleaim.charts import Measure, pressure
from tripleaim.reports.facts import CASES, Facts
from tripleaim.reports.section import Section
from tripleaim.reports.stress_summary import told_cases
from tripleaim.reports.words import lower
from tripleaim.stress.findings import Stress

MILLION = 1e6


@dataclass(frozen=True)
class StressTold:
    """A stress test and what a page needs to tell it."""

    found: Stress
    facts: Facts
    """The plan with every number at its point, and the pictures and tables shown."""

    @property
    def cases(self) -> dict[str, str]:
        """The cases worth telling and their names."""
        return told_cases(self.found)

    @property
    def hopes(self) -> dict[str, str]:
        """The cases of the plan itself: those with schemes, where there are any."""
        return {case: name for case, name in self.cases.items() if case != "do_nothing"} or self.cases

    @property
    def last_year(self) -> str:
        """The plan's last year."""
        return self.found.years[-1]

    @property
    def measure(self) -> Measure:
        """What money means here: short of balance, or above the opening year."""
        return pressure(self.found.plan.opening_year) if self.found.is_pressure else Measure()

    def group(self, key: str) -> str:
        """A staff group and its employer by name, from organisation/group."""
        body, _, group = key.partition("/")
        return f"{group.replace('_', ' ').capitalize()}, {self.facts.body(body)}"

    def in_case(self, case: str) -> str:
        """Words for a case inside a sentence; none where a plan has no schemes."""
        return lower(CASES[case]) if self.found.plan.schemes else ""


Part = Callable[[StressTold], Section | None]
"""A function that tells one part, or None where there is nothing to tell."""


def millions(values: Iterable[float]) -> tuple[float, ...]:
    """GBP in £m."""
    return tuple(value / MILLION for value in values)
