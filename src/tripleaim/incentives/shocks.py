"""Who would carry it if the place did worse, or better, than agreed: the plan's own risk shares at work."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tripleaim.incentives.agreement.corridor import Corridor, carried
from tripleaim.incentives.amounts import Array
from tripleaim.incentives.record import Shock
from tripleaim.plan import Plan
from tripleaim.plan.assumptions import assumption

WORSE, BETTER = "the worse one time in ten", "the better one time in ten"


def shocks(plan: Plan, differences: Array, turnover: Mapping[str, float]) -> tuple[Shock, ...]:
    """The two ends of what may come; none for a plan without risk shares.

    differences : (draw,), what all gain less what they are to gain, GBP a year
    """
    if not plan.risk_shares:
        return ()
    corridor = Corridor(
        shares={row.organisation: row.share for row in plan.risk_shares},
        deadband=assumption(plan, "deadband").point,
        loss_caps={row.organisation: row.loss_cap for row in plan.risk_shares if row.loss_cap is not None},
        gain_caps={row.organisation: row.gain_cap for row in plan.risk_shares if row.gain_cap is not None},
    )
    found = []
    for name, share in ((WORSE, 0.1), (BETTER, 0.9)):
        each = carried(float(np.quantile(differences, share)), corridor)
        found.append(
            Shock(
                name=name,
                difference=each.difference,
                by=each.by,
                of_turnover={body: amount / turnover[body] for body, amount in each.by.items() if turnover.get(body)},
                stays=each.stays,
                residual=each.residual,
                capped=each.capped,
            )
        )
    return tuple(found)
