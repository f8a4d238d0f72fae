"""What is left of a name when case, punctuation and the words for a kind of body are set aside."""

from __future__ import annotations

import re

BODY = re.compile(
    r"\b(nhs|ccg|icb|ics|stp|hwb|clinical commissioning group|integrated care (board|system|partnership)"
    r"|sustainability and transformation (plan|partnership)|health and wellbeing board|council"
    r"|foundation trust|trust|the)\b"
)
"""Words that say what kind of body it is, not which."""

AREA = re.compile(
    r"^(london borough|royal borough|metropolitan borough|borough|city|county) of |^county "
    r"| (county|city|borough|district|metropolitan borough|metropolitan district|unitary authority|corporation)$"
    r"|(city|county) of$"
)
"""Words that say what kind of council area it is."""


COMPASS = {"ne": "north east", "nw": "north west", "se": "south east", "sw": "south west"}
"""Points of the compass as people write them for short."""


def plain(name: str) -> str:
    """A name without case, punctuation and the words for a kind of body, its points of the compass in full.

    >>> plain("NHS Bath & North East Somerset CCG"), plain("Queen Elizabeth Hospital King’s Lynn NHS Trust")
    ('bath and north east somerset', 'queen elizabeth hospital kings lynn')
    >>> plain("NW London")
    'north west london'
    """
    text = re.sub(r"['’‘`]", "", name.casefold().replace("&", " and "))
    words = " ".join(COMPASS.get(word, word) for word in re.sub(r"[^\w]+|_", " ", text).split())
    return " ".join(BODY.sub(" ", words).split()) or words


def plainer(name: str) -> str:
    """A plain name without the words for a kind of council area.

    >>> plainer("London Borough of Hackney"), plainer("Bristol, City of"), plainer("Durham County Council")
    ('hackney', 'bristol', 'durham')
    """
    before, text = "", plain(name)
    while text != before:
        before, text = text, AREA.sub("", text).strip() or text
    return text


def initials(name: str) -> str:
    """The first letters of the words of a plain name, in capitals, without "and", "of" and "for".

    >>> initials("University College London Hospitals NHS Foundation Trust")
    'UCLH'
    """
    return "".join(word[0] for word in plain(name).split() if word not in ("and", "of", "for")).upper()
