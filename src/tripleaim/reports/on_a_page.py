"""The place on a page: one side of A4 on its side, from the same result as the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tripleaim.charts import AgePyramid, Bridge, Picture, Step
from tripleaim.charts.wording import wrap
from tripleaim.projection.bridge import Step as WalkStep
from tripleaim.projection.result import Projection
from tripleaim.reports.alone import page_alone
from tripleaim.reports.facts import GAPS, Exhibits, Facts, marked
from tripleaim.reports.sections import answer, moves, trust
from tripleaim.reports.sections.bridge import LEFT_OUT
from tripleaim.reports.words import (
    NOTHING,
    day,
    fours,
    lower,
    month,
    people,
    percent,
    plural,
    sentence,
    tell_money_apart,
)

FILE = "on_a_page.html"
WIDTH = 290.0
"""Width of a line of a list in drawing units, at the size the printed page has."""
ROOM = {"moves": 23, "unknown": 24, "beds": 4}
"""Lines, and rows of beds, that the printed side has room for; the rest is counted and told in the report."""


@dataclass(frozen=True)
class Panel:
    """One gap: its figures with what they are, and a few words beside."""

    key: str
    heading: str
    figures: tuple[tuple[Markup, str], ...]
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Few:
    """As much of a list as there is room for, and how much more there is."""

    shown: tuple[str, ...]
    more: int


def on_a_page(projection: Projection, report: str = "index.html") -> str:
    """One HTML page that prints on one side of A4, landscape; `report` is the address of the whole report."""
    facts = Facts(projection, Exhibits())
    heading = projection.plan.heading
    return page_alone(
        "on_a_page.html",
        "on_a_page.css",
        heading=heading,
        dated=day(heading.dated),
        fours=fours(projection.fingerprint),
        report=report,
        verdict=_to_report(answer.answer(facts).data["verdict"], report),
        panels=(_outcomes(facts, "health"), _outcomes(facts, "care"), _money(facts)),
        whose_care=facts.whose_care,
        has_schemes=facts.has_schemes,
        which_beds=_which(facts),
        beds_in=f"{facts.last_year}" if facts.has_schemes else f"Open in the model, {facts.last_year}",
        lives=_lives(facts),
        ages=_picture(_ages(facts), "ages"),
        bridge=_picture(_bridge(facts), "bridge"),
        bridge_words=_bridge_words(facts),
        beds=_beds(facts),
        moves=_moves(facts),
        behind=sum(scheme.change == "changes" for scheme in projection.schemes if not scheme.is_plug),
        unknown=_unknown(facts),
        last_year=facts.last_year,
    )


def _to_report(words: Markup, report: str) -> Markup:
    """Links within the report lead there from this page too."""
    return Markup(words.replace('href="#', Markup('href="{}#').format(report)))


def _picture(picture: Picture | None, key: str) -> Markup:
    """The narrow drawing of a picture alone: the only one with room on the page."""
    return Markup("<svg" + picture.svg(key).split("<svg")[2]) if picture else Markup("")


# ---- Three gaps ----------------------------------------------------------------------------------------------------


def _outcomes(facts: Facts, name: str) -> Panel:
    found, at = facts.outcome(name), facts.last
    if not found.with_standard:
        return Panel(name, GAPS[name], (), (("Not yet measured", "no indicator has a standard"),))
    hoped, resourced, of = found.met["hoped"][at], found.met["resourced"][at], f"of {found.with_standard}"
    figures = [(marked(hoped, f"{hoped} {of}"), f"at the standard in {facts.last_year}{_as_hoped(facts)}")]
    if not facts.is_resourced:
        figures.append((marked(resourced, f"{resourced} {of}"), "with what is found"))
    wider = sum(path.wider_than_today for path in found.indicators)
    lines = (
        ("Today", f"{found.met_today} {of}"),
        ("If nothing changes", f"{found.met['do_nothing'][at]} {of}"),
        ("Further away than today", str(wider) if wider else "none"),
    )
    return Panel(name, GAPS[name], tuple(figures), lines)


def _money(facts: Facts) -> Panel:
    gap, at = facts.projection.scope("both"), facts.last
    said = tell_money_apart(abs(gap.hoped[at]), abs(gap.resourced[at]))
    figures = [
        (marked(gap.hoped[at], said[0]), f"{_side(facts, gap.hoped[at])} in {facts.last_year}{_as_hoped(facts)}")
    ]
    if not facts.is_resourced:
        figures.append((marked(gap.resourced[at], said[1]), f"{_side(facts, gap.resourced[at])} with what is found"))
    lines = [("If nothing changes", facts.stands(gap.do_nothing[at]))] if facts.has_schemes else []
    for name, who in (("nhs", "NHS"), ("council", "Councils")):
        part = facts.projection.scope(name)
        if any(abs(value) >= NOTHING for value in (*part.do_nothing, *part.hoped)):
            lines.append((f"{who}{_as_hoped(facts)}", facts.stands(part.hoped[at])))
    return Panel("money", "Money: pressure" if facts.is_pressure else "Money", tuple(figures), tuple(lines))


def _as_hoped(facts: Facts) -> str:
    return ", as hoped" if facts.has_schemes else ""


def _side(facts: Facts, value: float) -> str:
    """What a sum of money is: short or ahead, above or below the opening year."""
    if facts.is_pressure:
        return f"{'above' if value > -NOTHING else 'below'} {facts.plan.opening_year}"
    return "short" if value > -NOTHING else "ahead"


# ---- People, money and beds ----------------------------------------------------------------------------------------


def _lives(facts: Facts) -> tuple[str, ...]:
    """How many people live here now and then, and how many of them are old."""
    ages = facts.projection.ages
    if ages is None:
        return ("The plan has no count of people yet.",)
    told = [_grows("people", ages.then_year, ages.later_year, sum(ages.then), sum(ages.later))]
    before, after = (sum(_old(ages.bands, values)) for values in (ages.then, ages.later))
    if before:
        told.append(f"Aged 80 and over: {_grows('', ages.then_year, ages.later_year, before, after)}")
    return tuple(told)


def _grows(what: str, then_year: int, later_year: int, then: float, later: float) -> str:
    """Two counts and the change between them.

    >>> _grows("people", 2015, 2020, 1_004_321, 1_030_654)
    '1,004,000 people in 2015, 1,031,000 in 2020: 2.6% more.'
    """
    first, second = (people(count).removesuffix(" people") for count in (then, later))
    share = later / then - 1 if then else 0.0
    change = f"{percent(abs(share))} {'more' if share >= 0 else 'fewer'}"
    return f"{first} {what} in {then_year}, {second} in {later_year}: {change}.".replace("  ", " ")


def _old(bands: Sequence[str], values: Sequence[float]) -> list[float]:
    return [value for band, value in zip(bands, values, strict=True) if int(band.split(" ")[0]) >= 80]


def _ages(facts: Facts) -> Picture | None:
    """The age structure in bands of twenty years."""
    ages = facts.projection.ages
    if ages is None:
        return None
    starts = [int(band.split(" ")[0]) for band in ages.bands]
    bands = sorted({min(start // 20 * 20, 80) for start in starts})

    def summed(values: Sequence[float]) -> tuple[float, ...]:
        return tuple(
            sum(value for start, value in zip(starts, values, strict=True) if min(start // 20 * 20, 80) == band)
            for band in bands
        )

    return AgePyramid(
        title=f"Ages in {ages.then_year} and {ages.later_year}",
        reads=f"Filled bars are {ages.then_year}, outlines {ages.later_year}; the figure is the change.",
        bands=tuple(f"{band} to {band + 19}" if band < 80 else "80 and over" for band in bands),
        then=summed(ages.then),
        later=summed(ages.later),
        then_label=str(ages.then_year),
        later_label=str(ages.later_year),
    )


def _bridge(facts: Facts) -> Picture | None:
    """The bridge with all schemes that save as one bar, and all that cost more than they save as another."""
    if not facts.has_schemes:
        return None
    at = facts.last
    steps = facts.projection.bridge().steps
    schemes = [step for step in steps if step.kind == "scheme"]
    saves = [step for step in schemes if step.amounts[at] <= 0]
    costs = [step for step in schemes if step.amounts[at] > 0]
    resourced = [] if facts.is_resourced else ["resources", "resourced"]
    drawn = [_step(facts, steps[0])]
    for group, one, many in (
        (saves, "scheme that saves", "schemes that save"),
        (costs, "scheme that costs more than it saves", "schemes that cost more than they save"),
    ):
        total = sum(step.amounts[at] for step in group) / 1e6
        if abs(total) * 1e6 >= LEFT_OUT:
            drawn.append(Step(plural(len(group), one, many), total, "helps" if total <= 0 else "adds"))
    for step in steps[1:]:
        if step.kind == "scheme" or (step.key in ("resources", "resourced") and step.key not in resourced):
            continue
        if step.kind == "total" or abs(step.amounts[at]) >= LEFT_OUT:
            drawn.append(_step(facts, step))
    return Bridge(
        title="What closes the money gap" if not facts.is_pressure else "What eases the pressure",
        reads="Read down: solid takes away, striped adds, dashed is a plug, cross-hatched is a result.",
        unit=f"£m, {facts.last_year}",
        steps=tuple(drawn),
        ends=("below", "above") if facts.is_pressure else ("ahead by", "short by"),
    )


def _step(facts: Facts, step: WalkStep) -> Step:
    """A bar that is not a scheme; a result carries what it would be without plugs."""
    value = step.amounts[facts.last] / 1e6
    again = {"hoped": facts.projection.hoped_without_plugs, "resourced": facts.projection.resourced_without_plugs}
    if step.kind == "total":
        bare = again[step.key][facts.last] / 1e6 if step.key in again else None
        return Step(step.name, value, "result" if step.key in again else "total", without=bare)
    if step.kind == "plug":
        return Step(f"{step.name} (a plug)", value, "plug")
    return Step(step.name, value, "helps" if value <= 0 else "adds")


def _bridge_words(facts: Facts) -> str:
    if not facts.has_schemes:
        return ""
    drawn = "Solid takes away, striped adds; cross-hatched is what is left."
    return f"{drawn} Dashed is a plug: no owner, no action." if facts.projection.composition.plugs >= NOTHING else drawn


def _beds(facts: Facts) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Beds today and at the end, as hoped, and what the plan claims to close: the largest pools, and how many more."""
    pools = sorted(facts.projection.beds, key=lambda pool: -pool.base)
    room, shared = ROOM["beds"], f"{_which(facts)}, "
    rows = tuple(
        (
            pool.name.removeprefix(shared),
            f"{pool.base:,.0f}",
            f"{pool.open_last:,.0f}",
            f"{pool.claimed:,.0f}" if pool.claimed else "none",
        )
        for pool in pools[:room]
    )
    return rows, len(pools) - len(rows)


