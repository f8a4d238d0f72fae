"""Words and links of a report on other pages: where its links lead there, and its words without them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

REPORT = "index.html"
_WITHIN = re.compile(r'href="#')
_RELATIVE = re.compile(r'href="(index\.html|data/)')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, kw_only=True)
class Told:
    """Words as the report has them, with its figures marked and its links, and bare."""

    html: str
    """As HTML; its links lead to `index.html#…`."""
    words: str
    """The same as plain text."""


def told(html: str) -> Told:
    """Words of a report, taken out of it."""
    return Told(html=_WITHIN.sub(f'href="{REPORT}#', str(html)), words=bare(html))


def bare(html: str) -> str:
    """Plain text of a piece of a report.

    >>> bare('Short by <strong><a href="#walk">£5.0m</a></strong> &amp; more')
    'Short by £5.0m & more'
    """
    return " ".join(unescape(_TAG.sub("", str(html))).split())


def in_address(html: str, address: str) -> str:
    """The same HTML with its links to the report and its files leading below an address that ends with a slash.

    >>> in_address('<a href="index.html#walk">£5.0m</a>', "/run/7/")
    '<a href="/run/7/index.html#walk">£5.0m</a>'
    """
    return _RELATIVE.sub(lambda found: f'href="{address}{found[1]}', html)
