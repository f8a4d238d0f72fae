"""Who would do better leaving: groups of partners as rows of dots, what each has inside and could have alone."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.gains import GAIN, pounds, together
from tripleaim.charts.grid import cell, heads, write_heads, write_letters
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, text_width, widest, wrap

_FIGURES = ("inside", "alone", "better alone by")
_ROW = 30.0


@dataclass(frozen=True)
class Group:
    """Partners who might leave together: what they have inside the agreement, and could have alone, in £m."""

    members: tuple[str, ...]
    inside: float
    alone: float

    @property
    def better_alone(self) -> float:
        """What leaving would bring them: above zero they would walk away."""
        return self.alone - self.inside


@dataclass(frozen=True)
class Leaving:
    """Up to 20 groups of up to 12 bodies; those who gain most by leaving come first.

    when : when the money comes, as a sentence has it, for example "a year" or "in 2020/21"
    """

    bodies: tuple[str, ...]
    groups: tuple[Group, ...]
    when: str = "a year"
    places: int = 1

    def __post_init__(self) -> None:
        check.between("bodies", self.bodies, 1, 12)
        check.between("groups", self.groups, 1, 20)
        for number, group in enumerate(self.groups, 1):
            check.between(f"group {number}, members", group.members, 1, len(self.bodies))
            check.all_finite(f"group {number}", (group.inside, group.alone))
            for member in group.members:
                check.one_of(f"group {number}, member", member, self.bodies)

    @property
    def title(self) -> str:
        """The group that gains most by leaving, or that none does."""
        first = self._first_to_leave()[0]
        who = opening(together(first.members))
        one = len(first.members) == 1
        if first.better_alone <= GAIN.nothing:
            near = f"{who} {'has' if one else 'have'} {_had(first.inside)} inside, {_had(first.alone)} alone"
            return f"No group shown would do better alone. Nearest to it: {near}"
        do = "would do" if one else "together would do"
        words = f"{who} {do} {pounds(first.better_alone)} {clean(self.when)} better alone"
        leaving = sum(group.better_alone > GAIN.nothing for group in self.groups)
        if leaving == 1:
            return words
        some = f"all {leaving}" if leaving == len(self.groups) else f"{leaving} of the {len(self.groups)}"
        return f"{words}; {some} groups shown would leave"

    @property
    def reads(self) -> str:
        """How to read a row."""
        return (
            "Each row is a group of partners who could leave together: a solid dot is a member. It says what the group "
            f"has inside the agreement, what it could have alone, and the difference, {self._unit()}. Above nought "
            "(striped edge) it would do better to leave."
        )

    def table(self) -> Table:
        """Every group, the one that gains most by leaving first."""
        rows: list[tuple[Cell, ...]] = [
            (opening(together(group.members)), group.inside, group.alone, group.better_alone)
            for group in self._first_to_leave()
        ]
        return Table(
            caption=f"{self.title}. {self._unit()}",
            header=("Group", "Has inside", "Could have alone", "Better alone by"),
            rows=tuple(rows),
            numeric=(1, 2, 3),
            unit=self._unit(),
            places=(self.places,) * 3,
            signed=(1, 2, 3),
        )

    def svg(self, key: str) -> str:
        """The wide drawing (dots) and the narrow one (names)."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _unit(self) -> str:
        return f"£m {clean(self.when)}"

    def _first_to_leave(self) -> list[Group]:
        return sorted(self.groups, key=lambda group: -group.better_alone)

    def _said(self, group: Group) -> tuple[str, str, str]:
        inside, alone, more = (
            say(value, self.places, signed=True) for value in (group.inside, group.alone, group.better_alone)
        )
        return inside, alone, more

    def _wide(self, sheet: Sheet) -> str:
        figures = [self._said(group) for group in self.groups]
        rooms = [
            max(widest([said[place] for said in figures], bold=True), text_width(words, SMALL)) + 18
            for place, words in enumerate(_FIGURES)
        ]
        names = [opening(body) for body in self.bodies]
        wide = min(104.0, (sheet.inner - sum(rooms) - 8) / len(names))
        columns = heads(names, wide - 6)
        unit = sheet.lines(sheet.inner, 13, wrap(self._unit(), sheet.inner, SMALL), "end", soft=True, size=SMALL)
        y = write_heads(sheet, columns, 0, wide, unit - 16)
        ends = [sheet.inner - sum(rooms[place + 1 :]) for place in range(3)]
        for words, x in zip(_FIGURES, ends, strict=True):
            sheet.text(x - 4, y - 10, words, "end", soft=True, size=SMALL)
        for group in self._first_to_leave():
            self._dots(sheet, group, wide, y)
            is_leaving = group.better_alone > GAIN.nothing
            cell(sheet, (ends[1] + 12, y, rooms[2] - 12, _ROW), "loss" if is_leaving else "none")
            for place, (words, x) in enumerate(zip(self._said(group), ends, strict=True)):
                sheet.text(x - 4, y + 19.5, words, "end", bold=place == 2)
            y += _ROW
        if columns.are_letters:
            y = write_letters(sheet, names, y + 14, across=2)
        return sheet.finish(y, self.title, self.reads)

    def _dots(self, sheet: Sheet, group: Group, wide: float, y: float) -> None:
        """A solid dot for a member, a small open one for any other body, and a line from first member to last."""
        places = [place for place, body in enumerate(self.bodies) if body in group.members]
        middle = y + _ROW / 2
        sheet.line(0, y + _ROW, wide * len(self.bodies), y + _ROW, "grid")
        sheet.line(wide * (places[0] + 0.5), middle, wide * (places[-1] + 0.5), middle, "line", 2)
        for place in range(len(self.bodies)):
            x = num(wide * (place + 0.5))
            if place in places:
                sheet.put(f'<circle class="c-help" cx="{x}" cy="{num(middle)}" r="8" fill="{colour("teal-700")}"/>')
            else:
                ink = f'fill="{colour("paper")}" stroke="{colour("rule-strong")}" stroke-width="1.5"'
                sheet.put(f'<circle class="c-paper c-line" cx="{x}" cy="{num(middle)}" r="3.5" {ink}/>')

    def _narrow(self, sheet: Sheet) -> str:
        words = f"better alone by, {self._unit()}"
        y = sheet.lines(sheet.inner, 13, wrap(words, sheet.inner, SMALL), "end", soft=True, size=SMALL) - 8
        room = widest([self._said(group)[2] for group in self.groups], bold=True) + 20
        for group in self._first_to_leave():
            inside, alone, more = self._said(group)
            is_leaving = group.better_alone > GAIN.nothing
            cell(sheet, (sheet.inner - room, y, room, 26), "loss" if is_leaving else "none")
            sheet.text(sheet.inner - 6, y + 18, more, "end", bold=True)
            text = sheet.lines(0, y + 15, wrap(opening(together(group.members)), sheet.inner - room - 10))
            said = f"inside {inside}, alone {alone}"
            text = sheet.lines(0, text, wrap(said, sheet.inner - room - 10, SMALL), soft=True, size=SMALL)
            y = max(text - LEAD + 8, y + 30)
            sheet.line(0, y, sheet.inner, y, "grid")
            y += 8
        return sheet.finish(y - 8, self.title, self.reads)


def _had(value: float) -> str:
    """An amount a group could have, as a sentence has it."""
    return f"−{pounds(value)}" if value < -GAIN.nothing else pounds(value)
