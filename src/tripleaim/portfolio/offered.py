"""What there is to choose from and for, in words: schemes, options, overlaps, limits, aims, partners."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AimTold:
    """Something the choice can be made for."""

    key: str
    """money, health, care, chance or tail."""
    name: str
    """The aim in words."""
    unit: str
    """Unit of its amounts: GBP a year, or a fraction."""
    meaning: str
    """What exactly is counted, in a sentence or two for a planner."""
    best: str
    """Key of the candidate that does best in it under the full model, of those that keep to every limit; empty where
    none does or it cannot be told.
    """
    nothing: float
    """What it comes to with no scheme, under the full model, in its unit."""
    most: float
    """What that best candidate reaches, in its unit."""


@dataclass(frozen=True, kw_only=True)
class SchemeTold:
    """A scheme of the plan as something to choose, and what change itself is taken to cost."""

    key: str
    """Its key in schemes.csv."""
    name: str
    """Its name in words."""
    change: str
    """starts, stops, moves or changes."""
    lead: str
    """Name of the organisation that leads it; empty when nobody does."""
    prevention: bool
    """Whether its authors say it prevents illness."""
    has_begun: bool
    """True where it is live or starts before the plan is dated: it can be left out, and not moved."""
    needs: tuple[str, ...]
    """Names of schemes it needs."""
    travel: str
    """Stops and moves: how journeys change, in the plan's words."""
    harm: str
    """Stops and moves: what may get worse, in the plan's words."""
    consultation_months: int
    """Months the public is to be consulted before it may start."""
    disruption: float
    """What disruption is taken to cost once, at the price base. GBP."""
    disruption_is_stated: bool
    """True where the plan states that cost; False where it is judged."""
    new_partners: tuple[str, ...]
    """Names of its partners that share no live scheme with its lead."""
    ramp_added: float
    """Months its full effect comes later for that."""


@dataclass(frozen=True, kw_only=True)
class OptionTold:
    """One scheme started in one year: what there is to choose from, and what it brings by itself."""

    scheme: str
    """Key of the scheme."""
    name: str
    """Name of the scheme."""
    later: int
    """Whole years later than schemes.csv says."""
    start: str
    """First month of work."""
    is_offered: bool
    """True where it may be chosen."""
    why_not: str
    """Why it may not be chosen, in a sentence; empty where it may."""
    money: float | None
    """Money gap closed by it alone, mean over the draws of the estimates. GBP a year; below 0 = it costs more than it
    saves; None where it is not offered.
    """
    health: float | None
    """Mean share of the way to their standards that it alone brings the health gap's indicators. Fraction."""
    care: float | None
    """The same of the care gap's."""
    revenue: tuple[float, ...]
    """Running cost, set-up, double running and disruption, by plan year. GBP."""
    capital: tuple[float, ...]
    """Capital it needs, by plan year. GBP."""


@dataclass(frozen=True, kw_only=True)
class PairTold:
    """Two schemes, each as the plan times it, that together bring more or less than one and the other."""

    one: str
    """Name of the first scheme."""
    other: str
    """Name of the second scheme."""
    money: float
    """Money gap closed by both less the two alone, wards counted as fractions, mean over the draws. GBP a year; below
    0 = they get in each other's way.
    """
    health: float
    """The same for health. Fraction."""
    care: float
    """The same for care. Fraction."""


@dataclass(frozen=True, kw_only=True)
class LimitTold:
    """A limit that every choice must keep to."""

    key: str
    """Its key in choice_limits.csv; for others a key of ours."""
    name: str
    """The limit in words, such as "Capital in 2018/19: at most £6.0m"."""
    kind: str
    """revenue, capital, staff, hours, prevention_share, money, health, care, place or organisation, as in
    choice_limits.csv; volume for a least volume, share for half of the schemes.
    """
    of: str
    """What it is on, by name: an organisation, a staff group, a place, a line of care; empty for the whole place."""
    year: str
    """Financial year it holds in; empty where it is of the last year."""
    bound: str
    """at most, or at least."""
    amount: float
    """The most or the least that is allowed."""
    unit: str
    """Unit of that amount."""
    is_derived: bool
    """True where the plan states no such limit and it follows from other tables."""
    rests_on: str
    """Where it comes from, in words."""


@dataclass(frozen=True, kw_only=True)
class LimitOverDraws:
    """A limit on what an organisation may lose, which is kept at the stated numbers, over the draws."""

    key: str
    """Its key in choice_limits.csv."""
    name: str
    """The limit in words."""
    years: tuple[str, ...]
    """The years it holds in."""
    by_year: tuple[float, ...]
    """Share of the draws in which the chosen set breaks it, in each of these."""
    any_year: float
    """Share of the draws in which the chosen set breaks it in any of them."""


@dataclass(frozen=True, kw_only=True)
class PartnerTold:
    """One partner, what each gap is worth to it, and its own best set."""

    key: str
    """Key of the organisation."""
    name: str
    """Its name."""
    health: float
    """Its points out of 100 for health."""
    care: float
    """Its points for care."""
    money: float
    """Its points for money."""
    best: str
    """Key of the candidate worth most to it, of those that keep to every limit."""
