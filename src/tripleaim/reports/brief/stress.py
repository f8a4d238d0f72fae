"""A stress test in short, for the pages of a place, its schemes and its organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tripleaim.projection.result import Projection, as_plain
from tripleaim.reports.brief.books import Books, books_of
from tripleaim.reports.facts import GAPS, Exhibits, Facts
from tripleaim.reports.stress_parts.in_short import in_short
from tripleaim.reports.stress_parts.sentences import balance_that_lasts, odds, too_few, verdict, when_missed
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.words import NOTHING, money
from tripleaim.stress.payback import Payback
from tripleaim.stress.spreads import Spreads
from tripleaim.stress.whole import Whole


@dataclass(frozen=True, kw_only=True)
class MeasureChance:
    """How likely one measure reaches its standard in the plan's last year."""

    key: str
    """Key of the indicator."""
    name: str
    """Its name."""
    hoped: float
    """Share of draws as hoped."""
    resourced: float
    """Share of draws with what is found."""
    words: str
    """The same in a sentence."""


@dataclass(frozen=True, kw_only=True)
class GapChance:
    """How likely one gap closes by the plan's last year."""

    key: str
    """health, care or money."""
    heading: str
    """Its name."""
    words: str
    """How likely, in a sentence; or why that cannot be told."""
    hoped: float | None
    """Money: share of draws in balance as hoped; null for a pressure, and for health and care."""
    resourced: float | None
    """The same with what is found."""
    measures: tuple[MeasureChance, ...]
    """Health and care: every measure with a standard."""


@dataclass(frozen=True, kw_only=True)
class SchemeChance:
    """How sure what one scheme brings is, alone, wards counted as fractions. GBP, cash; positive = brings more."""

    key: str
    """Key of the scheme."""
    chance: float | None
    """Share of draws in which it brings what the plan says in the last year, or more; null, as a stress test keeps
    three points of each scheme's draws and not all of them: `least` and `most` say between what it lies.
    """
    least: float | None
    """The chance is this or more; null where nothing was drawn."""
    most: float | None
    """The chance is this or less."""
    stated: float
    """What it brings in the last year by the plan's own figures, one-off money and capital taken off."""
    low: float | None
    """The same in the draws: one in ten brings less; null where nothing was drawn."""
    middle: float | None
    """As many bring more as bring less."""
    high: float | None
    """One in ten brings more."""
    paid_back: float | None
    """Share of draws in which it has paid back for good by the last year; null where the plan holds no cost of it."""
    words: str
    """The same in a sentence or two."""


@dataclass(frozen=True, kw_only=True)
class BodyChance:
    """How far one organisation may be off in the plan's last year, one-off money counted. GBP; positive = short."""

    key: str
    """Key of the organisation."""
    low: float
    """As hoped: one in ten is better."""
    middle: float
    """The middle."""
    high: float
    """One in ten is worse."""
    balanced: float | None
    """Share of draws in balance; null for a pressure."""
    words: str
    """The same in a sentence."""


@dataclass(frozen=True, kw_only=True)
class StressBrief:
    """A stress test in short."""

    fingerprint: str
    """SHA-256 of the plan it was run on."""
    draws: int
    """How many draws."""
    seed: int
    """What they are made from."""
    headline: str
    """One sentence a board member understands."""
    few: str
    """A warning where there are too few draws; empty otherwise."""
    sentences: tuple[str, ...]
    """When balance lasts, and by how much it is missed."""
    answers: tuple[tuple[str, str], ...]
    """Question and answer for each further part that was asked for."""
    gaps: tuple[GapChance, ...]
    """Health, care, money."""
    schemes: dict[str, SchemeChance]
    """By key; empty where the test was quick, and then `missing` says so."""
    organisations: dict[str, BodyChance]
    """By key; empty for a pressure."""
    missing: tuple[str, ...]
    """What was not asked for or cannot be told, in sentences."""


def stress_brief(whole: Whole, run: Projection) -> dict[str, Any]:
    """A stress test as plain values for JSON.

    whole : of the plan, every part of it or its draws alone
    run   : the plan with every number at its point
    """
    told = StressTold(whole, Facts(run, Exhibits()))
    found = whole.found
    return dict(
        as_plain(
            StressBrief(
                fingerprint=found.fingerprint,
                draws=found.draws,
                seed=found.seed,
                headline=verdict(found, run),
                few=too_few(found.draws),
                sentences=tuple(words for words in (*balance_that_lasts(found), when_missed(found)) if words),
                answers=tuple(in_short(told)),
                gaps=(_measured(told, "health"), _measured(told, "care"), _money(told)),
                schemes=_schemes(told),
                organisations=_bodies(told),
                missing=_missing(told),
            )
        )
    )


