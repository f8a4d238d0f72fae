"""Who gains and who pays by the schemes, each organisation by itself."""

from __future__ import annotations

from tripleaim.reports.facts import Facts
from tripleaim.reports.section import Section


def who_gains(facts: Facts) -> Section | None:
    """Every scheme in every body's books, in short; nothing where not every body's books are known."""
    if facts.is_pressure:
        return None
    from tripleaim.reports.share_parts.in_report import in_short  # a report of other plans does not wait for it

    return in_short(facts)
