"""Problems gathered while reading, in the order of the files; a flood of one kind is counted rather than repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from tripleaim.errors import Problem
from tripleaim.plan.tables import TABLES

MOST_PER_FILE = 500
"""Problems of one file that are told one by one; the rest are counted in one line, so nothing is hidden."""

SHOWN = 120
"""Most characters of a cell or a file's name repeated in a message."""
LONGEST_FIELD = 500
"""Most characters of the names of columns repeated in a message; several may stand there."""

_ORDER = {name: place for place, name in enumerate(["plan.toml", *(form.file for form in TABLES)])}


_FILES = re.compile(rf"(?<![\w/])({'|'.join(re.escape(name) for name in _ORDER)})(?!\w)")


class Problems:
    """What has been found so far.

    Everybody names tables by their files. A form that keeps them otherwise says what each is called there
    (`{"activity.csv": "plan.xlsx, sheet activity"}`), and every problem is then told in those words.
    """

    def __init__(self, called: Mapping[str, str] | None = None) -> None:
        self._called = dict(called or {})
        self._found: list[Problem] = []
        self._count: Counter[str] = Counter()

    def __len__(self) -> int:
        return sum(self._count.values())

    def is_full(self, file: str) -> bool:
        """True where further problems of a file are only counted, so that nobody need think of advice for them."""
        return self._count[file] >= MOST_PER_FILE

    def add(self, file: str, row: int | None, field: str | None, *, found: str, expected: str, to_fix: str) -> None:
        """Note one problem."""
        self._count[file] += 1
        if self._count[file] <= MOST_PER_FILE:
            problem = Problem(
                file=shown(file),
                row=row,
                field=None if field is None else shown(field, LONGEST_FIELD),
                found=shown(found),
                expected=expected,
                to_fix=to_fix,
            )
            self._found.append(problem)

    def in_order(self) -> tuple[Problem, ...]:
        """Every problem, by file in reading order, then by row; further files last."""
        told = sorted(self._found, key=lambda p: (_ORDER.get(p.file, len(_ORDER)), p.file, p.row or 0))
        more = [
            Problem(
                file=file,
                found=f"{count - MOST_PER_FILE} further problems",
                expected="a file that can be read",
                to_fix="put right those above, then check again",
            )
            for file, count in self._count.items()
            if count > MOST_PER_FILE
        ]
        return tuple(self._renamed(problem) for problem in (*told, *more))

    def _renamed(self, problem: Problem) -> Problem:
        if not self._called:
            return problem
        return replace(
            problem,
            file=self._named(problem.file),
            found=self._named(problem.found),
            expected=self._named(problem.expected),
            to_fix=self._named(problem.to_fix),
        )

    def _named(self, text: str) -> str:
        return _FILES.sub(lambda match: self._called.get(match[0], match[0]), text)


def shown(text: str, most: int = SHOWN) -> str:
    """A cell as a message repeats it: on one line, not too long, with nothing in it that moves a terminal's cursor."""
    cut = text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" for c in cut)
