"""Who pays whom: ribbons between those who pay and those who are paid, as wide as the money."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.table import Table
from tripleaim.charts.wording import say, text_width, wrap

MOST = 10  # parties a side before the smallest are drawn together
_LABELS = 190.0  # room for names on each side of the wide drawing
_MONEY = 330.0  # height of all the money of one side, before gaps


@dataclass(frozen=True)
class Flow:
    """Money from one payer to one payee, in the unit of the picture; never negative."""

    payer: str
    payee: str
    value: float


@dataclass(frozen=True)
class WhoPaysWhom:
    """Flows of money, payers left and payees right in the order given.

    outside : names of parties outside the place, drawn striped
    The smallest parties of a side with more than ten are drawn as one; the table names them all.
    """

    title: str
    reads: str
    unit: str
    payers: tuple[str, ...]
    payees: tuple[str, ...]
    flows: tuple[Flow, ...]
    outside: tuple[str, ...] = ()
    places: int = 1

    def __post_init__(self) -> None:
        check.between("flows", self.flows, 1, 2000)
        check.all_finite("flows", [flow.value for flow in self.flows])
        for flow in self.flows:
            check.one_of(f"flow {flow.payer!r} to {flow.payee!r}, payer", flow.payer, self.payers)
            check.one_of(f"flow {flow.payer!r} to {flow.payee!r}, payee", flow.payee, self.payees)
            if flow.value < 0:
                raise ValueError(f"flow {flow.payer!r} to {flow.payee!r}: found {flow.value}; expected 0 or more")

    def table(self) -> Table:
        """Every flow, none pooled, and their total."""
        return Table(
            caption=f"{self.title}. {self.unit}",
            header=("Who pays", "Who is paid", self.unit),
            rows=(
                *((flow.payer, flow.payee, flow.value) for flow in self.flows),
                ("All flows", "", sum(flow.value for flow in self.flows)),
            ),
            numeric=(2,),
            totals=(len(self.flows),),
            unit=self.unit,
            places=(self.places,),
        )

    def svg(self, key: str) -> str:
        """The wide drawing (ribbons) and the narrow one (bars under each payer)."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _outside(self, name: str) -> bool:
        """Whether a party, or a pool of them, is outside the place."""
        pools = ("smaller payers outside", "smaller bodies paid outside")
        return name in self.outside or (name not in self.payers + self.payees and name.endswith(pools))

    def _pooled(self) -> tuple[dict[str, float], dict[str, float], dict[tuple[str, str], float]]:
        """Totals by payer and by payee, and flows, once the smallest parties are drawn as one."""
        left = _pool(self.payers, [(flow.payer, flow.value) for flow in self.flows], "smaller payers", self.outside)
        right = _pool(
            self.payees, [(flow.payee, flow.value) for flow in self.flows], "smaller bodies paid", self.outside
        )
        pays, paid, both = (
            dict.fromkeys(left.values(), 0.0),
            dict.fromkeys(right.values(), 0.0),
            dict[tuple[str, str], float](),
        )
        for flow in self.flows:
            if flow.value > 0:
                pair = left[flow.payer], right[flow.payee]
                pays[pair[0]] += flow.value
                paid[pair[1]] += flow.value
                both[pair] = both.get(pair, 0.0) + flow.value
        return pays, paid, both

    def _wide(self, sheet: Sheet) -> str:
        pays, paid, both = self._pooled()
        x1, x2 = _LABELS + 14, sheet.inner - _LABELS - 14
        sheet.text(0, 14, "Who pays", soft=True, size=SMALL)
        right_head = wrap(f"Who is paid, {self.unit}", sheet.inner / 2, SMALL)
        top = sheet.lines(sheet.inner, 14, right_head, "end", soft=True, size=SMALL) - LEAD + 14
        scale = _MONEY / max(sum(pays.values()), 1e-12)
        tops_left, end_left = _tops(pays, scale, top)
        tops_right, end_right = _tops(paid, scale, top)
        _ribbons(sheet, both, scale, (x1, dict(tops_left)), (x2, dict(tops_right)), self._outside)
        for name, value in pays.items():
            self._party(sheet, name, value, x1 - 8, tops_left[name], value * scale, "payer")
        for name, value in paid.items():
            self._party(sheet, name, value, x2, tops_right[name], value * scale, "payee")
        return sheet.finish(max(end_left, end_right), self.title, self.reads)

    def _party(
        self, sheet: Sheet, name: str, value: float, x: float, y: float, tall: float, side: Literal["payer", "payee"]
    ) -> None:
        """The bar of one party, its name, and its total in bold."""
        sheet.bar("adds" if self._outside(name) else "helps" if side == "payer" else "total", x, x + 8, y, max(tall, 2))
        lines = wrap(name, _LABELS)
        text = y + tall / 2 - LEAD * (len(lines) + 1) / 2 + 13
        place, anchor = (x - 8, "end") if side == "payer" else (x + 16, "start")
        text = sheet.lines(place, text, lines, "end" if anchor == "end" else "start")
        sheet.text(place, text, say(value, self.places), "end" if anchor == "end" else "start", bold=True)

    def _narrow(self, sheet: Sheet) -> str:
        pays, _, both = self._pooled()
        by_payer = {payer: _largest({b: v for (a, b), v in both.items() if a == payer}, 5) for payer in pays}
        most = max((value for rows in by_payer.values() for _, value in rows), default=1.0)
        y = sheet.lines(0, 13, wrap(f"Who pays whom, {self.unit}", sheet.inner, SMALL), soft=True, size=SMALL)
        for payer, total in pays.items():
            said = say(total, self.places)
            sheet.text(sheet.inner, y + 10, said, "end", bold=True)
            name = wrap(f"Paid by {payer}", sheet.inner - text_width(said, bold=True) - 12, bold=True)
            y = sheet.lines(0, y + 10, name, bold=True)
            for payee, value in by_payer[payer]:
                y = self._narrow_row(sheet, payer, payee, value, most, y)
            y += 4
        return sheet.finish(y - LEAD, self.title, self.reads)

    def _narrow_row(self, sheet: Sheet, payer: str, payee: str, value: float, most: float, y: float) -> float:
        said = say(value, self.places)
        sheet.text(sheet.inner, y, said, "end", size=SMALL)
        y = sheet.lines(10, y, wrap(payee, sheet.inner - 20 - text_width(said, SMALL), SMALL), size=SMALL)
        striped = self._outside(payer) or self._outside(payee)
        sheet.bar("adds" if striped else "helps", 10, 10 + value / most * (sheet.inner - 10), y - LEAD + 6, 9)
        return y + 14


