"""A plan in which every scheme stands once for each year it may start, so that one recording answers for any choice.

A scheme has no effect before those it needs have theirs, so how it works depends on when they start too. It stands
once for each way: its own start beside a start of everything it needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, product
from math import prod
from typing import Any

from tripleaim.plan import Plan
from tripleaim.plan.scheme import Effect, Posts, Scheme, SchemeCost
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.options import options, starting_later
from tripleaim.projection.axes import Axes, axes
from tripleaim.projection.worlds import Worlds, worlds
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.uncertainty import Uncertainty

MOST_WAYS = 60
"""Ways of one scheme; beyond this it is offered only where it and all it needs are moved alike."""
IDLE = ("actions", "success_factors", "promises", "stated", "own_tests", "own_test_changes", "leadership_hours")
"""Tables that name schemes and move no figure of a run."""


@dataclass(frozen=True, kw_only=True)
class WayToStart:
    """One scheme started in one year, beside one start of each scheme it needs."""

    key: str
    """Its key in the expanded plan, and its name on the menu."""
    scheme: str
    """Key of the scheme."""
    later: int
    """Whole years later than schemes.csv says."""
    beside: tuple[str, ...]
    """Keys of the ways of what it needs, in the order of the needs."""


@dataclass(frozen=True, kw_only=True)
class Expanded:
    """A plan and its expanded form; made by `expanded`."""

    plan: Plan
    """The plan as it stands."""
    whole: Plan
    """The expanded plan. It is for running worlds of it: all of it at once is no plan."""
    ways: tuple[WayToStart, ...]
    """Every scheme of the expanded plan."""
    inputs: tuple[Uncertainty, ...]
    """The uncertain numbers of the plan as it stands, each named wherever it stands in the expanded plan, so that all
    ways of a scheme share its draws.
    """

    @cached_property
    def axes(self) -> Axes:
        """Names along the axes of the expanded plan."""
        return axes(self.whole)

    @cached_property
    def by_key(self) -> dict[str, WayToStart]:
        """The ways by their keys."""
        return {way.key: way for way in self.ways}

    @cached_property
    def _at(self) -> dict[tuple[str, int, tuple[str, ...]], str]:
        return {(way.scheme, way.later, way.beside): way.key for way in self.ways}

    @cached_property
    def _needs(self) -> dict[str, tuple[str, ...]]:
        return {scheme.key: scheme.needs for scheme in self.plan.schemes}

    def keys(self, choice: Mapping[str, int]) -> tuple[str, ...]:
        """Ways that run where some schemes are chosen: key of each → years later.

        raises : KeyError where a scheme, its start, or something it needs is not there
        """
        return tuple(self._way(choice, key) for key in sorted(choice))

    def holds(self, choice: Mapping[str, int]) -> bool:
        """True where a choice can run: every scheme, its start, and all that it needs beside it, is there."""
        try:
            self.keys(choice)
        except KeyError:
            return False
        return True

    def choice(self, keys: Sequence[str]) -> dict[str, int]:
        """Key of each scheme → years later, where some ways run."""
        return {self.by_key[key].scheme: self.by_key[key].later for key in sorted(keys)}

    def worlds(self, choices: Sequence[Mapping[str, int]]) -> Worlds:
        """A world for each choice."""
        return worlds(self.axes, [self.keys(choice) for choice in choices])

    def _way(self, choice: Mapping[str, int], key: str) -> str:
        beside = tuple(self._way(choice, need) for need in self._needs[key])
        return self._at[key, choice[key], beside]


def expanded(plan: Plan, starts: Mapping[str, Sequence[int]]) -> Expanded:
    """A plan in which schemes stand once for each way to start them.

    starts : key of a scheme → years later in which it may start; a scheme that is not named, or needs one that is not,
             is left out. A start that would take it or its money out of the plan's years is left out too.
    """
    rows, fresh = _rows_by_start(plan, starts), _fresh_keys(plan)
    ways = _ways(plan, rows, fresh)
    copies: dict[tuple[str, str], list[str]] = defaultdict(list)
    tables: dict[str, list[Any]] = {"schemes": [], "effects": [], "costs": [], "posts": []}
    for way in ways:
        for table, key, row in _copied(way, rows[way.scheme, way.later], fresh):
            tables[table].append(row)
            copies[table, key].append(row.scheme if table == "posts" else row.key)
    empty: dict[str, tuple[Any, ...]] = dict.fromkeys(IDLE, ())
    whole = with_tables(plan, **empty, **{name: tuple(found) for name, found in tables.items()})
    return Expanded(plan=plan, whole=whole, ways=ways, inputs=_inputs(plan, copies))


def every_start(plan: Plan) -> dict[str, tuple[int, ...]]:
    """Key of each scheme → years later in which it could start, offered or not."""
    found: dict[str, tuple[int, ...]] = {}
    for option in options(plan):
        found[option.scheme] = (*found.get(option.scheme, ()), option.later)
    return found


@dataclass(frozen=True, kw_only=True)
class _Rows:
    scheme: Scheme
    effects: tuple[Effect, ...]
    costs: tuple[SchemeCost, ...]
    posts: tuple[Posts, ...]


def _rows_by_start(plan: Plan, starts: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], _Rows]:
    """Scheme and years later → all of the scheme's rows, moved."""
    found = {}
    for later in sorted({each for own in starts.values() for each in own}):
        moved = starting_later(plan, {key: later for key, own in starts.items() if later in own})
        for scheme in moved.schemes:
            if later in starts.get(scheme.key, ()):
                found[scheme.key, later] = _Rows(
                    scheme=scheme,
                    effects=tuple(row for row in moved.effects if row.scheme == scheme.key),
                    costs=tuple(row for row in moved.costs if row.scheme == scheme.key),
                    posts=tuple(row for row in moved.posts if row.scheme == scheme.key),
                )
    return found


