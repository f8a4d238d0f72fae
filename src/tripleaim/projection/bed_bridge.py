"""The bed bridge: from beds open today to beds needed, what may close, and what the plan claims (method note 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.plan.scheme import EffectKind
from tripleaim.projection.axes import Array
from tripleaim.projection.capacity import DAYS
from tripleaim.projection.effects import REMOVES
from tripleaim.projection.run import Run

ALTERNATIVE = "alternative in place and staffed"
"""The first bed-closure test, in the words a reader sees."""
STAFFED = 0.9995
"""Share of posts from which they count as found."""


@dataclass(frozen=True, kw_only=True)
class BedBridge:
    """One bed pool in the plan's last year as hoped. Beds; the steps from `base` add up to `needed`."""

    pool: str
    """Key of the beds in capacity.csv."""
    name: str
    """Their name in words."""
    provider: str
    """Key of the body they belong to."""
    base: float
    """Beds open in the opening year."""
    growth: float
    """Beds that growth in care would fill by the last year at today's occupancy if nothing changed; positive = more."""
    avoided: float
    """Beds of care no longer needed or moved away; negative."""
    arrived: float
    """Beds that care moved here from elsewhere fills; positive."""
    shortened: float
    """Beds set free by shorter stays; negative."""
    occupancy: float
    """Beds it takes to move from today's occupancy to the target; negative where the target is the fuller one."""
    needed: float
    """Beds needed in the last year: the five above added to `base`."""
    open_last: float
    """Beds the model has open in the last year as hoped."""
    open_nothing: float
    """Beds it has open in the last year if nothing changes."""
    closable: float
    """Beds in whole wards that may close by the last year, against those open in the opening year."""
    claimed: float
    """Beds the plan says it will close."""
    unsupported: float
    """Claimed less what the model closes (base less open_last), never below 0."""
    against_nothing: float
    """Beds fewer in the last year than if nothing changed: open_nothing less open_last."""
    opening_occupancy: float
    """Share of the open beds full on an average day of the opening year. 0 to 1."""
    last_occupancy: float
    """The same in the last year as hoped."""
    target_occupancy: float
    """The fullness beds are planned for. 0 to 1."""
    winter_beds: float
    """Beds full at the winter mean in the last year; shown, not costed."""
    staffed_first: tuple[float, ...]
    """By plan year: smallest share of posts found among the schemes that free these beds; closing before it is 1 is
    closing before the care that replaces them is in post. Empty where no scheme frees beds."""
    tests_met: tuple[str, ...]
    """Bed-closure tests the plan says it meets: alternative in place and staffed, treatment that cuts admissions, use
    worse than average. The first counts only where the schemes that free these beds have their posts by the last year.
    """
    alternative_staffed: float | None
    """Where the plan names an alternative: share of posts found in the last year, of the scheme with the smallest one
    among those that free these beds; None where none is named or no scheme frees beds.
    """


def bed_bridges(run: Run, case: str = "hoped") -> tuple[BedBridge, ...]:
    """The bed bridge of every pool."""
    return tuple(_bridge(run, n, run.cases.at(case)) for n in range(len(run.axes.pools)))


def _bridge(run: Run, n: int, case: int) -> BedBridge:
    row = next(pool for pool in run.inputs.plan.capacity if pool.key == run.axes.pools[n])
    last, nothing = run.axes.last, run.cases.at("funding_growth")
    lines = run.inputs.lines.pool == n
    occupancy = float(run.opened.opening_occupancy[n, 0, 0])
    per_bed = DAYS * occupancy if occupancy > 0 else DAYS
    stay = run.inputs.lines.stay[lines, 0, 0]

    def days(values: Array) -> float:
        return float(values[lines][:, last, case].sum())

    opening = float(run.opened.days[n, 0, case])
    growing = float((run.given.needed[lines][:, last, case] * stay).sum()) - opening
    arrived = float((run.given.arrivals[lines][:, last, case] * stay).sum())
    total = float(run.opened.days[n, last, case])
    needed = float(run.opened.needed[n, last, case])
    now = float(run.opened.open[n, last, case])
    without = float(run.opened.open[n, last, nothing])
    staffed = _staffed_first(run, n)
    alternative = staffed[-1] if staffed and row.alternative_in_place else None
    tests = [
        (ALTERNATIVE, row.alternative_in_place and (alternative is None or alternative >= STAFFED)),
        ("treatment that cuts admissions", row.treatment_that_cuts),
        ("bed use worse than average, with a plan", row.worse_than_average),
    ]
    return BedBridge(
        pool=row.key,
        name=row.name,
        provider=row.provider,
        base=row.open_beds,
        growth=growing / per_bed,
        avoided=-days(run.given.removed_days) / per_bed,
        arrived=arrived / per_bed,
        shortened=-days(run.given.shortened_days) / per_bed,
        occupancy=needed - (row.open_beds + (total - opening) / per_bed),
        needed=needed,
        open_last=now,
        open_nothing=without,
        closable=float(run.opened.closable[n, last, case]),
        claimed=row.claimed_closures,
        unsupported=max(0.0, row.claimed_closures - max(0.0, row.open_beds - now)),
        against_nothing=without - now,
        opening_occupancy=occupancy,
        last_occupancy=total / (DAYS * now) if now > 0 else 0.0,
        target_occupancy=row.target_occupancy.point,
        winter_beds=total / DAYS * row.winter_factor,
        staffed_first=staffed,
        tests_met=tuple(name for name, answer in tests if answer),
        alternative_staffed=alternative,
    )


def _staffed_first(run: Run, pool: int) -> tuple[float, ...]:
    lines = {key for n, key in enumerate(run.axes.lines) if run.inputs.lines.pool[n] == pool}
    frees = (*REMOVES, EffectKind.SHORTEN)
    schemes = {e.scheme for e in run.inputs.plan.effects if e.target in lines and e.kind in frees}
    rows = [n for n, key in enumerate(run.axes.schemes) if key in schemes]
    if not rows:
        return ()
    needed, filled = run.found.posts_needed[rows], run.found.posts_filled[rows][..., 0]
    share = np.divide(filled, needed, out=np.ones_like(needed), where=needed > 0).min(axis=(0, 1), initial=1.0)
    return tuple(float(value) for value in share[1:-1])
