"""Find entries by words. One simple ranking, told in full in `find`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from itertools import islice, product

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import Kind
from tripleaim.evidence.library import library
from tripleaim.evidence.record import Record

WEIGHTS = {
    **{"name": 8, "category": 6, "measure": 4, "setting": 3, "population": 3},
    **{"ref": 2, "kind": 2, "grade_basis": 1, "direction_note": 1, "source": 1},
}
"""What a word is worth by where it stands. Nothing else is searched."""

LONGEST_WORD = 40  # letters looked at; longer words are cut, so that no query is slow

MOST_WORDS = 8  # a longer query that finds nothing gets no suggestions
MOST_SPELLINGS = 3  # other spellings shown, and kept of each word
MOST_TRIED = 50  # other spellings of a query looked up

KIND_ORDER = [Kind.CONTROLLED, Kind.UNCONTROLLED, Kind.MODELLED, Kind.CLAIM, Kind.EXPERT_FORECAST, Kind.CONTEXT]


class Found(Record):
    """What a search brought up: entries, best first; or, when there are none, words to try instead."""

    entries: tuple[EvidenceEntry, ...]
    suggestions: tuple[str, ...]


def find(words: str) -> Found:
    """Entries in which every word is found, best first.

    - Nothing asked for is the whole library, in its own order.
    - References alone ("I002", "i001 i002") are those entries, in the order asked.
    - Otherwise each word must match somewhere: capitals, accents, hyphens and plurals make no difference, and from
      three letters on the beginning of a word is enough.
    - A word is worth the weight of the best column it stands in (`WEIGHTS`), half if only the beginning matches.
      All the words in a row in name or category add 5. The highest sum comes first; then controlled results before
      uncontrolled, modelled, claims, forecasts and context; then by reference.
    - When nothing is found, suggestions are other spellings of the whole query that do find something (words run
      together or parted, near words for those not in the library), or else near words and shorter queries.

    >>> [each.ref for each in find("I002").entries]
    ['I002']
    >>> find("telehelth").suggestions
    ('telehealth',)
    >>> find("carehomes").suggestions
    ('care home',)
    """
    if not words.strip():
        return Found(entries=library(), suggestions=())
    asked = _referenced(words)
    if asked:
        return Found(entries=asked, suggestions=())
    wanted = tuple(dict.fromkeys(_tokens(words)))
    ranked = _ranked(wanted)
    return Found(entries=ranked, suggestions=() if ranked else _suggestions(wanted))


def _tokens(text: str) -> Iterator[str]:
    """The words of a text, plain and singular: "Care-homes" is care, home."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for word in re.findall(r"[^\W_]+", plain.replace("a&e", "ae")):
        yield _singular(word[:LONGEST_WORD])


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def _indexed() -> dict[str, dict[str, tuple[str, ...]]]:
    """For each reference, the words in each column that is searched."""
    return {
        each.ref: {column: tuple(_tokens(str(getattr(each, column) or ""))) for column in WEIGHTS} for each in library()
    }


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(sorted({w for columns in _indexed().values() for words in columns.values() for w in words}))


def _referenced(words: str) -> tuple[EvidenceEntry, ...]:
    """The entries asked for by reference, if nothing but references was asked for."""
    by_ref = {each.ref: each for each in library()}
    asked = list(dict.fromkeys(word.upper() for word in re.split(r"[\s,;]+", words.strip()) if word))
    return tuple(by_ref[ref] for ref in asked) if all(ref in by_ref for ref in asked) else ()


def _worth(word: str, columns: dict[str, tuple[str, ...]]) -> float:
    """What one word is worth in one entry; 0 if it stands nowhere."""
    best = 0.0
    for column, weight in WEIGHTS.items():
        if word in columns[column]:
            best = max(best, weight)
        elif len(word) >= 3 and any(each.startswith(word) for each in columns[column]):
            best = max(best, weight / 2)
    return best


def _score(wanted: tuple[str, ...], columns: dict[str, tuple[str, ...]]) -> float:
    """The sum for one entry, or 0 if any word is missing."""
    each = [_worth(word, columns) for word in wanted]
    if not all(each):
        return 0.0
    phrase = f" {' '.join(wanted)} "
    together = any(phrase in f" {' '.join(columns[column])} " for column in ("name", "category"))
    return sum(each) + (5 if together and len(wanted) > 1 else 0)


def _ranked(wanted: tuple[str, ...]) -> tuple[EvidenceEntry, ...]:
    if not wanted:
        return ()
    scored = [(_score(wanted, _indexed()[each.ref]), each) for each in library()]
    hits = [(score, each) for score, each in scored if score]
    hits.sort(key=lambda hit: (-hit[0], KIND_ORDER.index(hit[1].kind), hit[1].ref[0] == "E", hit[1].ref))
    return tuple(each for _, each in hits)


def _best(words: tuple[str, ...]) -> float:
    """What the best entry for these words is worth; 0 if none holds them all."""
    return max(_score(words, columns) for columns in _indexed().values())


def _suggestions(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """What to try instead of words that find nothing; each suggestion finds something."""
    if len(wanted) > MOST_WORDS:
        return ()
    respelt = {words: _best(words) for words in _respelt(wanted) if _best(words)}
    if respelt:
        likeliest = sorted(respelt, key=lambda words: -respelt[words])
        return tuple(" ".join(words) for words in likeliest[:MOST_SPELLINGS])
    unknown = [word for word in wanted if not _ranked((word,))]
    if unknown:
        near = [match for word in unknown for match in _near(word)][:MOST_SPELLINGS]
        rest = tuple(word for word in wanted if word not in unknown)
        return tuple(dict.fromkeys(near + ([" ".join(rest)] if _ranked(rest) else [])))
    shorter = [wanted[:i] + wanted[i + 1 :] for i in range(len(wanted))]
    return tuple(" ".join(words) for words in shorter if words and _ranked(words))


def _respelt(wanted: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Other spellings of a whole query: two words as one, then each word not in the library parted or as a near one."""
    for i in range(len(wanted) - 1):
        joined = wanted[i] + wanted[i + 1]
        if joined in _vocabulary():
            yield (*wanted[:i], joined, *wanted[i + 2 :])
    spellings = [
        [(word,)] if _ranked((word,)) else [*_parted(word), *((near,) for near in _near(word))] for word in wanted
    ]
    for chosen in islice(product(*spellings), MOST_TRIED):
        yield tuple(dict.fromkeys(word for words in chosen for word in words))


def _parted(word: str) -> list[tuple[str, ...]]:
    """A word as the words it may be run together from, if an entry holds them all: "carehome" is care, home."""
    found = [parts for parts in _partings(word, most=3) if len(parts) > 1 and _best(parts)]
    return sorted(found, key=len)[:MOST_SPELLINGS]


def _partings(word: str, most: int) -> Iterator[tuple[str, ...]]:
    """Ways to part a word into at most so many words of the library, of two letters or more."""
    if word in _vocabulary():
        yield (word,)
    for cut in range(2, len(word) - 1) if most > 1 else ():
        if word[:cut] in _vocabulary():
            yield from ((word[:cut], *rest) for rest in _partings(word[cut:], most - 1))


def _near(word: str) -> list[str]:
    return get_close_matches(word, _vocabulary(), n=3, cutoff=0.75)
