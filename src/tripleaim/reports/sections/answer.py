"""The answer, and how big the three gaps are."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from tripleaim.loading.completeness import uncounted
from tripleaim.projection.gaps import MoneyGap, OutcomeGap
from tripleaim.reports import together
from tripleaim.reports.facts import GAPS, Facts, marked, misses, wider_with_found
from tripleaim.reports.reading import against_standard
from tripleaim.reports.rests_on import AS_HOPED, WITH_FOUND
from tripleaim.reports.section import Section
from tripleaim.reports.words import (
    NOTHING,
    in_words,
    lower,
    money,
    more,
    rounded,
    short,
    tell_money_apart,
)

MOST_NAMED = 3
"""Measures named in the answer; the panels and the tables tell the rest."""


@dataclass(frozen=True)
class Panel:
    """One gap: its figures, largest first in sight, and what else to know."""

    key: str
    heading: str
    figures: tuple[tuple[Markup, str], ...]
    """Figure and what it is."""
    lines: tuple[tuple[str, Markup], ...]


def answer(facts: Facts) -> Section:
    """One sentence a resident understands, then the two other gaps."""
    verdict = pressure_verdict(facts) if facts.is_pressure else gap_verdict(facts)
    return Section(
        key="answer",
        question="The answer",
        template="answer.html",
        data={
            "verdict": verdict,
            "rest": rest(facts),
            "measures": measures(facts),
            "summary": facts.plan.heading.summary,
        },
    )


def gap_verdict(facts: Facts) -> Markup:
    """Short or ahead in the last year, as hoped and as resourced."""
    gap, at = facts.projection.scope("both"), facts.last
    hoped, found, nothing = gap.hoped[at], gap.resourced[at], gap.do_nothing[at]
    said = tell_money_apart(abs(hoped), abs(found))
    if not facts.has_schemes:
        return Markup("No scheme is proposed yet. If nothing changes, {} is {}.").format(
            facts.place, _strong(nothing, short(nothing), facts, year=True, to="walk")
        )
    still = "still " if hoped > NOTHING and nothing > NOTHING else ""
    start = Markup("If every scheme works, {} is {}{}").format(
        facts.place, still, _strong(hoped, short(hoped, said[0]), facts, year=True, to=AS_HOPED)
    )
    if abs(hoped - found) < NOTHING:
        return (
            start + ("; the staff and capital it needs are found." if facts.needs_resources else ".") + _counts(facts)
        )
    start += Markup("; with the staff and capital it has found so far, {}.").format(
        _strong(found, short(found, said[1]), facts, to=WITH_FOUND)
    )
    return start + _counts(facts)


def pressure_verdict(facts: Facts) -> Markup:
    """How much more the same care costs, with and without the schemes."""
    gap, at, year = facts.projection.scope("both"), facts.last, facts.plan.opening_year
    nothing, hoped, found = gap.do_nothing[at], gap.hoped[at], gap.resourced[at]
    if abs(nothing) < NOTHING:
        start = Markup("If nothing changes, the same care would cost as much in {} as in {}.").format(
            facts.last_year, year
        )
    else:
        start = Markup("If nothing changes, the same care would cost {} in {} than in {}.").format(
            _strong(nothing, more(nothing), facts, to="walk"), facts.last_year, year
        )
    if not facts.has_schemes:
        return start
    start += Markup(" {} would {}").format(together.called(facts), _changes(hoped - nothing, AS_HOPED))
    if abs(hoped - found) >= NOTHING:
        start += Markup(", as hoped; with the staff and capital found so far, they would {}").format(
            _changes(found - nothing, WITH_FOUND)
        )
    return start + "." + _counts(facts)


def _changes(change: float, to: str) -> Markup:
    """What schemes do to a pressure, leading to where it is worked out."""
    if abs(change) < NOTHING:
        return Markup("leave that the same")
    return Markup("make that {}{}").format(
        _linked(marked(abs(change), more(change)), to), ", not less" if change > 0 else ""
    )


def _counts(facts: Facts) -> str:
    """Whether the verdict counts savings that nobody has worked out."""
    hoped, found = (abs(part) >= NOTHING for part in facts.plugged)
    if not (hoped or found):
        return ""
    who = "This counts" if facts.is_resourced else "Both count" if hoped and found else "The first counts"
    if found and not hoped:
        who = "The second counts"
    return f" {who} a plug: savings that nobody owns, plans or has evidence for."


def rest(facts: Facts) -> tuple[str, ...]:
    """What the verdict leaves out, in a few sentences."""
    gap, at = facts.projection.scope("both"), facts.last
    found: list[str] = [
        words for words in (uncounted(facts.plan), together.why_dearer(facts), facts.whose_care) if words
    ]
    if facts.is_pressure:
        found.append(
            "The extra cost is called pressure here. It is not a shortfall: "
            "this plan does not hold an opening position and an allocation for every body in it."
        )
    elif facts.has_schemes:
        nothing = _linked(marked(gap.do_nothing[at], short(gap.do_nothing[at])), "walk")
        found.append(Markup("Doing nothing would leave it {}.").format(nothing))
    found.extend(_plug(facts))
    open_gaps = _open(facts)
    if not facts.is_pressure and max(gap.hoped[at], gap.resourced[at]) > NOTHING:
        open_gaps.append("money")
    if len(open_gaps) == 3:
        found.append("Health, care and money are three separate gaps: none is closed by this plan.")
    elif open_gaps:
        found.append("Health, care and money are counted apart.")
    return tuple(found)


def measures(facts: Facts) -> tuple[Markup, ...]:
    """A sentence for health and one for care where measures miss their standard at the end."""
    return tuple(_missed(facts, name) for name in _open(facts))


def _open(facts: Facts) -> list[str]:
    return [name for name in ("health", "care") if _is_open(facts.outcome(name))]


def _missed(facts: Facts, name: str) -> Markup:
    """How many measures of a gap miss their standard at the end, and which."""
    found, case = facts.outcome(name), "hoped"
    if found.met["resourced"][-1] < found.met["hoped"][-1]:
        case = "resourced"
    missed = [path.name for path in found.indicators if misses(path, getattr(path, case)[-1])]
    many = len(missed) != 1
    said = f"{in_words(len(missed)).capitalize()} of {in_words(found.with_standard)} measures of {name}"
    said += f" {'are' if many else 'is'} still not at {'their' if many else 'its'} standard in {facts.last_year}"
    said += " with what is found" if case == "resourced" else ""
    shown = [lower(text) for text in missed[:MOST_NAMED]]
    left = len(missed) - len(shown)
    rest = Markup('; and <a href="#on-indicators">{} more</a>').format(left) if left else ""
    return Markup("{}: {}{}.").format(said, "; ".join(shown), rest)


def _plug(facts: Facts) -> tuple[str, ...]:
    """The verdict without what nobody has worked out."""
    if max(abs(part) for part in facts.plugged) < NOTHING:
        return ()
    return (f"Without the plug the place is {facts.without_plugs()}.",)


def gaps(facts: Facts) -> Section:
    """Three equal panels: health, care, money."""
    panels = (_outcome_panel(facts, "health"), _outcome_panel(facts, "care"), _money_panel(facts))
    basis = "Indicators are counted, never averaged. "
    if facts.is_pressure:
        basis += f"Money is in cash, above {facts.plan.opening_year}, before any growth in funding."
    else:
        basis += "Short means a year’s spending above a year’s income that will recur, in cash, before central funds."
    if not facts.is_resourced:
        basis += " “With what is found” counts only the posts and capital found so far."
    basis += f" {rounded(*_sums(facts))}"
    return Section(
        key="gaps",
        question="How big are the three gaps?" if not facts.is_pressure else "How big are the gaps, and the pressure?",
        template="gaps.html",
        data={"panels": panels, "basis": basis.strip()},
    )


def _outcome_panel(facts: Facts, name: str) -> Panel:
    found, at = facts.outcome(name), facts.last
    if not found.with_standard:
        return Panel(
            name, GAPS[name], (), (("Not yet measured", Markup("Indicators with a standard will stand here.")),)
        )
    of = f"of {found.with_standard}"
    word = f"{'indicator' if found.with_standard == 1 else 'indicators'} at the standard in {facts.last_year}"
    hoped, resourced = found.met["hoped"][at], found.met["resourced"][at]
    as_hoped = ", as hoped" if facts.has_schemes else ""
    figures = [(marked(hoped, f"{hoped} {of}"), f"{word}{as_hoped}")]
    if not facts.is_resourced:
        figures.append((marked(resourced, f"{resourced} {of}"), "with what is found"))
    nothing = found.met["do_nothing"][at]
    wider = [path.name for path in found.indicators if path.wider_than_today]
    lines = [
        ("Today", marked(found.met_today, f"{found.met_today} {of}")),
        ("If nothing changes", marked(nothing, f"{nothing} {of}")),
        (f"Worst{as_hoped}", Markup("{}").format(_worst(facts, found))),
        (f"Further away than today{as_hoped}", Markup("{}").format(_named(wider))),
    ]
    more = [path.name for path in found.indicators if wider_with_found(path) and path.name not in wider]
    if more:
        lines.append(("Also further away than today, with what is found", Markup("{}").format(_named(more))))
    return Panel(name, GAPS[name], tuple(figures), tuple(lines))


def _money_panel(facts: Facts) -> Panel:
    gap, at = facts.projection.scope("both"), facts.last
    stands = f"above {facts.plan.opening_year}" if facts.is_pressure else "short"
    as_hoped = ", as hoped" if facts.has_schemes else ""
    said = tell_money_apart(abs(gap.hoped[at]), abs(gap.resourced[at]))
    first = _linked(marked(gap.hoped[at], said[0]), AS_HOPED if facts.has_schemes else "walk")
    figures = [(first, f"{_side(gap.hoped[at], stands)} in {facts.last_year}{as_hoped}")]
    if not facts.is_resourced:
        second = _linked(marked(gap.resourced[at], said[1]), WITH_FOUND)
        figures.append((second, f"{_side(gap.resourced[at], stands)} with what is found"))
    lines = []
    if facts.has_schemes:
        lines.append(("If nothing changes", _stood(facts, gap.do_nothing[at], "walk")))
        change = gap.hoped[at] - gap.do_nothing[at]
        if facts.is_pressure and abs(change) >= NOTHING:
            does = f"The schemes {'add' if change > 0 else 'take off'}{as_hoped}"
            lines.append((does, _linked(marked(abs(change), money(abs(change))), "bridge")))
    for name, who in (("nhs", "NHS"), ("council", "Councils")):
        part = facts.projection.scope(name)
        if any(abs(value) >= NOTHING for value in (*part.do_nothing, *part.hoped)):
            to = f"walk_{name}" if not facts.has_schemes else f"bridge_{name}"
            lines.append((f"{who}{as_hoped}", _stood(facts, part.hoped[at], to)))
            if abs(part.hoped[at] - part.resourced[at]) >= NOTHING:
                lines.append((f"{who}, with what is found", _stood(facts, part.resourced[at], to)))
    if not facts.is_pressure:
        lines.append(_deficits(facts, gap, as_hoped))
    return Panel("money", "Money" if not facts.is_pressure else "Money: pressure", tuple(figures), tuple(lines))


def _sums(facts: Facts) -> list[tuple[float, ...]]:
    """The sums a reader may add up on the money panel: parts, then what they come to."""
    at = facts.last
    both, nhs, council = (facts.projection.scope(name) for name in ("both", "nhs", "council"))
    sums = [(getattr(nhs, c)[at], getattr(council, c)[at], getattr(both, c)[at]) for c in ("hoped", "resourced")]
    if facts.is_pressure:
        nothing, hoped = both.do_nothing[at], both.hoped[at]
        return [*sums, (nothing, hoped - nothing, hoped)]
    return [*sums, (both.hoped[at], both.deficits[at] - both.hoped[at], both.deficits[at])]


def _stood(facts: Facts, value: float, to: str) -> Markup:
    """How the money stands, leading to where it is worked out."""
    return _linked(marked(value, facts.stands(value)), to)


def _deficits(facts: Facts, gap: MoneyGap, as_hoped: str) -> tuple[str, Markup]:
    """All bodies that are short, and why that is more than the place is short by."""
    short_of, ahead = gap.deficits[facts.last], gap.deficits[facts.last] - gap.hoped[facts.last]
    told = marked(short_of, f"short by {money(short_of)}")
    if facts.projection.organisations:
        told = _linked(told, "positions")
    if ahead >= NOTHING:
        told += Markup("; others are ahead by {}, which makes the place’s own figure smaller").format(money(ahead))
    return f"Bodies that are short, added up{as_hoped}", told


def _side(value: float, stands: str) -> str:
    return stands if value > -NOTHING else {"short": "ahead"}.get(stands, stands.replace("above", "below"))


def _worst(facts: Facts, found: OutcomeGap) -> str:
    return (
        against_standard(facts.indicator(found.worst), facts.last) if found.worst else "none: all are at the standard"
    )


def _named(names: list[str]) -> str:
    return f"{len(names)}: {'; '.join(names)}" if names else "none"


def _is_open(found: OutcomeGap) -> bool:
    return bool(found.with_standard) and min(found.met["hoped"][-1], found.met["resourced"][-1]) < found.with_standard


def _strong(value: float, said: str, facts: Facts, to: str, year: bool = False) -> Markup:
    words = f"{said} in {facts.last_year}" if year else said
    return Markup("<strong>{}</strong>").format(_linked(marked(value, words), to))


def _linked(figure: Markup, to: str) -> Markup:
    """A figure that leads to the picture or table on the page where it is worked out."""
    return Markup('<a href="#{}">{}</a>').format(to, figure)
