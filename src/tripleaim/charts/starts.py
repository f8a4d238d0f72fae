"""When each chosen scheme starts, what is left out and why, and how much of each limit the choice uses year by year."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.gains import counted
from tripleaim.charts.grid import cell, write_heads
from tripleaim.charts.grid import heads as grid_heads
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, text_width, wrap

_NAMES = 250.0  # room for the names of schemes and limits in the wide drawing
_FULL = 0.9995  # a share of a limit from which it is said to be used up
_OVER = 1.0005  # and exceeded


@dataclass(frozen=True)
class StartRow:
    """One chosen scheme and the position of the year it starts in."""

    label: str
    start: int


@dataclass(frozen=True)
class LeftOut:
    """One scheme that is not chosen, and what having it in would take, in words."""

    label: str
    why: str


@dataclass(frozen=True)
class LimitUse:
    """One limit and the share of it the choice uses in each year, 1 = all; None where there is no limit that year."""

    label: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True)
class StartYears:
    """Up to 80 schemes over up to 12 years, those that start first at the top."""

    years: tuple[str, ...]
    chosen: tuple[StartRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    limits: tuple[LimitUse, ...] = ()

    def __post_init__(self) -> None:
        check.between("years", self.years, 1, 12)
        check.between("schemes", (*self.chosen, *self.left_out), 1, 80)
        check.between("limits", self.limits, 0, 20)
        for row in self.chosen:
            if not 0 <= row.start < len(self.years):
                raise ValueError(f"scheme {row.label!r}, start: found {row.start}; expected 0 to {len(self.years) - 1}")
        for limit in self.limits:
            check.same_length(f"limit {limit.label!r}, shares", limit.shares, len(self.years))
            check.all_finite(f"limit {limit.label!r}", limit.shares)
            if any(share is not None and share < 0 for share in limit.shares):
                raise ValueError(f"limit {limit.label!r}: found {limit.shares}; expected shares of 0 or more")

    @property
    def title(self) -> str:
        """How many schemes start, how many at once, and which limit stops more."""
        every = len(self.chosen) + len(self.left_out)
        if not self.chosen:
            return f"None of {counted(every, 'scheme')} starts"
        start = f"{len(self.chosen)} of {counted(every, 'scheme')} {'starts' if len(self.chosen) == 1 else 'start'}"
        at_once = sum(row.start == 0 for row in self.chosen)
        in_first = f", {'all' if at_once == len(self.chosen) else at_once or 'none'} of them in {clean(self.years[0])}"
        return (
            start
            + (in_first if len(self.chosen) > 1 else f", in {clean(self.years[self.chosen[0].start])}")
            + self._tight()
        )

    @property
    def reads(self) -> str:
        """How to read a row."""
        words = "Each bar runs from the year a scheme starts to the last year of the plan."
        if self.left_out:
            words += " Schemes that are left out stand below, each with what having it in would take."
        if self.limits:
            words += (
                " The figures below are the share of each limit that the choice uses; darker is nearer to all of it."
            )
        return words

    def table(self) -> Table:
        """Every scheme with its start or why it is left out, then each limit with its use by year."""
        none = (None,) * len(self.years)
        rows: list[tuple[Cell, ...]] = [
            *((opening(row.label), clean(self.years[row.start]), "", *none) for row in self._in_order()),
            *((opening(row.label), "left out", row.why, *none) for row in self.left_out),
            *(
                (opening(limit.label), "limit", "", *(None if share is None else 100 * share for share in limit.shares))
                for limit in self.limits
            ),
        ]
        years = tuple(f"{clean(year)}, % of the limit used" for year in self.years) if self.limits else ()
        columns = 3 + len(years)
        return Table(
            caption=f"{self.title}. Start years" + ("; % of each limit" if self.limits else ""),
            header=("Scheme or limit", "Starts", "What having it in would take", *years),
            rows=tuple(row[:columns] for row in rows),
            numeric=tuple(range(3, columns)),
            unit="% of each limit" if self.limits else "Start years",
            places=(0,) * len(years),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same schemes."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _in_order(self) -> list[StartRow]:
        return sorted(self.chosen, key=lambda row: row.start)

    def _tight(self) -> str:
        """The limit that is used up in most years, the first of them; one that is exceeded goes before."""
        for words, least in (("more than there is", _OVER), ("all used", _FULL)):
            years = [self._years_from(limit, least) for limit in self.limits]
            most = max(years, key=len, default=[])
            if most:
                where = f"in {most[0]}" if len(most) == 1 else f"in {len(most)} of {len(self.years)} years"
                return f"; {clean(self.limits[years.index(most)].label)}: {words} {where}"
        return ""

    def _years_from(self, limit: LimitUse, least: float) -> list[str]:
        """The years in which a share of a limit or more is used."""
        shares = zip(self.years, limit.shares, strict=True)
        return [clean(year) for year, share in shares if share is not None and share >= least]

    def _draw(self, sheet: Sheet) -> str:
        left = _NAMES if sheet.is_wide else 0.0
        wide = (sheet.inner - left) / len(self.years)
        y = self._bars(sheet, left, wide) if self.chosen else 0.0
        if self.left_out:
            y = self._others(sheet, y)
        if self.limits:
            y = self._limits(sheet, left, wide, y)
        return sheet.finish(y - 6, self.title, self.reads)

    def _year_heads(self, sheet: Sheet, left: float, wide: float, y: float) -> float:
        """The years above their columns; the first and the last in words where they do not fit."""
        names = grid_heads(self.years, wide - 4)
        if names.are_letters:
            first, last = clean(self.years[0]), clean(self.years[-1])
            words = wrap(f"{first} to {last}, from left to right", sheet.inner - left, SMALL)
            return sheet.lines(left, y + 13, words, soft=True, size=SMALL) - 8
        return write_heads(sheet, names, left, wide, y)

    def _bars(self, sheet: Sheet, left: float, wide: float) -> float:
        y = top = self._year_heads(sheet, left, wide, 0.0)
        rows: list[tuple[StartRow, float]] = []
        for row in self._in_order():
            lines = wrap(opening(row.label), left - 16 if sheet.is_wide else sheet.inner)
            if sheet.is_wide:
                tall = max(26.0, LEAD * len(lines) + 8)
                sheet.lines(0, y + (tall - LEAD * len(lines)) / 2 + 13, lines)
                rows.append((row, y + tall / 2 - 8))
                y += tall
            else:
                y = sheet.lines(0, y + 15, lines) - LEAD + 6
                rows.append((row, y))
                y += 24
        if sheet.is_wide:
            for place in range(len(self.years) + 1):
                sheet.line(left + wide * place, top, left + wide * place, y, "grid")
        for row, bar in rows:
            if not sheet.is_wide:
                sheet.line(0, bar + 8, sheet.inner, bar + 8, "grid")
            sheet.bar("helps", left + wide * row.start, sheet.inner, bar, 16)
        return y + 10

    def _others(self, sheet: Sheet, y: float) -> float:
        """The schemes that are left out, each with what having it in would take."""
        sheet.line(0, y, sheet.inner, y)
        heading = wrap("Left out, and what having each in would take", sheet.inner, bold=True)
        y = sheet.lines(0, y + 19, heading, bold=True) - LEAD + 9
        for row in self.left_out:
            name = wrap(opening(row.label), (_NAMES - 16) if sheet.is_wide else sheet.inner)
            why = wrap(row.why, sheet.inner - _NAMES if sheet.is_wide else sheet.inner, SMALL)
            end = sheet.lines(0, y + 13, name)
            if sheet.is_wide:
                end = max(end, sheet.lines(_NAMES, y + 13, why, soft=True, size=SMALL))
            else:
                end = sheet.lines(0, end, why, soft=True, size=SMALL)
            y = end - LEAD + 11
        return y + 8

    def _limits(self, sheet: Sheet, left: float, wide: float, y: float) -> float:
        """Each limit's use by year as shaded figures; above all of it says over."""
        sheet.line(0, y, sheet.inner, y)
        heading = wrap("Share of each limit that is used", sheet.inner, bold=True)
        y = self._year_heads(sheet, left, wide, sheet.lines(0, y + 19, heading, bold=True) - LEAD + 6)
        for limit in self.limits:
            lines = wrap(opening(limit.label), left - 16 if sheet.is_wide else sheet.inner)
            tall = max(28.0, LEAD * len(lines) + 8) if sheet.is_wide else 26.0
            if sheet.is_wide:
                sheet.lines(0, y + (tall - LEAD * len(lines)) / 2 + 13, lines)
            else:
                y = sheet.lines(0, y + 15, lines) - LEAD + 6
            for place, share in enumerate(limit.shares):
                self._share(sheet, share, (left + wide * place, y, wide, tall))
            y += tall + (0 if sheet.is_wide else 8)
        return y + 8

    def _share(self, sheet: Sheet, share: float | None, box: tuple[float, float, float, float]) -> None:
        x, y, wide, tall = box
        is_over = share is not None and share >= _OVER
        used = share is not None and share > 0
        cell(sheet, box, "loss" if is_over else "gain" if used else "none", is_deep=share is not None and share >= 0.9)
        room = wide - (10 if is_over else 4)
        middle = x + wide / 2 + (2 if is_over else 0)
        is_full = share is not None and share >= _FULL
        said = next((words for words in _forms(share, is_over) if text_width(words, SMALL, is_full) <= room), "")
        sheet.text(middle, y + tall / 2 + 4.5, said, "middle", bold=is_full, soft=share is None, size=SMALL)


def _forms(share: float | None, is_over: bool) -> tuple[str, ...]:
    """What a cell may say of a share, the longest first; the table has it in full."""
    if share is None:
        return "no limit", "–"
    figure = say(100 * share, 0)
    shortest = ("over", ">") if is_over else ("all",) if share >= _FULL else ()
    return f"{figure}%", figure, *shortest
