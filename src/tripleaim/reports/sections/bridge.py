"""What closes the money gap, and why there is one."""

from __future__ import annotations

from dataclasses import replace

from tripleaim.charts import Bridge, Step, Table
from tripleaim.charts.walk import TOO_SMALL, Kind
from tripleaim.projection.bridge import Bridge as Walk
from tripleaim.projection.bridge import Step as WalkStep
from tripleaim.reports.facts import SCOPES, Facts
from tripleaim.reports.rests_on import SEPARATOR, traces, worked
from tripleaim.reports.section import Section
from tripleaim.reports.words import (
    NOTHING,
    above,
    counted,
    listed,
    lower,
    money,
    plural,
    short,
    tell_money_apart,
)

SHOWN = 8
"""Schemes drawn one by one; from ten schemes on, the smaller ones are drawn as one."""
LEFT_OUT = 0.1
"""A step smaller than this, in GBP, is not drawn; with a larger one missing the bars would not add up."""
MILLION = 1e6


def closes(facts: Facts) -> Section | None:
    """The bridge from doing nothing to the plan, in the last year."""
    if not facts.has_schemes:
        return None
    walk = facts.projection.bridge()
    steps = pooled(walk.steps, facts.last)
    picture = Bridge(
        title=bridge_title(facts),
        reads=bridge_reads(facts, steps),
        unit=f"£m, {facts.last_year}",
        steps=tuple(_drawn(facts, step) for step in steps),
        ends=("below", "above") if facts.is_pressure else ("ahead by", "short by"),
        traces=traces(facts, steps),
    )
    return Section(
        key="closes",
        question="What eases the pressure?" if facts.is_pressure else "What closes the money gap?",
        data={
            "exhibits": (facts.shown.picture("bridge", picture),),
            "worked": worked(facts),
            "after": bridge_notes(facts, steps),
        },
    )


def pooled(steps: tuple[WalkStep, ...], at: int) -> tuple[WalkStep, ...]:
    """The steps a reader can take in: from ten schemes on, the smaller ones as one; steps of nothing left out."""
    schemes = [step for step in steps if step.kind == "scheme"]
    if len(schemes) >= 10:
        largest = sorted(schemes, key=lambda step: -abs(step.amounts[at]))[:SHOWN]
        rest = [step for step in schemes if step not in largest]
        saves = [step for step in rest if step.amounts[at] <= 0]
        adds = [step for step in rest if step.amounts[at] > 0]
        schemes = [step for step in schemes if step in largest]
        savers = [step for step in schemes if step.amounts[at] <= 0]
        schemes = [*savers, *_pool(saves, "smaller scheme"), *[s for s in schemes if s not in savers]]
        schemes += _pool(
            adds,
            "smaller scheme that costs more than it saves",
            "smaller schemes that cost more than they save",
        )
    others = [
        step for step in steps if step.kind != "scheme" and (step.kind == "total" or abs(step.amounts[at]) >= LEFT_OUT)
    ]
    same = not any(step.key == "resources" for step in others)
    tail = [step for step in others if step.key != "do_nothing" and not (same and step.key == "resourced")]
    return (steps[0], *schemes, *tail)


def _pool(steps: list[WalkStep], one: str, many: str = "") -> list[WalkStep]:
    if len(steps) < 2:
        return steps
    amounts = tuple(sum(parts) for parts in zip(*(step.amounts for step in steps), strict=True))
    key = SEPARATOR.join(step.key for step in steps)
    return [WalkStep(key=key, name=plural(len(steps), one, many), kind="scheme", amounts=amounts)]


def _drawn(facts: Facts, step: WalkStep) -> Step:
    """A bar. A result that counts a plug carries the result of the plan run again without it."""
    at = facts.last
    value = step.amounts[at] / MILLION
    again = {"hoped": facts.projection.hoped_without_plugs, "resourced": facts.projection.resourced_without_plugs}
    if step.kind == "total":
        bare = again[step.key][at] / MILLION if step.key in again else None
        return Step(step.name, value, "total" if step.key in ("do_nothing", "opening") else "result", without=bare)
    kind: Kind = "plug" if step.kind == "plug" else "helps" if value <= 0 else "adds"
    name = f"{step.name} (a plug)" if step.kind == "plug" else step.name
    return Step(name, value, kind)


