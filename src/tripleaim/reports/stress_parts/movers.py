"""Which uncertain numbers move the money most, and what its uncertainty comes from."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from tripleaim.charts import Table, TornadoBars, TornadoRow
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import MILLION, StressTold
from tripleaim.stress.bars import Bar
from tripleaim.stress.why.figures import written
from tripleaim.stress.why.variance import Share, ShareInterval, Shares
from tripleaim.stress.why.words import shares_in_words

SHOWN = 10
"""Numbers shown, the strongest first; stress.json has all."""


def what_moves_it(told: StressTold) -> Section:
    """Which numbers move the last year most, one at a time, and how much of its uncertainty each brings."""
    found, why = told.found, told.why
    rows = tuple(_row(each) for each in told.bars[:SHOWN])
    stated = told.facts.projection.scope("both").hoped[len(found.years) - 1] / MILLION
    picture = told.facts.shown.picture(
        "stress_movers", TornadoBars(told.last_year, stated, rows, told.measure, told.in_case("hoped"))
    )
    data: dict[str, Any] = {"lead": _what_is_what(told), "exhibits": [picture]}
    if why and why.shares.each:
        shares = [_shares_table(told, why.shares), *shares_in_words(why.shares, why.question)[1:]]
        data["behind"] = [("How much of the uncertainty each brings", shares)]
    elif rows:
        data["after"] = ["What two numbers do only together is not seen here."]
    return Section(key="movers", question="What moves it most?", data=data)


def _what_is_what(told: StressTold) -> list[str]:
    """What a row is that no number of the plan is; nothing where no such row is shown."""
    if all(not each.name.startswith("driver/") for each in told.bars[:SHOWN]):
        return []
    return [
        "Most rows are one uncertain number each. A row that says how many it moves is no number of the plan: it is "
        "something behind several numbers, which takes part of each of them with it."
    ]


def low_and_high(each: Bar) -> tuple[str, ...]:
    """A number's low and high as they are written; of what is behind several numbers how likely they are."""
    if each.low is None or each.high is None:
        return "1 in 10 below", "1 in 10 above"
    return written(each.name, each.unit, each.low, each.high, width=each.high - each.low)


def _row(each: Bar) -> TornadoRow:
    low, high = low_and_high(each)
    return TornadoRow(
        label=each.label, at_low=each.at_low / MILLION, at_high=each.at_high / MILLION, low=low, high=high
    )


def _shares_table(told: StressTold, found: Shares) -> Markup:
    shown = [each for each in found.each if each.total.low > 0][:SHOWN] or list(found.each[:1])
    rows = [_share(told, each) for each in (*shown, *((found.others,) if found.others else ()))]
    table = Table(
        caption=f"What the uncertainty of {told.last_year} comes from, % of it",
        header=(
            "Uncertain number",
            "By itself, %",
            "95 times in 100 from, to",
            "And together with others, %",
            "95 times in 100 from, to",
        ),
        rows=tuple(rows),
        numeric=(1, 3),
        unit="% of the uncertainty",
        places=(0, 0),
        shares=(1, 3),
    )
    most = opening(told.label(shown[0].name, shown[0].label))
    title = f"{most} brings {_percent(shown[0].total.value)} of the uncertainty"
    reads = (
        "By itself: how much less uncertain the figure would be if this one number were known. Together: how much "
        "would stay uncertain if all others were known. Both are estimates, so the second may come out a little lower."
    )
    return told.facts.shown.table("stress_shares", table, title, reads, fold=True, stack=True)


def _share(told: StressTold, each: Share) -> tuple[Cell, ...]:
    first, total = each.first, each.total
    return (
        opening(told.label(each.name, each.label)),
        100 * max(0.0, first.value),
        _between(first),
        100 * max(0.0, total.value),
        _between(total),
    )


def _between(each: ShareInterval) -> str:
    return f"{100 * max(0.0, each.low):.0f} to {100 * max(0.0, each.high):.0f}"


def _percent(share: float) -> str:
    return f"{100 * max(0.0, share):.0f}%"
