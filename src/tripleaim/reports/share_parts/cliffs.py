"""Control totals with a fund that hangs on them: where a small loss costs a large sum."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.incentives.record import ControlTotalEdge
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import ShareTold, millions
from tripleaim.reports.words import NOTHING, listed, money, plural


def cliffs(told: ShareTold) -> Section | None:
    """What the schemes do to every control total with a fund, and the least transfer that keeps it."""
    found = told.sharing.cliffs
    if not found:
        return None
    lost = sorted((each for each in found if each.lost >= NOTHING), key=lambda each: (-each.true_cost, each.body))
    lead = [_told(told, each) for each in lost[:3]]
    if not lost:
        count = plural(len(found), "control total with a fund", "control totals with funds")
        lead = [f"The schemes put none of the {count} at risk." if len(found) > 1 else "They put no fund at risk."]
    lead += [
        f"With the schemes {told.name(each.body)} earns {money(each.fund_with)} of its fund in {each.year}, and "
        f"{money(each.fund_nothing)} if nothing is done."
        for each in found
        if each.fund_with > each.fund_nothing + NOTHING
    ]
    missed = [told.name(each.body) for each in found if each.headroom_nothing < 0 and each.headroom_with < 0]
    if missed:
        lead.append(
            f"{listed(missed)} {'misses' if len(missed) == 1 else 'miss'} the control total with them or without."
        )
    title = "Control totals with a fund: what is earned of it before, and with the schemes"
    rows: list[tuple[Cell, ...]] = [
        (
            told.name(each.body),
            each.year,
            *millions((each.fund, each.headroom_nothing, each.headroom_with, each.fund_nothing, each.fund_with)),
            *millions((each.lost, each.transfer)),
        )
        for each in found
    ]
    header = (
        *("Body", "Year", "Fund", "Room if nothing is done", "Room with the schemes"),
        *("Earned if nothing is done", "Earned with the schemes"),
        *("Lost by the schemes", "Least transfer that keeps it"),
    )
    table = Table(caption=f"{title}. £m", header=header, rows=tuple(rows), numeric=tuple(range(2, 9)), signed=(3, 4))
    exhibits = [told.shown.table("share_cliffs", table, title, _READS, stack=True)]
    return Section(
        key="cliffs", question="Does a small loss cost a large fund?", data={"lead": lead, "exhibits": exhibits}
    )


_READS = (
    "Room is the result of the year less the control total: below nought it is missed. The fund of a year is earned by "
    "that year’s rule, quarter by quarter, with parts for standards of care, so some of it can be earned where the "
    "year as a whole is missed, and some lost where it is met. In a year without a rule it is all or nothing."
)


def _told(told: ShareTold, each: ControlTotalEdge) -> str:
    fund = f"a fund of {money(each.fund)}"
    part = fund if each.fund - each.lost < NOTHING else f"{money(each.lost)} of {fund}"
    return (
        f"{told.name(each.body)} would lose {money(each.true_cost - each.lost)} in {each.year} and with it {part} that "
        f"hangs on its control total: {money(each.true_cost)} in truth. A transfer of {money(each.transfer)} keeps it."
    )
