"""Putting a plan to the named tests: what each costs it, in money and in probability, and whether it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.own_test import Judged, Operation, Rule
from tripleaim.plan.selection import conditions, selected, tables_of
from tripleaim.stress.named.change import ChangeMade, changed
from tripleaim.stress.named.named_test import NamedTest, own_tests, standard_tests
from tripleaim.stress.named.outcomes import TOLD, HowDrawn, Outcomes, outcomes
from tripleaim.stress.named.partners import partners, without_partner
from tripleaim.stress.named.yardstick import Yardstick
from tripleaim.stress.patterns import without_idle_patterns
from tripleaim.stress.readings import BALANCED

NOTHING = 0.5
"""GBP. Less than this is nothing: neither a change of a year, nor something that schemes bring."""


class Verdict(StrEnum):
    """How a plan came out of a test."""

    PASSED = "passed"
    FAILED = "failed"
    NOTHING_TO_LOSE = "nothing to lose"
    CANNOT_BE_TESTED = "cannot be tested"
    DOES_NOT_APPLY = "does not apply"
    CHANGES_NOTHING = "changes nothing"


@dataclass(frozen=True, kw_only=True)
class LastYear:
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
    before: LastYear
    """The plan as it is."""
    after: LastYear
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
    """Passed or failed; or why neither: the schemes bring nothing that could be lost, the plan does not say what the
    test takes, the test is not for such a plan, or it moves no figure.
    """
    hoped: InCase | None
    """As hoped; None where there was nothing to change."""
    resourced: InCase | None
    """With the posts and capital found; None where there was nothing to change."""
    missed: tuple[tuple[str, str], ...]
    """Control totals met before and missed after, at the points, in the case judged: organisation and year."""
    done: ChangeMade
    """What the test did to the plan."""
    most_lost: float | None = None
    """GBP the last year may lose under the test's rule; None where the plan has to balance or the rule is another."""
    brought: float | None = None
    """GBP that the schemes bring in the last year in the case judged, for a test that is held against it (the rule
    keeps); below 0 = more is short with them than if nothing changed. Else None.
    """

    @property
    def judged(self) -> InCase | None:
        """The case the verdict rests on."""
        return self.hoped if self.test.judged is Judged.HOPED else self.resourced


def try_tests(
    plan: Plan, asked: HowDrawn | None = None, tests: Sequence[NamedTest] | None = None, base: Outcomes | None = None
) -> tuple[Tried, ...]:
    """Put a plan to the named tests, every one with the same draws.

    asked : how plans are drawn; 1,000 draws if left out
    tests : those to try; the standard ones and the place's own if left out
    base  : the plan's own outcomes, where they are at hand
    returns : a finding for every test, and of one partner leaving for every partner; in the order of the tests
    raises  : PlanProblems for ranges that cannot be drawn, or a test of the place's own that makes no plan

    source : METHOD 8, "Named tests"; method note 13
    """
    asked = asked or HowDrawn()
    base = base or outcomes(plan, asked)
    every = (*standard_tests(), *own_tests(plan)) if tests is None else tests
    yard = Yardstick(plan=plan, base=base)
    return tuple(found for test in every for found in _tried(yard, test, asked))


def _tried(yard: Yardstick, test: NamedTest, asked: HowDrawn) -> Iterator[Tried]:
    if any(change.operation is Operation.LEAVE for change in test.changes):
        yield from _partners_tried(yard, test, asked)
        return
    after = changed(yard.plan, test)
    if not after.done.rows:
        yield _not_tried(test, after.done)
        return
    yield _judged(yard, test, _run(after.plan, asked, yard), after.done)


def _run(plan: Plan, asked: HowDrawn, yard: Yardstick) -> Outcomes:
    """What a changed plan comes to, with the draws of the plan as it is."""
    return outcomes(without_idle_patterns(plan), asked, yard.base)


