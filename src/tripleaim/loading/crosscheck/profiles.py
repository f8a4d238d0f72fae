"""Age profiles: bands that cover every age once, shares that add up, and a population to lay them on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tripleaim.loading.draft import Draft
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.place import AgeProfile, Population
from tripleaim.quantities import Noun

OLDEST = 120
"""The age at which the last band of a profile ends."""
SUM_TOLERANCE = 0.001
"""Shares that should add up to one may miss it by this much, for rounding."""

_EVERY_AGE = f"a band for every age from 0 to {OLDEST}"


def profiles(draft: Draft) -> None:
    """Bands of a profile neither overlap nor leave ages out; shares add up to one; one measure a profile."""
    bands: dict[str, list[tuple[int, AgeProfile]]] = defaultdict(list)
    for row, band in draft.rows(AgeProfile):
        _band(draft, row, band)
        bands[band.profile].append((row, band))
    for name, rows in bands.items():
        sexes = {band.sex for _, band in rows}
        if sexes not in ({"persons"}, {"females", "males"}):
            draft.refuse(
                AgeProfile,
                rows[0][0],
                "sex",
                f"{name}: {' and '.join(sorted(sexes))}",
                "persons alone, or females and males",
                "keep one way, with rate 0 where there is no use",
            )
        whole = [_bands(draft, name, _of_sex(rows, sex)) for sex in sorted(sexes)]
        if all(whole) and all((band.rate is None) != (band.age_share is None) for _, band in rows):
            _measure(draft, name, rows)


def _band(draft: Draft, row: int, band: AgeProfile) -> None:
    if (band.rate is None) == (band.age_share is None):
        found = "both rate and age_share" if band.rate is not None else "neither"
        draft.refuse(AgeProfile, row, "rate", found, "either rate or age_share", "keep one of the two")
    if band.age_from > band.age_to:
        found = f"{band.age_from} to {band.age_to}"
        draft.refuse(AgeProfile, row, "age_to", found, "age_from not above age_to", "swap them")


def _of_sex(rows: list[tuple[int, AgeProfile]], sex: str) -> list[tuple[int, int, int]]:
    return sorted((band.age_from, band.age_to, row) for row, band in rows if band.sex == sex)


def _measure(draft: Draft, name: str, rows: list[tuple[int, AgeProfile]]) -> None:
    shares = [band.age_share for _, band in rows if band.age_share is not None]
    if shares and len(shares) < len(rows):
        draft.refuse(
            AgeProfile,
            rows[0][0],
            "age_share",
            f"{name}: rate in some bands and age_share in others",
            "one of them throughout the profile",
            "keep one of the two",
        )
    elif shares and abs(sum(shares) - 1) > SUM_TOLERANCE:
        draft.refuse(
            AgeProfile,
            rows[0][0],
            "age_share",
            f"{name}: shares that add up to {sum(shares):.6g}",
            "shares that add up to 1",
            "check them; use rate instead for use a head",
        )


def _bands(draft: Draft, name: str, bands: list[tuple[int, int, int]]) -> bool:
    """True when the bands of one sex, given as from, to and row, cover every age once."""
    expected_next, whole = 0, True
    for age_from, age_to, row in bands:
        if age_from > age_to:
            return False
        if age_from < expected_next:
            found, to_fix = f"age {age_from} stands in two bands", f"begin this band at {expected_next}"
            draft.refuse(AgeProfile, row, "age_from", f"{name}: {found}", "each age in one band", to_fix)
        elif age_from > expected_next:
            found = f"{name}: no band for ages {expected_next} to {age_from - 1}"
            draft.refuse(AgeProfile, row, "age_from", found, _EVERY_AGE, "add it, with 0 where there is no use")
        whole = whole and age_from == expected_next
        expected_next = max(expected_next, age_to + 1)
    if expected_next <= OLDEST:
        found = f"{name}: no band for ages {expected_next} to {OLDEST}"
        to_fix = f"write {OLDEST} for the open top, or add a band with 0"
        draft.refuse(AgeProfile, bands[-1][2], "age_to", found, _EVERY_AGE, to_fix)
    return whole and expected_next > OLDEST


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
                f"{line.age_profile}, which differs by sex",
                f"a population of {line.population} by sex, or a profile of persons",
                "give females and males in population.csv, or a profile of persons",
            )


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (profiles, (AgeProfile,)),
    (profile_sexes, (AgeProfile, Population)),
)