def _which(facts: Facts) -> str:
    """What the names of all pools begin with, before their first comma; just beds where they differ or have none."""
    parts = [pool.name.partition(", ") for pool in facts.projection.beds]
    kinds = {kind if place else "" for kind, _, place in parts}
    return kinds.pop() or "Beds" if len(kinds) == 1 else "Beds"


# ---- What starts, stops and moves; what is not known ---------------------------------------------------------------


def _moves(facts: Facts) -> tuple[tuple[str, Few], ...]:
    """Schemes residents will notice, by name; a long list never crowds out what stops or moves."""
    groups: list[tuple[str, list[str]]] = []
    for change, name in moves.HEADINGS.items():
        schemes = [scheme for scheme in facts.projection.schemes if scheme.change == change and not scheme.is_plug]
        names = [
            f"{scheme.name}{f', {month(scheme.start)}' if scheme.start else ''}"
            for scheme in sorted(schemes, key=lambda scheme: (scheme.start, scheme.name))
        ]
        if names:
            groups.append((name, names))
    told: dict[str, Few] = {}
    room = ROOM["moves"] - len(groups)
    for name, names in sorted(groups, key=lambda group: _lines(group[1])):
        told[name] = fitting(names, room // (len(groups) - len(told)))
        room -= _lines(told[name].shown) + (told[name].more > 0)
    return tuple((name, told[name]) for name, _ in groups)


def _unknown(facts: Facts) -> Few:
    """The first two things the authors say they do not know, what the figures show is missing, then the rest."""
    counted = [f"{heading.removesuffix('.')}: {lower(words)}" for heading, words in trust.missing(facts)]
    told = facts.plan.heading.not_known
    return fitting([sentence(text) for text in (*told[:2], *counted, *told[2:])], ROOM["unknown"])


def fitting(words: Sequence[str], lines: int) -> Few:
    """The first entries that fit in so many lines, with one line kept to say how many more there are.

    >>> fitting(["one", "two", "three"], 2)
    Few(shown=('one',), more=2)
    """
    shown: list[str] = []
    room = lines
    for n, entry in enumerate(words):
        room -= _lines([entry])
        if room < (1 if n + 1 < len(words) else 0):
            break
        shown.append(entry)
    return Few(tuple(shown), len(words) - len(shown))


def _lines(entries: Sequence[str]) -> int:
    return sum(len(wrap(entry, WIDTH)) for entry in entries)
