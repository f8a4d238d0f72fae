"""A leader's own confidence in a scheme: theirs alone, shown to others only as the middle of five or more."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Confidence(models.Model):
    """How sure one leader is that a scheme will do what it claims, 0 to 10. The last answer counts."""

    place = models.ForeignKey("workspace.Place", on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=60)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    version = models.ForeignKey("workspace.Version", on_delete=models.PROTECT, related_name="+")
    """The version of the plan they had before them."""
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["place", "scheme", "person"], name="one_confidence_a_leader"),
            models.CheckConstraint(condition=models.Q(score__lte=10), name="confidence_of_ten"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: one leader’s confidence"


class Spread(models.TextChoices):
    """How far apart answers lie, by the middle half of them."""

    CLOSE = "close", "The answers lie close together."
    APART = "apart", "The answers differ."
    FAR = "far", "The answers lie far apart."


class PublishedConfidence(models.Model):
    """What all may see of leaders' confidence in a scheme: five answers or more, as they stood. Never changed."""

    place = models.ForeignKey("workspace.Place", on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=60)
    version = models.ForeignKey("workspace.Version", on_delete=models.PROTECT, related_name="+")
    """The version of the plan at the time; answers may have been given of older ones."""
    answers = models.PositiveIntegerField()
    """How many it rests on."""
    middle = models.FloatField()
    """As many say more as say less."""
    spread = models.CharField(max_length=6, choices=Spread.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["place", "scheme"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(answers__gte=5), name="confidence_of_five_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: the middle of {self.answers} answers"
