"""People, beds and staff."""

from __future__ import annotations

from tripleaim.charts import AgePyramid, BedBridge, ClosingRow, Step, Table
from tripleaim.charts.table import Cell
from tripleaim.charts.wording import say, tell_apart
from tripleaim.plan.activity import BedPool
from tripleaim.projection.bed_bridge import ALTERNATIVE
from tripleaim.projection.bed_bridge import BedBridge as Pool
from tripleaim.reports.facts import Facts
from tripleaim.reports.section import Section
from tripleaim.reports.sections.trust import anchor
from tripleaim.reports.words import listed, people, percent, plural

READ_DOWN = "Read down: striped bars need more beds, solid bars fewer. Beds open and close by whole wards."


def beds(facts: Facts) -> Section | None:
    """The bed bridge of every pool."""
    found = facts.projection.beds
    if not found:
        return None
    kinds = {row.key: row for row in facts.plan.capacity}
    exhibits = [
        facts.shown.picture(f"beds_{pool.pool}".replace(".", "_"), bed_picture(facts, pool, kinds[pool.pool]))
        for pool in found
    ]
    exhibits.append(
        facts.shown.table(
            "bed_tests",
            _tests(facts),
            _tests_title(found),
            (
                "Before hospital beds close, a plan must meet at least one of three tests. What it answers is its own "
                "statement; an alternative counts here only if the schemes that free the beds have their posts. "
                "“Full” compares beds in use with beds open; the winter figure is shown, not costed."
            ),
            fold=True,
        )
    )
    return Section(key="beds", question="How many beds are needed, and may close?", data={"exhibits": tuple(exhibits)})


def bed_picture(facts: Facts, pool: Pool, kind: BedPool) -> BedBridge:
    """One pool: from beds open today to beds needed, then the claim against what may close."""
    parts = (
        ("More and older people, and more care each", pool.growth),
        ("Care avoided or moved", pool.avoided),
        ("Care that arrives", pool.arrived),
        ("Shorter stays", pool.shortened),
        ("From today’s fullness to the safe one", pool.occupancy),
    )
    steps = [Step("Beds open today", pool.base, "total")]
    for name, value in parts:
        if abs(value) >= 0.05:
            steps.append(Step(name, value, "helps" if value < 0 else "adds"))
    steps.append(Step(f"Beds needed in {facts.last_year}", pool.needed, "result"))
    closing = [ClosingRow(f"Open in {facts.last_year} in this model", pool.open_last, "open")]
    closed = max(0.0, pool.base - pool.open_last)
    if pool.claimed or pool.closable:
        closing.append(ClosingRow("May close by need, in whole wards", pool.closable, "open"))
    if closed or pool.claimed:
        closing.append(ClosingRow("Closed in this model", closed, "closable"))
    if pool.claimed:
        closing.append(ClosingRow("Claimed by the plan", pool.claimed, "claimed", _claim_note(pool)))
    return BedBridge(
        title=bed_title(facts, pool),
        reads=" ".join((READ_DOWN, *bed_limits(pool, kind))),
        steps=tuple(steps),
        closing=tuple(closing),
        ward=kind.ward_size,
    )


def bed_limits(pool: Pool, kind: BedPool) -> tuple[str, ...]:
    """Why beds open may be fewer than beds needed, and fewer than are full in winter: a sentence each."""
    said = []
    buffer = kind.ward_size / 2 if kind.buffer is None else kind.buffer
    if 0.5 < pool.needed - pool.open_last <= buffer:
        needed, there = tell_apart((pool.needed, pool.open_last), 0)
        said.append(
            f"{needed} are needed and {there} are open: another ward opens only once the need passes the beds open "
            f"by more than {say(buffer, 0)}."
        )
    elif pool.occupancy > 0 and 0.5 < pool.needed - pool.open_last <= buffer + pool.occupancy:
        needed, there = tell_apart((pool.needed, pool.open_last), 0)
        said.append(
            f"{needed} would be needed to be no fuller than is safe, and {there} are open: the model opens none to "
            "become less full than today."
        )
    if pool.winter_beds - pool.open_last > 0.5:
        full, there = tell_apart((pool.winter_beds, pool.open_last), 0)
        said.append(
            f"On an average winter day people would need {full} beds, more than the {there} open: the model shows "
            "this and opens no beds for it."
        )
    return tuple(said)


def _claim_note(pool: Pool) -> str:
    gap = pool.claimed - max(0.0, pool.base - pool.open_last)
    return f"{gap:,.0f} not supported by this model" if gap > 0.5 else "supported"


def bed_title(facts: Facts, pool: Pool) -> str:
    """What happens to one pool, in a sentence."""
    change = pool.open_last - pool.base
    moved = (
        f"{plural(round(abs(change)), 'more bed' if change > 0 else 'bed')} {'open' if change > 0 else 'close'}"
        if abs(change) >= 0.5
        else "no bed opens or closes"
    )
    if pool.claimed:
        supported = min(pool.claimed, max(0.0, -change))
        words = f"{supported:,.0f}" if supported >= 0.5 else "none"
        return f"{pool.name}: the plan claims to close {pool.claimed:,.0f}; this model supports {words}"
    extra = ""
    if abs(pool.against_nothing) > 0.5:
        way = "fewer" if pool.against_nothing > 0 else "more"
        extra = f"; {abs(pool.against_nothing):,.0f} {way} open than if nothing changed"
    return f"{pool.name}: {moved} by {facts.last_year}{', as hoped' if facts.has_schemes else ''}{extra}"


