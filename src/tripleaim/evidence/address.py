"""Where on the web a row of the library can be read."""

from __future__ import annotations

import re

from tripleaim.evidence.entry import EvidenceEntry

PLACES = (
    (re.compile(r"(https?://\S+)"), "{}"),
    (re.compile(r"doi:(10\.\S+)"), "https://doi.org/{}"),
    (re.compile(r"(PMC[0-9]+)"), "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/"),
    (re.compile(r"pubmed ([0-9]+)"), "https://pubmed.ncbi.nlm.nih.gov/{}/"),
)
"""What a reference looks like that leads to one page, and the page's address."""


def address(row: EvidenceEntry) -> str:
    """The web address of a row's source; empty where the library has none, or words beside it.

    >>> from tripleaim.evidence.library import entry
    >>> address(entry("I011"))
    'https://doi.org/10.1186/s12913-021-06692-x'
    >>> address(entry("I079")), address(entry("I047"))
    ('https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5396367/', '')
    """
    for looks, page in PLACES:
        found = looks.fullmatch(row.url_or_reference or "")
        if found:
            return page.format(found[1])
    return ""
