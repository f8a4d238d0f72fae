"""What must be known before a body's position can be told; without it no position stands beside a real name."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.incentives.record import Missing, SectorGain
from tripleaim.plan import Plan
from tripleaim.plan.organisation import Role
from tripleaim.projection.axes import axes
from tripleaim.projection.project import run_worlds
from tripleaim.projection.worlds import SMOOTH, worlds

SECTORS = ("nhs", "council")
FEWEST = 2
"""Bodies of a sector from which on it is told: of one with a published code it would be that body's own position."""


def missing(plan: Plan) -> tuple[Missing, ...]:
    """What is missing; nothing for a plan whose bodies' books and contracts all stand in it."""
    bodies = [row for row in plan.organisations if row.role is not Role.SECTOR]
    without = [row for row in bodies if not row.accounts]
    lines = [row for row in plan.activity if {row.commissioner, row.provider} <= {row.key for row in bodies}]
    unpaid = [row for row in lines if not row.contract]
    found = []
    if without:
        found.append(
            Missing(
                what=f"The income and spending of {_count(len(without), 'organisation')} of {len(bodies)} are not in "
                "the plan.",
                file="budgets.csv",
                to_fix="Put every head of income and cost of the opening year into budgets.csv, and write yes under "
                "accounts in organisations.csv.",
            )
        )
    if unpaid and not plan.contracts:
        found.append(
            Missing(
                what="The plan does not say how care is paid for.",
                file="contracts.csv",
                to_fix="Put every contract into contracts.csv, and its key on the lines of activity it pays for.",
            )
        )
    if not plan.schemes:
        found.append(
            Missing(
                what="The plan has no schemes to share the gains of.",
                file="schemes.csv",
                to_fix="Put the schemes into schemes.csv, with their effects, costs, lead and partners.",
            )
        )
    return tuple(found)


def sector_gains(plan: Plan, schemes: Sequence[str]) -> tuple[SectorGain, ...]:
    """What each scheme alone does to what the bodies of a sector spend, added up; a sector of one body is not told."""
    names = axes(plan)
    run = run_worlds(plan, worlds(names, [(), *[(key,) for key in schemes]]), base=SMOOTH)
    codes = {row.key: row.code for row in plan.organisations}
    found = []
    for sector in SECTORS:
        nodes = run.scope(sector)
        if len(nodes) < FEWEST and any(codes.get(names.nodes[node]) for node in nodes):
            continue
        position = (run.recurrent + run.one_off)[nodes].sum(axis=0)
        for n, key in enumerate(schemes):
            change = position[1 : names.last + 1, n + 1] - position[1 : names.last + 1, 0]
            if abs(change).max() > 0.005:
                found.append(SectorGain(scheme=key, sector=sector, by_year=tuple(float(v) for v in change)))
    return tuple(found)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
