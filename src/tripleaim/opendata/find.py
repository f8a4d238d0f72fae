"""Which footprint a name or code belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from tripleaim.opendata.bodies import Belonging, bodies
from tripleaim.opendata.names import initials, plain, plainer

LONGEST = 200
"""No name is longer: of a longer text only the beginning is looked at."""

MOST_NEAR = 6
"""So many near names are offered at most."""

SHORTEST = 4
"""Fewer letters than this are no part of a name, and no initials of a trust."""

SHORTEST_OF_PLACE = 3
"""Fewer letters than this are no initials of a footprint or an integrated care board."""

ALIKE = 0.7
"""How much a near name must be spelt like what was asked, from nought to one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a name or code belongs to. Where `footprints` is empty, `near` holds names that come close.

    `in_part` says that no name or code is what was asked, and that these are the names that hold it.

    Several footprints are all listed with their shares: the reader chooses, the program does not.
    """

    asked: str
    footprints: tuple[Belonging, ...]
    near: tuple[str, ...]
    in_part: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the footprints found, each once, in the order of `footprints`."""
        return tuple(dict.fromkeys(each.footprint for each in self.footprints))

    @property
    def named(self) -> str | None:
        """The code of the footprint that itself bears the whole name or code asked for, if one does."""
        if self.in_part:
            return None
        return next((each.footprint for each in self.footprints if each.kind == "footprint"), None)


def find(text: str) -> Found:
    """The footprints that a code, or the name of a footprint or of a body in one, belongs to.

    text : a code, the number of a footprint, or the name of a footprint, region, commissioning group (2016, 2017),
           council, district, trust or integrated care board; case, punctuation and words such as "NHS", "CCG",
           "Council" do not matter. A text that is no whole name counts as the initials of a footprint, care board or
           trust, or as words that a few names hold

    >>> find("Kings Lynn & West Norfolk Council").codes
    ('E54000022',)
    >>> [(each.footprint_name, each.share) for each in find("Birmingham").footprints]
    [('Birmingham and Solihull', 0.8454), ('The Black Country', 0.1546)]
    """
    asked = text.strip()[:LONGEST]
    found = (
        by_code().get(asked.upper())
        or by_name().get(plain(asked))
        or by_name().get(plainer(asked))
        or by_initials().get(asked.upper())
    )
    if found:
        return Found(text, found, ())
    held = holding(plain(asked))
    return Found(text, held, (), in_part=True) if held else Found(text, (), near(asked))


def holding(words: str) -> tuple[Belonging, ...]:
    """Bodies whose names hold the words; none where these are of more footprints than could be offered.

    Ambulance trusts are left out: they bear the name of far more than the footprint they are counted in.
    """
    if len(words) < SHORTEST:
        return ()
    names = [name for name in by_name() if f" {words} " in f" {name} "]
    found = [body for name in names for body in by_name()[name] if body.kind != "ambulance"]
    few = len({body.footprint for body in found}) <= MOST_NEAR
    return index((words, body) for body in found).get(words, ()) if few else ()


def near(text: str) -> tuple[str, ...]:
    """Names with a word that begins like what was asked, then names spelt like it, each as published."""
    asked, names = plain(text), by_name()
    if len(asked) < 3:
        return ()
    containing = sorted((name for name in names if f" {asked}" in f" {name}"), key=lambda name: (len(name), name))
    alike = get_close_matches(asked, names, n=MOST_NEAR, cutoff=ALIKE)
    chosen = dict.fromkeys([*containing, *alike])
    return tuple(dict.fromkeys(names[name][0].name for name in chosen))[:MOST_NEAR]


Index = dict[str, tuple[Belonging, ...]]


@cache
def by_code() -> Index:
    """Every body by each of its codes."""
    return index((code, body.belongs) for body in bodies() for code in body.codes)


@cache
def by_name() -> Index:
    """Every body by each of its plain names; councils and districts also without words such as "City of"."""
    pairs = [(plain(name), body.belongs) for body in bodies() for name in body.names]
    areas = [
        (plainer(name), body.belongs)
        for body in bodies()
        for name in body.names
        if body.belongs.kind in ("council", "district")
    ]
    return index([*pairs, *areas])


@cache
def by_initials() -> Index:
    """Footprints, boards and trusts by the initials they are called by, such as BNSSG or UCLH."""
    fewest = {"footprint": SHORTEST_OF_PLACE, "board": SHORTEST_OF_PLACE, "trust": SHORTEST}
    called = [(initials(name), body.belongs) for body in bodies() for name in body.names if body.belongs.kind in fewest]
    return index((letters, body) for letters, body in called if len(letters) >= fewest[body.kind])


def index(pairs: Iterable[tuple[str, Belonging]]) -> Index:
    """Bodies by key, each once: footprints first, then the greatest share."""
    found: dict[str, dict[Belonging, None]] = defaultdict(dict)
    for key, body in pairs:
        found[key][body] = None
    return {
        key: tuple(sorted(group, key=lambda body: (body.kind != "footprint", -(body.share or 0.0))))
        for key, group in found.items()
    }
