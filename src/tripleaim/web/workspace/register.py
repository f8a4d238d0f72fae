"""The register of assumptions: every number of a plan that rests on a judgement, its range, its source, whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tripleaim.loading.plan_texts import FORMS, key_of
from tripleaim.loading.workbook.part import Owners
from tripleaim.plan import sort_rows
from tripleaim.plan.plan import Plan
from tripleaim.plan.source import SourceKind
from tripleaim.quantities import Range
from tripleaim.stress.ranges import NamedRange, named_ranges
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.why.figures import written
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.cells import ASSUMPTIONS, owner_of, row_text
from tripleaim.web.workspace.models import Content

MODEL = "model"
"""Kind of source of a number that the plan leaves to the model."""
KINDS = {
    SourceKind.PUBLISHED.value: "Published",
    SourceKind.DERIVED.value: "Worked out from published figures",
    SourceKind.JUDGED.value: "Somebody’s judgement",
    SourceKind.ILLUSTRATIVE.value: "A placeholder",
    MODEL: "The model’s own",
}
WEAK = frozenset({SourceKind.ILLUSTRATIVE.value, MODEL})
"""Kinds that rest on nobody who could be asked."""


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """One number of the register."""

    name: str
    """Table, key and field, as results of a stress test name it."""
    table: str
    row: str
    field: str
    label: str
    value: str
    """The value in words, with its unit."""
    low: str
    high: str
    """The ends of its range, which holds the truth eight times in ten; empty where none is stated."""
    source: str
    """What it rests on, in words."""
    kind: str
    """A key of KINDS."""
    owner: str | None
    """The key of the organisation that answers for it."""
    says: str
    """Who says so, where the plan names somebody."""
    confidence: str
    """How sure they are: low, middle or high; empty where not said."""
    moved_by: str
    """The name under which a stress test moves it."""
    together: bool = False
    """A stress test moves others with it, which state the same judgement."""

    @property
    def place(self) -> tuple[str, str]:
        """Table and row, for what is kept about either."""
        return self.table, self.row

    @property
    def is_weak(self) -> bool:
        """It rests on nothing that could be looked up, and on nobody who could be asked."""
        return self.kind in WEAK


def register_of(content_id: str) -> tuple[Assumed, ...]:
    """The register of the plan kept under a fingerprint, in order of name. Kept in memory: a content never changes."""
    return _register(content_id)


def plan_at(content_id: str) -> Plan:
    """The plan that is kept under a fingerprint. Kept in memory as well."""
    return _plan(content_id)


@lru_cache(maxsize=16)
def _register(fingerprint: str) -> tuple[Assumed, ...]:
    return register(_plan(fingerprint))


@lru_cache(maxsize=4)
def _plan(fingerprint: str) -> Plan:
    return plan_of(Content.objects.get(pk=fingerprint))


def register(plan: Plan) -> tuple[Assumed, ...]:
    """Every uncertain number of a plan, and every row of its assumptions, in order of name."""
    made = _Maker(plan)
    ranges = [made.of_range(each) for each in named_ranges(plan)]
    seen = {each.place for each in ranges if each.table == ASSUMPTIONS}
    others = [made.of_assumption(row.key) for row in plan.assumptions if (ASSUMPTIONS, row.key) not in seen]
    return tuple(sorted((*others, *ranges), key=lambda each: each.name))


class _Maker:
    """Lays sources, owners and words beside each number of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._sources = {each.key: each for each in plan.sources}
        self._owners = Owners(plan)
        self._rows = {form: sort_rows(form, getattr(plan, form)) for form in FORMS}
        self._stated = {each.key: each for each in plan.assumptions}
        self._moved_by = {
            name: (each.name, len(each.ranges) > 1) for each in uncertainties(plan) for name in each.ranges
        }

    def of_range(self, each: NamedRange) -> Assumed:
        """One range that a stress test draws."""
        table = each.file.removesuffix(".csv")
        row = None if each.row is None else self._rows[table][each.row - 2]
        key = row_text(key_of(FORMS[table], row)) if row is not None else each.name.split("/")[1]
        kind, source = self._source(each.source, stated=row is not None)
        value, low, high = _in_words(each.name, each.unit, each.range)
        moved_by, together = self._moved_by.get(each.name, (each.name, False))
        return Assumed(
            name=each.name,
            table=table,
            row=key,
            field=each.field,
            label=each.label[:1].upper() + each.label[1:],
            value=value,
            low=low,
            high=high,
            source=source,
            kind=kind,
            owner=owner_of(self._plan, table, row, self._owners) if row is not None else None,
            says=getattr(row, "owner", "") if table in (ASSUMPTIONS, "schemes") else "",
            confidence=getattr(row, "confidence", "") if table == ASSUMPTIONS else "",
            moved_by=moved_by,
            together=together,
        )

    def of_assumption(self, key: str) -> Assumed:
        """A row of the assumptions that no stress test draws: it is certain, or nothing in the plan uses it."""
        row = self._stated[key]
        name = f"{ASSUMPTIONS}/{key}/value"
        kind, source = self._source(row.source, stated=True)
        value, low, high = _in_words(name, row.unit, row.value)
        return Assumed(
            name=name,
            table=ASSUMPTIONS,
            row=key,
            field="value",
            label=row.name,
            value=value,
            low=low,
            high=high,
            source=source,
            kind=kind,
            owner=owner_of(self._plan, ASSUMPTIONS, row, self._owners),
            says=row.owner,
            confidence=row.confidence,
            moved_by=name,
        )

    def _source(self, key: str, *, stated: bool) -> tuple[str, str]:
        known = self._sources.get(key) if stated else None
        return (known.kind.value, known.title) if known else (MODEL, key)


def _in_words(name: str, unit: str, value: Range) -> tuple[str, str, str]:
    if value.is_certain:
        return written(name, unit, value.point, width=0.0)[0], "", ""
    point, low, high = written(name, unit, value.point, value.low, value.high, width=value.high - value.low)
    return point, low, high
