"""The studies behind the outside view: what was done, where, who found what, and where to read it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from tripleaim.charts import Table
from tripleaim.evidence.address import address
from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.library import entry
from tripleaim.evidence.sentences import figure
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.words import listed, plural
from tripleaim.stress.outside.telling import KINDS
from tripleaim.stress.outside.view import OutsideView

CODE = re.compile(r"\(([IE][0-9]{3})\)")
PACE = "the best pace"
"""What a row stands for that is set beside no claim of its own."""


def studies_table(told: StressTold, view: OutsideView) -> Markup:
    """Every row of the evidence library that the claims cite or are held against, each with its source."""
    uses = used(view, told.called)
    rows = [entry(ref) for ref in sorted(uses)]
    read = [address(row) for row in rows]
    table = Table(
        caption="Studies and claims of our evidence library, by their code there",
        header=("Code", "What was done", "Where", "What sort", "What it says", "Set beside", "Who says so"),
        rows=tuple(
            (row.ref, row.name, row.setting, KINDS[row.kind.value], says(row), listed(uses[row.ref]), who(row))
            for row in rows
        ),
        numeric=(),
        links=tuple((number, 6, to) for number, to in enumerate(read) if to),
    )
    title = f"{plural(len(rows), 'entry', 'entries')} of the evidence library stand behind this"
    without = sum(not to for to in read)
    reads = "The last column leads to where each can be read."
    if without:
        reads += f" For {without} of them the library has no web address."
    return told.facts.shown.table("stress_studies", table, title, reads, fold=True, stack=True)


def used(view: OutsideView, called: dict[str, str]) -> dict[str, list[str]]:
    """Row of the library → the schemes it is cited for or set beside, or that it gives the best pace."""
    found: dict[str, list[str]] = {}
    for claim in view.claims:
        cited = (claim.evidence,) if claim.evidence else ()
        _note(found, (*cited, *claim.refs, *claim.unmeasured), called.get(claim.scheme, claim.scheme))
    paces = [each.best_ref for each in (*view.care, *view.cost)]
    _note(found, [ref for ref in (*paces, *(claim.best_ref for claim in view.claims)) if ref], PACE)
    return found


def _note(found: dict[str, list[str]], refs: Iterable[str], what: str) -> None:
    for ref in dict.fromkeys(refs):
        known = found.setdefault(ref, [])
        if what not in known:
            known.append(what)


def with_links(sentence: str) -> Markup:
    """A sentence in which the code of each row of the library leads to where that row can be read.

    >>> with_links("Found in 6 pilots (I005).")
    Markup('Found in 6 pilots (<a href="https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3601529/">I005</a>).')
    """
    return Markup(CODE.sub(_link, str(escape(sentence))))


def _link(found: re.Match[str]) -> str:
    to = address(entry(found[1]))
    return Markup('(<a href="{}">{}</a>)').format(to, found[1]) if to else found[0]


def says(row: EvidenceEntry) -> str:
    """What was counted, and what became of it."""
    return f"{row.measure}: {figure(row)}"


def who(row: EvidenceEntry) -> str:
    """Who published it and when."""
    if row.source is None:
        return "no source recorded: not to be relied on"
    return f"{row.source}, {row.source_year or 'undated'}"
