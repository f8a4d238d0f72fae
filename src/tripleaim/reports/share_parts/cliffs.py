"""Control totals with a fund that hangs on them: where a small loss costs a large sum."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.incentives.record import ControlTotalEdge
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import MILLION, ShareTold
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
    missed = [told.name(each.body) for each in found if each.headroom_nothing < 0 and each.headroom_with < 0]
    if missed:
        lead.append(
            f"{listed(missed)} {'misses' if len(missed) == 1 else 'miss'} the control total with them or without."
        )
    title = "Control totals with a fund: room before, and with the schemes"
    reads = "Room is the result less the control total: below nought it is missed, and the fund with it."
    rows: list[tuple[Cell, ...]] = [
        (
            told.name(each.body),
            each.year,
            each.fund / MILLION,
            each.headroom_nothing / MILLION,
            each.headroom_with / MILLION,
            each.lost / MILLION,
            each.transfer / MILLION,
        )
        for each in found
    ]
    header = (
        *("Body", "Year", "Fund", "Room if nothing is done", "Room with the schemes"),
        *("Fund put at risk", "Least transfer that keeps it"),
    )
    table = Table(caption=f"{title}. £m", header=header, rows=tuple(rows), numeric=tuple(range(2, 7)), signed=(3, 4))
    exhibits = [told.shown.table("share_cliffs", table, title, reads, stack=True)]
    return Section(
        key="cliffs", question="Does a small loss cost a large fund?", data={"lead": lead, "exhibits": exhibits}
    )


def _told(told: ShareTold, each: ControlTotalEdge) -> str:
    cost = each.headroom_nothing - each.headroom_with
    return (
        f"{told.name(each.body)} would lose {money(cost)} in {each.year} and with it a fund of {money(each.fund)} that "
        f"hangs on its control total: {money(each.true_cost)} in truth. A transfer of {money(each.transfer)} keeps it."
    )
