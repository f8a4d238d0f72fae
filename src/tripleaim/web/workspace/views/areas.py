"""A Health and Wellbeing Board's area."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
