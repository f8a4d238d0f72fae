"""An agreement: how the gain is shared, who pays whom and by what lawful way, who carries a shock, what is settled.

Pure functions over names and amounts; nothing here reads a plan.
"""

from tripleaim.incentives.agreement.corridor import Carried, Corridor, carried, carried_over_draws, exposure
from tripleaim.incentives.agreement.guards import Benefit, Counted, Guard, Verdict
from tripleaim.incentives.agreement.refit import Refitted, refitted
from tripleaim.incentives.agreement.rules import Objection, Rule, Shared, Shares, shares
from tripleaim.incentives.agreement.settlement import Settlement, settle
from tripleaim.incentives.agreement.stability import Chance, Held, Stability, Walk, stability
from tripleaim.incentives.agreement.transfers import Payment, netted, transfers
from tripleaim.incentives.agreement.vehicles import Route, Side, Step, Vehicle, lawful, routes, side, vehicles

__all__ = [
    "Benefit",
    "Carried",
    "Chance",
    "Corridor",
    "Counted",
    "Guard",
    "Held",
    "Objection",
    "Payment",
    "Refitted",
    "Route",
    "Rule",
    "Settlement",
    "Shared",
    "Shares",
    "Side",
    "Stability",
    "Step",
    "Vehicle",
    "Verdict",
    "Walk",
    "carried",
    "carried_over_draws",
    "exposure",
    "lawful",
    "netted",
    "refitted",
    "routes",
    "settle",
    "shares",
    "side",
    "stability",
    "transfers",
    "vehicles",
]
