"""The words we use, as GLOSSARY.md says them, and the links that lead from an acronym on a page to its meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.text import slugify
from markupsafe import Markup, escape

_PACKAGE = Path(__file__).resolve().parents[2]
_HOMES = (_PACKAGE / "GLOSSARY.md", _PACKAGE.parents[1] / "GLOSSARY.md")
_LINE = re.compile(r"^\*\*(.+?)\*\* — (.+)$", re.MULTILINE)
_LETTERS = re.compile(r"[A-Z][A-Z&]*[A-Z]")


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word with its meaning."""

    word: str
    meaning: str

    @property
    def anchor(self) -> str:
        """Where the word stands on the page of all of them."""
        return slugify(self.word.replace("&", " and ").replace("%", " per cent"))

    @property
    def is_acronym(self) -> bool:
        """It is letters that stand for words, such as CCG."""
        return _LETTERS.fullmatch(self.word) is not None


@cache
def glossary() -> tuple[Word, ...]:
    """Every word, in the order of the alphabet: from the installed package, or from beside the source."""
    file = next(file for file in _HOMES if file.is_file())
    found = [Word(word=word, meaning=meaning) for word, meaning in _LINE.findall(file.read_text(encoding="utf-8"))]
    return tuple(sorted(found, key=lambda each: each.word.casefold()))


@cache
def _acronyms() -> tuple[re.Pattern[str], dict[str, Word]]:
    known = {each.word: each for each in glossary() if each.is_acronym}
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?=\b|s\b)"), known


def explained(text: str | Markup) -> Markup:
    """A text with the first of each acronym leading to its meaning. A text that is no markup yet is made safe.

    Inside tags, and inside other links, nothing is changed.
    """
    pattern, known = _acronyms()
    seen: set[str] = set()
    inside_link = 0
    made = []
    for part in re.split(r"(<[^>]*>)", str(escape(text))):
        if part.startswith("<"):
            inside_link += part.startswith("<a ") - part.startswith("</a")
            made.append(part)
        else:
            made.append(part if inside_link else pattern.sub(lambda found: _linked(known[found[0]], seen), part))
    return Markup("".join(made))


def _linked(word: Word, seen: set[str]) -> str:
    if word.word in seen:
        return str(escape(word.word))
    seen.add(word.word)
    return f'<a class="term" href="{reverse("glossary")}#{word.anchor}">{escape(word.word)}</a>'
