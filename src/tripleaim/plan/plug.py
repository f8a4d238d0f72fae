"""Plugs: savings that fill a gap on paper and that nobody answers for."""

from __future__ import annotations

from tripleaim.plan.plan import Plan
from tripleaim.plan.scheme import Scheme

UNNAMED = ("other", "unidentified", "tbc", "to be confirmed", "to be identified", "residual", "balancing")
"""Words in a scheme's name that mean nobody has thought of it yet."""


def is_plug(plan: Plan, scheme: Scheme) -> bool:
    """True for a saving nobody answers for, or one that says by its name that it is not known."""
    return _says_so(scheme) or not (scheme.owner or _is_worked_out(plan, scheme))


def _says_so(scheme: Scheme) -> bool:
    words = f"{scheme.name} {scheme.key}".lower().replace("_", " ").split()
    named = scheme.name.strip().lower() in UNNAMED or any(word in words for word in UNNAMED if word != "other")
    return named or words[:1] == ["other"]


def _is_worked_out(plan: Plan, scheme: Scheme) -> bool:
    """True where something is planned for it, or an effect of it rests on evidence."""
    return any(action.scheme == scheme.key for action in plan.actions) or any(
        effect.evidence for effect in plan.effects if effect.scheme == scheme.key
    )
