"""Where the money of the schemes leaves the place, or comes into it."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import ShareTold, millions
from tripleaim.reports.words import NOTHING, listed, money


def leaks(told: ShareTold) -> Section | None:
    """Bodies outside the place that gain or lose by the schemes."""
    found = sorted(told.sharing.leaks, key=lambda each: (-abs(each.by_year[-1]), each.body))
    if not found:
        return None
    gained = sum(each.by_year[-1] for each in found if each.by_year[-1] > 0)
    lost = -sum(each.by_year[-1] for each in found if each.by_year[-1] < 0)
    said = [f"{money(gained)} goes to bodies outside it"] if gained >= NOTHING else []
    said += [f"{money(lost)} is saved at the cost of bodies outside it"] if lost >= NOTHING else []
    lead = [f"Of the money the schemes move {told.in_last_year}, {listed(said)}."] if said else []
    if lost >= NOTHING:
        lead.append("What others outside lose is no gain to people as a whole: the place alone is counted here.")
    title = "Bodies outside the place, by year"
    years = told.sharing.years
    rows: list[tuple[Cell, ...]] = [(told.name(each.body), *millions(each.by_year)) for each in found]
    numeric = tuple(range(1, len(years) + 1))
    table = Table(
        caption=f"{title}. £m; + is gained, − is lost",
        header=("Body outside the place", *years),
        rows=tuple(rows),
        numeric=numeric,
        signed=numeric,
    )
    exhibits = [told.shown.table("share_outside", table, title, stack=True)]
    return Section(
        key="outside", question="Where does money leave the place?", data={"lead": lead, "exhibits": exhibits}
    )
