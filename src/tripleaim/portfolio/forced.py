"""Schemes that a chosen set leaves out: what it would take to have them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tripleaim.portfolio.aftermath import LeftOut
from tripleaim.portfolio.candidates import amount
from tripleaim.portfolio.estimates import MONEY, Estimates
from tripleaim.portfolio.facts import Used
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.options import Option
from tripleaim.portfolio.record import Candidate
from tripleaim.portfolio.scoring import scores
from tripleaim.portfolio.search import CHANCE, Told, silent, with_rule
from tripleaim.portfolio.solver import Effort, Found, Menu, NothingFits, Rule, conflict
from tripleaim.stress.named.telling import pounds

FORCED = "It is in"


def left_out(
    model: Model,
    own: Used,
    menu: Menu,
    chosen: Candidate,
    aim: str,
    search: Callable[[Menu], Found],
    estimated: Estimates,
    options: Sequence[Option],
    effort: Effort,
    told: Told = silent,
) -> tuple[LeftOut, ...]:
    """Why each scheme is not in the chosen set: what falls out if it is in, and what that costs in the aim.

    own    : what every way uses
    search : finds the best set for the aim on a menu
    """
    found: list[tuple[str, dict[str, int] | None, tuple[str, ...]]] = []
    for scheme in sorted(set(_names(model)) - set(chosen.schemes)):
        told(f"with {_names(model)[scheme]}")
        ways = [float(model.whole.by_key[key].scheme == scheme) for key in menu.options]
        if not any(ways):
            found.append((scheme, None, _not_offered(scheme, options)))
            continue
        forced = with_rule(menu, Rule(name=FORCED, uses=np.array(ways), at_least=1.0))
        try:
            best = search(forced).chosen
            found.append((scheme, None if best is None else model.whole.choice(best), ()))
        except NothingFits:
            names = tuple(name for name in conflict(forced, effort).names if name != FORCED)
            found.append((scheme, None, names))
    able = [choice for _, choice, _ in found if choice is not None]
    scored = iter(scores(model, own, able)[0] if able else ())
    return tuple(
        _told(
            model, chosen, scheme, choice, blocked, _lost(chosen, aim, next(scored) if choice else None), aim, estimated
        )
        for scheme, choice, blocked in found
    )


def _names(model: Model) -> dict[str, str]:
    return {scheme.key: scheme.name for scheme in model.plan.schemes}


def _not_offered(scheme: str, options: Sequence[Option]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.why_not for each in options if each.scheme == scheme and each.why_not))


def _lost(chosen: Candidate, aim: str, score: object) -> float:
    return 0.0 if score is None else amount(chosen.score, aim) - amount(score, aim)  # type: ignore[arg-type]


def _told(
    model: Model,
    chosen: Candidate,
    scheme: str,
    choice: Mapping[str, int] | None,
    blocked: tuple[str, ...],
    costs: float,
    aim: str,
    estimated: Estimates,
) -> LeftOut:
    names, was = _names(model), chosen.schemes
    now = was if choice is None else choice
    gone, new = sorted(set(was) - set(now)), sorted(set(now) - set(was))
    found = LeftOut(
        scheme=scheme,
        name=names[scheme],
        reason="",
        is_possible=choice is not None,
        in_the_way=blocked,
        falls_out=tuple(names[key] for key in gone),
        comes_in=tuple(names[key] for key in new),
        moves=tuple(names[key] for key in sorted(now) if key in was and was[key] != now[key]),
        costs=costs,
    )
    return replace(found, reason=_reason(found, aim, _alone(model, estimated, scheme)))


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
        return f"No set with it is possible: {'; '.join(found.in_the_way)}."
    said = []
    if alone is not None and alone < 0:
        said.append(f"By itself it costs {pounds(-alone)} a year more than it saves.")
    if found.falls_out:
        said.append(f"With it in, {' and '.join(found.falls_out)} would have to go.")
    elif found.moves:
        said.append(f"With it in, {' and '.join(found.moves)} would start in another year.")
    said.append(_costs(found.costs, aim))
    return " ".join(said)


def _costs(costs: float, aim: str) -> str:
    if costs <= 0:
        return "The set would do no worse under the full model."
    if aim == CHANCE:
        return f"The chance of balance would be {100 * costs:.1f} points lower."
    if aim in ("health", "care"):
        return f"{100 * costs:.1f} points less of the way to the standards of {aim} would be gone."
    what = (
        "more would be short in the worst tenth of draws" if aim == "tail" else "less of the money gap would be closed"
    )
    return f"{pounds(costs)} a year {what}."
