"""The register of assumptions, challenges and answers."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
