"""What the overview says of each place, worked out from the packaged open data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from tripleaim.opendata import ENGLAND, OpenData, published
from tripleaim.projection.people import ADULTS, cohort_ratios, damped, forward

NOW, CHECK, LATER = 2017, 2019, 2021
"""Mid-years: the estimate shown, the one that tells how each age moves, and the year worked out from both."""
WINTER = YEAR = "2017/18"
MAJOR = "1"
"""Type of A&E department: major, open all hours, led by consultants."""
ENOUGH = 100.0
"""People of one age below which England's ratio is leaned on (method note 1)."""


@dataclass(frozen=True, slots=True)
class Place:
    """One of the 44 footprints of April 2017.

    old, very_old     : people aged 65 and over, and 85 and over, mid-2017
    old_later         : people aged 65 and over, mid-2021, worked out (method note 1)
    most_deprived     : fraction of people who live in England's most deprived fifth of small areas, 2015
    beds, attendances : where the trust is, not where patients live: general and acute beds open, mean of winter
                        2017/18; attendances at major A&E departments, 2017/18
    care              : what to know before these two are read, a sentence each
    """

    code: str
    number: int
    name: str
    region: str
    people: float
    old: float
    very_old: float
    old_later: float
    most_deprived: float
    beds: float
    attendances: float
    care: tuple[str, ...]
    boards: tuple[tuple[str, float], ...]
    """Integrated care boards that the people now belong to, and the fraction of them in each, largest first."""

    @property
    def old_share(self) -> float:
        """Percentage of people aged 65 and over."""
        return self.old / self.people * 100

    @property
    def very_old_share(self) -> float:
        """Percentage of people aged 85 and over."""
        return self.very_old / self.people * 100

    @property
    def old_growth(self) -> float:
        """Growth in the number of people aged 65 and over to mid-2021, in percent."""
        return (self.old_later / self.old - 1) * 100


@cache
def places() -> tuple[Place, ...]:
    """The 44 places in the order of their official numbers."""
    data = published()
    homes = {trust.ods: trust.footprint for trust in data.trusts}
    deprived = {row.area: row.share_in_most_deprived_fifth for row in data.deprivation if row.kind == "footprint"}
    found = []
    for footprint in data.footprints:
        own = {ods for ods, home in homes.items() if home == footprint.code}
        now, later = people_now_and_later(footprint.code)
        boards = sorted(
            ((row.name, row.share_of_footprint) for row in data.successors if row.footprint == footprint.code),
            key=lambda board: -board[1],
        )
        found.append(
            Place(
                code=footprint.code,
                number=footprint.number,
                name=footprint.name,
                region=footprint.region,
                people=sum(now),
                old=sum(now[65:]),
                very_old=sum(now[85:]),
                old_later=sum(later[65:]),
                most_deprived=deprived[footprint.code],
                beds=sum(row.open_mean for row in data.beds if row.trust in own and row.winter == WINTER),
                attendances=sum(
                    row.attendances
                    for row in data.emergency
                    if row.trust in own and row.year == YEAR and row.type == MAJOR
                ),
                care=warnings(data, own),
                boards=tuple(boards),
            )
        )
    return tuple(sorted(found, key=lambda place: place.number))


def england(found: Sequence[Place]) -> Place:
    """England as the sum of the places."""
    people = sum(place.people for place in found)
    return Place(
        code=ENGLAND,
        number=0,
        name="England",
        region="",
        people=people,
        old=sum(place.old for place in found),
        very_old=sum(place.very_old for place in found),
        old_later=sum(place.old_later for place in found),
        most_deprived=sum(place.most_deprived * place.people for place in found) / people,
        beds=sum(place.beds for place in found),
        attendances=sum(place.attendances for place in found),
        care=(),
        boards=(),
    )


def people_now_and_later(area: str) -> tuple[Sequence[float], Sequence[float]]:
    """People by single year of age, mid-2017 as estimated and mid-2021 as worked out from mid-2017 and mid-2019.

    source : method note 1, Hamilton-Perry in steps of two years
    """
    data, step = published(), CHECK - NOW
    now, check = (np.array(data.people(area, year)) for year in (NOW, CHECK))
    cells = np.append(now[: -step - 1], now[-step - 1 :].sum())
    ratios = damped(cohort_ratios(now, check, step), _england_ratios(), cells, ENOUGH)
    births = check[:step] / check[ADULTS].sum()
    return now.tolist(), forward(check, ratios, births, step).tolist()


@cache
def _england_ratios() -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    now, check = (np.array(published().people(ENGLAND, year)) for year in (NOW, CHECK))
    return cohort_ratios(now, check, CHECK - NOW)


def warnings(data: OpenData, trusts: set[str]) -> tuple[str, ...]:
    """What the packaged tables say of the beds and attendances of these trusts, days merely set aside left out."""
    names = {trust.ods: trust.name for trust in data.trusts}
    found = [
        (row.trust, "beds", row.flag) for row in data.beds if row.trust in trusts and row.winter == WINTER and row.flag
    ]
    found += [
        (row.trust, "A&E", row.flag)
        for row in data.emergency
        if row.trust in trusts and row.year == YEAR and row.type == MAJOR and row.flag
    ]
    told = []
    for ods, what, flag in found:
        parts = [part for part in flag.split("; ") if "set aside" not in part]
        told += [f"{names.get(ods) or ods}, {what}: {part}" for part in parts]
    return tuple(told)
