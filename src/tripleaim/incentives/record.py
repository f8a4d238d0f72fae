"""What sharing says of a plan: who gains, who pays, who might leave, and which agreement would hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.incentives.agreement.rules import Objection, Shares
from tripleaim.incentives.agreement.stability import Stability
from tripleaim.incentives.payoffs import Payoff
from tripleaim.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Something without which no body's position can be told, and how to supply it."""

    what: str
    """What is missing, in a sentence."""
    file: str
    """Table of the plan in which it would stand."""
    to_fix: str
    """How to supply it, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class SectorGain:
    """What one scheme does to a sector's costs, where the books of its bodies are not published."""

    scheme: str
    """Key of the scheme."""
    sector: str
    """nhs, or council."""
    by_year: tuple[float, ...]
    """Less cost (+) or more (-), by plan year, GBP, every scheme alone."""


@dataclass(frozen=True, kw_only=True)
class Gain:
    """What one scheme does to one body, as the plan's own contracts pay. GBP; positive = better off."""

    scheme: str
    """Key of the scheme; empty for what the schemes do together beyond what each does alone."""
    body: str
    """Key of the organisation."""
    by_year: tuple[float, ...]
    """Change in its position by plan year, one-off money counted."""
    worth: float
    """All plan years in the first year's value, at the discount rate."""
    last_by_form: Mapping[str, float]
    """Form of payment → change in the last year were all care between partners paid that way in every year; each
    scheme alone.
    """


@dataclass(frozen=True, kw_only=True)
class WhoBears:
    """Who bears a scheme and who benefits, over all plan years in the first year's value. GBP."""

    scheme: str
    """Key of the scheme."""
    system: float
    """What all bodies of the place gain together."""
    cost: Mapping[str, float]
    """Body → what it pays for carrying the scheme out: investment and double running. 0 or more."""
    benefit: Mapping[str, float]
    """Body → what it gains before that: payments, agreed money and cost that stops. Below 0 where it loses."""
    mismatch: float
    """0 where each bears cost in proportion to its benefit, 1 where those who bear and those who benefit are others:
    half the sum of the differences of the two shares. Losses count as cost borne.
    """
    paid_to_refuse: tuple[str, ...]
    """Bodies it leaves worse off while the place gains: each would do better to refuse."""
    effort: float | None
    """Gain of the place for each pound that carrying it out costs, that pound not taken off; None without cost."""
    must_keep: float | None
    """Share of that gain a body that pays must keep for paying to be worth its while: one over `effort`."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one body stands with all the schemes asked about, as the plan's own contracts pay. GBP; positive = better off
    than if nothing were done.
    """

    body: str
    """Key of the organisation."""
    player: str
    """The player it belongs to in the game of sharing."""
    turnover: float
    """What it receives in the opening year."""
    by_year: tuple[float, ...]
    """With everybody taking part."""
    worth: float
    """All plan years in the first year's value."""
    left_out: tuple[float, ...]
    """If all others go ahead without it: what it could lose, or gain, by staying away."""
    left_out_worth: float
    """The same over all plan years in the first year's value."""
    alignment: float | None
    """Its part of what the place gains: below 0 where it is paid to refuse. None where the place gains nothing."""
    worst: float
    """Its worst year: the least of `by_year`."""
    worst_year: str
    """Which year that is."""
    trough: float
    """The most it is out of pocket by the end of any year, added up; 0 or less."""
    trough_of_turnover: float | None
    """The same as a share of turnover, positive; None where nothing is known of its turnover."""
    pays_back: str
    """Year from which what it has gained, added up, stays at 0 or more; empty if not within the plan."""
    chance_worse: float
    """Share of draws in which it is worse off over all plan years than if nothing were done."""
    chance_worse_than_left_out: float
    """Share of draws in which it is worse off over all plan years than if the others went ahead without it."""
    chance_error: float
    """How far these shares may be out, 19 times in 20, because there are only so many draws."""


