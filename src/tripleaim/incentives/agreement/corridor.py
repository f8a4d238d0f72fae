"""Who carries how much when the place does better or worse than planned: a corridor, shares, caps and a reserve."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tripleaim.incentives.agreement.mistakes import Mistakes
from tripleaim.incentives.games.game import Floats

NEAR_ONE = 1e-6
"""How far from 1 the shares may add up to; they are then taken in proportion."""


@dataclass(frozen=True, kw_only=True)
class Corridor:
    """What partners agree to do with a difference between what was planned and what came. Amounts in GBP a year."""

    shares: Mapping[str, float]
    """Partner → λ, its share of joint gains and losses, 0 or more; they add up to 1."""
    deadband: float = 0.0
    """A difference up to this much, up or down, is shared by nobody: it stays where it falls."""
    loss_caps: Mapping[str, float] = field(default_factory=dict)
    """Partner → most it pays; a partner that is left out has no cap."""
    gain_caps: Mapping[str, float] = field(default_factory=dict)
    """Partner → most it receives; a partner that is left out has no cap."""
    reserve: str = "reserve"
    """Name of the reserve that pays what is over all caps, and is paid what gains are over them."""
    passed_on: bool = True
    """True: what is over a partner's cap goes to those below theirs, in proportion to their shares, and only what is
    over every cap goes to the reserve. False: it goes to the reserve at once."""


@dataclass(frozen=True, kw_only=True)
class Carried:
    """One difference, and who carries it: negative pays, positive receives. All parts add up to the difference."""

    difference: float
    """What came less what was planned, GBP; negative is worse."""
    stays: float
    """The part inside the deadband, which stays where it fell."""
    by: Mapping[str, float]
    """Partner → what it pays or receives."""
    reserve: str
    """Name of the reserve."""
    residual: float
    """What the reserve pays (negative) or is paid (positive)."""
    capped: tuple[str, ...]
    """Partners that are at their cap."""


def check_corridor(corridor: Corridor) -> None:
    """Refuse a corridor that cannot be used, with every mistake at once.

    raises : PlanProblems for shares that do not add up to 1, negative shares, caps or deadband, caps of those who have
             no share, a partner with the name of the reserve
    """
    wrong = Mistakes()
    wrong.numbers("shares", corridor.shares)
    total = sum(corridor.shares.values())
    if not abs(total - 1) <= NEAR_ONE:
        wrong.add("shares", f"{total:.6g} over {len(corridor.shares)} partners", "shares that add up to 1", "mend them")
    for name, caps in (("loss caps", corridor.loss_caps), ("gain caps", corridor.gain_caps)):
        wrong.known_names(name, caps, tuple(corridor.shares))
        wrong.numbers(name, caps)
    if not (math.isfinite(corridor.deadband) and corridor.deadband >= 0):
        wrong.add("deadband", f"{corridor.deadband:,}", "£0 or more", "write 0 for none")
    if corridor.reserve in corridor.shares or not corridor.reserve:
        wrong.add("reserve", corridor.reserve or "no name", "a name that is no partner's", "give the reserve a name")
    wrong.refuse()


def carried(difference: float, corridor: Corridor) -> Carried:
    """Who carries one difference between what was planned and what came.

    What is beyond the deadband is shared by λ, filled up to the caps like water: all get the same for each unit of
    share until one is full, and the rest goes on to the others. What is over every cap goes to the reserve.

    difference : GBP, what came less what was planned; negative is worse
    raises     : PlanProblems as `check_corridor`; ValueError for a difference that is no number
    source     : method note 16

    >>> four = Corridor(shares={"C": 0.40, "H": 0.35, "M": 0.15, "L": 0.10}, deadband=0.5,
    ...                 loss_caps={"C": 3.0, "H": 1.5, "M": 0.6, "L": 0.3})
    >>> found = carried(-6, four)
    >>> dict(found.by), round(found.residual, 6)
    ({'C': -3.0, 'H': -1.5, 'M': -0.6, 'L': -0.3}, -0.1)
    """
    each = carried_over_draws(np.array([difference]), corridor)[:, 0]
    limits = corridor.loss_caps if difference < 0 else corridor.gain_caps
    by = dict(zip(corridor.shares, each.tolist(), strict=True))
    stays = math.copysign(min(abs(difference), corridor.deadband), difference)
    shared = difference - stays
    residual = shared - sum(by.values())
    if abs(residual) <= 1e-12 * abs(difference):
        residual = 0.0
    return Carried(
        difference=difference,
        stays=stays,
        by=by,
        reserve=corridor.reserve,
        residual=residual,
        capped=tuple(name for name, amount in by.items() if amount and abs(amount) >= limits.get(name, math.inf)),
    )


def carried_over_draws(differences: Floats, corridor: Corridor) -> Floats:
    """The same for many differences at once: what each partner pays or receives.

    differences : (draw,), GBP
    returns     : (partner, draw), GBP; negative pays
    raises      : as `carried`
    """
    check_corridor(corridor)
    if not np.isfinite(differences).all():
        raise ValueError("some differences are no numbers")
    shared = np.maximum(np.abs(differences) - corridor.deadband, 0.0)
    names = tuple(corridor.shares)
    total = sum(corridor.shares.values())
    weights = np.array([corridor.shares[name] / total for name in names])
    fill = _filled if corridor.passed_on else _cut
    losses, gains = (
        fill(shared * (differences * sign > 0), weights, np.array([caps.get(name, np.inf) for name in names]))
        for sign, caps in ((-1, corridor.loss_caps), (1, corridor.gain_caps))
    )
    return gains - losses


def exposure(corridor: Corridor, turnover: Mapping[str, float]) -> dict[str, float]:
    """The most each partner may have to pay in a year as a fraction of its turnover; infinite without a cap.

    turnover : partner → GBP a year
    raises   : PlanProblems as `check_corridor`, and for a partner with a share whose turnover is missing or not above 0

    >>> exposure(Corridor(shares={"a": 0.5, "b": 0.5}, loss_caps={"a": 3.0}), {"a": 100.0, "b": 50.0})
    {'a': 0.03, 'b': inf}
    """
    check_corridor(corridor)
    wrong = Mistakes()
    for name in corridor.shares:
        if not turnover.get(name, 0) > 0:
            wrong.add("turnover", f"nothing above £0 for {name}", "its income of the year", f"give that of {name}")
    wrong.refuse()
    most = {name: corridor.loss_caps.get(name, math.inf) if share else 0.0 for name, share in corridor.shares.items()}
    return {name: most[name] / turnover[name] for name in corridor.shares}


def _filled(amounts: Floats, weights: Floats, caps: Floats) -> Floats:
    """Water-filling, (partner, draw): xᵢ = min(capᵢ, level · λᵢ), the level being what uses up the amount.

    Those who fill up first, by cap ÷ share, are served first: each takes its part of what is left among those not yet
    served, or its cap.
    """
    ratio = np.divide(caps, weights, out=np.full(len(caps), np.inf), where=weights > 0)
    order = np.argsort(ratio, kind="stable")
    found = np.zeros((len(weights), len(amounts)))
    left = amounts.astype(np.float64)
    for at, n in enumerate(order):
        if weights[n] > 0:
            found[n] = np.minimum(caps[n], left * (weights[n] / weights[order[at:]].sum()))
            left = left - found[n]
    return found


def _cut(amounts: Floats, weights: Floats, caps: Floats) -> Floats:
    """(partner, draw): each its share, cut at its cap."""
    found: Floats = np.minimum(caps[:, None], weights[:, None] * amounts)
    return found
