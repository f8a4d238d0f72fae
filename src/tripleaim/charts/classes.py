"""A few classes instead of many numbers: each with its words, palest for the lowest and darkest for the highest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.table import Table
from tripleaim.charts.wording import wrap

NOT_PUBLISHED = "not published"

Fill = Literal["solid", "striped"]
"""solid: one colour, where the figure itself stands on it; striped: a pattern too, where it does not."""

_GROUNDS = ("paper", "teal-100", "teal-200", "teal-700")
_STRIPES = {1: (9.0, 1.2), 2: (5.0, 1.6)}  # class: distance between stripes and their width


@dataclass(frozen=True)
class Classes:
    """Classes of a measure, lowest first.

    starts : the least value of each class after the first, for example (14, 18, 22)
    words  : what each class is, in words, one more than starts: ("under 14", "14 to 17", "18 to 21", "22 or more")
    """

    starts: tuple[float, ...]
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        check.between("classes", self.words, 2, 4)
        check.same_length("words of classes", self.words, len(self.starts) + 1)
        check.all_finite("classes", self.starts)
        if list(self.starts) != sorted(set(self.starts)):
            raise ValueError(f"classes: found {self.starts}; expected each to start higher than the one before")

    def place(self, value: float | None) -> int | None:
        """Which class a value is in, from 0; None where there is no figure.

        >>> Classes((14, 18, 22), ("under 14", "14 to 17", "18 to 21", "22 or more")).place(18)
        2
        """
        return None if value is None else sum(value >= start for start in self.starts)

    def said(self, value: float | None) -> str:
        """The words of a value's class."""
        found = self.place(value)
        return NOT_PUBLISHED if found is None else self.words[found]

    def table(self, title: str, unit: str, named: Iterable[tuple[str, int, float | None]], places: int) -> Table:
        """Each place with its number, its figure and the class it is in, in the order given."""
        return Table(
            caption=f"{title}. {unit}",
            header=("Place", "Number", unit, "Class"),
            rows=tuple((name, number, value, self.said(value)) for name, number, value in named),
            numeric=(1, 2),
            unit=unit,
            places=(0, places),
        )

    def is_dark(self, value: float | None) -> bool:
        """Whether words on this class have to be light."""
        found = self.place(value)
        return found is not None and self._ground(found) == "teal-700"

    def ink(self, sheet: Sheet, value: float | None, fill: Fill) -> str:
        """Class and presentation attributes of a mark of this value's class."""
        found = self.place(value)
        if found is None:
            edge = f'stroke="{colour("rule-strong")}" stroke-dasharray="3 3"'
            return f'class="c-paper c-edge-ink" fill="{colour("paper")}" {edge}'
        depth, ground = self._depth(found), self._ground(found)
        if fill == "striped" and depth in _STRIPES:
            return f'class="c-edge-help" fill="url(#{_name(sheet, depth)})" stroke="{colour("teal-700")}"'
        if fill == "striped" and ground == "teal-700":  # two dark neighbours are told apart by a pale edge
            edge = f'stroke="{colour("paper")}" stroke-width="1.8" paint-order="stroke"'
            return f'class="c-help c-halo" fill="{colour(ground)}" {edge}'
        role = "c-help c-edge-help" if ground == "teal-700" else "c-paper c-edge-help"
        return f'class="{role}" fill="{colour(ground)}" stroke="{colour("teal-700")}"'

    def patterns(self, sheet: Sheet) -> None:
        """Put the patterns that striped marks need on the sheet, once."""
        depths = [self._depth(found) for found in range(len(self.words))]
        made = "".join(_pattern(_name(sheet, depth), depth) for depth in depths if depth in _STRIPES)
        sheet.put(f"<defs>{made}</defs>")

    def key(self, sheet: Sheet, x: float, y: float, width: float, fill: Fill, missing: bool) -> float:
        """A sample and the words of each class, highest first, down from y; returns where it ends."""
        for value in self._samples(missing):
            box = f'x="{num(x + 0.5)}" y="{num(y + 0.5)}" width="24" height="16"'
            sheet.put(f"<rect {self.ink(sheet, value, fill)} {box}/>")
            y = sheet.lines(x + 32, y + 13, self._said(value, width), size=SMALL) - 13 + 6
        return y

    def key_height(self, width: float, missing: bool) -> float:
        """Height the key takes in a width."""
        return sum(LEAD * len(self._said(value, width)) + 6 for value in self._samples(missing))

    def _samples(self, missing: bool) -> list[float | None]:
        return [*reversed((self.starts[0] - 1, *self.starts)), *([None] if missing else [])]

    def _said(self, value: float | None, width: float) -> tuple[str, ...]:
        return wrap(self.said(value), width - 32, SMALL)

    def _depth(self, found: int) -> int:
        """How dark a class is, 0 to 3; the highest is always the darkest."""
        return found if found < len(self.words) - 1 else 3

    def _ground(self, found: int) -> str:
        return _GROUNDS[self._depth(found)]


def _name(sheet: Sheet, depth: int) -> str:
    return f"{sheet.id}.class{depth}"


def _pattern(name: str, depth: int) -> str:
    apart, width = _STRIPES[depth]
    side, ink = num(apart), colour("teal-700")
    return (
        f'<pattern id="{name}" width="{side}" height="{side}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="c-hatch-bg" width="{side}" height="{side}" '
        f'fill="{colour(_GROUNDS[depth])}"/><line class="c-hatch-ink" x1="1" y1="0" x2="1" y2="{side}" '
        f'stroke="{ink}" stroke-width="{width}"/></pattern>'
    )
