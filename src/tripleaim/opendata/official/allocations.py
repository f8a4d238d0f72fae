"""NHS England allocations to clinical commissioning groups to allocations.csv.

The workbooks have one row a commissioning group and, for each year, columns of which some are money. Which money, which
year and which unit stand in the headings, in the rows above them, or in the title of the sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tripleaim.loading.raw import Cells
from tripleaim.opendata.official.asked import OPEN_LICENCE, Reading, told
from tripleaim.opendata.official.figures import kept
from tripleaim.opendata.official.years import only_year, years_in
from tripleaim.plan.money import Allocation
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.source import Printed, SourceKind
from tripleaim.quantities import first_calendar_year

STREAMS: dict[str, str] = {
    "primary_medical": r"primary (medical|care)",
    "specialised": r"speciali[sz]ed",
    "place_based": r"place|total commissioning",
    "running_costs": r"running cost|admin",
    "core": r"\bcore\b|programme|ccg commissioned|ccg allocation",
}
"""Streams of money and the words a heading or title tells them by; the first that fits counts."""

TOTAL = "place_based"
"""The stream that is the others together."""

_MONEY = re.compile(r"allocation|£|total", re.IGNORECASE)
_NOT_MONEY = re.compile(
    r"per (head|person|capita)|growth|%|percent|distance|target|dft|populat|opening|baseline|minimum|weight|index|"
    r"change|share|uplift|need|rank|closing|pace",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"£\s*['’‘]?\s*0{3}|£\s*k\b|£\s*thousand|0{3}\s*s?\s*£|\bin thousands", re.IGNORECASE)
_MILLIONS = re.compile(r"£\s*m\b|£\s*million", re.IGNORECASE)
_PAGE = "https://www.england.nhs.uk/publication/financial-allocations-2016-17-2020-21"


@dataclass(frozen=True, kw_only=True)
class Money:
    """One column of money: its heading with what stands above it, and what it says of itself."""

    column: int
    heading: str
    stream: str
    year: str
    unit: float


def read(reading: Reading) -> None:
    """Rows of allocations.csv for the plan's commissioners, or for the organisation that stands for all of them."""
    columns = _columns(reading)
    receivers = _receivers(reading)
    if len(reading.problems):
        return
    amounts = _amounts(reading, columns, {code for codes in receivers.values() for code in codes})
    if len(reading.problems):
        return
    years = [reading.plan.opening_year, *reading.plan.years]
    about = {"publisher": "NHS England", "licence": OPEN_LICENCE, "url": _PAGE}
    title = "Allocations to clinical commissioning groups"
    for money in columns:
        if money.year not in years:
            reading.found.leave(f"{money.stream}, {money.year}", f"the plan looks at {years[0]} to {years[-1]}")
            continue
        stated = {key: [amounts.get((code, money.column)) for code in codes] for key, codes in receivers.items()}
        for key, parts in stated.items():
            if any(part is None for part in parts):
                reading.found.leave(f"{key}, {money.stream}, {money.year}", "a figure is hidden or missing")
                continue
            if _counted_twice(reading, key, money, columns):
                continue
            added = len(parts) > 1
            source = reading.source(
                f"allocations_{first_calendar_year(money.year)}{'_sum' if added else ''}",
                kind=SourceKind.DERIVED if added else SourceKind.PUBLISHED,
                title=f"{title}{', added up' if added else ''}",
                year=money.year,
                note=f"Printed in {_unit(money.unit)}; here in pounds.",
                **about,
            )
            amount = kept(sum(part for part in parts if part is not None) * money.unit)
            row = Allocation(organisation=key, year=money.year, kind=money.stream, amount=amount, source=source)
            reading.found.rows.append(("allocations", row))
            reading.found.beside.append(("stated", _printed(reading, row)))
    if reading.found.rows:
        units = sorted({money.unit for money in columns})
        reading.found.said.append(f"Amounts printed in {told([_unit(unit) for unit in units])} are now in pounds.")
        reading.found.said.append(
            "Money given without the spending it pays for looks like a surplus: check that the plan's lines and "
            "budgets hold what each stream pays for."
        )


