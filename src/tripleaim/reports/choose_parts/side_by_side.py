"""The candidates side by side: what each does to the three gaps, and which limits it breaks."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.portfolio.record import Candidate
from tripleaim.portfolio.score import OutcomeScore
from tripleaim.reports.choose_parts.limits_kept import broken
from tripleaim.reports.choose_parts.sentences import broken_limits, further
from tripleaim.reports.choose_parts.starts import starts_in_words
from tripleaim.reports.choose_parts.told import MILLION, ChooseTold, at_standard, way
from tripleaim.reports.section import Section
from tripleaim.reports.words import listed

PEOPLE = "Health and care"
HELD = "Schemes in each set, and when they start"


def side_by_side(told: ChooseTold) -> Section:
    """Every candidate's money, its health and care, and its schemes."""
    lead = [
        "Every set below was run through the whole model in the same draws, with the cost of change itself counted. "
        "The plan as it stands, doing less and doing nothing stand beside the others always.",
    ]
    unkept = broken_limits(told, told.planned)
    exhibits = [
        told.shown.table("choose_money", _money(told), _money_title(told), _money_reads(told), stack=True),
        told.shown.table("choose_people", _people(told), f"{PEOPLE} {told.in_last_year}", _PEOPLE_READS, stack=True),
        told.shown.table("choose_sets", _sets(told), HELD, fold=True, stack=True),
    ]
    more = [("Limits that the plan as it stands breaks", unkept)] if unkept else []
    data = {"lead": lead, "exhibits": exhibits, "more": more}
    return Section(key="sets", question="What could be done, side by side?", data=data)


_PEOPLE_READS = (
    "Standards are counted at the stated numbers. The way there is the mean, over the measures that have a standard, "
    "of how much of the way from doing nothing to the standard is gone, and where eight draws in ten lie. It is a "
    "device for choosing: one measure may get better and another worse behind it, so the count, and the measures that "
    "get worse, stand beside it."
)


def _money_title(told: ChooseTold) -> str:
    return f"Money {told.in_last_year}"


def _money_reads(told: ChooseTold) -> str:
    if told.choice.is_pressure:
        closed, worst = "What is taken off the pressure", "pressure"
    else:
        closed, worst = "What is closed", "shortfall"
    return (
        f"{closed} is how much smaller the recurrent shortfall of health and councils is than if nothing changes, less "
        "one-off costs spread over the years of the plan. Its mean and where eight draws in ten lie are told first, "
        "then what it is at the plan’s stated numbers, and at these with only the posts and capital found. Draws "
        f"allow for delay and for schemes that work less well. The worst tenth is the mean {worst} of the tenth of "
        "draws that go worst."
    )


def _money(told: ChooseTold) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in told.ordered:
        score = each.score
        chance: tuple[Cell, ...] = () if told.choice.is_pressure else (100 * (score.chance or 0.0),)
        closed = score.closed.mean, score.closed.low, score.closed.high, score.closed_point, score.closed_found
        rows.append(
            (
                _name(told, each),
                float(len(each.taken)),
                *(value / MILLION for value in closed),
                *chance,
                score.worst_tenth / MILLION,
                float(len(broken(told.choice, each))),
            )
        )
    taken = "Off the pressure, £m a year" if told.choice.is_pressure else "Closed, £m a year"
    header = (
        *("Set", "Schemes", taken, "1 in 10 lower", "1 in 10 higher", "At stated numbers", "With only what is found"),
        *(() if told.choice.is_pressure else ("Draws that balance, %",)),
        *("Worst tenth, £m", "Limits broken"),
    )
    columns = len(header)
    return Table(
        caption=_money_title(told),
        header=header,
        rows=tuple(rows),
        numeric=tuple(range(1, columns)),
        places=(0, *(1,) * (columns - 3), 0),
        shares=() if told.choice.is_pressure else (7,),
    )


def _name(told: ChooseTold, candidate: Candidate) -> str:
    """A candidate by its name; for how many partners it is best beside that, and the chosen one said to be."""
    own = told.name(candidate)
    bodies = [key for key in candidate.keys if key.startswith("partner:") and key != candidate.key]
    partners = f"; best for {len(bodies)} {'other ' if candidate.key.startswith('partner:') else ''}" if bodies else ""
    partners += ("partner" if len(bodies) == 1 else "partners") if bodies else ""
    return f"{own}{partners}. This page goes by it" if candidate is told.chosen else own + partners


def _people(told: ChooseTold) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in told.ordered:
        health, care = each.score.health, each.score.care
        rows.append((told.marked(each), *_outcome(health), *_outcome(care), further(told, each) or "none"))
    header = (
        *("Set", "Health: at standard", "Health: the way there", "Care: at standard", "Care: the way there"),
        "Ends further from standard than if nothing changes, at the stated numbers",
    )
    return Table(caption=f"{PEOPLE} {told.in_last_year}", header=header, rows=tuple(rows), numeric=())


def _outcome(outcome: OutcomeScore) -> tuple[str, str]:
    closed = outcome.closed
    return at_standard(outcome), f"{way(closed.mean)} ({way(closed.low)} to {way(closed.high)})"


def _sets(told: ChooseTold) -> Table:
    """Every set with its schemes by the year in which they start, and those it leaves out."""
    rows: list[tuple[Cell, ...]] = []
    for each in told.ordered:
        out = [told.scheme(row.key, row.name) for row in told.choice.schemes if row.key not in each.schemes]
        starts = " ".join(starts_in_words(told, each))
        rows.append((told.bare(each), starts or "none", listed(out) if out else "none"))
    header = ("Set", "Schemes by the year in which they start", "Left out")
    return Table(caption=HELD, header=header, rows=tuple(rows), numeric=())
