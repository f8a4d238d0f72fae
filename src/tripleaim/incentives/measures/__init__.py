"""Measures of who gains and who pays: each a function of positions alone, body by body and year by year."""

from tripleaim.incentives.measures.alignment import Alignment, alignment
from tripleaim.incentives.measures.bearing import Bearing, who_bears
from tripleaim.incentives.measures.cliffs import (
    Cliff,
    Mended,
    Threshold,
    at_cliffs,
    mend,
    threshold_effect,
    to_spare,
    transfer_needed,
)
from tripleaim.incentives.measures.effort import Effort, effort
from tripleaim.incentives.measures.exposure import Exposure, exposure
from tripleaim.incentives.measures.leakage import Leakage, leakage
from tripleaim.incentives.measures.marginal_rule import MarginalRule, marginal_rule
from tripleaim.incentives.measures.rationality import (
    Chances,
    Rationality,
    chances,
    individual_rationality,
    under_duress,
)
from tripleaim.incentives.measures.timing import (
    DISCOUNT_RATE,
    Timing,
    present_value,
    running_total,
    timing,
)

__all__ = [
    "DISCOUNT_RATE",
    "Alignment",
    "Bearing",
    "Chances",
    "Cliff",
    "Effort",
    "Exposure",
    "Leakage",
    "MarginalRule",
    "Mended",
    "Rationality",
    "Threshold",
    "Timing",
    "alignment",
    "at_cliffs",
    "chances",
    "effort",
    "exposure",
    "individual_rationality",
    "leakage",
    "marginal_rule",
    "mend",
    "present_value",
    "running_total",
    "threshold_effect",
    "timing",
    "to_spare",
    "transfer_needed",
    "under_duress",
    "who_bears",
]
