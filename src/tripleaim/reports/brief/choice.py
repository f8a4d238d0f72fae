"""A choice of schemes in short, for the pages of a place and its schemes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tripleaim.portfolio.record import Candidate, Choice
from tripleaim.projection.result import as_plain
from tripleaim.reports.choose_page import answers
from tripleaim.reports.choose_parts.sentences import verdict
from tripleaim.reports.choose_parts.told import ChooseTold
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.json_out import without_infinities
from tripleaim.reports.words import listed


@dataclass(frozen=True, kw_only=True)
class SetTold:
    """One set of schemes. Money is what it closes of the gap in the plan's last year, GBP a year."""

    key: str
    """Its key."""
    name: str
    """What it is, in words."""
    schemes: tuple[str, ...]
    """Keys of the schemes in it."""
    is_chosen: bool
    """Whether it does best in the aim asked for, of those that keep every limit."""
    money: float
    """Mean over the draws."""
    low: float
    """One draw in ten closes less."""
    high: float
    """One draw in ten closes more."""
    broken: tuple[str, ...]
    """Names of the limits it does not keep."""


@dataclass(frozen=True, kw_only=True)
class SchemeChosen:
    """How one scheme stands in a choice."""

    key: str
    """Its key."""
    chosen: bool
    """Whether the chosen set holds it."""
    start: str
    """First month of work there; empty where it is left out."""
    words: str
    """The same in a sentence, with why where it is left out."""


@dataclass(frozen=True, kw_only=True)
class ChoiceBrief:
    """A choice in short."""

    fingerprint: str
    """SHA-256 of the plan."""
    draws: int
    """How many draws."""
    seed: int
    """What they are made from."""
    aim: str
    """Key of the aim asked for."""
    headline: str
    """The first sentence of its page."""
    answers: tuple[str, ...]
    """What follows it."""
    sets: tuple[SetTold, ...]
    """The chosen set, the plan as it stands, doing less, doing nothing, then the others."""
    schemes: dict[str, SchemeChosen]
    """By key, every scheme of the plan."""
    notes: tuple[str, ...]
    """What could not be told, in sentences."""


def choice_brief(choice: Choice) -> dict[str, Any]:
    """A choice as plain values for JSON."""
    told = ChooseTold(choice, Exhibits())
    brief = ChoiceBrief(
        fingerprint=choice.fingerprint,
        draws=choice.draws,
        seed=choice.seed,
        aim=choice.aim,
        headline=verdict(told),
        answers=tuple(answers(told)),
        sets=tuple(_set(told, each) for each in told.ordered),
        schemes={row.key: _scheme(told, row.key, row.name) for row in choice.plan.schemes},
        notes=choice.notes,
    )
    return dict(without_infinities(as_plain(brief)))


def _set(told: ChooseTold, each: Candidate) -> SetTold:
    closed = each.score.closed
    return SetTold(
        key=each.key,
        name=told.name(each),
        schemes=tuple(taken.scheme for taken in each.taken),
        is_chosen=told.chosen is not None and each.key == told.chosen.key,
        money=closed.mean,
        low=closed.low,
        high=closed.high,
        broken=each.broken,
    )


def _scheme(told: ChooseTold, key: str, name: str) -> SchemeChosen:
    chosen = told.chosen
    if chosen is None:
        words = "No set that was found keeps every limit, so none is chosen."
        return SchemeChosen(key=key, chosen=False, start="", words=words)
    taken = next((each for each in chosen.taken if each.scheme == key), None)
    if taken is None:
        held = [told.bare(each) for each in told.ordered if key in each.schemes and each.key != "planned"]
        also = f" It is in {listed([f'“{each}”' for each in held[:3]])}." if held else " No other set holds it."
        return SchemeChosen(key=key, chosen=False, start="", words=f"“{name}” is left out of the chosen set.{also}")
    later = f", {taken.later} {'year' if taken.later == 1 else 'years'} later than the plan says" if taken.later else ""
    words = f"“{name}” is in the chosen set{later}."
    return SchemeChosen(key=key, chosen=True, start=taken.start, words=words)
