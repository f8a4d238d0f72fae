"""Versions: what changed between two, downloads."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
