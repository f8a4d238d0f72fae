"""Sentences of a choice that the page and the terminal both say."""

from __future__ import annotations

import math

from tripleaim.charts import percent
from tripleaim.charts.wording import say
from tripleaim.portfolio.record import Candidate
from tripleaim.reports.choose_parts.limits_kept import breaks, broken
from tripleaim.reports.choose_parts.told import (
    LESS,
    NOTHING_DONE,
    PLANNED,
    ChooseTold,
    eight_in_ten,
    is_nothing,
)
from tripleaim.reports.words import NOTHING, first_few, in_words, listed, money, plural, tell_money_apart

NAMED = 6
"""Schemes or limits that a sentence names; the tables have them all."""
FOR = {
    "money": "To close most of the money gap",
    "chance": "To balance most often",
    "tail": "To be least short when things go badly",
    "health": "To come furthest on the way to the standards of health",
    "care": "To come furthest on the way to the standards of care",
}
"""Key of an aim → what a choice is made for, at the start of a sentence."""


def verdict(told: ChooseTold) -> str:
    """The headline: the best affordable set, what it does for money, and how the plan as it stands compares."""
    chosen = told.chosen
    if chosen is None:
        return "No set of schemes that was found keeps every limit once it is run through the whole model."
    if NOTHING_DONE in chosen.keys:
        return f"{purpose(told)} within the limits, nothing does better than doing nothing."
    own, planned = tell_money_apart(*(abs(each.score.closed.mean) for each in (chosen, told.planned)))
    does = f"{closes(told, chosen, own)} {told.in_last_year}, {eight_in_ten(chosen.score.closed)} eight times in ten"
    if PLANNED in chosen.keys:
        start = f"{purpose(told)} within the limits, no set that was found does better than the plan as it stands."
        return f"{start} It {does}."
    of = f"{in_words(len(chosen.taken))} of the {in_words(told.schemes)}"
    start = f"{purpose(told)} within the limits, {of} schemes do best together: the set {does}."
    plan = closes(told, told.planned, planned).replace("the money gap", "it")
    return f"{start} The plan as it stands {plan} and {breaks(told.choice, told.planned)}."


def hard_choice(told: ChooseTold) -> str:
    """Where doing less would do more for money, that it would, and what it breaks; empty where it would not."""
    less, chosen = next((each for each in told.first if LESS in each.keys), None), told.chosen
    if less is None or chosen is None or less is chosen:
        return ""
    if less.score.closed.mean <= chosen.score.closed.mean + NOTHING:
        return ""
    held = broken(told.choice, less)
    but = f" But it {breaks(told.choice, less)}: {first_few([f'“{each.name}”' for each in held])}." if held else ""
    schemes = plural(len(less.taken), "scheme")
    return f"For money alone doing less would do more: {schemes} {_close(told, less)}.{but}"


def _close(told: ChooseTold, candidate: Candidate) -> str:
    """What some schemes do to the money gap, as a plural verb and what follows it."""
    one, _, rest = closes(told, candidate).partition(" ")
    return f"{one.removesuffix('s')} {rest}"


def counts_on(told: ChooseTold) -> list[str]:
    """What the chosen set has that nobody answers for, and what goes with it."""
    said = []
    for loss in told.choice.losses:
        if loss.scheme in told.plugs:
            said.append(
                f"The set counts on “{loss.name}”, which has no owner, action or evidence. Without it "
                f"{money(abs(loss.money))} a year less is "
                f"{'taken off the pressure' if told.choice.is_pressure else 'closed'}."
            )
    return said


def purpose(told: ChooseTold) -> str:
    """What the choice is made for, at the start of a sentence."""
    if told.choice.is_pressure and told.choice.aim == "money":
        return "To take most off the pressure"
    key = told.choice.aim.removeprefix("partner:")
    partner = next((each.name for each in told.choice.partners if each.key == key), "")
    return FOR.get(told.choice.aim) or f"By the weights of {partner},"


def closes(told: ChooseTold, candidate: Candidate, said: str = "") -> str:
    """What a candidate does to the money gap, as a verb and what follows it; `said` replaces the sum's own words."""
    value = candidate.score.closed.mean
    sum_ = said or money(abs(value))
    if is_nothing(value):
        return f"leaves the {told.gap} as it is"
    if told.choice.is_pressure:
        return f"takes {sum_} off the pressure" if value > 0 else f"adds {sum_} to the pressure"
    return f"closes {sum_} of the money gap" if value > 0 else f"widens the money gap by {sum_}"


