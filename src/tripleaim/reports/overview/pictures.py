"""The map and the equal cells of the overview."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tripleaim.charts.classes import Classes
from tripleaim.charts.map import Area, Map
from tripleaim.charts.tiles import Tile, Tiles
from tripleaim.opendata import published
from tripleaim.reports.overview.places import LATER, NOW, Place
from tripleaim.reports.words import in_words

LONDON = tuple(f"E540000{n}" for n in range(27, 32))
OLD = Classes((14, 17, 20), ("under 14%", "14% to 16.9%", "17% to 19.9%", "20% or more"))
GROWTH = Classes((5, 6.5, 8), ("under 5%", "5% to 6.4%", "6.5% to 7.9%", "8% or more"))
DEPRIVED = Classes((10, 20, 30), ("under 10%", "10% to 19.9%", "20% to 29.9%", "30% or more"))


def old_map(found: Sequence[Place]) -> Map:
    """Where the share of older people is high and where it is low."""
    shapes = {shape.footprint: shape for shape in published().shapes}
    areas = tuple(
        Area(
            number=place.number,
            name=place.name,
            outlines=outlines(shapes[place.code].path),
            label=(shapes[place.code].label_x, shapes[place.code].label_y),
            value=round(place.old_share, 1),
        )
        for place in found
    )
    many = sum(round(place.old_share, 1) >= 20 for place in found)
    return Map(
        title=f"In {many} of {len(found)} places at least one resident in five is 65 or over",
        reads=(
            "Each place has its official number; the table has the names. The closer the stripes, up to solid, the "
            "higher the share; it says nothing of how well a place does."
        ),
        unit=f"% of people aged 65 and over, mid-{NOW}",
        areas=areas,
        classes=OLD,
        places=1,
        near=tuple(place.number for place in found if place.code in LONDON),
        near_name="London",
    )


def old_tiles(found: Sequence[Place]) -> Tiles:
    """The same shares with every place the same size."""
    few = [place for place in found if round(place.old_share, 1) < 14]
    where = ", all in London," if few and all(place.code in LONDON for place in few) else ""
    return _tiles(
        found,
        title=f"In {len(few)} places{where} fewer than one resident in seven is 65 or over",
        reads=(
            "The same shares, every place the same size and roughly where it lies. The small figure is the place’s "
            "number, the bold one its share."
        ),
        unit=f"% of people aged 65 and over, mid-{NOW}",
        value=lambda place: place.old_share,
        classes=OLD,
    )


def growth_tiles(found: Sequence[Place]) -> Tiles:
    """How fast the number of older people grows."""
    many = sum(round(place.old_growth, 1) >= 6.5 for place in found)
    return _tiles(
        found,
        title=(
            f"In {many} of {len(found)} places the number of people aged 65 and over grows by 6.5% or more "
            f"in {in_words(LATER - NOW)} years"
        ),
        reads=(
            f"Change from mid-{NOW} to mid-{LATER}. The year {LATER} is worked out from how each age moved between two "
            "estimates; it is not an official projection."
        ),
        unit=f"% more people aged 65 and over, mid-{NOW} to mid-{LATER}",
        value=lambda place: place.old_growth,
        classes=GROWTH,
    )


def deprived_tiles(found: Sequence[Place]) -> Tiles:
    """How many people live in the most deprived fifth of areas."""
    many = sum(round(place.most_deprived * 100, 1) >= 30 for place in found)
    return _tiles(
        found,
        title=f"In {many} of {len(found)} places three in ten or more live in England’s most deprived fifth of areas",
        reads=(
            "Share of people who live in the fifth of small areas that is most deprived in England, by the indices of "
            "2015. If people were spread evenly every cell would say 20%."
        ),
        unit="% of people in the most deprived fifth of areas",
        value=lambda place: place.most_deprived * 100,
        classes=DEPRIVED,
    )


def _tiles(
    found: Sequence[Place], title: str, reads: str, unit: str, value: Callable[[Place], float], classes: Classes
) -> Tiles:
    """Equal cells of one measure; figures are told and put in classes as rounded, so that the two never disagree."""
    cells = {tile.footprint: tile for tile in published().tiles}
    tiles = tuple(
        Tile(
            number=place.number,
            name=place.name,
            short=cells[place.code].short_name,
            column=cells[place.code].column,
            row=cells[place.code].row,
            value=round(value(place), 1),
        )
        for place in found
    )
    return Tiles(title=title, reads=reads, unit=unit, tiles=tiles, classes=classes, places=1, sign="%")


def outlines(path: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The corners of each part of an outline: a first corner, then the step to each next.

    >>> outlines("M10 20l2 0 0-5z")
    (((10.0, 20.0), (12.0, 20.0), (12.0, 15.0)),)
    """
    parts = []
    for part in path.strip("z").split("z"):
        numbers = [float(word) for word in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        corners = [(x, y)]
        for across, down in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + across, y + down
            corners.append((x, y))
        parts.append(tuple(corners))
    return tuple(parts)
