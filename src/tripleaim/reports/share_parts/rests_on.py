"""What a sharing rests on: what was assumed, in words."""

from __future__ import annotations

from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import ShareTold
from tripleaim.reports.words import plural

ASSUMED = (
    "A scheme runs where those it cannot do without take part: the body that leads it, or without one those who bear "
    "its cost. It has its whole effect where its partners and all who bear its cost take part too. Without them it has "
    "the effect that the plan’s authors state for that, which is their own judgement.",
    "Partners without books of their own, such as general practices, are taken to be willing.",
    "A body that stays out pays for nothing, and is paid as today’s rules have it.",
    "A group that goes its own way carries out all of these schemes that it can, or none: whichever it expects to have "
    "more from. It does not choose among them.",
    "Everything is told against doing nothing, one-off money counted in the year it falls in.",
)
"""What every sharing assumes, in sentences."""


def rests_on(told: ShareTold) -> Section:
    """Assumptions, the discount rate, the players and the draws."""
    sharing = told.sharing
    lead = [*ASSUMED]
    lead.append(
        f"Amounts {told.over} are in {sharing.years[0]} value: each later year counts {100 * sharing.discount:g}% less "
        "than the year before. Amounts of one year are cash of that year."
    )
    if sharing.blocs:
        count = plural(len(sharing.players or {}), "player")
        lead.append(f"The game of sharing has {count}: {sharing.blocs}.")
    lead.append(
        f"Chances come from {plural(sharing.draws, 'draw')}: in each, every uncertain number of the plan takes a value "
        f"from its own range, the same for every group and every form of payment. The same seed ({sharing.seed}) gives "
        "the same draws. How far a share may be out for want of more draws stands beside it."
    )
    if sharing.why_slow:
        lead.append(sharing.why_slow)
    return Section(key="how", question="What does this rest on?", data={"lead": lead})


def rests_on_costs(told: ShareTold) -> Section:
    """The same where no body's position can be told."""
    lead = ["Costs are those of the plan, each scheme alone, against doing nothing, in cash of each year."]
    return Section(key="how", question="What does this rest on?", data={"lead": lead})
