"""The pages of a run, a stress test, a choice or a sharing as parts of another page, and the style they need there.

A page of ours stands alone: head, style, bar and foot are its own. Inside another page only what stands in its `<main>`
is wanted, with nothing inline. It is taken from the page as written, between marks that no text of a plan can hold
because every text is escaped, so a part and the page that stands alone never differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files as inside

OPENS, CLOSES = '<main id="main">', "</main>"
"""Between these stands what a page tells."""
KINDS = {
    "index.html": "is-report",
    "stress.html": "is-report is-asked",
    "choose.html": "is-report is-asked",
    "share.html": "is-report is-asked",
    "against.html": "is-report is-asked",
    "on_a_page.html": "is-sheet",
}
"""File → classes of the element its part stands in, by which `embedded_styles` finds it."""
_CSV = re.compile(r'<a href="(data/[A-Za-z0-9_.\-]+)\.csv">([^<]+)\.csv</a>')
_HEAD = re.compile(r'<section(?! class="gap")[^>]* aria-labelledby="([^"]+)"><h([23]) id="\1">(.*?)</h\2>', re.DOTALL)
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_LINK = re.compile(r'href="([^"#:]+)(?:#[^"]*)?"')
_TAG = re.compile(r"<[^>]+>")
_TWICE = "full-"
"""How ids of sections begin that only paper shows, a second time."""


@dataclass(frozen=True, kw_only=True)
class Embedded:
    """What stands inside `<main>` of a page of ours, for another page's `<main>`."""

    title: str
    """Words of its `<h1>`, which `html` has as well."""
    html: str
    """One element with everything in it. No style, no script, no event and no picture from elsewhere is inline; links
    to files are relative to the page.
    """
    contents: tuple[tuple[str, str], ...]
    """Id and question of every section, in order, for a table of contents."""
    links: tuple[str, ...]
    """Files that `html` leads to, relative to the page, each once: data/x.csv, data/x.xlsx, result.json, index.html."""


def embedded(files: Mapping[str, str], page: str) -> Embedded:
    """A page of a report, a stress test, a choice or a sharing as a part of another page.

    files  : as `report_files`, `stress_files`, `choose_files` or `share_files` gave them, or as they were read again
    page   : name of the page among them, one of `KINDS`
    raises : ValueError where the page is not among the files, or is not a page of ours
    """
    if page not in KINDS or page not in files:
        raise ValueError(f"{page}: found no such page; expected one of {', '.join(name for name in KINDS)}")
    told = _inside(files[page], page)
    told = _CSV.sub(r'\g<0> <a href="\1.xlsx">\2.xlsx</a>', told)
    title = _TITLE.search(told)
    return Embedded(
        title=_words(title[1]) if title else "",
        html=f'<div class="result {KINDS[page]}">\n{told.strip()}\n</div>\n',
        contents=tuple(_contents(told)),
        links=tuple(dict.fromkeys(_LINK.findall(told))),
    )


def _inside(text: str, page: str) -> str:
    if text.count(OPENS) != 1 or text.count(CLOSES) != 1:
        raise ValueError(f"{page}: found {text.count(OPENS)} main parts; expected one, as a page of ours has")
    return text.partition(OPENS)[2].partition(CLOSES)[0]


def _contents(told: str) -> Iterator[tuple[str, str]]:
    for match in _HEAD.finditer(told):
        key = match[1].removesuffix("-h")
        if not key.startswith(_TWICE) and key != "contents":
            yield key, _words(match[3])


def _words(html: str) -> str:
    """The words of a heading, without its tags."""
    return " ".join(unescape(_TAG.sub("", html)).split())


# ---- Style -----------------------------------------------------------------------------------------------------------

_SHEETS = (
    ("report.css", ".is-report"),
    ("stress.css", ".is-asked"),
    ("choose.css", ".is-asked"),
    ("on_a_page.css", ".is-sheet"),
)
"""Style sheets of the pages that stand alone, and the class of the parts that each is for."""
_RULE = re.compile(r"([^{}]+)\{")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PAGES = {".is-report": "report", ".is-sheet": "sheet"}
"""Class of a part → name of the printed sides it stands on."""


@cache
def embedded_styles() -> str:
    """One style sheet for every part, beside tokens and theme: it touches nothing outside an element of that class."""
    return "\n".join(_only_in(_read(name), scope) for name, scope in _SHEETS)


def _read(name: str) -> str:
    return inside("tripleaim.reports").joinpath(f"templates/{name}").read_text(encoding="utf-8")


def _only_in(css: str, scope: str) -> str:
    """A style sheet whose every rule holds inside elements of one class alone, and weighs what it did."""
    plain = _COMMENT.sub("", css)
    named = _RULE.sub(lambda rule: f"{_head(rule[1], scope)}{{", plain)
    side = _PAGES.get(scope)
    also = f"@media print {{ {scope} {{ page: {side}; }} }}\n" if side else ""
    wide = f"body:where(:has({scope})) {{ --page: 84rem; }}\n" if side == "sheet" else ""
    return f"{named.strip()}\n{wide}{also}"


def _head(head: str, scope: str) -> str:
    """The selectors of a rule, each inside the scope; printed sides get the name of the scope's own."""
    space, words = head[: len(head) - len(head.lstrip())], head.strip()
    before, _, last = words.rpartition(";")  # a declaration before a nested rule, as an @page has
    start = f"{before}; " if before else ""
    last = last.strip()
    if last == "@page":
        return f"{space}{start}@page {_PAGES[scope]} "
    if last.startswith("@"):
        return f"{space}{start}{last} "
    return space + start + ", ".join(_selector(each, scope) for each in _apart(last)) + " "


def _selector(selector: str, scope: str) -> str:
    """One selector inside the scope, of the same weight; of the whole page, only where it has such a part."""
    first = re.match(r"[.#:\w-]*", selector)
    if selector in ("html", "body"):
        return f"{selector}:where(:has({scope}))"
    if first and scope in first[0]:
        return selector
    return f":where({scope}) {selector}"


def _apart(selectors: str) -> list[str]:
    """Selectors of a list one by one; a comma inside brackets parts nothing."""
    found, depth = [""], 0
    for letter in selectors:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return [each.strip() for each in found]
