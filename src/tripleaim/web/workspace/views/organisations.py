"""Each organisation's own view beside the system's."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
