"""What a list of organisations, schemes and areas shows of each: enough for an overview, without their pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.reports.brief.area import AreaBrief
from tripleaim.reports.brief.books import Years
from tripleaim.reports.brief.organisation import OrganisationBrief
from tripleaim.reports.brief.scheme import SchemeBrief


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    """An organisation in a list."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    role: str
    """commissioner, provider, council or sector."""
    has_accounts: bool
    """Whether its position is told."""
    do_nothing: Years
    """Shortfall by year if nothing changes, GBP, positive = short; empty without accounts."""
    hoped: Years
    """The same as hoped."""
    resourced: Years
    """The same with what is found."""
    words: str
    """Where it ends up, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class SchemeRow:
    """A scheme in a list."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    owner: str
    """Role that answers for it; empty = nobody."""
    lead: str
    """Key of the organisation that leads it; empty = none."""
    lead_name: str
    """The same in words."""
    stage_words: str
    """How far it is worked out."""
    tag: str
    """Class of the tag that says it."""
    change: str
    """starts, stops, moves or changes."""
    gaps: tuple[str, ...]
    """Gaps it serves."""
    prevention: bool
    """Whether its authors call it prevention."""
    is_plug: bool
    """True for a saving nobody has worked out."""
    saving: float
    """Net saving in the plan's last year as hoped, GBP; positive saves."""
    saving_found: float
    """The same with what is found."""
    words: str
    """The same in a sentence."""


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """An area in a list."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    people_words: str
    """How many people live there; empty where not known."""


@dataclass(frozen=True, kw_only=True)
class Index:
    """Lists of what has a page of its own."""

    organisations: tuple[OrganisationRow, ...]
    """The most short first, those without accounts last."""
    schemes: tuple[SchemeRow, ...]
    """What saves most first."""
    areas: tuple[AreaRow, ...]
    """Health and Wellbeing Boards, or council areas."""


def index_of(
    organisations: Iterable[OrganisationBrief], schemes: Iterable[SchemeBrief], areas: Iterable[AreaBrief], last: int
) -> Index:
    """The lists of a brief; `last` is the position of the plan's last year."""
    return Index(
        organisations=tuple(_organisation(each) for each in organisations),
        schemes=tuple(_scheme(each, last) for each in schemes),
        areas=tuple(AreaRow(key=each.key, name=each.name, people_words=each.people_words) for each in areas),
    )


def _organisation(each: OrganisationBrief) -> OrganisationRow:
    lines = each.lines
    return OrganisationRow(
        key=each.key,
        name=each.name,
        role=each.role,
        has_accounts=each.has_accounts,
        do_nothing=lines.do_nothing if lines else (),
        hoped=lines.hoped if lines else (),
        resourced=lines.resourced if lines else (),
        words=each.words,
    )


def _scheme(each: SchemeBrief, last: int) -> SchemeRow:
    return SchemeRow(
        key=each.key,
        name=each.name,
        owner=each.owner,
        lead=each.lead,
        lead_name=each.lead_name,
        stage_words=each.stage_words,
        tag=each.tag,
        change=each.change,
        gaps=each.gaps,
        prevention=each.prevention,
        is_plug=each.is_plug,
        saving=each.money.saving[last],
        saving_found=each.money.saving_found[last],
        words=each.words,
    )
