"""The menu of a plan, and the sets the search finds on it by the estimates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.errors import PlanProblems
from tripleaim.plan import Plan
from tripleaim.portfolio.estimates import AIMS, CARE, HEALTH, MONEY, Estimates
from tripleaim.portfolio.facts import Facts
from tripleaim.portfolio.limit import FloorLimit
from tripleaim.portfolio.limits import AnyLimit
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.options import Option
from tripleaim.portfolio.solver import (
    Effort,
    Exclusion,
    Found,
    Menu,
    Need,
    NothingFits,
    Rule,
    best,
    frontier,
    steadiest,
    surest,
)
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.stress.readings import BALANCED

CHANCE, TAIL, LESS = "chance", "tail", "less"
NAMES = {
    MONEY: "Closes most of the money gap",
    HEALTH: "Closes most of the health gap",
    CARE: "Closes most of the care gap",
    CHANCE: "Balances most often",
    TAIL: "Loses least where things go badly",
    LESS: "Do less",
}
"""Aim or candidate → what the set found for it is called."""
PARTNER, FRONTIER = "partner:", "frontier:"
"""What keys of candidates begin with: of those best for one partner, and of points of the frontier."""
HALF = "At most half of the plan's schemes"
LEVELS = 3
"""Levels of health and of care at which the frontier is looked for."""
BALANCE = -BALANCED
"""GBP. A position of so much or more is balance: the shortfall that counts as none, with its sign turned."""


@dataclass(frozen=True, kw_only=True)
class Find:
    """A set the search found."""

    key: str
    """Short name of the candidate."""
    aim: str
    """Key of the aim it was searched by."""
    found: Found
    """What the solver says."""


def offered_ways(model: Model, offered: Sequence[Option]) -> tuple[str, ...]:
    """Ways that may be chosen: an offered start, beside offered starts of what it needs."""
    may = {(option.scheme, option.later) for option in offered if option.is_offered}
    by_key = model.whole.by_key

    def is_offered(key: str) -> bool:
        way = by_key[key]
        return (way.scheme, way.later) in may and all(is_offered(need) for need in way.beside)

    return tuple(way.key for way in model.whole.ways if is_offered(way.key))


def menu_of(model: Model, ways: Sequence[str], limits: Sequence[AnyLimit], alone: Facts, estimates: Estimates) -> Menu:
    """What there is to choose from, and what every choice must keep to.

    ways  : those that may be chosen
    alone : facts of each of them by itself
    """
    by_key, names = model.whole.by_key, {scheme.key: scheme.name for scheme in model.plan.schemes}
    starts: dict[str, list[str]] = defaultdict(list)
    for key in ways:
        starts[by_key[key].scheme].append(key)
    return Menu(
        options=tuple(ways),
        one_of=tuple(tuple(own) for own in starts.values() if len(own) > 1),
        rules=tuple(each.rule(alone) for each in limits if not isinstance(each, FloorLimit)),
        needs=tuple(
            Need(name=f"{names[by_key[key].scheme]} needs {names[by_key[beside].scheme]}", option=key, any_of=(beside,))
            for key in ways
            for beside in by_key[key].beside
        ),
        exclusions=tuple(
            Exclusion(
                name=f"{scheme.name} cannot stand beside {names[other]}",
                either=tuple(starts[scheme.key]),
                other=tuple(starts[other]),
            )
            for scheme in model.plan.schemes
            for other in scheme.excludes
            if scheme.key in starts and other in starts
        ),
        floors=tuple(each.floor(estimates.aim(each.aim)) for each in limits if isinstance(each, FloorLimit)),
    )


def finds(menu: Menu, plan: Plan, estimated: Estimates, few: Estimates, effort: Effort) -> tuple[Find, ...]:
    """The sets that are best by the estimates: for each aim, for each partner, with half of the schemes, in between.

    few    : estimates with fewer draws, for what needs a yes or no in each
    raises : NothingFits where no choice keeps to everything
    """
    found: list[Find] = []
    for aim in AIMS:
        found.append(Find(key=aim, aim=aim, found=best(menu, estimated.aim(aim), effort)))
    found.append(_less(menu, plan, estimated, effort))
    if not is_pressure(plan, axes(plan)):
        sure = surest(menu, few.outlook(), BALANCE, effort)
        found.append(Find(key=CHANCE, aim=CHANCE, found=sure))
    steady = steadiest(menu, few.outlook(), effort=effort)
    found.append(Find(key=TAIL, aim=TAIL, found=steady))
    most = {each.key: each.found.value for each in found if each.key in AIMS}
    for body, weights in weights_of(plan).items():
        own = best(menu, estimated.together(of_most(weights, most)), effort)
        found.append(Find(key=partner_aim(body), aim=partner_aim(body), found=own))
    for n, point in enumerate(frontier(menu, [estimated.aim(aim) for aim in AIMS], LEVELS, effort).points, 1):
        own = Found(
            chosen=point.chosen,
            value=point.values[0],
            bound=point.bound,
            gap=point.gap,
            nodes=0,
            stopped=point.stopped,
        )
        found.append(Find(key=f"{FRONTIER}{n}", aim=MONEY, found=own))
    return tuple(each for each in found if each.found.chosen is not None)


def of_most(weights: Mapping[str, float], most: Mapping[str, float]) -> dict[str, float]:
    """Aim → worth of one unit of it: the partner's points over the most any set brings."""
    return {aim: weights.get(aim, 0.0) / 100 / most[aim] for aim in AIMS if most[aim] > 0}


