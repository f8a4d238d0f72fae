"""The overview of a place."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
