"""People by single year of age and area, read only when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tripleaim.opendata.table import cells

ENGLAND = "E92000001"
"""England's code: it is the sum of the 44 footprints."""


class NotPublished(KeyError):
    """The tables hold nothing for what was asked."""

    def __str__(self) -> str:
        """The refusal as a sentence; a plain KeyError would show it in quotes."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class PeopleByDeprivation:
    """People of mid-2017 in one national fifth of deprivation (1 most deprived), for a council inside a footprint.

    `people` holds nineteen five-year bands: 0 to 4, 5 to 9 … 85 to 89, 90 and over.
    """

    footprint: str
    council: str
    fifth: int
    people: tuple[float, ...]


@cache
def rows_of_people() -> dict[tuple[str, int], list[str]]:
    """The rows of the table of people by area and year, still as text."""
    _, *rows = cells("people")
    return {(area, int(year)): ages for _, area, year, *ages in rows}


def people(area: str, year: int) -> tuple[float, ...]:
    """People of each single year of age, 0 to 90, in the middle of a year; the last is 90 and over.

    area   : a footprint, commissioner (2017), council, England, or a part of a council, "E54…:E10…"
    year   : 2017 or 2019; 2011 too, but not for commissioners
    raises : NotPublished

    >>> round(sum(people("E54000022", 2017)))
    1016287
    """
    found = rows_of_people().get((area, year))
    if found is None:
        raise NotPublished(f"people of {area!r} in {year} are not in the open data")
    return tuple(map(float, found))


def people_by_deprivation() -> tuple[PeopleByDeprivation, ...]:
    """People of mid-2017 by footprint, council and national fifth of deprivation."""
    _, *rows = cells("people_by_deprivation")
    return tuple(
        PeopleByDeprivation(footprint, council, int(fifth), tuple(map(float, ages)))
        for footprint, council, fifth, *ages in rows
    )
