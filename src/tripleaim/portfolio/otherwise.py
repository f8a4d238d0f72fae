"""Candidates when things go otherwise: regret, and what holds, over the named tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.own_test import Judged, Operation
from tripleaim.plan.selection import conditions, selected, tables_of
from tripleaim.portfolio.aftermath import ChoiceTest, Regret, Tried
from tripleaim.portfolio.expanded import Expanded, expanded
from tripleaim.portfolio.model import Model, answers
from tripleaim.portfolio.reading import reading
from tripleaim.portfolio.record import Candidate
from tripleaim.projection.worlds import FOUND, HOPED
from tripleaim.stress.draws import draw
from tripleaim.stress.named.change import changed
from tripleaim.stress.named.named_test import NamedTest, own_tests, standard_tests
from tripleaim.stress.named.partners import partners, without_partner
from tripleaim.stress.patterns import without_idle_patterns
from tripleaim.stress.readings import BALANCED
from tripleaim.stress.response import Floats
from tripleaim.stress.streams import Streams
from tripleaim.stress.switched import switched

AS_IT_IS = "as_it_is"
KEEPS = 0.9
"""Share of what it closes as things are that a candidate has to close still. Judged, as the tenth of method note 13."""
HOLDS_RULE = (
    "It closes at least nine tenths of what it closes where nothing goes otherwise, or the place still balances on "
    "average; a set that closes nothing has nothing to hold."
)
WORTH_RECORDING = 4000
"""Runs from which on the fast form of a plan that is put to one test repays the making of it."""
NOTHING_MOVED = 0.5
"""GBP. A test in which no candidate moves by more changes nothing."""


@dataclass(frozen=True, kw_only=True)
class Otherwise:
    """All candidates in all tests."""

    tests: tuple[ChoiceTest, ...]
    tried: tuple[Tried, ...]
    regrets: tuple[Regret, ...]
    """The least worst regret first."""


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What candidates come to in one test, (candidate,)."""

    test: ChoiceTest
    base: str
    closed: Floats
    short: Floats


def otherwise(model: Model, candidates: Sequence[Candidate], draws: int, seed: int) -> Otherwise:
    """Put all candidates to all named tests, each with the same draws.

    draws  : how many of the common draws
    raises : PlanProblems for a test of the place's own that makes no plan
    """
    choices = [each.schemes for each in candidates]
    drawn = model.drawn[:, :draws]
    as_is = {base: _means(model.whole, choices, drawn, base, fast=model.fast) for base in (HOPED, FOUND)}
    found = [_as_it_is(*as_is[HOPED])]
    for test in (*standard_tests(), *own_tests(model.plan)):
        for asked, plan in _changed(model.plan, test):
            each = _outcome(model, asked, plan, choices, draws, seed)
            found += [each] if _moves(each, as_is[each.base][0]) else []
    able = np.array([not each.broken for each in candidates])
    found = [replace(each, test=replace(each.test, best=_best(candidates, each.closed, able))) for each in found]
    tried = tuple(tried for each in found for tried in _tried(candidates, each, as_is[each.base][0], able))
    return Otherwise(tests=tuple(each.test for each in found), tried=tried, regrets=_regrets(candidates, tried))


def holds(closed: float, as_is: float, short: float) -> bool:
    """Whether a set keeps to `HOLDS_RULE`, by means over the draws, GBP.

    closed : money gap closed in a test
    as_is  : what it closes where nothing goes otherwise
    short  : what the place is then short of in the test

    >>> holds(90, 100, 5), holds(89, 100, 5), holds(89, 100, -5), holds(0, 0, -5)
    (True, False, True, False)
    """
    return as_is > 0 and (closed >= KEEPS * as_is or short <= BALANCED)


def _means(
    whole: Expanded, choices: Sequence[Mapping[str, int]], drawn: Floats, base: str, *, fast: bool
) -> tuple[Floats, Floats]:
    """(candidate,): money gap closed and shortfall, means over the draws, of choices of an expanded plan."""
    asked, draws = whole.worlds([{}, *choices]), drawn.shape[1]
    read, runs = reading(whole.plan, whole.axes), len(asked) * draws
    made = switched(whole.whole, whole.inputs, read.read, base, fast=fast and runs >= WORTH_RECORDING)
    numbers = answers(made, asked, drawn)
    closed = read.closed(numbers, np.broadcast_to(numbers[:, :1], numbers.shape))
    return closed.mean(axis=1)[1:], read.short(numbers).mean(axis=1)[1:]


