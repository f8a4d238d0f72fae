"""Rows a plan does not state and the model fills in: stated here, so that a test can change them."""

from __future__ import annotations

from typing import Any

from tripleaim.plan import Plan
from tripleaim.plan.assumptions import KNOWN, WIDE
from tripleaim.plan.source import Assumption, Source, SourceKind
from tripleaim.plan.variant import with_tables
from tripleaim.plan.workforce import PostsAvailable
from tripleaim.projection.axes import axes
from tripleaim.projection.values import POINTS
from tripleaim.projection.workforce import supply

SOURCE = Source(
    key="named_test",
    kind=SourceKind.DERIVED,
    title="What the model takes where the plan says nothing, stated so that a test can change it",
)


def with_implied(plan: Plan, table: str) -> Plan:
    """The plan with the rows of a table that the model would fill in: its assumptions, and posts that can be filled.

    The numbers are those `run` works with; draws of what they come from are then left out for the rows a test changes.
    """
    if table == "assumptions":
        return _stating(plan, assumptions=(*plan.assumptions, *_assumptions(plan)))
    if table == "posts_available":
        return _stating(plan, posts_available=(*plan.posts_available, *_posts(plan)))
    return plan


def _stating(plan: Plan, **tables: tuple[Any, ...]) -> Plan:
    sources = plan.sources if SOURCE in plan.sources else (*plan.sources, SOURCE)
    return with_tables(plan, sources=sources, **tables)


def _assumptions(plan: Plan) -> tuple[Assumption, ...]:
    stated = {row.key for row in plan.assumptions}
    return tuple(
        Assumption(key=known.key, name=known.name, value=known.default, unit=known.unit, source=SOURCE.key)
        for known in (*KNOWN, *WIDE)
        if known.key not in stated
    )


def _posts(plan: Plan) -> tuple[PostsAvailable, ...]:
    """For every group a scheme needs and every year: staff there less those in post at the start."""
    stated = {(row.organisation, row.group, row.year) for row in plan.posts_available}
    names = axes(plan)
    there = supply(plan, names, POINTS)
    opening = {(row.organisation, row.group): row.in_post for row in plan.workforce}
    return tuple(
        PostsAvailable(
            organisation=group[0],
            group=group[1],
            year=year,
            posts=max(0.0, float(there[names.staff.index(group), n, 0]) - opening[group]),
            source=SOURCE.key,
        )
        for group in sorted({(row.organisation, row.group) for row in plan.posts})
        for n, year in enumerate(plan.years, 1)
        if (*group, year) not in stated
    )
