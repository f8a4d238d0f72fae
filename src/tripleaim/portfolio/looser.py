"""Looking on where the estimates of the search refuse what the whole model may allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tripleaim.errors import Impossible, PlanProblems, Problem
from tripleaim.plan.choice_limit import LimitKind
from tripleaim.portfolio.limit import FloorLimit, is_kept
from tripleaim.portfolio.limits import AnyLimit, amount_in_words
from tripleaim.portfolio.record import Candidate
from tripleaim.portfolio.search import LimitsConflict
from tripleaim.portfolio.solver import Effort, Menu, conflict

EXACT = frozenset({LimitKind.REVENUE, LimitKind.CAPITAL, LimitKind.STAFF, LimitKind.HOURS, LimitKind.PREVENTION_SHARE})
"""Kinds of limit on what schemes use, which adds up exactly; the others hold what schemes bring, which is estimated."""


def looser(menu: Menu, limits: Sequence[AnyLimit]) -> Iterator[Menu]:
    """The menu, then without the least asked of aims, then with nothing that rests on estimates."""
    exact = {each.told.name for each in limits if each.told.kind in EXACT}
    yield menu
    yield replace(menu, floors=())
    yield replace(menu, floors=(), rules=tuple(rule for rule in menu.rules if rule.name in exact))


def none_keeps(
    menu: Menu, limits: Sequence[AnyLimit], found: Sequence[Candidate], effort: Effort
) -> PlanProblems | Impossible:
    """What to raise where the estimates refuse and no set found keeps every limit under the whole model either.

    menu  : with everything a choice must keep to
    found : every set that was found, scored in full
    """
    names = conflict(menu, effort).names
    own = [each for each in limits if each.told.name in names]
    stated = sorted((each for each in own if each.row is not None), key=lambda each: each.row or 0)
    every = "; ".join(names)
    if not stated:
        return Impossible(f"By the estimates of the search no choice of schemes keeps all of these together: {every}.")
    return LimitsConflict(
        Problem(
            file="choice_limits.csv",
            row=each.row,
            field="amount",
            found=each.told.name,
            expected=_expected(names, every),
            to_fix=_to_fix(each, names, found),
        )
        for each in stated
    )


def _expected(names: Sequence[str], every: str) -> str:
    if len(names) == 1:
        return "a limit that some choice of schemes can keep; by the estimates of the search none can"
    return f"limits that some choice of schemes can keep; by the estimates of the search these conflict: {every}"


def _to_fix(limit: AnyLimit, names: Sequence[str], found: Sequence[Candidate]) -> str:
    """What to change, and how far the sets that were found go."""
    do = "change it" if len(names) == 1 else "change this limit or another of those named"
    if not isinstance(limit, FloorLimit):
        return do
    rest = [each for each in found if not set(each.broken) - set(names)]
    amounts = [use.amount for each in rest or found for use in each.uses if use.limit == limit.told.key]
    most, keeping = max(amounts, default=0.0), " of those that keep all other limits" if rest else ""
    if is_kept(limit.told, np.array([most]))[0]:
        return f"{do}; a set that reaches it was found, but breaks another"
    return f"{do}; the most that any set found{keeping} reaches is {amount_in_words(most, limit.told.unit)}"
