"""Value for money of each scheme, for use in a room: what it does for people as an area, and its cost as a base.

source  : the value triangle of STAR (Airoldi, Morton, Smith and Bevan, 2014, "STAR: people-powered prioritization",
          Medical Decision Making 34(8)): base is cost, height is benefit, and slope is value for money
"""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.gains import GAIN, pounds
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import MINUS, clean, say, wrap

_TALL = 92.0  # height of the largest drawing of a panel
_MOST_TIMES = 100  # the widest box against the narrowest, where boxes are drawn at all
_PANELS = 3  # beside each other in the wide drawing


@dataclass(frozen=True)
class ValueRow:
    """One scheme: how many people it is for, what it does for each of them, and its cost in £m.

    people  : above zero
    benefit : for each person, in the picture's unit; below zero is harm
    cost    : below zero saves money
    """

    label: str
    people: float
    benefit: float
    cost: float

    @property
    def value(self) -> float:
        """What it does for all of its people, in the picture's unit."""
        return self.people * self.benefit

    @property
    def for_money(self) -> float | None:
        """What it does for people for each £1m it costs; none where it saves money or does nothing good."""
        return self.value / self.cost if self.cost > GAIN.nothing and self.value > 0 else None


@dataclass(frozen=True)
class ValueTriangles:
    """Up to 30 schemes, the best value for money first.

    unit     : what benefit is counted in, for example "years of healthy life", or "£ of care no longer needed"
    when     : when the money is spent, as a sentence has it, for example "over five years"
    of       : who or what gains, in the plural, for example "people"
    is_money : True where benefit is GBP, told in £m for all and for each £1 that it costs
    """

    rows: tuple[ValueRow, ...]
    unit: str
    when: str = "a year"
    places: int = 0
    each_places: int = 2
    of: str = "people"
    is_money: bool = False

    def __post_init__(self) -> None:
        check.between("schemes", self.rows, 1, 30)
        for row in self.rows:
            check.all_finite(f"scheme {row.label!r}", (row.people, row.benefit, row.cost))
            if row.people <= 0:
                raise ValueError(f"scheme {row.label!r}: found {row.people} {self.of}; expected more than 0")

    @property
    def ordered(self) -> tuple[ValueRow, ...]:
        """Those that help and cost nothing, then by value for money, then those that harm and save, then the rest."""
        return tuple(sorted(self.rows, key=_order))

    @property
    def title(self) -> str:
        """The scheme with the most value for money beside the one with the least."""
        free = [row for row in self.ordered if row.value > 0 and row.for_money is None]
        paid = [row for row in self.ordered if row.for_money is not None]
        if free:
            helps = "saves care" if self.is_money else "helps people"
            words = f"{clean(free[0].label)} {helps} and {self._saves(free[0])}"
            return opening(f"{words}; so do {len(free) - 1} more" if free[1:] else words)
        if not paid:
            return f"No scheme gains {self._what or 'any money'}"
        best, least = paid[0], paid[-1]
        gains = "brings" if self.is_money else "gains"
        words = f"{clean(best.label)} {gains} most for its money: {self._for_money(best)}"
        return opening(words if best is least else f"{words}; {clean(least.label)} {gains} {self._rate(least)}")

    @property
    def reads(self) -> str:
        """How to read a panel."""
        words = (
            "The triangle is as tall as what all gain and as wide as the cost: the steeper, the more value for money. "
            "All panels have the same scales; the steepest is first."
        )
        if self._has_boxes:
            words = (
                f"The box is as wide as the number of {clean(self.of)} and as tall as what each gains, so its area is "
                f"what all of them gain, in {clean(self.unit)}. {words}"
            )
        harm = "more care needed" if self.is_money else "harm"
        striped = any(row.value < 0 or row.cost < -GAIN.nothing for row in self.rows)
        return f"{words} Striped is {harm}; a triangle to the left of its line saves money." if striped else words

    def table(self) -> Table:
        """Every scheme in the order drawn: people, benefit for each and for all, cost, and value for money."""
        rows: list[tuple[Cell, ...]] = [
            (opening(row.label), row.people, row.benefit, row.value, row.cost, self._per(row)) for row in self.ordered
        ]
        unit = opening(self.unit)
        one = "person" if self.of == "people" else "one"
        return Table(
            caption=f"{self.title}. {unit}; £m {clean(self.when)}",
            header=(
                *("Scheme", opening(self.of), f"{unit}, each {one}", f"{unit}, all"),
                *(f"Cost, £m {clean(self.when)}", f"{unit} for each {self._pound}"),
            ),
            rows=tuple(rows),
            numeric=(1, 2, 3, 4, 5),
            unit=unit,
            places=(0, self.each_places, self.places, 1, 2 if self.is_money else self.places),
        )

    def svg(self, key: str) -> str:
        """The wide drawing (three panels beside each other) and the narrow one (a panel below another)."""
        return self._draw(Sheet(key, "wide"), _PANELS) + self._draw(Sheet(key, "narrow"), 1)

    def _saves(self, row: ValueRow) -> str:
        return "costs nothing" if abs(row.cost) <= GAIN.nothing else f"saves {pounds(row.cost)} {clean(self.when)}"

    @property
    def _has_boxes(self) -> bool:
        """Whether the smallest box can be seen beside the largest."""
        reached = [row.people for row in self.rows]
        return max(reached) <= _MOST_TIMES * min(reached)

    @property
    def _pound(self) -> str:
        """The cost that a rate is told for."""
        return "£1" if self.is_money else "£1m"

    @property
    def _what(self) -> str:
        """What is gained, to go on after a figure."""
        return clean(self.unit).removeprefix("£").strip()

    def _per(self, row: ValueRow) -> float | None:
        """What all gain for each £1m it costs; for each £1 where that is money."""
        return None if row.for_money is None else row.for_money / (1e6 if self.is_money else 1)

    def _rate(self, row: ValueRow) -> str:
        per = self._per(row)
        if per is None:
            return "nothing"
        return f"£{say(per, 2)}" if self.is_money else say(per, self.places)

    def _for_money(self, row: ValueRow) -> str:
        return f"{self._rate(row)} {self._what} for each {self._pound}"

    def _each(self, row: ValueRow) -> str:
        return _sterling(row.benefit, 0) if self.is_money else _exact(row.benefit, self.each_places)

    def _all(self, row: ValueRow) -> str:
        return f"{_sterling(row.value / 1e6, 1)}m" if self.is_money else say(row.value, self.places)

    def _draw(self, sheet: Sheet, across: int) -> str:
        gap = 22.0
        wide = (sheet.inner - gap * (across - 1)) / across
        y = 0.0
        for start in range(0, len(self.ordered), across):
            panels = self.ordered[start : start + across]
            names = [wrap(row.label, wide - 24, bold=True) for row in panels]
            top = y + LEAD * max(map(len, names)) + 10
            ends = [y]
            for place, row in enumerate(panels):
                x = place * (wide + gap)
                sheet.text(x, y + 13, f"{start + place + 1}", bold=True, soft=True)
                sheet.lines(x + 24, y + 13, names[place], bold=True)
                self._shapes(sheet, row, x, top, wide)
                ends.append(self._words(sheet, row, x, top + _TALL + 20, wide))
            y = max(ends) + 16
        return sheet.finish(y - 20, self.title, self.reads)

    def _shapes(self, sheet: Sheet, row: ValueRow, left: float, top: float, wide: float) -> None:
        """The box of people by benefit on the left half, the triangle of cost by value on the right half."""
        people = max(each.people for each in self.rows)
        benefit = max(abs(each.benefit) for each in self.rows) or 1.0
        half = (wide - 22) / 2
        foot = top + _TALL
        if not self._has_boxes:
            self._triangle(sheet, row, left, foot, wide)
            return
        box_wide, box_tall = row.people / people * half, max(abs(row.benefit) / benefit * _TALL, 2)
        sheet.line(left, foot, left + half, foot)
        if row.benefit:
            sheet.bar("adds" if row.benefit < 0 else "helps", left, left + max(box_wide, 2), foot - box_tall, box_tall)
        self._triangle(sheet, row, left + half + 22, foot, half)

    def _triangle(self, sheet: Sheet, row: ValueRow, start: float, foot: float, room: float) -> None:
        """A right angle at the line: to its right the cost, to its left what is saved, upwards what all gain."""
        costs = max(0.0, *(each.cost for each in self.rows))
        saved = max(0.0, *(-each.cost for each in self.rows))
        unit = room / ((costs + saved) or 1.0)
        zero = start + saved * unit
        values = max(abs(each.value) for each in self.rows) or 1.0
        tall, end = max(abs(row.value) / values * _TALL, 1.0), zero + row.cost * unit
        sheet.line(start, foot, start + room, foot)
        if abs(end - zero) < 2:
            sheet.line(zero, foot - tall, zero, foot, "ink", 2)
            return
        corner = zero if row.cost < 0 else end
        shape = f"M{num(zero)} {num(foot)}H{num(end)}"
        shape += f"L{num(corner)} {num(foot - tall)}Z"
        fill, role = (sheet.fill("hatch"), "c-edge-add") if row.value < 0 else (colour("teal-200"), "c-edge-help")
        edge = colour("plum-700" if row.value < 0 else "teal-700")
        sheet.put(
            f'<path class="c-paper {role}" d="{shape}" fill="{fill}" stroke="{edge}" stroke-width="1.5" '
            'stroke-linejoin="round"/>'
        )

    def _words(self, sheet: Sheet, row: ValueRow, x: float, y: float, wide: float) -> float:
        """What the shapes show, in figures."""
        people = f"{say(row.people, 0)} {clean(self.of)} × {self._each(row)} = {self._all(row)}"
        money = self._saves(row) if row.cost <= GAIN.nothing else f"costs {pounds(row.cost)}"
        y = sheet.lines(x, y, wrap(people, wide, SMALL), size=SMALL)
        y = sheet.lines(x, y, wrap(money, wide, SMALL), size=SMALL)
        rate = (
            f"{self._rate(row)} for each {self._pound}"
            if row.for_money is not None
            else _without_rate(row, self.is_money)
        )
        return sheet.lines(x, y, wrap(rate, wide, SMALL, bold=True), bold=True, size=SMALL) - 4


