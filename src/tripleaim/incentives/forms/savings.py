"""Savings and overspends against a benchmark, shared with whoever answers for the care."""

from __future__ import annotations

import numpy as np

from tripleaim.incentives.amounts import ROUNDING, Array, together
from tripleaim.incentives.forms.form import USUAL, Terms, check_terms


def shared_savings(benchmark: Array, actual: Array, terms: Terms = USUAL) -> Array:
    """What is paid to (or, below 0, by) whoever answers for the care, beside the payment for it.

    A saving that reaches the least gain is shared from its first pound, times the quality earned, up to the most gain;
    an overspend that reaches the least loss likewise. In between nothing is paid.

    benchmark, actual : (…), GBP a year; the benchmark is 0 or more
    returns : (…), GBP a year
    raises  : Impossible for terms that are no fractions, and as `together`
    source  : 42 CFR 425 subpart G (Medicare Shared Savings Program); method note 15

    >>> shared_savings([400, 400, 400], [388, 410, 394]).tolist()
    [6.0, -3.0, 0.0]
    """
    check_terms(terms)
    expected, spent = together((), benchmark=benchmark, actual=actual)
    saved = expected - spent
    over = -saved
    near = ROUNDING * expected
    gain = np.minimum(terms.gain_share * terms.quality * saved, terms.most_gain * expected)
    loss = np.minimum(terms.loss_share * over, terms.most_loss * expected)
    borne = np.where(over >= terms.least_loss * expected - near, -loss, 0.0)
    found: Array = np.where((saved >= terms.least_gain * expected - near) & (saved >= 0), gain, borne)
    return found


def marginal_share(benchmark: Array, actual: Array, terms: Terms = USUAL) -> Array:
    """What one pound more of care changes `shared_savings` by: 0, or less.

    returns : (…), GBP a GBP; 0 where nothing is shared and where a limit is reached

    >>> marginal_share([400, 400, 400], [388, 410, 394]).tolist()
    [-0.5, -0.3, 0.0]
    """
    expected, _ = together((), benchmark=benchmark, actual=actual)
    paid = shared_savings(benchmark, actual, terms)
    gains = (paid > 0) & (paid < (1 - ROUNDING) * terms.most_gain * expected)
    loses = (paid < 0) & (paid > -(1 - ROUNDING) * terms.most_loss * expected)
    slope: Array = np.where(gains, -terms.gain_share * terms.quality, np.where(loses, -terms.loss_share, 0.0))
    return slope
