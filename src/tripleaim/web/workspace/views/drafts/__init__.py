"""Drafts and proposals: from a file or by hand, to comments and acceptance."""

from __future__ import annotations

from django.urls import URLPattern

from tripleaim.web.workspace.views.drafts import cells, deciding, listing, merging, page, rows, start

URLS: list[URLPattern] = [
    *listing.URLS,
    *start.URLS,
    *page.URLS,
    *deciding.URLS,
    *merging.URLS,
    *rows.URLS,
    *cells.URLS,
]
