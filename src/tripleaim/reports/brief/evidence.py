"""What a scheme claims beside what is known of schemes like it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.charts.measure import opening
from tripleaim.evidence.address import address
from tripleaim.evidence.library import entry
from tripleaim.plan import Plan
from tripleaim.plan.scheme import Effect, EffectKind, Scheme
from tripleaim.quantities import Range
from tripleaim.reports.facts import Facts
from tripleaim.reports.stress_parts.claims import VERDICTS, claims_title
from tripleaim.reports.words import plural
from tripleaim.stress.outside.credibility import Credibility
from tripleaim.stress.outside.telling import care_in_words, claim_in_words, claimed_in_words, names
from tripleaim.stress.outside.view import OutsideView, Standing

KINDS = {
    EffectKind.AVOID: "avoids care",
    EffectKind.SHORTEN: "shortens stays",
    EffectKind.SHIFT: "moves care to another setting",
    EffectKind.PRODUCTIVITY: "makes the same care cheaper",
    EffectKind.SAVE: "saves on a budget",
    EffectKind.STOP: "stops care",
    EffectKind.MOVE: "moves care to another place",
    EffectKind.INCOME: "brings in money",
    EffectKind.IMPROVE: "improves a measure",
}
"""Kind of effect → what it does, in words."""


@dataclass(frozen=True, kw_only=True)
class ClaimTold:
    """One claim of a scheme and its class. A fraction is how much care falls; null = not known."""

    words: str
    """Claim, class and standing, in sentences."""
    claim_words: str
    """The claim alone."""
    verdict: str
    """not credible, possible, not tested, rests on one study, or in line."""
    verdict_words: str
    """The same in a sentence."""
    measure: str
    """The care it speaks of."""
    claimed: float
    """What is claimed, on the scale of its class."""
    treated: float
    """What is claimed among the people treated: what the plan uses."""
    treated_low: float
    """The authors' low."""
    treated_high: float
    """The authors' high."""
    of_all: float
    """That, of all this care."""
    reach: str
    """treated or area: whose care the studies speak of."""
    studies: int
    """Controlled studies of such schemes with a size."""
    found_low: float | None
    """The smallest fall any of them found; negative = more care."""
    found_high: float | None
    """The largest."""
    expected: float | None
    """What one more such scheme is expected to bring."""
    expected_low: float | None
    """Its low, one time in ten below."""
    expected_high: float | None
    """Its high."""
    refs: tuple[str, ...]
    """References of the studies, told in full under `studies`."""
    why_not: str
    """Why it is held against nothing; empty where it is."""


@dataclass(frozen=True, kw_only=True)
class EffectTold:
    """One effect as the plan uses it."""

    key: str
    """Its key in effects.csv."""
    kind: str
    """Its kind there."""
    kind_words: str
    """The same in words."""
    target: str
    """Key of what it acts on."""
    target_name: str
    """The same in words."""
    low: float
    """Effect among the people treated, low."""
    point: float
    """The same, as used."""
    high: float
    """The same, high."""
    reached: float
    """Share of the target reached: eligible × uptake × fidelity."""
    evidence: str
    """Reference in the evidence library; empty for none."""
    source: str
    """Key of the source of its row."""


@dataclass(frozen=True, kw_only=True)
class StudyTold:
    """One row of the evidence library."""

    ref: str
    """Its reference."""
    name: str
    """What was done."""
    setting: str
    """Where."""
    year: int | None
    """Year of publication."""
    measure: str
    """What was counted."""
    kind: str
    """controlled, uncontrolled, modelled, expert forecast, claim or context."""
    grade: str
    """A to E: how far it can be leaned on."""
    grade_words: str
    """The same in words."""
    citation: str
    """Who says so, when and where."""
    address: str
    """Where it can be read on the web; empty where no page is known."""


