"""The workspace as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Workspace(AppConfig):
    """Its name."""

    name = "tripleaim.web.workspace"
    label = "workspace"
