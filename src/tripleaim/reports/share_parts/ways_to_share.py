"""Five ways to share what all gain together, side by side: which to take is a choice."""

from __future__ import annotations

from tripleaim.charts import Table
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.incentives.agreement.rules import Rule, Shared
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.told import MILLION, ShareTold, millions
from tripleaim.reports.words import money

NOTES = {
    Rule.SHAPLEY: "The Shapley value",
    Rule.NUCLEOLUS: "The nucleolus",
    Rule.PROPORTION: "In proportion to turnover",
    Rule.EQUAL: "Equal shares",
    Rule.ADJUSTED: "Adjusted for cost borne",
}
"""Rule → how a row names it."""


def ways_to_share(told: ShareTold) -> Section | None:
    """What each player would have under each of the five ways, and which groups would object."""
    shares, deal, form = told.sharing.shares, told.sharing.deal, told.agreed_on
    if shares is None or deal is None or form is None:
        return None
    lead = [
        f"There {'is' if shares.whole >= 0 else 'is a loss of'} {money(abs(shares.whole))} to share {told.over}, with "
        f"care paid for under {told.under(form)}. {shares.choice} This page goes on with "
        f"{_in_sentence(Rule(deal.rule))}.",
        *shares.remarks,
    ]
    title = "What each would have under each of the five ways"
    rows: list[tuple[Cell, ...]] = [
        (
            opening(told.player(player)),
            *millions(each.amounts[player] for each in shares.by_rule),
            amount / MILLION,
        )
        for player, amount in shares.alone.items()
    ]
    numeric = tuple(range(1, len(shares.by_rule) + 2))
    amounts = Table(
        caption=f"{title}. £m {told.over}",
        header=("Body", *(_named(each.rule, deal.rule) for each in shares.by_rule), "By itself, without the others"),
        rows=tuple(rows),
        numeric=numeric,
        signed=numeric,
    )
    exhibits = [
        told.shown.table("share_five_ways", amounts, title, stack=True),
        told.shown.table("share_five_ways_fair", _fair(told, shares.by_rule), _FAIR, stack=True),
    ]
    data = {"lead": lead, "exhibits": exhibits}
    return Section(key="ways", question="How could the gain be shared?", data=data)


_FAIR = "What each way takes for fair, and who would object"


def _fair(told: ShareTold, by_rule: tuple[Shared, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (NOTES[each.rule], each.rule.fair, _objects(told, each), _least(told, each)) for each in by_rule
    ]
    header = ("Way to share", "What it takes for fair", "Who would have more by leaving", "Who gains least by joining")
    return Table(caption=f"{_FAIR}. Amounts {told.over}", header=header, rows=tuple(rows), numeric=())


def _objects(told: ShareTold, each: Shared) -> str:
    if not each.objections:
        return "nobody"
    first = each.objections[0]
    more = len(each.objections) - 1
    said = f"{told.group(first.coalition)}, by {money(first.lacks)}"
    return f"{said}; and {more} other {'group' if more == 1 else 'groups'}" if more else said


def _least(told: ShareTold, each: Shared) -> str:
    gain = each.least_gain
    said = f"{money(abs(gain))} {'less' if gain < 0 else 'more'}" if abs(gain / MILLION) >= 0.0005 else "the same"
    return (
        f"{told.player(each.least_player)}: {said} than by itself"
        if said != "the same"
        else (f"{told.player(each.least_player)}: the same as by itself")
    )


def _named(rule: Rule, chosen: str) -> str:
    return f"{NOTES[rule]} (used here)" if rule == chosen else NOTES[rule]


def _in_sentence(rule: Rule) -> str:
    name = NOTES[rule]
    return f"{name[0].lower()}{name[1:]}"
