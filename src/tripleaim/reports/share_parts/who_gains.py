"""Who gains and who pays: every body by every scheme, and by scheme who bears the cost and who keeps the benefit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from tripleaim.charts import BearingRow, PayoffMatrix, PayoffRow, Table, WhoBears, percent
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.incentives.payoffs import TOGETHER
from tripleaim.incentives.record import WhoBears as Bearing
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.sentences import refusals
from tripleaim.reports.share_parts.told import MILLION, Across, ShareTold, millions
from tripleaim.reports.words import NOTHING, listed, money, plural, tell_money_apart

MOST_ROWS = 20
"""Rows of the picture; the smallest schemes beyond it are put together."""
BEYOND = "What they do together beyond that"
"""Name of what schemes do together beyond what each does alone."""


def who_gains(told: ShareTold) -> Section | None:
    """The payoff matrix of the last year, who is paid to refuse, and who bears and benefits scheme by scheme."""
    if not told.sharing.bodies:
        return None
    lead = [*refusals(told), *alone_and_together(told)]
    exhibits = [told.shown.picture("share_who_gains", matrix(told)), *_bearing(told), _by_year(told), _ledger(told)]
    data = {"lead": lead, "exhibits": [each for each in exhibits if each]}
    return Section(key="gains", question="Who gains and who pays?", data=data)


def alone_and_together(told: ShareTold) -> list[str]:
    """How wards are counted, and what schemes do together beyond each alone; nothing for one scheme."""
    if len(told.sharing.schemes) < 2:
        return []
    alone = sum(each.system for each in told.sharing.bearings)
    beyond = sum(_beyond(told).values())
    one, all_of_them = tell_money_apart(alone, alone + beyond)
    wards = (
        "Each scheme alone counts wards as fractions, so that schemes can be added up; all together count whole wards."
    )
    if abs(beyond) < NOTHING:
        return [wards]
    return [
        f"{wards} {opening(told.over)} the schemes one by one come to {one}, and all together to {all_of_them}: what "
        f"they do together beyond that {'adds' if beyond > 0 else 'takes away'} {money(abs(beyond))}. The first "
        "picture has a row for it; the second counts it with the benefit of each body; the table of single schemes "
        "leaves it out."
    ]


def _beyond(told: ShareTold) -> dict[str, float]:
    """Body → what the schemes do to it together beyond what each does alone, over all plan years, GBP."""
    return {each.body: each.worth for each in told.sharing.gains if each.scheme == TOGETHER}


def matrix(told: ShareTold) -> PayoffMatrix:
    """Every scheme and body in the last year, as today's contracts pay."""
    last = {(each.scheme, each.body): each.by_year[-1] for each in told.sharing.gains}
    schemes = [key for key in told.sharing.schemes if any(scheme == key for scheme, _ in last)]
    return gain_matrix(
        told.across, lambda scheme, body: last.get((scheme, body), 0.0), schemes, told.name, told.in_last_year
    )


def gain_matrix(
    across: Sequence[Across],
    gained: Callable[[str, str], float],
    schemes: Sequence[str],
    name: Callable[[str], str],
    when: str,
    most_rows: int = MOST_ROWS,
) -> PayoffMatrix:
    """Schemes by bodies, the scheme that moves most first; those too many to draw are put together.

    gained : scheme and body → GBP; the scheme `TOGETHER` is what they do together beyond what each does alone
    when   : when the money comes, as a sentence has it
    """

    def row(key: str) -> tuple[float, ...]:
        return millions(sum(gained(key, body) for body in column.bodies) for column in across)

    drawn = sorted(schemes, key=lambda key: (-sum(map(abs, row(key))), key))
    rows = [PayoffRow(name(key), row(key)) for key in drawn]
    beyond = row(TOGETHER)
    room = most_rows - (1 if any(abs(value) >= 0.0005 for value in beyond) else 0)
    if len(rows) > room:
        rest = rows[room - 1 :]
        summed = tuple(sum(row.values[n] for row in rest) for n in range(len(across)))
        rows = [*rows[: room - 1], PayoffRow(plural(len(rest), "smaller scheme"), summed)]
    if room < most_rows:
        rows.append(PayoffRow(BEYOND, beyond))
    return PayoffMatrix(tuple(each.label for each in across), tuple(rows), when)


def _bearing(told: ShareTold) -> list[Markup]:
    """Who bears and who benefits, all schemes together as a picture, each as a row of a table."""
    found = told.sharing.bearings
    if not found:
        return []
    beyond = _beyond(told)
    rows = [BearingRow(each.label, *_both_sides(each, found, beyond)) for each in told.across]
    title = "Who bears each scheme and who benefits"
    reads = (
        "The part misplaced is 0% where each body bears cost in proportion to its benefit, and 100% where those who "
        "bear it and those who benefit are others. Each scheme is told alone. What £1 brings is the gain of the whole "
        "place for each pound spent; a body that pays by itself must keep the part beside it for paying to be worth "
        "its while."
    )
    return [
        told.shown.picture("share_who_bears", WhoBears(tuple(rows), told.over)),
        told.shown.table("share_who_bears_each", _each(told, f"{title}, £m {told.over}"), title, reads, stack=True),
    ]


