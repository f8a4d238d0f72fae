"""ONS mid-year population estimates (the detailed series) to population.csv."""

from __future__ import annotations

from tripleaim.opendata.official.asked import Reading
from tripleaim.opendata.official.people import people_sources, read_people, wanted_years
from tripleaim.plan.place import Population

_BEFORE = 3
"""Years before the opening year that are taken too: people are carried forward from two estimates."""
_PAGE = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/datasets/"
    "populationestimatesforukenglandandwalesscotlandandnorthernireland"
)


def read(reading: Reading) -> None:
    """Rows of population.csv, from three years before the opening year to the plan's last."""
    first, last = min(reading.match.years.values()), max(reading.match.years.values())
    years = wanted_years(reading, _BEFORE)
    plain, summed = people_sources(
        reading, f"ons_estimates_{last}", "Mid-year population estimates", f"mid-{first} to mid-{last}", _PAGE
    )
    if not years:
        reading.refuse(None, None, f"years {first} to {last}", "years near the plan's", "use another file")
        return
    read_people(reading, Population, plain, summed, years)
