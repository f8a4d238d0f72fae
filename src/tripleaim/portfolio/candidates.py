"""Candidates: the plan as it stands, doing nothing, and what the search found, polished and scored in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.plan.indicator import Gap
from tripleaim.portfolio.estimates import CARE, HEALTH, MONEY
from tripleaim.portfolio.facts import Facts, Used, facts
from tripleaim.portfolio.limit import FloorLimit, is_kept, missed
from tripleaim.portfolio.limits import AnyLimit
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.options import YEAR, Option, months_later
from tripleaim.portfolio.polish import Missed, Polished, Worth, polished
from tripleaim.portfolio.record import Candidate, Estimate, LimitUse, PartnerValue, Taken
from tripleaim.portfolio.score import Score
from tripleaim.portfolio.scoring import in_balance, scores, worst_tenth
from tripleaim.portfolio.search import CHANCE, FRONTIER, LESS, TAIL, Find, doing_less, partner_of, without_floors
from tripleaim.portfolio.solver import Menu, broken
from tripleaim.stress.response import Floats

PLANNED, NOTHING = "planned", "nothing"
LEAST = {HEALTH: 0.0005, CARE: 0.0005}
"""Aim → share of the way by which a set has to do better than doing nothing to be called best."""
TIE = 1e-12
"""Chance of balance a pound of gap closed is worth where two sets balance equally often."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """A choice under one name."""

    key: str
    """Short name of the candidate."""
    choice: Mapping[str, int]
    """Key of each scheme → years later."""
    estimate: Estimate | None
    """What the search went by; None for a set nobody searched for."""
    steps: tuple[str, ...]
    """What was changed after the search."""


def named(
    model: Model,
    own: Used,
    menu: Menu,
    finds: Sequence[Find],
    limits: Sequence[AnyLimit],
    weights: Mapping[str, Mapping[str, float]],
    draws: int,
) -> list[Named]:
    """Every choice that is to be scored, under each of its names.

    menu    : what sets were found on; limits of the plan that it does not hold are kept as far as changes can
    own     : what every way uses
    weights : partner → aim → what one unit of it is worth to it
    draws   : how many of the common draws judge a change when a find is polished; 0 leaves finds as they are
    """
    found = [
        Named(key=PLANNED, choice=_planned(model), estimate=None, steps=()),
        Named(key=NOTHING, choice={}, estimate=None, steps=()),
    ]
    for find in finds:
        after = Polished(choice=dict(model.whole.choice(find.found.chosen or ())), steps=())
        if draws and not find.key.startswith(FRONTIER):
            after = _changed(model, own, menu, find, limits, _worth(model, find.aim, weights, draws), draws)
        found.append(Named(key=find.key, choice=after.choice, estimate=_estimate(find), steps=after.steps))
    return found


def _changed(
    model: Model, own: Used, menu: Menu, find: Find, limits: Sequence[AnyLimit], worth: Worth, draws: int
) -> Polished:
    """A find polished while every limit is kept; doing less without what asks for a least where that refuses it."""
    start, held = model.whole.choice(find.found.chosen or ()), _menu_of(menu, model, find)
    loose = replace(held, floors=())
    if find.key == LESS and menu.floors and not held.floors:
        return polished(model, loose, start, worth, draws)
    short = _short(model, own, menu, limits, draws)
    after = polished(model, loose, start, worth, draws, short)
    if find.key != LESS or short is None:
        return after
    reached = short([after.choice], model.each([after.choice], draws))[0] == 0
    return after if reached else polished(model, loose, start, worth, draws)


def as_found(key: str, choice: Mapping[str, int]) -> Named:
    """A choice that nobody polished."""
    return Named(key=key, choice=choice, estimate=None, steps=())


def candidates(
    model: Model, own: Used, every: Sequence[Named], limits: Sequence[AnyLimit], options: Sequence[Option]
) -> tuple[Candidate, ...]:
    """Every distinct choice under all its keys with its score.

    What it is worth to partners is added later (`with_values`), and so are its names in words (`titles.titled`).
    """
    by_choice: dict[tuple[tuple[str, int], ...], list[Named]] = {}
    for each in every:
        by_choice.setdefault(tuple(sorted(each.choice.items())), []).append(each)
    groups = list(by_choice.values())
    scored, used = scores(model, own, [group[0].choice for group in groups])
    return tuple(
        _candidate(model, group, score, _uses(limits, used, n, score), _refused(model, group[0].choice, options))
        for n, (group, score) in enumerate(zip(groups, scored, strict=True))
    )


def with_values(found: Sequence[Candidate], values: Mapping[str, Sequence[PartnerValue]]) -> tuple[Candidate, ...]:
    """Candidates with what each is worth to partners: key of the candidate → values."""
    return tuple(replace(each, values=tuple(values[each.key])) for each in found)


def amount(score: Score, aim: str) -> float:
    """What a score comes to in one aim, so that more is better."""
    if aim == CHANCE:
        return -np.inf if score.chance is None else score.chance
    if aim == TAIL:
        return -score.worst_tenth
    return {MONEY: score.closed, HEALTH: score.health.closed, CARE: score.care.closed}[aim].mean


def best_of(found: Sequence[Candidate], aim: str) -> str:
    """Key of the candidate that does best in an aim, of those that keep to every limit; empty where none of them does
    better than doing nothing.

    aim : a partner's too, once what candidates are worth to partners is known
    """
    nothing = next(_does(each, aim) for each in found if not each.taken)
    least = nothing + LEAST.get(aim, 0.0)
    able = [each for each in found if not each.broken and _does(each, aim) > least]
    return max(able, key=lambda each: (_does(each, aim), each.score.closed.mean)).key if able else ""


def _does(each: Candidate, aim: str) -> float:
    partner = partner_of(aim)
    if partner:
        return next(value.value for value in each.values if value.partner == partner)
    return amount(each.score, aim)


def taken(model: Model, choice: Mapping[str, int]) -> tuple[Taken, ...]:
    """The schemes of a choice, by name."""
    schemes = {scheme.key: scheme for scheme in model.plan.schemes}
    found = [
        Taken(scheme=key, name=schemes[key].name, later=later, start=months_later(schemes[key].start, YEAR * later))
        for key, later in choice.items()
    ]
    return tuple(sorted(found, key=lambda each: each.name))


def _planned(model: Model) -> dict[str, int]:
    return {scheme.key: 0 for scheme in model.plan.schemes}


def _menu_of(menu: Menu, model: Model, find: Find) -> Menu:
    """What a find must keep to while it is polished: for doing less what it was looked for under."""
    if find.key != LESS:
        return menu
    half = doing_less(menu, model.plan)
    return without_floors(half) if broken(half, find.found.chosen or ()) else half


def _worth(model: Model, aim: str, weights: Mapping[str, Mapping[str, float]], draws: int) -> Worth:
    read, nothing = model.reading, model.nothing[:, None, :draws]

    def of(numbers: Floats) -> Floats:
        before = np.broadcast_to(nothing, numbers.shape)
        if aim == CHANCE:
            return np.asarray(in_balance(read.short(numbers)) + TIE * read.closed(numbers, before).mean(axis=1))
        if aim == TAIL:
            return -worst_tenth(read.short(numbers))
        values = {
            MONEY: read.closed(numbers, before),
            HEALTH: read.share(Gap.HEALTH, numbers, before),
            CARE: read.share(Gap.CARE, numbers, before),
        }
        own = weights.get(partner_of(aim), {aim: 1.0})
        return sum((weight * values[gap].mean(axis=1) for gap, weight in own.items()), np.zeros(numbers.shape[1]))

    return of


def _short(model: Model, own: Used, menu: Menu, limits: Sequence[AnyLimit], draws: int) -> Missed | None:
    """How far sets are from the least that is asked of aims, and from limits that a menu does not hold."""
    held = {rule.name for rule in menu.rules}
    floors = [(each, _worth(model, each.aim, {}, draws)) for each in limits if isinstance(each, FloorLimit)]
    others = [each for each in limits if not isinstance(each, FloorLimit) and each.told.name not in held]
    if not floors and not others:
        return None

    def of(choices: Sequence[Mapping[str, int]], numbers: Floats) -> Floats:
        found = sum((missed(each.told, worth(numbers)) for each, worth in floors), np.zeros(len(choices)))
        if others:
            uses = facts(model, own, [model.whole.keys(each) for each in choices])
            for each in others:
                found = found + np.where(each.kept(uses), 0.0, missed(each.told, each.amounts(uses)))
        return found

    return of


def _estimate(find: Find) -> Estimate:
    found = find.found
    return Estimate(
        aim=find.aim, value=found.value, bound=found.bound, gap=found.gap, nodes=found.nodes, stopped=found.stopped
    )


def _candidate(
    model: Model, group: Sequence[Named], score: Score, uses: tuple[LimitUse, ...], refused: Sequence[str]
) -> Candidate:
    first = group[0]
    names = {each.limit: each for each in uses}
    searched = next((each for each in group if each.estimate is not None), first)
    return Candidate(
        key=first.key,
        name=first.key,
        keys=tuple(each.key for each in group),
        also=(),
        taken=taken(model, first.choice),
        score=score,
        uses=uses,
        broken=(*refused, *(each.name for each in names.values() if not each.is_kept)),
        estimate=searched.estimate,
        polished=searched.steps,
        values=(),
    )


def _uses(limits: Sequence[AnyLimit], used: Facts, n: int, score: Score) -> tuple[LimitUse, ...]:
    found = []
    for each in limits:
        if isinstance(each, FloorLimit):
            own = np.array([amount(score, each.aim)])
            kept = bool(is_kept(each.told, own)[0])
        else:
            own, kept = each.amounts(used)[n : n + 1], bool(each.kept(used)[n])
        found.append(LimitUse(limit=each.told.key, name=each.told.name, amount=float(own[0]), is_kept=kept))
    return tuple(found)


def _refused(model: Model, choice: Mapping[str, int], options: Sequence[Option]) -> list[str]:
    """Why starts of a choice are not offered, and schemes that cannot stand together."""
    names = {scheme.key: scheme.name for scheme in model.plan.schemes}
    said = [
        f"{names[option.scheme]}: {option.why_not}"
        for option in options
        if option.why_not and choice.get(option.scheme) == option.later
    ]
    return said + [
        f"{scheme.name} cannot stand beside {names[other]}"
        for scheme in model.plan.schemes
        for other in scheme.excludes
        if scheme.key in choice and other in choice
    ]