@dataclass(frozen=True, kw_only=True)
class Leak:
    """Money that leaves the place, or comes in, with the schemes together."""

    body: str
    """Outside body, `outside:` before its name."""
    by_year: tuple[float, ...]
    """What it gains (+) or loses (-) by plan year, GBP."""


@dataclass(frozen=True, kw_only=True)
class MarginTest:
    """Does a provider lose more income by an avoided pound of care than it can stop spending?"""

    scheme: str
    """Key of the scheme, taken alone."""
    provider: str
    """Key of the provider."""
    paid: float
    """Income it loses for each pound of care avoided, at its price, in the last year, as contracts pay today."""
    released: float
    """What it stops spending for each pound of care avoided; above 1 where shorter stays close beds too."""
    holds: bool
    """True where it loses no more than it stops spending. In the worked example of method note 16 that is where nobody
    has reason to leave; in general the game decides.
    """


@dataclass(frozen=True, kw_only=True)
class FormStanding:
    """How the partners would stand if care between them were paid in one way. GBP over all plan years in the first
    year's value, but for `last`.
    """

    key: str
    """today, a form of payment, or the key of a proposal of the plan."""
    name: str
    """In words."""
    today: bool
    """True for the plan's own contracts."""
    proposed: bool
    """True for a proposal of the plan."""
    worth: Mapping[str, float]
    """Body → what it gains with everybody taking part."""
    last: Mapping[str, float]
    """Body → the same in the plan's last year alone."""
    losers: tuple[str, ...]
    """Bodies that are worse off than if nothing were done."""
    whole: float
    """What all gain together."""
    leaving: tuple[Objection, ...]
    """Coalitions that would have more by going their own way if care were paid so and nothing else agreed, those that
    lack most first; at most 12.
    """
    leaving_count: int
    """How many there are."""
    epsilon: float
    """The least that every coalition must be content to go without: 0 or less where an agreement exists that gives no
    coalition a reason to leave.
    """
    core_is_empty: bool
    """True where whatever is agreed, some coalition would have more by itself."""
    cost_of_stability: float
    """What would have to come from outside to make an agreement hold."""
    epsilon_others_go_on: float
    """The same as `epsilon` if those who are not in a coalition go on together with what they can run, rather than
    doing nothing.
    """
    holds: float
    """Share of draws in which the agreement reached under this form and rule gives no coalition a reason to leave."""
    draws: int
    """How many draws that rests on."""


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """A payment between two players, after all have been netted."""

    payer: str
    """Player that pays."""
    payee: str
    """Player that receives."""
    worth: float
    """GBP over all plan years in the first year's value."""
    a_year: float
    """GBP a year, the same in every plan year from the agreement's first."""
    vehicle: str
    """How it may lawfully be paid, in words; empty where no lawful way is known."""
    through: str
    """Commissioner the money has to go through; empty where it can be paid directly."""
    law: str
    """What that rests on."""
    caution: str
    """What must be looked up before anybody relies on it; may be empty."""


@dataclass(frozen=True, kw_only=True)
class After:
    """One player under the agreement. GBP."""

    player: str
    """Name of the player."""
    before: float
    """What it gains without the agreement, over all plan years in the first year's value."""
    transfer: float
    """What it receives (+) or pays (-) by it, the same."""
    after: float
    """What it then gains."""
    by_year: tuple[float, ...]
    """What it then gains by plan year."""
    worst: float
    """Its worst year then."""
    worst_year: str
    """Which that is."""
    missed: tuple[str, ...]
    """Years in which what it pays by the agreement makes it miss a control total that it would meet; not told of a
    player of several bodies.
    """


@dataclass(frozen=True, kw_only=True)
class ControlTotalEdge:
    """A control total whose fund hangs on a year's result: what the schemes do to it."""

    body: str
    """Key of the organisation."""
    year: str
    """Financial year."""
    fund: float
    """What hangs on it, GBP."""
    headroom_nothing: float
    """Result less control total if nothing is done, GBP."""
    headroom_with: float
    """The same with the schemes."""
    fund_nothing: float
    """What of the fund is earned if nothing is done, by the rule of the year, quarter by quarter, GBP."""
    fund_with: float
    """The same with the schemes."""
    lost: float
    """Fund that the schemes cost the body: what is earned without them less what is earned with them, or 0. GBP."""
    true_cost: float
    """What the schemes cost the body in that year with the fund it loses. GBP; 0 where none is lost."""
    transfer: float
    """The least transfer in that year that keeps what is lost. GBP; 0 where nothing is."""


