"""Which published file is this? Its columns say so; its name is never asked."""

from __future__ import annotations

from itertools import chain, islice

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.raw import Cells
from tripleaim.opendata.official.forms import FORMS, Match, match
from tripleaim.opendata.official.page import Page

DEEPEST_HEADING = 40
"""Rows among which the heading is looked for: titles and notes may stand above it."""


def recognise(page: Page) -> tuple[Page, Cells, Match, tuple[Cells, ...]]:
    """The page from below its heading on, the heading, what it was recognised as, and the rows above it.

    raises : PlanProblems, saying which known file is nearest and which columns lack
    """
    first = list(islice(page.rows, DEEPEST_HEADING))
    held = [(match(form, cells), place) for place, (_, cells) in enumerate(first) for form in FORMS if any(cells)]
    fitting = [(each, place) for each, place in held if each.fits]
    if not fitting:
        raise _unknown(page, [each for each, _ in held])
    best, place = max(fitting, key=lambda pair: (len(pair[0].form.needs), -pair[1]))
    rest = Page(name=page.name, sha256=page.sha256, rows=chain(first[place + 1 :], page.rows))
    return rest, first[place][1], best, tuple(cells for _, cells in first[:place])


def _unknown(page: Page, held: list[Match]) -> PlanProblems:
    known = "; ".join(form.told for form in FORMS)
    nearest = max(held, key=lambda each: (each.share, len(each.form.needs)), default=None)
    if nearest is None or not nearest.where:
        found, to_fix = "no known columns", "give the file as published, with its headings"
    else:
        lacks = ", ".join(nearest.lacks)
        found = f"columns nearest to {nearest.form.told}; lacking: {lacks}"
        to_fix = f"if it is that file, add the columns {lacks}; keep the headings as published"
    return PlanProblems([Problem(file=page.name, found=found, expected=f"one of: {known}", to_fix=to_fix)])
