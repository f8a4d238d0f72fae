"""Reference costs (later the national cost collection) by organisation to what a unit of the plan's lines costs.

A row is one currency of one service and department of one organisation: units, and what they cost. The lines of a plan
are wider, so a line takes the cost of all the currencies of its kind of care over all their units.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tripleaim.opendata.official.asked import OPEN_LICENCE, Reading, counted, told
from tripleaim.opendata.official.figures import kept
from tripleaim.opendata.official.years import only_year
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.source import Source, SourceKind
from tripleaim.quantities import first_calendar_year

DEPARTMENTS: dict[str, Care] = {
    "DC": Care.DAY_CASE,
    "TDC": Care.DAY_CASE,
    "EL": Care.ELECTIVE,
    "EI": Care.ELECTIVE,
    "TEI": Care.ELECTIVE,
    "NEL": Care.NON_ELECTIVE,
    "NEI_L": Care.NON_ELECTIVE,
    "TNEI_L": Care.NON_ELECTIVE,
    "NES": Care.NON_ELECTIVE,
    "NEI_S": Care.NON_ELECTIVE,
    "TNEI_S": Care.NON_ELECTIVE,
    "CL": Care.OUTPATIENT,
    "TCL": Care.OUTPATIENT,
    "NCL": Care.OUTPATIENT,
    "TNCL": Care.OUTPATIENT,
    "OPROC": Care.OUTPATIENT,
    "TOPROC": Care.OUTPATIENT,
}
"""Department codes, as the collections of different years write them, and the kind of care they are."""

LONG_STAYS = frozenset({"NEL", "NEI_L", "TNEI_L"})
SHORT_STAYS = frozenset({"NES", "NEI_S", "TNEI_S"})
"""Departments of unplanned stays. The long and the short together are a line's care; neither alone costs what it does.
"""

EXCESS = "XS"
"""Ending of a department code whose units are days beyond the usual stay: their cost counts, their days are no units.
"""

EMERGENCY = "VB"
"""Beginning of the currencies of emergency medicine (A&E)."""
BIRTHS = "NZ"
"""Beginning of the currencies of obstetrics: births and maternity stays, in whichever ward they are."""

_STAYS = (Care.DAY_CASE, Care.ELECTIVE, Care.NON_ELECTIVE)


@dataclass
class Costed:
    """Cost and units of one kind of care at one provider, and the currencies and departments they come from."""

    pounds: float = 0.0
    units: float = 0.0
    currencies: set[str] = field(default_factory=set)
    departments: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    """Departments nobody knows whose rows may be of the same care."""

    @property
    def unit_cost(self) -> float:
        """Pounds a unit over all currencies: each weighs as many as its units."""
        return self.pounds / self.units


def read(reading: Reading) -> None:
    """New unit costs (and, where asked, units) of the plan's lines whose provider and kind of care the file has."""
    year = reading.asked.year or only_year([cell for cells in reading.above for cell in cells])
    if not year:
        reading.refuse(
            None,
            None,
            "no year: the columns of such a file do not say which collection it is",
            "the financial year of the collection",
            "add --year 2016/17, or the year of this collection",
        )
    elif year != reading.plan.heading.price_base:
        reading.refuse(
            None,
            None,
            f"costs at {year} prices",
            f"costs at the plan's price base, {reading.plan.heading.price_base}",
            "use the collection of that year; costs of another year are not carried over by guess",
        )
    costed = _costed(reading)
    if not len(reading.problems) and year:
        _lines(reading, costed, year)


def _costed(reading: Reading) -> dict[tuple[str, Care], Costed]:
    codes = {body.code for body in reading.plan.organisations if body.code}
    found: dict[tuple[str, Care], Costed] = defaultdict(Costed)
    unused: dict[str, int] = defaultdict(int)
    hidden = bought = 0
    for row, cells in reading.rows():
        code = reading.cell(cells, "organisation").upper()
        if code not in codes:
            continue
        if reading.cell(cells, "supplier").upper() not in ("", "OWN"):
            bought += 1
            continue
        department = reading.cell(cells, "department").upper()
        currency = reading.cell(cells, "currency").upper()
        care = care_of(department, currency)
        if care is None:
            unused[department] += 1
            for near in _perhaps(department, currency):
                found[code, near].unknown.add(department)
            continue
        units, pounds = _units_and_pounds(reading, row, cells)
        if units is None or pounds is None:
            hidden += 1
            continue
        cell = found[code, care]
        cell.pounds += pounds
        cell.units += 0 if is_excess(department) else units
        cell.currencies.add(currency)
        cell.departments.add(_without_excess(department))
    _tell_unused(reading, unused, hidden, bought)
    return {key: cell for key, cell in found.items() if cell.units > 0}


def _perhaps(department: str, currency: str) -> set[Care]:
    """Kinds of care an unknown department may be of: its code begins as a known one does, or a known one as it does."""
    bare = _without_excess(department)
    alike = {known for known in DEPARTMENTS if bare and (bare.startswith(known) or known.startswith(bare))}
    return {care for known in alike if (care := care_of(known, currency))}


def _lacking(care: Care, cell: Costed) -> str:
    """Why the rows found may be a part of the care only, whose cost is not that of all of it; empty if they are all."""
    if cell.unknown:
        return f"rows of the unknown department {told(sorted(cell.unknown))} may be of the same care"
    halves = [cell.departments & half for half in (LONG_STAYS, SHORT_STAYS)]
    if care is Care.NON_ELECTIVE and not all(halves):
        has, lacks = ("long", "short") if halves[0] else ("short", "long")
        return f"the file has its {has} stays only and no {lacks} ones"
    return ""


