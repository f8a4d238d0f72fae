"""What a sharing rests on: what was assumed, in words."""

from __future__ import annotations

from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import ShareTold
from tripleaim.reports.words import in_words, plural

ASSUMED = (
    "A scheme runs where those it cannot do without take part: the body that leads it, or without one those who bear "
    "its cost. It has its whole effect where its partners and all who bear its cost take part too. Without them it has "
    "the effect that the plan’s authors state for that, which is their own judgement.",
    "Partners without books of their own, such as general practices, are taken to be willing.",
    "A body that stays out pays for nothing, and is paid as today’s rules have it.",
    "A group that goes its own way carries out all of these schemes that it can, or none: whichever it expects to have "
    "more from. It may split into smaller groups that each do so. It does not choose among schemes.",
    "Everything is told against doing nothing, one-off money counted in the year it falls in, with every post and all "
    "capital found. What change itself costs, disruption and a slower start with new partners, is not in these figures "
    "unless the plan states it: tripleaim choose counts it.",
    "Payments are set against each other over all bodies, wherever their residents live. A pooled fund needs residents "
    "that both sides serve; whether they have them must be looked up before one is set up.",
)
"""What every sharing assumes, in sentences."""


def rests_on(told: ShareTold) -> Section:
    """Assumptions, the limits of the plan, the discount rate, the players and the draws."""
    sharing = told.sharing
    lead = [*ASSUMED, *_limits(told)]
    lead.append(
        f"Amounts {told.over} are in {sharing.years[0]} value: each later year counts {100 * sharing.discount:g}% less "
        "than the year before. The Treasury gives 3.5% for money without inflation, and these amounts are cash with "
        "inflation in it, so later years count for more here than the Treasury would have it. Amounts of one year are "
        f"cash of that year. What comes after {told.last_year} is not counted."
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


def _limits(told: ShareTold) -> list[str]:
    """That schemes are taken whether or not they keep the plan's limits together; nothing where it has none."""
    if not told.sharing.plan.choice_limits:
        return []
    count = len(told.sharing.schemes)
    many = (
        "The scheme is taken as it stands" if count == 1 else f"The {in_words(count)} schemes are taken as they stand"
    )
    return [
        f"{many} in the plan, whether or not its limits are kept, such as those on posts, capital and leaders’ time: "
        "tripleaim choose tells which limits the plan as it stands breaks."
    ]


def rests_on_costs(told: ShareTold) -> Section:
    """The same where no body's position can be told."""
    lead = [
        "Costs are those of the plan, each scheme alone, against doing nothing, in cash of each year.",
        "Wards are counted as fractions here, so that schemes can be added up. Whole wards may set free less: the "
        "report of this plan counts those, and can say that all together cost more than they save.",
    ]
    return Section(key="how", question="What does this rest on?", data={"lead": lead})
