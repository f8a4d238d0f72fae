"""Two people changed the same plan: what both did, field by field, and what only they can settle between them.

A field is what people decide about: a number with its low and high is one field, and so is a list. Everything one side
alone changed is kept; a field both changed differently, or a row one took out and the other changed, is a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal
from urllib.parse import quote

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.editing import Change, changes_between, edited, texts_of
from tripleaim.loading.plan_texts import FORMS, key_of
from tripleaim.loading.row_problems import HEADING_TABLE, Key, RowProblem, called
from tripleaim.plan.describe import HEADING, columns
from tripleaim.plan.plan import Heading, Plan
from tripleaim.quantities import Noun

_Place = tuple[str, Key]

_RANGE = re.compile(r"\s*(\S.*?)\s*\(\s*(.*?)\s+to\s+(.*?)\s*\)\s*")
_OFFERED = "ours, theirs, or another text"
_CHOOSE = "choose one of the two, or write what is to stand there"
WHOLE_ROW = ""
"""The field of a conflict about whether a row is there at all."""


@dataclass(frozen=True)
class Written:
    """A text that settles a conflict otherwise than either side; a range as it is told: 0.1 (0.05 to 0.2)."""

    text: str


Choice = Literal["ours", "theirs"] | Written


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One field both sides changed differently; `field` is "" where one side took out a row the other changed.

    `base`, `ours` and `theirs` say what each has, a range with its low and high. Of a row they say its key, or what was
    changed in it; None where the row is not there.
    """

    table: str
    key: Key
    field: str
    base: str | None
    ours: str | None
    theirs: str | None

    @property
    def id(self) -> str:
        """A name for the conflict that stays the same while its place does."""
        return _name(self.table, self.key, self.field)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The changes that are in the result: those of one side alone, and those both made alike."""

    ours: tuple[Change, ...] = ()
    theirs: tuple[Change, ...] = ()
    both: tuple[Change, ...] = ()

    @property
    def all(self) -> tuple[Change, ...]:
        """Every change, in an order in which they can be made: rows both added come before what one wrote in them."""
        return (*self.both, *self.ours, *self.theirs)


@dataclass(frozen=True, kw_only=True)
class Merged:
    """Two sides together: the plan, or why there is none yet.

    plan      : None while there are conflicts, or problems
    conflicts : what has to be settled
    taken     : every change that is no part of a conflict
    problems  : what does not hold between the changes of both sides, though it does within each; looked for only where
                there are no conflicts
    """

    plan: Plan | None
    conflicts: tuple[Conflict, ...]
    taken: Taken
    problems: tuple[Problem, ...] = ()


def merged(base: Plan, ours: Plan, theirs: Plan) -> Merged:
    """What both sides made of one plan, together."""
    disputes, taken = _compared(base, ours, theirs)
    conflicts = tuple(dispute.conflict for dispute in disputes)
    if conflicts:
        return Merged(plan=None, conflicts=conflicts, taken=taken)
    try:
        plan = edited(base, taken.all)
    except PlanProblems as refusal:
        return Merged(plan=None, conflicts=(), taken=taken, problems=refusal.problems)
    return Merged(plan=plan, conflicts=(), taken=taken)


def settled(base: Plan, ours: Plan, theirs: Plan, choices: Mapping[str, Choice]) -> Plan:
    """The plan of both sides with every conflict settled.

    choices : by the `id` of each conflict: "ours", "theirs", or what is written instead
    raises  : PlanProblems for a conflict without a choice, a choice without a conflict, and for what does not hold in
              the plan that comes of it; all of one kind at once
    """
    disputes, taken = _compared(base, ours, theirs)
    problems = [*_not_settled(disputes, choices)]
    if problems:
        raise PlanProblems(problems)
    chosen = (change for each in disputes for change in each.settled_by(choices[each.conflict.id]))
    return edited(base, chain(taken.all, chosen))


# --- what each side did to a row ---


@dataclass(frozen=True)
class _Dispute:
    """A conflict, and the changes of each side it is about."""

    conflict: Conflict
    ours: tuple[Change, ...]
    theirs: tuple[Change, ...]

    def settled_by(self, choice: Choice) -> tuple[Change, ...]:
        if isinstance(choice, Written):
            conflict = self.conflict
            names = _columns_of(conflict.table, conflict.field)
            texts = _texts(choice.text, len(names))
            return tuple(
                Change(table=conflict.table, key=conflict.key, field=name, text=text)
                for name, text in zip(names, texts, strict=True)
            )
        return self.ours if choice == "ours" else self.theirs


class _Row:
    """What one side did to one row: took it out, added it, or changed some of its fields."""

    def __init__(self) -> None:
        self.there: tuple[Change, ...] = ()
        self.fields: dict[str, tuple[Change, ...]] = {}

    def note(self, change: Change) -> None:
        if change.field:
            field = _field_of(change)
            self.fields[field] = (*self.fields.get(field, ()), change)
        else:
            self.there = (change,)

    @property
    def is_removed(self) -> bool:
        return any(change.kind == "row removed" for change in self.there)

    @property
    def changes(self) -> tuple[Change, ...]:
        return (*self.there, *chain.from_iterable(self.fields.values()))


def _compared(base: Plan, ours: Plan, theirs: Plan) -> tuple[list[_Dispute], Taken]:
    """What the sides dispute, and what can be taken from each."""
    mine, other = _rows(changes_between(base, ours)), _rows(changes_between(base, theirs))
    texts = _Texts(base), _Texts(ours), _Texts(theirs)
    disputes: list[_Dispute] = []
    from_ours: list[Change] = []
    from_theirs: list[Change] = []
    from_both: list[Change] = []
    for place in dict.fromkeys((*mine, *other)):
        one, two = mine.get(place, _Row()), other.get(place, _Row())
        if one.is_removed != two.is_removed and one.changes and two.changes:
            conflict = _row_conflict(place, one, two, texts)
            disputes.append(_Dispute(conflict, one.changes, two.changes))
            continue
        _part(one.there, two.there, from_ours, from_theirs, from_both)
        for field in dict.fromkeys((*one.fields, *two.fields)):
            a, b = one.fields.get(field, ()), two.fields.get(field, ())
            if a and b and a != b:
                disputes.append(_Dispute(_field_conflict(place, field, texts), a, b))
            else:
                _part(a, b, from_ours, from_theirs, from_both)
    return disputes, Taken(ours=tuple(from_ours), theirs=tuple(from_theirs), both=tuple(from_both))


def _part(
    one: tuple[Change, ...], two: tuple[Change, ...], ours: list[Change], theirs: list[Change], both: list[Change]
) -> None:
    """Note changes that are not disputed by whose they are."""
    (both if one == two else ours if one else theirs).extend(one or two)


def _rows(changes: Iterable[Change]) -> dict[_Place, _Row]:
    found: dict[_Place, _Row] = {}
    for change in changes:
        found.setdefault((change.table, change.key), _Row()).note(change)
    return found


# --- conflicts, as people read them ---


class _Texts:
    """What stands in the rows of a plan, by table and key; a table is looked through when it is first asked for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rows: dict[str, dict[Key, Noun]] = {}

    def field(self, place: _Place, field: str) -> str | None:
        """What a field says, a range with its low and high; None where there is no such row."""
        row = self._row(place)
        if row is None:
            return None
        texts = texts_of(row)
        point, *ends = (texts[name] for name in _columns_of(place[0], field))
        return f"{point} ({' to '.join(ends)})" if any(ends) else point

    def _row(self, place: _Place) -> Noun | None:
        table, key = place
        if table == HEADING_TABLE:
            return self._plan.heading
        if table not in self._rows:
            form = FORMS[table]
            self._rows[table] = {key_of(form, row): row for row in getattr(self._plan, table)}
        return self._rows[table].get(key)


