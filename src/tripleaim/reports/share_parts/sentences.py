"""Sentences of a sharing that the page and the terminal both say."""

from __future__ import annotations

from tripleaim.charts import percent
from tripleaim.charts.measure import opening
from tripleaim.incentives.agreement.rules import Rule
from tripleaim.incentives.record import Deal, FormStanding, Instalment, Standing
from tripleaim.incentives.record import WhoBears as Bearing
from tripleaim.reports.share_parts.told import ShareTold
from tripleaim.reports.words import NOTHING, in_words, listed, money, plural, tell_money_apart

APART = 0.05
"""Share of an amount from which on two are told apart."""
NAMED = 3
"""Bodies or schemes that a sentence names; the tables have them all."""
RULES = {
    Rule.SHAPLEY: "the Shapley value (each gets what it adds, on average over all orders in which they could join)",
    Rule.NUCLEOLUS: "the nucleolus (the group with most reason to object has as little as can be)",
    Rule.PROPORTION: "shares in proportion to turnover",
    Rule.EQUAL: "equal shares",
    Rule.ADJUSTED: "shares adjusted for cost borne",
}
"""Rule → what a sentence calls it after “by”, with what it means; `rule_alone` has it without."""


def rule_alone(rule: str) -> str:
    """A rule in a sentence after it has been explained.

    >>> rule_alone("shapley")
    'the Shapley value'
    """
    return RULES[Rule(rule)].split(" (")[0]


def verdict(told: ShareTold) -> str:
    """The headline: what all gain together in the last year, and who loses in it or over all plan years."""
    count, gain = len(told.sharing.bodies), told.gained
    does = f"{'gain' if gain > 0 else 'lose'} {money(abs(gain))}" if abs(gain) >= NOTHING else "neither gain nor lose"
    start = (
        f"With {told.schemes_in_words}, at the plan’s own numbers and with every post and all capital found, the "
        f"{in_words(count)} bodies of the place together {does} {told.in_last_year}"
    )
    now = [(told.name(each.body), -each.by_year[-1]) for each in told.losers]
    later = sorted(
        ((told.name(each.body), -each.worth) for each in told.sharing.standings if each.worth < -NOTHING),
        key=lambda each: (-each[1], each[0]),
    )
    if now:
        return f"{start}, {'but' if gain > NOTHING else 'and'} under {under_today(told)} {_losses(now)}."
    none = f"{start}. Under {under_today(told)} none of them loses in that year"
    return f"{none}, but {told.over} {_losses(later)}." if later else f"{none} or {told.over}."


def on_average(told: ShareTold) -> str:
    """What all gain over all plan years at the plan's own numbers, beside the mean over the draws; what a draw is."""
    shares, deal, form = told.sharing.shares, told.sharing.deal, told.agreed_on
    if shares is None or deal is None or form is None:
        return ""
    mean = sum(each.mean for each in deal.stability.players)
    hoped, drawn = tell_money_apart(abs(shares.whole), abs(mean))
    verb = "" if mean * shares.whole > 0 else f"{gains_or_loses(mean)} "
    under = "" if form.today else f", with care paid for under {told.under(form)}"
    apart = abs(mean - shares.whole) >= APART * max(abs(mean), abs(shares.whole), NOTHING)
    ends = ": the first is what is hoped for, the second what to expect" if apart and mean < shares.whole else ""
    return (
        f"{opening(told.over)} all together {gains_or_loses(shares.whole)} {hoped} at these numbers{under}, "
        f"{'but' if apart else 'and'} {verb}{drawn} on average over "
        f"{plural(told.sharing.draws, 'draw')}{ends}. A draw is one run with a plausible value for everything we are "
        "unsure of; posts and capital are taken as found in these too."
    )


def gains_or_loses(amount: float) -> str:
    """The verb of what several have."""
    return "gain" if amount >= 0 else "lose"


def _losses(losers: list[tuple[str, float]]) -> str:
    """Bodies and what each loses, or how many and which loses most."""
    if len(losers) > NAMED:
        name, most = losers[0]
        return f"{in_words(len(losers))} of them lose, {name} most: {money(most)}"
    return listed([f"{name} loses {money(amount)}" for name, amount in losers])


def under_today(told: ShareTold) -> str:
    """What a sentence calls the plan's own contracts."""
    return told.under(told.today)


def refusals(told: ShareTold, most: int = NAMED) -> list[str]:
    """Schemes that leave somebody worse off while the place gains, the one with most at stake first."""
    found = sorted(
        (each for each in told.sharing.bearings if each.paid_to_refuse), key=lambda each: (-each.system, each.scheme)
    )
    return [_refusal(told, each) for each in found[:most]]


