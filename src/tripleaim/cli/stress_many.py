"""tripleaim stress-many PLAN …: how wrong could they be? Many plans at once, on one machine or many."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from tripleaim.cli.door import console, say
from tripleaim.cli.drawn import Drawn, read, whole_number
from tripleaim.cli.progress import time_left
from tripleaim.errors import Impossible, PlanProblems, Problem

LITTLE = 20_000
"""Draws of all plans together that are done before processes of their own would have started."""
MOST_WORKERS = 1000
"""Workers that may be asked for on one machine."""


@dataclass(frozen=True, kw_only=True)
class ManyAsked:
    """What is asked of many plans."""

    plans: list[Path]
    all_places: bool
    drawn: Drawn
    executor: str
    """Who does the work; empty leaves it to the amount."""
    workers: int
    """How many of them; 0 is one a processor."""


def asked(
    plans: list[Path], all_places: bool, draws: str, seed: str, executor: str, workers: str, *, alone: bool
) -> ManyAsked:
    """What is asked, from what was typed.

    raises : PlanProblems with every option that cannot be
    """
    from tripleaim.stress.many.workers import EXPECTED, is_executor

    problems: list[Problem] = []
    if not plans and not all_places:
        to_fix = "name one or more, or add --all-places"
        problems.append(Problem(file="plans", found="none", expected="the plans to stress", to_fix=to_fix))
    drawn = read(draws, seed, problems, alone=alone)
    if executor and not is_executor(executor):
        to_fix = "write one of these, or leave --executor out"
        problems.append(Problem(file="--executor", found=executor[:80], expected=EXPECTED, to_fix=to_fix))
    count = whole_number("--workers", workers, 1, MOST_WORKERS, "2", problems) if workers else 0
    if problems:
        raise PlanProblems(problems)
    return ManyAsked(plans=plans, all_places=all_places, drawn=drawn, executor=executor, workers=count)


def stress_many(asked: ManyAsked, out: Path | None = None, as_json: bool = False) -> int:
    """Stress many plans and tell them in one table; those that cannot be run are told beside it.

    returns : 0; where a plan could not be run, the exit code that says why (the least of several)
    """
    from tripleaim.reports.stress_many import headlines, stress_many_files, stress_many_report, stress_many_summary
    from tripleaim.reports.write import refuse_others, write_files
    from tripleaim.stress.many.run import PlanDone, stress_many
    from tripleaim.stress.many.workers import PROCESSES, SERIAL, opened

    names, drawn = _named(asked.plans, asked.all_places), asked.drawn
    before = refuse_others(out, ("result.json",)) if out else {}
    name = asked.executor or (SERIAL if len(names) * drawn.draws <= LITTLE else PROCESSES)
    together = not drawn.alone
    with opened(name, asked.workers) as hands, _progress() as told:
        outcomes = stress_many(names, hands, drawn.draws, drawn.seed, together=together, keep=headlines, told=told)
    done = [each for each in outcomes if isinstance(each, PlanDone)]
    refused = [each for each in outcomes if not isinstance(each, PlanDone)]
    if not done:
        raise _none_could(refused)
    if out:
        write_files(stress_many_files(done, refused), out, before=before)
    if as_json:
        sys.stdout.write(stress_many_report(done, refused))
    else:
        stress_many_summary(done, console())
        if out:
            sys.stdout.write(f"\nEvery year and scope: {out / 'data' / 'spreads.csv'}\n")
        for each in refused:
            say(f"\n{each.name} could not be run. {each.said}")
    return min((each.exit_code for each in refused), default=0)


def so_far(done: int, of: int, seconds: float) -> str:
    """How far the work is and how long it may take yet, as plans take much the same time.

    >>> so_far(0, 44, 3.0), so_far(11, 44, 10.0), so_far(2, 44, 20.0), so_far(43, 44, 90.0)
    ('0 of 44 plans done', '11 of 44 plans done, about 30 seconds left', '2 of 44 plans done, about 7 minutes left', \
'43 of 44 plans done, a few seconds left')
    """
    counted = f"{done} of {of} plans done"
    return counted if done in (0, of) else f"{counted}, {time_left(seconds / done * (of - done))} left"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show how far the work is, where somebody can see it."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console

    began = time.monotonic()
    with Console(stderr=True).status("Starting …") as status:
        yield lambda done, of: status.update(so_far(done, of, time.monotonic() - began))


def _named(plans: list[Path], all_places: bool) -> list[Any]:
    """What is asked for, each with how to read it."""
    from tripleaim.opendata import published
    from tripleaim.stress.many.run import PlanAsked

    places = sorted(published().footprints, key=lambda each: each.name) if all_places else []
    named = [PlanAsked(name=str(plan), read=partial(_read, plan)) for plan in plans]
    return named + [PlanAsked(name=each.code, read=partial(_started, each.code)) for each in places]


def _read(plan: Path):
    """The plan a reader means: at a path, or a worked plan by its name."""
    from tripleaim.loading import read_plan
    from tripleaim.loading.worked import plan_place

    return read_plan(plan_place(plan))


def _started(code: str):
    """The plan that `new` would write for a footprint."""
    from tripleaim.opendata.start import start
    from tripleaim.reports.held import with_meaning

    return with_meaning(start(code))


def _none_could(refused: list) -> Exception:
    """One refusal for all, where no plan could be run."""
    problems = [_of(each.name, problem) for each in refused for problem in each.problems]
    if problems:
        return PlanProblems(problems)
    said = list(dict.fromkeys(each.said for each in refused))
    if any(each.exit_code == 1 for each in refused):
        return RuntimeError(" ".join(said))
    return Impossible(" ".join(said))


def _of(name: str, problem: Problem) -> Problem:
    """A problem that says which plan it is of."""
    return problem if problem.file == Path(name).name else replace(problem, file=f"{name}: {problem.file}")
