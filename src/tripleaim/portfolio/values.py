"""What candidates are worth to partners by their own weights, which are never averaged over partners."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tripleaim.plan import Plan
from tripleaim.portfolio.candidates import amount, best_of
from tripleaim.portfolio.estimates import AIMS, CARE, HEALTH, MONEY
from tripleaim.portfolio.offered import PartnerTold
from tripleaim.portfolio.record import Candidate, PartnerValue
from tripleaim.portfolio.score import Score
from tripleaim.portfolio.search import CHANCE, TAIL, partner_aim, partner_of, weights_of


def partner_values(plan: Plan, found: Sequence[Candidate]) -> dict[str, tuple[PartnerValue, ...]]:
    """Key of each candidate → what it is worth to each partner: Σ weight × what it closes ÷ the most that is closed.

    The most is what the best candidate that keeps to every limit closes; a gap that none closes counts nothing.
    """
    names = {body.key: body.name for body in plan.organisations}
    most = {aim: _most(found, aim) for aim in AIMS}
    return {
        each.key: tuple(
            PartnerValue(partner=body, name=names[body], value=_value(each.score, points, most))
            for body, points in weights_of(plan).items()
        )
        for each in found
    }


def partners_told(plan: Plan, found: Sequence[Candidate]) -> tuple[PartnerTold, ...]:
    """Every partner with weights, and the candidate worth most to it, of those that keep to every limit."""
    names = {body.key: body.name for body in plan.organisations}
    return tuple(
        PartnerTold(
            key=body,
            name=names[body],
            health=points.get(HEALTH, 0.0),
            care=points.get(CARE, 0.0),
            money=points.get(MONEY, 0.0),
            best=best_of(found, partner_aim(body)),
        )
        for body, points in weights_of(plan).items()
    )


def in_best_sets(plan: Plan, found: Sequence[Candidate]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of schemes in the best set of every aim and every partner, and of those in none."""
    keys = {best_of(found, aim) for aim in (*AIMS, CHANCE, TAIL)} | {
        best_of(found, partner_aim(body)) for body in weights_of(plan)
    }
    sets = [set(each.schemes) for each in found if each.key in keys]
    if not sets:
        return (), ()
    every, any_ = set.intersection(*sets), set.union(*sets)
    names = sorted((scheme.name, scheme.key) for scheme in plan.schemes)
    return tuple(name for name, key in names if key in every), tuple(name for name, key in names if key not in any_)


def worth_of(plan: Plan, found: Sequence[Candidate], aim: str) -> Callable[[Score], float]:
    """What a score comes to in an aim, a partner's too, so that more is better."""
    partner = partner_of(aim)
    if not partner:
        return lambda score: amount(score, aim)
    points, most = weights_of(plan)[partner], {each: _most(found, each) for each in AIMS}
    return lambda score: _value(score, points, most)


def _most(found: Sequence[Candidate], aim: str) -> float:
    key = best_of(found, aim)
    return next((amount(each.score, aim) for each in found if each.key == key), 0.0)


def _value(score: Score, points: Mapping[str, float], most: Mapping[str, float]) -> float:
    return sum(points.get(aim, 0.0) / 100 * amount(score, aim) / most[aim] for aim in AIMS if most[aim] > 0)
