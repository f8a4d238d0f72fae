"""Putting a plan to the named tests: what each costs it, in money and in probability, and whether it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.own_test import Judged, Operation, Rule
from tripleaim.plan.selection import conditions, selected, tables_of
from tripleaim.stress.named.change import Done, changed
from tripleaim.stress.named.named_test import NamedTest, own_tests, standard_tests
from tripleaim.stress.named.outcomes import TOLD, Asked, Outcomes, outcomes, short_if_nothing_changes
from tripleaim.stress.named.partners import partners, without_partner
from tripleaim.stress.patterns import without_idle_patterns
from tripleaim.stress.readings import BALANCED

NOTHING = 0.5
"""GBP. A test that moves no year of any draw by more than this changes nothing."""


class Verdict(StrEnum):
    """How a plan came out of a test."""

    PASSED = "passed"
    FAILED = "failed"
    DOES_NOT_APPLY = "does not apply"
    CHANGES_NOTHING = "changes nothing"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A plan's last year in one case."""

    short: float
    """Recurrent shortfall of the place at the stated points, GBP; of a pressure plan the pressure."""
    chance: float | None
    """Share of draws in balance; None for a pressure."""


@dataclass(frozen=True, kw_only=True)
class InCase:
    """One case of the plan before and after a test."""

    case: str
    """hoped or resourced."""
    before: Standing
    """The plan as it is."""
    after: Standing
    """The plan as the test has it, with the same draws."""
    meantime: float
    """GBP lost over the years before the last together, at the points, one-off money counted; below 0 = gained."""

    @property
    def lost(self) -> float:
        """GBP lost in the last year at the points; below 0 = gained."""
        return self.after.short - self.before.short

    @property
    def points_lost(self) -> float | None:
        """Percentage points of the chance of balance that are lost; below 0 = gained; None for a pressure."""
        if self.before.chance is None or self.after.chance is None:
            return None
        return 100 * (self.before.chance - self.after.chance)


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One test, and how the plan came out of it."""

    test: NamedTest
    """The test."""
    partner: str
    """Key of the organisation that leaves; empty for other tests."""
    verdict: Verdict
    """Passed or failed; or why neither: the plan holds nothing of the kind, or nothing of it moves a headline."""
    hoped: InCase | None
    """As hoped; None where the test does not apply."""
    resourced: InCase | None
    """With the posts and capital found; None where the test does not apply."""
    missed: tuple[tuple[str, str], ...]
    """Control totals met before and missed after, at the points, in the case judged: organisation and year."""
    done: Done
    """What the test did to the plan."""
    most_lost: float | None = None
    """GBP the last year may lose under the test's rule; None where the rule is another."""

    @property
    def judged(self) -> InCase | None:
        """The case the verdict rests on."""
        return self.hoped if self.test.judged is Judged.HOPED else self.resourced


def try_tests(
    plan: Plan, asked: Asked | None = None, tests: Sequence[NamedTest] | None = None, base: Outcomes | None = None
) -> tuple[Tried, ...]:
    """Put a plan to the named tests, every one with the same draws.

    asked : how plans are drawn; 1,000 draws if left out
    tests : those to try; the standard ones and the place's own if left out
    base  : the plan's own outcomes, where they are at hand
    returns : a finding for every test, and of one partner leaving for every partner; in the order of the tests
    raises  : PlanProblems for ranges that cannot be drawn, or a test of the place's own that makes no plan

    source : METHOD 8, "Named tests"; method note 13
    """
    asked = asked or Asked()
    base = base or outcomes(plan, asked)
    every = (*standard_tests(), *own_tests(plan)) if tests is None else tests
    return tuple(found for test in every for found in _tried(plan, test, asked, base))


def _tried(plan: Plan, test: NamedTest, asked: Asked, base: Outcomes) -> Iterator[Tried]:
    if any(change.operation is Operation.LEAVE for change in test.changes):
        yield from _partners_tried(plan, test, asked, base)
        return
    after = changed(plan, test)
    if not after.done.rows:
        yield _not_tried(test, after.done)
        return
    yield _judged(plan, test, base, outcomes(without_idle_patterns(after.plan), asked), after.done)


