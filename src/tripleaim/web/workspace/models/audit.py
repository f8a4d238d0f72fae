"""The audit: every write of the workspace, in one chain in which each event carries the hash of the one before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditEvent(models.Model):
    """One write. Written once and never changed; what it says is hashed with the event before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=40)
    """When, in UTC, as ISO 8601: text, so that every database hashes the same."""
    person = models.PositiveBigIntegerField(null=True)
    """Who, by number; nobody for the program itself."""
    partner = models.PositiveBigIntegerField(null=True)
    """For which organisation in a place."""
    place = models.CharField(max_length=60, blank=True, db_index=True)
    """The place's slug; empty for what concerns the installation."""
    act = models.CharField(max_length=60)
    """What was done, such as draft.edit."""
    thing = models.CharField(max_length=120, blank=True)
    """What it was done to, such as draft 12."""
    detail = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    """Hash of the event before; 64 zeros for the first."""
    hashed = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.thing}"


class AuditHead(models.Model):
    """The end of the chain: one row, locked while an event is added, so that no two events follow the same one."""

    number = models.PositiveBigIntegerField(default=0)
    hashed = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}"
