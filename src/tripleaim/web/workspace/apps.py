"""The workspace as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Workspace(AppConfig):
    """Its name, and what it makes known when it starts: the rights."""

    name = "tripleaim.web.workspace"
    label = "workspace"

    def ready(self) -> None:
        """Make the rights known to Django's `has_perm`."""
        from tripleaim.web.workspace import rights  # noqa: F401 - registers them
