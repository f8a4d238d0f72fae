"""What happens to a body that stays out while the others go ahead."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.sentences import NAMED, stays_out
from tripleaim.reports.share_parts.told import MILLION, ShareTold
from tripleaim.reports.words import NOTHING


def left_out(told: ShareTold) -> Section | None:
    """Each body with everybody taking part, and if the others went ahead without it."""
    standings = told.standings
    if not standings:
        return None
    pressed = [each for each in standings if each.by_year[-1] < -NOTHING and each.left_out[-1] < each.by_year[-1]]
    tempted = [each for each in standings if each.left_out[-1] > each.by_year[-1] + NOTHING]
    exposed = [each for each in standings if each.left_out[-1] < -NOTHING]
    told_first = list(dict.fromkeys((*pressed, *tempted, *exposed)))[:NAMED]
    lead = [stays_out(told, each) for each in told_first]
    if not lead:
        lead = ["No body is better off outside, and none is harmed by it if the others go ahead."]
    title = "Taking part, and staying out while the others go ahead"
    error = max(each.chance_error for each in standings)
    reads = (
        "Each against doing nothing. Staying out, a body pays for nothing, and is paid as today's rules have it; a "
        "scheme it leads does not run. The shares of draws may be out by "
        f"{100 * error:.1f} percentage points, 19 times in 20."
    ).replace("today's", "today’s")
    rows: list[tuple[Cell, ...]] = [
        (
            told.name(each.body),
            each.by_year[-1] / MILLION,
            each.left_out[-1] / MILLION,
            each.worth / MILLION,
            each.left_out_worth / MILLION,
            100 * each.chance_worse,
            100 * each.chance_worse_than_left_out,
        )
        for each in standings
    ]
    header = (
        "Body",
        f"Taking part, {told.last_year}",
        f"Staying out, {told.last_year}",
        f"Taking part, {told.over}",
        f"Staying out, {told.over}",
        "Draws in which it is worse off than today, %",
        "Draws in which it is worse off than outside, %",
    )
    table = Table(
        caption=f"{title}. £m",
        header=header,
        rows=tuple(rows),
        numeric=tuple(range(1, 7)),
        signed=(1, 2, 3, 4),
        shares=(5, 6),
    )
    exhibits = [told.shown.table("share_staying_out", table, title, reads, stack=True)]
    return Section(key="out", question="What if somebody stays out?", data={"lead": lead, "exhibits": exhibits})
