"""Which version of the plan a page reads, and whether there is such a table."""

from __future__ import annotations

from django.http import Http404

from tripleaim.loading.plan_texts import FORMS
from tripleaim.web.workspace.models import Version
from tripleaim.web.workspace.told.rows import HEADING
from tripleaim.web.workspace.views.frame import Here


def version_read(here: Here) -> Version | None:
    """The version the address asks for, the newest where it asks for none; None where there is no plan yet.

    raises : Http404 for a version there is not
    """
    asked = here.request.GET.get("version")
    if not asked:
        return here.version
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    return here.find(Version, number=int(asked))


def version_needed(here: Here) -> Version:
    """The version that is read.

    raises : Http404 where there is none
    """
    version = version_read(here)
    if version is None:
        raise Http404
    return version


def older(here: Here, version: Version) -> str:
    """What an address carries on where another version than the newest is read; else empty."""
    return "" if here.version is not None and version.pk == here.version.pk else f"?version={version.number}"


def known_table(table: str) -> str:
    """The table, if plans have it.

    raises : Http404
    """
    if table != HEADING and table not in FORMS:
        raise Http404
    return table
