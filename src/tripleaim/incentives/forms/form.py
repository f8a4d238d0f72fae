"""The terms that a form of payment leaves open, and an agreement on both."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from tripleaim.errors import Impossible
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.payment_proposal import OWN_RATES, PaymentForm, PaymentProposal


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a form leaves open. Fractions; each default says where it is from."""

    marginal: float = OWN_RATES[PaymentForm.BLENDED].default
    """Blended: part of the price paid for each unit. 0.2, as in emergency care in England, 2019/20."""
    above: float = OWN_RATES[PaymentForm.MARGINAL].default
    """Marginal: part of the price paid above the threshold. 0.7, as in emergency admissions in England."""
    threshold: float = 1.0
    """Marginal: full price up to so many times the planned units."""
    cost_share: float = 0.5
    """Aligned: part of the difference between cost and expected cost that the payer bears or keeps. Illustrative."""
    gain_share: float = OWN_RATES[PaymentForm.SHARED_SAVINGS].default
    """Shared savings: part of a saving that goes to the holder. 0.5, as in Medicare Shared Savings."""
    loss_share: float = 0.3
    """Shared savings: part of an overspend that the holder bears. The same."""
    least_gain: float = 0.02
    """Shared savings: part of the benchmark a saving must reach before any is shared. The same: 0 to 2 %, as chosen."""
    least_loss: float = 0.02
    """Shared savings: part of the benchmark an overspend must reach before any is borne. The same."""
    quality: float = 1.0
    """Shared savings: part of the gain that the standards met have earned; 0 where the gate is shut."""
    most_gain: float = 0.10
    """Shared savings: the most the holder is paid, as part of the benchmark. The same."""
    most_loss: float = 0.04
    """Shared savings: the most the holder bears, as part of the benchmark. The same."""


USUAL = Terms()
"""The terms where nobody says otherwise."""
_MOST = {"threshold": math.inf}


@dataclass(frozen=True)
class Agreement:
    """A form of payment with its terms."""

    form: PaymentForm
    terms: Terms = USUAL


def check_terms(terms: Terms) -> None:
    """Refuse terms that are no fractions.

    raises : Impossible, naming the first
    """
    for field in fields(terms):
        value = getattr(terms, field.name)
        if not 0 <= value <= _MOST.get(field.name, 1.0):  # written this way round so that NaN is refused too
            most = "or more" if field.name in _MOST else "to 1"
            raise Impossible(f"The terms have {field.name.replace('_', ' ')} {value}; expected 0 {most}.")


def agreement_of(contract: Contract) -> Agreement:
    """The form and terms of a contract as it stands in a plan.

    >>> contract = Contract(key="b", name="b", form=Payment.BLENDED, marginal=0.3, source="s")
    >>> agreement_of(contract).form, agreement_of(contract).terms.marginal
    (<PaymentForm.BLENDED: 'blended'>, 0.3)
    """
    if contract.form is Payment.BLENDED:
        return Agreement(PaymentForm.BLENDED, Terms(marginal=contract.marginal or 0.0))
    if contract.form is Payment.MARGINAL:
        above = 1.0 if contract.marginal is None else contract.marginal
        threshold = 1.0 if contract.threshold is None else contract.threshold
        return Agreement(PaymentForm.MARGINAL, Terms(above=above, threshold=threshold))
    return Agreement(PaymentForm(contract.form.value))


def proposed(rows: Iterable[PaymentProposal], first_year: str) -> dict[str, Agreement]:
    """What one proposal of a plan says, by the year it holds from; for `timetable`.

    first_year : the plan's first, for a row that names none
    raises     : Impossible for two rows from one year

    >>> row = PaymentProposal(proposal="p", name="p", form=PaymentForm.BLENDED, rate=0.3, source="s")
    >>> proposed([row], "2017/18")["2017/18"].terms.marginal
    0.3
    """
    found: dict[str, Agreement] = {}
    for row in rows:
        year = row.from_year or first_year
        if year in found:
            raise Impossible(f"{row.proposal} has two forms of payment from {year}; expected one.")
        field = _RATE_OF.get(row.form)
        terms = USUAL if field is None or row.own_rate is None else replace(USUAL, **{field: row.own_rate})
        found[year] = Agreement(row.form, terms)
    return found


_RATE_OF = {
    PaymentForm.BLENDED: "marginal",
    PaymentForm.MARGINAL: "above",
    PaymentForm.SHARED_SAVINGS: "gain_share",
}
"""Form → the term that is its own rate."""
