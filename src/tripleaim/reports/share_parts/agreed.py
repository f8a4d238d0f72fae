"""The agreement: before and after, who pays whom and by what lawful way, and every year."""

from __future__ import annotations

from tripleaim.charts import AgreementRow, BeforeAfter, Table, Transfer, Transfers
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.incentives.record import Deal
from tripleaim.reports.section import Section
from tripleaim.reports.share_parts.sentences import begins, missed, rule_alone
from tripleaim.reports.share_parts.told import MILLION, ShareTold, millions
from tripleaim.reports.words import NOTHING, in_words, listed, money


def agreed(told: ShareTold) -> Section | None:
    """What the agreement comes to for every player, and the payments that bring it about."""
    deal, form = told.sharing.deal, told.agreed_on
    if deal is None or form is None:
        return None
    lead = [
        f"Reached by {rule_alone(deal.rule)}, with care paid for under {told.under(form)}. Another choice gives "
        f"another agreement. The payments are {begins(told, deal)}"
        f"{'' if deal.first_year == told.sharing.years[0] else ', the first year that begins after the plan is dated'}"
        ", whatever comes of the schemes."
    ]
    lead += [*_out_of_pocket(told, deal), *_on_average(told, deal), *missed(told, deal)]
    rows = tuple(
        AgreementRow(told.player(each.player), each.before / MILLION, each.after / MILLION) for each in deal.players
    )
    exhibits = [
        told.shown.picture("share_agreement", BeforeAfter(rows, told.over)),
        told.shown.picture("share_who_pays", _payments(told, deal)),
        told.shown.table("share_agreement_by_year", _by_year(told, deal), _YEARS, stack=True),
    ]
    if deal.payments:
        exhibits[2:2] = [
            told.shown.table("share_payments", _every(told, deal), _PAID, stack=True),
            told.shown.table("share_payments_law", _law(told, deal), _LAW, fold=True, stack=True),
        ]
    return Section(key="agreement", question="Who would pay whom?", data={"lead": lead, "exhibits": exhibits})


def _out_of_pocket(told: ShareTold, deal: Deal) -> list[str]:
    """Who loses over all years under the agreement, and who is out of pocket in a single one; nothing where nobody."""
    short = sorted((each.worst, each.player, each.worst_year) for each in deal.players if each.worst < -NOTHING)
    losers = [told.player(each.player) for each in deal.players if each.after < -NOTHING]
    if not short and not losers:
        return []
    lose = "loses" if len(losers) == 1 else "lose"
    start = f"{opening(told.over)} {f'{listed(losers)} still {lose}' if losers else 'nobody loses'} under the agreement"
    if not short:
        return [f"{start}."]
    most, player, when = short[0]
    joined = "and" if losers else "but"
    if len(short) == 1:
        return [
            f"{start}, {joined} {told.player(player)} is out of pocket in single years, most in {when}: {money(-most)}."
        ]
    return [
        f"{start}, {joined} {in_words(len(short))} are out of pocket in single years: {told.player(player)} most, by "
        f"{money(-most)} in {when}."
    ]


def _on_average(told: ShareTold, deal: Deal) -> list[str]:
    """Who loses on average over the draws with what is agreed, which rests on the plan's own numbers."""
    lose = sorted((each.mean, each.player) for each in deal.stability.players if each.mean < -NOTHING)
    if not lose:
        return []
    named = listed([f"{told.player(player)} loses {money(-mean)}" for mean, player in lose])
    return [f"That is at the plan’s own numbers: on average over the draws {named} {told.over} with the same payments."]


def _payments(told: ShareTold, deal: Deal) -> Transfers:
    return Transfers(
        tuple(
            Transfer(told.player(each.payer), told.player(each.payee), each.a_year / MILLION, told.vehicle(each))
            for each in deal.payments
        )
    )


_LAW = "What each way of paying rests on, and what to look up before relying on it"
_PAID = "Every payment, a year and in all"
_YEARS = "Every body under the agreement, year by year"


def _every(told: ShareTold, deal: Deal) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            opening(told.player(each.payer)),
            told.player(each.payee),
            each.a_year / MILLION,
            each.worth / MILLION,
            told.vehicle(each),
        )
        for each in deal.payments
    ]
    header = ("Who pays", "Who is paid", "A year", opening(told.over), "How")
    return Table(caption=f"{_PAID}. £m", header=header, rows=tuple(rows), numeric=(2, 3), places=(2, 2))


def _law(told: ShareTold, deal: Deal) -> Table:
    """Each way of paying once."""
    found = {(told.vehicle(each), each.law, each.caution): None for each in deal.payments}
    rows: list[tuple[Cell, ...]] = [
        (opening(way), law or "no law we know of", caution or "nothing known of") for way, law, caution in found
    ]
    header = ("How", "What that rests on", "To look up first")
    return Table(caption=f"{_LAW}. This is no legal advice", header=header, rows=tuple(rows), numeric=())


def _by_year(told: ShareTold, deal: Deal) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (opening(told.player(each.player)), *millions(each.by_year), each.worst_year if each.worst < 0 else "none")
        for each in deal.players
    ]
    years = told.sharing.years
    numeric = tuple(range(1, len(years) + 1))
    return Table(
        caption=f"{_YEARS}. £m, against doing nothing",
        header=("Body", *years, "Worst year"),
        rows=tuple(rows),
        numeric=numeric,
        signed=numeric,
    )
