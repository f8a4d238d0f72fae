"""Words of a sharing page that a reader may not know, as GLOSSARY.md begins to tell them."""

from __future__ import annotations

from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import ShareTold

MEANINGS = {
    "Shapley value": "What a partner adds, on average over all orders in which the partners could join.",
    "Nucleolus": "The division under which the group with most reason to object has as little reason as can be.",
    "Draw": "One of many runs, each with its own plausible value for everything we are unsure of.",
    "Control total": "The surplus or deficit that the centre tells a health body to end the year with.",
    "Block payment": "One fixed sum for a year's care, however much care turns out to be needed.".replace("'", "’"),
    "Activity payment": "The full price for every patient treated.",
    "Blended payment": "A fixed sum for the care expected, plus a part of the price for each case above or below it.",
    "Marginal rate": "Part of the price for care above a planned amount.",
    "Aligned incentive contract": "The payer meets the provider’s cost, with open books; both share what costs more or "
    "less than expected.",
    "Capitated budget": "A sum for each person, held by one provider that answers for all their care.",
    "Shared savings": "Activity payment, and a part of what is saved against an expected cost for those who saved it.",
}
"""Word → what it means."""


def words_used(told: ShareTold) -> Section | None:
    """What the words mean that this page uses and a neighbour would not."""
    if not told.sharing.forms:
        return None
    words = list(MEANINGS.items())
    return Section(key="words", question="Words used here", template="words.html", data={"words": words})