def _field_conflict(place: _Place, field: str, texts: tuple[_Texts, _Texts, _Texts]) -> Conflict:
    base, ours, theirs = (each.field(place, field) for each in texts)
    return Conflict(table=place[0], key=place[1], field=field, base=base, ours=ours, theirs=theirs)


def _row_conflict(place: _Place, one: _Row, two: _Row, texts: tuple[_Texts, _Texts, _Texts]) -> Conflict:
    base, ours, theirs = texts
    return Conflict(
        table=place[0],
        key=place[1],
        field=WHOLE_ROW,
        base=", ".join(part for part in place[1] if part),
        ours=None if one.is_removed else _told(place, one, base, ours),
        theirs=None if two.is_removed else _told(place, two, base, theirs),
    )


def _told(place: _Place, row: _Row, before: _Texts, after: _Texts) -> str:
    """What was changed in a row, in one line."""
    pairs = ((field, before.field(place, field), after.field(place, field)) for field in row.fields)
    return "; ".join(f"{field}: {old or '(empty)'} → {new or '(empty)'}" for field, old, new in pairs)


def _name(table: str, key: Key, field: str) -> str:
    return "/".join(quote(part, safe="") for part in (table or HEADING, *key, field))


@cache
def _field_by_column(table: str) -> dict[str, str]:
    noun = FORMS[table].noun if table else Heading
    return {name: column.field for column in columns(noun) for name in column.names}


def _field_of(change: Change) -> str:
    return _field_by_column(change.table)[change.field]


def _columns_of(table: str, field: str) -> tuple[str, ...]:
    return tuple(name for name, of in _field_by_column(table).items() if of == field)


def _texts(text: str, count: int) -> tuple[str, ...]:
    """The texts of the cells of one field, from the one text it is told by."""
    if count == 1:
        return (text,)
    found = _RANGE.fullmatch(text)
    return found.groups() if found else (text, *[""] * (count - 1))


# --- choices ---


def _not_settled(disputes: Iterable[_Dispute], choices: Mapping[str, Choice]) -> Iterator[Problem]:
    left = dict(choices)
    for dispute in disputes:
        conflict = dispute.conflict
        choice = left.pop(conflict.id, None)
        if choice is None:
            yield _problem(
                conflict, "nothing chosen", _OFFERED, "choose one of the two, or write what is to stand there"
            )
        elif conflict.field == WHOLE_ROW and choice not in ("ours", "theirs"):
            yield _problem(conflict, "a text for a whole row", "ours or theirs", "choose one of the two")
        elif not isinstance(choice, Written) and choice not in ("ours", "theirs"):
            yield _problem(conflict, str(choice), _OFFERED, _CHOOSE)
    for name in left:
        yield Problem(
            file="choices",
            field=name,
            found="a choice for what is not disputed any more",
            expected="choices for the conflicts there are now",
            to_fix="look at the conflicts again and choose anew; nothing was changed",
        )


def _problem(conflict: Conflict, found: str, expected: str, to_fix: str) -> RowProblem:
    return RowProblem(
        file=called(conflict.table),
        table=conflict.table,
        key=conflict.key,
        field=conflict.field or None,
        found=found,
        expected=expected,
        to_fix=to_fix,
    )
