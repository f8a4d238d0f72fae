"""The plan as a Health and Wellbeing Board sees it: its people, its measures, its councils' money, what acts there."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path

from tripleaim.web.workspace.found import address, found_of
from tripleaim.web.workspace.organisation_tables import tables_of
from tripleaim.web.workspace.views.frame import Here, at_place


@at_place("organisations")
def area(here: Here, key: str) -> HttpResponse:
    """One area."""
    found = found_of(here.place, here.version)
    here.trail = [("Organisations", here.url("organisations"))]
    if found.told is None:
        return here.page("areas/not_yet.html", found=found, address=address)
    told = found.told["areas"].get(key)
    if told is None:
        raise Http404
    brief, organisations = found.told, found.told["organisations"]
    councils = [organisations[each] for each in told["council_money"] if each in organisations]
    own = frozenset(told["own_measures"])
    return here.page(
        "areas/area.html",
        found=found,
        told=told,
        place_told=brief["place"],
        measures=[(brief["measures"][each], each in own) for each in told["measures"]],
        councils=[
            (each, tables_of(each, brief["system"], brief["years"], pressure=brief["place"]["is_pressure"]))
            for each in councils
        ],
        schemes=[(each, brief["schemes"][each["key"]]) for each in told["schemes"] if each["key"] in brief["schemes"]],
        others=[each for each in brief["index"]["areas"] if each["key"] != key],
        last=found.last,
    )


URLS: list[URLPattern] = [path("places/<slug:slug>/areas/<str:key>/", area, name="area")]
