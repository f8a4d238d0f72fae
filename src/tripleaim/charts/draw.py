"""One drawing: marks and words collected in order, then written as an SVG that stands alone.

A drawing carries meaning by shape, pattern and word as well as by colour: solid helps, striped adds or is open,
dashed is not counted, cross-hatched is a result. Classes name the role of a mark (theme.css, also in forced
colours); presentation attributes carry the same colours, so a picture works with no style sheet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Literal, Protocol

from tripleaim.charts.colours import colour
from tripleaim.charts.table import Table
from tripleaim.charts.wording import safe

WIDE, NARROW = 736, 300  # whole drawings; 720 and 288 inside
BODY, SMALL = 14.0, 13.0  # sizes of text
LEAD = 17.0  # from one line of text to the next

Mark = Literal["total", "helps", "adds", "plug", "result", "quiet"]
Anchor = Literal["start", "middle", "end"]

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_FONT = (
    "'Segoe UI', -apple-system, BlinkMacSystemFont, Roboto, 'Noto Sans', "
    "'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
)
_EDGED: dict[Mark, tuple[str, str, str, str]] = {  # class, fill or pattern, edge, more
    "adds": ("c-edge-add", "hatch", "plum-700", ""),
    "result": ("c-edge-add", "cross", "plum-700", ""),
    "plug": ("c-paper c-edge-ink", "paper", "ink", ' stroke-dasharray="4 3"'),
    "quiet": ("c-paper c-edge-help", "teal-100", "teal-700", ""),
}


class Picture(Protocol):
    """Anything the charts floor can draw: it says what it found, how to read it, and knows its table."""

    @property
    def title(self) -> str: ...
    @property
    def reads(self) -> str: ...
    def table(self) -> Table: ...
    def svg(self, key: str) -> str: ...


def num(value: float) -> str:
    """A coordinate, to a tenth."""
    words = f"{value:.1f}"
    return words[:-2] if words.endswith(".0") else words


class Sheet:
    """A drawing being made. `inner` is the width to draw in; the margin around it is added when it is finished."""

    def __init__(self, key: str, size: Literal["wide", "narrow"], alone: bool = False) -> None:
        if not _KEY.fullmatch(key):
            raise ValueError(f"picture key: found {key!r}; expected a letter, then letters, digits, - or _")
        self.id = f"{key}.{size}"
        self.is_wide = size == "wide"
        self.width = WIDE if self.is_wide else NARROW
        self.margin = 8 if self.is_wide else 6
        self.inner = float(self.width - 2 * self.margin)
        self._class = "chart" if alone else f"chart chart-{size}"
        self._parts: list[str] = []
        self._patterns: dict[str, str] = {}

    def put(self, element: str) -> None:
        """Add one element written by the caller; its words must be escaped already."""
        self._parts.append(element)

    def text(
        self,
        x: float,
        y: float,
        words: object,
        anchor: Anchor = "start",
        bold: bool = False,
        soft: bool = False,
        size: float = BODY,
        on_dark: bool = False,
    ) -> None:
        """One line of words with its baseline at y."""
        role, fill = ("c-on-dark", "paper") if on_dark else ("c-soft", "ink-soft") if soft else ("c-text", "ink")
        more = (f' font-size="{num(size)}"' if size != BODY else "") + (
            f' text-anchor="{anchor}"' if anchor != "start" else ""
        )
        weight = ' font-weight="650"' if bold else ""
        self.put(
            f'<text class="{role}" x="{num(x)}" y="{num(y)}"{more}{weight} fill="{colour(fill)}">{safe(words)}</text>'
        )

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        anchor: Anchor = "start",
        bold: bool = False,
        soft: bool = False,
        size: float = BODY,
    ) -> float:
        """Several lines of words, the first baseline at y; returns the baseline after the last."""
        for line in lines:
            self.text(x, y, line, anchor, bold, soft, size)
            y += LEAD
        return y

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        role: Literal["line", "grid", "ink"] = "line",
        width: float = 1,
    ) -> None:
        """A straight line: an axis or rule (line), a faint guide (grid), or a mark (ink)."""
        kind, stroke = {"line": ("c-line", "rule-strong"), "grid": ("c-grid", "rule"), "ink": ("c-edge-ink", "ink")}[
            role
        ]
        places = f'x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}"'
        self.put(f'<line class="{kind}" {places} stroke="{colour(stroke)}" stroke-width="{num(width)}"/>')

    def bar(self, mark: Mark, x1: float, x2: float, y: float, height: float, least: float = 1.0) -> None:
        """A bar of one kind between two places; never thinner than `least`."""
        left, wide = min(x1, x2), max(abs(x2 - x1), least)
        if mark in ("total", "helps"):
            role, fill = ("c-total", "slate") if mark == "total" else ("c-help", "teal-700")
            self.put(f'<rect class="{role}" {_box(left, y, wide, height)} fill="{colour(fill)}"/>')
            return
        role, fill, edge, more = _EDGED[mark]
        box = _box(left + 0.75, y + 0.75, max(wide - 1.5, 0.5), height - 1.5)
        ink = f'fill="{self.fill(fill)}" stroke="{colour(edge)}" stroke-width="1.5"{more}'
        self.put(f'<rect class="{role}" {box} {ink}/>')

    def fill(self, name: str) -> str:
        """A fill by name: one of the patterns (hatch, cross), or a colour."""
        if name not in ("hatch", "cross"):
            return colour(name)
        self._patterns[name] = _pattern(f"{self.id}.{name}", name)
        return f"url(#{self.id}.{name})"

    def finish(self, height: float, title: str, reads: str) -> str:
        """The whole SVG, with its title and description inside."""
        pad, tall = 8, math.ceil(height) + 16
        names = f"{self.id}.t {self.id}.d"
        frame = f'viewBox="{-self.margin} {-pad} {self.width} {tall}" width="{self.width}" height="{tall}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{self._class}" {frame} role="img" '
            f'aria-labelledby="{names}" font-family="{_FONT}" font-size="{num(BODY)}" direction="ltr">'
            f'<title id="{self.id}.t">{safe(title)}</title><desc id="{self.id}.d">{safe(reads)}</desc>'
        )
        defs = f"<defs>{''.join(self._patterns.values())}</defs>" if self._patterns else ""
        box = _box(-self.margin, -pad, self.width, tall)
        paper = f'<rect class="c-paper" {box} fill="{colour("paper")}"/>'
        return head + defs + paper + "\n" + "\n".join(self._parts) + "\n</svg>\n"


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'


def _pattern(name: str, kind: str) -> str:
    side, ground = ("6", "plum-100") if kind == "hatch" else ("7", "paper")
    ink = colour("plum-700")
    stripe = (
        f'<line class="c-hatch-ink" x1="1.5" y1="0" x2="1.5" y2="6" stroke="{ink}" stroke-width="2.4"/>'
        if kind == "hatch"
        else f'<path class="c-hatch-ink" d="M0 1H7M1 0V7" stroke="{ink}" stroke-width="1.3"/>'
    )
    return (
        f'<pattern id="{name}" width="{side}" height="{side}" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect class="c-hatch-bg" width="{side}" height="{side}" fill="{colour(ground)}"/>{stripe}</pattern>'
    )
