"""Every name one table uses of another must be there, and the nearest is offered when it is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tripleaim.evidence.library import library
from tripleaim.loading.draft import FORM, Draft
from tripleaim.loading.nearest import listed, nearest
from tripleaim.plan.describe import Column, columns
from tripleaim.plan.plan import Heading
from tripleaim.plan.scheme import Effect, EffectKind, Scheme
from tripleaim.plan.source import COUNTERPARTS, MODEL_RESULTS, Printed
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


@dataclass(frozen=True)
class Use:
    """One place that names a key: the row and field, and what is expected there."""

    noun: type[Noun]
    row: int
    field: str
    expected: str


Missing = dict[tuple[str, str, str], list[Use]]
"""Keys that are named and not there, by table, key column and key, with every use of each."""


def names_used(draft: Draft) -> None:
    """Every key that is named is there. What follows from one missing key is told as one problem."""
    missing: Missing = defaultdict(list)
    for form in TABLES:
        for column in columns(form.noun):
            if column.refers_to and (form.noun, column.field) != (Scheme, "excludes"):
                _column(draft, form.noun, column, missing)
    _targets(draft, missing)
    for (table, key, name), uses in missing.items():
        if len(uses) == 1:
            _refuse_use(draft, table, key, name, uses[0])
            continue
        _refuse_key(draft, table, key, name, uses)
        draft.partial.add(table)  # a row of it is not there, so what else follows from that is not told
        if len({use.noun for use in uses}) == 1:
            draft.partial.add(FORM[uses[0].noun].name)  # perhaps its name for it is wrong throughout


def _column(draft: Draft, noun: type[Noun], column: Column, missing: Missing) -> None:
    table, key = column.refers_to or ("", "")
    if table in draft.unseen:
        return
    known = draft.keys(table, key)
    for row, record in draft.rows(noun):
        value = getattr(record, column.field)
        if value in known or not value:
            continue
        for used in value if isinstance(value, tuple) else (value,):
            if used not in known and not used.startswith(_OUTSIDE):
                missing[table, key, used].append(Use(noun, row, column.field, f"a key of {table}.csv"))


def _targets(draft: Draft, missing: Missing) -> None:
    """An effect's target is of the sort its kind asks for."""
    for row, effect in draft.rows(Effect):
        table = target_table(effect.kind)
        if not draft.lacks(table, "key", effect.target):
            continue
        expected = f"{effect.kind.value}: a key of {table}.csv"
        other = next((t for t in _TARGETS if effect.target in draft.keys(t, "key")), None)
        if other is None:
            missing[table, "key", effect.target].append(Use(Effect, row, "target", expected))
            continue
        found = f"{effect.target}, which stands in {other}.csv"
        near = nearest(effect.target, sorted(draft.keys(table, "key")))
        to_fix = f"write {near}" if near else f"write a key of {table}.csv, or change the kind of effect"
        draft.refuse(Effect, row, "target", found=found, expected=expected, to_fix=to_fix)


_TARGETS = ("activity", "budgets", "organisations", "indicators")


def _refuse_use(draft: Draft, table: str, key: str, name: str, use: Use) -> None:
    known = sorted(draft.keys(table, key))
    near = nearest(name, known)
    to_fix = f"write {near}, or add {name} to {table}.csv" if near else f"add {name} to {table}.csv"
    expected = use.expected + (f": {listed(known, 8)}" if known else ", which has none yet")
    draft.refuse(use.noun, use.row, use.field, found=name, expected=expected, to_fix=to_fix)


def _refuse_key(draft: Draft, table: str, key: str, name: str, uses: list[Use]) -> None:
    known = sorted(draft.keys(table, key))
    near = nearest(name, known)
    rows: dict[str, list[int]] = defaultdict(list)
    for use in uses:
        rows[f"{FORM[use.noun].file}, {use.field}"].append(use.row)
    where = "; ".join(f"{place} ({_rows(at)})" for place, at in rows.items())
    count = len({(use.noun, use.row) for use in uses})
    draft.problems.add(
        f"{table}.csv",
        None,
        key,
        found=f"no {key} {name}, which {count} rows name",
        expected=f"a row for it, because it is named in {where}",
        to_fix=f"add the row {name} to {table}.csv, or " + (f"write {near} there" if near else "take it out there"),
    )


def _rows(numbers: list[int], most: int = 3) -> str:
    first = ", ".join(map(str, numbers[:most]))
    if len(numbers) > most:
        return f"rows {first} …, {len(numbers)} in all"
    return f"rows {first}" if len(numbers) > 1 else f"row {first}"


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
    """A printed figure is placed with a scheme, a result of the model, or a line or beds where it measures that."""
    for row, figure in draft.rows(Printed):
        tables = ["schemes", *([COUNTERPARTS[figure.measure]] if figure.measure in COUNTERPARTS else [])]
        known = [*(key for table in tables for key in sorted(draft.keys(table, "key"))), *MODEL_RESULTS]
        if figure.placed_with and figure.placed_with not in known and draft.unseen.isdisjoint(tables):
            near = nearest(figure.placed_with, known)
            keys = " or of ".join(f"{table}.csv" for table in tables)
            draft.refuse(
                Printed,
                row,
                "placed_with",
                found=figure.placed_with,
                expected=f"a key of {keys}, or one of {', '.join(MODEL_RESULTS)}",
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
    (evidence, ()),
    (placed, ()),
    (heading_place, (Heading,)),
)
