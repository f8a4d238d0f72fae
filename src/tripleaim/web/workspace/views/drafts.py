"""Drafts and proposals: from a file or by hand, to comments and acceptance."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
