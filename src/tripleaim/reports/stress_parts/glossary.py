"""Words of a stress test's page that a reader may not know, as GLOSSARY.md begins to tell them."""

from __future__ import annotations

from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import StressTold

MEANINGS = {
    "Draw": "One of many runs, each with its own plausible value for everything we are unsure of.",
    "As hoped": "What the plan gives if every scheme works as its authors say, on time, with all the posts and capital "
    "it needs. A stress test draws around that.",
    "With what is found": "What the plan gives with only the posts and capital found so far.",
    "Pressure": "How much more is needed than in the opening year.",
    "Control total": "The surplus or deficit that the centre tells a health body to end the year with.",
    "Driver": "Something that moves several uncertain numbers at once, such as the market for staff or a hard winter.",
    "Named test": "A question of what if, with a name: demand one point higher, benefits a year late, a partner who "
    "leaves.",
    "Contingency": "Money held back so that a plan still balances in a given share of draws, such as eight in ten.",
}
"""Word → what it means."""


def words_used(told: StressTold) -> Section:
    """What the words mean that this page uses and a neighbour would not; those it has no use for are left out."""
    found = told.found
    used = {
        "As hoped": bool(found.plan.schemes),
        "With what is found": "resourced" in told.hopes,
        "Pressure": found.is_pressure,
        "Control total": bool(found.control_totals),
        "Driver": bool(told.moved),
        "Named test": told.whole.named is not None,
        "Contingency": told.whole.named is not None and not found.is_pressure,
    }
    words = [(word, meaning) for word, meaning in MEANINGS.items() if used.get(word, True)]
    return Section(key="words", question="Words used here", template="words.html", data={"words": words})
