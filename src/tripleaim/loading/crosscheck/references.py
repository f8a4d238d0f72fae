"""Every name one table uses of another must be there, and the nearest is offered when it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from tripleaim.evidence.library import library
from tripleaim.loading.draft import Draft
from tripleaim.loading.nearest import listed, nearest
from tripleaim.plan.describe import Column, columns
from tripleaim.plan.plan import Heading
from tripleaim.plan.scheme import Effect, EffectKind, Scheme
from tripleaim.plan.source import MODEL_RESULTS, Printed
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import Noun

LINE_EFFECTS = frozenset(
    {EffectKind.AVOID, EffectKind.SHORTEN, EffectKind.SHIFT, EffectKind.PRODUCTIVITY, EffectKind.STOP, EffectKind.MOVE}
)
"""Kinds of effect that act on an activity line."""

_OUTSIDE = "outside:"


def target_table(kind: EffectKind) -> str:
    """The table whose key an effect of this kind names as its target."""
    if kind in LINE_EFFECTS:
        return "activity"
    return {EffectKind.SAVE: "budgets", EffectKind.INCOME: "organisations", EffectKind.IMPROVE: "indicators"}[kind]


def names_used(draft: Draft) -> None:
    """Every reference that a field's unit states."""
    for form in TABLES:
        for column in columns(form.noun):
            if column.refers_to and (form.noun, column.field) != (Scheme, "excludes"):
                _column(draft, form.noun, column, *column.refers_to)


def _column(draft: Draft, noun: type[Noun], column: Column, table: str, key: str) -> None:
    if table in draft.unseen:
        return
    known = draft.keys(table, key)
    name = column.field
    for row, record in draft.rows(noun):
        value = getattr(record, name)
        if value in known or not value:
            continue
        for used in value if isinstance(value, tuple) else (value,):
            if used not in known and not used.startswith(_OUTSIDE):
                _unknown(draft, noun, row, name, used, table, known)


def _unknown(draft: Draft, noun: type[Noun], row: int, name: str, used: str, table: str, known: set[str]) -> None:
    near = nearest(used, sorted(known))
    to_fix = f"write {near}, or add {used} to {table}.csv" if near else f"add {used} to {table}.csv"
    some = f": {listed(sorted(known), 8)}" if known else ", which has none yet"
    draft.refuse(noun, row, name, found=used, expected=f"a key of {table}.csv{some}", to_fix=to_fix)


def members_outside(draft: Draft) -> None:
    """A body written `outside:` must not be an organisation of the plan."""
    inside = draft.keys("organisations", "key")
    for form in TABLES:
        for column in columns(form.noun):
            if column.kind == "body":
                for row, record in draft.rows(form.noun):
                    body = getattr(record, column.field)
                    if body.startswith(_OUTSIDE) and body.removeprefix(_OUTSIDE) in inside:
                        draft.refuse(
                            form.noun,
                            row,
                            column.field,
                            found=body,
                            expected="outside: only before bodies that are not in organisations.csv",
                            to_fix=f"write {body.removeprefix(_OUTSIDE)}",
                        )


def targets(draft: Draft) -> None:
    """An effect's target is of the sort its kind asks for."""
    for row, effect in draft.rows(Effect):
        table = target_table(effect.kind)
        known = draft.keys(table, "key")
        if not draft.lacks(table, "key", effect.target):
            continue
        other = next((t for t in _TARGETS if effect.target in draft.keys(t, "key")), None)
        near = nearest(effect.target, sorted(known))
        found = f"{effect.target}" + (f", which stands in {other}.csv" if other else "")
        to_fix = f"write {near}" if near else f"write a key of {table}.csv, or change the kind of effect"
        draft.refuse(
            Effect, row, "target", found=found, expected=f"{effect.kind.value}: a key of {table}.csv", to_fix=to_fix
        )


_TARGETS = ("activity", "budgets", "organisations", "indicators")


def evidence(draft: Draft) -> None:
    """An evidence reference is a row of the library."""
    for row, effect in draft.rows(Effect):
        if effect.evidence and effect.evidence not in _references():
            upper = effect.evidence.strip().upper()
            near = upper if upper in _references() else nearest(upper, sorted(_references()))
            draft.refuse(
                Effect,
                row,
                "evidence",
                found=effect.evidence,
                expected="a reference of the evidence library, such as I002",
                to_fix=f"write {near}, or leave it empty" if near else "leave it empty where there is no evidence",
            )


@cache
def _references() -> frozenset[str]:
    return frozenset(entry.ref for entry in library())


def placed(draft: Draft) -> None:
    """A printed figure is placed with a scheme or a result of the model."""
    known = [*sorted(draft.keys("schemes", "key")), *MODEL_RESULTS]
    for row, figure in draft.rows(Printed):
        if figure.placed_with and figure.placed_with not in known and "schemes" not in draft.unseen:
            near = nearest(figure.placed_with, known)
            draft.refuse(
                Printed,
                row,
                "placed_with",
                found=figure.placed_with,
                expected=f"a key of schemes.csv, or one of {', '.join(MODEL_RESULTS)}",
                to_fix=f"write {near}" if near else "leave it empty: it is then shown as unplaced",
            )
        if figure.year and not re.fullmatch(r"\d{4}/\d{2}", figure.year):
            draft.refuse(
                Printed, row, "year", found=figure.year, expected="a financial year", to_fix="write it like 2016/17"
            )


def heading_place(draft: Draft) -> None:
    """The plan's own place is one of its places."""
    known = draft.keys("places", "key")
    if draft.lacks("places", "key", draft.stated.place):
        near = nearest(draft.stated.place, sorted(known))
        draft.problems.add(
            "plan.toml",
            None,
            "place",
            found=draft.stated.place,
            expected="a key of places.csv",
            to_fix=f"write {near}" if near else f"add {draft.stated.place} to places.csv",
        )


def circle(links: dict[str, list[str]]) -> list[str]:
    """One circle among links, as the names on the way round, first again at the end; empty when there is none.

    >>> circle({"a": ["b"], "b": ["c"], "c": ["a"]})
    ['a', 'b', 'c', 'a']
    """
    done: set[str] = set()
    for start in links:
        path: list[str] = []
        stack: list[Iterator[str]] = []
        name: str | None = start
        while name is not None or stack:
            if name is not None and name in path:
                return [*path[path.index(name) :], name]
            if name is not None and name not in done:
                path.append(name)
                stack.append(iter(links.get(name, ())))
            if not stack:
                break
            name = next(stack[-1], None)
            if name is None:
                stack.pop()
                done.add(path.pop())
    return []


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (names_used, ()),
    (members_outside, ()),
    (targets, ()),
    (evidence, ()),
    (placed, ()),
    (heading_place, (Heading,)),
)
