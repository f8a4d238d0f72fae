"""What a choice of schemes says: plain frozen records, ready to be told to people or written as JSON.

Money is GBP, cash, of the year it falls in. "As hoped" is with every chosen scheme working as its authors hope, whole
wards opening and closing. A choice is told by its key; `Candidate.name` says it in words. Beside every key of the plan
stands its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.portfolio.aftermath import ChoiceTest, LeftOut, Loss, Regret, Tried
from tripleaim.portfolio.offered import (
    AimTold,
    LimitOverDraws,
    LimitTold,
    OptionTold,
    PairTold,
    PartnerTold,
    SchemeTold,
)
from tripleaim.portfolio.score import Score


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A scheme in a choice."""

    scheme: str
    """Its key in schemes.csv."""
    name: str
    """Its name in words."""
    later: int
    """Whole years later than schemes.csv says; 0 = as it says."""
    start: str
    """First month of work in this choice, such as 2018-10."""


@dataclass(frozen=True, kw_only=True)
class LimitUse:
    """What a candidate uses or reaches of one limit, at the stated numbers, wards counted as fractions."""

    limit: str
    """Key of the limit."""
    name: str
    """The limit in words."""
    amount: float
    """What it uses or reaches, in the limit's unit."""
    is_kept: bool
    """Whether the limit is kept."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What the search went by: options alone and overlaps of pairs, added up. The score is what is shown first."""

    aim: str
    """Key of the aim."""
    value: float
    """What the choice is worth by the estimates, in the aim's unit."""
    bound: float
    """What no choice can exceed by the estimates; infinite, in JSON null, where the search was stopped too soon."""
    gap: float
    """How far the bound lies above the value, as a share of what choosing adds to choosing nothing; infinite, in JSON
    null, where choosing adds nothing or the bound is not known.
    """
    nodes: int
    """Nodes the search took."""
    stopped: str
    """Why it stopped short of the gap asked for; empty where it did not."""


@dataclass(frozen=True, kw_only=True)
class PartnerValue:
    """What a candidate is worth to one partner by its own weights; never averaged over partners."""

    partner: str
    """Key of the organisation."""
    name: str
    """Its name."""
    value: float
    """0 = doing nothing, 1 = every gap closed as far as the best affordable set for it closes it. Can lie outside."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One choice of schemes and starts, with every name it has earned under the full model."""

    key: str
    """Short name: planned, nothing, less, money, chance, tail, health, care, partner:KEY, or frontier:N."""
    name: str
    """What it is, in words."""
    keys: tuple[str, ...]
    """Every key it goes by, its own first."""
    also: tuple[str, ...]
    """Further names: what else the same set is."""
    taken: tuple[Taken, ...]
    """The schemes in it, in the order of the plan's scheme names."""
    score: Score
    """What it comes to."""
    uses: tuple[LimitUse, ...]
    """What it uses or reaches of each limit."""
    broken: tuple[str, ...]
    """Names of what it does not keep to; empty where it may be chosen."""
    estimate: Estimate | None
    """What the search went by; None for a set nobody searched for."""
    polished: tuple[str, ...]
    """What was changed after the search, because the full model said so: such as "Home First a year later"."""
    values: tuple[PartnerValue, ...]
    """What it is worth to each partner that has weights."""

    @property
    def schemes(self) -> dict[str, int]:
        """Key of each scheme in it → years later."""
        return {each.scheme: each.later for each in self.taken}


@dataclass(frozen=True, kw_only=True)
class FrontierPoint:
    """A set that no other set found beats in money, health and care together; its score is its candidate's."""

    candidate: str
    """Key of the candidate."""
    money: float
    """Money gap closed, mean over the draws under the full model. GBP a year."""
    health: float
    """Mean share of the health gap closed, the same way. Fraction."""
    care: float
    """Mean share of the care gap closed, the same way. Fraction."""


