"""What is paid under each form of payment, and what one pound more of care adds to it (method note 15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import Array, share_of
from tripleaim.incentives.forms.care import Care
from tripleaim.incentives.forms.form import USUAL, Terms, check_terms
from tripleaim.incentives.forms.savings import marginal_share, shared_savings
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.payment_proposal import PaymentForm
from tripleaim.projection.payments import payment


@dataclass(frozen=True, kw_only=True, eq=False)
class Paid:
    """What changes hands for each line in each year; each (line, year, …), GBP a year."""

    provider: Array
    """To the provider of the line."""
    holder: Array
    """To whoever holds the agreement: the lead provider of a budget, whoever shares in savings. May be below 0."""
    kept: Array
    """What a marginal rate lets the payer keep; it is not paid, and an agreement may say what it is spent on."""

    @property
    def payer(self) -> Array:
        """From the payer: what the two others get, no more and no less."""
        return self.provider + self.holder


def paid(form: PaymentForm, care: Care, terms: Terms = USUAL) -> Paid:
    """What is paid for the care of one agreement under a form.

    raises  : Impossible for terms that are no fractions, and where the form needs what is not known
    source  : method note 15; block, activity, blended and marginal are those of the projection (note 6)

    >>> from tripleaim.incentives.forms.care import care
    >>> fewer = care(price=[[1.0]], units=[[92.5]], planned=[[100.0]])
    >>> [paid(PaymentForm(form), fewer).provider.item() for form in ("block", "blended", "activity")]
    [100.0, 98.5, 92.5]
    """
    check_terms(terms)
    return _PAID[form](care, terms)


def marginal(form: PaymentForm, care: Care, terms: Terms = USUAL) -> Paid:
    """What one pound more of care, at its price, adds to each part of what is paid; GBP a GBP.

    A form is safe for a provider that avoids care where this is no more than the share of the price that it can stop
    spending (`measures.marginal_rule`). Where a marginal rate's threshold lies, the pound below it counts. An aligned
    incentive pays for cost: its answer is the cost share times what the cost has changed by for each pound of care.

    raises  : as `paid`

    >>> from tripleaim.incentives.forms.care import care
    >>> fewer = care(price=[[1.0]], units=[[92.5]], planned=[[100.0]], people=[1.0])
    >>> [marginal(PaymentForm(form), fewer).provider.item() for form in ("block", "blended", "activity")]
    [0.0, 0.2, 1.0]
    >>> marginal(PaymentForm.CAPITATED, fewer).payer.item()
    0.0
    """
    check_terms(terms)
    return _MARGINAL[form](care, terms)


def by_body(
    paid: Paid, bodies: Sequence[str], *, payer: Sequence[str], provider: Sequence[str], holder: str | None = None
) -> Array:
    """What each body gains or loses by what is paid.

    bodies   : names, in the order of the answer
    payer    : who pays for each line
    provider : who gives each line
    holder   : who holds the agreement; None = the provider of each line for that line
    returns  : (body, year, …), GBP a year; all bodies add up to 0
    raises   : Impossible for a body that is not among the names, or names that are not one a line

    >>> each = Paid(provider=np.array([[90.0]]), holder=np.array([[10.0]]), kept=np.array([[0.0]]))
    >>> by_body(each, ["c", "h", "lead"], payer=["c"], provider=["h"], holder="lead").ravel().tolist()
    [-100.0, 90.0, 10.0]
    """
    lines = paid.provider.shape[0]
    for role, names in (("payers", payer), ("providers", provider)):
        if len(names) != lines:
            raise Impossible(f"There are {len(names)} {role} for {lines} lines; expected one a line.")
    unknown = sorted({*payer, *provider, *([holder] if holder else [])} - set(bodies))
    if unknown:
        raise Impossible(f"{', '.join(unknown)} is not among the bodies {', '.join(bodies)}.")
    holders = [holder] * lines if holder else list(provider)
    shares = ((provider, paid.provider), (holders, paid.holder), (payer, -paid.payer))
    rows = []
    for body in bodies:
        first, second, third = (amount[[name == body for name in names]].sum(axis=0) for names, amount in shares)
        rows.append(first + second + third)
    return np.stack(rows)


def _contracted(form: Payment) -> Callable[[Care, Terms], Paid]:
    def found(care: Care, terms: Terms) -> Paid:
        rate = terms.above if form is Payment.MARGINAL else terms.marginal
        contract = _contract(form, rate, terms.threshold)
        amount, kept = payment(contract, care.price, care.units, care.planned)
        return Paid(provider=amount, holder=np.zeros_like(amount), kept=kept)

    return found


_NO_THRESHOLD = 1e12
"""So many times the planned units are never given; it stands for infinity, which times nought would be no number."""


@cache
def _contract(form: Payment, rate: float, threshold: float) -> Contract:
    """A contract as a plan would write it, and with a threshold that may be higher than a plan may say."""
    row = Contract(key="terms", name="terms", form=form, marginal=rate, source="terms")
    return row.model_copy(update={"threshold": min(threshold, _NO_THRESHOLD)})


def _aligned(care: Care, terms: Terms) -> Paid:
    expected = care.known("cost_if_nothing_done", "aligned incentive")
    amount = expected + terms.cost_share * (care.known("cost", "aligned incentive") - expected)
    return _to_provider(amount)


def _capitated(care: Care, _: Terms) -> Paid:
    """The opening year's planned care a head, at each year's price, times the people of each year."""
    people = care.known("people", "budget a head")
    budget = care.price * care.planned[:, :1] * share_of(people, people[:, :1])
    return Paid(provider=care.value, holder=budget - care.value, kept=np.zeros_like(budget))


def _shared_savings(care: Care, terms: Terms) -> Paid:
    """The benchmark is the care that would be given if nothing were done; lines bear the share as it is made up."""
    benchmark = care.price * care.known("units_if_nothing_done", "shared savings")
    total = benchmark.sum(axis=0)
    share = shared_savings(total, care.value.sum(axis=0), terms)
    return Paid(provider=care.value, holder=share * share_of(benchmark, total), kept=np.zeros_like(benchmark))


def _to_provider(amount: Array) -> Paid:
    return Paid(provider=amount, holder=np.zeros_like(amount), kept=np.zeros_like(amount))


def _same_for_each(rate: Callable[[Terms], float]) -> Callable[[Care, Terms], Paid]:
    return lambda care, terms: _to_provider(np.full_like(care.price, rate(terms)))


def _marginal_above(care: Care, terms: Terms) -> Paid:
    limit = min(terms.threshold, _NO_THRESHOLD) * care.planned
    one = np.ones_like(care.price)
    rate = np.where(care.units > limit, terms.above, one)
    return Paid(provider=rate, holder=np.zeros_like(rate), kept=1 - rate)


def _marginal_aligned(care: Care, terms: Terms) -> Paid:
    changed = care.known("cost", "aligned incentive") - care.known("cost_if_nothing_done", "aligned incentive")
    given = care.value - care.price * care.known("units_if_nothing_done", "aligned incentive")
    return _to_provider(terms.cost_share * share_of(changed, given))


def _marginal_capitated(care: Care, _: Terms) -> Paid:
    one = np.ones_like(care.price)
    return Paid(provider=one, holder=-one, kept=np.zeros_like(one))


def _marginal_shared(care: Care, terms: Terms) -> Paid:
    benchmark = care.price * care.known("units_if_nothing_done", "shared savings")
    slope = marginal_share(benchmark.sum(axis=0), care.value.sum(axis=0), terms)
    one = np.ones_like(care.price)
    return Paid(provider=one, holder=one * slope, kept=np.zeros_like(one))


_PAID: dict[PaymentForm, Callable[[Care, Terms], Paid]] = {
    PaymentForm.BLOCK: _contracted(Payment.BLOCK),
    PaymentForm.ACTIVITY: _contracted(Payment.ACTIVITY),
    PaymentForm.BLENDED: _contracted(Payment.BLENDED),
    PaymentForm.MARGINAL: _contracted(Payment.MARGINAL),
    PaymentForm.ALIGNED: _aligned,
    PaymentForm.CAPITATED: _capitated,
    PaymentForm.SHARED_SAVINGS: _shared_savings,
}
_MARGINAL: dict[PaymentForm, Callable[[Care, Terms], Paid]] = {
    PaymentForm.BLOCK: _same_for_each(lambda _: 0.0),
    PaymentForm.ACTIVITY: _same_for_each(lambda _: 1.0),
    PaymentForm.BLENDED: _same_for_each(lambda terms: terms.marginal),
    PaymentForm.MARGINAL: _marginal_above,
    PaymentForm.ALIGNED: _marginal_aligned,
    PaymentForm.CAPITATED: _marginal_capitated,
    PaymentForm.SHARED_SAVINGS: _marginal_shared,
}
