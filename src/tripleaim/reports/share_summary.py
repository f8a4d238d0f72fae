"""A sharing in a few lines for a terminal: who gains, who pays, who might leave, and which agreement would hold."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from tripleaim.charts import percent
from tripleaim.charts.wording import say
from tripleaim.incentives.record import Sharing
from tripleaim.reports.facts import SCOPES, Exhibits
from tripleaim.reports.share_page import answers, headline
from tripleaim.reports.share_parts.forms import label
from tripleaim.reports.share_parts.holds import how_likely
from tripleaim.reports.share_parts.sentences import begins, missed, payment, refusals, stays_out, under_today
from tripleaim.reports.share_parts.swings import in_words, scheme_swings, swings
from tripleaim.reports.share_parts.told import MILLION, ShareTold
from tripleaim.reports.terminal import masthead, plain
from tripleaim.reports.words import NOTHING, first_few, plural

SCHEMES = 8
"""Schemes of a place without books that are listed; the page has them all."""


def share_summary(sharing: Sharing, console: Console, page: str = "") -> None:
    """Print what a finance director wants to know of a sharing; `page` is where the same is as a page."""
    told = ShareTold(sharing, Exhibits())
    draws = "" if sharing.missing else f", seed {sharing.seed}, {plural(sharing.draws, 'draw')}"
    masthead(sharing.plan, console, draws)
    _say(console, headline(told), bold=True)
    if sharing.missing:
        _without_books(told, console)
    else:
        _with_books(told, console)
    if page:
        console.print("\nAll of it as a page, to open in a browser:")
        console.print(plain(page), soft_wrap=True)


def _with_books(told: ShareTold, console: Console) -> None:
    for words in answers(told):
        _say(console, words)
    console.print()
    _say(console, _columns(told))
    console.print(_bodies(told))
    said = [in_words(told, each) for each in (*swings(told)[:1], *scheme_swings(told)[:1])]
    said += refusals(told, 2)
    said += [stays_out(told, each) for each in told.standings if each.left_out[-1] < -NOTHING][:1]
    _block(console, "Who is paid to refuse", said)
    console.print("\n[bold]How care is paid for, and whether anyone would leave[/bold]")
    console.print(_forms(told))
    deal = told.sharing.deal
    if deal is None:
        return
    paid = [payment(told, each) for each in deal.payments] or ["No money needs to change hands."]
    _block(console, f"Who would pay whom, {begins(told, deal)}", [*paid, *missed(told, deal)])
    _block(console, "How likely it is to hold", how_likely(told, deal.stability))
    if told.sharing.why_slow:
        _say(console, f"\n{told.sharing.why_slow}")


def _columns(told: ShareTold) -> str:
    """What the columns of the table of bodies rest on."""
    form = told.agreed_on
    said = f"Gained (+) or lost (−), £m; {under_today(told)} as they stand"
    if form is None:
        return f"{said}."
    under = "" if form.today else f" under {told.under(form)}"
    return f"{said}, in the last two columns with the payments agreed{under}, {told.over}."


def _bodies(told: ShareTold) -> Table:
    """Every body in the last year, taking part and staying out; then over all plan years, today, as agreed, and the
    mean of that over the draws.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", min_width=24)
    deal, year, over = told.sharing.deal, told.last_year, told.over.replace(" ", "\n")
    agreed = {each.player: each.after for each in deal.players} if deal else {}
    drawn = {each.player: each.mean for each in deal.stability.players} if deal else {}
    heads = (
        f"taking\npart\n{year}",
        f"staying\nout\n{year}",
        over,
        "draws\nit\nloses",
        "as\nagreed",
        "agreed,\nmean of\ndraws",
    )
    for words in heads:
        table.add_column(words, justify="right")
    for each in told.standings:
        table.add_row(
            plain(told.name(each.body)),
            *(say(value / MILLION, 1, signed=True) for value in (each.by_year[-1], each.left_out[-1], each.worth)),
            percent(each.chance_worse),
            *(say(by[each.body] / MILLION, 1, signed=True) if each.body in by else "" for by in (agreed, drawn)),
        )
    return table


def _forms(told: ShareTold) -> Table:
    """Every form of payment: who loses, and whether an agreement can hold."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", min_width=16)
    for words in (f"loses {told.over}", "would leave,\nas it is", "can all\nbe kept?", "agreement\nholds in"):
        table.add_column(words)
    for form in told.sharing.forms:
        table.add_row(
            plain(label(told, form)),
            plain(first_few(told.losing(form), 1) or "nobody"),
            plural(form.leaving_count, "group") if form.leaving_count else "nobody",
            "no" if form.core_is_empty else "yes",
            percent(form.holds) if form.draws else "not worked out",
        )
    return table


def _without_books(told: ShareTold, console: Console) -> None:
    """What is missing, and what is known of sectors."""
    for lacking in told.sharing.missing:
        _say(console, lacking.to_fix)
    found = sorted(told.sharing.sectors, key=lambda each: (-abs(each.by_year[-1]), each.scheme, each.sector))
    if not found:
        return
    console.print()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(f"£m less cost (+) or more (−) {told.in_last_year}", min_width=40)
    table.add_column("sector")
    table.add_column(told.last_year, justify="right", no_wrap=True)
    for each in found[:SCHEMES]:
        amount = say(each.by_year[-1] / MILLION, 1, signed=True)
        table.add_row(plain(told.name(each.scheme)), SCOPES[each.sector], amount)
    console.print(table)
    if len(found) > SCHEMES:
        console.print(f"and {plural(len(found) - SCHEMES, 'more row')}: ask for the page with --out.")


def _block(console: Console, heading: str, sentences: list[str]) -> None:
    if sentences:
        console.print(f"\n[bold]{heading}[/bold]")
        for words in sentences:
            _say(console, words)


def _say(console: Console, words: str, bold: bool = False) -> None:
    console.print(f"[bold]{plain(words)}[/bold]" if bold else plain(words), highlight=False)
