"""General and acute beds of each hospital, and the care that fills them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tripleaim.opendata.start.stays import Stays, stays_of
from tripleaim.opendata.start.subject import Hospital, per_cent
from tripleaim.plan.activity import ActivityLine, BedPool
from tripleaim.quantities import certain

DAYS = 365
TARGET_OCCUPANCY = 0.92
MOST_APART = 2.0
"""Where winter beds occupied are more than this many times what the lines use, the lines do not describe the beds."""


@dataclass(frozen=True, slots=True)
class Care:
    """A hospital's care that uses beds: units by part, their stay, and what was done to make both fit the beds.

    `scale` is below 1 where stays were shortened because the lines would fill more beds than were occupied;
    `beds` is False where no beds can be given, and `why` says so.
    """

    stays: Stays
    counts: dict[str, float]
    scale: float
    beds: bool
    why: str

    def stay(self, part: str) -> float:
        """Mean stay in days as the plan has it."""
        return round(self.stays.mean(part) * self.scale, 3)


def care_in_beds(hospital: Hospital) -> Care:
    """Planned overnight and unplanned care of one hospital, younger and older split as its episodes are."""
    stays = stays_of(hospital)
    unplanned = hospital.count("non_elective")
    older = float(round(unplanned * stays.share("older")))
    counts = {"all": hospital.count("elective_overnight"), "younger": unplanned - older, "older": older}
    winter = hospital.winter()
    if winter is None:
        return Care(stays, counts, 1.0, False, "no winter return of 2015/16")
    used = sum(count * stays.mean(part) for part, count in counts.items() if count) / DAYS
    if not used or winter.occupied_mean / used > MOST_APART:
        why = (
            f"its lines fill {used:,.0f} of {winter.occupied_mean:,.0f} beds occupied in winter: other care fills them"
        )
        return Care(stays, counts, 1.0, False, why)
    return Care(stays, counts, min(1.0, winter.occupied_mean / used), True, "")


def capacity(hospitals: Iterable[Hospital], lines: Iterable[ActivityLine]) -> Iterator[BedPool]:
    """Beds of each trust; the winter factor is winter beds occupied over the lines' mean bed use."""
    used = beds_used(lines)
    for hospital in hospitals:
        pool, winter = f"beds_{hospital.code}", hospital.winter()
        if winter and pool in used:
            yield BedPool(
                key=pool,
                name=f"General and acute beds, {hospital.short}",
                provider=f"trust_{hospital.code}",
                open_beds=round(winter.open_mean, 1),
                target_occupancy=certain(TARGET_OCCUPANCY),
                most_closed_a_year=0,
                winter_factor=round(winter.occupied_mean / used[pool], 4),
                source="beds_winter_2015_16",
            )


def beds_used(lines: Iterable[ActivityLine]) -> dict[str, float]:
    """Beds in use on an average day by pool: spells times mean stay over 365."""
    used: dict[str, float] = {}
    for line in lines:
        if line.bed_pool and line.length_of_stay is not None:
            used[line.bed_pool] = used.get(line.bed_pool, 0.0) + line.baseline * line.length_of_stay / DAYS
    return used


def beds_in_words(hospital: Hospital, pool: BedPool, used: float) -> str:
    """Beds open, occupied in winter and used by the lines of one hospital, whole as a report tells them."""
    winter = hospital.winter()
    assert winter is not None
    flag = f"; {winter.flag}" if winter.flag else ""
    return (
        f"{hospital.short}: {winter.open_mean:,.0f} open and {winter.occupied_mean:,.0f} occupied in winter "
        f"({winter.days} days{flag}); its lines use {used:,.0f}, {per_cent(used / pool.open_beds)} of those open."
    )


def shortened_in_words(care: Care) -> str:
    """What was done to stays so that the lines fit the beds, if anything was."""
    if care.scale == 1:
        return ""
    return (
        f"stays shortened by {per_cent(1 - care.scale)}, because at published stays the lines would fill more beds "
        "than were occupied in winter"
    )
