"""Time of leaders: the scarcest thing schemes compete for."""

from __future__ import annotations

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class LeadershipHours(Row):
    """Hours a year that leaders of one organisation give to a scheme."""

    scheme: Key = quantity("scheme key", "Which scheme")
    organisation: Key = quantity("organisation key", "Whose leaders")
    year: str = quantity(
        "financial year",
        "The one year meant, with the scheme started as schemes.csv says (it moves with the start); empty = every year "
        "of the plan from the one it starts in",
        default="",
    )
    hours: float = quantity("hours a year", "Hours of executives, senior clinicians and managers", between=(0, 1e6))