def _partners_tried(plan: Plan, test: NamedTest, asked: Asked, base: Outcomes) -> Iterator[Tried]:
    """One finding for every partner the test speaks of; one that says so where there is none."""
    change = test.changes[0]
    meant = {
        row.key
        for row in plan.organisations
        if row in selected(tables_of(plan), "organisations", change.rows, conditions(change.where))
    }
    leaving = [key for key in partners(plan) if key in meant]
    if not leaving:
        yield _not_tried(test, Done())
    for partner in leaving:
        found = without_partner(plan, partner)
        done = Done(rows=len(found.gone) + len(found.smaller), gone=found.gone, smaller=found.smaller)
        yield _judged(plan, test, base, outcomes(without_idle_patterns(found.plan), asked), done, partner)


def _not_tried(test: NamedTest, done: Done) -> Tried:
    return Tried(
        test=test, partner="", verdict=Verdict.DOES_NOT_APPLY, hoped=None, resourced=None, missed=(), done=done
    )


def _judged(
    plan: Plan,
    test: NamedTest,
    base: Outcomes,
    after: Outcomes,
    done: Done,
    partner: str = "",
) -> Tried:
    cases = {case: in_case(base, after, case) for case in TOLD}
    missed = _missed(plan, base, after, test.judged)
    most = _most_lost(plan, test, base, cases[test.judged])
    return Tried(
        test=test,
        partner=partner,
        verdict=_verdict(plan, test, base, after, cases[test.judged], missed, most),
        hoped=cases["hoped"],
        resourced=cases["resourced"],
        missed=missed,
        done=done,
        most_lost=most,
    )


def in_case(base: Outcomes, after: Outcomes, case: str) -> InCase:
    """One case before and after, from what two plans come to under the same draws."""
    before_last = slice(0, len(base.years) - 1)
    meantime = (after.organisations_point[case] - base.organisations_point[case])[:, before_last].sum()
    return InCase(case=case, before=_standing(base, case), after=_standing(after, case), meantime=float(meantime))


def _standing(found: Outcomes, case: str) -> Standing:
    return Standing(short=float(found.point[case][-1]), chance=found.chance(case))


def _most_lost(plan: Plan, test: NamedTest, base: Outcomes, found: InCase) -> float | None:
    """GBP the last year may lose, where the rule says so."""
    if test.rule is Rule.LOSES_AT_MOST:
        return test.allowed
    if test.rule is Rule.HOLDS and (base.is_pressure or found.before.short > BALANCED):
        return test.allowed * max(0.0, short_if_nothing_changes(plan))
    return None


def _verdict(
    plan: Plan,
    test: NamedTest,
    base: Outcomes,
    after: Outcomes,
    found: InCase,
    missed: tuple[tuple[str, str], ...],
    most: float | None,
) -> Verdict:
    if test.rule is Rule.CONTROL_TOTALS and not plan.control_totals:
        return Verdict.DOES_NOT_APPLY
    if test.rule is Rule.BALANCES and base.is_pressure:
        return Verdict.DOES_NOT_APPLY
    if not _differ(base, after):
        return Verdict.CHANGES_NOTHING
    if test.rule is Rule.CONTROL_TOTALS:
        passed = not missed
    elif most is not None:
        passed = found.lost <= most + BALANCED or (not base.is_pressure and found.after.short <= BALANCED)
    else:
        passed = found.after.short <= BALANCED
    return Verdict.PASSED if passed else Verdict.FAILED


def _differ(base: Outcomes, after: Outcomes) -> bool:
    """True where some year of some draw, or of the points, differs in some organisation or in the place."""
    pairs = [
        (found[case], other[case])
        for found, other in (
            (base.short, after.short),
            (base.point, after.point),
            (base.organisations, after.organisations),
            (base.organisations_point, after.organisations_point),
        )
        for case in found
    ]
    return any(bool((np.abs(one - two) > NOTHING).any()) for one, two in pairs)


def _missed(plan: Plan, base: Outcomes, after: Outcomes, case: str) -> tuple[tuple[str, str], ...]:
    """Control totals met before the test and not after it, at the points."""
    found = []
    for row in plan.control_totals:
        if row.organisation in base.members and row.year in base.years:
            who, year = base.members.index(row.organisation), base.years.index(row.year)
            positions = [-each.organisations_point[case][who, year] for each in (base, after)]
            met = [position >= row.amount - BALANCED for position in positions]
            if met == [True, False]:
                found.append((row.organisation, row.year))
    return tuple(found)
