"""What changed in a place's plan since a person last said that they had read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.urls import reverse

from tripleaim.web.workspace.models import Person, Place, Version, Visit
from tripleaim.web.workspace.told.changes import by_table, changes_told, in_short
from tripleaim.web.workspace.told.texts import parcel

_SENTENCES = 3


@dataclass(frozen=True, kw_only=True)
class Since:
    """What is new to a reader. `count` is None where they have never said that they read anything."""

    newest: Version | None
    read: Version | None = None
    read_at: datetime | None = None
    count: int | None = None
    tables: tuple[tuple[str, str], ...] = ()
    """Each table in words, with how much changed in it."""
    sentences: tuple[str, ...] = ()
    """The first few changes said aloud."""
    short: str = ""
    """How much changed and where, in one sentence."""
    url: str = ""
    """The page that tells every change; the list of versions where nothing has been read yet."""

    @property
    def is_new(self) -> bool:
        """Whether there is anything the reader has not seen."""
        return self.newest is not None and (self.read is None or self.read.number < self.newest.number)


def changes_since(person: Person, place: Place) -> Since:
    """What changed between the version somebody last read and the newest. Two queries, and two more at first."""
    newest = Version.objects.filter(place=place).order_by("-number").first()
    visit = Visit.objects.filter(person=person, place=place).select_related("version").first()
    versions = reverse("versions", kwargs={"slug": place.slug})
    if newest is None or visit is None:
        return Since(newest=newest, url=versions)
    old, new = visit.version.number, newest.number
    url = reverse("version_changes", kwargs={"slug": place.slug, "old": old, "new": new}) if new > old else versions
    count, tables, sentences, short = _told(visit.version.content_id, newest.content_id)
    return Since(
        newest=newest,
        read=visit.version,
        read_at=visit.at,
        count=count,
        tables=tables,
        sentences=sentences,
        short=short,
        url=url,
    )


_Told = tuple[int, tuple[tuple[str, str], ...], tuple[str, ...], str]


def _told(old: str, new: str) -> _Told:
    """The changes between two plans in short; they never change, so they are looked through once."""
    if old == new:
        return 0, (), (), ""
    name = f"tripleaim.since.{old}.{new}"
    known: _Told | None = cache.get(name)
    if known is None:
        changes = changes_told(parcel(old), parcel(new))
        tables = tuple((each.words, each.summary) for each in by_table(changes))
        known = len(changes), tables, tuple(each.sentence for each in changes[:_SENTENCES]), in_short(changes)
        cache.set(name, known, 24 * 3600)
    return known