def _order(row: ValueRow) -> tuple[int, float, float]:
    """Where a scheme stands: what helps at no cost, value for money, saving at a price in harm, and the rest."""
    if row.for_money is not None:
        return 1, -row.for_money, row.cost
    if row.value > 0:
        return 0, row.cost, -row.value
    return (2, row.cost, -row.value) if row.cost < -GAIN.nothing else (3, -row.value, row.cost)


def _without_rate(row: ValueRow, is_money: bool) -> str:
    """What is said of a scheme that has no value for each £1m."""
    more, less = ("saves care", "needs more care") if is_money else ("helps", "harms")
    does = more if row.value > 0 else less if row.value < 0 else "gains nothing"
    return f"{does} and {'costs' if row.cost > 0 else 'saves'}" if abs(row.cost) > GAIN.nothing else does


def _exact(value: float, places: int) -> str:
    """A figure with decimals enough to be within one part in 200 of what it stands for."""
    while places < 6 and abs(round(value, places) - value) > abs(value) / 200:
        places += 1
    return say(value, places)


def _sterling(value: float, places: int) -> str:
    """An amount with its sign before the pound.

    >>> _sterling(-1250.4, 0)
    '−£1,250'
    """
    said = say(abs(value), places)
    return f"{MINUS if value < 0 else ''}£{said}"
