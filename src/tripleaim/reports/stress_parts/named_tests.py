"""Does it stand what may come? Named tests: what each costs the plan, in money and in probability."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import MILLION, StressTold
from tripleaim.reports.words import first_few, in_words, listed, plural, sentence
from tripleaim.stress.named.named_stress import NamedStress
from tripleaim.stress.named.telling import in_words as tried_in_words
from tripleaim.stress.named.telling import title
from tripleaim.stress.named.trying import InCase, Tried, Verdict

FAILED = Verdict.FAILED
TRIED = (Verdict.PASSED, FAILED)
"""Verdicts of tests that could be tried."""
SAYS_NOTHING = {
    Verdict.NOTHING_TO_LOSE: "Nothing to lose here, because the schemes bring no money in the last year",
    Verdict.CANNOT_BE_TESTED: "Cannot be tested here, because the plan does not say what it takes",
    Verdict.DOES_NOT_APPLY: "Does not apply here",
    Verdict.CHANGES_NOTHING: "Changes nothing here",
}


def tests_by_name(told: StressTold) -> Section | None:
    """A row for each test that could be tried, and why the others could not; none where no test was asked for."""
    named = told.whole.named
    if named is None or not named.tests:
        return None
    tried = [each for each in named.tests if each.verdict in TRIED]
    data = {
        "lead": [words for words in (_draws(told, named), failed(told, named.tests)) if words],
        "exhibits": [_table(told, tried)] if tried else [],
        "after": untried(told, named.tests),
        "more": [
            ("What each test is, and what it rests on", _what_it_is(named.tests)),
            ("What each did to the plan", [told.said(tried_in_words(each, told.found.plan)) for each in named.tests]),
        ],
    }
    return Section(key="tests", question="How does it stand up to tests?", template="stress_part.html", data=data)


def how_many_passed(tests: Sequence[Tried]) -> str:
    """How many of the tests that could be tried the plan passed, and which cost most."""
    tried = [each for each in tests if each.verdict in TRIED]
    if not tried:
        return "No test could be tried on this plan"
    passed = sum(each.verdict is Verdict.PASSED for each in tried)
    if len(tried) == 1:
        return f"The plan {tried[0].verdict.value} the one test that could be tried"
    partners = sum(bool(each.partner) for each in tried)
    if partners < 2:
        return f"The plan passed {passed or 'none'} of the {plural(len(tried), 'test')} that could be tried"
    own = len({each.test.key for each in tried if each.test.is_own})
    ours = len({each.test.key for each in tried if not each.test.is_own})
    kinds = f"{in_words(ours)} tests, one of them once for each of {partners} partners"
    kinds += f", and {in_words(own)} of the place’s own" if own else ""
    return f"The plan passed {passed or 'none'} of the {len(tried)} that could be tried: {kinds}"


def failed(told: StressTold, tests: Sequence[Tried]) -> str:
    """The failed tests that cost most, the worst first; empty where none failed."""
    lost = [(-each.judged.lost, title(each, told.called)) for each in tests if each.judged and each.verdict is FAILED]
    return f"Failed, the worst first: {first_few([name for _, name in sorted(lost)])}." if lost else ""


def untried(told: StressTold, tests: Sequence[Tried]) -> list[str]:
    """The tests that say nothing of this plan, by why."""
    found = []
    for verdict, words in SAYS_NOTHING.items():
        names = [title(each, told.called) for each in tests if each.verdict is verdict]
        if names:
            found.append(f"{words}: {listed(names)}.")
    return found


def _draws(told: StressTold, named: NamedStress) -> str:
    """How the tests were tried, and what it takes to pass."""
    said = f"Each test changes the plan and runs it again, {named.asked.draws:,} draws each, the same for all."
    if told.found.is_pressure:
        return f"{said} A plan passes unless the test costs it more than is allowed."
    return f"{said} A plan passes if it still balances, or if it was short before and loses no more than is allowed."


def _table(told: StressTold, tried: Sequence[Tried]) -> Markup:
    chances = () if told.found.is_pressure else ("In balance before, %", "In balance after, %", "Points lost")
    unit = told.measure.unit
    table = Table(
        caption=f"{told.last_year}, {unit}",
        header=(
            "Test",
            "Its size is",
            f"Before, {unit}",
            f"After, {unit}",
            "Worse by, £m",
            "Allowed, £m",
            *chances,
            "Result",
        ),
        rows=tuple(_row(told, each, each.judged) for each in tried if each.judged),
        numeric=tuple(range(2, 6 + len(chances))),
        unit=unit,
        places=(1,) * (4 + len(chances)),
        shares=(6, 7) if chances else (),
    )
    reads = (
        "Amounts are the plan’s own figures, with every number at its stated point; chances are shares of draws. What "
        "a size is said to be: illustrative is a round figure of ours; derived and published have a source."
    )
    return told.facts.shown.table("stress_tests", table, how_many_passed(tried), reads, stack=True)


def _row(told: StressTold, each: Tried, judged: InCase) -> tuple[Cell, ...]:
    chances: tuple[Cell, ...] = ()
    if judged.before.chance is not None and judged.after.chance is not None:
        chances = (100 * judged.before.chance, 100 * judged.after.chance, judged.points_lost)
    allowed: Cell = "" if each.most_lost is None else each.most_lost / MILLION
    money = (judged.before.short / MILLION, judged.after.short / MILLION, judged.lost / MILLION, allowed)
    return (title(each, told.called), _size(each), *money, *chances, each.verdict.value)


def _size(each: Tried) -> str:
    """What the size of the change rests on, and whose test it is."""
    return f"{each.test.source.value}{', the place’s own' if each.test.is_own else ''}"


def _what_it_is(tests: Sequence[Tried]) -> list[str]:
    once = {each.test.key: each.test for each in tests}
    return [f"{test.name}. {sentence(test.sentence)} {sentence(test.rests_on)}" for test in once.values()]
