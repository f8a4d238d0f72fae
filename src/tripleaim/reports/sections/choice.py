"""Which schemes together: the plan as it stands against its limits."""

from __future__ import annotations

from tripleaim.reports.facts import Facts
from tripleaim.reports.section import Section


def schemes_together(facts: Facts) -> Section | None:
    """What the schemes use of each limit and bring for their cost, in short; nothing where there is no scheme."""
    if not facts.has_schemes:
        return None
    from tripleaim.reports.choose_parts.in_report import in_short  # a report without schemes does not wait for it

    return in_short(facts)
