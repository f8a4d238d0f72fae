"""Years: every dated row lies in the plan or its opening year, and every index covers the years it is used in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tripleaim.loading.draft import FORM, Draft
from tripleaim.plan.activity import ActivityLine, PlannedUnits
from tripleaim.plan.agreement import Contract
from tripleaim.plan.choice_limit import ChoiceLimit
from tripleaim.plan.describe import columns
from tripleaim.plan.leadership_hours import LeadershipHours
from tripleaim.plan.money import Allocation, BudgetHead, ControlTotal, CouncilMeasure, Index, Tariff
from tripleaim.plan.payment_proposal import PaymentProposal
from tripleaim.plan.plan import Heading
from tripleaim.plan.scheme import Scheme, SchemeCost
from tripleaim.plan.workforce import PostsAvailable
from tripleaim.quantities import Noun, financial_year, first_calendar_year, months_since_april

_IN_PLAN: tuple[tuple[type[Noun], str, bool], ...] = (
    (PlannedUnits, "year", False),
    (Allocation, "year", True),
    (ControlTotal, "year", True),
    (CouncilMeasure, "year", False),
    (PostsAvailable, "year", False),
    (SchemeCost, "year", False),
    (ChoiceLimit, "year", False),
    (LeadershipHours, "year", False),
    (PaymentProposal, "from_year", False),
    (BudgetHead, "from_year", True),
)
"""Tables whose years must be years of the plan, and whether the opening year may stand there too."""


def in_plan(draft: Draft) -> None:
    """Years outside the plan would silently count for nothing."""
    for noun, name, opening in _IN_PLAN:
        allowed = {*draft.years, *([draft.opening_year] if opening else [])}
        for row, record in draft.rows(noun):
            year = getattr(record, name)
            if year and year not in allowed:
                also = f", or the opening year {draft.opening_year}" if opening else ""
                draft.refuse(
                    noun,
                    row,
                    name,
                    found=year,
                    expected=f"a year of the plan, {draft.years[0]} to {draft.years[-1]}{also}",
                    to_fix="correct the year or delete the row",
                )


def starts(draft: Draft) -> None:
    """A scheme's work starts within the plan; what began before is in the baseline already."""
    for row, scheme in draft.rows(Scheme):
        month = months_since_april(scheme.start, draft.stated.first_year)
        if month < 0 or month >= 12 * draft.stated.years:
            early = "give only the part still to come, with the month it starts; the rest is in the baseline"
            draft.refuse(
                Scheme,
                row,
                "start",
                found=scheme.start,
                expected=f"a month of the plan, {draft.years[0]} to {draft.years[-1]}",
                to_fix=early if month < 0 else "start it within the plan, or leave the scheme out",
            )


def _span(draft: Draft) -> tuple[str, ...]:
    """The years an index must cover: the plan's, and those from an earlier price base."""
    base = first_calendar_year(draft.stated.price_base)
    first = first_calendar_year(draft.stated.first_year)
    return tuple(financial_year(year) for year in range(min(base + 1, first), first + draft.stated.years))


def price_base(draft: Draft) -> None:
    """The price base is the opening year, or lies where indices can carry it."""
    base, opening = first_calendar_year(draft.stated.price_base), first_calendar_year(draft.opening_year)
    if base > opening + draft.stated.years or base < opening - 20:
        draft.refuse(
            Heading,
            None,
            "price_base",
            found=draft.stated.price_base,
            expected=f"the opening year {draft.opening_year}, or a year the indices cover",
            to_fix=f'write price_base = "{draft.opening_year}", if costs are in its prices',
        )


def indices_cover(draft: Draft) -> None:
    """Every index and price list that is used has a row for every year it is used in."""
    _covered(draft, Index, "index", _span(draft))
    _covered(draft, Tariff, "tariff", _span(draft))


def _covered(draft: Draft, noun: type[Any], key: str, span: tuple[str, ...]) -> None:
    given: dict[str, set[str]] = {}
    for _, record in draft.rows(noun):
        given.setdefault(getattr(record, key), set()).add(record.year)
    for name, (file, row, field) in _users(draft, f"{key} key").items():
        missing = [year for year in span if year not in given.get(name, span)]
        if missing:
            draft.problems.add(
                FORM[noun].file,
                None,
                key,
                found=f"{name} without {', '.join(missing)}",
                expected=f"a row for every year from {span[0]} to {span[-1]} (used in {file}, row {row}, {field})",
                to_fix=f"add {name} for {missing[0]}" + (" and the others" if len(missing) > 1 else ""),
            )


def _users(draft: Draft, unit: str) -> dict[str, tuple[str, int, str]]:
    """Who uses each index or price list first."""
    used: dict[str, tuple[str, int, str]] = {}
    for noun in (ActivityLine, BudgetHead, SchemeCost, Contract):
        names = [column.field for column in columns(noun) if column.statement.unit == unit]
        for row, record in draft.rows(noun):
            for name in names:
                if getattr(record, name):
                    used.setdefault(getattr(record, name), (FORM[noun].file, row, name))
    return used


def allocations_complete(draft: Draft) -> None:
    """A recurrent stream is given for the opening year and every year of the plan: a missing year is not nought."""
    streams: dict[tuple[str, str], dict[str, tuple[int, bool]]] = {}
    for row, given in draft.rows(Allocation):
        streams.setdefault((given.organisation, given.kind), {})[given.year] = (row, given.recurrent)
    for (organisation, kind), by_year in streams.items():
        first_row, recurrent = next(iter(by_year.values()))
        missing = [year for year in (draft.opening_year, *draft.years) if year not in by_year]
        if missing and recurrent:
            draft.refuse(
                Allocation,
                first_row,
                "year",
                found=f"{kind} of {organisation} without {', '.join(missing)}",
                expected=f"a row for the opening year {draft.opening_year} and every year of the plan",
                to_fix=f"add {missing[0]}"
                + (" and the others" if len(missing) > 1 else "")
                + "; write 0 where there is none",
            )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (in_plan, (Heading,)),
    (starts, (Heading,)),
    (price_base, (Heading,)),
    (indices_cover, (Heading, Index, Tariff)),
    (allocations_complete, (Heading, Allocation)),
)
