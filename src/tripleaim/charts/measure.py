"""What an amount means on each side of nought, and how a sentence tells it: one figure, a range, a share of draws."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts.wording import DUST, MINUS, clean, say, tell_apart


@dataclass(frozen=True)
class Measure:
    """Words for an amount. Every `{}` stands for the figure without its sign, written as `form` has it.

    unit    : heads axes and tables
    more    : an amount above nought; less: one below; level: nought itself
    below   : what an axis that shows both sides says of numbers below nought
    form    : one figure, for example "£{}m"
    places  : decimals shown; more where different figures would read the same
    nothing : amounts of this size or smaller are told as `level`, in the amount's own unit
    """

    unit: str = "£m short"
    more: str = "short by {}"
    less: str = "ahead by {}"
    level: str = "in balance"
    below: str = "ahead"
    form: str = "£{}m"
    places: int = 1
    nothing: float = 0.0005

    def figure(self, value: float) -> str:
        """A figure without its sign.

        >>> Measure().figure(-5)
        '£5.0m'
        """
        return self.form.format(say(abs(value), self.places))

    def said(self, value: float) -> str:
        """An amount in words.

        >>> Measure().said(53.41), Measure().said(-2), Measure().said(0)
        ('short by £53.4m', 'ahead by £2.0m', 'in balance')
        """
        if abs(value) <= self.nothing:
            return self.level
        return (self.more if value > 0 else self.less).format(self.figure(value))

    def between(self, low: float, high: float) -> str:
        """A range in words, whichever sides of nought it lies on; low and high that read the same are one amount.

        >>> Measure().between(41.9, 97.3)
        'short by £41.9m to £97.3m'
        >>> Measure().between(-5, -1), Measure().between(-3, 9.7), Measure().between(2, 2)
        ('ahead by £1.0m to £5.0m', 'anything from ahead by £3.0m to short by £9.7m', 'short by £2.0m')
        """
        if self.said(low) == self.said(high):
            return self.said(high)
        if low > self.nothing:
            return self.more.format(f"{self.figure(low)} to {self.figure(high)}")
        if high < -self.nothing:
            return self.less.format(f"{self.figure(high)} to {self.figure(low)}")
        return f"anything from {self.said(low)} to {self.said(high)}"

    def heading(self, low: float) -> str:
        """What stands above an axis: the unit, and what is below nought where the axis goes there."""
        return f"{self.unit}; below 0 is {self.below}" if low < -DUST else self.unit

    def apart(self, *values: float) -> tuple[str, ...]:
        """Figures with their signs for labels, with decimals enough to tell different ones apart."""
        return tell_apart(values, self.places)


SHORT = Measure()
"""Recurrent shortfall in £m: above nought is short, below is ahead."""


def pressure(year: str) -> Measure:
    """What a plan has that knows no shortfall: money above an opening year, which no one calls balance.

    >>> pressure("2015/16").between(1, 2.5)
    '£1.0m to £2.5m a year above 2015/16'
    """
    return Measure(
        unit=f"£m a year above {year}",
        more=f"{{}} a year above {year}",
        less=f"{{}} a year below {year}",
        level=f"at the level of {year}",
        below="below it",
    )


def percent(share: float) -> str:
    """A share of draws in per cent; a small one is never told as none, nor a large one as all.

    >>> [percent(share) for share in (0, 0.0001, 0.032, 0.46, 0.9996, 1)]
    ['0%', 'under 0.1%', '3.2%', '46%', 'over 99.9%', '100%']
    """
    if 0 < share < 0.0005:
        return "under 0.1%"
    if 0.9995 < share < 1:
        return "over 99.9%"
    digits = 1 if 0 < share < 0.0995 or 0.9005 < share < 1 else 0
    return f"{share * 100:.{digits}f}%"


def formed(words: str, form: str) -> str:
    """A number in words inside its form, the sign before the form.

    >>> formed("−3.0", "£{}m"), formed("3.0", "{}%")
    ('−£3.0m', '3.0%')
    """
    return MINUS * words.startswith(MINUS) + form.format(words.removeprefix(MINUS))


def years_on(place: int | None, years: tuple[str, ...]) -> str:
    """From when something holds: a year, or not by the last one.

    >>> years_on(1, ("2016/17", "2017/18")), years_on(None, ("2016/17", "2017/18"))
    ('from 2017/18', 'not by 2017/18')
    """
    return f"not by {years[-1]}" if place is None else f"from {years[place]}"


def opening(words: str) -> str:
    """Words with a capital at the start, the rest as it is.

    >>> opening("as hoped, A&E")
    'As hoped, A&E'
    """
    words = clean(words)
    return words[:1].upper() + words[1:]