def partner_aim(body: str) -> str:
    """Key of the aim of one partner: the three gaps as it weighs them."""
    return f"{PARTNER}{body}"


def partner_of(aim: str) -> str:
    """Key of the partner whose aim it is; empty for an aim of nobody's own."""
    return aim.removeprefix(PARTNER) if aim.startswith(PARTNER) else ""


def weights_of(plan: Plan) -> dict[str, dict[str, float]]:
    """Organisation → gap → its points out of 100; those without weights are left out."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in sorted(plan.aim_weights, key=lambda row: row.organisation):
        found[row.organisation][row.gap.value] = row.points
    return dict(found)


def with_rule(menu: Menu, rule: Rule) -> Menu:
    """The menu with one more rule."""
    return replace(menu, rules=(*menu.rules, rule))


def without_names(menu: Menu, names: Collection[str]) -> Menu:
    """The menu without some of what a choice must keep to."""
    return replace(
        menu,
        rules=tuple(each for each in menu.rules if each.name not in names),
        needs=tuple(each for each in menu.needs if each.name not in names),
        exclusions=tuple(each for each in menu.exclusions if each.name not in names),
        floors=tuple(each for each in menu.floors if each.name not in names),
    )


def doing_less(menu: Menu, plan: Plan) -> Menu:
    """The menu with at most half of the plan's schemes."""
    half = Rule(name=HALF, uses=np.ones(len(menu.options)), at_most=len(plan.schemes) // 2)
    return with_rule(menu, half)


def without_floors(menu: Menu) -> Menu:
    """The menu without what asks for a least, so that doing less can be weighed where a least would refuse it."""
    return replace(menu, floors=(), rules=tuple(rule for rule in menu.rules if rule.at_least is None))


class LimitsConflict(PlanProblems):
    """Limits of a plan that no choice of schemes can keep together; each is a problem with its row."""

    exit_code = 3


def _less(menu: Menu, plan: Plan, estimated: Estimates, effort: Effort) -> Find:
    half = doing_less(menu, plan)
    try:
        found = best(half, estimated.aim(MONEY), effort)
    except NothingFits:
        found = best(without_floors(half), estimated.aim(MONEY), effort)
    return Find(key=LESS, aim=MONEY, found=found)
