"""Limits a choice of schemes must keep to: what may be spent and taken at most, what must be reached at least."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class LimitKind(StrEnum):
    """What a limit is on."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    STAFF = "staff"
    HOURS = "hours"
    PREVENTION_SHARE = "prevention_share"
    MONEY = "money"
    HEALTH = "health"
    CARE = "care"
    PLACE = "place"
    ORGANISATION = "organisation"


class Bound(StrEnum):
    """Which side of a limit is allowed."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


class Of(StrEnum):
    """What the field `of` of a limit may name."""

    NOTHING = "nothing"
    ANY_ORGANISATION = "an organisation, or nothing for the whole place"
    ONE_ORGANISATION = "an organisation"
    STAFF = "a staff group, or organisation/group"
    ONE_PLACE = "a place"


@dataclass(frozen=True, kw_only=True)
class LimitForm:
    """How one kind of limit is read."""

    bound: Bound
    """Whether its amount is the most or the least that is allowed."""
    unit: str
    """Unit of its amount."""
    of: Of
    """What its `of` names."""
    by_year: bool
    """True where it holds in each year, or in the one it names; False where it is judged once, in the last year."""

    @property
    def most(self) -> float:
        """Greatest amount that makes sense: 1 for a fraction."""
        return 1.0 if self.unit == "fraction" else 1e12


def _form(bound: Bound, unit: str, of: Of, *, by_year: bool) -> LimitForm:
    return LimitForm(bound=bound, unit=unit, of=of, by_year=by_year)


LIMITS: dict[LimitKind, LimitForm] = {
    LimitKind.REVENUE: _form(Bound.AT_MOST, "GBP a year", Of.ANY_ORGANISATION, by_year=True),
    LimitKind.CAPITAL: _form(Bound.AT_MOST, "GBP a year", Of.ANY_ORGANISATION, by_year=True),
    LimitKind.STAFF: _form(Bound.AT_MOST, "whole-time equivalents", Of.STAFF, by_year=True),
    LimitKind.HOURS: _form(Bound.AT_MOST, "hours a year", Of.ANY_ORGANISATION, by_year=True),
    LimitKind.PREVENTION_SHARE: _form(Bound.AT_LEAST, "fraction", Of.NOTHING, by_year=True),
    LimitKind.MONEY: _form(Bound.AT_LEAST, "GBP a year", Of.NOTHING, by_year=False),
    LimitKind.HEALTH: _form(Bound.AT_LEAST, "fraction", Of.NOTHING, by_year=False),
    LimitKind.CARE: _form(Bound.AT_LEAST, "fraction", Of.NOTHING, by_year=False),
    LimitKind.PLACE: _form(Bound.AT_LEAST, "fraction", Of.ONE_PLACE, by_year=False),
    LimitKind.ORGANISATION: _form(Bound.AT_MOST, "GBP a year", Of.ONE_ORGANISATION, by_year=True),
}
"""Kind of limit → how it is read. The one statement of which kinds are *at most* and which *at least*."""


class ChoiceLimit(Row):
    """One limit that a choice of schemes must keep to.

    At most: `revenue` (running cost, set-up, double running and disruption of schemes), `capital`, `staff` (posts that
    schemes take), `hours` (leadership hours), `organisation` (how much worse off it may be than if nothing changed).
    At least: `prevention_share` (share of the schemes' spending that goes to prevention), `money` (how much of the last
    year's gap is closed), `health` and `care` (mean share of the way to the standard that its indicators close in the
    last year), `place` (share of the gross benefit of the last year that falls to its residents, by the population of
    the lines).
    """

    key: Key = quantity("key", "Short name")
    name: str = quantity("text", "The limit in words")
    kind: LimitKind = quantity(
        "revenue | capital | staff | hours | prevention_share | money | health | care | place | organisation",
        "What it is on. At most: revenue, capital, staff, hours, organisation. At least: the others",
    )
    of: str = quantity(
        "organisation, staff group or place key",
        "Revenue, capital, hours: an organisation; empty = the whole place. Staff: a staff group, or "
        "organisation/group. Place: a place. Organisation: an organisation. The others: empty",
        default="",
    )
    year: str = quantity(
        "financial year",
        "The one year it holds in; empty = every year of the plan. Money, health, care and place: empty, because they "
        "are judged in the last year",
        default="",
    )
    amount: float = quantity(
        "GBP, whole-time equivalents, hours or fraction, as the kind says",
        "The most or the least that is allowed; GBP in cash of the year",
        between=(0, 1e12),
    )
