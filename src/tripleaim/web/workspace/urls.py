"""Addresses of the workspace, gathered from the pages that answer them."""

from __future__ import annotations

from django.urls import URLPattern

from tripleaim.web.workspace.views import (
    areas,
    assumptions,
    audit,
    drafts,
    entrance,
    home,
    organisations,
    overview,
    people,
    plan,
    results,
    schemes,
    tokens,
    versions,
    words,
)

urlpatterns: list[URLPattern] = [
    *home.URLS,
    *entrance.URLS,
    *tokens.URLS,
    *words.URLS,
    *overview.URLS,
    *people.URLS,
    *plan.URLS,
    *versions.URLS,
    *drafts.URLS,
    *assumptions.URLS,
    *schemes.URLS,
    *organisations.URLS,
    *areas.URLS,
    *results.URLS,
    *audit.URLS,
]
