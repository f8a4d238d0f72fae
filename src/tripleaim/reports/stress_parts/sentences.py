"""Sentences about the draws of a stress test, for the page and the terminal alike."""

from __future__ import annotations

import math
from dataclasses import replace

from tripleaim.charts import percent
from tripleaim.charts.measure import SHORT
from tripleaim.plan import Plan
from tripleaim.plan.assumptions import WIDE
from tripleaim.projection.result import Projection
from tripleaim.reports.facts import CASES
from tripleaim.reports.words import listed, lower, money, short
from tripleaim.stress.error import FEWEST
from tripleaim.stress.findings import DRAWS, Stress
from tripleaim.stress.idle import idle_assumptions

_MILLION = 1e6

WIDE_IN_WORDS = {
    "all_demand": "all care",
    "all_inflation": "all pay and prices",
    "all_allocations": "all allocations",
    "all_delay": "the delay of all schemes",
    "all_fidelity": "how fully schemes are carried out",
    "all_occupancy": "how full beds may be",
    "capital_optimism": "what capital costs",
}
"""What moves the whole plan → what it speaks of, in a sentence."""
RESTS_ON = {"derived": "worked out from past years", "judged": "judged", "illustrative": "illustrative"}
"""How the words of a default begin that say what it rests on → the same as a reader is told."""
FOUND_SO_FAR = "“With what is found” counts only the posts and capital found so far."
"""What the third case is, as the report has it."""


def ranges_in_words(plan: Plan) -> str:
    """What every result of a stress test rests on: whose the ranges are that move the whole plan."""
    stated = {row.key for row in plan.assumptions}
    said = ["Each uncertain number is drawn from its own range: eight times in ten between its low and its high."]
    theirs = [WIDE_IN_WORDS[known.key] for known in WIDE if known.key in stated]
    if theirs:
        said.append(f"Of what moves the whole plan, it states its own range for {listed(theirs)}.")
    left = [known for known in WIDE if known.key not in stated | idle_assumptions(plan)]
    ours = [
        f"{listed(about)} ({words})"
        for start, words in RESTS_ON.items()
        if (about := [WIDE_IN_WORDS[known.key] for known in left if known.rests_on.startswith(start)])
    ]
    if ours:
        whole = "" if theirs else " that move the whole plan"
        said.append(f"{'The other ranges' if theirs else 'Ranges'}{whole} are ours: those of {'; of '.join(ours)}.")
    return " ".join([*said, "What has no range is taken as certain, so the truth can lie further out."])


def odds(share: float) -> str:
    """A share of draws as a board would say it, and in per cent.

    >>> odds(0.0253), odds(0.027), odds(0.36), odds(0.975), odds(0.00004)
    ('1 in 40 (2.5%)', '1 in 37 (2.7%)', '4 in 10 (36%)', '39 in 40 (97.5%)', '1 in 25,000 (0.004%)')
    """
    rare = min(share, 1 - share)
    if rare > 0.15:
        return f"{10 * share:.0f} in 10 ({percent(share)})"
    step = 5 if rare > 0.01 else 10 ** (math.floor(math.log10(1 / rare)) - 1)
    of = step * round(1 / rare / step)
    if rare > 0.01 and abs(of * rare - 1) > 0.025:
        of = round(1 / rare)
    written = percent(share) if rare > 0.01 else f"{100 * share:.{-math.floor(math.log10(100 * rare))}f}%"
    return f"{1 if share < 0.5 else of - 1:,} in {of:,} ({written})"


def told_cases(found: Stress) -> dict[str, str]:
    """The cases worth telling and their names: none of the schemes' where there are none, nor one result twice."""
    hoped, resourced = (replace(found.of("both", case), case="") for case in ("hoped", "resourced"))
    worth = {"do_nothing": True, "hoped": bool(found.plan.schemes), "resourced": hoped != resourced}
    return {case: CASES[case] for case, told in worth.items() if told}


def verdict(found: Stress, run: Projection) -> str:
    """One sentence a board member understands, with the plan's own figure beside; before it a warning of few draws."""
    few = too_few(found.draws)
    return f"{few} {_middle(found, run)}" if few else _verdict(found, run)


def too_few(draws: int) -> str:
    """A warning where lows, highs and chances cannot be told from the draws; empty from `FEWEST` draws on."""
    if draws >= FEWEST:
        return ""
    said = "One draw is" if draws == 1 else f"{draws:,} draws are"
    return (
        f"{said} too few to tell lows, highs or shares of draws from: ask for {FEWEST} or more with --draws "
        f"({DRAWS:,} unless you say)."
    )


def _verdict(found: Stress, run: Projection) -> str:
    last, spread = found.years[-1], found.of("both", "hoped")
    stated = run.scope("both").hoped[len(found.years) - 1]
    ends = "One in ten is {}, one in ten {}."
    middle = spread.middle[-1]
    if found.is_pressure:
        return (
            f"{_case(found)}the same care costs {money(spread.low[-1])} to {money(spread.high[-1])} more in {last} "
            f"than in {found.plan.opening_year}, in eight of ten draws. {ends.format('lower', 'higher')} The middle "
            f"is {money(middle)}; the plan’s own figure is {money(stated)}."
        )
    return (
        f"{_case(found)}the place {_balances(found, spread.met[-1])} in {last}. In eight of ten draws it is "
        f"{SHORT.between(spread.low[-1] / _MILLION, spread.high[-1] / _MILLION)}. {ends.format('better', 'worse')} The "
        f"middle is {short(middle)}; the plan’s own figure is {short(stated)}."
    )


def _middle(found: Stress, run: Projection) -> str:
    """The middle draw alone, where there are too few for more."""
    last, middle = found.years[-1], found.of("both", "hoped").middle[-1]
    stated = run.scope("both").hoped[len(found.years) - 1]
    if found.is_pressure:
        return (
            f"{_case(found)}the same care costs {money(middle)} more in {last} than in {found.plan.opening_year}, in "
            f"the middle draw; the plan’s own figure is {money(stated)}."
        )
    return f"{_case(found)}the middle draw of {last} is {short(middle)}; the plan’s own figure is {short(stated)}."


def _case(found: Stress) -> str:
    """The case a headline speaks of, and what it means, to begin a sentence."""
    hoped = "As hoped, with all the posts and capital the schemes need, "
    return hoped if found.plan.schemes else "If nothing changes, "


def _balances(found: Stress, share: float) -> str:
    if share in (0, 1):
        return f"balances in {'none' if not share else 'every one'} of {found.draws:,} draws"
    return f"has a chance of {odds(share)} of balance"


def as_hoped(found: Stress) -> str:
    """Words for the case with the schemes, to go on after others; empty where a plan has none."""
    return " as hoped" if found.plan.schemes else ""


def balance_that_lasts(found: Stress) -> list[str]:
    """From which year draws balance and stay so: a sentence for each case worth telling; none for a pressure."""
    cases, told = told_cases(found), []
    for each in found.first_balance:
        if each.who == "both" and each.case in cases:
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
