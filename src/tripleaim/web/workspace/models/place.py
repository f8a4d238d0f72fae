"""A place: whose plan it is, and the organisations that share it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Place(models.Model):
    """A footprint or system with one shared plan, kept as numbered versions."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    invented = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """An organisation in a place. `key` is its key in the plan's organisations; empty for one the plan does not count,
    such as a reviewer's."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey("workspace.Organisation", on_delete=models.PROTECT, related_name="partners")
    key = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["place", "organisation"], name="one_partner_a_place"),
            models.UniqueConstraint(
                fields=["place", "key"], condition=~models.Q(key=""), name="one_partner_a_key_of_the_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.place}"
