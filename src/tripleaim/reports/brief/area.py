"""An area of the place, as its Health and Wellbeing Board sees the plan: its people, its councils, what acts there.

A plan says whose area each organisation serves, and how many of the place's people live in each area. Which areas lie
in which is worked out from that alone: areas of one published code, or of the very same share of people, are the same
area; commissioners' areas whose shares add up to a board's, in one way only, make it up. Where neither holds, the brief
says that it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import Place, PlaceKind
from tripleaim.projection.gaps import IndicatorPath
from tripleaim.reports.brief.place import areas_held
from tripleaim.reports.brief.scheme import SchemeBrief
from tripleaim.reports.facts import Facts
from tripleaim.reports.reading import value, with_unit
from tripleaim.reports.words import listed, people, percent
from tripleaim.stress.outside.telling import names

ALIKE = 0.00005
"""Shares of the place's people closer than this are the same."""
MOST = 12
"""Commissioners' areas up to which it is tried which make up a board's."""
BY_CODE, BY_SHARE, WHOLE = (
    "the same area code",
    "the same share of the place’s people",
    "it serves the whole place",
)


@dataclass(frozen=True, kw_only=True)
class Serves:
    """An organisation that serves an area."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    how: str
    """How that is known."""


@dataclass(frozen=True, kw_only=True)
class GroupValue:
    """An indicator in one group of people in the opening year."""

    group: str
    """The group in words."""
    value: float
    """Its value, in the indicator's unit."""
    words: str
    """The same in words."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure of health or care, now and at the end, and how it differs between groups of people."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    gap: str
    """health or care."""
    now: float
    """Value in the opening year."""
    last: float
    """Value in the plan's last year, as hoped."""
    standard: float | None
    """The value to reach; null where there is none."""
    meets: bool
    """Whether the standard is met at the end, as hoped; false where there is none."""
    words: str
    """Now and then, in a sentence."""
    groups: tuple[GroupValue, ...]
    """Its values by group, the most deprived first; empty where none are held."""
    unequal: str
    """How unequal it is between groups, in a sentence; empty where no groups are held."""


@dataclass(frozen=True, kw_only=True)
class SchemeThere:
    """A scheme that acts in an area."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    why: str
    """How that is known."""


@dataclass(frozen=True, kw_only=True)
class AreaBrief:
    """An area as its own page tells it."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    kind: str
    """board or council."""
    code: str
    """Published code; may be empty."""
    people: float | None
    """People of the place who live in it, in the opening year; null where not known."""
    people_words: str
    """The same in words."""
    share_of_place: float | None
    """Share of the place's people who live in it; null where not known."""
    share_inside: float
    """Share of the area's people who live in the place: below 1 where it reaches beyond."""
    councils: tuple[Serves, ...]
    """Its councils."""
    commissioners: tuple[Serves, ...]
    """Commissioners that buy care for its people."""
    providers: tuple[Serves, ...]
    """Organisations that give care there."""
    others: tuple[Serves, ...]
    """Others that serve it, as part of the whole place."""
    measures: tuple[str, ...]
    """Keys of the measures of health and care that speak of it, under `measures` of the brief."""
    own_measures: tuple[str, ...]
    """Those of them that are held for this area; the others are of the whole place."""
    council_money: tuple[str, ...]
    """Keys of the councils whose money is told, under `organisations`: its own, else those told together."""
    schemes: tuple[SchemeThere, ...]
    """Schemes that act there, in the order of the report."""
    missing: tuple[str, ...]
    """What is not known of it, in sentences."""


def area_briefs(facts: Facts, schemes: dict[str, SchemeBrief]) -> dict[str, AreaBrief]:
    """Every Health and Wellbeing Board, or every council area where no board is held."""
    kind = areas_held([row.kind for row in facts.plan.places])
    return {row.key: _area(facts, schemes, row) for row in facts.plan.places if row.kind is kind}


