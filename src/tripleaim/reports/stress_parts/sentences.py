"""Sentences about the draws of a stress test, for the page and the terminal alike."""

from __future__ import annotations

from dataclasses import replace

from tripleaim.charts import percent
from tripleaim.projection.result import Projection
from tripleaim.reports.facts import CASES
from tripleaim.reports.words import lower, money, short
from tripleaim.stress.findings import Stress

RANGES = (
    "Each uncertain number is drawn from its own range: eight times in ten between its low and its high. Ranges of "
    "what moves the whole plan are ours unless the plan states its own: that of all care is worked out from past "
    "years, those of all prices, all allocations and all schemes are illustrative. What has no range is taken as "
    "certain, so the truth can lie further out."
)
"""What every result of a stress test rests on."""


def told_cases(found: Stress) -> dict[str, str]:
    """The cases worth telling and their names: none of the schemes' where there are none, nor one result twice."""
    hoped, resourced = (replace(found.of("both", case), case="") for case in ("hoped", "resourced"))
    worth = {"do_nothing": True, "hoped": bool(found.plan.schemes), "resourced": hoped != resourced}
    return {case: CASES[case] for case, told in worth.items() if told}


def verdict(found: Stress, run: Projection) -> str:
    """One sentence a board member understands, with the plan's own figure beside."""
    last, spread = found.years[-1], found.of("both", "hoped")
    stated = run.scope("both").hoped[len(found.years) - 1]
    if found.is_pressure:
        return (
            f"In eight of ten draws the same care costs {money(spread.low[-1])} to {money(spread.high[-1])} more in "
            f"{last} than in {found.plan.opening_year}{as_hoped(found)}; the plan's own figure is {money(stated)}."
        )
    between = f"{short(spread.low[-1])} at best and {short(spread.high[-1])} at worst"
    return (
        f"{percent(spread.met[-1])} of draws balance in {last}{as_hoped(found)}. In eight of ten the place is "
        f"{between}; the middle is {short(spread.middle[-1])}, and the plan's own figure is {short(stated)}."
    )


def as_hoped(found: Stress) -> str:
    """Words for the case with the schemes, to go on after others; empty where a plan has none."""
    return " as hoped" if found.plan.schemes else ""


def balance_that_lasts(found: Stress) -> list[str]:
    """From which year draws balance and stay so: a sentence for each case worth telling; none for a pressure."""
    cases, told = told_cases(found), []
    for each in found.first_balance:
        if each.case in cases:
            years = ", ".join(
                f"{percent(share)} from {year}" for year, share in zip(found.years, each.by_year, strict=True) if share
            )
            words = (
                f"{years}; {percent(each.never)} not by {found.years[-1]}" if years else f"never by {found.years[-1]}"
            )
            told.append(f"Balance that lasts, {cases[each.case].lower()}: {words}.")
    return told


def when_missed(found: Stress) -> str:
    """By how much balance is missed in the last year where it is; empty where it never is, and for a pressure."""
    missed = found.of("both", "hoped").when_missed
    if not missed or not missed[-1]:
        return ""
    return f"Where it is missed{as_hoped(found)} in {found.years[-1]}, by {money(missed[-1])} on average."


def control_totals_met(found: Stress) -> str:
    """How many control totals are met at least as likely as not; empty where there are none, and for a pressure."""
    *_, case = told_cases(found)
    totals = [each for each in found.control_totals if each.case == case]
    if found.is_pressure or not totals:
        return ""
    likely = sum(each.met >= 0.5 for each in totals)
    said = f"{likely or 'None'} of {len(totals)} control totals {'is' if likely == 1 else 'are'} met in at least half "
    said += "of the draws"
    return f"{said}, {lower(CASES[case])}" if found.plan.schemes else said
