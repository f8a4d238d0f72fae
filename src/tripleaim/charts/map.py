"""A map of areas in classes, with the crowded part drawn again larger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.classes import Classes
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.table import Table
from tripleaim.charts.wording import safe, wrap

Point = tuple[float, float]

GRAIN = 2
"""Corners are drawn to half a drawing unit."""

_WIDE, _TALL = 21.0, 14.0
"""Room a number takes."""
_BESIDE = 185.0
"""Width of what stands beside the map."""


@dataclass(frozen=True)
class Area:
    """One area.

    number   : its official number, written on it
    outlines : the corners of each separate part, across and down on a flat grid
    label    : where its number stands
    value    : its figure; None where none is published
    """

    number: int
    name: str
    outlines: tuple[tuple[Point, ...], ...]
    label: Point
    value: float | None


@dataclass(frozen=True)
class Map:
    """Areas in classes told by colour and stripes. The table has the areas in the order given.

    unit      : what the figures are
    near      : numbers of the areas drawn again larger; their numbers stand there
    near_name : what that part is called
    """

    title: str
    reads: str
    unit: str
    areas: tuple[Area, ...]
    classes: Classes
    places: int = 0
    near: tuple[int, ...] = ()
    near_name: str = ""

    def __post_init__(self) -> None:
        check.between("areas", self.areas, 1, 200)
        check.all_finite("areas", [area.value for area in self.areas])
        for area in self.areas:
            check.between(f"outlines of {area.name!r}", area.outlines, 1, 40)
            for outline in area.outlines:
                check.between(f"corners of {area.name!r}", outline, 3, 5000)
                check.all_finite(f"corners of {area.name!r}", [value for point in outline for value in point])
        unknown = set(self.near) - {area.number for area in self.areas}
        if unknown:
            raise ValueError(f"areas drawn larger: found {sorted(unknown)}; expected numbers of areas on the map")

    def table(self) -> Table:
        """Each area, its figure and the class it is in."""
        named = ((area.name, area.number, area.value) for area in self.areas)
        return self.classes.table(self.title, self.unit, named, self.places)

    def svg(self, key: str) -> str:
        """The wide drawing (with numbers) and the narrow one (without)."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _draw(self, sheet: Sheet) -> str:
        self.classes.patterns(sheet)
        missing = any(area.value is None for area in self.areas)
        frame = Frame.around(self.areas)
        if sheet.is_wide:  # the key and the larger part stand beside the map
            beside, room, top = sheet.inner - _BESIDE, sheet.inner - _BESIDE - 24, 0.0
            after = self._key(sheet, beside, _BESIDE, missing) + 30
        else:
            beside, room = 0.0, sheet.inner
            top = self._key(sheet, 0, sheet.inner, missing) + 8
            after = top + frame.height * room / frame.width + 12
        whole = frame.placed(0, top, room / frame.width)
        self._areas(sheet, self.areas, whole, () if not sheet.is_wide else self._labelled(self.near))
        bottom = max(after, top + frame.height * whole.scale)
        if self.near:
            bottom = max(bottom, self._near(sheet, beside, after))
        return sheet.finish(bottom, self.title, self.reads)

    def _key(self, sheet: Sheet, x: float, width: float, missing: bool) -> float:
        y = sheet.lines(x, 13, wrap(self.unit, width, SMALL, bold=True), bold=True, size=SMALL) - 5
        return self.classes.key(sheet, x, y, width, "striped", missing)

    def _labelled(self, but: Sequence[int]) -> tuple[int, ...]:
        return tuple(area.number for area in self.areas if area.number not in but)

    def _near(self, sheet: Sheet, x: float, y: float) -> float:
        """The crowded part again, larger; returns where it ends."""
        areas = tuple(area for area in self.areas if area.number in self.near)
        frame = Frame.around(areas)
        lines = wrap(f"{self.near_name}, drawn larger", _BESIDE, SMALL)
        after = sheet.lines(x, y + 13, lines, soft=True, size=SMALL) - LEAD + 10
        placed = frame.placed(x, after, _BESIDE / frame.width)
        self._areas(sheet, areas, placed, self.near if sheet.is_wide else ())
        return after + frame.height * placed.scale

    def _areas(self, sheet: Sheet, areas: Sequence[Area], frame: Frame, labelled: Sequence[int]) -> None:
        sheet.put('<g stroke-width="0.9" stroke-linejoin="round">')
        for area in areas:
            drawn = "".join(frame.path(outline) for outline in area.outlines)
            words = f"<title>{safe(f'{area.number} {area.name}: {self.classes.said(area.value)}')}</title>"
            sheet.put(f'<path {self.classes.ink(sheet, area.value, "striped")} d="{drawn}">{words}</path>')
        sheet.put("</g>")
        numbered = [area for area in areas if area.number in labelled]
        for area, at in zip(numbered, apart([frame(area.label) for area in numbered]), strict=True):
            self._number(sheet, area, at)

    def _number(self, sheet: Sheet, area: Area, at: Point) -> None:
        """The number of an area, with a halo where stripes would run through it."""
        role, ink, halo = "c-on-dark", "paper", ""
        if not self.classes.is_dark(area.value):
            role, ink = "c-text c-halo", "ink"
            halo = f' stroke="{colour("paper")}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        x, y = num(at[0]), num(at[1] + 4.5)
        sheet.put(
            f'<text class="{role}" x="{x}" y="{y}" font-size="{num(SMALL)}" text-anchor="middle" '
            f'fill="{colour(ink)}"{halo}>{area.number}</text>'
        )


