"""Contents: a plan kept whole under its fingerprint, once."""

from __future__ import annotations

from tripleaim.loading.packed import packed, unpacked
from tripleaim.plan import Plan
from tripleaim.web.workspace.models import Content


def keep(plan: Plan) -> Content:
    """The content of a plan, kept if it was not yet. Part of a larger write, whose audit event names it."""
    return keep_ready(ready(plan))


def ready(plan: Plan) -> Content:
    """The content of a plan, kept or ready to be: made before the write, so that nobody waits while it is packed."""
    kept = Content.objects.filter(pk=plan.fingerprint).first()
    return kept or Content(fingerprint=plan.fingerprint, packed=packed(plan))


def keep_ready(content: Content) -> Content:
    """Keep a content that is ready, unless it is kept by now. Part of a larger write."""
    if not content._state.adding:
        return content
    kept, _ = Content.objects.get_or_create(fingerprint=content.fingerprint, defaults={"packed": content.packed})
    return kept


def plan_of(content: Content) -> Plan:
    """The plan that was kept."""
    return unpacked(bytes(content.packed))
