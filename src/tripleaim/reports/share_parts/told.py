"""What the parts of a sharing page have in common: the sharing, what the page shows, and names and units in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tripleaim.charts.measure import opening
from tripleaim.incentives.record import FormStanding, Instalment, Sharing, Standing
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, in_words, listed

MILLION = 1e6
MOST_ACROSS = 12
"""Columns of a picture; where there are more bodies than this, players of several bodies stand for them."""
FEW = 3
"""Members of a group that are always named."""
OUTSIDE = "outside:"
"""What the key of a body outside the place begins with."""
SUBCONTRACT = "subcontract, where it pays for a service"
"""A subcontract with its condition: for anything else than a service it is no lawful way."""
TODAY = "today"
"""The key of the plan's own contracts."""
UNDER = {
    TODAY: "today’s contracts",
    "block": "block payment",
    "activity": "activity payment",
    "blended": "blended payment",
    "marginal": "a marginal rate",
    "aligned": "an aligned incentive contract",
    "capitated": "a capitated budget",
    "shared_savings": "shared savings",
}
"""Key of a form of payment → what a sentence calls it after “under”."""


@dataclass(frozen=True)
class Across:
    """A column of a picture: a body, or several that play as one."""

    label: str
    bodies: tuple[str, ...]

    def of(self, amounts: Mapping[str, float]) -> float:
        """Its part of some amounts by body, GBP."""
        return sum(amounts.get(body, 0.0) for body in self.bodies)


@dataclass(frozen=True)
class ShareTold:
    """A sharing and what a page needs to tell it."""

    sharing: Sharing
    shown: Exhibits

    @property
    def last_year(self) -> str:
        """The plan's last year."""
        return self.sharing.years[-1]

    @property
    def in_last_year(self) -> str:
        """When the last year's money comes, as a sentence has it."""
        return f"in {self.last_year}"

    @property
    def over(self) -> str:
        """When the money of all plan years comes, as a sentence has it."""
        count = len(self.sharing.years)
        return f"over {in_words(count)} {'year' if count == 1 else 'years'}"

    def name(self, key: str) -> str:
        """A scheme or body by name; money that contracts keep back for a purpose says so."""
        found = self.sharing.names.get(key)
        bare = key.removeprefix(OUTSIDE)
        if key in self._uses and bare not in self.sharing.names:
            return f"Money kept back for {bare.replace('_', ' ').replace('-', ' ')}"
        return found or self.sharing.names.get(bare) or opening(bare.replace("_", " ").replace("-", " "))

    @cached_property
    def _uses(self) -> frozenset[str]:
        """What contracts keep money back for."""
        return frozenset(row.kept_for for row in self.sharing.plan.contracts)

    def player(self, key: str) -> str:
        """A player by the names of its bodies."""
        bodies = (self.sharing.players or {}).get(key, (key,))
        return listed([self.name(body) for body in bodies])

    def group(self, coalition: Sequence[str]) -> str:
        """Several players in a sentence; where they are most of all, by those who are not among them."""
        rest = [player for player in self.sharing.players or {} if player not in coalition]
        if len(coalition) <= FEW or len(rest) >= len(coalition):
            return listed([self.player(player) for player in coalition])
        return f"all but {listed([self.player(player) for player in rest])}" if rest else "all of them together"

    def vehicle(self, each: Instalment) -> str:
        """How a payment may lawfully be made, with bodies by name; that no way is known where none is."""
        said = (each.vehicle or "no lawful way is known").replace("subcontract", SUBCONTRACT)
        for key in (each.payer, each.through, each.payee):
            said = said.replace(f"{key} to ", f"{self.player(key)} to ").replace(
                f" to {key} ", f" to {self.player(key)} "
            )
        return said

    @property
    def keeps(self) -> bool:
        """Whether a contract of the plan has money kept back that is spent on a purpose outside these books."""
        return bool(self._uses - {"none"})

    @cached_property
    def across(self) -> tuple[Across, ...]:
        """The columns of a picture of all bodies: each by itself, or players where there are too many."""
        if len(self.sharing.bodies) <= MOST_ACROSS:
            return tuple(Across(self.name(body), (body,)) for body in self.sharing.bodies)
        return tuple(Across(self.player(key), bodies) for key, bodies in (self.sharing.players or {}).items())

    @cached_property
    def form(self) -> Mapping[str, FormStanding]:
        """Forms of payment by key."""
        return {each.key: each for each in self.sharing.forms}

    @property
    def today(self) -> FormStanding:
        """How everybody stands under the plan's own contracts."""
        return next(each for each in self.sharing.forms if each.today)

    @property
    def agreed_on(self) -> FormStanding | None:
        """The form of payment the agreement was reached under."""
        return self.form.get(self.sharing.deal.form) if self.sharing.deal else None

    def losing(self, form: FormStanding) -> list[str]:
        """Bodies that lose over all plan years under a form by name, the one that loses most first."""
        return [self.name(body) for body in sorted(form.losers, key=lambda body: (form.worth[body], body))]

    def under(self, form: FormStanding) -> str:
        """What a sentence calls a form after “under”."""
        return UNDER.get(form.key) or f"the proposal “{form.name}”"

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Every body, the one that loses most in the last year first."""
        return tuple(sorted(self.sharing.standings, key=lambda each: (each.by_year[-1], each.body)))

    @property
    def gained(self) -> float:
        """What all bodies gain together in the last year, GBP."""
        return sum(each.by_year[-1] for each in self.sharing.standings)

    @property
    def losers(self) -> tuple[Standing, ...]:
        """Bodies that lose in the last year under today's contracts, the one that loses most first."""
        return tuple(each for each in self.standings if each.by_year[-1] < -NOTHING)

    @property
    def schemes_in_words(self) -> str:
        """The schemes asked about, to go on after “with”."""
        asked = self.sharing.schemes
        if len(asked) <= 2:
            return listed([self.scheme(key) for key in asked])
        whole = len(asked) == len(self.sharing.plan.schemes)
        return f"{'all' if whole else 'these'} {in_words(len(asked))} schemes"

    def scheme(self, key: str) -> str:
        """A scheme by name inside a sentence."""
        return f"“{self.name(key)}”"


Part = Callable[[ShareTold], Section | None]
"""A function that tells one part, or None where there is nothing to tell."""


def millions(values: Iterable[float]) -> tuple[float, ...]:
    """GBP in £m."""
    return tuple(value / MILLION for value in values)
