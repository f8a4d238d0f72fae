"""How each set of schemes stands up to each named test: whether it passes, and what it loses against the best set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.gains import together
from tripleaim.charts.grid import Shade, cell, heads, letter, write_heads, write_letters
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, text_width, widest, wrap

_NAMES = 176.0
_NAMED = 4  # sets that the title names


@dataclass(frozen=True)
class RegretCell:
    """One set under one test: whether it still meets the aims, and by how much it falls behind the best set there.

    lost : zero or more, in the picture's unit; zero is the best set of that test
    """

    passes: bool
    lost: float


@dataclass(frozen=True)
class RegretRow:
    """One set of schemes and its result under each test, in the order of the tests.

    is_allowed : False for one that may not be chosen, of which the title says nothing while another may
    """

    label: str
    results: tuple[RegretCell, ...]
    is_allowed: bool = True

    @property
    def most_lost(self) -> float:
        """What it loses in the test that treats it worst."""
        return max(result.lost for result in self.results)

    @property
    def passed(self) -> int:
        """How many tests it passes."""
        return sum(result.passes for result in self.results)


@dataclass(frozen=True)
class RegretTable:
    """Up to 12 sets under up to 20 tests.

    unit : what is lost, for example "points" or "£m"
    form : one figure of it in a sentence, for example "{} points" or "£{}m"
    """

    tests: tuple[str, ...]
    rows: tuple[RegretRow, ...]
    unit: str = "points"
    form: str = "{} points"
    places: int = 1

    def __post_init__(self) -> None:
        check.between("tests", self.tests, 1, 20)
        check.between("sets of schemes", self.rows, 1, 12)
        for row in self.rows:
            check.same_length(f"set {row.label!r}, results", row.results, len(self.tests))
            check.all_finite(f"set {row.label!r}", [result.lost for result in row.results])
            if min(result.lost for result in row.results) < 0:
                raise ValueError(f"set {row.label!r}: found a loss below zero; expected 0 or more")

    @property
    def title(self) -> str:
        """The set that passes most tests, and the one that loses least at worst."""
        tests = len(self.tests)
        rows = [row for row in self.rows if row.is_allowed] or list(self.rows)
        steady = min(rows, key=lambda row: (row.most_lost, -row.passed))
        most = max(row.passed for row in rows)
        if most == 0:
            return opening(f"no set passes any test; {self._at_worst(steady)}")
        best = [row.label for row in rows if row.passed == most]
        who_best = together(best) if len(best) <= _NAMED else f"{len(best)} of {self._sets(len(rows))}"
        passes = (
            f"{'passes' if len(best) == 1 else 'pass'} {'all' if most == tests else f'{most} of the'} {tests} tests"
        )
        if steady.label in best:
            who = "it" if len(best) == 1 else clean(steady.label)
            return opening(f"{who_best} {passes}; {self._at_worst(steady, who)}")
        return opening(f"{who_best} {passes}; {self._at_worst(steady)}")

    def _sets(self, count: int) -> str:
        return f"{count} sets" if count == len(self.rows) else f"{count} sets that keep every limit"

    @property
    def reads(self) -> str:
        """How to read a cell."""
        return (
            "Each cell is a set of schemes under one test. It says whether the set still meets the aims, and by how "
            f"much it falls behind the set that does best there, in {clean(self.unit)} (0 is the best). A striped edge "
            "is a fail; darker cells lose more."
        )

    def table(self) -> Table:
        """A row a set and a test."""
        rows: list[tuple[Cell, ...]] = [
            (opening(row.label), opening(test), "pass" if result.passes else "fail", result.lost)
            for row in self.rows
            for test, result in zip(self.tests, row.results, strict=True)
        ]
        return Table(
            caption=f"{self.title}. {opening(self.unit)} lost",
            header=("Set of schemes", "Test", "Result", f"{opening(self.unit)} lost"),
            rows=tuple(rows),
            numeric=(3,),
            unit=opening(self.unit),
            places=(self.places,),
        )

    def svg(self, key: str) -> str:
        """The wide drawing (a grid, tests down) and the narrow one (a list under each set)."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _at_worst(self, row: RegretRow, who: str = "") -> str:
        lost = self.form.format(say(row.most_lost, self.places)) if row.most_lost else "nothing"
        return f"{who or clean(row.label)} loses least at worst, {lost}"

    def _most(self) -> float:
        return max(row.most_lost for row in self.rows)

    def _said(self, result: RegretCell) -> tuple[str, str]:
        return ("pass" if result.passes else "fail"), say(result.lost, self.places) if result.lost else "0"

    def _wide(self, sheet: Sheet) -> str:
        names = [opening(row.label) for row in self.rows]
        wide = min(120.0, (sheet.inner - _NAMES) / len(names))
        columns = heads(names, wide - 6)
        unit = wrap(f"Pass or fail, {clean(self.unit)} lost", _NAMES - 12, SMALL)
        y = write_heads(sheet, columns, _NAMES, wide, sheet.lines(0, 13, unit, soft=True, size=SMALL) - 20)
        for place, test in enumerate(self.tests):
            lines = wrap(opening(test), _NAMES - 12)
            results = [row.results[place] for row in self.rows]
            is_stacked = self._is_stacked(wide)
            tall = max(40.0 if is_stacked else 28.0, LEAD * len(lines) + 8)
            sheet.lines(0, y + (tall - LEAD * len(lines)) / 2 + 13, lines)
            for column, result in enumerate(results):
                self._cell(sheet, result, (_NAMES + wide * column, y, wide, tall), is_stacked)
            y += tall
        y = self._sums(sheet, wide, y)
        if columns.are_letters:
            y = write_letters(sheet, names, y + 14, across=2)
        return sheet.finish(y, self.title, self.reads)

    def _is_stacked(self, wide: float) -> bool:
        """Whether the word and the figure of some cell need a line each."""
        words = [" ".join(self._said(result)) for row in self.rows for result in row.results]
        return widest(words, SMALL) > wide - 12

    def _shade(self, result: RegretCell) -> tuple[Shade, bool]:
        return ("gain" if result.passes else "loss"), result.lost > self._most() / 2

    def _cell(self, sheet: Sheet, result: RegretCell, box: tuple[float, float, float, float], is_stacked: bool) -> None:
        x, y, wide, tall = box
        cell(sheet, box, *self._shade(result))
        word, lost = self._said(result)
        middle, centre = x + wide / 2 + (0 if result.passes else 2), y + tall / 2 + 4.5
        if not is_stacked:
            sheet.text(middle, centre, f"{word} {lost}", "middle", size=SMALL)
            return
        lost = lost if text_width(lost, SMALL) <= wide - 8 else f"{result.lost:.0e}".replace("e+0", "e")
        sheet.text(middle, centre - 8, word, "middle", size=SMALL)
        sheet.text(middle, centre + 8, lost, "middle", size=SMALL)

    def _sums(self, sheet: Sheet, wide: float, y: float) -> float:
        """Under the grid, how many tests each set passes, and what it loses at worst."""
        sheet.line(0, y + 2, _NAMES + wide * len(self.rows), y + 2)
        rows: tuple[tuple[str, Sequence[str]], ...] = (
            ("Tests passed", [f"{row.passed}" for row in self.rows]),
            ("Lost at worst", [say(row.most_lost, self.places) for row in self.rows]),
        )
        for words, figures in rows:
            sheet.text(0, y + 21, words, bold=True)
            for column, said in enumerate(figures):
                if text_width(said, SMALL, bold=True) <= wide - 2:
                    x = _NAMES + wide * (column + 0.5)
                    sheet.text(x, y + 21, said, "middle", bold=True, size=SMALL)
            y += 22
        return y + 6

    def _narrow(self, sheet: Sheet) -> str:
        unit = wrap(f"{clean(self.unit)} lost", sheet.inner, SMALL)
        y = sheet.lines(sheet.inner, 13, unit, "end", soft=True, size=SMALL) - 13
        figures = [" ".join(self._said(result)) for row in self.rows for result in row.results]
        room = min(140.0, widest(figures, SMALL) + 22)
        for number, row in enumerate(self.rows):
            sheet.line(0, y + 4, sheet.inner, y + 4)
            sheet.text(0, y + 23, letter(number), bold=True)
            y = sheet.lines(24, y + 23, wrap(opening(row.label), sheet.inner - 24, bold=True), bold=True)
            words = f"passes {row.passed} of {len(self.tests)}, loses {say(row.most_lost, self.places)} at worst"
            y = sheet.lines(24, y, wrap(words, sheet.inner - 24, SMALL), soft=True, size=SMALL) - 9
            for test, result in zip(self.tests, row.results, strict=True):
                y = self._narrow_test(sheet, test, result, room, y)
            y += 6
        return sheet.finish(y - 6, self.title, self.reads)

    def _narrow_test(self, sheet: Sheet, test: str, result: RegretCell, room: float, y: float) -> float:
        lines = wrap(opening(test), sheet.inner - room - 18, SMALL)
        tall = LEAD * len(lines) + 6
        cell(sheet, (sheet.inner - room, y, room, tall), *self._shade(result))
        sheet.lines(8, y + 15, lines, size=SMALL)
        word, lost = self._said(result)
        sheet.text(sheet.inner - 6, y + tall / 2 + 4.5, lost, "end", size=SMALL)
        sheet.text(sheet.inner - room + 10, y + tall / 2 + 4.5, word, size=SMALL)
        return y + tall