def _area(facts: Facts, schemes: dict[str, SchemeBrief], row: Place) -> AreaBrief:
    ages, share = facts.projection.ages, row.share_of_footprint
    count = ages.totals[0] * share if ages and share is not None else None
    inside = _inside(facts, row)
    serving = [(each, how) for each in facts.plan.organisations if (how := _how(facts, each, inside))]
    councils = _serves(serving, Role.COUNCIL, own=True)
    measures, own = _measures_of(facts, inside)
    money = _council_money(facts, councils)
    return AreaBrief(
        key=row.key,
        name=row.name,
        kind=row.kind.value,
        code=row.code,
        people=count,
        people_words=people(count) if count is not None else "",
        share_of_place=share,
        share_inside=row.share_in_footprint,
        councils=councils,
        commissioners=_serves(serving, Role.COMMISSIONER),
        providers=_serves(serving, Role.PROVIDER),
        others=_serves(serving, Role.SECTOR),
        measures=measures,
        own_measures=own,
        council_money=money,
        schemes=tuple(_schemes(facts, schemes, serving, inside)),
        missing=tuple(_missing(facts, row, count, councils, money, serving, own)),
    )


# ---- Which areas lie in it -------------------------------------------------------------------------------------------


def _inside(facts: Facts, area: Place) -> dict[str, str]:
    """Keys of areas that are this one or lie in it → how that is known."""
    found = {area.key: "its own area"}
    others = [
        row for row in facts.plan.places if row.kind not in (PlaceKind.FOOTPRINT, PlaceKind.REFERENCE) and row != area
    ]
    for row in others:
        if row.code and row.code == area.code:
            found[row.key] = BY_CODE
        elif not (row.code and area.code) and _alike(row.share_of_footprint, area.share_of_footprint):
            found[row.key] = BY_SHARE
    parts = [row for row in others if row.kind is PlaceKind.COMMISSIONER]
    if not {row.key for row in parts} & set(found):
        for row in _making_up(parts, area.share_of_footprint):
            found[row.key] = "the shares of people of these commissioners’ areas add up to its own"
    return found


def _alike(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) < ALIKE


def _making_up(parts: Sequence[Place], share: float | None) -> tuple[Place, ...]:
    """The parts whose shares add up to a share, if there is exactly one way; none otherwise."""
    known = [row for row in parts if row.share_of_footprint is not None]
    if share is None or not 0 < len(known) <= MOST:
        return ()
    ways = [
        chosen
        for count in range(2, len(known) + 1)
        for chosen in combinations(known, count)
        if _alike(sum(row.share_of_footprint or 0.0 for row in chosen), share)
    ]
    return ways[0] if len(ways) == 1 else ()


def _how(facts: Facts, row: Organisation, inside: dict[str, str]) -> str:
    """How it is known that an organisation serves the area; empty where it does not, as far as the plan says."""
    if row.place in inside:
        return inside[row.place]
    return WHOLE if row.place == facts.plan.heading.place else ""


def _serves(found: Iterable[tuple[Organisation, str]], role: Role, *, own: bool = False) -> tuple[Serves, ...]:
    """Organisations of a role; `own` leaves out those that serve the whole place."""
    return tuple(
        Serves(key=row.key, name=row.name, how=how)
        for row, how in found
        if row.role is role and not (own and how == WHOLE)
    )


def _council_money(facts: Facts, councils: Sequence[Serves]) -> tuple[str, ...]:
    """Councils of the area with accounts; where none has, those that stand for all councils of the place together."""
    told = {gap.who for gap in facts.projection.organisations}
    own = tuple(each.key for each in councils if each.key in told)
    whole = facts.plan.heading.place
    rows = [row for row in facts.plan.organisations if row.role is Role.COUNCIL and row.place == whole]
    return own or tuple(row.key for row in rows if row.key in told)


# ---- Measures --------------------------------------------------------------------------------------------------------


