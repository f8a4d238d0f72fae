"""A section of a report: a question and its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tripleaim.reports.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Section:
    """A question in the margin and the answer beside it, told by a template of that name with `data`."""

    key: str
    question: str
    data: dict[str, Any] = field(default_factory=dict)
    template: str = ""
    """File in templates/; empty = `plain.html`, which shows `data["lead"]` and then `data["exhibits"]`."""


Tells = Callable[[Facts], Section | None]
"""A function that tells one section, or None where there is nothing to tell."""
