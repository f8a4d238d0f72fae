"""The colours of every picture, read once from tokens.css so that each is stated in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

_COLOUR = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});[ \t]*(?:/\*(.*?)\*/)?", re.IGNORECASE)
_ON_NAMED = re.compile(r"([\d.]+) on --([a-z0-9-]+)")
_ON_WHITE = re.compile(r"^\s*([\d.]+)(?:\s*/\s*([\d.]+))?(?!\s+on\b)")


class Claim(NamedTuple):
    """One contrast ratio that a comment in tokens.css claims for two colours."""

    colour: str
    ground: str
    ratio: float


def _css(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def palette() -> Mapping[str, str]:
    """Every colour token by name, as six-digit hex.

    >>> palette()["paper"]
    '#ffffff'
    """
    return MappingProxyType({name: value.lower() for name, value, _ in _COLOUR.findall(_css("tokens.css"))})


def colour(name: str) -> str:
    """The hex of one token; a name that tokens.css does not state is refused.

    >>> colour("teal-700")
    '#0d5c63'
    """
    try:
        return palette()[name]
    except KeyError:
        raise ValueError(f"colour: found {name!r}; expected one of {', '.join(palette())}") from None


def _luminance(value: str) -> float:
    shares = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two hex colours, 1 to 21; text needs 4.5 and marks need 3.

    source  : Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance"

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def claims() -> tuple[Claim, ...]:
    """Every contrast ratio that tokens.css claims in its comments: on paper, on wash, and on named grounds."""
    found: list[Claim] = []
    for name, _, comment in _COLOUR.findall(_css("tokens.css")):
        first = _ON_WHITE.match(comment)
        if first:
            found += [
                Claim(name, ground, float(ratio))
                for ground, ratio in zip(("paper", "wash"), first.groups(), strict=True)
                if ratio
            ]
        found += [Claim(name, ground, float(ratio)) for ratio, ground in _ON_NAMED.findall(comment)]
    return tuple(found)


def stylesheet() -> str:
    """The whole style of a page as one file: tokens.css, then theme.css without its import line."""
    return _css("tokens.css") + "\n" + _css("theme.css").replace('@import url("tokens.css");\n', "")
