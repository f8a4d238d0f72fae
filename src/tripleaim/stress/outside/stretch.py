"""Stretch: how fast a plan wants to go, over how fast anybody has been seen to go and stay."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tripleaim.evidence.outcomes import Outcome, Result, controlled_results
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.assumptions import assumption
from tripleaim.plan.money import BudgetHead, Side
from tripleaim.plan.scheme import Effect, EffectKind
from tripleaim.projection.axes import axes
from tripleaim.projection.timing import yearly_effect
from tripleaim.projection.values import POINTS
from tripleaim.quantities import Range
from tripleaim.stress.outside.claims import OUTCOME_OF_CARE, Claim, area_of

SUSTAINED_MONTHS = 36
"""A rate is sustained when it held for three years: as long as each of the spells below."""

PRODUCTIVITY_SPELLS: dict[str, float] = {
    "2004/05 to 2007/08": 0.0141,
    "2007/08 to 2010/11": 0.0113,
    "2010/11 to 2013/14": 0.0156,
}
"""Growth of the whole service's output for all it takes in, a fraction a year: University of York, row I079."""

REDUCES = (EffectKind.AVOID, EffectKind.STOP)
EFFICIENCY = (EffectKind.PRODUCTIVITY, EffectKind.SAVE)
Floats = NDArray[np.float64]
_REST = "what nothing acts on"