@dataclass(frozen=True, kw_only=True)
class Shock:
    """How the place might do worse or better a year than agreed, and who would carry it by the plan's risk shares."""

    name: str
    """Which: the worse or the better one year in ten, in words."""
    difference: float
    """What all gain less what they gain at the stated numbers, as the same sum in every plan year, GBP a year."""
    by: Mapping[str, float]
    """Body → what it pays (-) or receives (+), GBP a year."""
    of_turnover: Mapping[str, float]
    """The same as a share of its turnover."""
    stays: float
    """The part so small that it stays where it falls, GBP a year."""
    residual: float
    """What is over every cap: the reserve pays it (-) or is paid it (+), GBP a year."""
    capped: tuple[str, ...]
    """Bodies at their cap."""


@dataclass(frozen=True, kw_only=True)
class Deal:
    """One agreement worked out: a rule of sharing, a form of payment, and what follows."""

    rule: str
    """Rule of sharing; a choice, not a finding."""
    form: str
    """Form of payment it was reached under: today, a form, or a proposal's key."""
    first_year: str
    """First year in which anything is paid by it: the first that begins after the plan is dated."""
    players: tuple[After, ...]
    """Every player."""
    payments: tuple[Instalment, ...]
    """Netted payments, the largest first."""
    stability: Stability
    """Whether it holds, draw by draw, with transfers that stay what they are."""


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """Who gains, who pays, and what would make it fair and stable. Amounts in GBP, cash; positive = better off."""

    plan: Plan
    """The plan."""
    fingerprint: str
    """SHA-256 of the plan."""
    invented: bool
    """True for an invented place."""
    draws: int
    """How many draws the chances rest on."""
    seed: int
    """What they are made from."""
    why_slow: str
    """Why it took longer than it need, in a sentence; empty where nothing was missing."""
    years: tuple[str, ...]
    """The plan's years."""
    discount: float
    """Rate a year at which later years are worth less."""
    schemes: tuple[str, ...]
    """Schemes asked about, by key."""
    names: Mapping[str, str]
    """Key of every scheme and body → its name in words."""
    missing: tuple[Missing, ...]
    """What would have to be known before a body's position can be told; where there is anything, what follows below
    `sectors` is empty.
    """
    sectors: tuple[SectorGain, ...]
    """What is known without: costs by sector."""
    bodies: tuple[str, ...] = ()
    """Bodies of the place with books of their own, by key."""
    players: Mapping[str, tuple[str, ...]] | None = None
    """Players of the game of sharing → their bodies."""
    blocs: str = ""
    """How players were put together, in words."""
    rows: tuple[Payoff, ...] = ()
    """The payoff ledger."""
    gains: tuple[Gain, ...] = ()
    """Every scheme and body, bodies that it does nothing to left out."""
    bearings: tuple[WhoBears, ...] = ()
    """Every scheme."""
    standings: tuple[Standing, ...] = ()
    """Every body."""
    leaks: tuple[Leak, ...] = ()
    """Every outside body the schemes give to or take from."""
    margins: tuple[MarginTest, ...] = ()
    """Every provider and scheme that asks for less of its care."""
    cliffs: tuple[ControlTotalEdge, ...] = ()
    """Every control total with a fund."""
    shocks: tuple[Shock, ...] = ()
    """How joint losses and gains would be carried; none for a plan without risk shares."""
    forms: tuple[FormStanding, ...] = ()
    """The plan's own contracts, its proposals, and every form of payment."""
    shares: Shares | None = None
    """Five ways to share what all gain together under the form agreed on, side by side."""
    deal: Deal | None = None
    """The agreement worked out for the rule and form asked for."""
