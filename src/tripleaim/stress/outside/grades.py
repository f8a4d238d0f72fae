"""On what evidence the money rests: the plan's savings by grade, and by kind of evidence."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.evidence.kinds import Kind
from tripleaim.evidence.library import entry
from tripleaim.plan import Plan
from tripleaim.plan.scheme import Effect, EffectKind
from tripleaim.projection.composition import SchemeResult
from tripleaim.stress.outside.claims import area_of

NO_EVIDENCE = "none"
ORDER = ("A", "B", "C", "D", "E", NO_EVIDENCE)
SAVES = frozenset(EffectKind) - {EffectKind.INCOME, EffectKind.IMPROVE}


@dataclass(frozen=True, kw_only=True)
class SavingsByGrade:
    """The savings of a plan's last year, parted by what they rest on.

    Only schemes that save are counted, each alone and before overlap, as in `Composition.savings`.
    """

    savings: float
    """All of it. GBP."""
    by_grade: dict[str, float]
    """A to E, and none → GBP. A row that gives context shows no effect, so it counts as none, whatever its grade."""
    by_kind: dict[str, float]
    """Kind of row (controlled, claim, …), and none → GBP."""

    def share(self, *grades: str) -> float:
        """Share of the savings on these grades together, 0 to 1."""
        return math.fsum(self.by_grade[grade] for grade in grades) / self.savings if self.savings > 0 else 0.0


def savings_by_grade(plan: Plan, schemes: Iterable[SchemeResult]) -> SavingsByGrade:
    """Part what each scheme saves in the last year among its effects, by the cost each acts on × its effect.

    schemes : from `project`, with amounts by plan year and the year after
    source  : method note 11, "What the money rests on"; the parting is derived, for effects of one scheme work together
    """
    by_grade: dict[str, float] = dict.fromkeys(ORDER, 0.0)
    by_kind: dict[str, float] = defaultdict(float)
    total = 0.0
    costs = _costs(plan)
    for scheme in schemes:
        saving = scheme.saving[len(plan.years) - 1]
        if saving <= 0:
            continue
        total += saving
        for evidence, share in _shares([e for e in plan.effects if e.scheme == scheme.key], costs).items():
            grade, kind = _standing(evidence)
            by_grade[grade] += saving * share
            by_kind[kind] += saving * share
    return SavingsByGrade(savings=total, by_grade=by_grade, by_kind=dict(sorted(by_kind.items())))


def _standing(evidence: str) -> tuple[str, str]:
    """Grade and kind of a cited row."""
    if not evidence:
        return NO_EVIDENCE, NO_EVIDENCE
    row = entry(evidence)
    return NO_EVIDENCE if row.kind is Kind.CONTEXT else row.grade.value, row.kind.value


def _costs(plan: Plan) -> dict[str, float]:
    """Line or budget head → GBP a year in the opening year."""
    lines = {line.key: line.baseline * line.unit_cost for line in plan.activity}
    return lines | {head.key: head.amount for head in plan.budgets}


def _shares(effects: list[Effect], costs: dict[str, float]) -> dict[str, float]:
    """Evidence cited, empty for none → its share of the scheme's saving; the shares add up to 1."""
    weights: dict[str, float] = defaultdict(float)
    for effect in effects:
        if effect.kind in SAVES:
            weights[effect.evidence] += abs(area_of(effect)) * costs.get(effect.target, 0.0)
    total = math.fsum(weights.values())
    return {evidence: weight / total for evidence, weight in weights.items()} if total > 0 else {"": 1.0}
