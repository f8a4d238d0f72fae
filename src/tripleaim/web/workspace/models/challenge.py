"""A challenge to a number of the plan, in public to all partners, and its answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class ChallengeState(models.TextChoices):
    """How far a challenge has come."""

    OPEN = "open", "Not answered"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed by who asked"


class Challenge(models.Model):
    """Why this value? Asked of one field of one row."""

    place = models.ForeignKey("workspace.Place", on_delete=models.PROTECT, related_name="challenges")
    version = models.ForeignKey("workspace.Version", on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=40)
    row = models.CharField(max_length=400)
    field = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=400, blank=True)
    """What the row is called, in the plan's words."""
    value = models.CharField(max_length=400, blank=True)
    """The value as it stood when it was asked."""
    question = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey("workspace.Partner", on_delete=models.PROTECT, related_name="+")
    """For which organisation it was asked."""
    asked_of = models.ForeignKey("workspace.Partner", null=True, on_delete=models.PROTECT, related_name="+")
    """Whose number it is, where the plan says; otherwise the convenor's to have answered."""
    state = models.CharField(max_length=10, choices=ChallengeState.choices, default=ChallengeState.OPEN)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["place", "state"])]

    def __str__(self) -> str:
        return self.question[:60]


class Answer(models.Model):
    """What was said to a challenge."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey("workspace.Partner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]

    def __str__(self) -> str:
        return self.text[:60]