def _fresh_keys(plan: Plan) -> Iterator[str]:
    """Keys that no row of the plan has."""
    taken = {row.key for table in (plan.schemes, plan.effects, plan.costs) for row in table}
    mark = "-"
    while any(key.startswith(mark) for key in taken):
        mark += "-"
    return (f"{mark}{n}" for n in count())


def _ways(plan: Plan, rows: Mapping[tuple[str, int], _Rows], fresh: Iterator[str]) -> tuple[WayToStart, ...]:
    """Every way of every scheme; the first of a scheme has the scheme's own key."""
    needs = {scheme.key: scheme.needs for scheme in plan.schemes}
    years: dict[str, list[int]] = defaultdict(list)
    for key, later in rows:
        years[key].append(later)
    found: dict[str, list[WayToStart]] = {}

    def of(scheme: str) -> list[WayToStart]:
        if scheme not in found:
            starts = enumerate(_starts(years[scheme], [of(need) for need in needs[scheme]]))
            found[scheme] = [
                WayToStart(key=next(fresh) if n else scheme, scheme=scheme, later=later, beside=beside)
                for n, (later, beside) in starts
            ]
        return found[scheme]

    return tuple(way for scheme in sorted(needs) for way in of(scheme))


def _starts(own: list[int], needed: list[list[WayToStart]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Years later of a scheme beside ways of what it needs; where there are too many, only those moved alike."""
    ways = len(own) * prod(len(each) for each in needed)
    for later in own:
        for beside in product(*needed):
            if ways <= MOST_WAYS or all(way.later == later for way in beside):
                yield later, tuple(way.key for way in beside)


def _copied(way: WayToStart, rows: _Rows, fresh: Iterator[str]) -> Iterator[tuple[str, str, Any]]:
    """Table, the key its row had, and the row as it stands for one way."""
    own = {"key": way.key, "needs": way.beside, "excludes": (), "overlaps": ()}
    yield "schemes", way.scheme, Scheme(**{**dict(rows.scheme), **own})
    for table, found in (("effects", rows.effects), ("costs", rows.costs)):
        for row in found:
            key = row.key if way.key == way.scheme else next(fresh)
            yield table, row.key, type(row)(**{**dict(row), "key": key, "scheme": way.key})
    for posts in rows.posts:
        yield "posts", way.scheme, Posts(**{**dict(posts), "scheme": way.key})


def _inputs(plan: Plan, copies: Mapping[tuple[str, str], Sequence[str]]) -> tuple[Uncertainty, ...]:
    return tuple(
        replace(each, ranges=tuple(new for name in each.ranges for new in _names(name, copies)))
        for each in uncertainties(plan)
    )


def _names(name: str, copies: Mapping[tuple[str, str], Sequence[str]]) -> list[str]:
    """Where a range of the plan stands in the expanded plan: once for each way of its scheme."""
    table, _, rest = name.partition("/")
    if table not in ("schemes", "effects"):
        return [name]
    key, _, field = rest.rpartition("/")
    return [f"{table}/{new}/{field}" for new in copies.get((table, key), ())]
