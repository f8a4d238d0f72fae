"""What a choice must keep to: limits on what it uses, what needs or excludes what, the least it must reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.portfolio.solver.aim import Aim, Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """A sum over what is chosen that must lie within limits: money, posts, hours, or a share turned into a sum.

    "At least 30 % of the investment goes to prevention" is the sum of (prevention − 0.3 × investment), at least 0.
    """

    name: str
    uses: Sequence[float] | Floats
    """(option,): what each option adds to the sum, in one unit."""
    at_most: float | None = None
    """Upper limit, itself allowed."""
    at_least: float | None = None
    """Lower limit, itself allowed."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """An option may be taken only with at least one of some others. Several may share a name, and are then one rule."""

    name: str
    option: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Nothing of one group together with anything of another. Several may share a name, and are then one rule."""

    name: str
    either: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Floor:
    """The least that an aim must reach, overlaps counted."""

    name: str
    aim: Aim
    at_least: float
    """Itself allowed."""
