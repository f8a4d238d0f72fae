"""People: populations that can be carried forward, age profiles that add up, staff that exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tripleaim.loading.draft import FORM, Draft
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.money import BudgetHead
from tripleaim.plan.organisation import Organisation
from tripleaim.plan.place import AgeProfile, Place, Population, Projection
from tripleaim.plan.plan import Heading
from tripleaim.plan.scheme import Posts
from tripleaim.plan.workforce import PostsAvailable, StaffGroup, Staffing
from tripleaim.quantities import Noun, first_calendar_year

OLDEST = 120
YOUNGEST_TOP = 85
"""The open group of the oldest begins at this age or later: use of care differs too much among those below it."""
PARENTS = (20, 39)
"""Ages whose number the number of young children follows (method note 1)."""
SUM_TOLERANCE = 0.001
"""Shares that should add up to one may miss it by this much, for rounding."""


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
                    found=f"{group[0]}, {group[1]}, {group[2]}: no age {_ages(missing)}",
                    expected=f"every year of age from 0 to {max(ages)}",
                    to_fix="add the rows; write 0 where nobody lives",
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
                found=f"{place}, {year}: {' and '.join(sorted(sexes))}",
                expected="persons alone, or females and males",
                to_fix="keep one way of counting, so that nobody counts twice",
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
                found=f"{place}, {year}{also}: oldest age {top}; {first}: oldest age {first_top}",
                expected="the same oldest age in every year of a place",
                to_fix=f"add up the ages from {min(top, first_top)} on into one row, in every year of the place",
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
                found=f"{place}, {year}: oldest age {max(ages)}",
                expected=f"single years of age up to {YOUNGEST_TOP} or later, the last of them open",
                to_fix=f"add the rows up to {YOUNGEST_TOP} or 90, as the national estimates give them",
            )
    for (noun, place, year), people in parents.items():
        if place in used and place not in short and people <= 0:
            draft.refuse(
                noun,
                first[noun, place, year],
                "persons",
                found=f"{place}, {year}: nobody aged {PARENTS[0]} to {PARENTS[1]}",
                expected="some people of that age, whom the number of young children follows",
                to_fix="write how many people of each age live there",
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
            limit = f" not later than {last_year} (use_hindsight is off)" if last_year < 9999 else ""
            draft.refuse(
                noun,
                row,
                name,
                found=f"{place}, with population of: {years}",
                expected=f"people of two mid-years{limit}, or of every year {min(needed)} to {max(needed)}",
                to_fix=f"add {place} to population.csv or projections.csv",
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


def profiles(draft: Draft) -> None:
    """Bands of a profile neither overlap nor leave ages out; shares add up to one; one measure a profile."""
    bands: dict[str, list[tuple[int, AgeProfile]]] = defaultdict(list)
    for row, band in draft.rows(AgeProfile):
        if (band.rate is None) == (band.age_share is None):
            _refuse_band(
                draft,
                row,
                "rate",
                "both rate and age_share" if band.rate is not None else "neither",
                "either rate or age_share",
                "keep one of the two",
            )
        if band.age_from > band.age_to:
            _refuse_band(
                draft, row, "age_to", f"{band.age_from} to {band.age_to}", "age_from not above age_to", "swap them"
            )
        bands[band.profile].append((row, band))
    for name, rows in bands.items():
        if all((band.rate is None) != (band.age_share is None) for _, band in rows):
            _measure(draft, name, rows)
        sexes = {band.sex for _, band in rows}
        if sexes not in ({"persons"}, {"females", "males"}):
            _refuse_band(
                draft,
                rows[0][0],
                "sex",
                f"{name}: {' and '.join(sorted(sexes))}",
                "persons alone, or females and males",
                "keep one way, with rate 0 where there is no use",
            )
        for sex in sorted(sexes):
            _bands(draft, name, sorted((b.age_from, b.age_to, row) for row, b in rows if b.sex == sex))


def _refuse_band(draft: Draft, row: int, name: str, found: str, expected: str, to_fix: str) -> None:
    draft.refuse(AgeProfile, row, name, found=found, expected=expected, to_fix=to_fix)


def _measure(draft: Draft, name: str, rows: list[tuple[int, AgeProfile]]) -> None:
    shares = [band.age_share for _, band in rows if band.age_share is not None]
    if shares and len(shares) < len(rows):
        _refuse_band(
            draft,
            rows[0][0],
            "age_share",
            f"{name}: rate in some bands and age_share in others",
            "one of them throughout the profile",
            "keep one of the two",
        )
    elif shares and abs(sum(shares) - 1) > SUM_TOLERANCE:
        _refuse_band(
            draft,
            rows[0][0],
            "age_share",
            f"{name}: shares that add up to {sum(shares):.6g}",
            "shares that add up to 1",
            "check them; use rate instead for use a head",
        )


def _bands(draft: Draft, name: str, bands: list[tuple[int, int, int]]) -> None:
    expected_next = 0
    for age_from, age_to, row in bands:
        if age_from > age_to:
            return
        if age_from < expected_next:
            _refuse_band(
                draft,
                row,
                "age_from",
                f"{name}: age {age_from} stands in two bands",
                "each age in one band",
                f"begin this band at {expected_next}",
            )
        elif age_from > expected_next:
            _refuse_band(
                draft,
                row,
                "age_from",
                f"{name}: no band for ages {expected_next} to {age_from - 1}",
                "a band for every age from 0 to 120",
                "add it, with 0 where there is no use",
            )
        expected_next = max(expected_next, age_to + 1)
    if expected_next <= OLDEST:
        _refuse_band(
            draft,
            bands[-1][2],
            "age_to",
            f"{name}: no band for ages {expected_next} to {OLDEST}",
            "a band for every age from 0 to 120",
            "write 120 for the open top, or add a band with 0",
        )


def profile_sexes(draft: Draft) -> None:
    """A profile by sex needs a population by sex."""
    by_sex = {band.profile for _, band in draft.rows(AgeProfile) if band.sex != "persons"}
    counted = {cell.place: cell.sex for _, cell in draft.rows(Population)}
    for row, line in draft.rows(ActivityLine):
        if line.age_profile in by_sex and counted.get(line.population) == "persons":
            draft.refuse(
                ActivityLine,
                row,
                "age_profile",
                found=f"{line.age_profile}, which differs by sex",
                expected=f"a population of {line.population} by sex, or a profile of persons",
                to_fix="give females and males in population.csv, or a profile of persons",
            )


def staff_exist(draft: Draft) -> None:
    """Posts and staffing name a group that its employer has."""
    groups = {(staff.organisation, staff.group) for _, staff in draft.rows(StaffGroup)}
    known_groups = {group for _, group in groups}
    for noun in (PostsAvailable, Staffing, Posts):
        for row, record in draft.rows(noun):
            employer, group = getattr(record, "organisation"), getattr(record, "group")  # noqa: B009 - each noun has them
            if group in known_groups and (employer, group) not in groups:
                has = ", ".join(sorted(g for o, g in groups if o == employer)) or "none"
                draft.refuse(
                    noun,
                    row,
                    "group",
                    found=f"{group} of {employer}",
                    expected=f"a staff group of {employer} in workforce.csv (it has: {has})",
                    to_fix=f"add {employer}, {group} to workforce.csv, or name another employer",
                )


def staffing_of_one(draft: Draft) -> None:
    """Staffing belongs to a line or to a bed pool, not to both or neither."""
    for row, need in draft.rows(Staffing):
        if bool(need.line) == bool(need.bed_pool):
            draft.refuse(
                Staffing,
                row,
                "line",
                found="both a line and a bed pool" if need.line else "neither a line nor a bed pool",
                expected="one of the two",
                to_fix="make it two rows" if need.line else "write the line or the bed pool",
            )


def footprint(draft: Draft) -> None:
    """The plan is for a footprint, not for a reference place."""
    place = draft.by_key(Place).get(draft.stated.place)
    if place is not None and place.kind == "reference":
        draft.problems.add(
            "plan.toml",
            None,
            "place",
            found=f"{place.key}, a reference place",
            expected="the footprint the plan is for",
            to_fix="name the footprint; a reference place is never added to it",
        )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (ages_complete, (Population, Projection)),
    (same_top, (Population, Projection)),
    (all_ages, (Heading, Population, Projection, Organisation)),
    (places_peopled, (Heading, Population, Projection, Organisation)),
    (profiles, (AgeProfile,)),
    (profile_sexes, (AgeProfile, Population)),
    (staff_exist, (StaffGroup,)),
    (staffing_of_one, ()),
    (footprint, (Heading, Place)),
)