def _printed(reading: Reading, row: Allocation) -> Printed:
    """An allocation as a printed figure, laid beside what the model computes."""
    body = next(each for each in reading.plan.organisations if each.key == row.organisation)
    return Printed(
        key=f"{row.organisation[:30]}_{row.kind}_{first_calendar_year(row.year)}",
        name=f"Allocation, {row.kind.replace('_', ' ')}, {body.name}",
        measure="funding",
        year=row.year,
        amount=row.amount,
        scope="nhs",
        basis="annual",
        setting=body.name,
        source=row.source,
    )


def _unit(unit: float) -> str:
    return {1.0: "pounds", 1e3: "thousands of pounds", 1e6: "millions of pounds"}[unit]


def _columns(reading: Reading) -> list[Money]:
    """The columns of money. Two of one stream and year, or one that does not say what it is, are refused."""
    titles = [cell for cells in reading.above for cell in cells if cell]
    alone = " ".join(cells[0] for cells in reading.above if _only_first(cells))
    found: list[Money] = []
    for column, heading in enumerate(_composed(reading)):
        if column in reading.match.where.values() or not _MONEY.search(heading) or _NOT_MONEY.search(heading):
            continue
        stream = _stream(heading) or reading.asked.stream or _stream(alone)
        year = only_year([heading]) or reading.asked.year or (None if years_in(heading) else only_year(titles))
        unit = _factor(heading) or _factor(alone) or _factor(" ".join(titles))
        if stream and year and unit:
            found.append(Money(column=column, heading=heading, stream=stream, year=year, unit=unit))
        else:
            _refuse_unsaid(reading, heading, stream, year, unit)
    for one in found:
        twin = next((other for other in found if other.column < one.column and _same(one, other)), None)
        if twin:
            reading.refuse(
                None,
                one.heading,
                f"{one.stream} of {one.year}, as in column '{twin.heading}'",
                "one column of money for each stream and year",
                "delete the column that is not the final allocation",
            )
    if not found and not len(reading.problems):
        reading.refuse(
            None,
            None,
            "no column of money",
            "a column such as 'Final allocation 2016/17 £000'",
            "keep the headings as published; if they stand in several rows, keep the years above the columns",
        )
    return found


def _same(one: Money, other: Money) -> bool:
    return (one.stream, one.year) == (other.stream, other.year)


def _only_first(cells: Cells) -> bool:
    return bool(cells and cells[0] and not any(cells[1:]))


def _composed(reading: Reading) -> list[str]:
    """Each heading with what stands above it: a cell of a row above reaches to the right until the next one."""
    parts = [[cell] for cell in reading.heading]
    for cells in reversed([cells for cells in reading.above[-3:] if any(cells) and not _only_first(cells)]):
        reach = ""
        for column, words in enumerate(parts):
            reach = (cells[column] if column < len(cells) else "") or reach
            if reach:
                words.insert(0, reach)
    return [" ".join(words) for words in parts]


def _stream(words: str) -> str:
    return next((stream for stream, form in STREAMS.items() if re.search(form, words, re.IGNORECASE)), "")


def _factor(words: str) -> float | None:
    if _THOUSANDS.search(words):
        return 1e3
    if _MILLIONS.search(words):
        return 1e6
    return None


def _refuse_unsaid(reading: Reading, heading: str, stream: str, year: str | None, unit: float | None) -> None:
    lacks = {
        "which money it is": (stream, f"add --stream {' or '.join(STREAMS)}"),
        "its year": (year, "add --year 2016/17, or write the year in the heading"),
        "its unit": (unit, "write £000 in the heading if it is thousands of pounds"),
    }
    missing = [name for name, (value, _) in lacks.items() if not value]
    reading.refuse(
        None,
        heading,
        f"nothing that says {' and '.join(missing)}",
        "a heading or title that says which money, which year, and £000",
        "; ".join(fix for value, fix in lacks.values() if not value),
    )


