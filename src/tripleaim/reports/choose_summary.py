"""A choice in a few lines for a terminal, to be read in a minute: the best sets, the limits, and what is safest."""

from __future__ import annotations

import re

from rich import box
from rich.console import Console
from rich.table import Table

from tripleaim.charts import percent
from tripleaim.charts.wording import say
from tripleaim.portfolio.record import Candidate, Choice
from tripleaim.reports.choose_page import answers
from tripleaim.reports.choose_parts.limits_kept import broken
from tripleaim.reports.choose_parts.sentences import broken_limits, in_all_and_none, verdict
from tripleaim.reports.choose_parts.starts import starts_in_words
from tripleaim.reports.choose_parts.told import MILLION, ChooseTold, at_standard
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.terminal import masthead, plain
from tripleaim.reports.words import plural

LIMITS = 6
"""Limits the plan breaks that are listed; the page has them all."""
SETS = 9
"""Sets that are listed; the page has them all."""


def choose_summary(choice: Choice, console: Console, page: str = "") -> None:
    """Print what a board wants to know of a choice; `page` is where the same is as a page."""
    told = ChooseTold(choice, Exhibits())
    masthead(choice.plan, console, f", seed {choice.seed}, {plural(choice.draws, 'draw')}")
    _say(console, verdict(told), bold=True)
    console.print()
    shown = _shown(told)
    console.print(_sets(told, shown))
    if len(shown) < len(choice.candidates):
        console.print(f"and {plural(len(choice.candidates) - len(shown), 'more set')}: ask for the page with --out.")
    console.print()
    for words in answers(told):
        _say(console, _without_files(words))
    if told.chosen is not None:
        _block(console, "The set", starts_in_words(told, told.chosen))
    _block(console, "In every best set, and in none", in_all_and_none(told))
    unkept = broken_limits(told, told.planned)
    more = [f"and {plural(len(unkept) - LIMITS, 'more limit')}."] if len(unkept) > LIMITS else []
    _block(console, "Limits that the plan as it stands breaks", [*unkept[:LIMITS], *more])
    _block(console, "To read this", [_without_files(each) for each in choice.notes[told.first_notes :]])
    if page:
        console.print("\nAll of it as a page, to open in a browser:")
        console.print(plain(page), soft_wrap=True)


def _shown(told: ChooseTold) -> list[Candidate]:
    """The first few, then the best for each aim; partners and the frontier are on the page."""
    aims = [told.choice.of(each.best) for each in told.choice.aims if each.best]
    return list({each.key: each for each in (*told.first, *aims)}.values())[:SETS]


def _sets(told: ChooseTold, shown: list[Candidate]) -> Table:
    """Sets down; what each does to the three gaps across."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    off = told.choice.is_pressure
    table.add_column("£m off the pressure" if off else "£m of the money gap closed", min_width=28)
    heads = ["schemes", "mean", "eight in ten", *([] if off else ["balance"]), "health", "care", "breaks"]
    for words in heads:
        table.add_column(words, justify="right", no_wrap=True)
    for each in shown:
        score = each.score
        chance = [] if score.chance is None else [percent(score.chance)]
        low, high = (say(value / MILLION, 1) for value in (score.closed.low, score.closed.high))
        table.add_row(
            plain(told.name(each)),
            str(len(each.taken)),
            say(score.closed.mean / MILLION, 1),
            low if low == high else f"{low} to {high}",
            *chance,
            at_standard(score.health),
            at_standard(score.care),
            plural(len(broken(told.choice, each)), "limit")
            if each.broken
            else "none"
            if told.choice.limits
            else "no limits",
        )
    return table


def _breaks(told: ChooseTold, candidate: Candidate) -> str:
    """How many limits a set breaks, in a cell."""
    if candidate.broken:
        return plural(len(broken(told.choice, candidate)), "limit")
    return "none" if told.choice.limits else "no limits"


def _without_files(words: str) -> str:
    """Words without the tables of a plan that they name behind a statement; the page has them.

    >>> _without_files("The plan states no limits (choice_limits.csv).")
    'The plan states no limits.'
    """
    return re.sub(r" \([a-z_]+\.csv\)", "", words)


def _block(console: Console, heading: str, sentences: list[str]) -> None:
    if sentences:
        console.print(f"\n[bold]{heading}[/bold]")
        for words in sentences:
            _say(console, words)


def _say(console: Console, words: str, bold: bool = False) -> None:
    console.print(f"[bold]{plain(words)}[/bold]" if bold else plain(words), highlight=False)
