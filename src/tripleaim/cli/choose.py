"""tripleaim choose PLAN: which schemes together?"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.cli.door import console, working
from tripleaim.cli.drawn import read as read_drawn
from tripleaim.cli.drawn import whole_number
from tripleaim.cli.progress import progress
from tripleaim.errors import PlanProblems, Problem

if TYPE_CHECKING:
    from tripleaim.plan import Plan
    from tripleaim.portfolio.record import Choice
    from tripleaim.portfolio.solver import Effort

AIMS = ("money", "chance", "tail", "health", "care")
"""What a choice can be made for, beside the aims of one partner."""
MOST_NODES = 10**9
"""Nodes of a search; more than any machine looks at in a day."""
LONGEST = 86_400.0
"""Seconds of a search."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed, word for word."""

    aim: str
    gap: str
    nodes: str
    seconds: str
    draws: str
    seed: str


@dataclass(frozen=True, kw_only=True)
class ChooseAsked:
    """What is asked of a plan."""

    plan: Plan
    aim: str
    effort: Effort
    draws: int | None
    """None for the usual number, which is less where the slow form of the model runs."""
    seed: int


def choose(plan: Path, typed: Typed, out: Path | None = None, as_json: bool = False) -> int:
    """Tell which schemes of a plan do best together under its limits; with `out` also as a page."""
    from tripleaim.reports.choose_page import PAGE, choose_report, write_choose
    from tripleaim.reports.write import refuse_others

    with working(f"Reading {plan} …"):
        asked = read_asked(plan, typed)
    before = refuse_others(out, (PAGE,)) if out else {}
    found = _chosen(asked)
    page = write_choose(found, out, before) if out else None
    if as_json:
        sys.stdout.write(choose_report(found))
        return 0
    from tripleaim.reports.choose_summary import choose_summary

    choose_summary(found, console(), str(page or ""))
    return 0


def read_asked(path: Path, typed: Typed) -> ChooseAsked:
    """The plan and what is asked of it.

    raises : PlanProblems with every option that cannot be, and everything wrong with the plan
    """
    from tripleaim.loading import read_plan
    from tripleaim.portfolio.solver import Effort

    problems: list[Problem] = []
    usual = not typed.draws.strip()
    drawn = read_drawn("1" if usual else typed.draws, typed.seed, problems)
    gap = _amount("--gap", typed.gap, 1.0, "0.001", problems)
    nodes = whole_number("--nodes", typed.nodes, 1, MOST_NODES, "5000", problems)
    seconds = _amount("--seconds", typed.seconds, LONGEST, "60", problems) if typed.seconds.strip() else None
    try:
        plan = read_plan(path)
    except PlanProblems as wrong:
        raise PlanProblems([*problems, *wrong.problems]) from None
    aim = _aim(plan, typed.aim, problems)
    if problems:
        raise PlanProblems(problems)
    effort = Effort(gap=gap, nodes=nodes, seconds=seconds)
    return ChooseAsked(plan=plan, aim=aim, effort=effort, draws=None if usual else drawn.draws, seed=drawn.seed)


def _chosen(asked: ChooseAsked) -> Choice:
    from tripleaim.portfolio.choosing import PARTS
    from tripleaim.portfolio.choosing import choose as chosen

    with progress(PARTS) as told:
        return chosen(
            asked.plan,
            aim=asked.aim,
            draws=asked.draws,
            seed=asked.seed,
            effort=asked.effort,
            told=told.part,
        )


def _aim(plan: Plan, typed: str, problems: list[Problem]) -> str:
    """Key of an aim: one of ours, or a partner that has weights, by key or name."""
    names = {row.key: row.name for row in plan.organisations}
    partners = list(dict.fromkeys(row.organisation for row in plan.aim_weights))
    known = {names.get(key, key).casefold(): key for key in partners} | {key: key for key in partners}
    known |= {key: key for key in AIMS}
    word = typed.strip()
    found = known.get(word, known.get(word.casefold()))
    if found is not None:
        return found
    from tripleaim.loading.nearest import nearest

    close = nearest(word, [*AIMS, *partners])
    of_partners = " or the key of a partner with aim weights" if partners else ""
    problems.append(
        Problem(
            file="--aim",
            found=word[:80] or "nothing",
            expected=f"{', '.join(AIMS[:-1])}, {AIMS[-1]}{of_partners}",
            to_fix=f"write {close}" if close else "write one of these, or leave --aim out to choose for money",
        )
    )
    return AIMS[0]


def _amount(option: str, typed: str, most: float, such_as: str, problems: list[Problem]) -> float:
    """A number from 0 (for seconds: above 0) to a most, as typed; the most where it cannot be, with a problem."""
    try:
        value = float(typed) if typed.isascii() and "_" not in typed else math.nan
    except ValueError:
        value = math.nan
    is_time = option == "--seconds"
    if 0 <= value <= most and not (is_time and value == 0):
        return value
    problems.append(
        Problem(
            file=option,
            found=typed.strip()[:30] or "nothing",
            expected=f"a number {'above' if is_time else 'from'} 0 to {most:,.5g}",
            to_fix=f"write it in digits, such as {option} {such_as}",
        )
    )
    return most