@dataclass(frozen=True, kw_only=True)
class EvidenceTold:
    """What a scheme claims, what the plan uses, and what is known."""

    words: str
    """How it stands, in a sentence."""
    claims: tuple[ClaimTold, ...]
    """Claims of less care or shorter stays; empty where it claims none."""
    effects: tuple[EffectTold, ...]
    """Every effect as the plan uses it."""
    studies: tuple[StudyTold, ...]
    """Every row that a claim is held against or an effect cites."""


def evidence_told(facts: Facts, view: OutsideView, scheme: Scheme) -> EvidenceTold:
    """What is known of a scheme, as the outside view and the evidence library have it."""
    called = names(facts.plan)
    claims = tuple(_claim(each, called) for each in view.claims if each.scheme == scheme.key)
    rows = [row for row in facts.plan.effects if row.scheme == scheme.key]
    effects = tuple(_effect(facts.plan, row) for row in rows)
    refs = dict.fromkeys(
        [*(row.evidence for row in rows if row.evidence), *(ref for each in claims for ref in each.refs)]
    )
    return EvidenceTold(
        words=_words(facts, view, scheme, effects),
        claims=claims,
        effects=effects,
        studies=tuple(_study(ref) for ref in refs),
    )


def _words(facts: Facts, view: OutsideView, scheme: Scheme, effects: tuple[EffectTold, ...]) -> str:
    claims = [each for each in view.claims if each.scheme == scheme.key]
    if not effects:
        return "The plan holds no effect of it, so there is nothing to hold against evidence."
    cited = sum(bool(each.evidence) for each in effects)
    said = f"{cited or 'None'} of {plural(len(effects), 'effect')} {'names' if cited < 2 else 'name'} a study."
    if claims:
        one = VERDICTS[Credibility(claims[0].verdict)]
        return f"{one if len(claims) == 1 else claims_title(claims, names(facts.plan))}. {said}"
    return f"It claims no less care and no shorter stays, so no study of those can test it. {said}"


def _claim(found: Standing, called: dict[str, str]) -> ClaimTold:
    return ClaimTold(
        words=claim_in_words(found, called),
        claim_words=claimed_in_words(found),
        verdict=found.verdict,
        verdict_words=VERDICTS[Credibility(found.verdict)],
        measure=care_in_words(found),
        claimed=found.claimed,
        treated=found.treated,
        treated_low=found.treated_low,
        treated_high=found.treated_high,
        of_all=found.area,
        reach=found.reach,
        studies=found.studies,
        found_low=found.lowest,
        found_high=found.highest,
        expected=found.expected,
        expected_low=found.expected_low,
        expected_high=found.expected_high,
        refs=found.refs,
        why_not=found.no_class,
    )


def _effect(plan: Plan, row: Effect) -> EffectTold:
    return EffectTold(
        key=row.key,
        kind=row.kind.value,
        kind_words=KINDS[row.kind],
        target=row.target,
        target_name=target_name(plan, row.target),
        low=row.effect.low,
        point=row.effect.point,
        high=row.effect.high,
        reached=_reached(row.eligible, row.uptake, row.fidelity),
        evidence=row.evidence,
        source=row.source,
    )


def _reached(*shares: Range) -> float:
    found = 1.0
    for share in shares:
        found *= share.point
    return found


def target_name(plan: Plan, key: str) -> str:
    """What an effect acts on, in words: a line of care, a budget, a measure or an organisation."""
    tables: tuple[Iterable[object], ...] = (plan.activity, plan.budgets, plan.indicators, plan.organisations)
    for rows in tables:
        for row in rows:
            if getattr(row, "key", None) == key:
                return str(getattr(row, "name", key))
    return opening(key.replace("_", " "))


def _study(ref: str) -> StudyTold:
    row = entry(ref)
    return StudyTold(
        ref=ref,
        name=row.name,
        setting=row.setting,
        year=row.source_year,
        measure=row.measure,
        kind=row.kind.value,
        grade=row.grade.value,
        grade_words=row.grade.meaning,
        citation=row.citation,
        address=address(row),
    )