def bridge_title(facts: Facts) -> str:
    """The finding: how much the schemes close, as hoped and with what is found, and what stays."""
    gap, at, word = facts.projection.scope("both"), facts.last, facts.money_word()
    nothing, hoped, found = gap.do_nothing[at], gap.hoped[at], gap.resourced[at]
    who, many = _schemes_apart(facts)
    same = abs(hoped - found) < NOTHING
    as_hoped = "" if same else " as hoped"
    if not facts.is_pressure and nothing <= NOTHING:
        moved = f"{who} {'move' if many else 'moves'} the place from {short(nothing)} to {short(hoped)}{as_hoped}"
        return moved + ("" if same else f", {short(found)} with what is found")
    closed, really = nothing - hoped, nothing - found
    if abs(closed) <= NOTHING:
        title = f"{who} {'change' if many else 'changes'} nothing of a {word} of {money(nothing)}{as_hoped}"
    elif closed < 0:
        title = f"{who} {'add' if many else 'adds'} {money(-closed)} to a {word} of {money(nothing)}{as_hoped}"
    elif facts.is_pressure:
        title = f"{who} {'take' if many else 'takes'} {money(closed)} off a pressure of {money(nothing)}{as_hoped}"
    elif hoped <= NOTHING:
        more = f" and {money(-hoped)} more" if hoped < -NOTHING else ""
        title = f"{who} {'close' if many else 'closes'} the whole gap of {money(nothing)}{more}{as_hoped}"
    else:
        said = tell_money_apart(closed, nothing, hoped, *(() if same else (found,)))
        title = f"{who} {'close' if many else 'closes'} {said[0]} of a {said[1]} gap{as_hoped}; {said[2]} stays open"
        return title if same else f"{title}, {said[3]} with what is found"
    if same:
        return title
    if facts.is_pressure:
        end = f"{money(abs(really))} {'less' if really > 0 else 'more'}" if abs(really) > NOTHING else "no change"
        return f"{title}; with what is found, {end}"
    return f"{title}; with what is found, {short(found)}"


def _schemes_apart(facts: Facts) -> tuple[str, bool]:
    """Schemes that save, those that cost, those that do neither and plugs, each counted apart; and whether several."""
    at, schemes = facts.last, [scheme for scheme in facts.projection.schemes if not scheme.is_plug]
    saves = sum(scheme.saving[at] >= NOTHING for scheme in schemes)
    costs = sum(scheme.saving[at] <= -NOTHING for scheme in schemes)
    idle, plugs = len(schemes) - saves - costs, len(facts.projection.schemes) - len(schemes)
    parts = [
        (saves, "that saves on its own", "that save on their own"),
        (costs, "that costs more than it saves", "that cost more than they save"),
        (idle, "that neither saves nor costs", "that neither save nor cost"),
    ]
    told: list[str] = []
    for count, one, many in parts:
        if count:
            number = f"{count}" if told else counted(count, "scheme")
            told.append(f"{number} {one if count == 1 else many}")
    if plugs:
        told.append(plural(plugs, "plug") if told else counted(plugs, "plug"))
    income = sum(step.amounts[at] for step in facts.projection.bridge().steps if step.kind == "income")
    if income <= -NOTHING:
        told.append("income from outside the place")
    several = len(told) > 1 or len(facts.projection.schemes) > 1
    return listed(told) + (" together" if several else ""), several


def bridge_reads(facts: Facts, steps: tuple[WalkStep, ...]) -> str:
    """How to read the bridge, with what its last bars say."""
    what = f"the extra cost in {facts.last_year}" if facts.is_pressure else f"the shortfall in {facts.last_year}"
    start = (
        f"Read down. The first bar is {what} if nothing changes. Each solid bar takes some of it "
        "away; each striped bar puts some back."
    )
    missing = next((step.amounts[facts.last] for step in steps if step.key == "resources"), 0.0)
    if missing > NOTHING:
        start += f" The last {money(missing)} returns because the posts and capital it needs have not been found."
    elif missing < -NOTHING:
        start += f" With only the posts and capital found, {money(-missing)} less is spent than is saved by then."
    if _too_small(steps, facts.last):
        start += " The thinnest bars are drawn wider than they are, so that they can be seen: read their figures."
    return start


