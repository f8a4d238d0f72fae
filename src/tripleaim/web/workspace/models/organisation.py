"""An organisation: sovereign, and the same in every place it belongs to."""

from __future__ import annotations

from django.db import models


class Sector(models.TextChoices):
    """What kind of body it is; none has more rights than another."""

    COMMISSIONER = "commissioner", "Commissioner"
    PROVIDER = "provider", "Hospital, community or mental health trust"
    COUNCIL = "council", "Council"
    PRACTICE = "practice", "General practice"
    VOLUNTARY = "voluntary", "Voluntary sector"
    RESIDENTS = "residents", "Healthwatch or residents’ group"
    NATIONAL = "national", "National body"
    OTHER = "other", "Another body"


class Organisation(models.Model):
    """A body by the name it calls itself."""

    name = models.CharField(max_length=160, unique=True)
    sector = models.CharField(max_length=12, choices=Sector.choices)

    def __str__(self) -> str:
        return self.name
