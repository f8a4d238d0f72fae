"""Each part of a stress test's page in a sentence or two, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.reports.stress_parts.beliefs import beliefs_title
from tripleaim.reports.stress_parts.claims import claims_title
from tripleaim.reports.stress_parts.contingency import hold_title
from tripleaim.reports.stress_parts.failure import QUESTIONS
from tripleaim.reports.stress_parts.must_be import must_be_title
from tripleaim.reports.stress_parts.named_tests import failed, how_many_passed
from tripleaim.reports.stress_parts.paying_back import costed, payback_title
from tripleaim.reports.stress_parts.speed import speed_title
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.stress.why.words import bar_in_words, failure_in_words, goal_in_words, must_be_in_words

MOVERS = 2
"""Numbers told, the widest first."""
UNSURE = " Less sure"
"""What begins here is told on the page."""


def in_short(told: StressTold) -> Iterator[tuple[str, str]]:
    """Question and answer for each part that has one, in the order of the page."""
    for tell in (_elsewhere, _why, _tests, _payback):
        for question, said in tell(told):
            yield question, said if said.endswith(".") else f"{said}."


def _elsewhere(told: StressTold) -> Iterator[tuple[str, str]]:
    view = told.whole.outside
    if view is not None and view.claims:
        said = [claims_title(view.claims, told.called)]
        said += [beliefs_title(told, told.whole.chances)] if told.whole.chances else []
        yield "Have others done it?", ". ".join(said)


def _why(told: StressTold) -> Iterator[tuple[str, str]]:
    why = told.why
    if why is None:
        return
    first = failure_in_words(why.failure, why.question)[1].split(UNSURE)[0]
    yield QUESTIONS[why.failure.sought], first
    if told.bars:
        yield "What moves it most?", " ".join(bar_in_words(bar, why.question) for bar in told.bars[:MOVERS])
    if why.must_be:
        goal = "" if why.nothing is None else f"{goal_in_words(why, why.nothing)} "
        yield "What must be true?", f"{goal}{must_be_title(why)}"
    for each in why.must_be:
        if each.name in told.whole.asked:
            yield "And what you asked about?", must_be_in_words(each)


def _tests(told: StressTold) -> Iterator[tuple[str, str]]:
    named = told.whole.named
    if named is None:
        return
    if named.tests:
        yield "How does it stand up to tests?", f"{how_many_passed(named.tests)}. {failed(told, named.tests)}".strip()
    held = next((each for each in named.contingency if each.case in told.cases_of_plan), None)
    if held is not None:
        yield "How much should be held in hand?", hold_title(told, held)
    if named.paces:
        yield "What if all starts sooner or later?", speed_title(told, named.paces)


def _payback(told: StressTold) -> Iterator[tuple[str, str]]:
    found = costed(told)
    if found:
        yield "When does each scheme pay back?", payback_title(told, found)