def _too_small(steps: tuple[WalkStep, ...], at: int) -> bool:
    """Whether any change is too small for the scale of the levels it stands between."""
    longest = max(abs(step.amounts[at]) for step in steps if step.kind == "total")
    return any(0 < abs(step.amounts[at]) < TOO_SMALL * longest for step in steps if step.kind != "total")


def bridge_notes(facts: Facts, steps: tuple[WalkStep, ...]) -> tuple[str, ...]:
    """Plugs, overlap, wards, and the year after."""
    at, walk, found = facts.last, facts.projection.bridge(), []
    drawn = [step.amounts[at] for step in steps if step.kind == "plug"]
    plugs = sum(drawn)
    if plugs < -NOTHING:
        bars = "The dashed bar is a plug" if len(drawn) == 1 else "The dashed bars are plugs"
        found.append(
            f"{bars}: {money(-plugs)} of savings, taken alone, with no owner, action or evidence. "
            f"Without {'it' if len(drawn) == 1 else 'them'} the place is {facts.without_plugs()}."
            f"{_shared(facts, -plugs)}"
        )
    income = sum(step.amounts[at] for step in steps if step.kind == "income")
    if income <= -NOTHING:
        found.append(f"{money(-income)} is income from outside the place: money that others pay, not a saving.")
    found.extend(_wards(walk, at))
    hoped, resourced = walk.at("hoped").amounts[-1], walk.at("resourced").amounts[-1]
    after = (
        f"With every scheme at its full yearly rate, nothing one-off and no further growth (the run-rate after the "
        f"plan), the place is {facts.stands(hoped)} as hoped"
    )
    found.append(after + ("." if facts.is_resourced else f" and {facts.stands(resourced)} with what is found."))
    return tuple(found)


def _shared(facts: Facts, plugs: float) -> str:
    """Why the place is not worse by a whole plug without it; empty where it is."""
    hoped, found = (money(part) for part in facts.plugged)
    if hoped == found == money(plugs) or min(facts.plugged) < NOTHING or max(facts.plugged) > plugs:
        return ""
    by = f"by {hoped}" if hoped == found else f"by {hoped} as hoped and by {found} with what is found"
    return f" That is worse {by}, not by {money(plugs)}, because other schemes act on some of the same spending."


def _wards(walk: Walk, at: int) -> tuple[str, ...]:
    """What whole wards, safe occupancy and their staff put back, or take away besides."""
    wards = walk.at("whole_wards").amounts[at]
    if abs(wards) <= NOTHING:
        return ()
    start = (
        "Each scheme is counted as if beds could close one by one. Wards open and close whole, keep beds free for "
        "safe occupancy, and bring their staff with them: together "
    )
    if wards < 0:
        return (f"{start}that takes away {money(-wards)} more.",)
    saved = -sum(step.amounts[at] for step in walk.steps if step.kind in ("scheme", "plug", "overlap"))
    if saved > NOTHING and wards > saved:
        back, whole = tell_money_apart(wards, saved)
        told = f"{start}that puts back {back}, more than the {whole} the schemes save before it."
        why = "is what is left once their running costs are paid, and these are paid even where no ward closes"
        return (f"{told} The {whole} {why}.",)
    return (f"{start}that puts back {money(wards)}.",)


