"""Which form of payment holds in which year: today's, and what is proposed from a year on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.forms.care import Care
from tripleaim.incentives.forms.form import Agreement, Terms
from tripleaim.incentives.forms.paid import Paid, marginal, paid
from tripleaim.plan.payment_proposal import PaymentForm


@dataclass(frozen=True)
class Timetable:
    """An agreement for every year."""

    years: tuple[str, ...]
    """Financial years, such as 2016/17; the first is the opening year."""
    agreements: tuple[Agreement, ...]
    """What holds in each."""


def timetable(years: Sequence[str], today: Agreement, proposed: Mapping[str, Agreement]) -> Timetable:
    """Today's agreement, and each that is proposed from its year until the next.

    proposed : first year → agreement
    raises   : Impossible for a year that is not among the years, or no year at all

    >>> found = timetable(["2016/17", "2017/18", "2018/19"], Agreement(PaymentForm.ACTIVITY),
    ...                   {"2018/19": Agreement(PaymentForm.BLOCK)})
    >>> [str(each.form) for each in found.agreements]
    ['activity', 'activity', 'block']
    """
    unknown = [year for year in proposed if year not in years]
    if unknown or not years:
        raise Impossible(
            f"A form of payment is proposed from {', '.join(unknown) or 'no year'}; the years are "
            f"{', '.join(years) or 'none'}."
        )
    found = []
    for year in years:
        today = proposed.get(year, today)
        found.append(today)
    return Timetable(tuple(years), tuple(found))


def paid_over(timetable: Timetable, care: Care) -> Paid:
    """What is paid in every year under the form of that year.

    raises  : Impossible where care has other years, and as `paid`

    >>> from tripleaim.incentives.forms.care import care
    >>> change = Timetable(("2016/17", "2017/18"), (Agreement(PaymentForm.ACTIVITY), Agreement(PaymentForm.BLOCK)))
    >>> paid_over(change, care(price=[[2.0, 2.0]], units=[[8.0, 8.0]], planned=[[9.0, 9.0]])).payer.tolist()
    [[16.0, 18.0]]
    """
    return _over(timetable, care, paid)


def marginal_over(timetable: Timetable, care: Care) -> Paid:
    """What one pound more of care adds in every year under the form of that year; GBP a GBP, as `marginal`."""
    return _over(timetable, care, marginal)


def _over(timetable: Timetable, care: Care, way: Callable[[PaymentForm, Care, Terms], Paid]) -> Paid:
    held = timetable.agreements
    if care.price.shape[1] != len(held):
        raise Impossible(f"The care has {care.price.shape[1]} years; the timetable has {len(held)}.")
    found = {each: way(each.form, care, each.terms) for each in dict.fromkeys(held)}
    starts = [n for n in range(len(held)) if not n or held[n] != held[n - 1]]
    spans = [(found[held[first]], first, last) for first, last in pairwise([*starts, len(held)])]
    return Paid(
        provider=np.concatenate([each.provider[:, first:last] for each, first, last in spans], axis=1),
        holder=np.concatenate([each.holder[:, first:last] for each, first, last in spans], axis=1),
        kept=np.concatenate([each.kept[:, first:last] for each, first, last in spans], axis=1),
    )
