"""How strongly use of each kind of care depends on age, in the country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from tripleaim.opendata.people import ENGLAND, people
from tripleaim.opendata.published import published
from tripleaim.opendata.start.stays import Band

ADMISSIONS, OUTPATIENT, GP_VISITS = "admissions_2015_16", "outpatient_cost", "gp_visits"
"""Indices of use by age in the open data."""


def in_band(persons: Sequence[float], band: Band) -> float:
    """People of an age band; the last published age stands for everyone older."""
    return sum(persons[band[0] : band[1] + 1])


@cache
def index_by_age(index: str) -> Mapping[Band, float]:
    """One national index of use by age band."""
    return {(each.age_from, each.age_to): each.value for each in published().age_indices if each.index == index}


@cache
def admission_rates() -> Mapping[Band, float]:
    """Admissions a head in England by age band: 2015/16 admissions over people of mid-2017."""
    england = people(ENGLAND, 2017)
    return {band: count / in_band(england, band) for band, count in index_by_age(ADMISSIONS).items()}
