"""What would have to be known before any body's position can be told, and what is known of sectors without."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.facts import SCOPES
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import ShareTold, millions
from tripleaim.reports.words import sentence

CANNOT = "Who gains and who pays cannot be told yet."


def cannot_tell(told: ShareTold) -> str:
    """That no body's position is told, and what is missing for it."""
    return " ".join([CANNOT, *(sentence(each.what) for each in told.sharing.missing)])


def needed(told: ShareTold) -> Section:
    """What is missing, where it would stand, and how to supply it."""
    title = "What is missing, and how to supply it"
    rows: list[tuple[Cell, ...]] = [
        (sentence(each.what), each.file, sentence(each.to_fix)) for each in told.sharing.missing
    ]
    table = Table(caption=title, header=("What is missing", "Table", "To supply it"), rows=tuple(rows), numeric=())
    lead = [
        "No position is shown beside the name of any organisation, because it would be invented. What follows is for "
        "the health service and the councils as a whole."
    ]
    exhibits = [told.shown.table("share_missing", table, title, stack=True)]
    return Section(key="needed", question="What is needed?", data={"lead": lead, "exhibits": exhibits})


def sectors(told: ShareTold) -> Section | None:
    """What every scheme does to the costs of each sector, by year."""
    found = told.sharing.sectors
    if not found:
        return None
    title = "What each scheme does to the costs of a sector, by year"
    reads = "+ is less cost, − is more. Each scheme alone."
    years = told.sharing.years
    numeric = tuple(range(2, len(years) + 2))
    rows: list[tuple[Cell, ...]] = [
        (told.name(each.scheme), SCOPES[each.sector], *millions(each.by_year)) for each in found
    ]
    table = Table(
        caption=f"{title}. £m",
        header=("Scheme", "Sector", *years),
        rows=tuple(rows),
        numeric=numeric,
        signed=numeric,
    )
    exhibits = [told.shown.table("share_sectors", table, title, reads, stack=True)]
    return Section(key="sectors", question="What is known without?", data={"exhibits": exhibits})
