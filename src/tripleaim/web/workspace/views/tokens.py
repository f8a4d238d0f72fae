"""A person's own tokens for programs."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
