"""Numbers, years and lists as we would say them to a neighbour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tripleaim.charts.wording import MINUS, say

NOTHING = 500.0
"""Money smaller than this, in GBP, is told as nothing: no plan is exact to it."""

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def money(value: float, places: int = 1) -> str:
    """GBP in words: millions to one decimal, smaller sums in thousands.

    >>> money(53_412_000), money(-1_234_567_890), money(40_400), money(120)
    ('£53.4m', '−£1,234.6m', '£40,000', 'less than £1,000')
    """
    size = abs(value)
    sign = MINUS if value < 0 else ""
    if size < 0.005:
        return "£0"
    if size < NOTHING:
        return "less than £1,000"
    if size < 99_500:
        return f"{sign}£{round(size / 1000) * 1000:,.0f}"
    return f"{sign}£{size / 1e6:,.{places}f}m"


def tell_money_apart(*values: float) -> tuple[str, ...]:
    """Several sums of one sentence, to one decimal of a million; more only where different ones would read the same.

    >>> tell_money_apart(53_410_000, 53_440_000)
    ('£53.41m', '£53.44m')
    """
    for places in (1, 2, 3):
        said = tuple(money(value, places) for value in values)
        pairs = [(a, b) for n, a in enumerate(values) for b in values[:n] if money(a, places) == money(b, places)]
        if all(abs(a - b) < NOTHING for a, b in pairs):
            return said
    return said


def rounded(*sums: Sequence[float]) -> str:
    """A note where parts, each rounded by itself as `money` prints it, do not come to their sum as printed.

    sums : each its parts, then what they come to, GBP

    >>> rounded((173_771_000, 368_000, 174_139_000)), rounded((1_000_000, 2_000_000, 3_000_000))
    ('Each figure is rounded by itself, so the last decimals may not add up.', '')
    """
    adds = all(abs(sum(map(_printed, parts)) - _printed(total)) < 1 for *parts, total in sums)
    return "" if adds else "Each figure is rounded by itself, so the last decimals may not add up."


def _printed(value: float) -> float:
    """The sum that `money` prints, GBP."""
    if abs(value) < NOTHING:
        return 0.0
    if abs(value) < 99_500:
        return round(value / 1000) * 1000.0
    return float(f"{value / 1e6:.1f}") * 1e6


def short(value: float, said: str = "") -> str:
    """A shortfall (positive) or a surplus in words; `said` replaces the sum's own words.

    >>> short(53_412_000), short(-2_000_000), short(0.0)
    ('short by £53.4m', 'ahead by £2.0m', 'in balance')
    """
    if abs(value) < NOTHING:
        return "in balance"
    return f"{'short' if value > 0 else 'ahead'} by {said.lstrip(MINUS) or money(abs(value))}"


def above(value: float, year: str, said: str = "") -> str:
    """A pressure against the opening year in words; `said` replaces the sum's own words.

    >>> above(103_598_862, "2015/16"), above(-250_000, "2015/16")
    ('£103.6m a year above 2015/16', '£0.2m a year below 2015/16')
    """
    if abs(value) < NOTHING:
        return f"the same as in {year}"
    return f"{said.lstrip(MINUS) or money(abs(value))} a year {'above' if value > 0 else 'below'} {year}"


def more(value: float, places: int = 1) -> str:
    """A change of cost in words.

    >>> more(173_771_000), more(-250_000)
    ('£173.8m more', '£0.2m less')
    """
    return f"{money(abs(value), places)} {'more' if value > 0 else 'less'}"


def signed(value: float, places: int = 1) -> str:
    """A number with its sign, + or a true minus.

    >>> signed(-3.25), signed(3.25)
    ('−3.2', '+3.2')
    """
    return say(value, places, signed=True)


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "scheme"), plural(1200, "scheme"), plural(0, "body", "bodies")
    ('1 scheme', '1,200 schemes', '0 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_words(count: int) -> str:
    """A small count as a word, larger ones in figures.

    >>> in_words(2), in_words(20)
    ('two', '20')
    """
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count in words with its noun, at the start of a sentence.

    >>> counted(2, "scheme"), counted(20, "scheme"), counted(0, "scheme")
    ('Two schemes', '20 schemes', 'No schemes')
    """
    return f"{in_words(count)} {one if count == 1 else many or one + 's'}".capitalize()


def listed(words: Sequence[str]) -> str:
    """A list as a sentence has it.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed([])
    ('a', 'a, b and c', '')
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def percent(share: float) -> str:
    """A fraction as a percentage; a small share is never told as none.

    >>> percent(0.191), percent(0.00004), percent(1.0), percent(0)
    ('19.1%', 'less than 0.1%', '100%', '0%')
    """
    if share in (0, 1):
        return f"{share:.0%}"
    return "less than 0.1%" if 0 < share < 0.0005 else f"{say(share * 100, 1)}%"


def day(text: str) -> str:
    """A date in full; text that is no date stays as it is.

    >>> day("2017-02-20"), day("soon")
    ('Monday 20 February 2017', 'soon')
    """
    try:
        when = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{when:%A} {when.day} {when:%B} {when.year}"


def month(text: str) -> str:
    """A month in full; an empty one stays empty.

    >>> month("2017-10")
    'October 2017'
    """
    try:
        when = date.fromisoformat(f"{text}-01")
    except ValueError:
        return text
    return f"{when:%B} {when.year}"


def fours(fingerprint: str, letters: int = 16) -> str:
    """The start of a fingerprint in groups of four, easier to compare by eye.

    >>> fours("7c1e90ab44d20f3b99")
    '7c1e 90ab 44d2 0f3b'
    """
    return " ".join(fingerprint[n : n + 4] for n in range(0, letters, 4))


def sentence(text: str) -> str:
    """Text that starts with a capital and ends with a stop.

    >>> sentence("costs more")
    'Costs more.'
    """
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def lower(text: str) -> str:
    """Text to go on inside a sentence: its first letter small, unless the word is a name or letters such as A&E.

    >>> lower("People waiting"), lower("A&E within four hours")
    ('people waiting', 'A&E within four hours')
    """
    first = text.split(" ", 1)[0]
    return text if not first[1:].islower() else text[:1].lower() + text[1:]


def people(count: float) -> str:
    """A number of people, rounded as one would say it.

    >>> people(912_345.6), people(1_012_345)
    ('912,000 people', '1,012,000 people')
    """
    return f"{round(count, -3) if count >= 10_000 else round(count):,.0f} people"


def first_few(names: Iterable[str], most: int = 3) -> str:
    """The first few names, and how many more there are.

    >>> first_few(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    every = list(names)
    if len(every) <= most:
        return listed(every)
    return f"{', '.join(every[:most])} and {len(every) - most} more"
