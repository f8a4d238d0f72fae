"""The 44 footprints of April 2017, and where each stands on a small map."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Footprint:
    """A footprint: the area one plan of 2016 was made for."""

    code: str
    number: int
    name: str
    region: str
    ods_2020: str
    version: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a footprint for a small map, on a flat grid of 100 metres: an SVG path of relative steps."""

    footprint: str
    label_x: int
    label_y: int
    path: str


@dataclass(frozen=True, slots=True)
class Tile:
    """The cell of a footprint on an equal-cell map: our own drawing."""

    footprint: str
    column: int
    row: int
    short_name: str
