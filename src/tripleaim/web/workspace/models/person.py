"""A person who signs in, and what each may do where: a role in an organisation of a place."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What a person does for an organisation in a place. The same roles for every kind of organisation."""

    ANALYST = "analyst", "Analyst"
    FINANCE = "finance", "Finance lead"
    OFFICER = "officer", "Officer or clinician"
    BOARD = "board", "Board member"
    CONVENOR = "convenor", "Convenor"
    REVIEWER = "reviewer", "Reviewer"
    AUDITOR = "auditor", "Auditor"


class People(BaseUserManager["Person"]):
    """People by the address they sign in with, whatever its letters' case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in with an address."""

    email = models.EmailField("address", max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    keeps_workspace = models.BooleanField(default=False)
    """Keeps this installation: may add places and convenors, and sees no plan by that alone."""
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(Lower("email"), name="one_person_an_address")]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """One role of a person for one organisation in one place. Ended, never deleted: what was done stays theirs."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    partner = models.ForeignKey("workspace.Partner", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["person", "partner", "role"], condition=models.Q(ended_at=None), name="one_membership_a_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} of {self.partner.organisation}"
