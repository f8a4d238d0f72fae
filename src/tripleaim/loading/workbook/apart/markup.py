"""Goes through the XML of a part once, without keeping it; a document that declares entities is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from .limits import Refusal

Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Text = Callable[[str], object]


def walk(blocks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Call `start` with the name and attributes of every element, `end` with its name, `text` with what stands in it.

    Names keep their prefix; `plain` takes it off.
    raises : Refusal for a part that is not well formed, declares a document type, or has a tag without end
    """
    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    feed(parser, blocks)


def new_parser() -> expat.XMLParserType:
    """A parser that refuses a document type, and gives a text in one piece."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _declared
    parser.buffer_text = True
    return parser


def feed(parser: expat.XMLParserType, blocks: Iterable[bytes]) -> None:
    """Give a parser a whole part, block by block."""
    try:
        for block in blocks:
            if b">" not in block and len(block) > 100_000:
                raise expat.ExpatError("a tag or text without end")
            parser.Parse(block)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refusal(
            f"a part that is not well formed ({error})",
            "a workbook as Excel or LibreOffice saves it",
            "open it in Excel or LibreOffice, mend what it offers to mend, and save it again",
        ) from None


def _declared(*_: object) -> None:
    raise Refusal(
        "a part that declares words of its own (a DTD), which can grow without end",
        "a workbook as Excel or LibreOffice saves it",
        "do not open it; ask the sender for another copy",
    )


def plain(name: str) -> str:
    """A name without its prefix.

    >>> plain("x:row"), plain("row")
    ('row', 'row')
    """
    return name.rpartition(":")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute whatever its prefix; empty where it is not given."""
    return next((value for key, value in attributes.items() if plain(key) == name), "")
