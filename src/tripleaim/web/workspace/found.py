"""What has been worked out of a place's shared plan: read from answers kept, never worked out while a page waits."""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Max, Q
from django.urls import NoReverseMatch, reverse
from markupsafe import Markup, escape

from tripleaim.reports.brief import in_address
from tripleaim.reports.brief.brief import FORMAT
from tripleaim.reports.brief.links import bare
from tripleaim.web.workspace.actions.runs import seen_by
from tripleaim.web.workspace.models import Place, Run, RunFile, Version
from tripleaim.web.workspace.models.run import RunKind, RunState
from tripleaim.web.workspace.told.money import MoneyRow

BRIEF = "brief.json"
"""The file of a run that other pages read."""
KEPT = 48
"""Briefs kept in memory: each is read from the database once, as an answer never changes."""
Told = Mapping[str, Any]
"""A brief as plain values; `tripleaim.reports.brief` says what is in it. Read it, never alter it."""


@dataclass(frozen=True)
class Found:
    """What is known of one version of a plan, and what is on its way."""

    place: Place
    version: Version | None
    run: Run | None = None
    """The newest answer to what happens with and without the schemes; None until there is one."""
    newest: Run | None = None
    """The run asked for last, in whatever state."""
    told: Told | None = None
    """The brief of the answer."""

    @property
    def last(self) -> int:
        """Place of the plan's last year in amounts by year; the year after follows it."""
        return len(self.told["years"]) - 2 if self.told else 0

    def leading(self, html: str) -> Markup:
        """Words of a brief with their links leading to the answer they were taken from."""
        to = address("run", self.place.slug, self.run.pk) if self.run else ""
        return Markup(in_address(html, to)) if to else escape(bare(html))


def address(name: str, *parts: Any) -> str:
    """The address of a page by its name and parts; empty where there is no such page."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""


def found_of(place: Place, version: Version | None) -> Found:
    """What has been worked out of one shared version."""
    if version is None:
        return Found(place, None)
    asked = seen_by(place).filter(kind=RunKind.RUN, content_id=version.content_id)
    runs = list(asked.order_by("-asked_at", "-pk")[:50])
    run = next((each for each in runs if each.state == RunState.DONE), None)
    told = _briefs([run])[run.pk] if run else None
    return Found(place, version, run if told else None, runs[0] if runs else None, told)


def found_in(versions: Iterable[Version]) -> dict[int, Found]:
    """The same for one version of each of several places, by place, in as many questions to the database as for one."""
    every = list(versions)
    runs = Run.objects.filter(
        Q(draft=None) | Q(draft__proposed_at__isnull=False),
        kind=RunKind.RUN,
        state=RunState.DONE,
        content_id__in={each.content_id for each in every},
        place_id__in={each.place_id for each in every},
    )
    done = {(run.place_id, run.content_id): run for run in runs.order_by("ended_at", "pk")}
    told = _briefs(done.values())
    found = {}
    for each in every:
        run = done.get((each.place_id, each.content_id))
        has = told[run.pk] if run else None
        found[each.place_id] = Found(each.place, each, run if has else None, run, has)
    return found


def briefs_of(contents: Iterable[str], places: Iterable[int]) -> dict[str, Told]:
    """Briefs of some contents of some places, by fingerprint; those not worked out are left out."""
    wanted = set(contents)
    if not wanted:
        return {}
    runs = Run.objects.filter(kind=RunKind.RUN, state=RunState.DONE, content_id__in=wanted, place_id__in=set(places))
    done = {run.content_id: run for run in runs.order_by("ended_at", "pk")}
    told = _briefs(done.values())
    return {content: has for content, run in done.items() if (has := told[run.pk])}


def as_hoped(before: Told | None, after: Told | None) -> MoneyRow | None:
    """What a change of the plan does to the shortfall of the newer plan's last year; None where that is not known."""
    if before is None or after is None or before["system"] is None or after["system"] is None:
        return None
    year = after["place"]["last_year"]
    if year not in before["years"]:
        return None
    old, new = (each["system"]["hoped"][each["years"].index(year)] for each in (before, after))
    return MoneyRow(who=after["place"]["name"], what=year, old=old, new=new)


@dataclass(frozen=True)
class Beside:
    """An answer to another question: a stress test, a sharing; of this version, or of an older one."""

    run: Run
    told: Told
    number: int
    """The version it was worked out of."""
    current: bool
    """Whether that is the version all partners share now, or one that says the same."""


def beside(place: Place, version: Version | None, kind: RunKind) -> Beside | None:
    """The newest answer of another kind: of this version if there is one, else of the newest version that has one."""
    if version is None:
        return None
    done = seen_by(place).filter(kind=kind, state=RunState.DONE)
    run = done.filter(content_id=version.content_id).order_by("-ended_at", "-pk").first()
    number, current = version.number, run is not None
    if run is None:
        own = Q(content__versions__place=place)
        older = done.filter(own).annotate(of=Max("content__versions__number", filter=own))
        run = older.order_by("-of", "-ended_at", "-pk").first()
        number = getattr(run, "of", 0)
    if run is None:
        return None
    told = _briefs([run])[run.pk]
    return Beside(run, told, number, current) if told else None


# ---- Kept in memory --------------------------------------------------------------------------------------------------


class _Kept:
    """The briefs read last, by run and fingerprint."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[int, str], Told] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[int, str]) -> Told | None:
        with self._lock:
            if key in self._told:
                self._told.move_to_end(key)
            return self._told.get(key)

    def put(self, key: tuple[int, str], told: Told) -> None:
        with self._lock:
            self._told[key] = told
            while len(self._told) > KEPT:
                self._told.popitem(last=False)

    def clear(self) -> None:
        """Forget all; for tests, whose runs are undone."""
        with self._lock:
            self._told.clear()


kept = _Kept()


def _briefs(runs: Iterable[Run]) -> dict[int, Told | None]:
    """The brief of each run; None where it was written by a program whose form is not ours."""
    every = {run.pk: (run.pk, run.content_id) for run in runs}
    found = {pk: kept.get(key) for pk, key in every.items()}
    missing: Sequence[int] = [pk for pk, told in found.items() if told is None]
    if missing:
        files = RunFile.objects.filter(run_id__in=missing, name=BRIEF).values_list("run_id", "packed")
        for pk, packed in files:
            told = json.loads(zlib.decompress(bytes(packed)))
            if told.get("format", FORMAT) == FORMAT:
                found[pk] = told
                kept.put(every[pk], told)
    return found
