"""The plan, table by table and row by row, as any version says it."""

from __future__ import annotations

from django.urls import URLPattern

from tripleaim.web.workspace.views.plan import files, row, tables

URLS: list[URLPattern] = [*tables.URLS, *files.URLS, *row.URLS]
