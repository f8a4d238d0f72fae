"""Places and the people who live in them."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class PlaceKind(StrEnum):
    """What sort of area a place is."""

    FOOTPRINT = "footprint"
    COMMISSIONER = "commissioner"
    COUNCIL = "council"
    BOARD = "board"
    REFERENCE = "reference"


class Place(Row):
    """An area with people in it: the footprint, a commissioner's or council's part of it, a Health and
    Wellbeing Board.
    """

    key: Key = quantity("key", "Short name other tables use")
    name: str = quantity("text", "Name as the place calls itself")
    kind: PlaceKind = quantity(
        "footprint | commissioner | council | board | reference",
        "What sort of area; 'reference' (such as England) steadies small cells and is never added to the place",
    )
    code: str = quantity("text", "Published area code, such as E54000022", default="")
    share_in_footprint: float = quantity(
        "fraction", "Share of this area's people who live in the footprint", between=(0, 1), default=1.0
    )
    share_of_footprint: float | None = quantity(
        "fraction", "Share of the footprint's people who live in this area", between=(0, 1), default=None
    )


class Population(Row):
    """People of one age in one place at the middle of one calendar year."""

    place: Key = quantity("place key", "Whose people")
    year: int = quantity("calendar year", "Mid-year of the estimate or projection", between=(1950, 2100))
    sex: str = quantity("persons | females | males", "Persons, or one row a sex", default="persons")
    age: int = quantity("years", "Single year of age; the oldest age given is an open group", between=(0, 120))
    persons: float = quantity("persons", "How many people", between=(0, 1e8))


class Projection(Population):
    """People of one age in one place in a later year, from an official projection the planner supplies."""


class AgeProfile(Row):
    """How strongly use of a kind of care depends on age: a rate a head on any scale, or a share of the activity."""

    profile: Key = quantity("key", "Name of the profile; activity lines refer to it")
    sex: str = quantity("persons | females | males", "Whom the rate describes", default="persons")
    age_from: int = quantity("years", "First age of the band", between=(0, 120))
    age_to: int = quantity("years", "Last age of the band, inclusive; 120 for the open top", between=(0, 120))
    rate: float | None = quantity(
        "units a head, any scale", "Use a head; only ratios between ages matter", between=(0, 1e12), default=None
    )
    age_share: float | None = quantity(
        "fraction",
        "Share of the activity used by this band; divided by the base population of each age before use",
        between=(0, 1),
        default=None,
    )
