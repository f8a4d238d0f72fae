"""How many people of each age there are, and will be: persons, youngest at the bottom."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import SMALL, Sheet, num
from tripleaim.charts.scale import from_zero
from tripleaim.charts.table import Table
from tripleaim.charts.wording import say, text_width, widest, wrap


@dataclass(frozen=True)
class AgePyramid:
    """People by age band, then (filled bar) and later (outline over it).

    bands : ages, youngest first, for example "0 to 9"
    then, later : people in each band; places is 0 because people are whole
    """

    title: str
    reads: str
    bands: tuple[str, ...]
    then: tuple[float, ...]
    later: tuple[float, ...]
    then_label: str
    later_label: str
    unit: str = "people"
    places: int = 0

    def __post_init__(self) -> None:
        check.between("age bands", self.bands, 1, 30)
        for name, values in (("then", self.then), ("later", self.later)):
            check.same_length(name, values, len(self.bands))
            check.all_finite(name, values)
            if min(values) < 0:
                raise ValueError(f"{name}: found {min(values)} people; expected 0 or more")

    def table(self) -> Table:
        """Each band, youngest first: people then, people later, the change; and all ages."""
        rows = [(band, a, b, b - a) for band, a, b in zip(self.bands, self.then, self.later, strict=True)]
        rows.append(("All ages", sum(self.then), sum(self.later), sum(self.later) - sum(self.then)))
        return Table(
            caption=f"{self.title}. {self.unit}",
            header=("Age", self.then_label, self.later_label, "Change"),
            rows=tuple(rows),
            numeric=(1, 2, 3),
            totals=(len(self.bands),),
            unit=self.unit,
            places=(self.places,) * 3,
            signed=(3,),
            signed_totals=True,
        )

    def svg(self, key: str) -> str:
        """The wide drawing (with both numbers) and the narrow one (with the change)."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _columns(self, sheet: Sheet) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Heading and words of the columns at the right, bands in order."""
        both = tuple(zip(self.then, self.later, strict=True))
        change = ("change", tuple(_change(a, b) for a, b in both))
        if not sheet.is_wide:
            return (change,)
        then = (self.then_label, tuple(say(a, self.places) for a in self.then))
        return (then, (self.later_label, tuple(say(b, self.places) for b in self.later)), change)

    def _draw(self, sheet: Sheet) -> str:
        columns = self._columns(sheet)
        rooms = [max(widest(words), min(92.0, widest([name], SMALL)), 44.0) + 16 for name, words in columns]
        labels = min(110.0, widest(self.bands))
        scale = from_zero([*self.then, *self.later], labels + 12, sheet.inner - sum(rooms) - 8)
        y = self._key(sheet)
        edges = [sheet.inner - sum(rooms[place + 1 :]) for place in range(len(rooms))]
        heads = [wrap(name, room - 12, SMALL) for (name, _), room in zip(columns, rooms, strict=True)]
        for edge, head in zip(edges, heads, strict=True):
            sheet.lines(edge, y, head, "end", soft=True, size=SMALL)
        y += 17 * (max(map(len, heads)) - 1) + 10
        top = y
        for place in reversed(range(len(self.bands))):
            words = wrap(self.bands[place], labels)
            tall = max(20.0, 17.0 * len(words))
            bar = y + (tall - 20) / 2
            sheet.lines(0, y + (tall - 17 * len(words)) / 2 + 13, words)
            _pair(sheet, scale(0), scale(self.then[place]), scale(self.later[place]), bar)
            for edge, (_, said) in zip(edges, columns, strict=True):
                sheet.text(edge, bar + 15, said[place], "end")
            y += tall + 7
        sheet.line(scale(0), top - 3, scale(0), y - 3)
        return sheet.finish(y - 3, self.title, self.reads)

    def _key(self, sheet: Sheet) -> float:
        """What the filled bar and the outline are, in words beside a sample of each."""
        x, y = 0.0, 13.0
        for later, words in ((False, f"{self.then_label}, {self.unit}"), (True, f"{self.later_label}, {self.unit}")):
            lines = wrap(words, sheet.inner - 34, SMALL)
            if x and x + 34 + widest(lines, SMALL) > sheet.inner:
                x, y = 0.0, y + 20
            _outline(sheet, x, x + 26, y - 11, 13) if later else _filled(sheet, x, x + 26, y - 11, 13)
            after = sheet.lines(x + 34, y, lines, soft=True, size=SMALL)
            x, y = x + 34 + text_width(max(lines, key=len), SMALL) + 24, after - 17
        return y + 26


def _change(then: float, later: float) -> str:
    if then == 0:
        return "from none" if later else "none"
    return say((later / then - 1) * 100, 0, signed=True) + "%"


def _pair(sheet: Sheet, zero: float, then: float, later: float, y: float) -> None:
    _filled(sheet, zero, then, y + 3, 14)
    _outline(sheet, zero, later, y, 20)


def _filled(sheet: Sheet, x1: float, x2: float, y: float, height: float) -> None:
    box = f'x="{num(x1)}" y="{num(y)}" width="{num(max(x2 - x1, 0.5))}" height="{num(height)}"'
    ink = f'fill="{colour("teal-200")}" stroke="{colour("teal-700")}" stroke-width="1"'
    sheet.put(f'<rect class="c-paper c-edge-help" {box} {ink}/>')


def _outline(sheet: Sheet, x1: float, x2: float, y: float, height: float) -> None:
    box = f'x="{num(x1)}" y="{num(y)}" width="{num(max(x2 - x1, 0.5))}" height="{num(height)}"'
    sheet.put(f'<rect class="c-edge-ink" {box} fill="none" stroke="{colour("ink")}" stroke-width="2"/>')
