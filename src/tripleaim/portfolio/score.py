"""What one candidate comes to under the full model, in draws that all candidates share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OverDraws:
    """One figure over all draws, which every candidate has in common."""

    mean: float
    """Mean over the draws."""
    low: float
    """10th percentile."""
    middle: float
    """Median."""
    high: float
    """90th percentile."""


@dataclass(frozen=True, kw_only=True)
class OutcomeScore:
    """The health or the care gap under a candidate. Counted, never averaged, but for one number to choose by."""

    gap: str
    """health or care."""
    closed: OverDraws
    """Mean over its indicators with a standard of the share closed, in the last year, of the way from doing nothing to
    the standard. Fraction; below 0 = further away. A device for choosing, told only beside what follows.
    """
    with_standard: int
    """How many indicators have a standard."""
    met: int
    """How many meet it in the last year, at the stated numbers."""
    met_nothing: int
    """How many meet it if nothing changes."""
    worst: str
    """Name of the indicator that is then furthest from its standard, as a share of it; empty when all meet it."""
    worst_distance: float
    """How far it is, as a share of its standard."""
    widened: tuple[str, ...]
    """Names of indicators that end further from their standard than if nothing changes."""


@dataclass(frozen=True, kw_only=True)
class OrganisationScore:
    """One organisation's money under a candidate, against doing nothing; above 0 = better off."""

    key: str
    """Key of the organisation."""
    name: str
    """Its name."""
    better: OverDraws
    """Recurrent, in the plan's last year. GBP a year."""
    worst_year: str
    """Year in which it is worst off, one-off money counted, at the stated numbers."""
    worst: float
    """How well off it is in that year. GBP; below 0 = worse off than if nothing changed."""


@dataclass(frozen=True, kw_only=True)
class PlaceScore:
    """What of the gross benefit falls to one place's residents, at the stated numbers in the last year."""

    place: str
    """Key of the place."""
    name: str
    """Its name."""
    benefit: float
    """Cost of care of its lines, so much lower than if nothing changed. GBP a year."""
    share: float
    """Its share of what all lines bring. Fraction; 0 where they bring nothing."""


@dataclass(frozen=True, kw_only=True)
class UseByYear:
    """Something a candidate uses in each plan year."""

    of: str
    """What: staff group and employer, or the organisation whose leaders give hours."""
    amounts: tuple[float, ...]
    """By plan year, in the unit said where it stands."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """What a candidate comes to under the full model, with whole wards, in draws that all candidates share.

    The cost of change is counted throughout. `closed` and `short` are pressure and not gap where the plan is one.
    """

    closed: OverDraws
    """Money gap closed: recurrent shortfall of NHS and councils in the last year, so much less than if nothing changes,
    less one-off costs (set-up, double running, disruption) spread evenly over the plan's years. GBP a year.
    """
    closed_point: float
    """The same at the stated numbers."""
    closed_found: float
    """The same at the stated numbers, with only the posts and capital found."""
    short: OverDraws
    """Recurrent shortfall of NHS and councils in the last year. GBP; positive = short."""
    short_point: float
    """The same at the stated numbers."""
    short_found: float
    """The same at the stated numbers, with only the posts and capital found."""
    chance: float | None
    """Share of draws in balance in the last year; None for a pressure."""
    chance_out_by: float | None
    """How far that may be out from the number of draws alone, up or down, 19 times in 20; None for a pressure."""
    worst_tenth: float
    """Mean shortfall of the last year over the tenth of draws in which it is largest. GBP; positive = short."""
    health: OutcomeScore
    """The health gap."""
    care: OutcomeScore
    """The care gap."""
    organisations: tuple[OrganisationScore, ...]
    """Every member; empty where only pressure is told."""
    places: tuple[PlaceScore, ...]
    """Every place that lines of care are for."""
    revenue: tuple[float, ...]
    """Running cost, set-up, double running and disruption of its schemes, by plan year, at the stated numbers. GBP."""
    one_off: float
    """Set-up, double running and disruption over all plan years together, at the stated numbers. GBP."""
    capital: tuple[float, ...]
    """Capital its schemes need, by plan year. GBP."""
    prevention: tuple[float, ...]
    """The part of `revenue` that goes to prevention, by plan year. GBP."""
    posts: tuple[UseByYear, ...]
    """Posts its schemes take, by employer and staff group. Whole-time equivalents."""
    hours: tuple[UseByYear, ...]
    """Leadership hours its schemes take, by organisation. Hours a year."""
