"""Names of candidates by what they turned out to be: a set is called best for an aim only if it is, scored in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tripleaim.plan import Plan
from tripleaim.portfolio.candidates import NOTHING, PLANNED, amount, best_of
from tripleaim.portfolio.estimates import AIMS, MONEY
from tripleaim.portfolio.record import Candidate
from tripleaim.portfolio.search import CHANCE, FRONTIER, LESS, NAMES, TAIL, partner_aim


def titled(plan: Plan, scored: Sequence[Candidate], aim: str = MONEY) -> tuple[Candidate, ...]:
    """The candidates worth telling, each with every name it has earned: the plan as it stands, doing nothing and less,
    the best for each aim and partner, and those that no other beats in money, health and care together.

    scored : every set found, under the keys it was found by
    aim    : what was asked for; the set best in it is called so first
    """
    names: dict[str, list[tuple[str, str]]] = {}
    for own, key, name in _names(plan, scored, aim):
        names.setdefault(own, []).append((key, name))
    by_key = {each.key: each for each in scored}
    return tuple(
        replace(
            by_key[own],
            key=every[0][0],
            name=every[0][1],
            keys=tuple(key for key, _ in every),
            also=tuple(name for _, name in every[1:]),
        )
        for own, every in names.items()
    )


def unbeaten(scored: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Sets that keep to every limit and that no other such set beats in all three gaps; the most money first."""
    able = [each for each in scored if not each.broken]
    values = {each.key: tuple(amount(each.score, aim) for aim in AIMS) for each in able}
    kept = [each for each in able if not any(_beats(values[other.key], values[each.key]) for other in able)]
    return tuple(sorted(kept, key=lambda each: values[each.key], reverse=True))


def _names(plan: Plan, scored: Sequence[Candidate], asked: str) -> Iterator[tuple[str, str, str]]:
    """Key under which a set was scored, and a key and a name it has earned."""
    found = {key: each.key for each in scored for key in each.keys}
    yield found[PLANNED], PLANNED, "The plan as it stands"
    yield found[NOTHING], NOTHING, "Do nothing"
    if LESS in found:
        yield found[LESS], LESS, NAMES[LESS]
    for aim, name in sorted(_aims(plan, scored).items(), key=lambda each: each[0] != asked):
        if best := best_of(scored, aim):
            yield best, aim, name
    for n, each in enumerate(unbeaten(scored), 1):
        yield each.key, f"{FRONTIER}{n}", f"Point {n} of the frontier"


def _aims(plan: Plan, scored: Sequence[Candidate]) -> dict[str, str]:
    """Every aim, partners' own last → what the set best in it is called."""
    bodies = {body.key: body.name for body in plan.organisations}
    own = dict.fromkeys(value.partner for each in scored for value in each.values)
    ours = {aim: NAMES[aim] for aim in (*AIMS, CHANCE, TAIL)}
    return ours | {partner_aim(body): f"Best for {bodies[body]}" for body in own}


def _beats(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True)) and tuple(one) != tuple(other)
