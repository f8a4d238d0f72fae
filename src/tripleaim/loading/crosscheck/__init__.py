"""What must hold between the tables of a plan, by topic. Each check runs where the tables it rests on were
wholly read.
"""

from __future__ import annotations

from tripleaim.errors import PlanProblems
from tripleaim.loading.collect import Problems
from tripleaim.loading.crosscheck import (
    care,
    choosing,
    claims,
    effects,
    money,
    own_tests,
    people,
    plausible,
    profiles,
    references,
    schemes,
    sharing,
    years,
)
from tripleaim.loading.draft import Draft, draft_of
from tripleaim.loading.tabulate import tabulated
from tripleaim.plan.plan import Plan

_TOPICS = (
    references,
    years,
    people,
    plausible,
    profiles,
    care,
    money,
    schemes,
    effects,
    claims,
    own_tests,
    choosing,
    sharing,
)


def crosscheck(draft: Draft) -> None:
    """Note every problem between tables."""
    for topic in _TOPICS:
        for check, rests_on in topic.CHECKS:
            if draft.whole(*rests_on):
                check(draft)


def crosscheck_plan(plan: Plan) -> None:
    """Check a plan that did not come from files as if it had: every cell, then everything between tables.

    Rows are numbered as `write_plan` would write them.

    raises : PlanProblems
    """
    problems = Problems()
    crosscheck(draft_of(tabulated(plan), problems))
    if len(problems):
        raise PlanProblems(problems.in_order())
