"""Plans for tests: those that ship with the program, any small one that holds together, and edits of it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from loading.test_round_trip import KEYS, NUMBERS, RANGES, WORDS, plans
from tripleaim.loading.editing import Change, edited
from tripleaim.loading.numbers import shortest
from tripleaim.plan import Plan

__all__ = ["PLACES", "added", "cell", "edits", "heading", "plans", "removed"]

PLACES = sorted(path for path in (Path(__file__).resolve().parents[2] / "plans").iterdir() if path.is_dir())
LINES = WORDS.map(str.strip).filter(lambda text: not text.startswith("["))


def edits(plan: Plan) -> st.SearchStrategy[Plan]:
    """The plan as somebody may leave it: some names, numbers and lists written anew, schemes added and taken out."""
    return st.lists(_changes(plan), max_size=5).map(lambda each: edited(plan, _sound(plan, sum(each, ()))))


def _changes(plan: Plan) -> st.SearchStrategy[tuple[Change, ...]]:
    lines, schemes = [row.key for row in plan.activity], [row.key for row in plan.schemes]
    line = st.sampled_from(lines)
    found = [
        st.builds(_heading, st.just("version"), WORDS),
        st.builds(_heading, st.just("not_known"), st.lists(LINES, max_size=2).map("\n".join)),
        st.builds(_cell, st.just("activity"), line, st.just("name"), WORDS),
        st.builds(_cell, st.just("activity"), line, st.just("unit_cost"), NUMBERS.map(shortest)),
        st.builds(_range, line, RANGES.map(lambda r: (shortest(r.point), shortest(r.low), shortest(r.high)))),
        st.builds(_new_scheme, KEYS.filter(lambda key: key not in schemes), WORDS),
    ]
    if schemes:
        scheme = st.sampled_from(schemes)
        found.append(st.builds(_cell, st.just("schemes"), scheme, st.sampled_from(["name", "summary"]), WORDS))
        found.append(scheme.map(lambda key: (Change(table="schemes", key=(key,), kind="row removed"),)))
    return st.one_of(found)


def _heading(field: str, text: str) -> tuple[Change, ...]:
    return (Change(table="", field=field, text=text),)


def _cell(table: str, key: str, field: str, text: str) -> tuple[Change, ...]:
    return (Change(table=table, key=(key,), field=field, text=text),)


def _range(key: str, texts: tuple[str, str, str]) -> tuple[Change, ...]:
    names = ("growth", "growth_low", "growth_high")
    return tuple(
        Change(table="activity", key=(key,), field=name, text=text) for name, text in zip(names, texts, strict=True)
    )


def _new_scheme(key: str, name: str) -> tuple[Change, ...]:
    cells = {"name": name, "summary": "New", "gaps": "care", "category": "other", "start": "2016-04", "source": "guess"}
    return (
        Change(table="schemes", key=(key,), kind="row added"),
        *(Change(table="schemes", key=(key,), field=field, text=text) for field, text in cells.items()),
    )


def _sound(plan: Plan, changes: tuple[Change, ...]) -> list[Change]:
    """Changes without those of rows that are taken out by then, or there already."""
    there = {("schemes", (row.key,)) for row in plan.schemes} | {("activity", (row.key,)) for row in plan.activity}
    kept: list[Change] = []
    for change in changes:
        place = (change.table, change.key)
        if change.table and (place in there) == (change.kind == "row added"):
            continue
        if change.kind == "row added":
            there.add(place)
        elif change.kind == "row removed":
            there.discard(place)
        kept.append(change)
    return kept


def cell(table: str, *key: str, **texts: str) -> list[Change]:
    return [Change(table=table, key=key, field=field, text=text) for field, text in texts.items()]


def heading(**texts: str) -> list[Change]:
    return cell("", **texts)


def added(table: str, *key: str, **texts: str) -> list[Change]:
    return [Change(table=table, key=key, kind="row added"), *cell(table, *key, **texts)]


def removed(table: str, *key: str) -> list[Change]:
    return [Change(table=table, key=key, kind="row removed")]
