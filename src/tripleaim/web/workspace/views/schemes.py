"""Schemes: all, and one."""

from __future__ import annotations

from django.urls import URLPattern

URLS: list[URLPattern] = []
