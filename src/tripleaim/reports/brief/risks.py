"""What one organisation may lose by, as far as a plan says without draws; a stress test says how likely it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tripleaim.plan.organisation import Organisation
from tripleaim.projection.benefits import Stranded
from tripleaim.reports.brief.books import Lines, Part
from tripleaim.reports.brief.scheme import SchemeBrief
from tripleaim.reports.facts import CASES, Facts
from tripleaim.reports.words import NOTHING, counted, in_words, listed, lower, money
from tripleaim.stress.outside.telling import names, stretch_in_words
from tripleaim.stress.outside.view import OutsideView

FASTER = 1.05
"""Times the best kept up from which on a saving asked is told as faster than anyone's."""
NAMED = 3
"""Schemes that a sentence names."""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """Something it may lose by, as far as this plan says without draws."""

    kind: str
    """resources, control total, fund, stranded, balance, required, pace or loses."""
    words: str
    """What it is, in a sentence."""
    amount: float | None
    """GBP in the plan's last year or as the sentence says; null where it is no sum."""


def risks(
    facts: Facts,
    view: OutsideView,
    row: Organisation,
    lines: Lines | None,
    own: Iterable[tuple[str, Part]],
    schemes: dict[str, SchemeBrief],
) -> Iterator[Risk]:
    """What is known without draws; the stress test says how likely each is."""
    at, year = facts.last, facts.last_year
    if lines is not None and lines.resourced[at] - lines.hoped[at] >= NOTHING:
        worse = lines.resourced[at] - lines.hoped[at]
        words = f"If no more posts and capital are found, it is {money(worse)} worse off in {year} than hoped."
        yield Risk(kind="resources", words=words, amount=worse)
    yield from _control_totals(facts, row.key)
    for stranded in facts.projection.stranded:
        if stranded.provider == row.key:
            yield from _stranded(facts, stranded)
    case = "hoped" if facts.has_schemes else "do_nothing"
    for each in facts.projection.councils:
        if (each.organisation, each.year, each.case) == (row.key, year, case) and each.still_to_find >= NOTHING:
            words = (
                f"It still has {money(each.still_to_find)} to find in {year} for a lawful budget, {lower(CASES[case])}."
            )
            yield Risk(kind="balance", words=words, amount=each.still_to_find)
    for line in facts.projection.required:
        if (line.organisation, line.year) == (row.key, year):
            words = f"Business rules ask it to keep back {money(line.amount)} in {year}, beside break-even: "
            words += f"{lower(line.rule)}."
            yield Risk(kind="required", words=words, amount=line.amount)
    for pace in view.cost:
        if pace.who == row.key and pace.index is not None and pace.index > FASTER:
            yield Risk(kind="pace", words=stretch_in_words(pace, names(facts.plan)), amount=None)
    lost = [(schemes[key].name, -part.net[at]) for key, part in own if part.net[at] <= -NOTHING]
    if lost:
        yield _loses(lost, year, outside=lines is None)


def _loses(lost: Sequence[tuple[str, float]], year: str, *, outside: bool) -> Risk:
    """Schemes that leave it worse off; of a body whose books are not held, those by which it is paid less."""
    total, several = sum(amount for _, amount in lost), len(lost) > 1
    largest = sorted(lost, key=lambda each: -each[1])[:NAMED]
    named = listed([f"“{name}” ({money(amount)})" if several else f"“{name}”" for name, amount in largest])
    does = (
        f"{'mean' if several else 'means'} it is paid less"
        if outside
        else f"{'leave' if several else 'leaves'} it worse off"
    )
    words = f"{counted(len(lost), 'scheme')}, {'each ' if several else ''}counted alone, {does} in {year}, by "
    words += f"{money(total)}{' in all' if several else ''}: {'most of all ' if len(lost) > NAMED else ''}{named}."
    return Risk(kind="loses", words=words, amount=total)


def _control_totals(facts: Facts, key: str) -> Iterator[Risk]:
    for case in facts.cases:
        rows = [r for r in facts.projection.control_totals if (r.organisation, r.case) == (key, case)]
        missed = [r for r in rows if not r.met]
        if case != "do_nothing" and missed:
            by = sum(r.control_total - r.position for r in missed)
            years, several = listed([r.year for r in missed]), len(rows) > 1
            which = f"{in_words(len(missed))} of its {in_words(len(rows))} control totals ({years})"
            which = which if several else f"its control total of {years}"
            words = f"It misses {which}, {lower(CASES[case])}, by {money(by)}{' in all' if len(missed) > 1 else ''}."
            yield Risk(kind="control total", words=words, amount=by)
        lost = sum(r.missed_costs for r in rows)
        if case == "hoped" and lost >= NOTHING:
            words = f"{money(lost)} of central funds is not earned, as hoped: it hangs on control totals and on waits."
            yield Risk(kind="fund", words=words, amount=lost)


def _stranded(facts: Facts, found: Stranded) -> Iterator[Risk]:
    left, given = found.stranded[facts.last], found.no_longer_given[facts.last]
    if left >= NOTHING:
        words = f"Of {money(given)} that care no longer given would have cost, {money(left)} stays behind in "
        words += f"{facts.last_year}: wards and staff that do not go with it."
        yield Risk(kind="stranded", words=words, amount=left)
