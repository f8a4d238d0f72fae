"""What is already published? Compact national data for the 44 footprints of England, each value with its source."""

from tripleaim.opendata.activity import Activity, Emergency, Stay
from tripleaim.opendata.beds import Break, EnglandBeds, QuarterlyBeds, WinterBeds
from tripleaim.opendata.bodies import Belonging
from tripleaim.opendata.catalogue import Column, Source
from tripleaim.opendata.commissioner import Allocation, Commissioner
from tripleaim.opendata.council import Council, CouncilSpending, SocialCareByAge
from tripleaim.opendata.deprivation import Deprivation
from tripleaim.opendata.find import Found, find
from tripleaim.opendata.footprint import Footprint, Shape, Tile
from tripleaim.opendata.health import HealthYear
from tripleaim.opendata.national import AgeIndex, NationalPrice
from tripleaim.opendata.overlap import CouncilOverlap, DistrictOverlap, Successor
from tripleaim.opendata.people import ENGLAND, NotPublished, PeopleByDeprivation, people
from tripleaim.opendata.printed import Lead, Position, PrintedFigure, Rating
from tripleaim.opendata.published import OpenData, published
from tripleaim.opendata.staff import Staff
from tripleaim.opendata.trust import Catchment, Trust
from tripleaim.opendata.trust_money import TrustLoan, TrustResult

__all__ = [
    "ENGLAND",
    "Activity",
    "AgeIndex",
    "Allocation",
    "Belonging",
    "Break",
    "Catchment",
    "Column",
    "Commissioner",
    "Council",
    "CouncilOverlap",
    "CouncilSpending",
    "Deprivation",
    "DistrictOverlap",
    "Emergency",
    "EnglandBeds",
    "Footprint",
    "Found",
    "HealthYear",
    "Lead",
    "NationalPrice",
    "NotPublished",
    "OpenData",
    "PeopleByDeprivation",
    "Position",
    "PrintedFigure",
    "QuarterlyBeds",
    "Rating",
    "Shape",
    "SocialCareByAge",
    "Source",
    "Staff",
    "Stay",
    "Successor",
    "Tile",
    "Trust",
    "TrustLoan",
    "TrustResult",
    "WinterBeds",
    "find",
    "people",
    "published",
]
