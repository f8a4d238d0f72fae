"""How each set stands up when things go otherwise: the named tests, and how far behind the best each one falls."""

from __future__ import annotations

from tripleaim.charts import RegretCell, RegretRow, RegretTable, Table
from tripleaim.charts.table import Cell
from tripleaim.portfolio.record import Candidate
from tripleaim.reports.choose_parts.sentences import least_regret
from tripleaim.reports.choose_parts.told import MILLION, ChooseTold
from tripleaim.reports.section import Section
from tripleaim.reports.words import lower, plural

MOST_SETS, MOST_TESTS = 8, 20
"""Sets and tests the picture has room for; the table has them all."""
TITLE = "Every set under every test"


def otherwise(told: ChooseTold) -> Section | None:
    """The picture of regret, what each test is, and every figure."""
    choice = told.choice
    if len(choice.tests) < 2:
        return None
    rule = f"What it takes to pass a test: {lower(choice.holds_rule)}" if choice.holds_rule else ""
    best = "“The best” is the best of the sets that were found and may be chosen, not of all there could be."
    left = len(choice.candidates) - len(_shown(told))
    more = f"The picture leaves out {plural(left, 'set')} for want of room; the table has every one." if left else ""
    lead = [words for words in (least_regret(told), rule, best, more) if words]
    about = [f"{each.name}: {each.sentence}" for each in choice.tests[1:]]
    exhibits = [
        told.shown.picture("choose_regret", picture(told)),
        told.shown.table("choose_tests", _every(told), TITLE, fold=True, stack=True),
    ]
    data = {"lead": lead, "exhibits": exhibits, "more": [("What each test changes", about)]}
    return Section(key="otherwise", question="And if things go otherwise?", data=data)


def picture(told: ChooseTold) -> RegretTable:
    """The first few sets and those with least regret, under the first tests."""
    tests = told.choice.tests[:MOST_TESTS]
    cells = {(each.test, each.candidate): each for each in told.choice.tried}
    rows = []
    for each in _shown(told):
        results = [cells[test.key, each.key] for test in tests]
        rows.append(
            RegretRow(
                told.marked(each),
                tuple(RegretCell(one.holds, max(0.0, one.regret) / MILLION) for one in results),
                not each.broken,
            )
        )
    return RegretTable(tuple(test.name for test in tests), tuple(rows), "£m", "£{}m")


def _shown(told: ChooseTold) -> tuple[Candidate, ...]:
    least = [told.choice.of(each.candidate) for each in told.choice.regrets]
    bests = {aim.key: aim.best for aim in told.choice.aims}
    aims = [told.choice.of(bests[key]) for key in ("health", "care") if bests.get(key)]
    return tuple({each.key: each for each in (*told.first, *aims, *least)}.values())[:MOST_SETS]


def _every(told: ChooseTold) -> Table:
    names = {each.key: each.name for each in told.choice.tests}
    best = {each.key: told.bare(told.choice.of(each.best)) if each.best else "none" for each in told.choice.tests}
    rows: list[tuple[Cell, ...]] = [
        (
            names[each.test],
            told.marked(told.choice.of(each.candidate)),
            each.closed / MILLION,
            each.regret / MILLION,
            "keeps" if each.holds else "does not",
            best[each.test],
        )
        for each in told.choice.tried
    ]
    closed = "Off the pressure" if told.choice.is_pressure else "Closed"
    header = ("Test", "Set", f"{closed}, £m a year", "Behind the best, £m a year", "Keeps what it should", "Best there")
    return Table(caption=TITLE, header=header, rows=tuple(rows), numeric=(2, 3))