def _measured(told: StressTold, gap: str) -> GapChance:
    spreads = {(each.who, each.case): each for each in told.found.indicators}
    measures = tuple(
        MeasureChance(
            key=path.key,
            name=path.name,
            hoped=spreads[path.key, "hoped"].met[-1],
            resourced=spreads[path.key, "resourced"].met[-1],
            words=f"{path.name}: at its standard in {told.last_year} in {odds_or_all(spreads[path.key, 'hoped'])}",
        )
        for path in told.facts.outcome(gap).indicators
        if spreads[path.key, "hoped"].met
    )
    likely = sum(each.hoped >= 0.5 for each in measures)
    words = told.said(
        f"{likely or 'None'} of {len(measures)} measures {'is' if likely == 1 else 'are'} at the standard in "
        f"{told.last_year} in at least half of the draws, as hoped."
    )
    if not measures:
        words = "No measure with a standard is held, so how likely it closes cannot be told."
    return GapChance(key=gap, heading=GAPS[gap], words=words, hoped=None, resourced=None, measures=measures)


def odds_or_all(spread: Spreads) -> str:
    """A share of draws in words, with none and all told as such."""
    share = spread.met[-1]
    return f"{'none' if share == 0 else 'all'} of the draws." if share in (0, 1) else f"{odds(share)} of the draws."


def _money(told: StressTold) -> GapChance:
    hoped, resourced = (told.found.of("both", case) for case in ("hoped", "resourced"))
    if not hoped.met:
        words = "No balance is known, because money is told as pressure above the opening year."
        return GapChance(key="money", heading=GAPS["money"], words=words, hoped=None, resourced=None, measures=())
    words = told.said(f"The place balances in {told.last_year} in {odds_or_all(hoped).removesuffix('.')}, as hoped")
    if "resourced" in told.cases:
        words += f"; with what is found, in {odds_or_all(resourced).removesuffix('.')}"
    return GapChance(
        key="money",
        heading=GAPS["money"],
        words=f"{words}.",
        hoped=hoped.met[-1],
        resourced=resourced.met[-1],
        measures=(),
    )


def _schemes(told: StressTold) -> dict[str, SchemeChance]:
    if not told.whole.paybacks:
        return {}
    books = books_of(told.facts.projection)
    return {each.scheme: _scheme(told, books, each) for each in told.whole.paybacks}


def _scheme(told: StressTold, books: Books, found: Payback) -> SchemeChance:
    at = told.facts.last
    result = next(each for each in told.facts.projection.schemes if each.key == found.scheme)
    net = sum(part.net[at] for part in books.parts(found.scheme) if not part.outside)
    stated = net - result.one_off[at] - result.capital[at]
    low, middle, high = -found.high[-1], -found.middle[-1], -found.low[-1]
    least, most = between(stated, (low, middle, high))
    has_cost = any(row.scheme == found.scheme for row in told.found.plan.costs)
    said = f"By itself it brings {_brings(low)} to {_brings(high)} in {told.last_year} in eight of ten draws; the plan "
    said += f"says {_brings(stated)}. {_odds(least, most)}"
    if not has_cost:
        said += " The plan holds no cost of it, so this counts none."
    return SchemeChance(
        key=found.scheme,
        chance=1.0 if least == 1.0 else None,
        least=least,
        most=most,
        stated=stated,
        low=low,
        middle=middle,
        high=high,
        paid_back=1 - found.never if has_cost else None,
        words=said,
    )


def between(stated: float, points: tuple[float, float, float]) -> tuple[float, float]:
    """Between which shares of draws bring as much as is stated, by the three points that are kept."""
    low, middle, high = points
    if high - low < NOTHING and abs(stated - middle) < NOTHING:
        return 1.0, 1.0
    if stated <= low:
        return 0.9, 1.0
    if stated <= middle:
        return 0.5, 0.9
    return (0.1, 0.5) if stated <= high else (0.0, 0.1)


def _odds(least: float, most: float) -> str:
    if (least, most) == (0.0, 0.1):
        return "Fewer than 1 draw in 10 brings as much."
    if (least, most) == (0.9, 1.0):
        return "At least 9 draws in 10 bring as much."
    if least == most:
        return "Every draw brings the same, as nothing in it is uncertain."
    return f"Between {round(10 * least)} and {round(10 * most)} draws in 10 bring as much."


def _brings(value: float) -> str:
    """What a scheme brings, in money; less than nothing is what it costs."""
    return "nothing" if abs(value) < NOTHING else money(value)


def _bodies(told: StressTold) -> dict[str, BodyChance]:
    if told.found.is_pressure:
        return {}
    return {each.who: _body(told, each) for each in told.found.organisations if each.case == "hoped"}


def _body(told: StressTold, spread: Spreads) -> BodyChance:
    name, facts = told.facts.body(spread.who), told.facts
    ends = f"{facts.stands(spread.low[-1])} one time in ten or better, {facts.stands(spread.high[-1])} or worse another"
    said = told.said(f"{name} balances in {told.last_year} in {odds_or_all(spread).removesuffix('.')}, as hoped")
    return BodyChance(
        key=spread.who,
        low=spread.low[-1],
        middle=spread.middle[-1],
        high=spread.high[-1],
        balanced=spread.met[-1] if spread.met else None,
        words=f"{said}: {ends}.",
    )


def _missing(told: StressTold) -> tuple[str, ...]:
    said = []
    if told.found.plan.schemes and not told.whole.paybacks:
        said.append("How sure each scheme is was not asked for: a full stress test tells it.")
    if told.found.is_pressure:
        said.append("How likely balance is cannot be told, as the plan does not hold full accounts.")
    return tuple(said)
