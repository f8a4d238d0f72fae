"""What is traded off: money against health, and money against care, set by set."""

from __future__ import annotations

from markupsafe import Markup

from tripleaim.charts import Candidate as Mark
from tripleaim.charts import Frontier, Table
from tripleaim.charts.marks import CandidateKind
from tripleaim.charts.table import Cell
from tripleaim.portfolio.record import Candidate
from tripleaim.portfolio.score import OutcomeScore
from tripleaim.reports.choose_parts.told import (
    LESS,
    MILLION,
    NOTHING_DONE,
    PLANNED,
    SEEN,
    ChooseTold,
    at_standard,
    way,
)
from tripleaim.reports.section import Section

MOST = 26
"""Sets a picture can letter."""
KINDS: dict[str, CandidateKind] = {PLANNED: "today", NOTHING_DONE: "nothing", LESS: "less"}
"""Key of a candidate → how a picture marks it."""
POINTS = "Sets within the limits that no other one found beats for all three gaps"


def traded(told: ChooseTold) -> Section | None:
    """Two pictures of all sets, and the points of the frontier with counts beside every mean."""
    if len(told.choice.candidates) < 2:
        return None
    lead = [
        "More for one gap can mean less for another. Each set is drawn by what it does for money and, on average, for "
        "the way to the standards. How many standards it meets, and what it makes worse, is in the table above.",
    ]
    exhibits = [_picture(told, gap) for gap in ("health", "care") if _is_moved(told, gap)]
    if not exhibits:
        return None
    if told.choice.frontier:
        exhibits.append(
            told.shown.table("choose_frontier", _points(told), POINTS, _POINTS_READS, fold=True, stack=True)
        )
    return Section(key="traded", question="What is traded off?", data={"lead": lead, "exhibits": exhibits})


_POINTS_READS = "To have more of one of the three gaps closed, another set gives up some of at least one other."


def _is_moved(told: ChooseTold, gap: str) -> bool:
    """Whether any set brings a gap nearer to its standards, or further from them, by enough to be drawn."""
    return any(abs(_outcome(each, gap).closed.mean) >= SEEN for each in told.choice.candidates)


def _outcome(candidate: Candidate, gap: str) -> OutcomeScore:
    return candidate.score.health if gap == "health" else candidate.score.care


def _picture(told: ChooseTold, gap: str) -> Markup:
    """Sets by money and one other gap. Where eight draws in ten lie is in the tables: lines for it would hide marks."""
    marks = tuple(_mark(told, each, gap) for each in told.ordered[:MOST])
    unit = f"per cent of the way to the standards of {gap}"
    picture = Frontier(marks, gap, unit, told.in_last_year, is_pressure=told.choice.is_pressure)
    return told.shown.picture(f"choose_{gap}", picture)


def _mark(told: ChooseTold, candidate: Candidate, gap: str) -> Mark:
    money, gain = candidate.score.closed, _outcome(candidate, gap).closed
    kind: CandidateKind = next((KINDS[key] for key in candidate.keys if key in KINDS), "candidate")
    allowed = not candidate.broken
    return Mark(told.bare(candidate), money.mean / MILLION, 100 * gain.mean, kind=kind, is_allowed=allowed)


def _points(told: ChooseTold) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for point in told.choice.frontier:
        candidate = told.choice.of(point.candidate)
        score = candidate.score
        standards = at_standard(score.health), at_standard(score.care)
        ways = way(point.health), way(point.care)
        money = point.money / MILLION
        rows.append((told.bare(candidate), money, standards[0], ways[0], standards[1], ways[1]))
    header = (
        *("Set", f"{'Off the pressure' if told.choice.is_pressure else 'Closed'}, £m a year"),
        *("Health: at standard", "Health: the way there", "Care: at standard", "Care: the way there"),
    )
    return Table(caption=f"{POINTS}, {told.last_year}", header=header, rows=tuple(rows), numeric=(1,))
