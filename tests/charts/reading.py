"""Reading a drawing back: its text as boxes, so that a test can say what touches what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from tripleaim.charts.wording import text_width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """The room one line of text takes."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.5
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5
        )


def drawings(svg: str) -> list[ElementTree.Element]:
    """Every drawing of a picture; fails when one is not well formed."""
    return list(ElementTree.fromstring(f"<all>{svg}</all>").iter(f"{SVG}svg"))


def frame(drawing: ElementTree.Element) -> Box:
    left, top, width, height = map(float, drawing.attrib["viewBox"].split())
    return Box("", left, top, left + width, top + height)


def boxes(drawing: ElementTree.Element) -> list[Box]:
    found = []
    for text in drawing.iter(f"{SVG}text"):
        words, size = text.text or "", float(text.get("font-size", "14"))
        width = text_width(words, size, text.get("font-weight") == "650")
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        x -= {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
        if words:
            found.append(Box(words, x, y - size * 0.76, x + width, y + size * 0.22))
    return found


def marks(drawing: ElementTree.Element) -> list[Box]:
    """Every bar, in the order drawn; patterns and paper left out."""
    inside = {id(rect) for pattern in drawing.iter(f"{SVG}pattern") for rect in pattern}
    found = []
    for rect in drawing.iter(f"{SVG}rect"):
        if id(rect) not in inside:
            x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            found.append(Box(rect.get("class", ""), x, y, x + width, y + height))
    return found[1:]


def ids(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]*)"', page)
