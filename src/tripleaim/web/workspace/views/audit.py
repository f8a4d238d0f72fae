"""The audit of a place, for its auditors."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
