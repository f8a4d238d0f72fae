"""The glossary, and search in a place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from tripleaim.web.workspace.glossary import glossary
from tripleaim.web.workspace.models import Challenge
from tripleaim.web.workspace.search import Entry, entry, found_among, of_plan, words_of
from tripleaim.web.workspace.views.drafts.listing import drafts_seen
from tripleaim.web.workspace.views.frame import Here, at_place, own_page


def words(request: HttpRequest) -> HttpResponse:
    """Every word we use that a neighbour might not know."""
    every = glossary()
    letters = sorted({each.word[0].upper() for each in every})
    return own_page(request, "words/glossary.html", words=every, letters=letters)


@at_place("")
def search(here: Here) -> HttpResponse:
    """What holds the words that were typed, as far as the reader may see it."""
    typed = here.request.GET.get("words", "")[:200]
    asked = words_of(typed)
    found = found_among(_entries(here), asked) if asked else ()
    rows = [(each, [(one, _address(here, one)) for one in each.best]) for each in found]
    return here.page("words/search.html", typed=typed, asked=asked, found=rows)


def _entries(here: Here) -> Iterator[Entry]:
    plan = of_plan(here.version.content_id) if here.version else ()
    return chain(plan, _proposals(here), _challenges(here), _words())


def _proposals(here: Here) -> Iterator[Entry]:
    for each in drafts_seen(here):
        told = f"{each.partner.organisation.name}, {each.get_state_display().lower()}"
        yield entry("proposals", each.title, told, "draft", each.why, pk=each.pk)


def _challenges(here: Here) -> Iterator[Entry]:
    asked = (
        Challenge.objects.filter(place=here.place).select_related("partner__organisation").prefetch_related("answers")
    )
    for each in asked:
        answers = " ".join(answer.text for answer in each.answers.all())
        told = f"{each.partner.organisation.name}, {each.get_state_display().lower()}"
        title = each.question if len(each.question) <= 120 else f"{each.question[:119]}…"
        yield entry("challenges", title, told, "challenge", f"{each.question} {answers} {each.row}", number=each.pk)


def _words() -> Iterator[Entry]:
    for each in glossary():
        yield entry("words", each.word, each.meaning, "glossary", anchor=each.anchor)


def _address(here: Here, found: Entry) -> str:
    parts = dict(found.parts)
    if found.page == "glossary":
        return f"{reverse('glossary')}#{parts['anchor']}"
    return here.url(found.page, **parts)


URLS: list[URLPattern] = [
    path("glossary/", words, name="glossary"),
    path("places/<slug:slug>/search/", search, name="search"),
]
