"""What somebody gains or loses, in words: one sentence form for every picture of payoffs and agreements."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.charts.measure import Measure
from tripleaim.charts.wording import clean

GAIN = Measure(unit="£m", more="gains {}", less="loses {}", level="neither gains nor loses", below="a loss")
"""Money to one body in £m: above nought is gained, below is lost."""


def pounds(value: float) -> str:
    """An amount of £m without its sign.

    >>> pounds(-2.14)
    '£2.1m'
    """
    return GAIN.figure(value)


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things.

    >>> counted(1, "scheme"), counted(3, "scheme"), counted(2, "body", "bodies")
    ('1 scheme', '3 schemes', '2 bodies')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def together(names: Sequence[str]) -> str:
    """Names as a sentence has them.

    >>> together(["the hospital"]), together(["A", "B", "C"])
    ('the hospital', 'A, B and C')
    """
    words = [clean(name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
