"""Words and numbers as a picture writes them: signs, rounding, widths, wrapping and keeping labels apart."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

MINUS = "\u2212"
SAFETY = 1.08  # the reader's own system font may be wider than the one these widths come from
BOLD = 1.07
DUST = 1e-6  # smaller than this is what is left over when floating numbers are added up, not a figure

_ILLEGAL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_NARROW = {222: "ijl‘’", 278: " !,./:;I[\\]ft", 333: "()-`r“”", 500: "Jckvsxyz", 191: "'", 260: "|"}
_BROAD = {
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
    1000: "—…",
}
_SIGNS = {355: '"', 389: "*", 469: "^", 584: "+<=>~−±"}
_WIDTHS = {
    letter: width for group in (_NARROW, _BROAD, _SIGNS) for width, letters in group.items() for letter in letters
}


def clean(words: object) -> str:
    """One line of text fit for XML: control characters and overrides of reading direction out, spaces single."""
    return " ".join(_ILLEGAL.sub(" ", str(words)).split())


def safe(words: object) -> str:
    """Text for an element or an attribute, escaped.

    >>> safe('a < b & "c"')
    'a &lt; b &amp; &quot;c&quot;'
    """
    return escape(clean(words), quote=True)


def _letter_width(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter] / 1000
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if ord(letter) >= 0x1F000:
        return 1.3
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain != letter:
        return _letter_width(plain)
    return 0.556 if ord(letter) < 0x250 else 0.72


def text_width(words: str, size: float = 14, bold: bool = False) -> float:
    """Width a line of text needs at most, in drawing units, whatever system font draws it.

    source  : advance widths of Helvetica, Arial and Liberation Sans, plus a margin for wider system fonts
    """
    return sum(map(_letter_width, words)) * size * SAFETY * (BOLD if bold else 1)


def _pieces(word: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """A word too long for one line, in pieces; marks and joiners stay with the letter before them."""
    piece = ""
    for letter in word:
        sticks = _letter_width(letter) == 0 or piece.endswith("\u200d")
        if piece and not sticks and text_width(piece + letter, size, bold) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def wrap(words: object, width: float, size: float = 14, bold: bool = False) -> tuple[str, ...]:
    """Words in as many lines as the width asks for; nothing is ever cut off.

    >>> wrap("Posts and capital not yet found", 120)
    ('Posts and capital', 'not yet found')
    """
    lines: list[str] = []
    for word in clean(words).split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, width, size, bold)
    return tuple(lines) or ("",)


def widest(lines: Sequence[str], size: float = 14, bold: bool = False) -> float:
    """Width of the widest line; 0 for none."""
    return max((text_width(line, size, bold) for line in lines), default=0.0)


def say(value: float, places: int = 1, signed: bool = False) -> str:
    """A number as the house writes it: commas, a true minus, and never a zero for what is not zero.

    >>> say(-1234.56), say(0.04, signed=True), say(-0.0, signed=True)
    ('−1,234.6', '+0.04', '0.0')
    """
    if abs(value) < DUST:
        value = 0.0
    while value and not float(f"{value:.{places}f}"):
        places += 1
    words = f"{abs(value):,.{places}f}"
    return (MINUS if value < 0 else "+" if signed and value else "") + words


def tell_apart(values: Sequence[float], places: int = 1, signed: bool = False) -> tuple[str, ...]:
    """Numbers written with as many decimals as it takes for different values to read differently.

    Values closer than a millionth of their size count as the same.

    >>> tell_apart([53.41, 53.44])
    ('53.41', '53.44')
    """
    for more in range(places, places + 5):
        said = tuple(say(value, more, signed) for value in values)
        pairs = [(a, b) for i, a in enumerate(values) for b in values[:i] if say(a, more) == say(b, more)]
        if all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9) for a, b in pairs):
            return said
    return said


def push_apart(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Middles as near as possible to those wanted, in the same order, with no two overlapping.

    wanted : middle each label would like, any order
    sizes  : room each label needs, gaps included
    returns: middles in the order given; kept between low and high when the labels fit there at all

    >>> push_apart([10, 12], [8, 8], 0, 100)
    (7.0, 15.0)
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    blocks: list[tuple[float, float, list[int]]] = []  # (start, size, members)
    for place in order:
        block = (wanted[place] - sizes[place] / 2, sizes[place], [place])
        while blocks and blocks[-1][0] + blocks[-1][1] > block[0]:
            above = blocks.pop()
            weight = len(above[2]) + len(block[2])
            start = (above[0] * len(above[2]) + (block[0] - above[1]) * len(block[2])) / weight
            block = (start, above[1] + block[1], above[2] + block[2])
        start = max(low, min(block[0], high - block[1]))
        blocks.append((start, block[1], block[2]))
    return _settled(blocks, sizes, low)


def _settled(blocks: Sequence[tuple[float, float, list[int]]], sizes: Sequence[float], low: float) -> tuple[float, ...]:
    """Middles of the members of blocks, after blocks held at the far end have pushed back those before them."""
    starts = [block[0] for block in blocks]
    for place in range(len(blocks) - 2, -1, -1):
        starts[place] = min(starts[place], starts[place + 1] - blocks[place][1])
    middles = [0.0] * len(sizes)
    end = low
    for start, (_, _, members) in zip(starts, blocks, strict=True):
        end = max(start, end)
        for member in members:
            middles[member] = end + sizes[member] / 2
            end += sizes[member]
    return tuple(middles)
