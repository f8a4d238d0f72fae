"""The plan's tables and rows, as all partners share them."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