def _both_sides(column: Across, found: Sequence[Bearing], beyond: Mapping[str, float]) -> tuple[float, float]:
    """What a body carries and what it keeps by some schemes, £m: a benefit below nought is carried. What they do
    together beyond each alone is counted with the benefit, so that both come to what the body gains by all.
    """
    cost = benefit = 0.0
    for each in found:
        kept = column.of(each.benefit)
        cost += column.of(each.cost) + max(0.0, -kept)
        benefit += max(0.0, kept)
    benefit += column.of(beyond)
    return (cost + max(0.0, -benefit)) / MILLION, max(0.0, benefit) / MILLION


def _each(told: ShareTold, caption: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in sorted(told.sharing.bearings, key=lambda each: (-each.system, each.scheme)):
        rows.append(
            (
                told.name(each.scheme),
                each.system / MILLION,
                _most(told, each.cost),
                _most(told, each.benefit),
                percent(each.mismatch),
                listed([told.name(body) for body in each.paid_to_refuse]) or "nobody",
                "no cost" if each.effort is None else f"£{each.effort:,.2f}",
                "–" if each.must_keep is None else percent(each.must_keep),
            )
        )
    header = (
        *("Scheme", "The place gains", "Bears most of the cost", "Keeps most of the benefit", "Misplaced"),
        *("Would do better to refuse", "What £1 brings", "Must be kept"),
    )
    return Table(caption=caption, header=header, rows=tuple(rows), numeric=(1,), signed=(1,))


def _most(told: ShareTold, amounts: Mapping[str, float]) -> str:
    """The body with most of an amount, and its part of what all have of it."""
    positive = {body: amount for body, amount in amounts.items() if amount > 0.5}
    if not positive:
        return "nobody"
    body = max(positive, key=lambda body: (positive[body], body))
    return f"{told.name(body)} ({percent(positive[body] / sum(positive.values()))})"


def _by_year(told: ShareTold) -> Markup:
    """Every body by year, its worst year, and from when it has gained."""
    title = "When each body gains: all schemes together, year by year"
    reads = (
        "A minus is a loss against doing nothing. Most out of pocket is the lowest point of all years added up; beside "
        "it the same as a share of what the body receives in a year."
    )
    rows: list[tuple[Cell, ...]] = [
        (
            told.name(each.body),
            *millions(each.by_year),
            each.worst_year if each.worst < 0 else "none",
            each.trough / MILLION,
            "–" if each.trough_of_turnover is None else percent(max(0.0, each.trough_of_turnover)),
            each.pays_back or f"not by {told.last_year}",
        )
        for each in told.sharing.standings
    ]
    years = told.sharing.years
    header = ("Body", *years, "Worst year", "Most out of pocket", "Of a year’s income", "Has gained from")
    table = Table(
        caption=f"{title}. £m",
        header=header,
        rows=tuple(rows),
        numeric=(*range(1, len(years) + 1), len(years) + 2),
        signed=tuple(range(1, len(years) + 1)),
    )
    return told.shown.table("share_when_gains", table, title, reads, stack=True)


LINES = {
    "payment": "Paid for care, less what is paid for it",
    "agreed": "Other payments agreed with the scheme",
    "cost": "Cost that stops",
    "investment": "Running cost, set-up and charges on capital",
    "double_running": "Old and new side by side",
    "stranded": "Beside it: cost of care no longer given that goes on",
    "beds": "Beside it: beds no longer needed",
    "quality": "Beside it: measures of care that get better, less those that get worse",
}
"""Lines of the ledger in words."""


def _ledger(told: ShareTold) -> Markup:
    """Every line of every body and scheme by year; long, so it is folded."""
    title = "The whole ledger: body, scheme and line by year"
    reads = "Money in £m, beds in beds, measures as a count. The first five lines add up to what a body gains."
    rows: list[tuple[Cell, ...]] = [
        (
            told.name(each.body),
            BEYOND if each.scheme == TOGETHER else told.name(each.scheme),
            LINES[each.line],
            "£m" if each.unit == "GBP" else each.unit,
            *(millions(each.by_year) if each.unit == "GBP" else each.by_year),
        )
        for each in told.sharing.rows
    ]
    years = told.sharing.years
    table = Table(
        caption=title,
        header=("Body", "Scheme", "Line", "Unit", *years),
        rows=tuple(rows),
        numeric=tuple(range(4, 4 + len(years))),
        places=(2,) * len(years),
        signed=tuple(range(4, 4 + len(years))),
    )
    return told.shown.table("share_ledger", table, title, reads, fold=True, stack=True)
