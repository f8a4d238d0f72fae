"""Every range of a plan under a name that lasts: table, key and field, whatever the order of the rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tripleaim.plan import TABLES, Plan, sort_rows
from tripleaim.plan.assumptions import KNOWN, WIDE
from tripleaim.plan.describe import columns
from tripleaim.plan.scheme import EFFECT_BOUNDS, Effect
from tripleaim.projection.values import assumption_name, input_name
from tripleaim.quantities import Noun, Range
from tripleaim.stress.idle import idle_assumptions
from tripleaim.stress.subjects import subject

_UNBOUNDED = float("inf")


@dataclass(frozen=True, kw_only=True)
class NamedRange:
    """One uncertain number: its name, what it is in a planner's words, its range and the bounds of its field."""

    name: str
    label: str
    unit: str
    range: Range
    at_least: float
    at_most: float
    source: str
    """Key of sources.csv; for a default of the model, what it rests on in words."""
    file: str
    """File of the plan it stands in, or may be written in."""
    row: int | None
    """Row of that file, as it is written; None for a default of the model."""
    field: str
    subject: str
    """What it speaks of, where other rows may state the same judgement; else empty."""


def named_ranges(plan: Plan) -> tuple[NamedRange, ...]:
    """Every range of a plan that has width, and the model-wide ones, in order of name.

    An assumption that the model does not know, or that nothing in the plan makes use of, moves no result and is left
    out.
    """
    found = [*_of_tables(plan), *_of_assumptions(plan)]
    return tuple(sorted((each for each in found if not each.range.is_certain), key=lambda each: each.name))


def fits(pattern: str, name: str) -> bool:
    """True when a name is that of a pattern, in which `*` stands for any letters, none included.

    >>> fits("workforce/*/leavers", "workforce/marsh_infirmary/nurses/leavers")
    True
    """
    return _expression(pattern).fullmatch(name) is not None


@lru_cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))))


def _of_tables(plan: Plan) -> Iterator[NamedRange]:
    words = _Words(plan)
    for form in TABLES:
        if form.name == "assumptions":
            continue
        fields = [column for column in columns(form.noun) if column.is_range]
        for number, row in enumerate(sort_rows(form.name, getattr(plan, form.name)) if fields else (), 2):
            for column in fields:
                value = getattr(row, column.field)
                if value is not None:
                    least, most = _bounds(row, column.field, column.statement.at_least, column.statement.at_most)
                    yield NamedRange(
                        name=input_name(row, column.field),
                        label=words.label(form.name, column.field, row),
                        unit=column.statement.unit,
                        range=value,
                        at_least=least,
                        at_most=most,
                        source=row.source,
                        file=form.file,
                        row=number,
                        field=column.field,
                        subject=subject(form.name, column.field, row),
                    )


def _bounds(row: Noun, field: str, least: float | None, most: float | None) -> tuple[float, float]:
    if isinstance(row, Effect) and field == "effect":
        return EFFECT_BOUNDS[row.kind]
    return -_UNBOUNDED if least is None else least, _UNBOUNDED if most is None else most


def _of_assumptions(plan: Plan) -> Iterator[NamedRange]:
    stated = {row.key: (number, row) for number, row in enumerate(sort_rows("assumptions", plan.assumptions), 2)}
    idle = idle_assumptions(plan)
    for known in (each for each in (*KNOWN, *WIDE) if each.key not in idle):
        number, row = stated.get(known.key, (None, None))
        yield NamedRange(
            name=assumption_name(known.key),
            label=_lower_first(known.name),
            unit=known.unit,
            range=known.default if row is None else row.value,
            at_least=known.at_least,
            at_most=known.at_most,
            source=known.rests_on if row is None else row.source,
            file="assumptions.csv",
            row=number,
            field="value",
            subject="",
        )


WORDS: dict[str, str] = {
    "activity/growth": "growth of {name}",
    "activity/growth_share": "share of the average cost that growth adds, {name}",
    "activity/release_share": "share of the average cost set free by falling use, {name}",
    "capacity/target_occupancy": "share of beds that may safely be full, {name}",
    "budgets/growth": "growth of {name}, {organisation}",
    "indices/change": "change of {index} prices in {year}",
    "tariffs/inflation": "uplift of the {tariff} price list for costs in {year}",
    "tariffs/efficiency": "efficiency factor of the {tariff} price list in {year}",
    "workforce/leavers": "share of {group} who leave in a year, {organisation}",
    "workforce/joiners": "{group} who join in a year, {organisation}",
    "schemes/delay": "months from the start of {name} to its first effect",
    "schemes/ramp": "months from first to full effect of {name}",
    "effects/effect": "effect of {scheme} on {target}, in those treated",
    "effects/eligible": "share of {target} that {scheme} is meant for",
    "effects/uptake": "share of those people reached by {scheme}, {target}",
    "effects/fidelity": "how fully {scheme} is carried out, {target}",
    "effects/ratio": "care given elsewhere for each unit moved by {scheme}, {target}",
    "indicators/trend": "drift of {name} if nobody acts",
}
"""Table and field → the label of one range; words in brackets are fields of its row, keys told by their names."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NAMED: tuple[str, ...] = ("organisations", "schemes", "activity", "budgets", "indicators")
"""Tables whose rows have a name that a field may be told by."""


class _Words:
    """Labels in a planner's words: names instead of keys."""

    def __init__(self, plan: Plan) -> None:
        self._names: dict[str, dict[str, str]] = {
            table: {row.key: row.name for row in getattr(plan, table)} for table in _NAMED
        }
        self._by_field: dict[str, Callable[[str], str]] = {
            "name": str,
            "year": str,
            "organisation": lambda key: self._name(key, "organisations"),
            "scheme": lambda key: self._name(key, "schemes"),
            "target": lambda key: self._name(key, "activity", "budgets", "indicators", "organisations"),
        }

    def label(self, table: str, field: str, row: Noun) -> str:
        """The label of one range of one row."""
        return _PLACEHOLDER.sub(
            lambda found: self._word(found[1], str(getattr(row, found[1]))), WORDS[f"{table}/{field}"]
        )

    def _word(self, field: str, value: str) -> str:
        return self._by_field.get(field, _in_words)(value)

    def _name(self, key: str, *tables: str) -> str:
        return next((self._names[table][key] for table in tables if key in self._names[table]), _in_words(key))


def _in_words(key: str) -> str:
    return key.replace("_", " ")


def _lower_first(text: str) -> str:
    return text if text[:2].isupper() or text[1:2] == "&" else text[0].lower() + text[1:]
