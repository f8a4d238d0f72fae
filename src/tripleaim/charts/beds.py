"""From the beds in use today to the beds needed, then the test of what may close."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal, get_args

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Mark, Sheet
from tripleaim.charts.table import Table
from tripleaim.charts.walk import Step, check_steps, draw_walk, legs
from tripleaim.charts.wording import say, text_width, wrap

_BOXES = 258.0  # where bars and boxes start in the wide drawing

ClosingKind = Literal["open", "closable", "claimed", "difference"]


@dataclass(frozen=True)
class ClosingRow:
    """One line of the test of what may close, in beds.

    kind : open (a number only: beds open, or room left), closable (boxes, solid), claimed (boxes: solid as far as
           closable goes, cross-hatched beyond), difference (a number with its sign)
    note : a few words beside or under the boxes
    """

    label: str
    beds: float
    kind: ClosingKind
    note: str = ""


@dataclass(frozen=True)
class BedBridge:
    """A bed bridge: steps from today to need, then rows that test a claim to close wards.

    steps : base, growth, avoided, shortened, occupancy correction, then the beds needed as a total
    ward  : beds in one box, so that a part of a ward shows as a part of a box; None draws one bar a row
    """

    title: str
    reads: str
    steps: tuple[Step, ...]
    closing: tuple[ClosingRow, ...]
    ward: float | None = None
    unit: str = "beds"
    places: int = 0

    def __post_init__(self) -> None:
        check.between("steps of a bed bridge", self.steps, 1, 40)
        check_steps(self.steps)
        check.all_finite("closing rows", [row.beds for row in self.closing])
        for row in self.closing:
            check.one_of(f"row {row.label!r}, kind", row.kind, get_args(ClosingKind))
            if row.kind in ("closable", "claimed") and row.beds < 0:
                raise ValueError(f"row {row.label!r}: found {row.beds} beds; expected 0 or more")
        if self.ward is not None and not self.ward > 0:
            raise ValueError(f"ward: found {self.ward} beds; expected more than 0")

    def table(self) -> Table:
        """The steps, then the closing rows, in beds."""
        rows = [(step.label, step.value) for step in self.steps] + [(row.label, row.beds) for row in self.closing]
        levels = tuple(place for place, step in enumerate(self.steps) if step.kind in ("total", "result"))
        plain = tuple(len(self.steps) + place for place, row in enumerate(self.closing) if row.kind != "difference")
        return Table(
            caption=f"{self.title}. {self.unit}",
            header=("Step", self.unit),
            rows=tuple(rows),
            numeric=(1,),
            totals=levels + plain,
            unit=self.unit,
            places=(self.places,),
            signed=(1,),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same rows."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _draw(self, sheet: Sheet) -> str:
        y = draw_walk(sheet, legs(self.steps, self.places), self.unit, room=_BOXES - 14)
        if not self.closing:
            return sheet.finish(y, self.title, self.reads)
        heading = "What may close" + (f": one box is a ward of {say(self.ward, 0)}" if self.ward else "")
        y = sheet.lines(0, y + 36, wrap(heading, sheet.inner, bold=True), bold=True) + 1
        for row in self.closing:
            y = self._row(sheet, row, y)
        return sheet.finish(y - 14, self.title, self.reads)

    def _row(self, sheet: Sheet, row: ClosingRow, y: float) -> float:
        said = say(row.beds, self.places, signed=row.kind == "difference")
        labels = (
            246.0
            if sheet.is_wide and row.kind in ("closable", "claimed")
            else sheet.inner - text_width(said, bold=True) - 14
        )
        sheet.text(sheet.inner, y + 12, said, "end", bold=row.kind != "open")
        after = sheet.lines(0, y + 12, wrap(row.label, labels), bold=row.kind == "difference")
        if row.kind in ("closable", "claimed"):
            after = self._boxes(sheet, row, y, after, said)
        elif row.note:
            after = sheet.lines(0, after, wrap(row.note, sheet.inner, SMALL), soft=True, size=SMALL)
        return after - LEAD + 18

    def _boxes(self, sheet: Sheet, row: ClosingRow, y: float, after: float, said: str) -> float:
        """The boxes of one row and its note; returns the baseline after what was drawn."""
        left, top = (_BOXES, y - 2) if sheet.is_wide else (0.0, after - LEAD + 7)
        room = (sheet.inner - 60 if sheet.is_wide else sheet.inner) - left
        right = left
        for mark, start, end in self._runs(row):
            x, right = left + self._place(start, room), left + self._place(end, room, closes=True)
            sheet.bar(mark, x, right, top, 19)
        note = wrap(row.note, sheet.inner - left, SMALL) if row.note else ()
        beside = (
            len(note) == 1 and right + 12 + text_width(note[0], SMALL) < sheet.inner - text_width(said, bold=True) - 12
        )
        if sheet.is_wide and beside:
            sheet.text(right + 12, top + 14, note[0], soft=True, size=SMALL)
            return max(after, y + 12 + LEAD)
        return sheet.lines(left, top + 19 + 15, note, soft=True, size=SMALL) if note else max(after, top + 14 + LEAD)

    def _runs(self, row: ClosingRow) -> list[tuple[Mark, float, float]]:
        """Boxes of a row as kind, first bed and last bed: split at each ward, and where support ends."""
        closable = sum(other.beds for other in self.closing if other.kind == "closable")
        supported = min(row.beds, closable) if row.kind == "claimed" else row.beds
        ward = self.ward or max(row.beds, 1.0)
        wards = int(row.beds // ward) + 1
        cuts = sorted(
            {0.0, supported, row.beds, *(ward * number for number in range(1, wards))}
            if wards < 200
            else {0.0, supported, row.beds}
        )
        pairs = [(start, end) for start, end in itertools.pairwise(cuts) if end - start > 1e-9]
        return [("helps" if end <= supported + 1e-9 else "result", start, end) for start, end in pairs]

    def _place(self, bed: float, room: float, closes: bool = False) -> float:
        """Where a bed stands, with a gap between wards; all rows share one scale."""
        most = max([1.0, *(row.beds for row in self.closing if row.kind in ("closable", "claimed"))])
        ward = self.ward or most
        gaps = max(0.0, most / ward - 1)
        gap = min(6.0, room / (4 * gaps)) if gaps else 0.0
        beds = min((room - gap * gaps) / most, 2.0 if self.ward else 1e9)
        wards = bed / ward
        before = (int(wards - 1e-9) if closes else int(wards + 1e-9)) if self.ward else 0
        return bed * beds + before * gap
