"""A plan for any footprint from what is already published: no scheme in it, and no money that nobody printed."""

from __future__ import annotations

from tripleaim.opendata.start.beds import capacity
from tripleaim.opendata.start.councils import council_lines, social_care_profiles
from tripleaim.opendata.start.growth import MEASURES, growth
from tripleaim.opendata.start.heading import heading
from tripleaim.opendata.start.indicators import indicator_groups, indicators
from tripleaim.opendata.start.lines import age_profiles, hospital_lines
from tripleaim.opendata.start.money import assumptions, indices
from tripleaim.opendata.start.organisations import organisations
from tripleaim.opendata.start.people import places, population
from tripleaim.opendata.start.sources import sources
from tripleaim.opendata.start.stated import stated
from tripleaim.opendata.start.subject import Subject
from tripleaim.opendata.start.together import drivers
from tripleaim.plan.plan import Plan, sort_rows
from tripleaim.plan.tables import TABLES


def start(footprint: str) -> Plan:
    """The honest start of a plan for a footprint, dated October 2016, from published data alone.

    It holds people, hospital care by trust, beds, council spending, indicators and printed figures; it has no scheme.
    Money is pressure on sectors of the place, never a gap. What a place lacks stands in the heading's `not_known`.

    footprint : published code of one of the 44 footprints of April 2017, such as E54000022
    raises    : NotPublished for any other code; `find` gives the code for a name

    >>> plan = start("E54000022")
    >>> plan.heading.place, len(plan.activity), len(plan.schemes)
    ('norfolk_and_waveney', 24, 0)
    """
    subject = Subject(footprint)
    found = {kind: growth(subject, kind) for kind in MEASURES}
    care = hospital_lines(subject, found)
    lines = [each.line for each in care]
    beds = tuple(capacity(subject.hospitals, lines))
    pools = frozenset(each.key for each in beds)
    printed = stated(subject, pools)
    tables = {
        "places": places(subject),
        "organisations": organisations(subject),
        "population": population(subject),
        "age_profiles": (*age_profiles(subject, care), *social_care_profiles(subject)),
        "activity": (*lines, *council_lines(subject)),
        "assumptions": assumptions(subject, found),
        "capacity": beds,
        "indices": indices(),
        "drivers": tuple(drivers(care)),
        "indicators": indicators(subject, pools),
        "indicator_groups": indicator_groups(subject),
        "stated": printed.figures,
    }
    rows = {name: sort_rows(name, tuple(table)) for name, table in tables.items()}
    used = {row.source for table in rows.values() for row in table}
    rows["sources"] = sources(subject, care, found, beds, printed, used)
    assert {each.key for each in rows["sources"]} == used
    return Plan(heading=heading(subject, care, found), **{form.name: rows.get(form.name, ()) for form in TABLES})
