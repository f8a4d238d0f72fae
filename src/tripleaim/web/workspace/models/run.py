"""A run: work on one plan in the background, who has it in hand until when, and what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class RunKind(models.TextChoices):
    """The question a run answers; each is a verb of the command line."""

    RUN = "run", "What happens, with and without the schemes?"
    STRESS = "stress", "How wrong could it be?"
    CHOOSE = "choose", "Which schemes together?"
    SHARE = "share", "Who gains, who pays, and what would make it fair?"


class RunState(models.TextChoices):
    """How far a run has come."""

    WAITING = "waiting", "Waiting"
    WORKING = "working", "Being worked out"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"
    CANCELLED = "cancelled", "Stopped"


class Run(models.Model):
    """One question asked of one content with one seed. `cache_key` names all that the answer depends on."""

    place = models.ForeignKey("workspace.Place", on_delete=models.PROTECT, related_name="runs")
    content = models.ForeignKey("workspace.Content", on_delete=models.PROTECT, related_name="runs")
    draft = models.ForeignKey("workspace.Draft", null=True, blank=True, on_delete=models.PROTECT, related_name="runs")
    """The draft it was asked of; its people alone see it until the draft is proposed."""
    kind = models.CharField(max_length=8, choices=RunKind.choices)
    options = models.JSONField(default=dict)
    """What was chosen beside the plan, such as {"draws": 1000, "seed": 2016}."""
    cache_key = models.CharField(max_length=64)
    """SHA-256 over fingerprint, kind, options, sampler and version of the program."""
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    stop_asked = models.BooleanField(default=False)
    share_done = models.FloatField(default=0.0)
    """How far it is, 0 to 1."""
    doing = models.CharField(max_length=200, blank=True)
    """What is being worked out, in words."""
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    """Until then the worker has it; after that another may take it up."""
    beat_at = models.DateTimeField(null=True, blank=True)
    """When the worker last said that it is alive."""
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    refusal = models.JSONField(default=list)
    """Problems in words, where the plan cannot be run: [{where, found, expected, to_fix}]."""
    fault = models.TextField(blank=True)
    """What went wrong that is ours."""
    program = models.CharField(max_length=40, blank=True)
    """Version of the program that answered."""

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "asked_at"]),
            models.Index(fields=["place", "kind", "state"]),
            models.Index(fields=["cache_key", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.content}"


class RunFile(models.Model):
    """One file that a run made: a page, a table, a record that other pages read."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    packed = models.BinaryField()
    """Its bytes, compressed by zlib."""

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["run", "name"], name="one_file_a_name")]

    def __str__(self) -> str:
        return self.name
