"""Does a provider lose more income by avoided care than it can stop spending?"""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.incentives.books import Books, books
from tripleaim.incentives.record import MarginTest
from tripleaim.plan import Plan
from tripleaim.projection.axes import axes
from tripleaim.projection.project import run_worlds
from tripleaim.projection.worlds import SMOOTH, worlds

LEAST = 0.001
"""Share of a provider's care, at its price, that a scheme must avoid for a test to say anything."""


def margins(plan: Plan, schemes: Sequence[str]) -> tuple[MarginTest, ...]:
    """Every provider of which a scheme asks for less care, in the last year; each scheme alone, wards as fractions."""
    of = books(run_worlds(plan, worlds(axes(plan), [(), *[(key,) for key in schemes]]), base=SMOOTH))
    providers = sorted({provider for _, provider in of.pairs})
    tests = (_margin(of, provider, key, n + 1) for n, key in enumerate(schemes) for provider in providers)
    return tuple(test for test in tests if test)


def _margin(of: Books, provider: str, scheme: str, world: int) -> MarginTest | None:
    own = [n for n, pair in enumerate(of.pairs) if pair[1] == provider]
    volume, today, cost = (each[own, -1].sum(axis=0) for each in (of.volume, of.today, of.cost))
    avoided = float(volume[0] - volume[world])
    if avoided <= LEAST * float(volume[0]):
        return None
    paid, released = float(today[0] - today[world]) / avoided, float(cost[0] - cost[world]) / avoided
    return MarginTest(scheme=scheme, provider=provider, paid=paid, released=released, holds=paid <= released)
