"""A choice of schemes as a page: one sentence first, then sets side by side, what is traded, and what limits them."""

from __future__ import annotations

from pathlib import Path

from tripleaim.portfolio.record import Choice
from tripleaim.reports.board import BoardPage, board_files, write_board
from tripleaim.reports.choose_parts.cuts import cuts, left_out
from tripleaim.reports.choose_parts.glossary import words_used
from tripleaim.reports.choose_parts.otherwise import otherwise
from tripleaim.reports.choose_parts.partners import partners
from tripleaim.reports.choose_parts.rests_on import rests_on
from tripleaim.reports.choose_parts.room import room
from tripleaim.reports.choose_parts.sentences import (
    balance,
    beside_run,
    cost_of_change,
    counts_on,
    hard_choice,
    how_good,
    least_regret,
    losing,
    standards,
    verdict,
)
from tripleaim.reports.choose_parts.side_by_side import side_by_side
from tripleaim.reports.choose_parts.starts import starts
from tripleaim.reports.choose_parts.told import ChooseTold, Part
from tripleaim.reports.choose_parts.traded import traded
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.few_draws import few_draws
from tripleaim.reports.json_out import document, to_text, without_infinities
from tripleaim.reports.write import Known

PAGE = "choose.html"
"""The page of a choice."""
BOARD = BoardPage(file=PAGE, question="Which schemes together?", result="choose.json", styles=("stress", "choose"))
SHORT = 24
"""Rows of a table that stands open on the page; a longer one is unfolded by those who want it."""
PARTS: tuple[Part, ...] = (
    side_by_side,
    traded,
    starts,
    partners,
    cuts,
    left_out,
    otherwise,
    room,
    rests_on,
    words_used,
)
"""The parts of the page, in the order a board asks."""


def choose_report(choice: Choice) -> str:
    """A choice as one JSON document; a number that has no bound is null."""
    told = document("choose", choice.plan, choice)
    del told["remarks"], told["result"]["plan"], told["result"]["fingerprint"]
    told["result"] = without_infinities(told["result"])
    return to_text(told)


def answers(told: ChooseTold) -> list[str]:
    """What follows the headline: that draws are few, balance, standards, regret, and how good the search was."""
    first = told.chosen or told.planned
    notes = told.choice.notes[: told.first_notes]
    said = [*notes, few_draws(told.choice.draws), balance(told), standards(told, first), hard_choice(told)]
    said += [*counts_on(told), losing(told), least_regret(told), how_good(told), beside_run(told), cost_of_change(told)]
    return [words for words in said if words]


def choose_files(choice: Choice, report: str = "") -> dict[str, str]:
    """The page, its result, and the CSV file of every picture and table, by name.

    report : the report of the same plan beside it, if there is one
    """
    told = ChooseTold(choice, Exhibits(stack=True, most_rows=SHORT))
    return board_files(
        BOARD,
        choice.plan,
        verdict=verdict(told),
        answers=answers(told),
        sections=[tell(told) for tell in PARTS],
        shown=told.shown,
        result=choose_report(choice),
        report=report,
    )


def write_choose(choice: Choice, folder: Path, before: Known | None = None) -> Path:
    """Write the page of a choice and what belongs to it into a folder, as `write_board` does."""
    return write_board(BOARD, choice.plan, lambda report: choose_files(choice, report), folder, before)
