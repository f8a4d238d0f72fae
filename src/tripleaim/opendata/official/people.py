"""People by age from a file with one row for each area, sex and age and one column for each year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tripleaim.opendata.official.areas import Members, is_part, members, own_codes
from tripleaim.opendata.official.asked import OPEN_LICENCE, Reading, told
from tripleaim.opendata.official.asked import counted as number_of
from tripleaim.opendata.official.figures import kept
from tripleaim.plan.place import Place, PlaceKind, Population, Projection
from tripleaim.plan.plan import Plan
from tripleaim.plan.source import SourceKind
from tripleaim.quantities import first_calendar_year

ALL_AGES = frozenset({"all ages", "all", "allages", "total"})
_SEXES = {
    "persons": "persons",
    "person": "persons",
    "all": "persons",
    "total": "persons",
    "females": "females",
    "female": "females",
    "f": "females",
    "2": "females",
    "males": "males",
    "male": "males",
    "m": "males",
    "1": "males",
}
_ROUNDED = 0.5
"""People by which each printed figure may differ from the figure before rounding."""

Ages = dict[int, float]
Counts = dict[tuple[str, str, int], Ages]
"""(area code, sex, year) → people by age."""


@dataclass
class Counted:
    """What the file holds of the areas asked for."""

    people: Counts = field(default_factory=lambda: defaultdict(dict))
    totals: dict[tuple[str, str, int], float] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)
    sexes: set[str] = field(default_factory=set)


def looked_at(plan: Plan, back: int = 0) -> tuple[int, int]:
    """First and last mid-year the plan looks at: from its opening year (or `back` years before) to its last."""
    start = first_calendar_year(plan.opening_year)
    return start - back, start + plan.heading.years


def wanted_years(reading: Reading, back: int = 0) -> tuple[int, ...]:
    """Mid-years of the file that the plan looks at, in order; the others are told as left out."""
    first, last = looked_at(reading.plan, back)
    years = tuple(sorted(year for year in reading.match.years.values() if first <= year <= last))
    outside = len(reading.match.years) - len(years)
    if years and outside:
        what = f"{number_of(outside, 'year', 'years')} of the file"
        reading.found.leave(what, f"the plan looks at mid-{first} to mid-{last}")
    return years


def read_people(reading: Reading, noun: type[Population], source: str, derived: str, years: tuple[int, ...]) -> None:
    """Rows of `noun` for every place of the plan that the file has, and for the footprint as the sum of its members.

    source  : key of the source of figures taken as they stand
    derived : key of the source of sums over areas or sexes
    """
    plan = reading.plan
    places = {key: place for key, place in own_codes(plan).items() if not is_part(place)}
    footprint = next((place for place in plan.places if place.key == plan.heading.place), None)
    ways = members(plan, footprint) if footprint else ()
    codes = {place.code for place in places.values()} | {code for way in ways for code in way.names}
    counted = _count(reading, codes, years)
    if len(reading.problems) or not _both_sexes(reading, counted):
        return
    used: set[str] = set()
    for place in places.values():
        if place.code in counted.seen:
            used.add(place.code)
            _add(reading, noun, place, (place.code,), counted, (source, derived))
    _sum_up(reading, noun, footprint, ways, counted, derived, used)
    _tell_missing(reading, counted, used)


def _count(reading: Reading, codes: set[str], years: tuple[int, ...]) -> Counted:
    columns = {column: year for column, year in reading.match.years.items() if year in years}
    counted = Counted()
    for row, cells in reading.rows():
        area = reading.cell(cells, "area")
        if area not in codes:
            continue
        component = reading.cell(cells, "component").lower()
        if component not in ("", "population"):
            continue
        sex = _sex(reading, row, cells)
        age = _age(reading, row, cells)
        if sex is None or age is None:
            continue
        counted.seen.setdefault(area, row)
        counted.sexes.add(sex)
        for column, year in columns.items():
            _note(reading, counted, (area, sex, year), age, row, reading.number(row, cells, column))
    _check_ages(reading, counted)
    return counted


def _sex(reading: Reading, row: int, cells: list[str]) -> str | None:
    text = reading.cell(cells, "sex")
    sex = _SEXES.get(text.lower().removesuffix(".0"))
    if sex is None:
        expected = "persons, males or females (or 1 for males, 2 for females)"
        reading.refuse(row, reading.heading[reading.match.where["sex"]], text, expected, "check the row")
    return sex


def _age(reading: Reading, row: int, cells: list[str]) -> int | None:
    """A single year of age; -1 for all ages."""
    text = reading.cell(cells, "age").lower().removesuffix(".0")
    if text in ALL_AGES:
        return -1
    single = text.removesuffix("and over").strip().removesuffix("+").strip()
    if single.isascii() and single.isdigit() and int(single) <= 120:
        return int(single)
    reading.refuse(
        row,
        reading.heading[reading.match.where["age"]],
        text,
        "a single year of age, such as 64 or '90 and over'",
        "use the file by single year of age, not by five-year bands",
    )
    return None


def _note(
    reading: Reading, counted: Counted, cell: tuple[str, str, int], age: int, row: int, persons: float | None
) -> None:
    if persons is None:
        counted.hidden.add(cell[0])
    elif age < 0:
        counted.totals[cell] = persons
    elif age in counted.people[cell]:
        reading.refuse(row, None, f"{cell[0]}, {cell[1]}, age {age} again", "each age once", "delete one of the rows")
    else:
        counted.people[cell][age] = persons


def _check_ages(reading: Reading, counted: Counted) -> None:
    """Ages run from 0 on without a hole, and add up to the row of all ages where the file has one."""
    for (area, sex, year), ages in counted.people.items():
        row = counted.seen[area]
        if area in counted.hidden:
            continue
        top = max(ages)
        if set(ages) != set(range(top + 1)):
            lacking = told([str(age) for age in range(top + 1) if age not in ages])
            reading.refuse(
                row, None, f"{area}, {sex}, {year}: no row for age {lacking}", "every age from 0 on", "add the rows"
            )
        total = counted.totals.get((area, sex, year))
        if total is not None and abs(total - sum(ages.values())) > _ROUNDED * len(ages):
            reading.refuse(
                row,
                None,
                f"{area}, {sex}, {year}: the ages add up to {sum(ages.values()):,.0f}, all ages are {total:,.0f}",
                "ages that add up to the row of all ages",
                "check that no row was lost or changed",
            )


def _both_sexes(reading: Reading, counted: Counted) -> bool:
    if not counted.seen or counted.sexes >= {"persons"} or counted.sexes >= {"females", "males"}:
        return True
    only = " and ".join(sorted(counted.sexes))
    reading.refuse(
        None,
        None,
        f"{only} only",
        "persons, or females and males in one file",
        "use the file of persons, or put the rows of the other sex below in this file",
    )
    return False


def _sexes_for(reading: Reading, place: str, counted: Counted) -> tuple[tuple[str, ...], bool]:
    """The sexes the plan tells apart for a place, and whether persons must be added up from two."""
    known = {row.sex for row in (*reading.plan.population, *reading.plan.projections) if row.place == place}
    if {"females", "males"} <= counted.sexes and "females" in known:
        return ("females", "males"), False
    return ("persons",), "persons" not in counted.sexes


def _add(
    reading: Reading,
    noun: type[Population],
    place: Place,
    codes: tuple[str, ...],
    counted: Counted,
    sources: tuple[str, str],
) -> None:
    hidden = [code for code in codes if code in counted.hidden]
    if hidden:
        reading.found.leave(place.name, f"figures of {told(hidden)} are hidden or missing; they are not taken for 0")
        return
    sexes, two = _sexes_for(reading, place.key, counted)
    known = {row.sex for row in reading.plan.population if row.place == place.key}
    if sexes == ("persons",) and "females" in known:
        reading.found.leave(place.name, "the plan tells females and males apart there, and the file does not")
        return
    top = _top(reading, place.key)
    for sex in sexes:
        parts = ("females", "males") if two else (sex,)
        for year in sorted({year for _, _, year in counted.people}):
            cells = [counted.people.get((code, part, year)) for code in codes for part in parts]
            if any(cell is None for cell in cells):
                continue
            ages = _pooled([cell for cell in cells if cell is not None], top)
            source = sources[1] if len(cells) > 1 or (top is not None and top < max(cells[0] or (0,))) else sources[0]
            for age, persons in ages.items():
                row = noun(place=place.key, year=year, sex=sex, age=age, persons=kept(persons), source=source)
                reading.found.rows.append(("projections" if noun is Projection else "population", row))


def _top(reading: Reading, place: str) -> int | None:
    """The oldest age of the plan's own estimates of a place; the file's ages from there on are added up."""
    return max((row.age for row in reading.plan.population if row.place == place), default=None)


def _pooled(cells: list[Ages], top: int | None) -> Ages:
    """People of several areas or sexes by age, all from the top age on in one."""
    pooled: Ages = defaultdict(float)
    for ages in cells:
        for age, persons in ages.items():
            pooled[age if top is None else min(age, top)] += persons
    return dict(sorted(pooled.items()))


def _sum_up(
    reading: Reading,
    noun: type[Population],
    footprint: Place | None,
    ways: tuple[Members, ...],
    counted: Counted,
    derived: str,
    used: set[str],
) -> None:
    """The footprint as the sum of its members, when every one of them is there, whole."""
    if footprint is None or (footprint.code and footprint.code in counted.seen):
        return
    started = [way for way in ways if set(way.names) & set(counted.seen)]
    whole = next((way for way in started if set(way.names) <= set(counted.seen) and not way.parts), None)
    if whole:
        used.update(whole.names)
        _add(reading, noun, footprint, tuple(whole.names), counted, (derived, derived))
        reading.found.said.append(f"{footprint.name} is {_sum_of(whole)}.")
    elif started:
        _refuse_partial(reading, footprint, started, counted)


def _sum_of(whole: Members) -> str:
    if len(whole.names) == 1:
        return f"the one area {next(iter(whole.names.values()))}"
    return f"the sum of {len(whole.names)} areas ({whole.told})"


def _refuse_partial(reading: Reading, footprint: Place, started: list[Members], counted: Counted) -> None:
    nearest = max(started, key=lambda way: len(set(way.names) & set(counted.seen)) / len(way.names))
    missing = [f"{name} ({code})" for code, name in nearest.names.items() if code not in counted.seen]
    parts = [f"{nearest.names[code]} ({share:.0%} inside)" for code, share in nearest.parts.items()]
    if missing:
        found, to_fix = f"no rows of {told(missing)}", "use the whole file, or one of the areas of that date"
    else:
        found, to_fix = f"areas that lie only partly in it: {told(parts)}", "use the file by commissioning group"
    reading.refuse(None, None, found, f"every member of {footprint.name}: {nearest.told}, each whole", to_fix)


def _tell_missing(reading: Reading, counted: Counted, used: set[str]) -> None:
    if not counted.seen:
        codes = list(dict.fromkeys(place.code for place in own_codes(reading.plan).values()))
        reading.refuse(
            None,
            reading.heading[reading.match.where["area"]],
            "no area of the plan",
            f"rows of {told(codes)}" if codes else "the published code of an area in places.csv, such as E38000063",
            "use the file of the right kind of area and date, or write the codes in places.csv",
        )
        return
    for place in reading.plan.places:
        if place.kind is PlaceKind.REFERENCE or place.key == reading.plan.heading.place:
            continue
        if is_part(place):
            reading.found.leave(place.name, f"only {place.share_in_footprint:.0%} of it lies in the footprint")
        elif place.code not in used:
            reading.found.leave(place.name, "the file has no such area" if place.code else "it has no published code")


def people_sources(reading: Reading, key: str, title: str, year: str, url: str) -> tuple[str, str]:
    """Keys of the two sources of people: figures as they stand, and sums of them."""
    about = {"publisher": "Office for National Statistics", "year": year, "url": url, "licence": OPEN_LICENCE}
    plain = reading.source(key, kind=SourceKind.PUBLISHED, title=title, **about)
    note = "Areas, or females and males, added up; the oldest ages in one where the plan's estimates end earlier."
    summed = reading.source(f"{key}_sum", kind=SourceKind.DERIVED, title=f"{title}, added up", note=note, **about)
    return plain, summed