@dataclass(frozen=True, kw_only=True)
class Best:
    """The fastest fall that a whole area has kept up, against what happened elsewhere."""

    ref: str
    """Row of the evidence library."""
    rate: float
    """Fraction a year."""
    months: float
    """For how long."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """What is needed a year over the best sustained: 1 asks for as much as was ever kept up, 2 for twice that."""

    who: str
    """A kind of care, or the key of an organisation for its cost."""
    needed: float
    """Fraction a year by which the plan wants care or cost to fall, in its steepest three years."""
    fall: float
    """Fraction by which it falls in all, once everything works in full."""
    best: float | None
    """The best sustained rate, a fraction a year; None where nobody has shown one."""
    best_ref: str
    """The row of the library it comes from; empty where there is none."""

    @property
    def index(self) -> float | None:
        """Needed over best; None where nothing is known, infinite where everything seen stood still or rose."""
        return over_best(self.needed, self.best)


def over_best(needed: float, best: float | None) -> float | None:
    """The stretch index of a rate.

    >>> over_best(0.03, 0.02), over_best(0.03, None), over_best(0.03, 0.0)
    (1.5, None, inf)
    """
    if best is None:
        return None
    return needed / best if best > 0 else math.inf


def a_year(fraction: float, months: float) -> float:
    """The steady fall a year that comes to a fraction in so many months.

    >>> round(a_year(0.19, months=24), 4)
    0.1
    """
    return fraction if months <= 0 else 1 - (1 - min(fraction, 1.0)) ** (12 / months)


@cache
def best_sustained(outcome: Outcome) -> Best | None:
    """The fastest fall of one outcome that any whole area kept up for three years or more; None where nobody has.

    source : method note 11, "Stretch"

    >>> best_sustained(Outcome.EMERGENCY).ref
    'I011'
    """
    found = [_kept_up(each) for each in controlled_results(outcome, "area")]
    return max((each for each in found if each is not None), key=lambda each: each.rate, default=None)


def _kept_up(each: Result) -> Best | None:
    if each.fraction is None or each.months is None or each.months < SUSTAINED_MONTHS:
        return None
    return Best(ref=each.ref, rate=a_year(each.fraction, each.months), months=each.months)


def best_of(claim: Claim) -> Best | None:
    """The best sustained fall of the care a claim acts on; None where it avoids none, or nobody has shown one."""
    outcome = _outcome(claim.care)
    return None if outcome is None or claim.kind != EffectKind.AVOID.value else best_sustained(outcome)


def of_claim(claim: Claim) -> Stretch | None:
    """Stretch of one claim alone: its effect on the whole area over the months it gives itself, delay and ramp.

    Over three years at least: what comes sooner has to stay, as the best did.
    """
    if _outcome(claim.care) is None or claim.kind != EffectKind.AVOID.value:
        return None
    best = best_of(claim)
    return Stretch(
        who=claim.care,
        needed=a_year(claim.area, max(claim.months, SUSTAINED_MONTHS)),
        fall=claim.area,
        best=None if best is None else best.rate,
        best_ref="" if best is None else best.ref,
    )


def _outcome(care: str) -> Outcome | None:
    return next((outcome for kind, outcome in OUTCOME_OF_CARE.items() if kind.value == care), None)


def of_care(plan: Plan) -> tuple[Stretch, ...]:
    """Stretch of the whole plan by kind of care: what all schemes avoid or stop together, in its steepest three years.

    Schemes on one line leave Π(1 − e·ramp) of it in each year; lines add up by their units at the start.
    """
    lines = {line.key: line for line in plan.activity}
    left = _left(plan, REDUCES, lines)
    found = []
    for outcome in dict.fromkeys(OUTCOME_OF_CARE.values()):
        units = {key: line.baseline for key, line in lines.items() if OUTCOME_OF_CARE.get(line.care) is outcome}
        if any(key in left for key in units):
            found.append(_of_outcome(outcome, _weighed(left, units)))
    return tuple(each for each in found if each.fall > 0)


def _of_outcome(outcome: Outcome, left: Floats) -> Stretch:
    best = best_sustained(outcome)
    return Stretch(
        who=outcome.value,
        needed=steepest(left[:-1]),
        fall=1 - float(left[-1]),
        best=None if best is None else best.rate,
        best_ref="" if best is None else best.ref,
    )


def of_cost(plan: Plan) -> tuple[Stretch, ...]:
    """Stretch of each organisation's own efficiency: what productivity and savings take off its cost a year.

    The cost of a body that gives care is all its cost heads, or its care at average cost where it has none; of any
    other body the heads that are cut. At the opening year's prices, in the steepest three years.
    """
    costs: dict[str, float] = {line.key: _follows_units(plan, line) for line in plan.activity}
    costs |= {head.key: head.amount for head in plan.budgets}
    left, base = _left(plan, EFFICIENCY, costs), _cost_base(plan)
    owner = {effect.target: whose(plan, effect) for effect in plan.effects if effect.target in left}
    found = []
    for who in sorted({owner[target] for target in left}):
        own = {target: costs[target] for target in left if owner[target] == who}
        if base[who] > 0:
            rest = base[who] - math.fsum(own.values())
            found.append(_of_body(who, _weighed(left, own | {_REST: rest})))
    return tuple(each for each in found if each.fall > 0)


def _of_body(who: str, left: Floats) -> Stretch:
    best = max(PRODUCTIVITY_SPELLS.values())
    return Stretch(who=who, needed=steepest(left[:-1]), fall=1 - float(left[-1]), best=best, best_ref="I079")


def steepest(left: Floats) -> float:
    """The fastest fall a year that is kept up for three years; over all the years where there are fewer.

    left : (year,), the share that is left in the opening year, 1, and in each year after

    >>> round(steepest(np.array([1.0, 1.0, 0.9, 0.9, 0.729])), 4)
    0.1
    """
    years = min(len(left) - 1, SUSTAINED_MONTHS // 12)
    spells = zip(left[:-years], left[years:], strict=True)
    return max(a_year(float(1 - after / before) if before > 0 else 0.0, 12 * years) for before, after in spells)


def _left(plan: Plan, kinds: Sequence[EffectKind], targets: Iterable[str]) -> dict[str, Floats]:
    """Target → share of it that effects of some kinds leave: (opening, plan years, in full); where there are any."""
    names, known = axes(plan), set(targets)
    ramp = yearly_effect(plan, names, POINTS)[:, : names.last + 1, 0]
    in_full = np.ones((len(ramp), 1))
    growing = dict(zip(names.schemes, np.hstack([ramp, in_full]), strict=True))
    left: dict[str, Floats] = {}
    for effect in plan.effects:
        if effect.kind in kinds and effect.target in known:
            before = left.get(effect.target, np.ones(names.last + 2))
            left[effect.target] = before * (1 - area_of(effect) * growing[effect.scheme])
    return left


def _weighed(left: Mapping[str, Floats], sizes: Mapping[str, float]) -> Floats:
    """What is left of all, by size; what nothing acts on stays."""
    whole = math.fsum(sizes.values())
    gone = [size * (1 - left[key]) for key, size in sizes.items() if key in left]
    share: Floats = 1 - np.sum(gone, axis=0) / whole
    return share


def efficiency_seen() -> Range:
    """Productivity growth a year over the three spells: their mean, the least and the most of them."""
    rates = PRODUCTIVITY_SPELLS.values()
    return Range(point=math.fsum(rates) / len(rates), low=min(rates), high=max(rates))


def whose(plan: Plan, effect: Effect) -> str:
    """The organisation whose cost an efficiency effect cuts."""
    line = next((each for each in plan.activity if each.key == effect.target), None)
    head = next((each for each in plan.budgets if each.key == effect.target), None)
    return line.provider if line is not None else head.organisation if head is not None else ""


def _follows_units(plan: Plan, line: ActivityLine) -> float:
    """The cost that productivity on a line acts on: all of it, or with beds the part that follows units."""
    unit = line.unit_cost
    if line.bed_pool:
        share = assumption(plan, "variable_cost_share").point
        unit = line.variable_cost if line.variable_cost is not None else share * line.unit_cost
    return line.baseline * unit


def _cost_base(plan: Plan) -> dict[str, float]:
    cut = {effect.target for effect in plan.effects if effect.kind is EffectKind.SAVE}
    gives_care = {line.provider for line in plan.activity}
    base: dict[str, float] = defaultdict(float)
    for head in plan.budgets:
        if _is_opening_cost(head) and (head.organisation in gives_care or head.key in cut):
            base[head.organisation] += head.amount
    for line in plan.activity:
        if not any(head.organisation == line.provider for head in plan.budgets):
            base[line.provider] += line.baseline * line.unit_cost
    return base


def _is_opening_cost(head: BudgetHead) -> bool:
    return head.side is Side.COST and not head.from_year
