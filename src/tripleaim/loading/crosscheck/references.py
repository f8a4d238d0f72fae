"""Every name one table uses of another must be there, and the nearest is offered when it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from tripleaim.evidence.library import library
from tripleaim.loading.crosscheck.missing import Missing, Use
from tripleaim.loading.draft import Draft
from tripleaim.loading.nearest import nearest
from tripleaim.plan.agreement import Contract
from tripleaim.plan.choice_limit import LIMITS, ChoiceLimit, Of
from tripleaim.plan.describe import Column, columns
from tripleaim.plan.plan import Heading
from tripleaim.plan.promise import Promise
from tripleaim.plan.scheme import Effect, EffectKind, Scheme
from tripleaim.plan.source import COUNTERPARTS, MODEL_RESULTS, Printed
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import Noun, is_financial_year

LINE_EFFECTS = frozenset(
    {EffectKind.AVOID, EffectKind.SHORTEN, EffectKind.SHIFT, EffectKind.PRODUCTIVITY, EffectKind.STOP, EffectKind.MOVE}
)
"""Kinds of effect that act on an activity line."""

_LIMITED = {
    Of.ANY_ORGANISATION: "organisations",
    Of.ONE_ORGANISATION: "organisations",
    Of.ONE_PLACE: "places",
}
"""What `of` of a limit names → the table it stands in."""

_OUTSIDE = "outside:"


def target_table(kind: EffectKind) -> str:
    """The table whose key an effect of this kind names as its target."""
    if kind in LINE_EFFECTS:
        return "activity"
    return {EffectKind.SAVE: "budgets", EffectKind.INCOME: "organisations", EffectKind.IMPROVE: "indicators"}[kind]


def names_used(draft: Draft) -> None:
    """Every key that is named is there."""
    missing = Missing()
    for form in TABLES:
        for column in columns(form.noun):
            if column.refers_to and (form.noun, column.field) != (Scheme, "excludes"):
                _column(draft, form.noun, column, missing)
    for names in (_targets, _kept_for, _placed, _limited, _footprint):
        names(draft, missing)
    missing.tell(draft)


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
                missing.add(table, key, used, Use(noun, row, column.field, f"a key of {table}.csv"))


def _targets(draft: Draft, missing: Missing) -> None:
    """An effect's target is of the sort its kind asks for."""
    for row, effect in draft.rows(Effect):
        table = target_table(effect.kind)
        if not draft.lacks(table, "key", effect.target):
            continue
        expected = f"{effect.kind.value}: a key of {table}.csv"
        other = next((t for t in _TARGETS if effect.target in draft.keys(t, "key")), None)
        if other is None:
            use = Use(Effect, row, "target", expected, "change the kind of effect")
            missing.add(table, "key", effect.target, use)
            continue
        found = f"{effect.target}, which stands in {other}.csv"
        near = nearest(effect.target, sorted(draft.keys(table, "key")))
        to_fix = f"write {near}" if near else f"write a key of {table}.csv, or change the kind of effect"
        draft.refuse(Effect, row, "target", found, expected, to_fix)


_TARGETS = ("activity", "budgets", "organisations", "indicators")


def _kept_for(draft: Draft, missing: Missing) -> None:
    """Money a payer keeps goes to a body of the plan, to one outside, or stays."""
    for row, contract in draft.rows(Contract):
        use = contract.kept_for
        if use != "none" and not use.startswith(_OUTSIDE) and draft.lacks("organisations", "key", use):
            expected = "none, outside: and a use, or a key of organisations.csv"
            missing.add(
                "organisations",
                "key",
                use,
                Use(Contract, row, "kept_for", expected, "write none where the payer keeps it"),
            )


def _placed(draft: Draft, missing: Missing) -> None:
    """A printed figure is placed with a scheme, a result of the model, or a line or beds where it measures that."""
    for row, figure in draft.rows(Printed):
        name, table = figure.placed_with, COUNTERPARTS.get(figure.measure, "schemes")
        tables = dict.fromkeys((table, "schemes"))
        if name and name not in MODEL_RESULTS and all(draft.lacks(each, "key", name) for each in tables):
            expected = f"one of {', '.join(MODEL_RESULTS)}, or a key of {' or '.join(f'{each}.csv' for each in tables)}"
            near = nearest(name, MODEL_RESULTS)
            to_fix = f"write {near}" if near else "leave it empty: it is then shown as unplaced"
            missing.add(table, "key", name, Use(Printed, row, "placed_with", expected, to_fix))


def _limited(draft: Draft, missing: Missing) -> None:
    """A limit is of an organisation or a place that is there, where its kind has one."""
    for row, limit in draft.rows(ChoiceLimit):
        table = _LIMITED.get(LIMITS[limit.kind].of)
        if table and limit.of and draft.lacks(table, "key", limit.of):
            expected = f"{limit.kind.value}: a key of {table}.csv"
            missing.add(table, "key", limit.of, Use(ChoiceLimit, row, "of", expected))


def _footprint(draft: Draft, missing: Missing) -> None:
    """The plan's own place is one of its places."""
    if draft.heading is not None and draft.lacks("places", "key", draft.heading.place):
        missing.add("places", "key", draft.heading.place, Use(Heading, None, "place", "a key of places.csv"))


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
                            body,
                            "outside: only before bodies that are not in organisations.csv",
                            f"write {body.removeprefix(_OUTSIDE)}",
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
                effect.evidence,
                "a reference of the evidence library, such as I002",
                f"write {near}, or leave it empty" if near else "leave it empty where there is no evidence",
            )


def families(draft: Draft) -> None:
    """A promise of an earlier plan belongs to a family of the library, or speaks of every kind of scheme."""
    for row, promise in draft.rows(Promise):
        if promise.family and promise.family not in _families():
            near = nearest(promise.family, sorted(_families()))
            draft.refuse(
                Promise,
                row,
                "family",
                promise.family,
                "a family of the evidence library, such as care homes",
                f"write {near}" if near else "leave it empty where it speaks of every kind of scheme",
            )


@cache
def _families() -> frozenset[str]:
    return frozenset(entry.category for entry in library())


@cache
def _references() -> frozenset[str]:
    return frozenset(entry.ref for entry in library())


def printed_years(draft: Draft) -> None:
    """A printed figure is of a financial year, where it is of one."""
    for row, figure in draft.rows(Printed):
        if figure.year and not is_financial_year(figure.year):
            draft.refuse(Printed, row, "year", figure.year, "a financial year", "write it like 2016/17")


def circle(links: dict[str, list[str]]) -> list[str]:
    """One circle among links, as the names on the way round, first again at the end; empty when there is none.

    >>> circle({"a": ["b"], "b": ["c"], "c": ["a"]})
    ['a', 'b', 'c', 'a']
    """
    done: set[str] = set()
    for start in links:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[Iterator[str]] = []
        name: str | None = start
        while name is not None or stack:
            if name is not None and name in on_path:
                return [*path[path.index(name) :], name]
            if name is not None and name not in done:
                path.append(name)
                on_path.add(name)
                stack.append(iter(links.get(name, ())))
            if not stack:
                break
            name = next(stack[-1], None)
            if name is None:
                stack.pop()
                done.add(path[-1])
                on_path.discard(path.pop())
    return []


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (names_used, ()),
    (members_outside, ()),
    (evidence, ()),
    (families, ()),
    (printed_years, ()),
)
