"""People: populations that can be carried forward, age profiles that add up, staff that exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tripleaim.loading.crosscheck.missing import Missing, Use
from tripleaim.loading.draft import FORM, Draft
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.money import BudgetHead
from tripleaim.plan.organisation import Organisation
from tripleaim.plan.place import Place, Population, Projection
from tripleaim.plan.plan import Heading
from tripleaim.plan.scheme import Posts
from tripleaim.plan.workforce import PostsAvailable, StaffGroup, Staffing
from tripleaim.quantities import Noun, first_calendar_year

YOUNGEST_TOP = 85
"""The open group of the oldest begins at this age or later: use of care differs too much among those below it."""
PARENTS = (20, 39)
"""Ages whose number the number of young children follows (method note 1)."""


def ages_complete(draft: Draft) -> None:
    """Every single year of age from 0 to the open top, in every year of every place."""
    for noun in (Population, Projection):
        groups: dict[tuple[str, int, str], list[int]] = defaultdict(list)
        first: dict[tuple[str, int, str], int] = {}
        for row, cell in draft.rows(noun):
            group = (cell.place, cell.year, cell.sex)
            groups[group].append(cell.age)
            first.setdefault(group, row)
        for group, ages in groups.items():
            missing = sorted(set(range(max(ages) + 1)) - set(ages))
            if missing:
                draft.refuse(
                    noun,
                    first[group],
                    "age",
                    f"{group[0]}, {group[1]}, {group[2]}: no age {_ages(missing)}",
                    f"every year of age from 0 to {max(ages)}",
                    "add the rows; write 0 where nobody lives",
                )
        _sexes(draft, noun, first)


def _ages(missing: list[int]) -> str:
    return ", ".join(map(str, missing[:5])) + (" …" if len(missing) > 5 else "")


def _sexes(draft: Draft, noun: type[Noun], first: dict[tuple[str, int, str], int]) -> None:
    by_year: dict[tuple[str, int], set[str]] = defaultdict(set)
    for place, year, sex in first:
        by_year[place, year].add(sex)
    for (place, year), sexes in by_year.items():
        if sexes not in ({"persons"}, {"females", "males"}):
            row = min(first[place, year, sex] for sex in sexes)
            draft.refuse(
                noun,
                row,
                "sex",
                f"{place}, {year}: {' and '.join(sorted(sexes))}",
                "persons alone, or females and males",
                "keep one way of counting, so that nobody counts twice",
            )


def same_top(draft: Draft) -> None:
    """Estimates and projections of one place end at the same age, or what became of the oldest cannot be told."""
    tops: dict[str, dict[int, str]] = defaultdict(dict)
    for (noun, place, year, sex), (row, ages) in _by_year(draft).items():
        top = max(ages)
        also = "" if sex == "persons" else f", {sex}"
        before = tops[place]
        if before and top not in before:
            first_top, first = next(iter(before.items()))
            draft.refuse(
                noun,
                row,
                "age",
                f"{place}, {year}{also}: oldest age {top}; {first}: oldest age {first_top}",
                "the same oldest age in every year of a place",
                f"add up the ages from {min(top, first_top)} on into one row, in every year of the place",
            )
        before.setdefault(top, f"{year}{also} in {FORM[noun].file}")


def _by_year(draft: Draft) -> dict[tuple[type[Population], str, int, str], tuple[int, dict[int, float]]]:
    """People by age in every year of every place, with the first row of each."""
    found: dict[tuple[type[Population], str, int, str], tuple[int, dict[int, float]]] = {}
    for noun in (Population, Projection):
        for row, cell in draft.rows(noun):
            found.setdefault((noun, cell.place, cell.year, cell.sex), (row, {}))[1][cell.age] = cell.persons
    return found


def all_ages(draft: Draft) -> None:
    """People carried forward reach an age of many needs, and some of them are of an age to have children.

    A place whose every year an official projection gives is not carried forward, and is taken as it is.
    """
    years = {first_calendar_year(year) for year in (draft.opening_year, *draft.years)}
    given: dict[str, set[int]] = defaultdict(set)
    for _, place, year, _ in _by_year(draft):
        given[place].add(year)
    used = {place for place in _peopled(draft) if not years <= given[place]}
    parents: dict[tuple[type[Population], str, int], float] = defaultdict(float)
    short: set[str] = set()
    first: dict[tuple[type[Population], str, int], int] = {}
    for (noun, place, year, _), (row, ages) in _by_year(draft).items():
        first.setdefault((noun, place, year), row)
        parents[noun, place, year] += sum(ages.get(age, 0.0) for age in range(PARENTS[0], PARENTS[1] + 1))
        if place in used and place not in short and max(ages) < YOUNGEST_TOP:
            short.add(place)
            draft.refuse(
                noun,
                row,
                "age",
                f"{place}, {year}: oldest age {max(ages)}",
                f"single years of age up to {YOUNGEST_TOP} or later, the last of them open",
                f"add the rows up to {YOUNGEST_TOP} or 90, as the national estimates give them",
            )
    for (noun, place, year), people in parents.items():
        if place in used and place not in short and people <= 0:
            draft.refuse(
                noun,
                first[noun, place, year],
                "persons",
                f"{place}, {year}: nobody aged {PARENTS[0]} to {PARENTS[1]}",
                "some people of that age, whom the number of young children follows",
                "write how many people of each age live there",
            )


def places_peopled(draft: Draft) -> None:
    """A place whose care is planned has people: two mid-years to carry forward, or a projection over the plan."""
    last_year = int(draft.stated.dated[:4]) if not draft.stated.use_hindsight else 9999
    estimates: dict[str, set[int]] = defaultdict(set)
    projected: dict[str, set[int]] = defaultdict(set)
    for _, cell in draft.rows(Population):
        if cell.year <= last_year:
            estimates[cell.place].add(cell.year)
    for _, later in draft.rows(Projection):
        projected[later.place].add(later.year)
    needed = {first_calendar_year(year) for year in (draft.opening_year, *draft.years)}
    known = draft.keys("places", "key")
    for place, (noun, row, name) in _peopled(draft).items():
        enough = len(estimates[place]) > 1 or needed <= projected[place] | estimates[place]
        if place in known and not enough:
            years = ", ".join(map(str, sorted(estimates[place]))) or "none"
            switched_off = last_year < 9999
            limit = f" not later than {last_year}, because use_hindsight is false in plan.toml" if switched_off else ""
            draft.refuse(
                noun,
                row,
                name,
                f"{place}, with population of: {years}",
                f"people of two mid-years{limit}, or of every year {min(needed)} to {max(needed)}",
                f"add {place} to population.csv or projections.csv"
                + (", or set use_hindsight = true in plan.toml" if switched_off else ""),
            )


def _peopled(draft: Draft) -> dict[str, tuple[type[Noun], int, str]]:
    """Places whose people drive something, and what names them first."""
    used: dict[str, tuple[type[Noun], int, str]] = {}
    for row, line in draft.rows(ActivityLine):
        used.setdefault(line.population, (ActivityLine, row, "population"))
    served = draft.by_key(Organisation)
    for row, head in draft.rows(BudgetHead):
        if head.age_profile and head.organisation in served:
            place = served[head.organisation].place or draft.stated.place
            used.setdefault(place, (BudgetHead, row, "age_profile"))
    return used


def staff_exist(draft: Draft) -> None:
    """Posts and staffing name a group that its employer has."""
    groups: dict[str, list[str]] = defaultdict(list)
    for _, staff in draft.rows(StaffGroup):
        groups[staff.organisation].append(staff.group)
    known = {group for of_one in groups.values() for group in of_one}
    missing = Missing()
    for noun in (PostsAvailable, Staffing, Posts):
        for row, record in draft.rows(noun):
            employer, group = getattr(record, "organisation"), getattr(record, "group")  # noqa: B009 - each noun has them
            if group in known and group not in groups[employer]:
                has = ", ".join(sorted(groups[employer])) or "none"
                expected = f"a staff group of {employer} in workforce.csv (it has: {has})"
                use = Use(noun, row, "group", expected, "name another employer")
                missing.add("workforce", "organisation, group", f"{employer}, {group}", use)
    missing.tell(draft)


def staffing_of_one(draft: Draft) -> None:
    """Staffing belongs to a line or to a bed pool, not to both or neither."""
    for row, need in draft.rows(Staffing):
        if bool(need.line) == bool(need.bed_pool):
            draft.refuse(
                Staffing,
                row,
                "line",
                "both a line and a bed pool" if need.line else "neither a line nor a bed pool",
                "one of the two",
                "make it two rows" if need.line else "write the line or the bed pool",
            )


def footprint(draft: Draft) -> None:
    """The plan is for a footprint, not for a reference place."""
    place = draft.by_key(Place).get(draft.stated.place)
    if place is not None and place.kind == "reference":
        draft.refuse(
            Heading,
            None,
            "place",
            f"{place.key}, a reference place",
            "the footprint the plan is for",
            "name the footprint; a reference place is never added to it",
        )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (ages_complete, (Population, Projection)),
    (same_top, (Population, Projection)),
    (all_ages, (Heading, Population, Projection, Organisation)),
    (places_peopled, (Heading, Population, Projection, Organisation)),
    (staff_exist, (StaffGroup,)),
    (staffing_of_one, ()),
    (footprint, (Heading, Place)),
)
