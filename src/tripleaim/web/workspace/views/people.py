"""Who belongs to a place, and invitations."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