def balance(told: ChooseTold) -> str:
    """The chance of balance of the chosen set, beside the plan as it stands and doing nothing; empty for a pressure."""
    first = told.chosen or told.planned
    if first.score.chance is None:
        return ""
    out_by = first.score.chance_out_by
    give = f" (give or take {say(100 * out_by, 1)} points, for want of more draws)" if out_by else ""
    said = f"{opening(told, first)} has a chance of balance of {percent(first.score.chance)}{give}"
    others = [each for each in told.first if each is not first and {PLANNED, NOTHING_DONE} & set(each.keys)]
    beside = [f"{percent(each.score.chance or 0.0)} for {told.inside(each)}" for each in others]
    return said + (f", against {listed(beside)}." if beside else ".")


def standards(told: ChooseTold, candidate: Candidate) -> str:
    """How many standards of health and of care are met with a candidate and if nothing changes, and what widens."""
    health, care = candidate.score.health, candidate.score.care
    parts = [
        f"{each.met} of {each.with_standard} standards of {gap} ({each.met_nothing} if nothing changes)"
        for gap, each in (("health", health), ("care", care))
        if each.with_standard
    ]
    if not parts:
        return ""
    widened = (*health.widened, *care.widened)
    said = f"{opening(told, candidate)} meets {listed(parts)} {told.in_last_year}, at the stated numbers."
    if not widened:
        return f"{said} No measure ends further from its standard than if nothing changes."
    ends = "ends" if len(widened) == 1 else "end"
    return f"{said} {first_few(widened, NAMED)} {ends} further from standard than if nothing changes."


def opening(told: ChooseTold, candidate: Candidate) -> str:
    """What a candidate is called at the start of a sentence."""
    if told.chosen is candidate and PLANNED not in candidate.keys:
        return "This set"
    return told.bare(candidate)


def broken_limits(told: ChooseTold, candidate: Candidate) -> list[str]:
    """What a candidate does not keep to, a line each, with what it would take or reach."""
    return [each.sentence for each in broken(told.choice, candidate)]


def in_all_and_none(told: ChooseTold) -> list[str]:
    """Schemes that every aim and partner would take, and those that none would."""
    every, none = told.choice.in_every_best, told.choice.in_no_best
    who = "every aim and every partner" if told.choice.partners else "every aim"
    said = [
        f"{first_few(every, NAMED)} {_is(every)} in the best set of {who}."
        if every
        else f"No scheme is in the best set of {who}."
    ]
    if none:
        said.append(f"{first_few(none, NAMED)} {_is(none)} in none of them.")
    return said


def _is(names: tuple[str, ...]) -> str:
    return "is" if len(names) == 1 else "are"


def least_regret(told: ChooseTold) -> str:
    """The set that is never far behind the best, whatever comes; empty where no test was made."""
    choice = told.choice
    found = next((each for each in choice.regrets if each.candidate == choice.least_regret), None)
    if found is None or len(choice.tests) < 2:
        return ""
    candidate, tests = choice.of(found.candidate), plural(len(choice.tests), "test")
    name = "This set" if candidate is told.chosen else f"“{told.bare(candidate)}”"
    if is_nothing(found.worst):
        return f"{name} does best of all that keep the limits in every one of {tests}."
    where = next((each.name for each in choice.tests if each.key == found.worst_test), "")
    at = f" (in “{where}”)" if where else ""
    return (
        f"{name} is the safest choice in this sense: in {tests}, the plan as it is among them, it is never more than "
        f"{money(found.worst)} a year behind the best set that keeps the limits{at}."
    )


def how_good(told: ChooseTold) -> str:
    """How far from the best possible the chosen set can be, by the estimates of the search; empty without a search."""
    estimate = told.chosen.estimate if told.chosen else None
    if estimate is None:
        return ""
    if estimate.stopped:
        by = "by more than is known" if math.isinf(estimate.gap) else f"by up to {percent(estimate.gap)}"
        said = f"The search {estimate.stopped}: by its estimates another set could be better {by}."
        by_clock = " It stopped by the clock, so another run may find another set."
        return said + (by_clock if "second" in estimate.stopped else "")
    if estimate.gap <= 0:
        return "By the estimates of the search no set within the limits is better."
    most = math.ceil(estimate.gap * 1000) / 10
    return f"By the estimates of the search no set within the limits can be better by more than {most:g}%."
