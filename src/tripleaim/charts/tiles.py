"""A map of equal cells: every place the same size, roughly where it lies, its figure written on it."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.classes import Classes
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.table import Table
from tripleaim.charts.wording import say, wrap


@dataclass(frozen=True)
class Tile:
    """One place.

    number : its official number, also on the map
    name   : its name in full, for the table
    short  : its name in two short lines at most
    column, row : its cell, counted from the north-west corner, from 0
    value  : its figure; None where none is published
    """

    number: int
    name: str
    short: str
    column: int
    row: int
    value: float | None


@dataclass(frozen=True)
class Tiles:
    """Equal cells in classes. The table has the places in the order given, never in the order of their figures.

    unit   : what the figures are, for example "% of people aged 65 and over"
    places : decimals shown
    sign   : what follows a figure on its cell, for example "%"
    """

    title: str
    reads: str
    unit: str
    tiles: tuple[Tile, ...]
    classes: Classes
    places: int = 0
    sign: str = ""

    def __post_init__(self) -> None:
        check.between("tiles", self.tiles, 1, 60)
        check.all_finite("tiles", [tile.value for tile in self.tiles])
        cells = [(tile.column, tile.row) for tile in self.tiles]
        twice = next((cell for cell in cells if cells.count(cell) > 1), None)
        if twice:
            raise ValueError(f"tiles: found two places in column {twice[0]}, row {twice[1]}; expected one a cell")
        if min(min(cell) for cell in cells) < 0:
            raise ValueError("tiles: found a column or row below 0; expected 0 or more")

    def table(self) -> Table:
        """Each place, its figure and the class it is in."""
        named = ((tile.name, tile.number, tile.value) for tile in self.tiles)
        return self.classes.table(self.title, self.unit, named, self.places)

    def svg(self, key: str) -> str:
        """The wide drawing (with names) and the narrow one (with numbers only)."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _draw(self, sheet: Sheet) -> str:
        columns = max(tile.column for tile in self.tiles) + 1
        side = sheet.inner / columns
        lines = max(len(wrap(tile.short, side - 13, SMALL)) for tile in self.tiles)
        tall = 36.0 + 14 * lines if sheet.is_wide else 42.0
        top, bottom = self._key(sheet, side, tall)
        for tile in self.tiles:
            self._tile(sheet, tile, tile.column * side, top + tile.row * tall, side - 3, tall - 3)
        rows = max(tile.row for tile in self.tiles) + 1
        return sheet.finish(max(bottom, top + rows * tall), self.title, self.reads)

    def _key(self, sheet: Sheet, side: float, tall: float) -> tuple[float, float]:
        """What the classes are: in the empty north-west where it has room, else above the cells.

        returns : where the cells start, and where the words end
        """
        missing = any(tile.value is None for tile in self.tiles)
        corner = self._corner(side, tall, missing) if sheet.is_wide else None
        width = corner or sheet.inner
        y = sheet.lines(0, 13, wrap(self.unit, width, SMALL, bold=True), bold=True, size=SMALL) - 5
        y = self.classes.key(sheet, 0, y, width, "solid", missing)
        if corner:
            return 0.0, y
        words = "Each cell has its place’s number, and its figure in bold."
        y = sheet.lines(0, y + 13, wrap(words, sheet.inner, SMALL), soft=True, size=SMALL) - LEAD + 12
        return y, y

    def _corner(self, side: float, tall: float, missing: bool) -> float | None:
        """Width of the empty north-west, where the key fits there."""
        for rows in range(max(tile.row for tile in self.tiles) + 1, 0, -1):
            width = min((tile.column for tile in self.tiles if tile.row < rows), default=0) * side - 16
            if width > 150:
                unit = LEAD * len(wrap(self.unit, width, SMALL, bold=True)) + 8
                return width if unit + self.classes.key_height(width, missing) < rows * tall else None
        return None

    def _tile(self, sheet: Sheet, tile: Tile, x: float, y: float, width: float, tall: float) -> None:
        dark = self.classes.is_dark(tile.value)
        box = f'x="{num(x + 0.5)}" y="{num(y + 0.5)}" width="{num(width - 1)}" height="{num(tall - 1)}"'
        sheet.put(f"<rect {self.classes.ink(sheet, tile.value, 'solid')} {box}/>")
        said = "–" if tile.value is None else say(tile.value, self.places)
        if not sheet.is_wide:
            sheet.text(x + 4, y + 15, tile.number, size=SMALL, on_dark=dark)
            sheet.text(x + width - 4, y + tall - 6, said, "end", bold=True, size=SMALL, on_dark=dark)
            return
        for line, words in enumerate(wrap(tile.short, width - 10, SMALL)):
            sheet.text(x + 5, y + 16 + 14 * line, words, size=SMALL, on_dark=dark)
        sheet.text(x + 5, y + tall - 6, tile.number, size=SMALL, on_dark=dark)
        sheet.text(x + width - 5, y + tall - 6, said + self.sign * (said != "–"), "end", bold=True, on_dark=dark)
