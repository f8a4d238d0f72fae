"""A published file and a plan to the plan with what the file says, and an account of everything added and left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tripleaim.errors import Impossible, PlanProblems
from tripleaim.loading import Difference, crosscheck_plan, differences
from tripleaim.loading.collect import Problems
from tripleaim.loading.numbers import Refused
from tripleaim.opendata.official import accounts, allocations, estimates, projections, reference_costs
from tripleaim.opendata.official.allocations import STREAMS
from tripleaim.opendata.official.asked import Asked, Found, LeftOut, Reading
from tripleaim.opendata.official.forms import Kind
from tripleaim.opendata.official.page import pages
from tripleaim.opendata.official.recognise import recognise
from tripleaim.opendata.official.years import asked_year
from tripleaim.plan.plan import Heading, Plan, sort_rows
from tripleaim.plan.source import Source
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import Noun

READERS: dict[Kind, Callable[[Reading], None]] = {
    "projections": projections.read,
    "estimates": estimates.read,
    "allocations": allocations.read,
    "accounts": accounts.read,
    "reference_costs": reference_costs.read,
}

_LACKS_PROJECTION = re.compile(r",? and any official projection: .*$")
"""How a started plan says it lacks a projection (`opendata.start.heading`)."""
_FORMS = {form.name: form for form in TABLES}


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What became of a file: the plan with it, what was added by table, what the plan kept, what was left out."""

    plan: Plan
    kind: Kind
    recognised: str
    added: dict[str, int]
    replaced: dict[str, int]
    kept: tuple[str, ...]
    """Rows whose values differ from the file's and stay, because nobody said --replace."""
    said: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    differences: tuple[Difference, ...]


def add_official(plan: Plan, file: Path | str, asked: Asked | None = None) -> Addition:
    """The plan with what a published file says of its places and organisations. Nothing is written.

    raises : PlanProblems for a file that is not recognised or cannot be trusted, every problem at once; or where the
             plan would not be sound with it
    """
    asked = _checked(asked or Asked())
    problems, found = Problems(), Found()
    with pages(Path(file)) as held:
        known = recognise(held)
        for each in known:
            reading = Reading(
                plan=plan,
                page=each.page,
                heading=each.heading,
                match=each.match,
                above=each.above,
                asked=asked,
                problems=problems,
                found=found,
            )
            if each.match.twice:
                _refuse_twice(reading)
            else:
                READERS[each.match.form.kind](reading)
    if len(problems):
        raise PlanProblems(problems.in_order())
    found.tidy()
    form = known[0].match.form
    return _joined(plan, found, form.kind, form.told, asked.replace)


def _refuse_twice(reading: Reading) -> None:
    """Note every heading over several columns: which of them is meant is never guessed."""
    for heading in reading.match.twice:
        reading.refuse(
            None, heading, "several columns of this name", "one", "delete the others, after a look at which is right"
        )


def _checked(asked: Asked) -> Asked:
    if asked.stream and asked.stream not in STREAMS:
        raise Impossible(f"--stream {asked.stream} is not known. Write one of {', '.join(STREAMS)}.")
    if not asked.year:
        return asked
    try:
        return replace(asked, year=asked_year(asked.year))
    except Refused as refused:
        raise Impossible(f"--year {asked.year} is not {refused.expected}; {refused.to_fix}.") from None


def _joined(plan: Plan, found: Found, kind: Kind, told: str, replacing: bool) -> Addition:
    """The plan with the rows; where it would not be sound with them, and they can stand beside it, with those."""
    joined = _Joined(plan, found.rows, found.removed, found.sources, replacing)
    try:
        joined.check()
    except PlanProblems as problems:
        if not found.beside:
            raise
        joined = _Joined(plan, found.beside, [], found.sources, replacing)
        joined.check()
        _say_beside(found, problems)
    after = _without_lack(joined.plan) if "projections" in joined.added else joined.plan
    return Addition(
        plan=after,
        kind=kind,
        recognised=told,
        added=joined.added,
        replaced=joined.replaced,
        kept=tuple(joined.kept),
        said=tuple(found.said),
        left_out=tuple(found.left_out),
        differences=differences(plan, after),
    )


def _without_lack(plan: Plan) -> Plan:
    """The plan without saying that it lacks an official projection, once it has one."""
    told = tuple(_LACKS_PROJECTION.sub(".", sentence) for sentence in plan.heading.not_known)
    if told == plan.heading.not_known:
        return plan
    heading = Heading(**{**dict(plan.heading), "not_known": told})
    return Plan(heading=heading, **{form.name: getattr(plan, form.name) for form in TABLES})


def _say_beside(found: Found, problems: PlanProblems) -> None:
    tables = ", ".join(dict.fromkeys(_FORMS[name].file for name, _ in found.rows))
    found.said.append(
        "The figures stand beside the plan as printed ones (stated.csv): it could not rest on them as it is. "
        f"What it lacks before they can stand in {tables} is told below."
    )
    for problem in problems.problems:
        found.leave(problem.where, f"{problem.found}; expected {problem.expected}")


class _Joined:
    """A plan with further rows: each added, put in the place of another, or, where nobody said so, kept out."""

    def __init__(
        self,
        plan: Plan,
        rows: list[tuple[str, Noun]],
        removed: list[tuple[str, Noun]],
        sources: dict[str, Source],
        replacing: bool,
    ) -> None:
        self.before = plan
        self.added: dict[str, int] = {}
        self.replaced: dict[str, int] = {}
        self.kept: list[str] = []
        self.used: set[str] = set()
        self.tables: dict[str, dict[tuple[Any, ...], Noun]] = {
            form.name: {_key(form.name, row): row for row in getattr(plan, form.name)} for form in TABLES
        }
        for name, row in removed:
            del self.tables[name][_key(name, row)]
        for name, row in rows:
            self._put(name, row, replacing)
        self.tables["sources"] |= {(key,): source for key, source in sources.items() if key in self.used}
        rows_of = {name: sort_rows(name, tuple(rows.values())) for name, rows in self.tables.items()}
        self.plan = Plan(heading=plan.heading, **rows_of)

    def _put(self, name: str, row: Noun, replacing: bool) -> None:
        key = _key(name, row)
        standing = self.tables[name].get(key)
        if standing is not None and _same(standing, row):
            return
        if standing is not None and not replacing:
            self.kept.append(f"{_FORMS[name].file}, {', '.join(map(str, key))}")
            return
        count = self.added if standing is None else self.replaced
        count[name] = count.get(name, 0) + 1
        self.tables[name][key] = row
        self.used.add(str(getattr(row, "source", "")))

    def check(self) -> None:
        """Refuse a plan that is not sound. Raises PlanProblems."""
        if self.plan.fingerprint != self.before.fingerprint:
            crosscheck_plan(self.plan)


def _key(table: str, row: Noun) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _FORMS[table].key)


def _same(one: Noun, other: Noun) -> bool:
    """True where two rows say the same, whatever they rest on."""
    return {**dict(one), "source": ""} == {**dict(other), "source": ""}
