"""Search in a place: every word that was typed has to stand in what is found, in any order, in any case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tripleaim.loading.editing import texts_of
from tripleaim.loading.plan_texts import FORMS, key_of
from tripleaim.web.workspace.register import plan_at, register_of
from tripleaim.web.workspace.told.rows import row_name

LONGEST = 200
"""Letters of what is typed that count."""
MOST = 10
"""Things told of one kind."""
BULK = frozenset({"population", "projections", "age_profiles"})
"""Tables of counts, in which nobody looks for words."""
OF_THEIR_OWN = frozenset({"schemes", "organisations", "assumptions"})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that can be found."""

    group: str
    """A key of GROUPS."""
    title: str
    told: str
    """A line about it."""
    page: str
    """Name of its page."""
    parts: tuple[tuple[str, str | int], ...] = ()
    """What its page's address takes."""
    text: str = ""
    """Everything that is looked through, in small letters."""


GROUPS = {
    "schemes": "Schemes",
    "organisations": "Organisations",
    "assumptions": "Assumptions",
    "proposals": "Proposals",
    "challenges": "Challenges",
    "rows": "Rows of the plan’s tables",
    "words": "Words we use",
}
"""Kind of thing → its heading, in the order of the page."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found of one kind: the best few, and how many there are."""

    group: str
    heading: str
    best: tuple[Entry, ...]
    count: int


def entry(group: str, title: str, told: str, page: str, also: str = "", **parts: str | int) -> Entry:
    """Something that can be found by its title, the line about it, and what is said of it besides."""
    text = " ".join((title, told, also)).casefold()
    return Entry(group=group, title=title, told=told, page=page, parts=tuple(parts.items()), text=text)


@lru_cache(maxsize=16)
def of_plan(content_id: str) -> tuple[Entry, ...]:
    """Everything in a plan that can be found. Kept in memory: a content never changes."""
    return tuple(_of_plan(content_id))


def _of_plan(content_id: str) -> Iterator[Entry]:
    plan = plan_at(content_id)
    for scheme in plan.schemes:
        yield entry("schemes", scheme.name, scheme.summary, "scheme", f"{scheme.key} {scheme.owner}", key=scheme.key)
    for body in plan.organisations:
        yield entry("organisations", body.name, body.role.value, "organisation", body.key, key=body.key)
    for each in register_of(content_id):
        if each.table == "assumptions":
            yield entry("assumptions", each.label, each.value, "assumptions", f"{each.source} {each.says} {each.row}")
    for name, form in FORMS.items():
        if name in BULK or name in OF_THEIR_OWN:
            continue
        for row in getattr(plan, name):
            texts, key = texts_of(row), key_of(form, row)
            title = texts.get("name") or texts.get("title") or ", ".join(filter(None, key)).replace("_", " ")
            said = " ".join(texts.values())
            told = f"Table {name.replace('_', ' ')}"
            yield entry("rows", title, told, "row", said, table=name, key=row_name(key))


def words_of(typed: str) -> tuple[str, ...]:
    """What was typed, word by word."""
    return tuple(dict.fromkeys(typed[:LONGEST].casefold().split()))


def found_among(entries: Iterable[Entry], words: Sequence[str]) -> tuple[Found, ...]:
    """What holds all the words, by kind, the best first; nothing for no words."""
    kept: dict[str, list[tuple[int, int, Entry]]] = {group: [] for group in GROUPS}
    if words:
        for number, each in enumerate(entries):
            if all(word in each.text for word in words):
                kept[each.group].append((_rank(each, words), number, each))
    return tuple(
        Found(
            group=group,
            heading=heading,
            best=tuple(each for *_, each in sorted(kept[group], key=lambda one: one[:2])[:MOST]),
            count=len(kept[group]),
        )
        for group, heading in GROUPS.items()
        if kept[group]
    )


def _rank(each: Entry, words: Sequence[str]) -> int:
    """0 where the title begins with what was typed, 1 where it holds all of it, 2 where a part of it, 3 elsewhere."""
    title = each.title.casefold()
    if title.startswith(" ".join(words)):
        return 0
    held = sum(word in title for word in words)
    return 1 if held == len(words) else 2 if held else 3
