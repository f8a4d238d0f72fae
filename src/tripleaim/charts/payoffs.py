"""Who gains and who loses by what: bodies across, schemes or payment forms down, a signed figure in every cell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.gains import GAIN, pounds
from tripleaim.charts.grid import cell, heads, shade_of, write_heads, write_letters
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import DUST, MINUS, clean, say, text_width, widest, wrap

_NAMES = 196.0  # room for the names of rows in the wide drawing
_MANY = 8  # more columns than this take some of it


@dataclass(frozen=True)
class PayoffRow:
    """One scheme or payment form: what each body gains by it (+) or loses (−), in the order of the bodies, in £m."""

    label: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class PayoffMatrix:
    """Up to 12 bodies across and 20 rows down.

    when    : when the money comes, as a sentence has it, for example "a year" or "in 2020/21"
    adds_up : whether rows happen together, so that a body's column has a total (schemes); false where they are
              instead of each other (payment forms)
    row_name: what a row is, for example "scheme" or "payment form"
    """

    bodies: tuple[str, ...]
    rows: tuple[PayoffRow, ...]
    when: str = "a year"
    adds_up: bool = True
    row_name: str = "scheme"
    places: int = 1

    def __post_init__(self) -> None:
        check.between("bodies", self.bodies, 1, 12)
        check.between("rows", self.rows, 1, 20)
        for row in self.rows:
            check.same_length(f"row {row.label!r}, values", row.values, len(self.bodies))
            check.all_finite(f"row {row.label!r}", row.values)

    @property
    def title(self) -> str:
        """What all together gain, and who loses most."""
        if not self.adds_up:
            return self._worst_form()
        totals = self._column_totals()
        if len(self.bodies) == 1:
            return opening(f"{self.bodies[0]} {self._said(totals[0])}")
        all_of_them = f"Together the {len(self.bodies)} bodies {self._said(math.fsum(totals), True)}"
        losers = sorted((total, place) for place, total in enumerate(totals) if total < -GAIN.nothing)
        if not losers:
            return f"{all_of_them}; none of them loses"
        worst, place = losers[0]
        who = clean(self.bodies[place])
        joined = "but" if math.fsum(totals) > GAIN.nothing else "and"
        if len(losers) == 1:
            return f"{all_of_them}, {joined} {who} loses {pounds(worst)}"
        return f"{all_of_them}, {joined} {len(losers)} of them lose; {who} loses most, {pounds(worst)}"

    @property
    def reads(self) -> str:
        """How to read a cell."""
        words = (
            f"Each figure is what one body gains (+) or loses (−) by one {clean(self.row_name)}, {self._unit()}. "
            "A loss has a striped edge; the largest figures are darker."
        )
        return words if self.adds_up else f"{words} Only one {clean(self.row_name)} can hold at a time."

    def table(self) -> Table:
        """A row a scheme or form, a column a body, with totals."""
        rows: list[tuple[Cell, ...]] = [(opening(row.label), *row.values, math.fsum(row.values)) for row in self.rows]
        if self.adds_up:
            totals = self._column_totals()
            rows.append(("Total", *totals, math.fsum(totals)))
        columns = tuple(range(1, len(self.bodies) + 2))
        return Table(
            caption=f"{self.title}. {self._unit()}",
            header=(opening(self.row_name), *map(opening, self.bodies), "All"),
            rows=tuple(rows),
            numeric=columns,
            totals=(len(self.rows),) if self.adds_up else (),
            unit=self._unit(),
            places=(self.places,) * len(columns),
            signed=columns,
            signed_totals=True,
        )

    def svg(self, key: str) -> str:
        """The wide drawing (a grid) and the narrow one (a list under each row)."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _unit(self) -> str:
        return f"£m {clean(self.when)}"

    def _column_totals(self) -> list[float]:
        return [math.fsum(row.values[place] for row in self.rows) for place in range(len(self.bodies))]

    def _said(self, value: float, many: bool = False) -> str:
        words = GAIN.said(value)
        return f"{words.replace('gains', 'gain').replace('loses', 'lose') if many else words} {clean(self.when)}"

    def _worst_form(self) -> str:
        """Under which row somebody loses most, and in how many nobody loses."""
        worst, label, who = min(
            (value, row.label, body) for row in self.rows for body, value in zip(self.bodies, row.values, strict=True)
        )
        if worst >= -GAIN.nothing:
            return f"Nobody loses under any {clean(self.row_name)}"
        none = [row.label for row in self.rows if min(row.values) >= -GAIN.nothing]
        start = f"Under {clean(label)} {clean(who)} {self._said(worst)}"
        if not none:
            return f"{start}; somebody loses under every {clean(self.row_name)}"
        return f"{start}; nobody loses under {clean(none[0])}" + (f" and {len(none) - 1} more" if none[1:] else "")

    def _most(self) -> float:
        return max(abs(value) for row in self.rows for value in row.values)

    def _wide(self, sheet: Sheet) -> str:
        count = len(self.bodies) + 1
        left = _NAMES if count <= _MANY else _NAMES - 46
        wide = min(110.0, (sheet.inner - left) / count)
        columns = heads([opening(body) for body in self.bodies], wide - 6)
        grid = _Grid(left, wide, self._decimals(wide - 5), self._most() / 2)
        unit = sheet.lines(0, 13, wrap(self._unit(), left - 12, SMALL), soft=True, size=SMALL)
        y = write_heads(sheet, columns.and_last("All"), left, wide, unit - 20)
        for row in self.rows:
            y = grid.row(sheet, row.label, row.values, y, is_total=False)
        if self.adds_up:
            sheet.line(0, y + 2, left + wide * count, y + 2)
            y = grid.row(sheet, "Total", self._column_totals(), y + 4, is_total=True)
        if columns.are_letters:
            y = write_letters(sheet, [opening(body) for body in self.bodies], y + 14, across=2)
        return sheet.finish(y, self.title, self.reads)

    def _decimals(self, room: float) -> int | None:
        """Decimals of every figure of the grid: fewer where one would not fit, None where only its sign does."""
        every = [
            value
            for values in (*(row.values for row in self.rows), tuple(self._column_totals()))
            for value in (*values, math.fsum(values))
        ]
        fits = (
            places
            for places in range(self.places, -1, -1)
            if widest([_figure(value, places) for value in every], SMALL, bold=True) <= room
        )
        return next(fits, None)

    def _narrow(self, sheet: Sheet) -> str:
        y = sheet.lines(0, 13, wrap(self._unit(), sheet.inner, SMALL), soft=True, size=SMALL) - 13
        rows = [(row.label, row.values) for row in self.rows]
        if self.adds_up:
            rows.append((f"Every {clean(self.row_name)} together", tuple(self._column_totals())))
        for label, values in rows:
            sheet.line(0, y + 4, sheet.inner, y + 4)
            y = self._narrow_row(sheet, label, values, y + 10)
        return sheet.finish(y - 6, self.title, self.reads)

    def _narrow_row(self, sheet: Sheet, label: str, values: tuple[float, ...], y: float) -> float:
        """The row and its total, then each body it moves, the largest loss first."""
        total = _figure(math.fsum(values), self.places)
        sheet.text(sheet.inner, y + 13, total, "end", bold=True)
        room = sheet.inner - text_width(total, bold=True) - 12
        y = sheet.lines(0, y + 13, wrap(opening(label), room, bold=True), bold=True) - 10
        moved = sorted((value, place) for place, value in enumerate(values) if abs(value) > DUST)
        figures = widest([_figure(value, self.places) for value, _ in moved], SMALL) + 18
        for value, place in moved:
            lines = wrap(self.bodies[place], sheet.inner - figures - 18, SMALL)
            tall = LEAD * len(lines) + 6
            cell(sheet, (sheet.inner - figures, y, figures, tall), shade_of(value), abs(value) > self._most() / 2)
            sheet.lines(8, y + 15, lines, size=SMALL)
            sheet.text(sheet.inner - 6, y + tall / 2 + 4.5, _figure(value, self.places), "end", size=SMALL)
            y += tall
        rest = len(values) - len(moved)
        if rest:
            words = "nothing for any of them" if not moved else f"nothing for the other {rest}"
            sheet.text(
                8, y + 15, words if rest > 1 or not moved else "nothing for the other one", soft=True, size=SMALL
            )
            y += LEAD + 4
        return y + 4