def _measures_of(facts: Facts, inside: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Measures of the area or of the whole place, those of other areas left out; and those of the area alone."""
    rows = {row.key: row for row in facts.plan.indicators}
    keys = [path.key for found in facts.projection.outcomes for path in found.indicators]
    speak = {facts.plan.heading.place, "", *inside}
    own = tuple(key for key in keys if rows[key].place in inside)
    return tuple(key for key in keys if rows[key].place in speak), own


def measures(facts: Facts) -> dict[str, Measure]:
    """Every measure of health and care by key, in the order of the report."""
    return {path.key: _measure(facts, path) for found in facts.projection.outcomes for path in found.indicators}


def _measure(facts: Facts, path: IndicatorPath) -> Measure:
    said = f"{with_unit(path, path.baseline)} in {facts.plan.opening_year}, "
    said += f"{with_unit(path, path.hoped[-1])} in {facts.last_year}{', as hoped' if facts.has_schemes else ''}"
    if path.standard is not None:
        said += f"; {path.standard_name or 'standard'}: {value(path, path.standard)}"
    groups = sorted((g for g in facts.plan.indicator_groups if g.indicator == path.key), key=lambda g: (g.kind, g.rank))
    return Measure(
        key=path.key,
        name=path.name,
        gap=path.gap,
        now=path.baseline,
        last=path.hoped[-1],
        standard=path.standard,
        meets=path.met_last,
        words=f"{said}.",
        groups=tuple(
            GroupValue(group=_group(g.kind, g.group), value=g.value, words=value(path, g.value)) for g in groups
        ),
        unequal=_unequal(facts, path),
    )


def _by_need(kind: str) -> bool:
    """Whether such groups stand in the order of deprivation."""
    return kind.startswith("deprivation")


def _group(kind: str, group: str) -> str:
    if kind != "deprivation_fifth":
        return group
    ends = {"1": " (most deprived)", "5": " (least deprived)"}
    return f"Fifth {group}{ends.get(group, '')}"


def _unequal(facts: Facts, path: IndicatorPath) -> str:
    found = next((each for each in facts.projection.inequality if each.indicator == path.key), None)
    if found is None:
        return ""
    ends = _group(found.kind, found.groups[0]), _group(found.kind, found.groups[-1])
    first, last = value(path, found.values[0]), value(path, found.values[-1])
    told = f"{first} in {ends[0]}, {last} in {ends[1]}"
    return f"{told}: of the whole place, from the most to the least deprived." if _by_need(found.kind) else f"{told}."


# ---- Schemes ---------------------------------------------------------------------------------------------------------


def _schemes(
    facts: Facts, schemes: dict[str, SchemeBrief], serving: Sequence[tuple[Organisation, str]], inside: dict[str, str]
) -> Iterator[SchemeThere]:
    """Schemes whose lead, partners, payers or care belong to the area; those of the whole place act there too."""
    called = names(facts.plan)
    here = {row.key for row, how in serving if how != WHOLE}
    whole = {row.key for row, how in serving if how == WHOLE}
    lines = {row.key: row for row in facts.plan.activity}
    for scheme in schemes.values():
        reasons = [f"led by {called[scheme.lead]}"] if scheme.lead in here else []
        taking = [each.name for each in scheme.partners if each.key in here]
        paying = [each.name for each in scheme.who if each.key in here and any(v >= 0.5 for v in each.pays)]
        cared = [lines[e.target] for e in scheme.evidence.effects if e.target in lines]
        acts = {row.commissioner for row in cared} & here or {row.population for row in cared} & set(inside)
        reasons += [f"needs {listed(taking)} to take part"] if taking else []
        reasons += [f"paid for by {listed(paying)}"] if paying else []
        reasons += ["acts on care of its people"] if acts else []
        if not reasons and (scheme.lead in whole or any(row.population == facts.plan.heading.place for row in cared)):
            reasons = ["acts on the whole place"]
        if reasons:
            yield SchemeThere(key=scheme.key, name=scheme.name, why="; ".join(reasons))


def _missing(
    facts: Facts,
    area: Place,
    count: float | None,
    councils: Sequence[Serves],
    money: Sequence[str],
    serving: Sequence[tuple[Organisation, str]],
    own: Sequence[str],
) -> Iterator[str]:
    if count is None:
        yield "How many people live in it is not known from this plan."
    if area.share_in_footprint < 1:
        yield f"{percent(area.share_in_footprint)} of its people live in {facts.place}; nothing is told of the others."
    if not councils:
        yield "The plan does not say which council’s area it is."
    elif not {each.key for each in councils} & set(money):
        told = f"; it is told together, as {listed([facts.body(key) for key in money])}" if money else " and not told"
        yield f"The money of {listed([each.name for each in councils])} is not held apart{told}."
    commissioners = [row for row in facts.plan.organisations if row.role is Role.COMMISSIONER]
    if commissioners and not any(row.role is Role.COMMISSIONER for row, _ in serving):
        yield (
            "The plan does not say which commissioners buy care for its people; in the place there "
            f"{'is' if len(commissioners) == 1 else 'are'} {listed([row.name for row in commissioners])}."
        )
    if facts.plan.indicators and not own:
        yield f"No measure of health or care is held for it alone: those shown are of the whole of {facts.place}."
