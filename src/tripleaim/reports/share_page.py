"""A sharing as a page: one sentence first, then who gains, who pays, who might leave, which agreement would hold."""

from __future__ import annotations

from pathlib import Path

from tripleaim.incentives.record import Sharing
from tripleaim.reports.board import BoardPage, board_files, write_board
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.few_draws import few_draws
from tripleaim.reports.json_out import document, to_text
from tripleaim.reports.share_parts.agreed import agreed
from tripleaim.reports.share_parts.cliffs import cliffs
from tripleaim.reports.share_parts.forms import forms
from tripleaim.reports.share_parts.glossary import words_used
from tripleaim.reports.share_parts.holds import holds
from tripleaim.reports.share_parts.leaks import leaks
from tripleaim.reports.share_parts.leaving import leaving
from tripleaim.reports.share_parts.left_out import left_out
from tripleaim.reports.share_parts.needed import cannot_tell, needed, sectors
from tripleaim.reports.share_parts.rests_on import rests_on, rests_on_costs
from tripleaim.reports.share_parts.sentences import (
    agreement,
    on_average,
    verdict,
    with_nothing_agreed,
    would_anyone_leave,
)
from tripleaim.reports.share_parts.shocks import shocks
from tripleaim.reports.share_parts.told import Part, ShareTold
from tripleaim.reports.share_parts.ways_to_share import ways_to_share
from tripleaim.reports.share_parts.who_gains import who_gains
from tripleaim.reports.write import Known

PAGE = "share.html"
"""The page of a sharing."""
BOARD = BoardPage(file=PAGE, question="Who gains and who pays?", result="share.json", styles=("stress",))
SHORT = 14
"""Rows of a table that stands open on the page; a longer one is unfolded by those who want it."""
PARTS: tuple[Part, ...] = (
    who_gains,
    left_out,
    leaks,
    cliffs,
    forms,
    leaving,
    ways_to_share,
    agreed,
    holds,
    shocks,
    rests_on,
    words_used,
)
"""The parts of the page, in the order a board asks."""
WITHOUT_BOOKS: tuple[Part, ...] = (needed, sectors, rests_on_costs)
"""The parts where no body's position can be told."""


def share_report(sharing: Sharing) -> str:
    """A sharing as one JSON document."""
    told = document("share", sharing.plan, sharing)
    del told["remarks"], told["result"]["plan"], told["result"]["fingerprint"]
    return to_text(told)


def headline(told: ShareTold) -> str:
    """The first sentence of the page and of the terminal."""
    return cannot_tell(told) if told.sharing.missing else verdict(told)


def answers(told: ShareTold) -> list[str]:
    """What follows the headline: what to expect on average, that draws are few, whether an agreement can hold, and how
    likely this one does.
    """
    if told.sharing.missing:
        return []
    said = [on_average(told), few_draws(told.sharing.draws)]
    said += [with_nothing_agreed(told, told.today), would_anyone_leave(told, told.today)]
    if told.agreed_on and not told.agreed_on.today:
        said.append(would_anyone_leave(told, told.agreed_on))
    return [words for words in (*said, agreement(told)) if words]


def share_files(sharing: Sharing, report: str = "") -> dict[str, str]:
    """The page, its result, and the CSV file of every picture and table, by name.

    report : the report of the same plan beside it, if there is one
    """
    told = ShareTold(sharing, Exhibits(stack=True, most_rows=SHORT))
    tells = WITHOUT_BOOKS if sharing.missing else PARTS
    return board_files(
        BOARD,
        sharing.plan,
        verdict=headline(told),
        answers=answers(told),
        sections=[tell(told) for tell in tells],
        shown=told.shown,
        result=share_report(sharing),
        report=report,
    )


def write_share(sharing: Sharing, folder: Path, before: Known | None = None) -> Path:
    """Write the page of a sharing and what belongs to it into a folder, as `write_board` does."""
    return write_board(BOARD, sharing.plan, lambda report: share_files(sharing, report), folder, before)
