"""The published files that are recognised, each by its columns: a table of data, and how a row is held against it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from tripleaim.loading.raw import Cells

Kind = Literal["projections", "estimates", "allocations", "accounts", "reference_costs"]

_CODE_OF_AREA = ("area_code", "code", "area code", "ons code", "gss code")


@dataclass(frozen=True, kw_only=True)
class Form:
    """One kind of published file: the columns it cannot do without, those it may have, and its columns of years.

    Each field of `needs` and `may` lists the headings that stand for it, the usual one first. Case, spaces and marks
    do not matter. `years` is the form of a heading over figures of one year, its first group the year; `has` is the
    form of a heading of which at least one must be there.
    """

    kind: Kind
    told: str
    needs: dict[str, tuple[str, ...]]
    """Field → headings that stand for it."""
    may: dict[str, tuple[str, ...]] = field(default_factory=dict)
    years: str = ""
    years_told: str = ""
    has: str = ""
    has_told: str = ""


FORMS: tuple[Form, ...] = (
    Form(
        kind="projections",
        told="ONS sub-national population projections",
        needs={
            "area": _CODE_OF_AREA,
            "sex": ("sex", "gender"),
            "age": ("age_group", "age group", "age"),
        },
        may={"name": ("area_name", "area", "area name"), "component": ("component",)},
        years=r"((?:19|20)[0-9]{2})",
        years_told="one column a year, such as 2016",
    ),
    Form(
        kind="estimates",
        told="ONS mid-year population estimates (detailed series)",
        needs={
            "area": (*(f"ladcode{year}" for year in range(11, 30)), "ladcode", *_CODE_OF_AREA),
            "sex": ("sex", "gender"),
            "age": ("age",),
        },
        may={"name": tuple(f"laname{year}" for year in range(11, 30)), "country": ("country",)},
        years=r"population_?((?:19|20)[0-9]{2})",
        years_told="one column a year, such as population_2016",
    ),
    Form(
        kind="accounts",
        told="trust accounts consolidation (TAC) data",
        needs={
            "organisation": ("OrganisationName", "OrgName", "ProviderName", "Organisation"),
            "sheet": ("WorkSheetName",),
            "main_code": ("MainCode",),
            "sub_code": ("SubCode",),
            "amount": ("Total", "ValueNumber", "Amount", "Value"),
        },
        may={"table": ("TableID",), "row": ("RowNumber",)},
    ),
    Form(
        kind="reference_costs",
        told="reference costs or national cost collection by organisation",
        needs={
            "organisation": ("Org Code", "Organisation Code", "Provider Code"),
            "department": ("Department Code", "Dept Code"),
            "currency": ("Currency Code", "Curreny Code"),
            "activity": ("Activity", "Total Activity", "FCE"),
            "cost": ("Unit Cost", "Actual Cost"),
        },
        may={
            "service": ("Service Code",),
            "actual_cost": ("Actual Cost", "Total Cost"),
            "supplier": ("Supplier Type",),
            "organisation_type": ("Org Type", "Organisation Type"),
        },
    ),
    Form(
        kind="allocations",
        told="NHS England allocations to clinical commissioning groups",
        needs={
            "organisation": (
                "CCG Code",
                "Org Code",
                "Organisation Code",
                "Code",
                "CCG",
                "ONS Code",
                "CCG ODS code",
                "Commissioner Code",
            )
        },
        may={"name": ("CCG Name", "Name", "Organisation Name", "CCG_AT")},
        has=r"allocation|£",
        has_told="a column such as 'Final allocation £000'",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Match:
    """How far one row of a file is the heading of a form: columns found, years found, fields that lack.

    `twice` are the headings of several columns of which the file must mean one.
    """

    form: Form
    where: dict[str, int]
    years: dict[int, int]
    lacks: tuple[str, ...]
    twice: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """True when nothing lacks."""
        return not self.lacks

    @property
    def share(self) -> float:
        """Part of what is needed that was found."""
        needed = len(self.form.needs) + bool(self.form.years) + bool(self.form.has)
        return 1 - len(self.lacks) / needed


def plain(heading: str) -> str:
    """A heading without case, spaces and marks.

    >>> plain(" Department  Code "), plain("AGE_GROUP")
    ('departmentcode', 'agegroup')
    """
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def match(form: Form, cells: Cells) -> Match:
    """Hold one row of a file against a form."""
    names = [plain(cell) for cell in cells]
    where: dict[str, int] = {}
    for name, headings in (form.needs | form.may).items():
        found = next((names.index(plain(heading)) for heading in headings if plain(heading) in names), None)
        if found is not None:
            where[name] = found
    years = _years(form, cells) if form.years else {}
    lacks = [form.needs[name][0] for name in form.needs if name not in where]
    if form.years and not years:
        lacks.append(form.years_told)
    if form.has and not any(re.search(form.has, cell, re.IGNORECASE) for cell in cells):
        lacks.append(form.has_told)
    twice = [column for column in where.values() if names.count(names[column]) > 1]
    twice += [column for column, year in years.items() if list(years.values()).count(year) > 1]
    headings = tuple(dict.fromkeys(cells[column] for column in twice))
    return Match(form=form, where=where, years=years, lacks=tuple(lacks), twice=headings)


def _years(form: Form, cells: Cells) -> dict[int, int]:
    pattern = re.compile(form.years, re.IGNORECASE)
    found = {column: pattern.fullmatch(cell.strip().removesuffix(".0")) for column, cell in enumerate(cells)}
    return {column: int(year[1]) for column, year in found.items() if year}