def stays_out(told: ShareTold, each: Standing) -> str:
    """What a body has in the last year by taking part, and by staying out while the others go ahead."""
    inside, out = each.by_year[-1], each.left_out[-1]
    who = told.name(each.body)
    if inside < -NOTHING and out < inside - NOTHING:
        return (
            f"{who} loses {money(-inside)} {told.in_last_year} by taking part, and would lose {money(-out)} if the "
            "others went ahead without it: it would join to lose less, not to gain."
        )
    if inside < -NOTHING and abs(out - inside) < NOTHING:
        return (
            f"{who} loses {money(-inside)} {told.in_last_year} whether it takes part or stays out while the others go "
            "ahead."
        )
    if out > inside + NOTHING:
        return (
            f"{who} {has(inside)} by taking part and {has(out)} if the others go ahead without it: "
            f"{money(out - inside)} a year better off outside."
        )
    if out < -NOTHING:
        return f"{who} {has(inside)} by taking part, and {has(out)} if the others go ahead without it."
    return f"{who} {has(inside)} by taking part and {has(out)} by staying out."


def with_nothing_agreed(told: ShareTold, form: FormStanding) -> str:
    """Whether anybody would have more by going its own way where care is paid for in one way and nothing is agreed."""
    under = told.under(form)
    if not form.leaving:
        return f"With nothing agreed but {under}, no body and no group would have more by going its own way."
    first = form.leaving[0]
    who, count = told.group(first.coalition), form.leaving_count
    would = "one group would" if count == 1 else f"{in_words(count)} groups, or bodies by themselves, would"
    return opening(
        f"with nothing agreed but {under}, {would} have more by going {'its' if count == 1 else 'their'} own way; "
        f"{who} most, {money(first.lacks)} {told.over}."
    )


def would_anyone_leave(told: ShareTold, form: FormStanding) -> str:
    """Whether an agreement exists that gives nobody a reason to leave, where care is paid for in one way."""
    under = told.under(form)
    if form.core_is_empty:
        return (
            f"Under {under} no agreement can give everybody a reason to stay: however the gain is divided, some group "
            f"would have more by going its own way, unless {money(form.cost_of_stability)} came from outside "
            f"{told.over}."
        )
    return f"Under {under} the gain can be divided so that no body and no group would have more by going its own way."


def agreement(told: ShareTold) -> str:
    """What was agreed on, named as a choice, and how often it holds."""
    deal, form = told.sharing.deal, told.agreed_on
    if deal is None or form is None:
        return ""
    holds = deal.stability.in_core
    return (
        f"Shared by {RULES[Rule(deal.rule)]} under {told.under(form)}, which is a choice and no finding, fixed "
        f"payments between them leave nobody with a reason to go in {percent(holds.share)} of draws."
    )


def begins(told: ShareTold, deal: Deal) -> str:
    """From when payments are made: every year, or from the first year that begins after the plan is dated."""
    if deal.first_year == told.sharing.years[0]:
        return "the same every year"
    return f"the same every year from {deal.first_year}"


def missed(told: ShareTold, deal: Deal) -> list[str]:
    """Who misses a control total because of what it pays; nothing where nobody does."""
    return [
        opening(
            f"{told.player(each.player)} would miss its control total in {listed(each.missed)} because of what it "
            "pays, and would meet it without: the sum would have to be agreed with whoever sets it."
        )
        for each in deal.players
        if each.missed
    ]


def payment(told: ShareTold, each: Instalment) -> str:
    """One payment of the agreement in words."""
    pays = f"{told.player(each.payer)} pays {told.player(each.payee)} {money(each.a_year)} a year"
    return f"{pays}: {told.vehicle(each)}."


def _refusal(told: ShareTold, each: Bearing) -> str:
    """Who loses by a scheme that the place gains by, over all plan years."""
    worth = {gain.body: gain.worth for gain in told.sharing.gains if gain.scheme == each.scheme}
    losers = sorted(each.paid_to_refuse, key=lambda body: (worth.get(body, 0.0), body))
    named = [f"{told.name(body)} loses {money(-worth.get(body, 0.0))}" for body in losers[:NAMED]]
    more = len(losers) - NAMED
    if more > 0:
        named.append(plural(more, "other body loses", "other bodies lose"))
    return opening(
        f"by {told.scheme(each.scheme)} the place gains {money(each.system)} {told.over}, and {listed(named)}."
    )


def has(value: float) -> str:
    """What a body has, as its verb: gains so much, loses so much, or neither."""
    if abs(value) < NOTHING:
        return "neither gains nor loses"
    return f"{'gains' if value > 0 else 'loses'} {money(abs(value))}"
