"""Forms of payment: what a payer pays for care in each year, who holds it, and what one pound more of care adds.

Functions of arrays alone. A plan's numbers are put in by the floor above.
"""

from tripleaim.incentives.forms.care import Care, care
from tripleaim.incentives.forms.form import USUAL, Agreement, Terms, agreement_of, proposed
from tripleaim.incentives.forms.paid import Paid, by_body, marginal, paid
from tripleaim.incentives.forms.savings import shared_savings
from tripleaim.incentives.forms.timetable import Timetable, marginal_over, paid_over, timetable
from tripleaim.plan.payment_proposal import PaymentForm

__all__ = [
    "USUAL",
    "Agreement",
    "Care",
    "Paid",
    "PaymentForm",
    "Terms",
    "Timetable",
    "agreement_of",
    "by_body",
    "care",
    "marginal",
    "marginal_over",
    "paid",
    "paid_over",
    "proposed",
    "shared_savings",
    "timetable",
]
