"""What the schemes do together, beside what each does alone."""

from __future__ import annotations

from tripleaim.reports.facts import Facts
from tripleaim.reports.words import NOTHING, in_words, listed, money, plural

OUR_EXAMPLE = "our example"
"""Words in a scheme's own name that say nobody has proposed it."""
WORTH_NAMING = 0.05
"""Share of a difference from which a cause of it is named."""


def called(facts: Facts) -> str:
    """The schemes as a sentence starts with them; examples only where their own names say so."""
    rows = facts.plan.schemes
    count = "" if len(rows) == 1 else f"{in_words(len(rows))} "
    noun = "scheme" if len(rows) == 1 else "schemes"
    if all(OUR_EXAMPLE in row.name.lower() for row in rows):
        return f"Our {count}example {noun}"
    return f"The {count}{noun} here"


def saved(facts: Facts) -> float:
    """What all schemes together take off the last year, as hoped; negative where they add. GBP."""
    gap = facts.projection.scope("both")
    return gap.do_nothing[facts.last] - gap.hoped[facts.last]


def why_dearer(facts: Facts) -> str:
    """Why schemes that cost more than they save do so in the last year; empty where they save or no cause is known."""
    at, added = facts.last, -saved(facts)
    running = sum(scheme.spent[at] - scheme.one_off[at] for scheme in facts.projection.schemes)
    less = running - added
    if added < NOTHING or less < NOTHING:
        return ""
    cost, back = money(running), money(less)
    said = f"In {facts.last_year} the schemes cost {cost} to run{_unknown_costs(facts)} and save {back} elsewhere"
    freed = sum(body.beds_freed[at] for body in facts.projection.benefits)
    same = all(abs(pool.open_last - pool.open_nothing) < 0.5 for pool in facts.projection.beds)
    if freed < 0.5 or not same:
        return f"{said}."
    return (
        f"{said}: the {plural(round(freed), 'bed')} they free {'closes' if round(freed) == 1 else 'close'} no whole "
        "ward, so the wards cost as much as without them."
    )


def without_cost(facts: Facts) -> frozenset[str]:
    """Keys of schemes, plugs left out, for which the plan holds no cost at all."""
    plugs = {scheme.key for scheme in facts.projection.schemes if scheme.is_plug}
    held = {cost.scheme for cost in facts.plan.costs}
    return frozenset(row.key for row in facts.plan.schemes) - held - plugs


def _unknown_costs(facts: Facts) -> str:
    """How many schemes have no cost in the plan at all."""
    rows, without = facts.plan.schemes, len(without_cost(facts))
    return f" (no cost is held for {in_words(without)} of {in_words(len(rows))})" if without else ""


def alone_and_together(facts: Facts) -> str:
    """What the schemes save counted one by one, what they save together, and why these differ; empty where equal."""
    at, net = facts.last, sum(scheme.saving[facts.last] for scheme in facts.projection.schemes)
    lost = net - saved(facts)
    if abs(lost) < NOTHING:
        return ""
    walk = facts.projection.bridge()
    causes = (("overlap", "some care would be counted twice"), ("whole_wards", "wards open and close only whole"))
    why = [words for key, words in causes if walk.at(key).amounts[at] / lost >= WORTH_NAMING]
    return (
        f"Counted one by one, the schemes {_does(net)} in {facts.last_year}. "
        f"Together they {_does(saved(facts))}{', because ' + listed(why) if why else ''}."
    )


def _does(saving: float) -> str:
    if abs(saving) < NOTHING:
        return "save as much as they cost"
    return f"save {money(saving)} net" if saving > 0 else f"cost {money(-saving)} more than they save"
