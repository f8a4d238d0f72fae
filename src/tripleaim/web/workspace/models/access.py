"""Links and tokens that let somebody in. Only a hash of each is kept: who reads the database can use none."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from tripleaim.web.workspace.models.person import Role


class SignInLink(models.Model):
    """Signs one person in once, within minutes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"for {self.person}"


class Invitation(models.Model):
    """Asks somebody to join an organisation in a place, in one role; used once."""

    partner = models.ForeignKey("workspace.Partner", on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=12, choices=Role.choices)
    email = models.EmailField("address", max_length=254)
    hashed = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()} of {self.partner}"


class ApiToken(models.Model):
    """Lets a program act for one person, no further than its scopes and that person's own rights."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    start = models.CharField(max_length=12)
    """Its first letters, so that its owner knows it again."""
    hashed = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["person", "name"], condition=models.Q(ended_at=None), name="one_token_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
