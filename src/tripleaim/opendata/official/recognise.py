"""Which published file is this? Its columns say so; its name is never asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, islice

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.raw import Cells
from tripleaim.opendata.official.forms import FORMS, Match, match
from tripleaim.opendata.official.page import Page

DEEPEST_HEADING = 40
"""Rows among which the heading is looked for: titles and notes may stand above it."""


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """A page whose heading was found: its rows below, the heading, what it is, and the rows above."""

    page: Page
    heading: Cells
    match: Match
    above: tuple[Cells, ...]


def recognise(held: list[Page]) -> list[Recognised]:
    """The pages of a file that are of one known kind; other pages, such as notes, are passed over.

    raises : PlanProblems where no page is known, saying which known file is nearest and which columns lack
    """
    found: list[Recognised] = []
    near: list[tuple[Page, Match]] = []
    for page in held:
        known = _held_against(page, near)
        if known and (not found or known.match.form.kind == found[0].match.form.kind):
            found.append(known)
    if not found:
        raise _unknown(held, near)
    return found


def _held_against(page: Page, near: list[tuple[Page, Match]]) -> Recognised | None:
    first = list(islice(page.rows, DEEPEST_HEADING))
    tried = [(match(form, cells), place) for place, (_, cells) in enumerate(first) for form in FORMS if any(cells)]
    near += [(page, each) for each, _ in tried]
    fitting = [(each, place) for each, place in tried if each.fits]
    if not fitting:
        return None
    best, place = max(fitting, key=lambda pair: (len(pair[0].form.needs), -pair[1]))
    titles = ([page.title],) if page.title else ()
    return Recognised(
        page=replace(page, rows=chain(first[place + 1 :], page.rows)),
        heading=first[place][1],
        match=best,
        above=(*titles, *(cells for _, cells in first[:place])),
    )


def _unknown(held: list[Page], near: list[tuple[Page, Match]]) -> PlanProblems:
    known = "; ".join(form.told for form in FORMS)
    page, nearest = max(near, key=lambda pair: (pair[1].share, len(pair[1].form.needs)), default=(None, None))
    name = page.name if page else held[0].name if held else "the file"
    if not near:
        found, to_fix = "an empty file", "save it again with its rows, as published"
    elif nearest is None or not nearest.where:
        found, to_fix = "no known columns", "give the file as published, with its headings"
    else:
        lacks = ", ".join(nearest.lacks)
        found = f"columns nearest to {nearest.form.told}; lacking: {lacks}"
        to_fix = f"if it is that file, add the columns {lacks}; keep the headings as published"
    return PlanProblems([Problem(file=name, found=found, expected=f"one of: {known}", to_fix=to_fix)])
