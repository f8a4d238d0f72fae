"""Words of a choice's page that a reader may not know."""

from __future__ import annotations

from tripleaim.reports.choose_parts.told import ChooseTold
from tripleaim.reports.section import Section

MEANINGS = {
    "Set": "Some of the plan’s schemes, each with the year in which it starts.",
    "Draw": "One of many runs, each with its own plausible value for everything we are unsure of.",
    "As hoped": "With every chosen scheme working as its authors say, with all the posts and capital it needs.",
    "Frontier": "The sets that no other set beats for all gaps at once: more for one gap costs something for another.",
    "Regret": "How far a set falls behind the best one, once it is known how things went.",
    "Swing weights": "How many of 100 points a partner gives to closing each gap as far as it can be closed here.",
    "Disruption": "What change itself costs those who carry it out: training, cover, old and new confused.",
    "Node": "One step of the search. A search that stops after so many finds the same again; one that stops by the "
    "clock may not.",
    "Whole wards": "Beds open and close by the ward. The search counts parts of wards; the whole model does not.",
}
"""Word → what it means."""


def words_used(told: ChooseTold) -> Section:
    """What the words mean that this page uses and a neighbour would not."""
    used = {"Swing weights": bool(told.choice.partners), "Frontier": bool(told.choice.frontier)}
    words = [(word, meaning) for word, meaning in MEANINGS.items() if used.get(word, True)]
    return Section(key="words", question="Words used here", template="words.html", data={"words": words})
