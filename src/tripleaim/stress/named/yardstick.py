"""What a test may cost a plan: a share of what is short if nothing changes, or of what its schemes bring."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tripleaim.plan import Plan
from tripleaim.plan.own_test import Rule
from tripleaim.stress.named.named_test import NamedTest
from tripleaim.stress.named.outcomes import Outcomes, short_if_nothing_changes
from tripleaim.stress.readings import BALANCED


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """The figures of one plan that its losses are held against, in its last year at the stated points."""

    plan: Plan
    """The plan as it is."""
    base: Outcomes
    """What it comes to."""

    @cached_property
    def if_nothing_changes(self) -> float:
        """Shortfall of the place without any scheme, GBP."""
        return short_if_nothing_changes(self.plan)

    def brought(self, case: str) -> float:
        """What the schemes bring: so much less is short than if nothing changes, GBP; below 0 = more is short.

        case : hoped or resourced
        """
        return self.if_nothing_changes - float(self.base.point[case][-1])

    def most_lost(self, test: NamedTest) -> float | None:
        """GBP the last year may lose under the test's rule; None where the plan has to balance or the rule is another.

        source : METHOD 8, "Named tests", which leaves the measure open; the shares are judged (method note 13)
        """
        if test.rule is Rule.LOSES_AT_MOST:
            return test.allowed
        if test.rule not in (Rule.HOLDS, Rule.KEEPS) or not self._may_lose(test.judged):
            return None
        of = self.if_nothing_changes if test.rule is Rule.HOLDS else self.brought(test.judged)
        return test.allowed * max(0.0, of)

    def _may_lose(self, case: str) -> bool:
        """True where there is no balance to hold: it was short before, or tells a pressure."""
        return self.base.is_pressure or float(self.base.point[case][-1]) > BALANCED
