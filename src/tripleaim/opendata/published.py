"""Everything the package knows from published data: each table is read when it is first asked for."""

from __future__ import annotations

from functools import cache, cached_property

from tripleaim.opendata.activity import Activity, Emergency, Stay
from tripleaim.opendata.beds import Break, EnglandBeds, QuarterlyBeds, WinterBeds
from tripleaim.opendata.catalogue import Column, Source
from tripleaim.opendata.commissioner import Allocation, Commissioner
from tripleaim.opendata.council import Council, CouncilSpending, SocialCareByAge
from tripleaim.opendata.deprivation import Deprivation
from tripleaim.opendata.footprint import Footprint, Shape, Tile
from tripleaim.opendata.health import HealthYear, health
from tripleaim.opendata.national import AgeIndex, NationalPrice
from tripleaim.opendata.overlap import CouncilOverlap, DistrictOverlap, Successor
from tripleaim.opendata.people import PeopleByDeprivation, people, people_by_deprivation
from tripleaim.opendata.printed import Lead, Position, PrintedFigure, Rating
from tripleaim.opendata.staff import Staff
from tripleaim.opendata.table import records
from tripleaim.opendata.trust import Catchment, Trust
from tripleaim.opendata.trust_money import TrustLoan, TrustResult


class OpenData:
    """The packaged tables as records. What each column means and where it comes from: `columns` and `sources`."""

    # Where people live, and who serves and governs them

    @cached_property
    def footprints(self) -> tuple[Footprint, ...]:
        """The 44 footprints of April 2017."""
        return records("footprints", Footprint)

    @cached_property
    def commissioners(self) -> tuple[Commissioner, ...]:
        """Clinical commissioning groups of April 2016 and of April 2017, by footprint."""
        return records("commissioners", Commissioner)

    @cached_property
    def councils(self) -> tuple[Council, ...]:
        """The 152 councils that run social care."""
        return records("councils", Council)

    @cached_property
    def council_overlaps(self) -> tuple[CouncilOverlap, ...]:
        """People shared by footprint and council, with both shares."""
        return records("council_overlaps", CouncilOverlap)

    @cached_property
    def district_overlaps(self) -> tuple[DistrictOverlap, ...]:
        """People shared by footprint and district, with both shares."""
        return records("district_overlaps", DistrictOverlap)

    @cached_property
    def successors(self) -> tuple[Successor, ...]:
        """The integrated care boards that each footprint's people now belong to."""
        return records("successors", Successor)

    @cached_property
    def trusts(self) -> tuple[Trust, ...]:
        """Providers of care, with the one footprint each is counted in."""
        return records("trusts", Trust)

    @cached_property
    def trust_catchments(self) -> tuple[Catchment, ...]:
        """Where trusts' patients live, by council and by footprint."""
        return records("trust_catchments", Catchment)

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """Outlines of the footprints for small maps."""
        return records("shapes", Shape)

    @cached_property
    def tiles(self) -> tuple[Tile, ...]:
        """Cells of the footprints on an equal-cell map."""
        return records("tiles", Tile)

    # People and their health

    def people(self, area: str, year: int) -> tuple[float, ...]:
        """People of each single year of age, 0 to 90 and over; see `people`. Raises NotPublished."""
        return people(area, year)

    @cached_property
    def people_by_deprivation(self) -> tuple[PeopleByDeprivation, ...]:
        """People of mid-2017 by footprint, council, national fifth of deprivation and five-year band."""
        return people_by_deprivation()

    @cached_property
    def deprivation(self) -> tuple[Deprivation, ...]:
        """How deprived England, footprints, councils and districts are, 2015."""
        return records("deprivation", Deprivation)

    @cached_property
    def health(self) -> tuple[HealthYear, ...]:
        """Thirty indicators for England, footprints, councils and districts, 2015 to 2021."""
        return health()

    # Care given, and the beds and staff that give it

    @cached_property
    def activity(self) -> tuple[Activity, ...]:
        """Planned and unplanned care by trust, 2012/13 to 2015/16."""
        return records("activity", Activity)

    @cached_property
    def emergency(self) -> tuple[Emergency, ...]:
        """A&E attendances by provider and type, 2016/17 and 2017/18."""
        return records("emergency", Emergency)

    @cached_property
    def stays(self) -> tuple[Stay, ...]:
        """Episodes and stays by provider and age band, 2017/18."""
        return records("stays", Stay)

    @cached_property
    def beds(self) -> tuple[WinterBeds, ...]:
        """General and acute beds by trust, winters 2015/16 to 2018/19."""
        return records("beds", WinterBeds)

    @cached_property
    def england_beds(self) -> tuple[EnglandBeds, ...]:
        """England's own row of the winter returns."""
        return records("england_beds", EnglandBeds)

    @cached_property
    def quarterly_beds(self) -> tuple[QuarterlyBeds, ...]:
        """General and acute beds by trust and quarter, 2018/19."""
        return records("quarterly_beds", QuarterlyBeds)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Series of footprints that moved more than 15 % in a year, with what is known of the cause."""
        return records("breaks", Break)

    @cached_property
    def staff(self) -> tuple[Staff, ...]:
        """Full-time equivalents by organisation and staff group, September 2017."""
        return records("staff", Staff)

    # Money, and what was printed

    @cached_property
    def council_spending(self) -> tuple[CouncilSpending, ...]:
        """What councils spent, 2015/16 to 2017/18."""
        return records("council_spending", CouncilSpending)

    @cached_property
    def social_care_by_age(self) -> tuple[SocialCareByAge, ...]:
        """What councils spent on adult social care by age, 2016/17."""
        return records("social_care_by_age", SocialCareByAge)

    @cached_property
    def allocations(self) -> tuple[Allocation, ...]:
        """Core allocations of commissioning groups; the year is inferred."""
        return records("allocations", Allocation)

    @cached_property
    def printed_figures(self) -> tuple[PrintedFigure, ...]:
        """Figures printed about the plans, each with its page."""
        return records("printed_figures", PrintedFigure)

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Money by organisation that public bodies printed, three worked places."""
        return records("positions", Position)

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """Who led 24 of the plans."""
        return records("leads", Lead)

    @cached_property
    def ratings(self) -> tuple[Rating, ...]:
        """Overall ratings of July 2017, where printed."""
        return records("ratings", Rating)

    @cached_property
    def trust_results(self) -> tuple[TrustResult, ...]:
        """Planned and actual surplus or deficit of trusts, 2018/19."""
        return records("trust_results", TrustResult)

    @cached_property
    def trust_loans(self) -> tuple[TrustLoan, ...]:
        """Interim revenue loans owed by trusts."""
        return records("trust_loans", TrustLoan)

    @cached_property
    def age_indices(self) -> tuple[AgeIndex, ...]:
        """How use of care depends on age, England."""
        return records("age_indices", AgeIndex)

    @cached_property
    def national_prices(self) -> tuple[NationalPrice, ...]:
        """National unit costs, and provider cost inflation by pool and year."""
        return records("national_prices", NationalPrice)

    # What it all means

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Meaning, unit, source, kind and year of every column of every table."""
        return records("columns", Column)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source, with its licence and what was done to it."""
        return records("sources", Source)


@cache
def published() -> OpenData:
    """The open data of the package; tables are read when first asked for, and once.

    source : src/tripleaim/opendata/data, written by tools/build_opendata.py

    >>> len(published().footprints)
    44
    """
    return OpenData()
