"""How old the people in a hospital's beds are, and how long people of each age stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tripleaim.opendata.published import published
from tripleaim.opendata.start.subject import HOSPITAL_KINDS, Hospital, short_name, trusts_by_code

SPLIT_AGE = 70
"""Unplanned care is two lines, below and from this age: stay differs most there, and bands are ten years wide."""
OLDEST = 120
PARTS = ("younger", "older")

Band = tuple[int, int]
BANDS: tuple[Band, ...] = (*((first, first + 9) for first in range(0, 90, 10)), (90, OLDEST))
Episodes = Mapping[Band, tuple[float, float]]
"""Episodes and mean stay in days, by age band."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Ordinary episodes and mean stay by age band at one hospital; `stand_in` says whose they are if not its own."""

    episodes: Episodes
    suppressed: tuple[str, ...] = ()
    stand_in: str = ""

    def share(self, part: str) -> float:
        """Share of the episodes that are of the younger or the older; nought in a hospital that has none of them."""
        return sum(count for count, _ in self._of(part)) / sum(count for count, _ in self._of("all"))

    def mean(self, part: str = "all") -> float:
        """Mean stay in days of the younger, the older or all."""
        mine = self._of(part)
        return sum(count * days for count, days in mine) / sum(count for count, _ in mine)

    def age_shares(self, part: str) -> dict[Band, float]:
        """Share that each band has of the episodes of the younger, the older or all; nought where none is published."""
        counts = {band: self.episodes.get(band, (0.0, 0.0))[0] for band in BANDS}
        mine = {band: count if part == "all" or is_in(part, band) else 0.0 for band, count in counts.items()}
        total = sum(mine.values())
        return {band: round(count / total, 6) for band, count in mine.items()}

    def _of(self, part: str) -> list[tuple[float, float]]:
        return [found for band, found in self.episodes.items() if part == "all" or is_in(part, band)]


def is_in(part: str, band: Band) -> bool:
    """Whether an age band belongs to the younger or the older."""
    return (band[0] >= SPLIT_AGE) == (part == "older")


def stays_of(hospital: Hospital) -> Stays:
    """The hospital's own stays; those of the trust it became part of; else those of all acute hospitals."""
    trust = hospital.trust
    for code in (trust.ods, *trust.successor.split()):
        if found := own_stays(code):
            whose = "" if code == trust.ods else f"{short_name(trusts_by_code()[code].name)} ({code}), which it joined"
            return Stays(found, suppressed_bands(code), whose)
    return Stays(all_hospitals(), (), "all acute and specialist hospitals together")


def own_stays(code: str) -> Episodes:
    """Published stays of one trust; suppressed bands and unknown ages left out."""
    return episodes_by_trust().get(code, {})


def suppressed_bands(code: str) -> tuple[str, ...]:
    """Age bands of one trust in which the counts are too small to be published."""
    return tuple(each.age_band for each in published().stays if _trust(each.trust) == code and each.episodes is None)


@cache
def episodes_by_trust() -> Mapping[str, Episodes]:
    """Published stays of every trust; a code that ends in -X stands for all sites of the trust."""
    found: dict[str, dict[Band, tuple[float, float]]] = defaultdict(dict)
    for each in published().stays:
        if each.episodes is not None and each.mean_stay is not None and each.age_band[0].isdigit():
            found[_trust(each.trust)][band_of(each.age_band)] = (each.episodes, each.mean_stay)
    return {code: bands for code, bands in found.items() if any(count for count, _ in bands.values())}


@cache
def all_hospitals() -> Episodes:
    """Episodes and mean stay of all acute and specialist hospitals with published stays."""
    days: dict[Band, float] = defaultdict(float)
    counts: dict[Band, float] = defaultdict(float)
    for code, bands in episodes_by_trust().items():
        if code in trusts_by_code() and trusts_by_code()[code].kind in HOSPITAL_KINDS:
            for band, (count, mean) in bands.items():
                counts[band] += count
                days[band] += count * mean
    return {band: (counts[band], days[band] / counts[band]) for band in sorted(counts)}


def band_of(text: str) -> Band:
    """First and last age of a published band.

    >>> band_of("0-9"), band_of("90+")
    ((0, 9), (90, 120))
    """
    first, _, last = text.partition("-")
    return (int(first), int(last)) if last else (int(first.rstrip("+")), OLDEST)


def _trust(code: str) -> str:
    return code.removesuffix("-X")
