"""Schemes that a chosen set leaves out: what it would take to have them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.portfolio.aftermath import LeftOut
from tripleaim.portfolio.estimates import CARE, HEALTH, MONEY, Estimates
from tripleaim.portfolio.facts import Used
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.options import Option
from tripleaim.portfolio.record import Candidate
from tripleaim.portfolio.score import Score
from tripleaim.portfolio.scoring import scores
from tripleaim.portfolio.search import CHANCE, TAIL, partner_of, with_rule, without_names
from tripleaim.portfolio.solver import Effort, Found, Menu, NothingFits, Rule, conflict
from tripleaim.stress.named.telling import pounds

FORCED = "It is in"


@dataclass(frozen=True, kw_only=True)
class Forced:
    """The best set that has one scheme in it, by the estimates."""

    scheme: str
    """Key of the scheme."""
    choice: Mapping[str, int] | None
    """The set; None where there is none."""
    blocked: tuple[str, ...]
    """Where there is none: what is in the way, by names of limits or in sentences; empty where the search was stopped
    before it found any."""


def forced_sets(
    model: Model,
    menu: Menu,
    search: Callable[[Menu], Found],
    options: Sequence[Option],
    effort: Effort,
) -> tuple[Forced, ...]:
    """The best set with each scheme in it.

    search : finds the best set on a menu
    """
    found = []
    for scheme in sorted(_names(model)):
        ways = [float(model.whole.by_key[key].scheme == scheme) for key in menu.options]
        if not any(ways):
            found.append(Forced(scheme=scheme, choice=None, blocked=_not_offered(model, menu, scheme, options)))
            continue
        forced = with_rule(menu, Rule(name=FORCED, uses=np.array(ways), at_least=1.0))
        try:
            best = search(forced).chosen
            choice = None if best is None else model.whole.choice(best)
            found.append(Forced(scheme=scheme, choice=choice, blocked=()))
        except NothingFits:
            found.append(Forced(scheme=scheme, choice=None, blocked=_in_the_way(forced, effort)))
    return tuple(found)


def _in_the_way(forced: Menu, effort: Effort) -> tuple[str, ...]:
    """Names of limits that refuse a scheme: one conflict after another, until without them it could be in."""
    found: list[str] = []
    left = forced
    while names := [name for name in conflict(left, effort).names if name != FORCED]:
        found += names
        left = without_names(left, names)
    return tuple(found)


def left_out(
    model: Model,
    own: Used,
    chosen: Candidate,
    worth: Callable[[Score], float],
    aim: str,
    forced: Sequence[Forced],
    estimated: Estimates,
) -> tuple[LeftOut, ...]:
    """Why each scheme is not in the chosen set: what falls out if it is in, and what that costs in the aim.

    own    : what every way uses
    worth  : what a score comes to in the aim, more is better
    forced : the best set with each scheme (`forced_sets`)
    """
    gone = [each for each in forced if each.scheme not in chosen.schemes]
    able = [each.choice for each in gone if each.choice is not None]
    scored = iter(scores(model, own, able)[0] if able else ())
    found = []
    for each in gone:
        costs = 0.0
        if each.choice is not None:
            costs = worth(chosen.score) - worth(next(scored))
        found.append(_told(model, chosen, each, costs, aim, estimated))
    return tuple(found)


def _names(model: Model) -> dict[str, str]:
    return {scheme.key: scheme.name for scheme in model.plan.schemes}


def _not_offered(model: Model, menu: Menu, scheme: str, options: Sequence[Option]) -> tuple[str, ...]:
    """Sentences: why no start of the scheme is offered, or which of those it needs is not."""
    own = dict.fromkeys(each.why_not for each in options if each.scheme == scheme and each.why_not)
    there = {model.whole.by_key[key].scheme for key in menu.options}
    needs = next(row.needs for row in model.plan.schemes if row.key == scheme)
    missing = (f"{_names(model)[need]}, which it needs, cannot be chosen." for need in needs if need not in there)
    return (*own, *missing)


def _told(model: Model, chosen: Candidate, forced: Forced, costs: float, aim: str, estimated: Estimates) -> LeftOut:
    names, was = _names(model), chosen.schemes
    now = was if forced.choice is None else forced.choice
    gone, new = sorted(set(was) - set(now)), sorted(set(now) - set(was))
    found = LeftOut(
        scheme=forced.scheme,
        name=names[forced.scheme],
        reason="",
        is_possible=forced.choice is not None,
        in_the_way=forced.blocked,
        falls_out=tuple(names[key] for key in gone),
        comes_in=tuple(names[key] for key in new),
        moves=tuple(names[key] for key in sorted(now) if key in was and was[key] != now[key]),
        costs=costs,
    )
    return replace(found, reason=_reason(found, aim, _alone(model, estimated, forced.scheme)))


def _alone(model: Model, estimated: Estimates, scheme: str) -> float | None:
    """What the scheme brings in money by itself at best; None where no start of it is offered."""
    own = [
        float(value)
        for key, value in zip(estimated.ways, estimated.alone[MONEY], strict=True)
        if model.whole.by_key[key].scheme == scheme
    ]
    return max(own) if own else None


def _reason(found: LeftOut, aim: str, alone: float | None) -> str:
    if not found.is_possible:
        return _impossible(found.in_the_way)
    said = []
    if alone is not None and alone < 0:
        said.append(f"By itself it costs {pounds(-alone)} a year more than it saves.")
    if found.falls_out:
        said.append(f"With it in, {' and '.join(found.falls_out)} would have to go.")
    elif found.moves:
        said.append(f"With it in, {' and '.join(found.moves)} would start in another year.")
    said.append(_costs(found.costs, aim))
    return " ".join(said)


def _impossible(in_the_way: Sequence[str]) -> str:
    """Why there is no set with a scheme, by names of limits or in sentences; by neither where a search was stopped."""
    if not in_the_way:
        return "The search was stopped before it found a set with it."
    if in_the_way[0].endswith("."):
        return " ".join(("No set with it is possible.", *in_the_way))
    return f"No set with it is possible: {'; '.join(in_the_way)}."


def _costs(costs: float, aim: str) -> str:
    if costs <= 0:
        return "A set with it does as well, but closes no more of the money gap, or breaks a limit in full."
    if aim == CHANCE:
        return f"The chance of balance would be {100 * costs:.1f} points lower."
    if aim in (HEALTH, CARE):
        return f"{100 * costs:.1f} points less of the way to the standards of {aim} would be gone."
    if partner_of(aim):
        return f"By its own weights, it would be worth {100 * costs:.1f} points in 100 less to that partner."
    what = "more would be short in the worst tenth of draws" if aim == TAIL else "less of the money gap would be closed"
    return f"{pounds(costs)} a year {what}."
