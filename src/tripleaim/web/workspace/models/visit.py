"""What a person last saw of a place's plan."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Visit(models.Model):
    """The version somebody last looked at, so that a page can say what changed since."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits")
    place = models.ForeignKey("workspace.Place", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("workspace.Version", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "place"], name="one_visit_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"