@dataclass(frozen=True)
class Frame:
    """From the flat grid to the drawing."""

    west: float
    north: float
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    scale: float = 1.0

    @classmethod
    def around(cls, areas: Sequence[Area]) -> Frame:
        """The frame that just holds these areas."""
        points = [point for area in areas for outline in area.outlines for point in outline]
        across, down = [point[0] for point in points], [point[1] for point in points]
        return cls(min(across), min(down), max(across) - min(across) or 1.0, max(down) - min(down) or 1.0)

    def placed(self, left: float, top: float, scale: float) -> Frame:
        """The same frame with its north-west corner at a place of the drawing."""
        return Frame(self.west, self.north, self.width, self.height, left, top, scale)

    def __call__(self, point: Point) -> Point:
        """A place on the drawing."""
        return self.left + (point[0] - self.west) * self.scale, self.top + (point[1] - self.north) * self.scale

    def path(self, outline: Sequence[Point]) -> str:
        """One closed outline as a path of short steps; corners that fall together are drawn once."""
        (x, y), *after = self._corners(outline)
        steps = []
        first = f"M{_short(x)} {_short(y)}l"
        for across, down in after:
            steps.append(f"{_short(across - x)} {_short(down - y)}")
            x, y = across, down
        return first + " ".join(steps).replace(" -", "-") + "z" if steps else ""

    def _corners(self, outline: Sequence[Point]) -> Iterator[tuple[int, int]]:
        last = None
        for point in outline:
            x, y = self(point)
            corner = round(x * GRAIN), round(y * GRAIN)
            if corner != last:
                yield corner
            last = corner


def _short(halves: int) -> str:
    """A coordinate counted in halves, in as few letters as it takes.

    >>> [_short(halves) for halves in (21, 1, -1, 0)]
    ['10.5', '.5', '-.5', '0']
    """
    words = num(abs(halves) / GRAIN)
    return ("-" if halves < 0 else "") + (words[1:] if words.startswith("0.") else words)


def apart(places: Sequence[Point]) -> list[Point]:
    """Places for numbers, moved sideways just as far as it takes for no two to touch.

    >>> apart([(100, 50), (104, 52), (300, 50)])
    [(91.5, 50), (112.5, 52), (300, 50)]
    """
    moved = list(places)
    for _ in range(40):
        near = [
            (one, two)
            for one, a in enumerate(moved)
            for two, b in enumerate(moved)
            if (a[0], one) < (b[0], two) and b[0] - a[0] < _WIDE - 1e-6 and abs(a[1] - b[1]) < _TALL
        ]
        if not near:
            break
        for one, two in near:
            (x1, y1), (x2, y2) = moved[one], moved[two]
            short = max(0.0, _WIDE - (x2 - x1)) / 2
            moved[one], moved[two] = (x1 - short, y1), (x2 + short, y2)
    return moved
