"""Words of a sharing page that a reader may not know, as GLOSSARY.md begins to tell them."""

from __future__ import annotations

from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import ShareTold

MEANINGS = {
    "Shapley value": "What a partner adds, on average over all orders in which the partners could join. One way to "
    "divide a gain fairly; whether to take it is a choice.",
    "Nucleolus": "The division of a gain that makes the greatest reason to object as small as can be, then the next "
    "greatest, and so on.",
    "Draw": "One of many runs, each with its own plausible value for everything we are unsure of.",
    "Control total": "The surplus or deficit that the centre tells a health body to end the year with.",
    "Activity payment": "The full price for every patient treated: more care brings more money, less care brings less.",
    "Aligned incentive contract": "The payer meets what care really costs, with open books, and both share what it "
    "costs more or less than expected.",
    "Blended payment": "A fixed sum for the care expected, plus a part of the price for each case above or below it.",
    "Block contract": "One fixed sum for a year's care, however much care turns out to be needed.",
    "Capitated budget": "A sum for each person, held by one provider that answers for all their care.",
    "Marginal rate": "Paying only part of the price for cases beyond an agreed number.",
    "Shared savings": "Care is paid for as before, and those who make it cost less than expected are given a part of "
    "what is saved.",
    "Risk corridor": "An agreement on who carries it if things turn out otherwise: small differences stay where they "
    "fall, larger ones are shared up to what each may carry, and the rest goes to a reserve.",
}
"""Word → what it means."""


def words_used(told: ShareTold) -> Section | None:
    """What the words mean that this page uses and a neighbour would not; those it has no use for are left out."""
    if not told.sharing.forms:
        return None
    used = {"Control total": bool(told.sharing.cliffs), "Risk corridor": bool(told.sharing.shocks)}
    words = [(word, meaning) for word, meaning in MEANINGS.items() if used.get(word, True)]
    return Section(key="words", question="Words used here", template="words.html", data={"words": words})
