"""Contents: a plan kept whole under its fingerprint, once."""

from __future__ import annotations

from tripleaim.loading.packed import packed, unpacked
from tripleaim.plan import Plan
from tripleaim.web.workspace.models import Content


def keep(plan: Plan) -> Content:
    """The content of a plan, kept if it was not yet. Part of a larger write, whose audit event names it."""
    kept, _ = Content.objects.get_or_create(fingerprint=plan.fingerprint, defaults={"packed": packed(plan)})
    return kept


def plan_of(content: Content) -> Plan:
    """The plan that was kept."""
    return unpacked(bytes(content.packed))
