"""ONS sub-national population projections to projections.csv."""

from __future__ import annotations

from tripleaim.opendata.official.asked import Reading
from tripleaim.opendata.official.people import looked_at, people_sources, read_people, wanted_years
from tripleaim.plan.place import Projection

_PAGE = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationprojections/datasets/"
    "localauthoritiesinenglandz1"
)


def read(reading: Reading) -> None:
    """Rows of projections.csv for the mid-years the plan looks at."""
    first, last = min(reading.match.years.values()), max(reading.match.years.values())
    years = wanted_years(reading)
    dated = int(reading.plan.heading.dated[:4])
    title = f"Sub-national population projections for England, {first}-based"
    plain, summed = people_sources(reading, f"ons_projections_{first}", title, f"mid-{first} to mid-{last}", _PAGE)
    if not years:
        reading.refuse(
            None, None, f"years {first} to {last}", f"years of the plan, {reading.plan.years[0]} on", "use another file"
        )
        return
    read_people(reading, Projection, plain, summed, years)
    _, end = looked_at(reading.plan)
    if last < end:
        reading.found.said.append(
            f"The projections end with mid-{last}: people of later years, to mid-{end}, come from the plan's estimates."
        )
    if first >= dated:
        reading.found.said.append(
            f"The projections start from mid-{first}: they were made after this plan ({dated}), and are hindsight."
        )
