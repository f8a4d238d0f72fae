"""Who pays whom under an agreement, once payments are set against each other: an arrow a payment, and its means."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.flows import Flow, WhoPaysWhom
from tripleaim.charts.gains import counted, pounds
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, text_width, wrap

_NAMES = 196.0  # room for the names on each side of the wide drawing
_THICK = 30.0  # of the arrow of the largest payment
_NONE = "No money needs to change hands."


@dataclass(frozen=True)
class Transfer:
    """One payment in £m, above zero, and by what lawful means it is made, for example "contract variation"."""

    payer: str
    payee: str
    value: float
    vehicle: str


@dataclass(frozen=True)
class Transfers:
    """Up to 40 payments; none is told in words. The largest is drawn first.

    when : when the money is paid, as a sentence has it, for example "a year" or "in 2020/21"
    """

    rows: tuple[Transfer, ...]
    when: str = "a year"
    places: int = 1

    def __post_init__(self) -> None:
        check.between("payments", self.rows, 0, 40)
        for row in self.rows:
            who = f"payment of {row.payer!r} to {row.payee!r}"
            check.all_finite(who, (row.value,))
            if row.value <= 0:
                raise ValueError(f"{who}: found {row.value}; expected more than 0")
            if row.payer == row.payee:
                raise ValueError(f"{who}: found the same body twice; expected two bodies")
        pairs = {(row.payer, row.payee) for row in self.rows}
        for payer, payee in sorted(pairs):
            if (payee, payer) in pairs:
                raise ValueError(
                    f"payments: found {payer!r} and {payee!r} paying each other; expected them set against each other"
                )

    @property
    def title(self) -> str:
        """The largest payment, how many there are, and how much changes hands."""
        if not self.rows:
            return "No money needs to change hands"
        largest = self._largest_first()[0]
        words = f"{clean(largest.payer)} pays {clean(largest.payee)} {pounds(largest.value)} {clean(self.when)}"
        if len(self.rows) == 1:
            return f"One payment is enough: {words}"
        return opening(f"{words}; {counted(len(self.rows), 'payment')} move {pounds(self._total())} in all")

    @property
    def reads(self) -> str:
        """How to read an arrow."""
        if not self.rows:
            return "There is no payment to draw."
        return (
            f"Each arrow is one payment, as thick as the money, {self._unit()}; with it stands how it is paid. "
            "Payments in both directions have been set against each other, so no two bodies pay each other."
        )

    def table(self) -> Table:
        """Every payment, the largest first, and their total."""
        rows: list[tuple[Cell, ...]] = [
            (opening(row.payer), opening(row.payee), row.value, row.vehicle) for row in self._largest_first()
        ]
        return Table(
            caption=f"{self.title}. {self._unit()}",
            header=("Who pays", "Who is paid", self._unit(), "How it is paid"),
            rows=(*rows, ("All payments", "", self._total(), "")),
            numeric=(2,),
            totals=(len(rows),),
            unit=self._unit(),
            places=(self.places,),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same payments."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def ribbons(self, outside: tuple[str, ...] = ()) -> WhoPaysWhom:
        """The same payments as ribbons, for a page that shows other money so; it does not name how they are paid."""
        rows = self._largest_first()
        return WhoPaysWhom(
            self.title,
            "Ribbons are as wide as the money. Payments in both directions have been set against each other.",
            self._unit(),
            payers=tuple(dict.fromkeys(row.payer for row in rows)),
            payees=tuple(dict.fromkeys(row.payee for row in rows)),
            flows=tuple(Flow(row.payer, row.payee, row.value) for row in rows),
            outside=outside,
            places=self.places,
        )

    def _unit(self) -> str:
        return f"£m {clean(self.when)}"

    def _total(self) -> float:
        return math.fsum(row.value for row in self.rows)

    def _largest_first(self) -> list[Transfer]:
        return sorted(self.rows, key=lambda row: -row.value)

    def _draw(self, sheet: Sheet) -> str:
        if not self.rows:
            end = sheet.lines(0, 13, wrap(_NONE, sheet.inner))
            return sheet.finish(end - LEAD + 6, self.title, self.reads)
        y = sheet.lines(0, 13, wrap(self._unit(), sheet.inner, SMALL), soft=True, size=SMALL) - 10
        for row in self._largest_first():
            y = (self._wide_row if sheet.is_wide else self._narrow_row)(sheet, row, y)
        return sheet.finish(y - 10, self.title, self.reads)

    def _thick(self, row: Transfer) -> float:
        return max(1.5, row.value / self._largest_first()[0].value * _THICK)

    def _wide_row(self, sheet: Sheet, row: Transfer, y: float) -> float:
        """Payer, arrow and payee on one level; the money above the arrow and its means below."""
        left, right = _NAMES + 10, sheet.inner - _NAMES - 10
        payer, payee = wrap(opening(row.payer), _NAMES), wrap(opening(row.payee), _NAMES)
        how = wrap(row.vehicle, right - left, SMALL)
        thick = self._thick(row)
        above = max(LEAD + thick / 2 + 6, LEAD * max(len(payer), len(payee)) / 2)
        middle = y + above
        sheet.text((left + right) / 2, middle - thick / 2 - 7, say(row.value, self.places), "middle", bold=True)
        _arrow(sheet, left, right, middle, thick)
        under = sheet.lines((left + right) / 2, middle + thick / 2 + 18, how, "middle", soft=True, size=SMALL)
        sheet.lines(left - 8, middle - LEAD * (len(payer) - 1) / 2 + 4.5, payer, "end")
        sheet.lines(right + 8, middle - LEAD * (len(payee) - 1) / 2 + 4.5, payee)
        return max(under - LEAD + 6, middle + LEAD * max(len(payer), len(payee)) / 2 + 4) + 12

    def _narrow_row(self, sheet: Sheet, row: Transfer, y: float) -> float:
        """Payer and money, the arrow below them, then payee and means."""
        said, thick = say(row.value, self.places), self._thick(row) * 0.7
        sheet.text(sheet.inner, y + 13, said, "end", bold=True)
        room = sheet.inner - text_width(said, bold=True) - 12
        text = sheet.lines(0, y + 13, wrap(f"{opening(row.payer)} pays", room))
        middle = text - LEAD + 8 + max(thick, 8) / 2
        _arrow(sheet, 0, sheet.inner, middle, thick)
        text = middle + max(thick, 8) / 2 + 19
        text = sheet.lines(0, text, wrap(f"to {clean(row.payee)}", sheet.inner))
        text = sheet.lines(0, text, wrap(row.vehicle, sheet.inner, SMALL), soft=True, size=SMALL)
        return text - LEAD + 20


def _arrow(sheet: Sheet, left: float, right: float, y: float, thick: float) -> None:
    """A level arrow; its head is a little thicker than its shaft and never too small to see."""
    head = max(thick / 2 + 3, 5)
    neck = right - head
    shape = (
        f"M{num(left)} {num(y - thick / 2)}H{num(neck)}V{num(y - head)}L{num(right)} {num(y)}"
        f"L{num(neck)} {num(y + head)}V{num(y + thick / 2)}H{num(left)}Z"
    )
    sheet.put(f'<path class="c-help" d="{shape}" fill="{colour("teal-700")}"/>')
