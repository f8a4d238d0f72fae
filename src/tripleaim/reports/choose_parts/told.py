"""What the parts of a choice's page have in common: the choice, what the page shows, and amounts in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from tripleaim.charts.wording import say
from tripleaim.portfolio.offered import AimTold
from tripleaim.portfolio.record import Candidate, Choice
from tripleaim.portfolio.score import OutcomeScore, OverDraws
from tripleaim.portfolio.telling import FIRST
from tripleaim.projection.composition import plugs
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, listed, money

MILLION = 1e6
SEEN = 0.0005
"""Share of the way to standards from which on it is told or drawn."""
PLANNED, NOTHING_DONE, LESS = "planned", "nothing", "less"
"""Keys of the candidates that stand beside every other."""
INSIDE = {PLANNED: "the plan as it stands", NOTHING_DONE: "doing nothing", LESS: "doing less"}
"""Key of a candidate → what it is called inside a sentence."""
BEST = {
    "money": "most money",
    "health": "most health",
    "care": "most care",
    "chance": "likeliest balance",
    "tail": "least short at worst",
}
"""Key of an aim → what the best set for it is marked with."""


@dataclass(frozen=True)
class ChooseTold:
    """A choice and what a page needs to tell it."""

    choice: Choice
    shown: Exhibits

    @property
    def last_year(self) -> str:
        """The plan's last year."""
        return self.choice.years[-1]

    @property
    def in_last_year(self) -> str:
        """When money is told, as a sentence has it."""
        return f"in {self.last_year}"

    @property
    def gap(self) -> str:
        """What money takes away from: a gap, or a pressure where no shortfall is known."""
        return "pressure" if self.choice.is_pressure else "money gap"

    @cached_property
    def chosen(self) -> Candidate | None:
        """The candidate that does best in the aim asked for, of those that keep every limit; None where none does."""
        return self.choice.of(self.choice.chosen) if self.choice.chosen else None

    @cached_property
    def planned(self) -> Candidate:
        """The plan as it stands."""
        return self.under(PLANNED)

    def under(self, key: str) -> Candidate:
        """The candidate of a key, under whichever of its names."""
        return self.choice.of(key)

    @cached_property
    def aim(self) -> AimTold | None:
        """The aim asked for; None for a partner's, which has no unit but its own."""
        return next((each for each in self.choice.aims if each.key == self.choice.aim), None)

    @cached_property
    def plugs(self) -> frozenset[str]:
        """Keys of schemes that nobody owns, carries out or can point to evidence for."""
        return plugs(self.choice.plan)

    @cached_property
    def first_notes(self) -> int:
        """How many of the notes stand in the first lines: those that say how far sets may be compared at all."""
        return next((n for n, each in enumerate(self.choice.notes) if not each.startswith(FIRST)), 0)

    def bare(self, candidate: Candidate) -> str:
        """What a candidate is called."""
        is_off = self.choice.is_pressure and candidate.key == "money"
        return "Takes most off the pressure" if is_off else candidate.name

    def name(self, candidate: Candidate) -> str:
        """The same, with the aims it does best in where its name does not say so."""
        own = self.bare(candidate)
        best = [BEST[key] for key in candidate.keys[1:] if key in BEST]
        return f"{own} ({listed(best)})" if best else own

    def marked(self, candidate: Candidate) -> str:
        """The same, with a word where it breaks limits."""
        return f"{self.bare(candidate)}, breaks limits" if candidate.broken else self.bare(candidate)

    def inside(self, candidate: Candidate) -> str:
        """What a candidate is called inside a sentence."""
        return next((INSIDE[key] for key in candidate.keys if key in INSIDE), f"“{self.bare(candidate)}”")

    def scheme(self, key: str, name: str) -> str:
        """A scheme by name, with a word where nobody answers for it."""
        return f"{name} (a plug: no owner, action or evidence)" if key in self.plugs else name

    @cached_property
    def first(self) -> tuple[Candidate, ...]:
        """The chosen set, the plan as it stands, doing less and doing nothing, each once."""
        wanted = [self.chosen, self.planned, *(self.under(key) for key in (LESS, NOTHING_DONE) if self._has(key))]
        return tuple({each.key: each for each in wanted if each is not None}.values())

    @cached_property
    def ordered(self) -> tuple[Candidate, ...]:
        """Every candidate, the first few first."""
        return tuple({each.key: each for each in (*self.first, *self.choice.candidates)}.values())

    def _has(self, key: str) -> bool:
        return any(key in each.keys for each in self.choice.candidates)

    @property
    def schemes(self) -> int:
        """How many schemes there are to choose from."""
        return len(self.choice.schemes)


Part = Callable[[ChooseTold], Section | None]
"""A function that tells one part, or None where there is nothing to tell."""


def millions(values: Iterable[float]) -> tuple[float, ...]:
    """GBP in £m."""
    return tuple(value / MILLION for value in values)


def eight_in_ten(spread: OverDraws) -> str:
    """Where eight draws in ten lie, in money.

    >>> eight_in_ten(OverDraws(mean=4.2e6, low=-1e6, middle=4e6, high=9e6))
    '−£1.0m to £9.0m'
    """
    low, high = money(spread.low), money(spread.high)
    return low if low == high else f"{low} to {high}"


def at_standard(outcome: OutcomeScore) -> str:
    """How many indicators are at their standard, of those that have one."""
    return f"{outcome.met} of {outcome.with_standard}" if outcome.with_standard else "no standard"


def way(share: float) -> str:
    """A share of the way to the standards, with its sign where it leads away.

    >>> way(0.123), way(-0.0002), way(0)
    ('12.3%', '−0.02%', '0%')
    """
    return f"{say(100 * share, 1)}%" if share else "0%"


def amount(aim: AimTold | None, value: float) -> str:
    """An amount of an aim in words; of a partner's aim, in points out of 100."""
    if aim is None:
        return f"{say(100 * value, 1)} of 100 points"
    return money(value) if aim.unit.startswith("GBP") else way(value)


def pushes(value: float, sum_: str, *, is_pressure: bool) -> str:
    """What schemes do to the money gap, as a verb and what follows it; the sum in words, without a sign.

    >>> pushes(-4e5, "£0.4m", is_pressure=True)
    'adds £0.4m to the pressure'
    """
    if is_pressure:
        return f"takes {sum_} off the pressure" if value > 0 else f"adds {sum_} to the pressure"
    return f"closes {sum_} of the money gap" if value > 0 else f"widens the money gap by {sum_}"


def is_nothing(value: float) -> bool:
    """Whether money is too little to be told."""
    return abs(value) < NOTHING