def why(facts: Facts) -> Section:
    """The walk to the do-nothing position."""
    walk, at = facts.projection.walk(), facts.last
    kept = tuple(step for step in walk.steps if step.kind == "total" or abs(step.amounts[at]) >= NOTHING)
    if facts.is_pressure and abs(kept[0].amounts[at]) < NOTHING:
        kept = kept[1:]
    elif facts.is_pressure:
        kept = (replace(kept[0], name="Change of counting since the opening year", kind="step"), *kept[1:])
    picture = Bridge(
        title=_walk_title(facts, kept),
        reads=(
            f"Read down: what each cause adds (striped) or takes away (solid) by {facts.last_year}, "
            "one after another, until the last bar: doing nothing."
        ),
        unit=f"£m, {facts.last_year}",
        steps=tuple(_walked(step, at) for step in kept),
        ends=("below", "above") if facts.is_pressure else ("ahead by", "short by"),
        traces=traces(facts, kept),
    )
    question = "Why does care cost more each year?" if facts.is_pressure else "Why is it short if nothing changes?"
    tables = [
        facts.shown.table(f"walk_{scope}", by_year(facts, walk, scope, "Causes"), f"{name}, year by year", fold=True)
        for scope, name, walk in _scopes(facts, facts.projection.walks)
    ]
    return Section(key="why", question=question, data={"exhibits": (facts.shown.picture("walk", picture), *tables)})


def _walked(step: WalkStep, at: int) -> Step:
    value = step.amounts[at] / MILLION
    if step.key == "do_nothing":
        return Step(step.name, value, "result")
    if step.kind == "total":
        return Step(step.name, value, "total")
    return Step(step.name, value, "helps" if value <= 0 else "adds")


def _walk_title(facts: Facts, steps: tuple[WalkStep, ...]) -> str:
    at = facts.last
    adds = [step for step in steps if step.kind == "step" and step.amounts[at] > NOTHING]
    nothing = steps[-1].amounts[at]
    most = max(adds, key=lambda step: step.amounts[at], default=None)
    told = (
        f"{lower(most.name)} {'adds' if most.key != 'pay_and_prices' else 'add'} most, {money(most.amounts[at])}"
        if most
        else "nothing adds to it"
    )
    if facts.is_pressure:
        return f"Care costs {above(nothing, facts.plan.opening_year)} in {facts.last_year}; {told}"
    return f"Doing nothing leaves the place {short(nothing)} in {facts.last_year}; {told}"


def _scopes(facts: Facts, walks: tuple[Walk, ...]) -> list[tuple[str, str, Walk]]:
    """Scopes that have any money, the whole first."""
    chosen = [walk for walk in walks if any(abs(value) >= NOTHING for step in walk.steps for value in step.amounts)]
    order = ("both", "nhs", "council")
    return [(walk.scope, SCOPES[walk.scope], walk) for walk in sorted(chosen, key=lambda walk: order.index(walk.scope))]


def by_year(facts: Facts, walk: Walk, scope: str, what: str) -> Table:
    """Every step of a walk or bridge by year."""
    years = facts.years
    steps = [step for step in walk.steps if step.key == "do_nothing" or any(abs(v) >= 0.5 for v in step.amounts)]
    return Table(
        caption=f"{what}: {SCOPES[scope]}, £m a year; {facts.after_year} is {facts.last_year} at full yearly rate, "
        "with no further growth",
        header=("Step", *years),
        rows=tuple((step.name, *(amount / MILLION for amount in step.amounts)) for step in steps),
        numeric=tuple(range(1, len(years) + 1)),
        totals=tuple(n for n, step in enumerate(steps) if step.kind == "total"),
        unit="£m",
        signed=tuple(range(1, len(years) + 1)),
        traces=traces(facts, steps),
    )


def every_scheme(facts: Facts) -> Section | None:
    """Each scheme by year, for the whole, the NHS and councils."""
    if not facts.has_schemes:
        return None
    tables = [
        facts.shown.table(
            f"bridge_{scope}",
            by_year(facts, walk, scope, "Schemes"),
            f"{name}: each scheme, each year",
            "A minus closes the gap; a plus widens it."
            if not facts.is_pressure
            else "A minus takes cost away; a plus adds it.",
            fold=True,
        )
        for scope, name, walk in _scopes(facts, facts.projection.bridges)
    ]
    return Section(
        key="schemes_by_year", question="What does each scheme do in each year?", data={"exhibits": tuple(tables)}
    )