@dataclass(frozen=True)
class _Grid:
    """The wide drawing's columns: where they start, how wide each is, decimals of its figures, and what is darker."""

    left: float
    wide: float
    decimals: int | None
    deep: float

    def row(self, sheet: Sheet, label: str, values: Sequence[float], y: float, is_total: bool) -> float:
        """One row: its name, a cell a body, and its sum; returns where it ends."""
        lines = wrap(opening(label), self.left - 12, bold=is_total)
        tall = max(28.0, LEAD * len(lines) + 8)
        sheet.lines(0, y + (tall - LEAD * len(lines)) / 2 + 13, lines, bold=is_total)
        for place, value in enumerate((*values, math.fsum(values))):
            is_sum = is_total or place == len(values)
            x = self.left + self.wide * place
            if not is_sum:
                cell(sheet, (x, y, self.wide, tall), shade_of(value), abs(value) > self.deep)
            shift = 2 if not is_sum and value < 0 else 0
            middle, baseline = x + self.wide / 2 + shift, y + tall / 2 + 4.5
            said = _figure(value, self.decimals)
            sheet.text(middle, baseline, said, "middle", bold=is_sum, size=SMALL, soft=abs(value) <= DUST)
        return y + tall


def _figure(value: float, places: int | None) -> str:
    """A figure with its sign, nought as plain 0; without decimals it is the sign alone."""
    if abs(value) <= DUST:
        return "0"
    if places is None:
        return "+" if value > 0 else MINUS
    said = f"{abs(value):,.{places}f}"
    return say(value, places, signed=True) if float(said.replace(",", "")) else ("+" if value > 0 else MINUS) + said
