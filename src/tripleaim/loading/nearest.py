"""The nearest known name to one that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

MANY = 2000
"""Among more names than this no near one is sought: it would take longer than reading the plan."""


def nearest(name: str, known: Iterable[str], *, at_least: float = 0.6) -> str | None:
    """The known name most like this one, if any is like it.

    >>> nearest("grwoth", ["growth", "name"])
    'growth'
    >>> nearest("zebra", ["growth", "name"]) is None
    True
    """
    names = list(dict.fromkeys(known))
    if len(names) > MANY or len(name) > 200:
        return None
    plain = {other.lower().replace("-", "_"): other for other in reversed(names)}
    likest = _likest(name.strip().lower().replace(" ", "_").replace("-", "_"), plain, at_least)
    return None if likest is None else plain[likest]


def _likest(word: str, others: Iterable[str], at_least: float) -> str | None:
    """What `difflib.get_close_matches` puts first, found without measuring in full what cannot be nearer."""
    matcher = SequenceMatcher(b=word)
    ratio, likest = at_least, ""
    for other in others:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= ratio and matcher.quick_ratio() >= ratio:
            ratio, likest = max((ratio, likest), (matcher.ratio(), other))
    return likest or None


def odd_letter(text: str) -> str:
    """The first character of a text beyond plain English ones, by its number and name; empty where there is none.

    >>> odd_letter("nаme"), odd_letter("name")
    ('character 2 is U+0430 CYRILLIC SMALL LETTER A', '')
    """
    for place, letter in enumerate(text, 1):
        if not letter.isascii():
            name = unicodedata.name(letter, "without a name")
            return f"character {place} is U+{ord(letter):04X} {name}"
    return ""


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a sentence; a long list is cut short and says so.

    >>> listed(["a", "b", "c"], most=2)
    'a, b … (3 in all)'
    """
    all_names = list(names)
    if len(all_names) <= most:
        return ", ".join(all_names)
    return f"{', '.join(all_names[:most])} … ({len(all_names)} in all)"