@dataclass(frozen=True, kw_only=True)
class Triangle:
    """A scheme as a triangle for use in a room: benefit per use of care, times uses of care reached, against cost.

    Uses of care are attendances, spells, hours or weeks: people are not counted by any table of a plan.
    """

    scheme: str
    """Key of the scheme."""
    name: str
    """Its name."""
    reached: float
    """Uses of care a year by those it is meant for and reaches (do-nothing volume of the last year × share it is meant
    for × share reached), added over its lines; 0 where it acts on no line of care.
    """
    units: tuple[str, ...]
    """What is counted there, in words; several where its lines count different things."""
    benefit: float
    """Gross benefit in the last year, the scheme alone, wards counted as fractions: what it closes of the money gap
    before its own yearly cost. GBP a year.
    """
    benefit_each: float
    """The same for each use of care reached. GBP; 0 where none is counted."""
    cost: float
    """Its running cost and the yearly charge of its capital in the last year, and one-off costs spread evenly over the
    plan's years. GBP a year.
    """
    health: float
    """Share of the health gap it alone closes. Fraction."""
    care: float
    """Share of the care gap it alone closes. Fraction."""
    is_chosen: bool
    """Whether the chosen set holds it."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which schemes together: candidates under the full model, the trade-offs between them, and what each rests on."""

    plan: Plan
    """The plan; in JSON its heading stands at the top as `plan`."""
    fingerprint: str
    """SHA-256 of the plan."""
    seed: int
    """What the draws are made from."""
    draws: int
    """How many draws every candidate was scored with."""
    draws_of_estimates: int
    """How many the options alone were valued with; the first of the same draws."""
    draws_of_tests: int
    """How many the candidates were put to the named tests with; the first of the same draws."""
    kernel: str
    """Which form of the model ran: fast, or reference; the numbers are the same."""
    why_slow: str
    """Why it took longer than it need, in a sentence; empty where nothing was missing."""
    years: tuple[str, ...]
    """The plan's years, in the order of every amount by year."""
    is_pressure: bool
    """True where money is told as pressure above the opening year, which has no balance."""
    aim: str
    """Key of the aim that `chosen`, `losses` and `left_out` go by: one of `aims`, or partner: and a partner's key."""
    chosen: str
    """Key of the candidate that does best in that aim under the full model, of those that keep to every limit; empty
    where none does.
    """
    aims: tuple[AimTold, ...]
    """Everything a choice can be made for."""
    disruption_share: float
    """Disruption where a scheme states none: share of its first full year's running cost and its set-up."""
    new_partners_months: float
    """Months a ramp is longer for each partner that shares no live scheme with the lead."""
    plan_short_as_run: float
    """Shortfall of the last year as `run` tells it for the plan as it stands, every scheme working as hoped, at the
    stated numbers, without the cost of change; the pressure for one. GBP.
    """
    plan_without_cost_of_change: float
    """Money gap closed by the plan as it stands, at the stated numbers, with neither of the two. GBP a year."""
    schemes: tuple[SchemeTold, ...]
    """Every scheme of the plan, by name."""
    options: tuple[OptionTold, ...]
    """Every scheme in every year it could start, offered or not."""
    pairs: tuple[PairTold, ...]
    """Pairs whose overlap matters, the largest in money first."""
    pairs_left_out_below: float
    """Overlaps in money smaller than this were left out of the search. GBP a year."""
    limits: tuple[LimitTold, ...]
    """Every limit, the plan's own first."""
    limits_over_draws: tuple[LimitOverDraws, ...]
    """How often the chosen set breaks each limit on what an organisation may lose; empty where nothing is chosen."""
    candidates: tuple[Candidate, ...]
    """Every candidate: the plan as it stands, do nothing, do less, the best for each aim and partner, the frontier."""
    frontier: tuple[FrontierPoint, ...]
    """Money against health against care, the most money first."""
    partners: tuple[PartnerTold, ...]
    """Every organisation with weights; empty where the plan states none."""
    in_every_best: tuple[str, ...]
    """Names of schemes in the best set of every aim and every partner."""
    in_no_best: tuple[str, ...]
    """Names of schemes in none of these."""
    tests: tuple[ChoiceTest, ...]
    """The plan as it is, then the named tests that change something."""
    holds_rule: str
    """What a candidate has to keep in a test, in a sentence."""
    tried: tuple[Tried, ...]
    """Every candidate under every test."""
    regrets: tuple[Regret, ...]
    """Every candidate, the least worst regret first."""
    least_regret: str
    """Key of the candidate with the least worst regret, of those that keep to every limit; empty where none is."""
    losses: tuple[Loss, ...]
    """What is lost if a scheme of the chosen set is cut, the costliest first."""
    left_out: tuple[LeftOut, ...]
    """Why the other schemes are left out."""
    triangles: tuple[Triangle, ...]
    """Every scheme as planned, the most benefit for its cost first."""
    notes: tuple[str, ...]
    """What could not be told for this plan, or has to be known to read it, in sentences."""

    def of(self, key: str) -> Candidate:
        """The candidate of a key, under whichever of its names."""
        return next(each for each in self.candidates if key in each.keys)
