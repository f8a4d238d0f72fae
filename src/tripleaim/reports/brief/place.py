"""The plan of a place in short: its answer, its three gaps, what is open, what is weak, who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.plan.place import PlaceKind
from tripleaim.plan.promise import Promise
from tripleaim.reports.brief.links import Told, told
from tripleaim.reports.brief.undecided import Open, undecided
from tripleaim.reports.brief.weak import Weak, weak
from tripleaim.reports.facts import Facts
from tripleaim.reports.sections import answer, trust
from tripleaim.reports.spreadsheet import status
from tripleaim.reports.words import NOTHING, day, more, people, percent, sentence, short
from tripleaim.stress.outside.view import OutsideView


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a gap and what it is."""

    html: str
    """The figure, marked with its exact value, with a link to where it is worked out."""
    words: str
    """The same as plain text."""
    what: str
    """What it is, in words."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a gap: a name and what stands beside it."""

    name: str
    """What it is."""
    html: str
    """What it says."""
    words: str
    """The same as plain text."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """One of the three gaps, as the report's panel tells it."""

    key: str
    """health, care or money."""
    heading: str
    """Its heading."""
    figures: tuple[Figure, ...]
    """Its figures, the one in sight first; none where nothing is measured."""
    lines: tuple[Line, ...]
    """What else to know."""


@dataclass(frozen=True, kw_only=True)
class People:
    """How many people live in the place in one year."""

    year: str
    """Financial year."""
    people: float
    """People of all ages at its middle."""
    how: str
    """How the number was reached."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What an earlier plan of the place promised, and what came of it."""

    name: str
    """What was promised."""
    family: str
    """Kind of scheme, as the evidence library calls it; empty = every kind."""
    year: str
    """The year it was promised for."""
    promised: float
    """What was promised, in the unit."""
    delivered: float
    """What came of it, in the unit."""
    unit: str
    """What both are counted in."""
    kept: float
    """Share of the promise that was delivered."""
    words: str
    """The same in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Something the figures themselves show is missing."""

    heading: str
    """What is not known."""
    words: str
    """How far, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class PlaceBrief:
    """A plan version as the overview of a place tells it."""

    name: str
    """Name of the place."""
    key: str
    """Key of the place."""
    plan: str
    """Title of the plan."""
    status: str
    """draft, for decision or agreed."""
    status_words: str
    """DRAFT. Not agreed by any organisation. Invented place."""
    version: str
    """Version of the plan, as its authors count."""
    dated: str
    """Its date, 2017-02-20."""
    dated_words: str
    """Monday 20 February 2017."""
    invented: bool
    """True for an invented place: every page says so."""
    summary: str
    """One paragraph for a resident; may be empty."""
    is_pressure: bool
    """True where money is pressure above the opening year and no gap."""
    opening_year: str
    """The year before the plan."""
    last_year: str
    """The plan's last year, which headlines speak of."""
    after_year: str
    """The year after, at its full yearly rate."""
    people: float | None
    """People in the opening year; null where nobody is known."""
    people_words: str
    """The same in words; empty where nobody is known."""
    population: tuple[People, ...]
    """The opening year and each plan year; empty where nobody is known."""
    organisations: int
    """How many organisations the plan names."""
    schemes: int
    """How many schemes."""
    areas: int
    """How many Health and Wellbeing Boards or council areas."""
    verdict: Told
    """The answer, in a sentence: as hoped and with what is found."""
    rest: tuple[Told, ...]
    """What the verdict leaves out."""
    measures: tuple[Told, ...]
    """A sentence for health and one for care where measures miss their standard."""
    nothing_words: str
    """How the place stands if nothing changes, in a sentence."""
    without_plugs: str
    """How it stands without the plugs; empty where there are none."""
    gaps: tuple[Gap, ...]
    """Health, care, money."""
    basis: str
    """How to read the three panels."""
    undecided: tuple[Open, ...]
    """What the plan leaves open."""
    weak: Weak
    """What is old or weak."""
    unknown: tuple[str, ...]
    """What the authors say they do not know."""
    missing: tuple[Missing, ...]
    """What the figures show is missing."""
    remarks: tuple[str, ...]
    """What a reader of the plan's files should know."""
    record: tuple[Kept, ...]
    """What earlier plans promised, and what came of it; empty where the plan holds no record."""


