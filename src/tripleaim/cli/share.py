"""tripleaim share PLAN: who gains, who pays, and which agreement would hold?"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.cli.door import console, working
from tripleaim.cli.drawn import Drawn
from tripleaim.cli.drawn import read as read_drawn
from tripleaim.cli.progress import progress
from tripleaim.errors import PlanProblems, Problem

if TYPE_CHECKING:
    from tripleaim.incentives.agreement.rules import Rule
    from tripleaim.incentives.record import Sharing
    from tripleaim.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed, word for word."""

    schemes: str
    rule: str
    form: str
    draws: str
    seed: str


@dataclass(frozen=True, kw_only=True)
class ShareAsked:
    """What is asked of a plan."""

    plan: Plan
    schemes: tuple[str, ...] | None
    """Keys; None = all."""
    rule: Rule
    form: str
    drawn: Drawn


def share(plan: Path, typed: Typed, out: Path | None = None, as_json: bool = False) -> int:
    """Tell who gains and who pays by the schemes of a plan; with `out` also as a page."""
    from tripleaim.reports.share_page import PAGE, share_report, write_share
    from tripleaim.reports.write import refuse_others

    with working(f"Reading {plan} …"):
        asked = read_asked(plan, typed)
    before = refuse_others(out, (PAGE,)) if out else {}
    found = _shared(asked)
    page = write_share(found, out, before) if out else None
    if as_json:
        sys.stdout.write(share_report(found))
        return 0
    from tripleaim.reports.share_summary import share_summary

    share_summary(found, console(), str(page or ""))
    return 0


def read_asked(path: Path, typed: Typed) -> ShareAsked:
    """The plan and what is asked of it.

    raises : PlanProblems with every option that cannot be, and everything wrong with the plan
    """
    from tripleaim.incentives.agreement.rules import Rule
    from tripleaim.loading import read_plan

    problems: list[Problem] = []
    drawn = read_drawn(typed.draws, typed.seed, problems)
    rule = _one_of("--rule", typed.rule, {each.value: each.value for each in Rule}, problems)
    try:
        plan = read_plan(path)
    except PlanProblems as wrong:
        raise PlanProblems([*problems, *wrong.problems]) from None
    schemes = _schemes(plan, typed.schemes, problems)
    form = _one_of("--form", typed.form, _forms(plan), problems)
    if problems:
        raise PlanProblems(problems)
    return ShareAsked(plan=plan, schemes=schemes, rule=Rule(rule), form=form, drawn=drawn)


def _shared(asked: ShareAsked) -> Sharing:
    from tripleaim.incentives.sharing import PARTS
    from tripleaim.incentives.sharing import share as shared

    with progress(PARTS) as told:
        return shared(
            asked.plan,
            schemes=asked.schemes,
            draws=asked.drawn.draws,
            seed=asked.drawn.seed,
            rule=asked.rule,
            form=asked.form,
            told=told.part,
        )


def _schemes(plan: Plan, typed: str, problems: list[Problem]) -> tuple[str, ...] | None:
    """Keys of the schemes asked about, each once; a slip is added to the problems."""
    if not typed.strip():
        return None
    named = {row.key: row.key for row in plan.schemes} | {row.name.casefold(): row.key for row in plan.schemes}
    wanted = [each.strip() for each in typed.split(";") if each.strip()]
    if not wanted:
        problems.append(
            Problem(
                file="--schemes",
                found=typed.strip()[:80],
                expected="names or keys of schemes with a semicolon between them",
                to_fix="name one or more, or leave --schemes out to ask about all",
            )
        )
    return tuple(dict.fromkeys(_one_of("--schemes", each, named, problems) for each in wanted))


def _forms(plan: Plan) -> dict[str, str]:
    """What --form may be: today, every form of payment, and the plan's own proposals."""
    from tripleaim.plan.payment_proposal import PaymentForm

    keys = ["today", *(each.value for each in PaymentForm), *(row.proposal for row in plan.payment_proposals)]
    return {key: key for key in keys}


def _one_of(option: str, typed: str, known: dict[str, str], problems: list[Problem]) -> str:
    """What a word stands for; the first of what is known where it is none of them, with a problem that says so."""
    word = typed.strip()
    found = known.get(word, known.get(word.casefold()))
    if found is not None:
        return found
    from tripleaim.loading.nearest import nearest

    keys = list(dict.fromkeys(known.values()))
    close = nearest(word, keys)
    problems.append(
        Problem(
            file=option,
            found=word[:80] or "nothing",
            expected=f"one of {', '.join(keys)}" if len(keys) <= 24 else "a scheme of the plan",
            to_fix=f"write {close}" if close else f"write one of these, or leave {option} out",
        )
    )
    return keys[0] if keys else ""
