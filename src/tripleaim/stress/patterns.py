"""Rows about uncertain numbers that a changed plan no longer has."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.plan import Plan
from tripleaim.plan.uncertainty import Loading
from tripleaim.plan.variant import with_tables
from tripleaim.stress.ranges import fits, named_ranges


def without_idle_patterns(plan: Plan) -> Plan:
    """A changed plan without rows of shapes.csv and drivers.csv that speak of no uncertain number any more.

    In a plan as read such a row is a slip and refused. Here a test or a variant took away what it speaks of: a scheme
    that went, or a number set to one value. A driver of which no row is left stays taken out, so that the model's own
    loadings of it do not come back.
    """
    names = [each.name for each in named_ranges(plan)]

    def speaks(pattern: str) -> bool:
        return any(fits(pattern, name) for name in names)

    shapes = tuple(row for row in plan.shapes if speaks(row.inputs))
    drivers = tuple(row for row in plan.drivers if speaks(row.inputs))
    left = {row.driver for row in drivers}
    drivers += tuple(_taken_out(row for row in plan.drivers if row.driver not in left))
    if (shapes, drivers) == (plan.shapes, plan.drivers):
        return plan
    return with_tables(plan, shapes=shapes, drivers=drivers)


def _taken_out(rows: Iterator[Loading]) -> Iterator[Loading]:
    """One row for each driver, that gives it no share of any number."""
    for row in {row.driver: row for row in rows}.values():
        yield Loading(**{**dict(row), "inputs": "*", "share": 0.0})
