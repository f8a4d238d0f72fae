"""How likely the agreement is to hold: its payments stay the same, and what comes of the schemes does not."""

from __future__ import annotations

from tripleaim.charts import Table, percent
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.incentives.agreement.stability import Chance, Stability
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.sentences import APART, gains_or_loses
from tripleaim.reports.share_parts.told import MILLION, ShareTold
from tripleaim.reports.words import NOTHING, counted, money, plural


def holds(told: ShareTold) -> Section | None:
    """In how many draws nobody would leave, who would, and how each is treated."""
    deal = told.sharing.deal
    if deal is None:
        return None
    found = deal.stability
    exhibits = [told.shown.table("share_holds_for", _players(told, found), _FOR, stack=True)]
    if found.walks:
        exhibits.insert(0, told.shown.table("share_who_walks", _walks(told, found), _WALKS, stack=True))
    data = {"lead": how_likely(told, found), "exhibits": exhibits}
    return Section(key="holds", question="How likely is it to hold?", data=data)


def how_likely(told: ShareTold, found: Stability) -> list[str]:
    """In how many draws the agreement holds, and who would leave most often."""
    said = [
        "The payments are agreed once and stay what they are; what comes of the schemes differs from draw to draw.",
        *_on_average(told, found),
        f"In {percent(found.in_core.share)} of {plural(found.draws, 'draw')} no body and no group would have more by "
        f"going its own way, and in {percent(found.rational.share)} no single body would. Endless draws would give "
        f"{between(found.in_core)} and {between(found.rational)}, 19 times in 20.",
    ]
    if found.walks:
        first = found.walks[0]
        who = told.group(first.coalition)
        many = f"{counted(found.walking, 'group')} would leave in one draw or more. "
        said.append(
            f"{'' if found.walking == 1 else many}{opening(who)} would leave most often, in "
            f"{percent(first.chance.share)} of draws, and would then have {money(first.lacks)} more {told.over}."
        )
    return said


def _on_average(told: ShareTold, found: Stability) -> list[str]:
    """What all gain on average over the draws, where that is not what the plan's own numbers give."""
    shares = told.sharing.shares
    whole, mean = shares.whole if shares else 0.0, sum(each.mean for each in found.players)
    if abs(mean - whole) < APART * max(abs(mean), abs(whole), NOTHING):
        return []
    return [
        f"They were worked out at the plan’s own numbers, by which all together {_do(whole)} {told.over}. On average "
        f"over the draws they {_do(mean)}: {'less' if mean < whole else 'more'} than is shared out."
    ]


def _do(amount: float) -> str:
    return f"{gains_or_loses(amount)} {money(abs(amount))}"


def between(chance: Chance) -> str:
    """What endless draws would give, 19 times in 20."""
    low, high = (percent(each) for each in chance.between)
    return f"{low} to {high}"


_FOR = "How each fares over the draws"
_WALKS = "Groups that would walk away, the most frequent first"


def _walks(told: ShareTold, found: Stability) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            opening(told.group(each.coalition)),
            100 * each.chance.share,
            each.lacks / MILLION,
        )
        for each in found.walks
    ]
    header = ("Group", "Draws in which it would leave, %", f"More by leaving, mean of those draws, £m {told.over}")
    return Table(caption=_WALKS, header=header, rows=tuple(rows), numeric=(1, 2), shares=(1,))


def _players(told: ShareTold, found: Stability) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            opening(told.player(each.player)),
            100 * each.than_alone.share,
            100 * each.than_today.share,
            None if each.than_left_out is None else 100 * each.than_left_out.share,
            each.mean / MILLION,
            each.short_by / MILLION,
        )
        for each in found.players
    ]
    header = (
        "Body",
        "No worse than by itself, % of draws",
        "No worse than if nothing were done, % of draws",
        "No worse than left out, % of draws",
        "Mean gain, £m",
        "Where it is worse than by itself: by how much, £m",
    )
    return Table(
        caption=f"{_FOR}. Money {told.over}",
        header=header,
        rows=tuple(rows),
        numeric=(1, 2, 3, 4, 5),
        signed=(4,),
        shares=(1, 2, 3),
    )