def care_of(department: str, currency: str) -> Care | None:
    """The kind of care of a row, or None where a plan's lines have none like it.

    >>> care_of("NES", "DZ11V").value, care_of("NEL", "NZ30C").value, care_of("AE", "VB08Z").value
    ('non_elective_spell', 'maternity_spell', 'ae_attendance')
    """
    if currency.startswith(EMERGENCY):
        return Care.AE
    care = DEPARTMENTS.get(_without_excess(department))
    return Care.MATERNITY if care in _STAYS and currency.startswith(BIRTHS) else care


def is_excess(department: str) -> bool:
    """True for days beyond the usual stay.

    >>> is_excess("NEL_XS"), is_excess("TEIXS"), is_excess("NEL")
    (True, True, False)
    """
    return department.endswith(EXCESS)


def _without_excess(department: str) -> str:
    return department.removesuffix(EXCESS).removesuffix("_") if is_excess(department) else department


def _units_and_pounds(reading: Reading, row: int, cells: list[str]) -> tuple[float | None, float | None]:
    where = reading.match.where
    units = reading.number(row, cells, where["activity"])
    if "actual_cost" in where:
        return units, reading.number(row, cells, where["actual_cost"])
    each = reading.number(row, cells, where["cost"])
    return units, None if units is None or each is None else units * each


def _tell_unused(reading: Reading, unused: dict[str, int], hidden: int, bought: int) -> None:
    if unused:
        codes = [f"{code or '(none)'} ({count})" for code, count in sorted(unused.items())]
        reading.found.leave(f"rows of the departments {told(codes)}", "no kind of care of a plan is known to be theirs")
    if hidden:
        reading.found.leave(
            counted(hidden, "row", "rows"), "their units or cost are hidden or missing; they are not taken for 0"
        )
    if bought:
        reading.found.leave(counted(bought, "row", "rows"), "care that the provider bought from others")


def _lines(reading: Reading, costed: dict[tuple[str, Care], Costed], year: str) -> None:
    plan = reading.plan
    code_of = {body.key: body.code.upper() for body in plan.organisations if body.code}
    for line in plan.activity:
        key = (code_of.get(line.provider, ""), line.care)
        cell = costed.get(key)
        if cell is None:
            if key[0] in {code for code, _ in costed}:
                reading.found.leave(line.name, "the file has no such care of its provider")
            continue
        if lacking := _lacking(line.care, cell):
            reading.found.leave(f"{line.name}: unit cost", lacking)
            continue
        alike = sum((code_of.get(other.provider, ""), other.care) == key for other in plan.activity)
        reading.found.rows.append(("activity", _renewed(reading, line, cell, year, alike)))
    if not reading.found.rows and not reading.found.left_out:
        reading.refuse(
            None,
            reading.heading[reading.match.where["organisation"]],
            "no line of the plan",
            "codes of the plan's providers, such as RM1, and care that its lines name",
            "write the providers' codes in organisations.csv, or use the file of the right year",
        )
        return
    for (code, care), cell in sorted(costed.items()):
        used = any((code_of.get(line.provider), line.care) == (code, care) for line in plan.activity)
        if used and not _lacking(care, cell):
            reading.found.said.append(
                f"{code}, {care.value}: £{cell.unit_cost:,.2f} a unit over {cell.units:,.0f} units of "
                f"{counted(len(cell.currencies), 'currency', 'currencies')}: {told(sorted(cell.currencies))}."
            )
    if any(line.care in _STAYS for _, line in reading.found.rows if isinstance(line, ActivityLine)):
        reading.found.said.append(
            "Stays are counted in consultant episodes there. A spell may hold several: its cost is then higher."
        )


def _renewed(reading: Reading, line: ActivityLine, cell: Costed, year: str, alike: int) -> ActivityLine:
    """A line with the cost of the file, resting on a source that says which part of it is which."""
    changed: dict[str, object] = {"unit_cost": round(cell.unit_cost, 2)}
    if reading.asked.activity:
        if year != reading.plan.opening_year:
            why = f"the plan opens in {reading.plan.opening_year}, not {year}"
            reading.found.leave(f"{line.name}: units", why)
        elif alike > 1:
            reading.found.leave(f"{line.name}: units", f"{alike} lines share this care of one provider")
        else:
            changed["baseline"] = kept(cell.units)
    if all(getattr(line, name) == value for name, value in changed.items()):
        return line
    before = next(source for source in reading.plan.sources if source.key == line.source)
    changed["source"] = _source(reading, before, year, "baseline" in changed, cell)
    return ActivityLine(**{**dict(line), **changed})


def _source(reading: Reading, before: Source, year: str, with_units: bool, cell: Costed) -> str:
    """A source for the whole line: its kind is the softer of the two, never firmer than what it was."""
    what = "unit cost and units" if with_units else "unit cost"
    softest = before.kind in (SourceKind.JUDGED, SourceKind.ILLUSTRATIVE)
    start = first_calendar_year(year)
    return reading.source(
        f"{before.key[:36]}_reference_costs_{start}",
        kind=before.kind if softest else SourceKind.DERIVED,
        title=f"Reference costs {year} for the {what}; the rest as {before.key}: {before.title}"[:500],
        publisher="NHS Improvement (reference costs)" + (f"; {before.publisher}" if before.publisher else ""),
        year=year,
        licence=OPEN_LICENCE,
        note="Cost over units of all currencies of the line's kind of care at its provider; days beyond the usual stay "
        "add cost and no units.",
    )