def _as_it_is(closed: Floats, short: Floats) -> _Outcome:
    told = ChoiceTest(
        key=AS_IT_IS,
        name="As the plan has it",
        sentence="Nothing goes otherwise than the plan says.",
        judged=Judged.HOPED.value,
        best="",
    )
    return _Outcome(test=told, base=HOPED, closed=closed, short=short)


def _changed(plan: Plan, test: NamedTest) -> Iterator[tuple[ChoiceTest, Plan]]:
    """The plan as a test would have it; none where it finds nothing to change, one for every partner that may leave."""
    told = ChoiceTest(key=test.key, name=test.name, sentence=test.sentence, judged=test.judged.value, best="")
    if not any(change.operation is Operation.LEAVE for change in test.changes):
        after = changed(plan, test)
        if after.done.rows:
            yield told, after.plan
        return
    names, change = {body.key: body.name for body in plan.organisations}, test.changes[0]
    rows = selected(tables_of(plan), "organisations", change.rows, conditions(change.where))
    meant = {body.key for body in plan.organisations if body in rows}
    for partner in (key for key in partners(plan) if key in meant):
        own = replace(told, key=f"{test.key}:{partner}", name=f"{test.name}: {names[partner]}")
        yield own, without_partner(plan, partner).plan


def _outcome(
    model: Model, test: ChoiceTest, plan: Plan, choices: Sequence[Mapping[str, int]], draws: int, seed: int
) -> _Outcome:
    """What choices come to in a changed plan."""
    plan = without_idle_patterns(plan)
    whole = expanded(plan, _starts(plan, choices))
    base = FOUND if test.judged == Judged.RESOURCED else HOPED
    left = [_still(plan, whole, choice) for choice in choices]
    drawn = draw(whole.inputs, Streams(seed), 0, draws).values
    closed, short = _means(whole, left, drawn, base, fast=model.fast)
    return _Outcome(test=test, base=base, closed=closed, short=short)


def _starts(plan: Plan, choices: Sequence[Mapping[str, int]]) -> dict[str, tuple[int, ...]]:
    """Years later in which any choice starts each scheme that is still in the plan."""
    return {
        scheme.key: tuple(sorted({choice[scheme.key] for choice in choices if scheme.key in choice}))
        for scheme in plan.schemes
    }


def _still(plan: Plan, whole: Expanded, choice: Mapping[str, int]) -> dict[str, int]:
    """What is left of a choice in a changed plan: schemes and starts that are still there, with all they need."""
    there = {(way.scheme, way.later) for way in whole.ways}
    left = {key: later for key, later in choice.items() if (key, later) in there}
    needs = {scheme.key: scheme.needs for scheme in plan.schemes}
    while gone := [key for key in left if any(need not in left for need in needs[key])]:
        left = {key: later for key, later in left.items() if key not in gone}
    return left


def _moves(outcome: _Outcome, closed: Floats) -> bool:
    return bool((np.abs(outcome.closed - closed) > NOTHING_MOVED).any())


def _best(candidates: Sequence[Candidate], closed: Floats, able: Floats) -> str:
    return candidates[int(np.where(able, closed, -np.inf).argmax())].key if able.any() else ""


def _tried(candidates: Sequence[Candidate], found: _Outcome, as_is: Floats, able: Floats) -> Iterator[Tried]:
    most = float(found.closed[able.astype(bool)].max()) if able.any() else float(found.closed.max())
    for n, each in enumerate(candidates):
        closed = float(found.closed[n])
        yield Tried(
            test=found.test.key,
            candidate=each.key,
            closed=closed,
            regret=max(0.0, most - closed),
            holds=holds(closed, float(as_is[n]), float(found.short[n])),
        )


def _regrets(candidates: Sequence[Candidate], tried: Sequence[Tried]) -> tuple[Regret, ...]:
    found = []
    for each in candidates:
        own = [one for one in tried if one.candidate == each.key]
        worst, tests = max(own, key=lambda one: one.regret), [one for one in own if one.test != AS_IT_IS]
        found.append(
            Regret(
                candidate=each.key,
                worst=worst.regret,
                worst_test=worst.test,
                held=sum(one.holds for one in tests),
                of=len(tests),
            )
        )
    return tuple(sorted(found, key=lambda one: one.worst))
