"""The outside view in sentences that a board member understands."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim.evidence.library import entry
from tripleaim.plan import Plan
from tripleaim.plan.activity import Care
from tripleaim.plan.success_factor import FACTOR_MEANINGS, Factor
from tripleaim.stress.outside.credibility import Credibility
from tripleaim.stress.outside.double_counting import CountedTwice
from tripleaim.stress.outside.grades import SavingsByGrade
from tripleaim.stress.outside.record import OwnResult
from tripleaim.stress.outside.stretch import Stretch
from tripleaim.stress.outside.view import Standing

CARE_IN_WORDS: dict[str, str] = {
    Care.NON_ELECTIVE.value: "emergency admissions",
    Care.AE.value: "A&E attendances",
    Care.ELECTIVE.value: "planned admissions",
    Care.DAY_CASE.value: "day cases",
    Care.OUTPATIENT.value: "outpatient attendances",
    Care.MENTAL_HEALTH_BED.value: "mental health stays",
    Care.CARE_HOME.value: "care home weeks",
    Care.HOME_CARE.value: "home care hours",
    Care.CARE_PACKAGE.value: "care packages",
}


KINDS: dict[str, str] = {
    "controlled": "a controlled result",
    "claim": "a claim and no evidence",
    "uncontrolled": "what happened, with nothing to set it against",
    "modelled": "worked out by a model, not observed",
    "expert forecast": "what experts expect",
    "context": "a size or a rate that shows no effect",
}
"""What sort of row is cited."""
RESTS_ON = {
    "controlled": "controlled results",
    "uncontrolled": "what happened, with nothing to set it against",
    "modelled": "what a model worked out",
    "expert forecast": "what experts expect",
    "claim": "claims",
}
"""Kind of evidence that speaks of an effect → what savings rest on, in a sentence."""
LEAST_TOLD = 0.1
"""A stretch below a tenth of the best is not told: it asks for next to nothing."""
ALL_OF_IT = 0.9995
"""A claim above this is that all of the care counted is prevented."""
LEAST_CHANGE = 0.00005
"""A change below a two-hundredth of a per cent is told as none."""
NOT_CREDIBLE = "The claim is above that range: on what is known, it is not credible."


def names(plan: Plan) -> dict[str, str]:
    """Keys of schemes and organisations → their names."""
    schemes = {scheme.key: scheme.name for scheme in plan.schemes}
    return schemes | {body.key: body.name for body in plan.organisations}


def claim_in_words(found: Standing, called: Mapping[str, str]) -> str:
    """One claim, its class, and where it stands there."""
    said = [f"{called.get(found.scheme, found.scheme)}: the claim is {_claimed(found)}."]
    if counts_prevented(found) and found.summary:
        said.append(f"For whom: {found.summary}.")
    if found.evidence:
        said.append(f"It cites {study(found.evidence)}: {KINDS.get(found.evidence_kind, found.evidence_kind)}.")
    return " ".join([*said, *_class(found), *_pace(found), *_factors(found)])


def _claimed(found: Standing) -> str:
    """What is claimed: of all the care where that is what studies counted, or where only what is prevented counts."""
    said = claimed_in_words(found)
    if counts_prevented(found):
        return f"{said}: those it is to prevent, and no others, are counted"
    if found.kind != "shorten" and found.reach == "area":
        return said
    return f"{said} among the people treated, {percent(found.area)} of all"


def claimed_in_words(found: Standing) -> str:
    """A claim on the scale of what it is held against, in as few words as will do."""
    what = care_in_words(found)
    if counts_prevented(found):
        return less(found.area, f"of all {what}")
    if found.kind == "shorten":
        return f"{percent(found.treated)} shorter stays ({what})"
    if found.reach == "area":
        return f"{less(found.area, what)} across the area ({percent(found.treated)} among the people treated)"
    return less(found.treated, what)


def care_in_words(found: Standing) -> str:
    """The kind of care a claim acts on."""
    return CARE_IN_WORDS.get(found.care, found.care.replace("_", " "))


def counts_prevented(found: Standing) -> bool:
    """Whether those treated are counted as the care that is to be prevented, so that all of it is said to fall."""
    return found.treated > ALL_OF_IT


def study(ref: str) -> str:
    """A row of the evidence library by name, place and year.

    >>> study("I028")
    'Enhanced support to care homes - Rushcliffe, care homes, MCP vanguard (Principia), 2017 (I028)'
    """
    row = entry(ref)
    return f"{row.name}, {row.setting}, {row.source_year or 'undated'} ({ref})"


def short_study(ref: str) -> str:
    """The same without the place, for the second time it is told.

    >>> short_study("I011")
    'Pioneer + Vanguard programmes (both), 2021 (I011)'
    """
    row = entry(ref)
    return f"{row.name}, {row.source_year or 'undated'} ({ref})"


def _class(found: Standing) -> list[str]:
    if found.expected is None or found.expected_low is None or found.expected_high is None:
        return [f"It is held against nothing: {found.no_class}."]
    return [
        _studies(found),
        *_own_record(found),
        f"One more such scheme is expected to bring {change(found.expected)}, eight times in ten from "
        f"{change(found.expected_low)} to {change(found.expected_high)}.",
        *([NOT_CREDIBLE] if found.verdict == Credibility.NOT_CREDIBLE else []),
    ]


def _studies(found: Standing) -> str:
    """What the class is, and how many of its studies found as much."""
    counted = f"{found.outcome} {'among the people treated' if found.reach == 'treated' else 'across an area'}"
    if found.refs == (found.evidence,):
        return f"No other controlled study of {found.family} counted {counted}: nobody knows how far places differ."
    if found.lowest is None or found.highest is None:
        return f"No controlled study of {found.family} counted {counted}: only the place's own record speaks."
    studies = "1 controlled study" if found.studies == 1 else f"{found.studies} controlled studies"
    span = change(found.lowest) if found.studies == 1 else f"from {change(found.lowest)} to {change(found.highest)}"
    reaching = found.reaching or "none"
    unsized = f" ({found.without_size} found no fall, of a size not known)" if found.without_size else ""
    return f"{studies} of {found.family} counted {counted}: {span}{unsized}; {reaching} found as much as is claimed."


def _own_record(found: Standing) -> list[str]:
    """What the place's own promises add to the studies, each by name."""
    if not found.own_record:
        return []
    own = "; ".join(_promise(each) for each in found.own_record)
    if found.studies_expect is None:
        return [f"The place's own record: {own}."]
    return [
        f"The studies alone lead one to expect {change(found.studies_expect)}; the place's own record joins: {own}."
    ]


