"""Known figures entered as plans: the few rows every plan needs, so that a test states only what matters to it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from tripleaim.plan import Heading, Plan
from tripleaim.plan.money import Allocation, BudgetHead, Index, Side
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import Place, PlaceKind, Projection
from tripleaim.plan.scheme import Category, Effect, EffectKind, Scheme
from tripleaim.plan.source import Printed, Source, SourceKind
from tripleaim.quantities import Range, certain, first_calendar_year

FIGURES = Path(__file__).resolve().parent / "figures"
S = {"source": "known"}
MILLION = 1e6


def figures(name: str) -> dict[str, Any]:
    """One case."""
    found: dict[str, Any] = json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def entered(years: tuple[str, ...], /, source: str = "", **tables: Any) -> Plan:
    """A plan over some years (the first is the opening year) with one place of a thousand people."""
    heading = Heading(
        format=1,
        name="Known answers",
        place="area",
        first_year=years[1],
        years=len(years) - 1,
        price_base=years[0],
        regime="stp-2016",
        version="1",
        dated=f"{first_calendar_year(years[1])}-10-21",
    )
    people = tuple(
        Projection(place="area", year=first_calendar_year(year), age=0, persons=1000.0, **S) for year in years
    )
    rows: dict[str, Any] = {
        "sources": (Source(key="known", kind=SourceKind.PUBLISHED, title=source or "Known figures"),),
        "places": (Place(key="area", name="Area", kind=PlaceKind.FOOTPRINT, **S),),
        "projections": people,
    }
    return Plan(heading=heading, **{**rows, **tables})


def body(key: str, role: Role = Role.COMMISSIONER, **more: Any) -> Organisation:
    """An organisation."""
    return Organisation(key=key, name=key, role=role, place="area", **more, **S)


def cost(key: str, organisation: str, amount: float, **more: Any) -> BudgetHead:
    """A cost head."""
    return BudgetHead(
        key=key, organisation=organisation, name=key, side=Side.COST, pool="other", amount=amount, **more, **S
    )


def given(organisation: str, amounts: dict[str, float], kind: str = "core") -> tuple[Allocation, ...]:
    """Allocations by year."""
    return tuple(Allocation(organisation=organisation, year=y, kind=kind, amount=a, **S) for y, a in amounts.items())


def index(key: str, levels: dict[str, float]) -> tuple[Index, ...]:
    """An index whose level passes through the given amounts, the first year being the opening year."""
    years = list(levels)
    return tuple(
        Index(index=key, year=now, change=certain(levels[now] / levels[before] - 1), **S)
        for before, now in pairwise(years)
    )


def scheme(key: str, start: str, **more: Any) -> Scheme:
    """A scheme that works in full from its first month unless said otherwise."""
    timing = {"ramp": certain(0.0)} | more
    return Scheme(key=key, name=key, gaps=("money",), category=Category.EFFICIENCY, start=start, **timing, **S)


def effect(key: str, of: str, kind: EffectKind, target: str, size: float, **more: Any) -> Effect:
    """An effect with no uncertainty."""
    return Effect(
        key=key, scheme=of, kind=kind, target=target, effect=Range(point=size, low=size, high=size), **more, **S
    )


def printed(key: str, name: str, measure: str, amount: float, **more: Any) -> Printed:
    """A printed figure."""
    return Printed(key=key, name=name, measure=measure, amount=amount, **more, **S)


def april(year: str) -> str:
    """The first month of a financial year."""
    return f"{first_calendar_year(year)}-04"
