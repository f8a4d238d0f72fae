"""How far a stress test is: the part it is at, how long the draws take yet, and a word before they take long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

LONG = 600.0
"""Seconds from which on the time the draws will take is said, even where nobody watches a line on the screen."""
_SURE = 0.5
"""Seconds of drawing after which the pace is known; the first draws, which set up, are not counted."""


_UNITS = ((90, 5, "seconds"), (5_400, 60, "minutes"), (172_800, 3_600, "hours"), (63_072_000, 86_400, "days"))
"""Seconds below which a time is told in a unit, and the seconds to which it is rounded."""


def time_left(seconds: float) -> str:
    """A time to come in words.

    >>> [time_left(seconds) for seconds in (3, 32, 420, 9_000, 500_000, 4e8)]
    ['a few seconds', 'about 30 seconds', 'about 7 minutes', 'about 2 hours', 'about 6 days', 'about 13 years']
    """
    if seconds < 7.5:
        return "a few seconds"
    for below, length, unit in _UNITS:
        if seconds < below:
            count = round(seconds / length)
            return f"about {count * length if unit == 'seconds' else count} {unit}"
    return f"about {round(seconds / 31_557_600):,} years"


class Pace:
    """How long the rest of some draws takes, by the pace since the first were counted.

    clock : seconds, from any moment on
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: tuple[int, float] | None = None

    def left(self, done: int, of: int) -> float | None:
        """Seconds the rest will take; None until that can be said."""
        now = self._clock()
        if self._first is None:
            self._first = (done, now)
        before, began = self._first
        if now - began < _SURE or done == before:
            return None
        return (now - began) / (done - before) * (of - done)


class Progress:
    """Where a stress test is told to be.

    parts : names of its parts, in their order
    show  : takes the line that stands on the screen
    warn  : takes a sentence that has to be read
    """

    def __init__(
        self,
        parts: Sequence[str],
        show: Callable[[str], object],
        warn: Callable[[str], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._parts = parts
        self._show = show
        self._warn = warn
        self._pace = Pace(clock)
        self._at = parts[0]
        self._warned = False

    def part(self, name: str) -> None:
        """A part begins."""
        self._at = name
        self._show(f"{self._where()} …")

    def draws(self, done: int, of: int) -> None:
        """So many draws are done."""
        left = self._pace.left(done, of)
        if left is None:
            return
        if left > LONG and not self._warned:
            self._warn(
                f"{of:,} draws will take {time_left(left)} here. Ctrl-C stops them and leaves nothing half-finished; "
                "fewer are asked for with --draws."
            )
        self._warned = True
        self._show(f"{self._where()}, {done / of:.0%} done, {time_left(left)} left …")

    def _where(self) -> str:
        if len(self._parts) == 1:
            return self._at
        return f"Part {self._parts.index(self._at) + 1} of {len(self._parts)}: {self._at}"


@contextmanager
def progress(parts: Sequence[str]) -> Iterator[Progress]:
    """Show how far the work is, where somebody can see it; what will take long is said anywhere."""
    from rich.console import Console

    from tripleaim.cli.door import say

    printer = Console(stderr=True)
    if not printer.is_terminal:
        yield Progress(parts, lambda line: None, say)
        return
    with printer.status(f"{parts[0]} …") as status:
        yield Progress(parts, status.update, lambda words: printer.print(words, highlight=False))
