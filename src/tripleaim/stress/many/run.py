"""Stress tests of many plans: each done once wherever there is room, and told in the order asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from tripleaim.errors import PlanProblems, Problem, TripleAimError
from tripleaim.plan import Plan
from tripleaim.stress.findings import DRAWS, SEED, Stress
from tripleaim.stress.many.jobs import Job, answer, findings, job_of
from tripleaim.stress.many.workers import Workers
from tripleaim.stress.streams import check_draws

OUR_FAULT = 1

Kept = TypeVar("Kept")
Task = tuple[Any, ...]
"""Arguments of one call; the first names it."""


class WorkerLost(TripleAimError):
    """A job whose worker was lost every time; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class PlanAsked:
    """One plan to stress: what to call it, and how to get it. `read` is called in this process, when its turn comes."""

    name: str
    read: Callable[[], Plan]


@dataclass(frozen=True, kw_only=True)
class PlanDone(Generic[Kept]):
    """What was found of one plan."""

    name: str
    """What it was called when it was asked for."""
    found: Kept
    """What is kept of its findings."""


@dataclass(frozen=True, kw_only=True)
class PlanRefused:
    """A plan without findings, and why."""

    name: str
    """What it was called when it was asked for."""
    said: str
    """Why, in words."""
    problems: tuple[Problem, ...]
    """What to put right in its files, where that is why."""
    exit_code: int
    """2 its files have problems, 3 something impossible was asked, 1 our fault."""


def whole(found: Stress) -> Stress:
    """Keep everything."""
    return found


def stress_many(
    asked: Sequence[PlanAsked],
    workers: Workers,
    draws: int = DRAWS,
    seed: int = SEED,
    *,
    together: bool = True,
    keep: Callable[[Stress], Kept],
    told: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[PlanDone[Kept] | PlanRefused, ...]:
    """Stress many plans. The numbers of each are those of `stress`, bit for bit, whoever does the work.

    asked   : the plans; they are read one by one while others are run, so few are held at a time
    workers : from `workers.opened`
    draws, seed, together : as in `stress`, the same for all
    keep    : what to keep of each plan's findings (`whole` keeps everything); called in this process
    told    : called as plans are done, with how many are done and of how many
    raises  : Impossible for no draws
    returns : one outcome for each plan, in the order asked; one that cannot be read or run is refused and stops none
    """
    check_draws(0, draws, draws)
    plans: dict[Job, Plan] = {}
    done: dict[Job, Kept | Exception] = {}
    outcomes: list[Job | Exception] = []

    def tell() -> None:
        told(sum(not isinstance(each, Job) or each in done for each in outcomes), len(asked))

    def tasks() -> Iterator[Task]:
        for each in asked:
            try:
                plan = each.read()
                job = job_of(plan, draws, seed, together=together)
                parcel = None if job in plans or job in done else workers.ship(plan)
            except Exception as refusal:  # of this plan; the others go on
                outcomes.append(refusal)
                tell()
                continue
            outcomes.append(job)
            if parcel is None:
                tell()
            else:
                plans[job] = plan
                yield job, parcel, workers.threads

    for (job, *_), answered in completed(answer, tasks(), workers):
        plan = plans.pop(job)
        done[job] = answered if isinstance(answered, Exception) else keep(findings(plan, answered))
        tell()
    ends = [done[each] if isinstance(each, Job) else each for each in outcomes]
    return tuple(_outcome(each.name, end) for each, end in zip(asked, ends, strict=True))


def completed(function: Callable[..., Any], tasks: Iterable[Task], workers: Workers) -> Iterator[tuple[Task, Any]]:
    """Call a function with each task's arguments; yields task and result as they end, in any order.

    An exception is yielded as a result. No more tasks are taken than workers have room for. A task whose worker is lost
    is done again, by itself, so that one which ends every worker it meets takes no other with it.
    """
    waiting = iter(tasks)
    running: dict[Future[Any], Task] = {}
    again: deque[Task] = deque()
    while True:
        if not again:
            for task in islice(waiting, workers.width - len(running)):
                running[workers.submit(function, *task)] = task
        if running:
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                task, result = running.pop(future), _result(future)
                if _is_loss(result, workers):
                    again.append(task)
                else:
                    yield task, result
        elif again:
            task = again.popleft()
            yield task, _alone(function, task, workers)
        else:
            return


def _alone(function: Callable[..., Any], task: Task, workers: Workers) -> Any:
    """The result of a task that has lost a worker before, with nothing running beside it."""
    for _ in range(workers.tries - 1):
        result = _result(workers.submit(function, *task))
        if not _is_loss(result, workers):
            return result
    return WorkerLost(
        "Every worker that was given this was lost, perhaps for want of memory: try this plan alone, or fewer workers."
    )


def _result(future: Future[Any]) -> Any:
    """What a future ends with, an exception as a value."""
    try:
        return future.result()
    except Exception as error:
        return error


def _is_loss(result: Any, workers: Workers) -> bool:
    return isinstance(result, Exception) and workers.lost(result)


def _outcome(name: str, end: Kept | Exception) -> PlanDone[Kept] | PlanRefused:
    if not isinstance(end, Exception):
        return PlanDone(name=name, found=end)
    problems = end.problems if isinstance(end, PlanProblems) else ()
    if isinstance(end, TripleAimError):
        return PlanRefused(name=name, said=str(end), problems=problems, exit_code=end.exit_code)
    said = f"Something went wrong that is our fault, not the plan's: {type(end).__name__}: {end}."
    return PlanRefused(name=name, said=said, problems=(), exit_code=OUR_FAULT)
