"""Would anybody leave? Groups that would have more by going their own way."""

from __future__ import annotations

from tripleaim.charts import Group, Leaving, Table
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.incentives.agreement.rules import Rule, Shared, Shares
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.sentences import rule_alone, with_nothing_agreed, would_anyone_leave
from tripleaim.reports.share_parts.told import MILLION, ShareTold
from tripleaim.reports.words import money, plural

SHOWN = 8
"""Groups drawn, those that would gain most by leaving."""
MOST_DOTS = 12
"""Players a picture has room for."""


def leaving(told: ShareTold) -> Section | None:
    """Whether an agreement can keep everybody under today's contracts, and who would walk away from the one chosen."""
    shares, deal, form = told.sharing.shares, told.sharing.deal, told.agreed_on
    if shares is None or deal is None or form is None or len(shares.alone) < 2:
        return None
    lead = [with_nothing_agreed(told, told.today), would_anyone_leave(told, told.today)]
    if not form.today:
        lead.append(would_anyone_leave(told, form))
    chosen = shares.of(Rule(deal.rule))
    lead += objections(told, chosen)
    exhibits = [told.shown.table("share_leaving_today", _today(told), _TODAY, stack=True)] if told.today.leaving else []
    if len(shares.alone) <= MOST_DOTS:
        exhibits.append(told.shown.picture("share_would_leave", _picture(told, shares, chosen)))
    return Section(key="leave", question="Would anyone leave?", data={"lead": lead, "exhibits": exhibits})


_TODAY = "With nothing agreed: groups that would have more by going their own way"


def _today(told: ShareTold) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (opening(told.group(each.coalition)), each.lacks / MILLION) for each in told.today.leaving
    ]
    header = ("Group", "More by leaving")
    left = told.today.leaving_count - len(rows)
    more = f"; {plural(left, 'other group')} would too" if left > 0 else ""
    return Table(
        caption=f"{_TODAY}. £m {told.over}, as {told.under(told.today)} pay{more}",
        header=header,
        rows=tuple(rows),
        numeric=(1,),
    )


def objections(told: ShareTold, chosen: Shared) -> list[str]:
    """Who would walk away from a way of sharing, at the stated numbers."""
    by = rule_alone(chosen.rule)
    if not chosen.objections:
        return [f"Divided by {by}, it leaves no group with a reason to go its own way, at the plan’s own numbers."]
    first = chosen.objections[0]
    who = told.group(first.coalition)
    count = len(chosen.objections)
    some = "one group" if count == 1 else plural(count, "group")
    return [
        f"Divided by {by}, {some} would have more by going {'its' if count == 1 else 'their'} own way at the plan’s "
        f"own numbers. {opening(who)} would have most to gain by it: {money(first.lacks)} {told.over}."
    ]


def _picture(told: ShareTold, shares: Shares, chosen: Shared) -> Leaving:
    """The groups that would leave; where none would, each body by itself."""
    players = tuple(told.player(player) for player in shares.alone)
    groups = [
        Group(tuple(told.player(each) for each in coalition), inside / MILLION, (inside + lacks) / MILLION)
        for coalition, inside, lacks in (
            (each.coalition, sum(chosen.amounts[player] for player in each.coalition), each.lacks)
            for each in chosen.objections[:SHOWN]
        )
    ]
    if not groups:
        groups = [
            Group((told.player(player),), chosen.amounts[player] / MILLION, alone / MILLION)
            for player, alone in shares.alone.items()
        ]
    return Leaving(players, tuple(groups), told.over)
