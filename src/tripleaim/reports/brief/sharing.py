"""A sharing of gains and losses in short, for the pages of a place and its organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tripleaim.charts import percent
from tripleaim.incentives.record import After, Instalment, Sharing, Standing
from tripleaim.projection.result import as_plain
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.json_out import without_infinities
from tripleaim.reports.share_page import answers, headline
from tripleaim.reports.share_parts.told import ShareTold
from tripleaim.reports.words import NOTHING, money


@dataclass(frozen=True, kw_only=True)
class BodyShare:
    """How one organisation stands with the schemes. GBP; positive = better off."""

    key: str
    """Its key."""
    player: str
    """The player it belongs to in the sharing."""
    by_year: tuple[float, ...]
    """What it gains by plan year, as the plan's own contracts pay."""
    worth: float
    """All plan years in the first year's value."""
    worst: float
    """Its worst year."""
    worst_year: str
    """Which that is."""
    trough: float
    """The most it is out of pocket by the end of any year; 0 or less."""
    chance_worse: float
    """Share of draws in which it is worse off over all plan years than if nothing were done."""
    transfer: float | None
    """What its player receives (+) or pays (-) by the agreement, all plan years in the first year's value; null
    where no agreement was worked out.
    """
    after: float | None
    """What its player gains then; null as above."""
    with_others: tuple[str, ...]
    """Names of the organisations that play with it as one; empty where it plays alone."""
    words: str
    """The same in a sentence or two."""


@dataclass(frozen=True, kw_only=True)
class PaymentShare:
    """A payment of the agreement."""

    payer: str
    """Who pays, by name."""
    payee: str
    """Who is paid, by name."""
    a_year: float
    """GBP a year."""
    vehicle: str
    """How it may lawfully be paid."""


@dataclass(frozen=True, kw_only=True)
class SharingBrief:
    """A sharing in short."""

    fingerprint: str
    """SHA-256 of the plan."""
    draws: int
    """How many draws."""
    seed: int
    """What they are made from."""
    years: tuple[str, ...]
    """Years of every amount by year."""
    headline: str
    """The first sentence of its page."""
    answers: tuple[str, ...]
    """What follows it."""
    organisations: dict[str, BodyShare]
    """By key; empty where no position can be told, and then `missing` says why."""
    rule: str
    """Rule of sharing the agreement goes by; empty where none was worked out."""
    form: str
    """Form of payment it was reached under."""
    payments: tuple[PaymentShare, ...]
    """What is paid by it, the largest first."""
    missing: tuple[str, ...]
    """What would have to be known first, and how to supply it, in sentences."""


def sharing_brief(sharing: Sharing) -> dict[str, Any]:
    """A sharing as plain values for JSON."""
    told, deal = ShareTold(sharing, Exhibits()), sharing.deal
    after = {each.player: each for each in deal.players} if deal else {}
    brief = SharingBrief(
        fingerprint=sharing.fingerprint,
        draws=sharing.draws,
        seed=sharing.seed,
        years=sharing.years,
        headline=headline(told),
        answers=tuple(answers(told)),
        organisations={each.body: _body(told, each, after.get(each.player)) for each in sharing.standings},
        rule=deal.rule if deal else "",
        form=deal.form if deal else "",
        payments=tuple(_payment(told, each) for each in deal.payments) if deal else (),
        missing=tuple(f"{each.what} {each.to_fix} ({each.file})" for each in sharing.missing),
    )
    return dict(without_infinities(as_plain(brief)))


def _body(told: ShareTold, each: Standing, after: After | None) -> BodyShare:
    bodies = (told.sharing.players or {}).get(each.player, (each.body,))
    others = tuple(told.name(key) for key in bodies if key != each.body)
    return BodyShare(
        key=each.body,
        player=each.player,
        by_year=each.by_year,
        worth=each.worth,
        worst=each.worst,
        worst_year=each.worst_year,
        trough=each.trough,
        chance_worse=each.chance_worse,
        transfer=after.transfer if after else None,
        after=after.after if after else None,
        with_others=others,
        words=_words(told, each, after, bool(others)),
    )


def _words(told: ShareTold, each: Standing, after: After | None, is_bloc: bool) -> str:
    name = told.name(each.body)
    said = f"{name} {_gains(each.worth)} {told.over} as contracts stand today. It is worse off than without schemes "
    said += f"in {percent(each.chance_worse)} of draws. Its worst year is {each.worst_year}, when it "
    said += f"{_gains(each.worst)}."
    if after is None or abs(after.transfer) < NOTHING:
        return said if after is None else f"{said} By the agreement it neither pays nor receives."
    who = "its group of bodies" if is_bloc else "it"
    does = "receives" if after.transfer > 0 else "pays"
    return f"{said} By the agreement {who} {does} {money(abs(after.transfer))} {told.over}."


def _gains(value: float) -> str:
    if abs(value) < NOTHING:
        return "neither gains nor loses"
    return f"{'gains' if value > 0 else 'loses'} {money(abs(value))}"


def _payment(told: ShareTold, each: Instalment) -> PaymentShare:
    return PaymentShare(
        payer=told.player(each.payer),
        payee=told.player(each.payee),
        a_year=each.a_year,
        vehicle=told.vehicle(each),
    )