def _tests(facts: Facts) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            pool.name,
            pool.open_last,
            pool.open_nothing,
            pool.opening_occupancy * 100,
            pool.last_occupancy * 100,
            pool.target_occupancy * 100,
            pool.winter_beds,
            _answered(pool),
        )
        for pool in facts.projection.beds
    )
    return Table(
        caption=f"Beds in {facts.last_year}, how full they are, and which closure tests the plan answers",
        header=(
            "Beds",
            "Open, as hoped",
            "Open, if nothing changes",
            "Full at the start, %",
            "Full at the end, %",
            "Safe, %",
            "Full in winter, beds",
            "Tests answered",
        ),
        rows=rows,
        numeric=(1, 2, 3, 4, 5, 6),
        places=(0, 0, 1, 1, 1, 0),
    )


def _answered(pool: Pool) -> str:
    """The closure tests a plan says it meets, and the one its own staff figures speak against."""
    told = [listed(pool.tests_met)] if pool.tests_met else []
    if pool.alternative_staffed is not None and ALTERNATIVE not in pool.tests_met:
        share = percent(pool.alternative_staffed)
        told.append(f"says there is an alternative, but a scheme that frees these beds has only {share} of its posts")
    return "; ".join(told) or "none answered"


def _tests_title(pools: tuple[Pool, ...]) -> str:
    """What is claimed, how much of it this model supports, and what it closes that nobody claims."""
    claimed = sum(pool.claimed for pool in pools)
    supported = claimed - sum(pool.unsupported for pool in pools)
    unclaimed = [pool for pool in pools if not pool.claimed and pool.base - pool.open_last >= 0.5]
    closes = f"closes {sum(pool.base - pool.open_last for pool in unclaimed):,.0f} that no one claims"
    if not claimed:
        start = "The plan claims to close no beds"
        return (
            f"{start}; this model {closes}{_untested(unclaimed)}"
            if unclaimed
            else f"{start}, and this model closes none"
        )
    share = "none" if supported < 0.5 else "all" if claimed - supported < 0.5 else f"{supported:,.0f}"
    start = f"The plan claims to close {plural(round(claimed), 'bed')}; this model supports {share} of them"
    return f"{start}, and {closes}{_untested(unclaimed)}" if unclaimed else start


def _untested(pools: list[Pool]) -> str:
    """Those of some pools for which no closure test is answered, by name."""
    bare = [pool.name for pool in pools if not pool.tests_met]
    return f", with no closure test answered ({'; '.join(bare)})" if bare else ""


def staff(facts: Facts) -> Section | None:
    """Staff groups: needed, in post, short, and what agency cover adds."""
    found = facts.projection.staff
    if not found:
        return None
    names = {(row.organisation, row.group): row for row in facts.plan.workforce}
    at, rows, links = facts.last, [], []
    for n, group in enumerate(sorted(found, key=lambda g: -g.short[at])):
        row = names[group.organisation, group.group]
        said: tuple[Cell, ...] = (
            f"{group.group.replace('_', ' ').capitalize()}, {facts.body(group.organisation)}",
            group.needed[at],
            group.supply[at],
            group.short[at],
            group.premium[at] / 1e6,
            group.scheme_posts_needed[at],
            group.scheme_posts_filled[at],
            group.met_by,
            row.source,
        )
        rows.append(said)
        links.append((n, 8, anchor(row.source)))
    table = Table(
        caption=f"Staff in {facts.last_year}, as hoped, whole-time equivalents",
        header=(
            "Group",
            "Needed",
            "In post",
            "Short",
            "Agency premium above today’s, £m",
            "Posts for schemes",
            "Found",
            "A shortfall means",
            "Source",
        ),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4, 5, 6),
        places=(0, 0, 0, 1, 0, 0),
        links=tuple(links),
    )
    missing = sum(group.short[at] for group in found)
    title = (
        f"{missing:,.0f} whole-time staff are missing in {facts.last_year}, as hoped"
        if missing >= 0.5
        else f"No staff group is short in {facts.last_year}, as hoped"
    )
    return Section(
        key="staff",
        question="Are there staff to do it?",
        data={"exhibits": (facts.shown.table("staff", table, title, fold=len(rows) > 15),)},
    )


def ages(facts: Facts) -> Section | None:
    """How many people of each age there are, and will be."""
    found = facts.projection.ages
    if found is None:
        return None
    then, later = sum(found.then), sum(found.later)
    old = [n for n, band in enumerate(found.bands) if int(band.split(" ")[0]) >= 80]
    before, after = sum(found.then[n] for n in old), sum(found.later[n] for n in old)
    title = f"{people(later)} in {found.later_year}, {_change(then, later)} than in {found.then_year}"
    if before:
        title += f"; aged 80 and over, {_change(before, after)}"
    picture = AgePyramid(
        title=title,
        reads=f"Filled bars are {found.then_year}, outlines {found.later_year}.",
        bands=found.bands,
        then=found.then,
        later=found.later,
        then_label=str(found.then_year),
        later_label=str(found.later_year),
    )
    how = f"How each year was reached: {'; '.join(dict.fromkeys(found.how))}."
    if found.hindsight:
        how += " Some of the estimates used are later than the plan (hindsight)."
    return Section(
        key="people",
        question="Who will live here?",
        data={"exhibits": (facts.shown.picture("ages", picture),), "after": (how,)},
    )


def _change(then: float, later: float) -> str:
    share = later / then - 1 if then else 0.0
    return f"{percent(abs(share))} {'more' if share >= 0 else 'fewer'}"
