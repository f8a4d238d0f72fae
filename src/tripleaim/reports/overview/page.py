"""The overview as one page and its CSV files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.opendata import published
from tripleaim.reports.alone import page_alone
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.overview import pictures, printed
from tripleaim.reports.overview.places import LATER, NOW, WINTER, YEAR, Place, england, places

USED = (
    "ons_people",
    "ons_lookups",
    "ons_overlaps",
    "mhclg_deprivation",
    "winter_beds",
    "ae",
    "trust_places",
    "boundaries",
    "tile_map",
    "printed",
    "leads_and_ratings",
    "positions_public",
)
"""Sources the page rests on, by key."""
_OURS = re.compile(r"Triple Aim authors(, from |; |$)")


def overview_files() -> dict[str, str]:
    """The page and the CSV file of every picture and table on it, by name. Open data only: no plan is read."""
    found, shown = places(), Exhibits()
    sources = {source.key: source for source in published().sources}
    used = [sources[key] for key in USED if key in sources]
    page = page_alone(
        "overview.html",
        "overview.css",
        count=len(found),
        pictures=(
            shown.picture("older_people_map", pictures.old_map(found)),
            shown.picture("older_people", pictures.old_tiles(found)),
            shown.picture("older_people_growth", pictures.growth_tiles(found)),
            shown.picture("most_deprived", pictures.deprived_tiles(found)),
        ),
        numbers=_numbers(shown, found),
        care=[(place.name, place.care) for place in found if place.care],
        gaps=_gaps(shown, found),
        none_printed=_without_gap(found),
        published=shown.table(
            "published",
            printed.what_is_published(found),
            _published_title(found),
            "“Not found” means that we did not find it, not that nobody printed it.",
        ),
        sources=used,
        attribution=attribution([source.publisher for source in used if "Open Government" in source.licence]),
    )
    return {"index.html": page, **{f"data/{name}": text for name, text in shown.files.items()}}


def attribution(publishers: Sequence[str]) -> tuple[str, ...]:
    """What the Open Government Licence and Ordnance Survey ask to be printed."""
    parts = (part.strip() for each in publishers for part in _OURS.sub("", each).split(";"))
    names = sorted({re.sub(r"\s*\([^)]*\)", "", part) for part in parts} - {""})
    return (
        f"Contains public sector information licensed under the Open Government Licence v3.0. "
        f"Published by {'; '.join(names)}.",
        "Contains OS data © Crown copyright and database right. Boundaries: Office for National Statistics.",
    )


def _numbers(shown: Exhibits, found: Sequence[Place]) -> Markup:
    """Every place in figures, in the order of the official numbers, and England."""
    whole = england(found)
    table = Table(
        caption=f"The {len(found)} places in the order of their official numbers, and England",
        header=(
            "Place",
            "Number",
            f"People, mid-{NOW}",
            "Aged 65 and over, %",
            "Aged 85 and over, %",
            f"Aged 65 and over, mid-{NOW} to mid-{LATER}, %",
            "In the most deprived fifth of areas, %",
            f"Beds open, winter {WINTER}, where the trust is",
            f"Major A&E attendances, {YEAR}, where the trust is",
        ),
        rows=(*(_row(place) for place in found), _row(whole)),
        numeric=(1, 2, 3, 4, 5, 6, 7, 8),
        totals=(len(found),),
        places=(0, 0, 1, 1, 1, 1, 0, 0),
        signed=(5,),
        signed_totals=True,
    )
    sizes = sorted(round(place.people, -3) for place in found)
    return shown.table(
        "places",
        table,
        f"Places differ in size: from {sizes[0]:,.0f} to {sizes[-1]:,.0f} people",
        (
            "People are counted where they live. Beds and A&E are counted where the trust is: patients cross borders, "
            "so beds or attendances over people is not a rate of the place."
        ),
    )


def _row(place: Place) -> tuple[Cell, ...]:
    return (
        place.name,
        place.number or "",
        place.people,
        place.old_share,
        place.very_old_share,
        place.old_growth,
        place.most_deprived * 100,
        place.beds,
        place.attendances,
    )


def _gaps(shown: Exhibits, found: Sequence[Place]) -> tuple[Markup, ...]:
    """A table for each kind of printed gap: in brief on the page, whole in its file."""
    told = []
    for kind, heading in printed.GROUPS:
        table = printed.gaps(found, kind)
        if table:
            count = len({str(row[0]).removesuffix(" (another figure)") for row in table.rows})
            title = f"{heading}: printed for {count} of {len(found)} places"
            key = f"printed_gap_{kind}"
            told.append(shown.table(key, printed.in_brief(table), title, stack=True))
            shown.keep(key, title, table)
    return tuple(told)


def _without_gap(found: Sequence[Place]) -> tuple[str, ...]:
    there = {figure.footprint for figure in published().printed_figures if figure.measure == printed.GAP}
    return tuple(place.name for place in found if place.code not in there)


def _published_title(found: Sequence[Place]) -> str:
    missing = len(_without_gap(found))
    return f"For {missing} of {len(found)} places we found no printed gap; people, beds and A&E are published for all"
