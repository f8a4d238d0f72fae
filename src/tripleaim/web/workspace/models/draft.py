"""A draft: an organisation's own change of the plan, with every edit's reason; and what others say of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class DraftState(models.TextChoices):
    """How far a draft has come."""

    WORKING = "working", "Being worked on"
    PROPOSED = "proposed", "Proposed to all partners"
    ACCEPTED = "accepted", "Part of the plan"
    DECLINED = "declined", "Not taken"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Draft(models.Model):
    """One organisation's change, seen by its own people until it is proposed."""

    place = models.ForeignKey("workspace.Place", on_delete=models.PROTECT, related_name="drafts")
    partner = models.ForeignKey("workspace.Partner", on_delete=models.PROTECT, related_name="drafts")
    title = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    base = models.ForeignKey("workspace.Version", on_delete=models.PROTECT, related_name="drafts")
    """The version it was made from, or was last brought up to."""
    content = models.ForeignKey("workspace.Content", on_delete=models.PROTECT, related_name="drafts")
    revision = models.PositiveIntegerField(default=1)
    """Grows by one with every saved edit: a form that knows an older one is merged, never written over."""
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.WORKING)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    became = models.OneToOneField(
        "workspace.Version", null=True, blank=True, on_delete=models.PROTECT, related_name="came_from"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["place", "state"])]

    def __str__(self) -> str:
        return self.title


class DraftEdit(models.Model):
    """One saved change of a draft: the cells are in `changes`, as `loading.editing` names them. Never altered."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="edits")
    revision = models.PositiveIntegerField()
    """The revision of the draft that it made."""
    content = models.ForeignKey("workspace.Content", on_delete=models.PROTECT, related_name="+")
    """The plan after it."""
    reason = models.TextField()
    changes = models.JSONField(default=list)
    """[{table, row, field, old, new}], as the page of the draft tells them."""
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["revision"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["draft", "revision"], name="one_edit_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.draft}, revision {self.revision}"


class Comment(models.Model):
    """What somebody says of a proposal, as a whole or of one field of it."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="comments")
    table = models.CharField(max_length=40, blank=True)
    row = models.CharField(max_length=400, blank=True)
    field = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey("workspace.Partner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]

    def __str__(self) -> str:
        return self.text[:60]