def _receivers(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Each organisation of the plan that receives, with the codes whose money it receives."""
    plan = reading.plan
    own = [body for body in plan.organisations if body.role is Role.COMMISSIONER and body.code]
    if not reading.asked.together:
        with_accounts = {body.key: _codes(reading, body) for body in own if body.accounts}
        without = [body.name for body in own if not body.accounts]
        if without:
            reading.found.leave(
                told(without),
                f"without accounts they stand outside the place; {_for_all(reading)} gives their sum to the "
                "organisation that stands for all of them",
            )
        if not own:
            _refuse_no_commissioner(reading)
        return {key: (codes[0],) for key, codes in with_accounts.items()} if with_accounts else {}
    together = next((body for body in plan.organisations if body.key == reading.asked.together), None)
    if together is None:
        known = told([body.key for body in plan.organisations])
        reading.refuse(None, None, f"--together {reading.asked.together}", f"one of {known}", "name one of these")
        return {}
    if not own:
        _refuse_no_commissioner(reading)
    return {together.key: tuple(_codes(reading, body)[0] for body in own)}


def _for_all(reading: Reading) -> str:
    """The option that gives the sum to one organisation, with its key where the plan has one that stands for all."""
    keys = [body.key for body in reading.plan.organisations if body.key.endswith("commissioners_together")]
    return f"--together {keys[0] if len(keys) == 1 else 'KEY'}"


def _refuse_no_commissioner(reading: Reading) -> None:
    reading.refuse(
        None,
        None,
        "no commissioner of the plan with a code",
        "commissioners with their published codes, such as 06M",
        "write the codes in organisations.csv",
    )


def _codes(reading: Reading, body: Organisation) -> tuple[str, ...]:
    """The codes an organisation is known by: its own first, then its area's."""
    area = next((place.code for place in reading.plan.places if place.key == body.place and place.code), "")
    return (body.code, area) if area else (body.code,)


def _amounts(reading: Reading, columns: list[Money], codes: set[str]) -> dict[tuple[str, int], float]:
    """Figures of the file by code and column; a code of an area counts as the code of its commissioner."""
    alias = {
        other: _codes(reading, body)[0]
        for body in reading.plan.organisations
        if body.role is Role.COMMISSIONER and body.code
        for other in _codes(reading, body)
    }
    found: dict[tuple[str, int], float] = {}
    seen: dict[str, int] = {}
    for row, cells in reading.rows():
        code = alias.get(reading.cell(cells, "organisation"), "")
        if code not in codes:
            continue
        if code in seen:
            reading.refuse(row, None, f"{code}, which row {seen[code]} has", "each code once", "delete one of them")
        seen[code] = row
        for money in columns:
            value = reading.number(row, cells, money.column)
            if value is not None:
                found[code, money.column] = value
    missing = sorted(codes - set(seen))
    if missing:
        reading.refuse(
            None,
            reading.heading[reading.match.where["organisation"]],
            f"no row of {told(missing)}",
            "a row of every commissioner of the plan",
            "use the file of the year in which they existed; nothing is added up from a part of them",
        )
    return found


def _counted_twice(reading: Reading, key: str, money: Money, columns: list[Money]) -> bool:
    """The total of all streams is not added beside its parts, nor a part beside the total."""
    kinds = {row.kind for row in reading.plan.allocations if row.organisation == key and row.year == money.year}
    kinds |= {other.stream for other in columns if other.year == money.year}
    parts = kinds - {TOTAL, "public_health_grant", "better_care_fund"}
    if money.stream == TOTAL and parts:
        reading.found.leave(f"{key}, {TOTAL}, {money.year}", f"it is the total of {told(sorted(parts))}")
        return True
    if money.stream != TOTAL and any(
        row.kind == TOTAL and (row.organisation, row.year) == (key, money.year) for row in reading.plan.allocations
    ):
        reading.found.leave(f"{key}, {money.stream}, {money.year}", f"the plan has the total, {TOTAL}, already")
        return True
    return False
