"""The library that ships with the package, and ways to look things up in it."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.rows import entries_from


class UnknownEvidence(KeyError):
    """No entry has the reference asked for. `near` holds references and names that come close."""

    def __init__(self, ref: str, near: tuple[str, ...]) -> None:
        self.ref, self.near = ref, near
        super().__init__(ref)

    def __str__(self) -> str:
        """The refusal as a sentence; a plain KeyError would show only the key."""
        near = f"; did you mean {', or '.join(self.near)}?" if self.near else ""
        return f"there is no evidence {self.ref!r} in the library{near}"


@cache
def library() -> tuple[EvidenceEntry, ...]:
    """Every entry, I001 to I091 and then E001 to E077, read and checked once.

    raises : LibraryUnreadable
    source : library.csv, written by tools/build_evidence.py
    """
    return entries_from(files(__package__ or "tripleaim.evidence").joinpath("library.csv").read_text("utf-8"))


@cache
def _by_ref() -> dict[str, EvidenceEntry]:
    return {entry.ref: entry for entry in library()}


def entry(ref: str) -> EvidenceEntry:
    """The entry with this reference, in capitals or not.

    raises : UnknownEvidence, with the nearest references and names

    >>> entry("i002").kind.value
    'controlled'
    """
    found = _by_ref().get(ref.strip().upper())
    if found is None:
        raise UnknownEvidence(ref, _near(ref))
    return found


def _near(ref: str) -> tuple[str, ...]:
    """References, and names told with theirs, that look like what was asked for."""
    asked = ref.strip().casefold()[:80]
    refs = get_close_matches(asked.upper(), list(_by_ref()), n=3, cutoff=0.7)
    names = {each.name.casefold(): each for each in library()}
    named = [names[name] for name in get_close_matches(asked, list(names), n=3, cutoff=0.5)]
    return tuple(refs) or tuple(f"{each.ref} ({each.name})" for each in named)
