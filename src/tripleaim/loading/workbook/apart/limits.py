"""How much of a workbook is read, and how much this process may use. Beyond that, a file is refused in words."""

from __future__ import annotations

from contextlib import suppress

_MEGABYTE = 1024 * 1024

LARGEST_FILE = 64 * _MEGABYTE
"""Most bytes in the file itself."""
LARGEST_EXPANDED = 256 * _MEGABYTE
"""Most bytes in all its parts together, once expanded."""
MOST_TIMES = 250
"""Most times a part may grow when it is expanded; looked at in parts larger than `SMALL`."""
SMALL = 4 * _MEGABYTE
MOST_PARTS = 2_000
"""Most parts (files inside the file)."""
LARGEST_DIRECTORY = _MEGABYTE
"""Most bytes in the list of the parts."""
MOST_SHEETS = 100
MOST_ROWS = 250_000
"""Most rows in one sheet."""
MOST_COLUMNS = 256
"""Furthest column in which a cell may stand."""
MOST_CELLS = 2_000_000
"""Most cells in all sheets together, with the empty ones to the left of each."""
MOST_TAGS = 12_000_000
"""Most tags in all parts together: a cell has four to six."""
MOST_TEXTS = 400_000
"""Most texts in the list that cells share."""
LONGEST_TEXT = 32_767
"""Most characters in one cell: Excel's own limit."""
LONGEST_KEPT = 10_000
"""Most characters in one cell of a sheet that is read: a plan's own limit."""
MOST_LETTERS = 32_000_000
"""Most characters in the texts that cells share, and in all cells that are read, each counted in full."""

MEMORY = 768 * _MEGABYTE
SECONDS = 15
"""Processor time; a workbook of 100,000 rows takes two seconds."""
LARGEST_SCRATCH = 256 * _MEGABYTE
"""Most bytes this process may write to disk."""


class Refusal(Exception):
    """A workbook that is not read: what was found, what is expected, how to put it right, and in which sheet."""

    def __init__(self, found: str, expected: str, to_fix: str, *, sheet: str = "", row: int | None = None) -> None:
        super().__init__(found)
        self.found, self.expected, self.to_fix, self.sheet, self.row = found, expected, to_fix, sheet, row


def too_large(found: str, *, sheet: str = "", row: int | None = None) -> Refusal:
    """The refusal of a workbook with more of something than is ever read."""
    to_fix = "delete what does not belong to the plan, or keep a plan this large as a folder of CSV files"
    return Refusal(found, "a workbook of ordinary size", to_fix, sheet=sheet, row=row)


def limit_this_process() -> None:
    """Let the system stop this process when it takes too much memory or time. (Windows has no such limits.)"""
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_SCRATCH),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in limits:
        with suppress(ValueError, OSError):  # a stricter limit is in force already
            resource.setrlimit(kind, (most, most))
