"""Ways of paying for care: as the plan's contracts have it, one form for all, or a proposal of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.incentives.forms.form import Agreement, proposed
from tripleaim.incentives.forms.timetable import Timetable, timetable
from tripleaim.plan import Plan
from tripleaim.plan.payment_proposal import PaymentForm

NAMES = {
    PaymentForm.BLOCK: "Block: one sum, whatever is done",
    PaymentForm.ACTIVITY: "Activity: every patient at the full price",
    PaymentForm.BLENDED: "Blended: a fixed sum and 20 % of the price for each patient",
    PaymentForm.MARGINAL: "Marginal rate: 70 % of the price above the planned number",
    PaymentForm.ALIGNED: "Aligned incentive: cost with open books, differences halved",
    PaymentForm.CAPITATED: "Capitated: a budget a head, held by the largest provider",
    PaymentForm.SHARED_SAVINGS: "Shared savings: activity, and half of what is saved against a benchmark",
}
"""Each form on its usual terms (`forms.Terms`)."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way of paying for all care that one member of the place buys from another by contract."""

    key: str
    """today, a form of payment, or the key of a proposal."""
    name: str
    """In words."""
    from_year: int | None = None
    """Position of the first year it holds in, 0 = the opening year; before it the plan's contracts hold. None = they
    always do.
    """
    timetable: Timetable | None = None
    """The form of every year, the opening year first."""
    is_proposed: bool = False
    """True for a proposal of the plan."""


TODAY = Way(key="today", name="As the contracts of the plan have it")


def ways(plan: Plan) -> tuple[Way, ...]:
    """Today's, every form, and every proposal of the plan."""
    years = (plan.opening_year, *plan.years)
    forms = tuple(
        Way(
            key=form.value,
            name=NAMES[form],
            from_year=0,
            timetable=Timetable(years, (Agreement(form),) * len(years)),
        )
        for form in PaymentForm
    )
    keys = sorted({row.proposal for row in plan.payment_proposals})
    return (TODAY, *forms, *(_proposal(plan, key, years) for key in keys))


def _proposal(plan: Plan, key: str, years: tuple[str, ...]) -> Way:
    rows = [row for row in plan.payment_proposals if row.proposal == key]
    found = proposed(rows, plan.heading.first_year)
    first = min(found)
    return Way(
        key=key,
        name=rows[0].name,
        from_year=years.index(first),
        timetable=timetable(years, found[first], found),  # before its first year today's contracts hold
        is_proposed=True,
    )