def _partners_tried(yard: Yardstick, test: NamedTest, asked: HowDrawn) -> Iterator[Tried]:
    """One finding for every partner the test speaks of; one that says so where there is none."""
    plan, change = yard.plan, test.changes[0]
    meant = {
        row.key
        for row in plan.organisations
        if row in selected(tables_of(plan), "organisations", change.rows, conditions(change.where))
    }
    leaving = [key for key in partners(plan) if key in meant]
    if not leaving:
        yield _not_tried(test, ChangeMade())
    for partner in leaving:
        found = without_partner(plan, partner)
        done = ChangeMade(rows=len(found.gone) + len(found.smaller), gone=found.gone, smaller=found.smaller)
        yield _judged(yard, test, _run(found.plan, asked, yard), done, partner)


def _not_tried(test: NamedTest, done: ChangeMade) -> Tried:
    """A finding where there was nothing to change: the plan does not say it, or it has begun, or would not be seen."""
    silent = test.untold and not (done.unseen or done.begun)
    verdict = Verdict.CANNOT_BE_TESTED if silent else Verdict.DOES_NOT_APPLY
    return Tried(test=test, partner="", verdict=verdict, hoped=None, resourced=None, missed=(), done=done)


def _judged(yard: Yardstick, test: NamedTest, after: Outcomes, done: ChangeMade, partner: str = "") -> Tried:
    cases = {case: in_case(yard.base, after, case) for case in TOLD}
    missed = _missed(yard, after, test.judged)
    return Tried(
        test=test,
        partner=partner,
        verdict=_why_neither(yard, test, after) or _verdict(yard, test, cases[test.judged], missed),
        hoped=cases["hoped"],
        resourced=cases["resourced"],
        missed=missed,
        done=done,
        most_lost=yard.most_lost(test),
        brought=yard.brought(test.judged) if test.rule is Rule.KEEPS else None,
    )


def in_case(base: Outcomes, after: Outcomes, case: str) -> InCase:
    """One case before and after, from what two plans come to under the same draws."""
    before_last = slice(0, len(base.years) - 1)
    meantime = (after.organisations_point[case] - base.organisations_point[case])[:, before_last].sum()
    return InCase(case=case, before=_standing(base, case), after=_standing(after, case), meantime=float(meantime))


def _standing(found: Outcomes, case: str) -> LastYear:
    return LastYear(short=float(found.point[case][-1]), chance=found.chance(case))


def _why_neither(yard: Yardstick, test: NamedTest, after: Outcomes) -> Verdict | None:
    """Why a plan neither passes nor fails a test; None where it does."""
    if test.rule is Rule.CONTROL_TOTALS and not yard.plan.control_totals:
        return Verdict.DOES_NOT_APPLY
    if test.rule is Rule.BALANCES and yard.base.is_pressure:
        return Verdict.DOES_NOT_APPLY
    if test.rule is Rule.KEEPS and yard.brought(test.judged) <= NOTHING:
        return Verdict.NOTHING_TO_LOSE
    if not _moves(yard.base, after, test.judged):
        return Verdict.CANNOT_BE_TESTED if test.everywhere else Verdict.CHANGES_NOTHING
    return None


def _verdict(yard: Yardstick, test: NamedTest, found: InCase, missed: tuple[tuple[str, str], ...]) -> Verdict:
    balances = not yard.base.is_pressure and found.after.short <= BALANCED
    most = yard.most_lost(test)
    if test.rule is Rule.CONTROL_TOTALS:
        passed = not missed
    else:
        passed = balances or (most is not None and found.lost <= most + BALANCED)
    return Verdict.PASSED if passed else Verdict.FAILED


def _moves(base: Outcomes, after: Outcomes, case: str) -> bool:
    """True where some year of the place or of an organisation differs at the stated points, as the verdict has them."""
    place = np.abs(after.point[case] - base.point[case])
    bodies = np.abs(after.organisations_point[case] - base.organisations_point[case])
    return bool((place > NOTHING).any() or (bodies > NOTHING).any())


def _missed(yard: Yardstick, after: Outcomes, case: str) -> tuple[tuple[str, str], ...]:
    """Control totals met before the test and not after it, at the points."""
    base, found = yard.base, []
    for row in yard.plan.control_totals:
        if row.organisation in base.members and row.year in base.years:
            who, year = base.members.index(row.organisation), base.years.index(row.year)
            positions = [-each.organisations_point[case][who, year] for each in (base, after)]
            met = [position >= row.amount - BALANCED for position in positions]
            if met == [True, False]:
                found.append((row.organisation, row.year))
    return tuple(found)
