"""What is old or weak under a plan's figures: the years of its inputs, what they are, and schemes with few studies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.plan.source import SourceKind
from tripleaim.projection.provenance import InputYear
from tripleaim.reports.facts import Facts
from tripleaim.reports.sections import trust
from tripleaim.reports.words import plural
from tripleaim.stress.outside.view import OutsideView

_YEAR = re.compile(r"(?:19|20)\d\d")
FEW = 1
"""Studies up to which a scheme is told as resting on few."""
MOST = 12
"""Sources told one by one."""


@dataclass(frozen=True, kw_only=True)
class Headline:
    """What one headline rests on."""

    headline: str
    """The headline in words."""
    words: str
    """How much of it is firm, in a sentence."""
    shares: dict[str, float]
    """published, derived, judged, illustrative → fraction; sums to 1."""


@dataclass(frozen=True, kw_only=True)
class OldSource:
    """A source in use, with the year it describes."""

    key: str
    """Its key in sources.csv; its place in the report is index.html#source-<key>."""
    title: str
    """What it is."""
    year: str
    """Year or period as written; empty where not stated."""
    rows: int
    """Rows of the plan that rest on it."""
    words: str
    """The same in a sentence."""


@dataclass(frozen=True, kw_only=True)
class FewStudies:
    """A scheme with few or no studies behind what it claims."""

    scheme: str
    """Its key."""
    name: str
    """Its name."""
    studies: int
    """Controlled studies of such schemes with a size, at most."""
    words: str
    """The same in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Weak:
    """What is old, made up or thinly founded."""

    title: str
    """How much of the headline is firm, as the report's picture says it."""
    headlines: tuple[Headline, ...]
    """Every headline of page one."""
    oldest: tuple[OldSource, ...]
    """Sources in use that describe a year before the opening year, the oldest first; at most 12."""
    older: int
    """How many there are of them."""
    no_year: int
    """Sources in use that state no year."""
    illustrative: tuple[OldSource, ...]
    """Placeholders in use, those that most rows rest on first; at most 12."""
    evidence: tuple[FewStudies, ...]
    """Schemes with no study, or one, behind a claim; in the order of the report."""


def weak(facts: Facts, view: OutsideView) -> Weak:
    """What a reader should lean on least."""
    opening = int(facts.plan.opening_year[:4])
    dated = [(year, each) for each in facts.used if (year := _describes(each)) is not None]
    old = sorted(((y, each) for y, each in dated if y < opening), key=lambda found: (found[0], found[1].key))
    made_up = sorted(
        (each for each in facts.used if each.kind == SourceKind.ILLUSTRATIVE.value), key=lambda each: -each.rows
    )
    return Weak(
        title=_title(facts),
        headlines=tuple(
            Headline(headline=each.headline, words=_firm(each.shares), shares=dict(each.shares))
            for each in facts.projection.provenance
        ),
        oldest=tuple(_source(each) for _, each in old[:MOST]),
        older=len(old),
        no_year=sum(not each.year for each in facts.used),
        illustrative=tuple(_source(each) for each in made_up[:MOST]),
        evidence=tuple(_few_studies(facts, view)),
    )


def _title(facts: Facts) -> str:
    section = trust.trust(facts)
    kept = facts.shown.kept.get("where_the_numbers_come_from")
    return kept.title if section and kept else ""


def _describes(source: InputYear) -> int | None:
    """The latest calendar year in which the period a source describes begins; None where it states none."""
    years = [int(found) for found in _YEAR.findall(source.year)]
    return max(years, default=None)


def _firm(shares: dict[str, float]) -> str:
    firm = round(100 * (shares["published"] + shares["derived"]))
    soft = round(100 * shares["illustrative"])
    said = f"{firm}% rests on published figures or on what follows from them"
    return f"{said}; {soft}% on placeholders." if soft else f"{said}."


def _source(source: InputYear) -> OldSource:
    year = f"describes {source.year}" if source.year else "states no year"
    rest = "rests" if source.rows == 1 else "rest"
    rest = "rests" if source.rows == 1 else "rest"
    words = f"{source.title}: {year}; {plural(source.rows, 'row')} of the plan {rest} on it."
    return OldSource(key=source.key, title=source.title, year=source.year, rows=source.rows, words=words)


def _few_studies(facts: Facts, view: OutsideView) -> Iterable[FewStudies]:
    """Schemes one of whose claims rests on few studies, and those none of whose effects names a study."""
    for scheme in facts.projection.schemes:
        claims = [each for each in view.claims if each.scheme == scheme.key]
        effects = [each for each in facts.plan.effects if each.scheme == scheme.key]
        studies = min((each.studies for each in claims), default=None)
        cited = any(each.evidence for each in effects)
        if (studies is not None and studies > FEW) or (studies is None and cited):
            continue
        if studies is None:
            said = (
                "None of its effects names a study." if effects else "It has no effect in the plan, so nothing to test."
            )
        elif studies == 0:
            said = "No controlled study can test one of its claims."
        else:
            said = "Only one controlled study can test one of its claims."
        yield FewStudies(scheme=scheme.key, name=scheme.name, studies=studies or 0, words=said)
