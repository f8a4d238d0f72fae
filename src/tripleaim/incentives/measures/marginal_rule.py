"""Does a provider that avoids care lose more in payment than it can stop spending?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tripleaim.incentives.amounts import ROUNDING, Array, Truths, share_of, together


@dataclass(frozen=True, kw_only=True, eq=False)
class MarginalRule:
    """What a provider that avoids care loses in payment, beside the cost it can stop."""

    released_share: Array
    """(…), r: cost released ÷ value of the care avoided; 0 where none is avoided."""
    room: Array
    """(…), GBP: cost released less payment lost, which is the provider's gain."""
    holds: Truths
    """(…), True where the payment lost is no more than the cost released: m ≤ r."""


def marginal_rule(marginal: Any, released: Any, value: Any) -> MarginalRule:
    """Is the marginal payment m no more than the share r of the care's value that its provider can stop spending?

    marginal : (…), GBP paid for each pound of care, as `forms.marginal`
    released : (…), GBP of cost the provider stops
    value    : (…), GBP of care avoided, at its price
    raises   : as `together`
    source   : method note 15. In the worked example the core empties exactly there; in general a linear program decides

    >>> [marginal_rule(m, released=5.4, value=7.5).holds.item() for m in (0.2, 0.7199, 0.73, 1.0)]
    [True, True, False, False]
    """
    paid, stopped, avoided = together((), marginal=marginal, released=released, value=value)
    lost = paid * avoided
    room = stopped - lost
    near = ROUNDING * abs(lost)
    return MarginalRule(released_share=share_of(stopped, avoided), room=room, holds=room >= -near)