def _promise(found: OwnResult) -> str:
    said = f"{found.name} ({found.year}), {percent(found.kept)} kept"
    if found.moves is None:
        return said
    points = percent(abs(found.moves)).removesuffix("%")
    return f"{said}, which moves that by {points} points towards {'less' if found.moves >= 0 else 'more'} care"


def _pace(found: Standing) -> list[str]:
    """How fast, where it is worth telling."""
    if found.stretch is None or found.needed is None or found.best is None or found.stretch < LEAST_TOLD:
        return []
    return [
        f"Alone it asks for {percent(found.needed)} less a year in all, {found.stretch:.1f} times the best that a "
        f"whole area has kept up for three years: {percent(found.best)} a year below growth elsewhere, "
        f"{short_study(found.best_ref)}."
    ]


def _factors(found: Standing) -> list[str]:
    if not found.missing:
        return []
    missing = "; ".join(FACTOR_MEANINGS[Factor(each)] for each in found.missing)
    return [
        f"Said not to be so, of what made such schemes work elsewhere: {missing}. "
        f"That puts {percent(found.cut)} of the claim in doubt."
    ]


def stretch_in_words(found: Stretch, called: Mapping[str, str]) -> str:
    """One stretch of the whole plan."""
    who = called.get(found.who, found.who)
    asked = f"{who}: in its steepest three years the plan asks for {percent(found.needed)} less a year"
    if found.best is None:
        return f"{asked}. No whole area has shown a fall kept up for three years."
    if not found.best > 0:
        return f"{asked}. Where whole areas were followed for three years it did not fall."
    times = f"{found.needed / found.best:.1f} times"
    seen = f"{percent(found.best)}{'' if found.who in called else ' below growth elsewhere'}"
    return f"{asked}, {times} the best kept up anywhere: {seen}, {short_study(found.best_ref)}."


def savings_in_words(found: SavingsByGrade) -> str:
    """What the savings rest on, in one sentence."""
    if found.savings <= 0:
        return "No scheme saves money in the last year."
    pence = {kind: round(100 * amount / found.savings) for kind, amount in found.by_kind.items()}
    shown = {kind: pence.get(kind, 0) for kind in RESTS_ON if pence.get(kind) or kind == "controlled"}
    largest = sorted(shown, key=lambda kind: -shown[kind])
    rests = [f"{shown[kind]}p {'rests ' if not n else ''}on {RESTS_ON[kind]}" for n, kind in enumerate(largest)]
    uncited, context = (pence.get(kind, 0) for kind in ("none", "context"))
    rests.append(f"{uncited + context}p on no evidence of an effect")
    parts = f": {uncited}p cites nothing, and {context}p cites a size or a rate" if uncited and context else ""
    return f"Of each pound the schemes are to save, {', '.join(rests[:-1])} and {rests[-1]}{parts}."


def counted_twice_in_words(found: CountedTwice, called: Mapping[str, str]) -> str:
    """One warning."""
    who = " and ".join(called.get(each, each) for each in found.schemes)
    lines = "1 line" if len(found.lines) == 1 else f"{len(found.lines)} lines"
    return f"{who}: {found.why}, on {lines} of care; at most {found.units:,.0f} units a year are counted twice."


def percent(fraction: float) -> str:
    """A fraction in per cent, to a tenth below ten and to one figure below a tenth.

    >>> percent(0.32), percent(0.0156), percent(-0.018), percent(0.00021)
    ('32%', '1.6%', '−1.8%', '0.02%')
    """
    value = 100 * fraction
    if 100 * LEAST_CHANGE <= abs(value) < 0.095:
        told = f"{value:.1g}"
    else:
        told = f"{value:.1f}".removesuffix(".0") if abs(value) < 9.95 else f"{value:.0f}"
    return f"{told}%".replace("-", "−")


def less(fraction: float, what: str) -> str:
    """A fall told as one, a rise as a rise."""
    return f"{percent(abs(fraction))} {'fewer' if fraction >= 0 else 'more'} {what}"


def change(fraction: float) -> str:
    """A change without its noun.

    >>> change(0.05), change(-0.09), change(0.0)
    ('5% less', '9% more', 'no change')
    """
    if abs(fraction) < LEAST_CHANGE:
        return "no change"
    return f"{percent(abs(fraction))} {'less' if fraction > 0 else 'more'}"
