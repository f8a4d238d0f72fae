"""Contents by fingerprint, and the numbered versions of a place's shared plan. Neither ever changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Content(models.Model):
    """One plan, whole: kept once, however many versions and drafts hold it."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    packed = models.BinaryField()
    """The plan's files, as `loading.packed` writes them."""
    kept_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.fingerprint[:16]


class Version(models.Model):
    """One state of the plan that all partners share."""

    place = models.ForeignKey("workspace.Place", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="versions")
    why = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """Who accepted it; nobody for what came with the program."""
    partner = models.ForeignKey("workspace.Partner", null=True, on_delete=models.PROTECT, related_name="+")
    """Whose proposal it was."""
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "-number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["place", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.place}, version {self.number}"
