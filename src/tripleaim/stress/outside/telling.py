"""The outside view in sentences that a board member understands."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim.plan import Plan
from tripleaim.plan.activity import Care
from tripleaim.plan.success_factor import FACTOR_MEANINGS, Factor
from tripleaim.stress.outside.double_counting import CountedTwice
from tripleaim.stress.outside.grades import SavingsByGrade
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


LEAST_TOLD = 0.1
"""A stretch below a tenth of the best is not told: it asks for next to nothing."""


def names(plan: Plan) -> dict[str, str]:
    """Keys of schemes and organisations → their names."""
    schemes = {scheme.key: scheme.name for scheme in plan.schemes}
    return schemes | {body.key: body.name for body in plan.organisations}


def claim_in_words(found: Standing, called: Mapping[str, str]) -> str:
    """One claim, its class, and where it stands there."""
    what = CARE_IN_WORDS.get(found.care, found.care.replace("_", " "))
    fewer = f"{percent(found.treated)} shorter stays ({what})" if found.kind == "shorten" else less(found.treated, what)
    who = called.get(found.scheme, found.scheme)
    said = f"{who}: the claim is {fewer} among the people treated, {percent(found.area)} of all."
    if found.evidence:
        said += f" It cites {found.evidence}, a {_kind(found.evidence_kind)}."
    return " ".join([said, *_class(found), *_pace(found), *_factors(found)])


def _kind(kind: str) -> str:
    return {"claim": "claim and no evidence", "controlled": "controlled result"}.get(kind, f"row of the kind “{kind}”")


def _class(found: Standing) -> list[str]:
    if found.expected is None or found.expected_low is None or found.expected_high is None:
        return [f"It is held against nothing: {found.no_class}."]
    return [
        _studies(found),
        f"One more such scheme is expected to bring {change(found.expected)}, eight times in ten from "
        f"{change(found.expected_low)} to {change(found.expected_high)}.",
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


def _pace(found: Standing) -> list[str]:
    """How fast, where it is worth telling."""
    if found.stretch is None or found.needed is None or found.best is None or found.stretch < LEAST_TOLD:
        return []
    return [
        f"Alone it asks for {percent(found.needed)} less a year in all, {found.stretch:.1f} times the best that a "
        f"whole area has kept up for three years ({percent(found.best)}, {found.best_ref})."
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
    asked = f"{who}: the plan asks for {percent(found.needed)} less a year"
    if found.best is None:
        return f"{asked}. No whole area has shown a fall kept up for three years."
    if not found.best > 0:
        return f"{asked}. Where whole areas were followed for three years it did not fall."
    times = f"{found.needed / found.best:.1f} times"
    return f"{asked}, {times} the best kept up anywhere ({percent(found.best)}, {found.best_ref})."


def savings_in_words(found: SavingsByGrade) -> str:
    """What the savings rest on, in one sentence."""
    if found.savings <= 0:
        return "No scheme saves money in the last year."
    controlled = found.by_kind.get("controlled", 0.0) / found.savings
    claimed = found.by_kind.get("claim", 0.0) / found.savings
    return (
        f"Of each pound the schemes are to save, {controlled * 100:.0f}p rests on controlled results, "
        f"{claimed * 100:.0f}p on claims, and {found.share('none') * 100:.0f}p on no evidence of an effect."
    )


def counted_twice_in_words(found: CountedTwice, called: Mapping[str, str]) -> str:
    """One warning."""
    who = " and ".join(called.get(each, each) for each in found.schemes)
    lines = "1 line" if len(found.lines) == 1 else f"{len(found.lines)} lines"
    return f"{who}: {found.why}, on {lines} of care; at most {found.units:,.0f} units a year are counted twice."


def percent(fraction: float) -> str:
    """A fraction in per cent, to a tenth below ten.

    >>> percent(0.32), percent(0.0156), percent(-0.018)
    ('32%', '1.6%', '−1.8%')
    """
    value = 100 * fraction
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
    if abs(fraction) < 0.0005:
        return "no change"
    return f"{percent(abs(fraction))} {'less' if fraction > 0 else 'more'}"