def place_brief(facts: Facts, view: OutsideView, areas: int) -> PlaceBrief:
    """A plan version in short.

    view  : the outside view of the same plan
    areas : how many areas the brief tells of
    """
    heading, ages = facts.plan.heading, facts.projection.ages
    said, panels = answer.answer(facts).data, answer.gaps(facts).data
    return PlaceBrief(
        name=facts.place,
        key=heading.place,
        plan=heading.name,
        status=heading.status,
        status_words=status(heading),
        version=heading.version,
        dated=heading.dated,
        dated_words=day(heading.dated),
        invented=heading.invented,
        summary=heading.summary,
        is_pressure=facts.is_pressure,
        opening_year=facts.plan.opening_year,
        last_year=facts.last_year,
        after_year=facts.after_year,
        people=ages.totals[0] if ages else None,
        people_words=people(ages.totals[0]) if ages else "",
        population=_population(facts),
        organisations=len(facts.plan.organisations),
        schemes=len(facts.plan.schemes),
        areas=areas,
        verdict=told(said["verdict"]),
        rest=tuple(told(words) for words in said["rest"]),
        measures=tuple(told(words) for words in said["measures"]),
        nothing_words=_nothing(facts),
        without_plugs=_without_plugs(facts),
        gaps=tuple(_gap(panel) for panel in panels["panels"]),
        basis=panels["basis"],
        undecided=undecided(facts),
        weak=weak(facts, view),
        unknown=tuple(sentence(words) for words in heading.not_known),
        missing=tuple(Missing(heading=name, words=words) for name, words in trust.missing(facts)),
        remarks=facts.remarks,
        record=record(facts.plan.promises),
    )


def areas_held(kinds: Sequence[PlaceKind]) -> PlaceKind | None:
    """Which kind of area a plan tells of: boards, else councils' areas; None where it holds neither."""
    return next((kind for kind in (PlaceKind.BOARD, PlaceKind.COUNCIL) if kind in kinds), None)


def record(promises: Sequence[Promise]) -> tuple[Kept, ...]:
    """Promises of earlier plans, with what came of them."""
    return tuple(
        Kept(
            name=row.name,
            family=row.family,
            year=row.year,
            promised=row.promised,
            delivered=row.delivered,
            unit=row.unit,
            kept=row.kept,
            words=f"{row.name}: {row.promised:,.0f} {row.unit} promised for {row.year}, {_came(row)}.",
        )
        for row in promises
    )


def _came(row: Promise) -> str:
    if row.delivered < 0:
        return "and the opposite came"
    return f"{row.delivered:,.0f} delivered ({percent(row.kept)})"


def _population(facts: Facts) -> tuple[People, ...]:
    ages = facts.projection.ages
    if ages is None:
        return ()
    years = (facts.plan.opening_year, *facts.plan_years)
    return tuple(
        People(year=year, people=count, how=how) for year, count, how in zip(years, ages.totals, ages.how, strict=False)
    )


def _nothing(facts: Facts) -> str:
    value = facts.projection.scope("both").do_nothing[facts.last]
    if not facts.is_pressure:
        return f"If nothing changes, {facts.place} is {short(value)} in {facts.last_year}."
    as_much = abs(value) < NOTHING
    cost = f"as much in {facts.last_year} as" if as_much else f"{more(value)} in {facts.last_year} than"
    return f"If nothing changes, the same care would cost {cost} in {facts.plan.opening_year}."


def _without_plugs(facts: Facts) -> str:
    if max(abs(part) for part in facts.plugged) < NOTHING:
        return ""
    return f"Without the plug the place is {facts.without_plugs()}."


def _gap(panel: answer.Panel) -> Gap:
    figures = tuple(_figure(told(figure), what) for figure, what in panel.figures)
    lines = tuple(_line(name, told(words)) for name, words in panel.lines)
    return Gap(key=panel.key, heading=panel.heading, figures=figures, lines=lines)


def _figure(said: Told, what: str) -> Figure:
    return Figure(html=said.html, words=said.words, what=what)


def _line(name: str, said: Told) -> Line:
    return Line(name=name, html=said.html, words=said.words)
