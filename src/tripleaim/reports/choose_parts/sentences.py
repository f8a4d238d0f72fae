"""Sentences of a choice that the page and the terminal both say."""

from __future__ import annotations

import math

from tripleaim.charts import percent
from tripleaim.charts.wording import say
from tripleaim.portfolio.aftermath import Regret
from tripleaim.portfolio.record import Candidate
from tripleaim.reports.choose_parts.limits_kept import breaks, broken, within
from tripleaim.reports.choose_parts.told import (
    LESS,
    NOTHING_DONE,
    PLANNED,
    SEEN,
    ChooseTold,
    eight_in_ten,
    is_nothing,
    pushes,
    way,
)
from tripleaim.reports.words import NOTHING, counted, first_few, in_words, listed, money, plural, tell_money_apart

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
        return f"{purpose(told)}{within(told.choice)}, nothing does better than doing nothing."
    own, planned = tell_money_apart(*(abs(each.score.closed.mean) for each in (chosen, told.planned)))
    does = f"{closes(told, chosen, own)} {told.in_last_year}, {eight_in_ten(chosen.score.closed)} eight times in ten"
    if PLANNED in chosen.keys:
        start = f"{purpose(told)}{within(told.choice)}, no set that was found does better than the plan as it stands."
        return f"{start} It {does}."
    of = f"{in_words(len(chosen.taken))} of the {in_words(told.schemes)}"
    start = f"{purpose(told)}{within(told.choice)}, {of} schemes do best together: the set {does}."
    plan = closes(told, told.planned, planned).replace("the money gap", "it")
    kept = f" and {breaks(told.choice, told.planned)}" if told.choice.limits or told.planned.broken else ""
    return f"{start} The plan as it stands {plan}{kept}."


def hard_choice(told: ChooseTold) -> str:
    """Where doing less would do more for money, or breaks limits, that it does and which; empty where neither is so."""
    less, chosen = next((each for each in told.first if LESS in each.keys), None), told.chosen
    if less is None or chosen is None or less is chosen:
        return ""
    held, schemes = broken(told.choice, less), plural(len(less.taken), "scheme")
    which = f"{breaks(told.choice, less)}: {first_few([f'“{each.name}”' for each in held])}."
    if less.score.closed.mean <= chosen.score.closed.mean + NOTHING:
        return f"Doing less, with {schemes}, {which}" if held else ""
    but = f" But it {which}" if held else ""
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
    return pushes(value, sum_, is_pressure=told.choice.is_pressure)


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
        return (
            f"{said} No measure ends further from its standard there than if nothing changes.{_over_draws(candidate)}"
        )
    ends = "ends" if len(widened) == 1 else "end"
    return f"{said} {further(told, candidate, NAMED)} {ends} further from standard than if nothing changes."


def _over_draws(candidate: Candidate) -> str:
    """That over the draws a gap ends further away although no measure does at the stated numbers; empty where none."""
    gaps = {"health": candidate.score.health.closed.mean, "care": candidate.score.care.closed.mean}
    away = [
        f"{gap} ends {way(-mean)} of the way further from its standards" for gap, mean in gaps.items() if mean <= -SEEN
    ]
    if not away:
        return ""
    return (
        " On average over the draws, which allow for delay and for schemes that work less well, "
        f"{listed(away)} than if nothing changes."
    )


def further(told: ChooseTold, candidate: Candidate, most: int = 0) -> str:
    """Measures that end further from standard with a candidate: by name in an invented place, which harms nobody, and
    by number in a real one, where effects are illustrative; empty where none does.
    """
    gaps = {"health": candidate.score.health.widened, "care": candidate.score.care.widened}
    if told.choice.plan.heading.invented:
        names = [name for own in gaps.values() for name in own]
        return first_few(names, most or len(names)) if names else ""
    return listed([f"{counted(len(own), 'measure').lower()} of {gap}" for gap, own in gaps.items() if own])


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
    choice, bounds = told.choice, within(told.choice)
    found = next((each for each in choice.regrets if each.candidate == choice.least_regret), None)
    if found is None or len(choice.tests) < 2:
        return ""
    candidate, tests = choice.of(found.candidate), plural(len(choice.tests), "test")
    name = "This set" if candidate is told.chosen else f"“{told.bare(candidate)}”"
    if is_nothing(found.worst):
        return f"{name} does best of all sets found{bounds} in every one of {tests}. {_passed(told, found)}"
    where = next((each.name for each in choice.tests if each.key == found.worst_test), "")
    at = f" (in “{where}”)" if where else ""
    return (
        f"{name} is the safest choice in this sense: in {tests}, the plan as it is among them, it is never more than "
        f"{money(found.worst)} a year behind the best of the sets found{bounds}{at}. {_passed(told, found)}"
    )


def losing(told: ChooseTold) -> str:
    """How often the chosen set breaks each limit on what an organisation may lose; empty where there is none."""
    found = [f"“{each.name}” in {percent(each.any_year)}" for each in told.choice.limits_over_draws]
    if not found or told.chosen is None:
        return ""
    return (
        "Limits on what an organisation may lose are held to the stated numbers. Over the draws the set breaks "
        f"{listed(found)} of them, in one year or more."
    )


def _passed(told: ChooseTold, found: Regret) -> str:
    """How many tests the safest set passes, and how many draws they take."""
    few = f"The tests take {plural(told.choice.draws_of_tests, 'draw')}."
    if not told.choice.of(found.candidate).taken:
        return f"It closes nothing, so it has no test to pass. {few}"
    if found.held == found.of:
        return f"It passes all {found.of} tests in which something goes otherwise. {few}"
    return (
        f"But it passes {found.held} of the {found.of} tests in which something goes otherwise and fails "
        f"{found.of - found.held}: there it closes less than nine tenths of what it else closes. {few}"
    )


def beside_run(told: ChooseTold) -> str:
    """The plan as it stands as `run` tells it, and as it is told here."""
    short = told.planned.score.short.mean
    what = "has a pressure of" if told.choice.is_pressure else "is short by"
    return (
        f"“tripleaim run” tells the plan as it stands at its stated numbers, without the cost of change: it {what} "
        f"{money(told.choice.plan_short_as_run)} {told.in_last_year} if every scheme works. Here money is the "
        f"mean over {plural(told.choice.draws, 'draw')} with the cost of change in it, and the plan {what} "
        f"{money(short)}; what is closed counts one-off costs too, spread over the plan’s years."
    )


def cost_of_change(told: ChooseTold) -> str:
    """That the cost of change is judged, and how little it takes; empty where the plan states it for every scheme."""
    if not any(not each.disruption_is_stated and each.disruption > 0 for each in told.choice.schemes):
        return ""
    return (
        "What change itself costs is our own judgement where the plan states nothing: about "
        f"{percent(told.choice.disruption_share)} of what a scheme spends in its first full year and on setting up. If "
        "change disrupts more, doing less is worth more than is told here."
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
    if math.isinf(estimate.gap):
        return "How much better another set could be is not known: by the estimates choosing adds nothing."
    if estimate.gap <= 0:
        return f"By the estimates of the search no set{within(told.choice)} is better."
    most = math.ceil(estimate.gap * 1000) / 10
    return f"By the estimates of the search no set{within(told.choice)} can be better by more than {most:g}%."
