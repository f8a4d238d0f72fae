"""What sharing rests on: risk shares that add up, and proposals to pay that do not contradict themselves."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum

from tripleaim.loading.crosscheck.spot import spots
from tripleaim.loading.draft import Draft
from tripleaim.loading.numbers import shortest
from tripleaim.plan.organisation import Organisation
from tripleaim.plan.payment_proposal import OWN_RATES, PaymentForm, PaymentProposal
from tripleaim.plan.plan import Heading
from tripleaim.plan.risk_share import RiskShare
from tripleaim.quantities import Noun


def risk_shares(draft: Draft) -> None:
    """All shares of joint gains and losses add up to 1."""
    rows = list(spots(draft, RiskShare))
    total = fsum(row.share for _, row in rows)
    if rows and abs(total - 1) > 1e-6:
        found = f"{shortest(float(f'{total:.12g}'))} over {len(rows)} organisations"
        to_fix = "add who is missing, or raise or lower the shares"
        rows[-1][0].refuse("share", found, "shares that add up to 1", to_fix)


def sharers(draft: Draft) -> None:
    """Who shares gains and losses has accounts in which they show."""
    bodies = draft.by_key(Organisation)
    for at, row in spots(draft, RiskShare):
        body = bodies.get(row.organisation)
        if body is not None and not body.accounts:
            found = f"{body.key}, which has no accounts"
            at.refuse(
                "organisation", found, "an organisation with accounts", f"delete the row, or give {body.key} some"
            )


def own_rates(draft: Draft) -> None:
    """Only forms with a rate of their own are given one."""
    for at, row in spots(draft, PaymentProposal):
        if row.rate is not None and row.form not in OWN_RATES:
            form = row.form.value
            at.must_be_empty("rate", shortest(row.rate), f"{form} has no rate of its own")


def one_name(draft: Draft) -> None:
    """A proposal has one name."""
    first: dict[str, tuple[int, str]] = {}
    for at, row in spots(draft, PaymentProposal):
        number, name = first.setdefault(row.proposal, (at.row, row.name))
        if row.name != name:
            found, expected = f"{row.name}, while row {number} calls {row.proposal} {name}", "one name for one proposal"
            at.refuse("name", found, expected, f"write {name}, or give one of them another key")


def own_key(draft: Draft) -> None:
    """A proposal cannot be taken for a form of payment, or for today's contracts: all are asked for by their keys."""
    taken = {*(form.value for form in PaymentForm), "today"}
    for at, row in spots(draft, PaymentProposal):
        if row.proposal in taken:
            at.refuse(
                "proposal", row.proposal, "a key that is no form of payment's", f"write, say, {row.proposal}_from_2018"
            )


def one_form_a_year(draft: Draft) -> None:
    """A proposal pays in one form in each year; empty and the plan's first year are the same."""
    first: dict[tuple[str, str], int] = {}
    for at, row in spots(draft, PaymentProposal):
        year = row.from_year or draft.years[0]
        other = first.setdefault((row.proposal, year), at.row)
        if other != at.row:
            found = f"{year}, from which row {other} pays already"
            at.refuse("from_year", found, "one form from each year on", f"delete row {at.row} or row {other}")


CHECKS: tuple[tuple[Callable[[Draft], None], tuple[type[Noun], ...]], ...] = (
    (risk_shares, (RiskShare,)),
    (sharers, ()),
    (own_rates, ()),
    (own_key, ()),
    (one_name, ()),
    (one_form_a_year, (Heading,)),
)
