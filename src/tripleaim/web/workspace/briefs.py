"""Briefs of runs as they were kept, read from the database once: an answer never changes, so it stays in memory."""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any

from tripleaim.reports.brief.brief import FORMAT
from tripleaim.web.workspace.models import Run, RunFile

BRIEF = "brief.json"
"""The file of a run that other pages read."""
Told = Mapping[str, Any]
"""A brief as plain values; `tripleaim.reports.brief` says what is in it. Read it, never alter it."""


class _Kept:
    """The briefs read last, by run and fingerprint, in one form."""

    def __init__(self, most: int, form: Callable[[Told], Told]) -> None:
        self._most, self._form = most, form
        self._told: OrderedDict[tuple[int, str], Told] = OrderedDict()
        self._lock = Lock()

    def of(self, runs: Iterable[Run]) -> dict[int, Told | None]:
        """By run; None where it was written by a program whose form is not ours. At most one question asked."""
        every = {run.pk: (run.pk, run.content_id) for run in runs}
        found = {pk: self._get(key) for pk, key in every.items()}
        missing = [pk for pk, told in found.items() if told is None]
        if missing:
            files = RunFile.objects.filter(run_id__in=missing, name=BRIEF).values_list("run_id", "packed")
            for pk, packed in files:
                try:
                    told = json.loads(zlib.decompress(bytes(packed)))
                    if told.get("format", FORMAT) == FORMAT:
                        found[pk] = self._put(every[pk], self._form(told))
                except (zlib.error, ValueError, KeyError, TypeError, AttributeError):
                    continue  # written by another program: as if it were not there
        return found

    def _get(self, key: tuple[int, str]) -> Told | None:
        with self._lock:
            if key in self._told:
                self._told.move_to_end(key)
            return self._told.get(key)

    def _put(self, key: tuple[int, str], told: Told) -> Told:
        with self._lock:
            self._told[key] = told
            while len(self._told) > self._most:
                self._told.popitem(last=False)
        return told

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._told.clear()


def _in_short(told: Told) -> Told:
    """What a list of many plans needs of one: its lists and the sums of the whole place."""
    place = {name: told["place"][name] for name in ("name", "last_year", "is_pressure")}
    return {name: told[name] for name in ("fingerprint", "years", "system", "index")} | {"place": place}


def _as_it_is(told: Told) -> Told:
    """The brief itself; one of what happens only if it has all that lists and sums are made of."""
    is_another = bool(told) and "place" not in told
    return told if is_another or _in_short(told) else {}


whole = _Kept(48, _as_it_is)
"""Whole briefs, some megabytes each when read."""
short = _Kept(1_000, _in_short)
"""The `years`, `system` and `index` of briefs and a little of their `place`, some kilobytes each."""


def forget() -> None:
    """Forget all that was read; for tests, which undo their runs."""
    whole.clear()
    short.clear()
