"""Who carries it if the place does worse, or better, than agreed: the plan's own risk shares at work."""

from __future__ import annotations

from tripleaim.charts import Table, percent
from tripleaim.charts.table import Cell
from tripleaim.incentives.record import Shock
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import MILLION, ShareTold
from tripleaim.reports.words import NOTHING, listed, money

RESERVE = "a reserve that the partners would have to set up"


def shocks(told: ShareTold) -> Section | None:
    """Each shock in a sentence or two, and what every body would carry of it."""
    found = told.sharing.shocks
    if not found:
        return None
    title = "What each body would pay (−) or receive (+) a year, by the plan’s own shares of risk"
    bodies = tuple(dict.fromkeys(body for each in found for body in each.by))
    rows: list[tuple[Cell, ...]] = [
        (told.name(body), *(cell for each in found for cell in _cells(each, body))) for body in bodies
    ]
    heads = [(f"In {each.name}, £m", "Of a year’s income") for each in found]
    table = Table(
        caption=title,
        header=("Body", *(head for both in heads for head in both)),
        rows=tuple(rows),
        numeric=tuple(range(1, 2 * len(found), 2)),
        places=(2,) * len(found),
        signed=tuple(range(1, 2 * len(found), 2)),
    )
    exhibits = [told.shown.table("share_risk_shares", table, title, stack=True)]
    data = {"lead": [_CASES, *(_told(told, each) for each in found)], "exhibits": exhibits}
    return Section(key="shocks", question="Who carries it if things turn out otherwise?", data=data)


_CASES = (
    "With the draws in order of what all together gain, one in ten does worse than the worse case told here, and one "
    "in ten better than the better case. Both are told as the same sum every year, beside what was agreed on."
)


def _cells(each: Shock, body: str) -> tuple[Cell, Cell]:
    share = each.of_turnover.get(body)
    return each.by.get(body, 0.0) / MILLION, "–" if share is None else percent(abs(share))


def _told(told: ShareTold, each: Shock) -> str:
    less = each.difference < 0
    said = [
        f"In {each.name}, all together have {money(abs(each.difference))} a year {'less' if less else 'more'} than "
        "they agreed on."
    ]
    if abs(each.stays) >= NOTHING:
        said.append(f"Of this {money(abs(each.stays))} stays where it falls; the rest is shared.")
    if each.capped:
        every = len(each.capped) == len(each.by)
        names = "All of them" if every else listed([told.name(body) for body in each.capped])
        said.append(f"{names} {'carries' if len(each.capped) == 1 else 'carry'} the most that was agreed.")
    if abs(each.residual) >= NOTHING:
        over = f"{money(abs(each.residual))} is over what all may {'carry' if less else 'be given'} and would"
        said.append(f"{over} have to come from {RESERVE}." if less else f"{over} go into {RESERVE}.")
    return " ".join(said)
