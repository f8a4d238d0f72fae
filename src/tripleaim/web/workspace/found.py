"""What has been worked out of a place's shared plan: read from answers kept, never worked out while a page waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.urls import NoReverseMatch, reverse
from markupsafe import Markup, escape

from tripleaim.reports.brief import in_address
from tripleaim.reports.brief.links import bare
from tripleaim.web.workspace import briefs
from tripleaim.web.workspace.actions.runs import seen_by, seen_by_all
from tripleaim.web.workspace.briefs import Told
from tripleaim.web.workspace.models import Place, Run, Version
from tripleaim.web.workspace.models.run import RunKind, RunState
from tripleaim.web.workspace.told.money import MoneyRow


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
    told = briefs.whole.of([run])[run.pk] if run else None
    return Found(place, version, run if told else None, runs[0] if runs else None, told)


def found_in(versions: Iterable[Version]) -> dict[int, Found]:
    """The same in short (lists and sums) for a version of each of several places, by place, in as many questions."""
    every = list(versions)
    runs = Run.objects.filter(
        seen_by_all(),
        kind=RunKind.RUN,
        state=RunState.DONE,
        content_id__in={each.content_id for each in every},
        place_id__in={each.place_id for each in every},
    )
    done = {(run.place_id, run.content_id): run for run in runs.order_by("ended_at", "pk")}
    told = briefs.short.of(done.values())
    found = {}
    for each in every:
        run = done.get((each.place_id, each.content_id))
        has = told[run.pk] if run else None
        found[each.place_id] = Found(each.place, each, run if has else None, run, has)
    return found


def briefs_of(contents: Iterable[str], places: Iterable[int]) -> dict[str, Told]:
    """Briefs in short (lists and sums) of some contents of some places, by fingerprint, where they are worked out."""
    wanted = set(contents)
    if not wanted:
        return {}
    runs = Run.objects.filter(
        seen_by_all(), kind=RunKind.RUN, state=RunState.DONE, content_id__in=wanted, place_id__in=set(places)
    )
    done = {run.content_id: run for run in runs.order_by("ended_at", "pk")}
    told = briefs.short.of(done.values())
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
    told = briefs.whole.of([run])[run.pk]
    return Beside(run, told, number, current) if told else None