def _pool(
    order: Sequence[str], paid: Sequence[tuple[str, float]], words: str, outside: tuple[str, ...]
) -> dict[str, str]:
    """The name each party is drawn under; parties without money are left out."""
    totals = dict.fromkeys(order, 0.0)
    for name, value in paid:
        totals[name] += value
    shown = [name for name in order if totals[name] > 0]
    if len(shown) <= MOST:
        return {name: name for name in order if name in shown} | {
            name: name for name in order if totals[name] == 0 and not shown
        }
    kept = set(sorted(shown, key=lambda name: -totals[name])[: MOST - 1])
    names = {name: name for name in shown if name in kept}
    for members, what in (
        ([name for name in shown if name not in kept and name not in outside], words),
        ([name for name in shown if name not in kept and name in outside], f"{words} outside"),
    ):
        names |= {name: name if len(members) == 1 else f"{len(members)} {what}" for name in members}
    return names


def _largest(flows: Mapping[str, float], most: int) -> list[tuple[str, float]]:
    """The largest flows, and the rest as one."""
    ordered = sorted(flows.items(), key=lambda flow: -flow[1])
    if len(ordered) <= most + 1:
        return ordered
    rest = ordered[most:]
    return [*ordered[:most], (f"{len(rest)} others", sum(value for _, value in rest))]


def _tops(totals: Mapping[str, float], scale: float, top: float) -> tuple[dict[str, float], float]:
    """Where the bar of each party starts, leaving room for its words, and where the last one ends."""
    tops: dict[str, float] = {}
    y = top
    for name, value in totals.items():
        tall, words = value * scale, LEAD * (len(wrap(name, _LABELS)) + 1)
        slot = max(tall, words)
        tops[name] = y + (slot - tall) / 2
        y += slot + 12
    return tops, y - 12


def _ribbons(
    sheet: Sheet,
    flows: Mapping[tuple[str, str], float],
    scale: float,
    left: tuple[float, dict[str, float]],
    right: tuple[float, dict[str, float]],
    outside: Callable[[str], bool],
) -> None:
    """Ribbons, stacked at each end in the order of the other side; they never change width."""
    (x1, from_here), (x2, to_here) = left, right
    payers, payees = list(from_here), list(to_here)
    middle = (x1 + x2) / 2
    for payer, payee in sorted(flows, key=lambda pair: (payers.index(pair[0]), payees.index(pair[1]))):
        tall = flows[payer, payee] * scale
        a, b = from_here[payer], to_here[payee]
        from_here[payer] += tall
        to_here[payee] += tall
        striped = outside(payer) or outside(payee)
        there = f"M{num(x1)} {num(a)}C{num(middle)} {num(a)} {num(middle)} {num(b)} {num(x2)} {num(b)}V{num(b + tall)}"
        back = f"C{num(middle)} {num(b + tall)} {num(middle)} {num(a + tall)} {num(x1)} {num(a + tall)}Z"
        fill = sheet.fill("hatch") if striped else colour("teal-200" if payers.index(payer) % 2 == 0 else "teal-100")
        role, edge = ("c-edge-add", "plum-700") if striped else ("c-paper c-edge-help", "teal-700")
        ink = f'fill="{fill}" fill-opacity="{0.55 if striped else 0.9}"'
        if tall >= 2:  # thinner ribbons stay pale, so that many small ones do not look like much
            ink += f' stroke="{colour(edge)}" stroke-width="0.7"'
        else:
            role, ink = "c-paper", f'fill="{colour("plum-200" if striped else "teal-200")}" fill-opacity="0.7"'
        sheet.put(f'<path class="{role}" d="{there}{back}" {ink}/>')
