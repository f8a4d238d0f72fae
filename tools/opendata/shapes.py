"""Outlines for small maps, projected once and put on a grid of 100 metres, and the places of a map of equal cells.

Every corner of the generalised boundaries is kept, as leaving corners out makes outlines cross themselves; neighbours
share their corners before and after. The tests hold that no outline crosses or touches itself.
"""

from __future__ import annotations

import json
import math

from .raw import Raw, table
from .writing import Row

FILE = "boundaries/stp17_generalised.geojson"
EARTH_KM = 6371.0
CENTRE_LONGITUDE = -2.0
TOP_LATITUDE = 55.9
LEFT_KM = 320.02
"""Room to the west. With this, rounding to the grid makes no spit of land so thin that it crosses itself."""
GRID = 10.0
"""Grid steps to a kilometre."""

Point = tuple[int, int]
Ring = list[Point]


def projected(longitude: float, latitude: float) -> Point:
    """A place on the flat grid (transverse Mercator on a sphere): x to the east, y to the south."""
    east, north = math.radians(longitude - CENTRE_LONGITUDE), math.radians(latitude)
    x = EARTH_KM * math.atanh(math.cos(north) * math.sin(east))
    y = EARTH_KM * (math.radians(TOP_LATITUDE) - math.atan2(math.tan(north), math.cos(east)))
    return round((x + LEFT_KM) * GRID), round(y * GRID)


def rings_of(parts: list[list[list[list[float]]]]) -> list[Ring]:
    """The outer ring of each separate part on the grid, each corner once, the largest first."""
    rings = []
    for outer, *holes in parts:
        assert not holes, "a footprint with a hole in it"
        points = [projected(*point) for point in outer]
        ring = [point for n, point in enumerate(points) if point != points[n - 1]]
        if len(ring) > 2:
            rings.append(ring)
    return sorted(rings, key=lambda ring: (-area(ring), ring))


def area(ring: Ring) -> float:
    """Area of a ring in square grid steps."""
    return abs(sum(x * ring[n - 1][1] - ring[n - 1][0] * y for n, (x, y) in enumerate(ring))) / 2


def path(rings: list[Ring]) -> str:
    """Rings as a path that SVG understands: the first corner, then the step to each next.

    >>> path([[(10, 20), (12, 20), (12, 15)]])
    'M10 20l2 0 0-5z'
    """
    drawn = []
    for ring in rings:
        (x, y), steps = ring[0], []
        for across, down in ring[1:]:
            steps.append(f"{across - x} {down - y}")
            x, y = across, down
        drawn.append(f"M{ring[0][0]} {ring[0][1]}l" + " ".join(steps).replace(" -", "-") + "z")
    return "".join(drawn)


def label_place(ring: Ring) -> Point:
    """The place inside a ring that is farthest from its edge, to about a twentieth of its width."""
    across, down = [x for x, _ in ring], [y for _, y in ring]
    step = max(1, round(max(max(across) - min(across), max(down) - min(down)) / 20))
    places = ((x, y) for x in range(min(across), max(across), step) for y in range(min(down), max(down), step))
    inside = [place for place in places if is_inside(ring, *place)]
    return max(inside, key=lambda place: (room(ring, place), place))


def room(ring: Ring, place: Point) -> float:
    """Distance from a place to the edge of a ring."""
    return min(to_side(place, point, ring[n - 1]) for n, point in enumerate(ring))


def is_inside(ring: Ring, x: float, y: float) -> bool:
    """Whether a place lies inside a ring."""
    crossings = 0
    for n, (x1, y1) in enumerate(ring):
        x2, y2 = ring[n - 1]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def to_side(place: Point, a: Point, b: Point) -> float:
    """Distance from a place to one side of a ring."""
    (x, y), (x1, y1), (x2, y2) = place, a, b
    along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
    along = max(0.0, min(1.0, along))
    return math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))


def shapes(raw: Raw) -> list[Row]:
    """The outline of each footprint, with the point its label stands at."""
    features = json.loads(raw.text(FILE))["features"]
    rows: list[Row] = []
    for feature in sorted(features, key=lambda each: each["properties"]["STP17CD"]):
        rings = rings_of(feature["geometry"]["coordinates"])
        x, y = label_place(rings[0])
        rows.append({"footprint": feature["properties"]["STP17CD"], "label_x": x, "label_y": y, "path": path(rings)})
    return rows


def tiles(raw: Raw) -> list[Row]:
    """One equal cell for each footprint, roughly where it lies, and a short name to stand on it: our own drawing."""
    rows = table("tiles.csv")
    assert {row["footprint"] for row in rows} == set(raw.footprint_codes)
    return [{**row, "column": int(row["column"]), "row": int(row["row"])} for row in rows]
