"""The nearest known name to one that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

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
    found = get_close_matches(name.strip().lower().replace(" ", "_").replace("-", "_"), plain, n=1, cutoff=at_least)
    return plain[found[0]] if found else None


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
