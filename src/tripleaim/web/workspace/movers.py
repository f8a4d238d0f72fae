"""What each number of the plan moves, as the newest stress test of the shared plan found it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from tripleaim.web.workspace.models import Place, Run, RunFile
from tripleaim.web.workspace.models.run import RunKind, RunState

RECORD = "result.json"
"""The file of a run that holds every figure of it."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What a stress test said of the numbers that move the money."""

    run: int
    fingerprint: str
    """Of the plan it was run on."""
    year: str
    swings: Mapping[str, float]
    """Name of a number → how far it alone moves what the place is short by in the last year, in GBP."""


def moved(place: Place) -> Moved | None:
    """What the newest stress test of a shared version found; None where there is none, or none that can be read."""
    run = (
        Run.objects.filter(place=place, kind=RunKind.STRESS, state=RunState.DONE, draft=None)
        .order_by("-ended_at", "-pk")
        .values_list("pk", "content_id", "asked_at")
        .first()
    )
    return _moved(*run) if run else None


@lru_cache(maxsize=32)
def _moved(run: int, fingerprint: str, asked_at: datetime) -> Moved | None:
    """The same, kept in memory: what a run found never changes."""
    file = RunFile.objects.filter(run=run, name=RECORD).first()
    if file is None:
        return None
    try:
        result = json.loads(zlib.decompress(bytes(file.packed)))["result"]
        swings = {each["name"]: _swing(each) for each in result["movers"]}
        return Moved(run=run, fingerprint=fingerprint, year=str(result["years"][-1]), swings=swings)
    except (zlib.error, ValueError, KeyError, TypeError, IndexError):
        return None


def _swing(each: Mapping[str, Any]) -> float:
    ends = [float(each[name]) for name in ("at_low", "at_point", "at_high")]
    return max(ends) - min(ends)
