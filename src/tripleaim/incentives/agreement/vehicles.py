"""By what lawful way one body may pay another, on a day, by what the two are; kept as dated data with its sources."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tripleaim.incentives.agreement.mistakes import Mistakes
from tripleaim.incentives.agreement.transfers import Payment
from tripleaim.plan.organisation import Organisation, Role

NOT_CHECKED = "Recalled, not checked: look it up before relying on it."


class Side(StrEnum):
    """What a body is when money is to change hands."""

    COMMISSIONER = "commissioner"
    TRUST = "trust"
    PROVIDER = "provider"
    COUNCIL = "council"
    SECTOR = "sector"
    NATIONAL = "national"
    RESERVE = "reserve"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        """The same with its article."""
        return _LABELS[self]


_LABELS = {
    Side.COMMISSIONER: "an NHS commissioner",
    Side.TRUST: "an NHS trust or foundation trust",
    Side.PROVIDER: "a provider that is no trust",
    Side.COUNCIL: "a council",
    Side.SECTOR: "several bodies told as one",
    Side.NATIONAL: "a national body",
    Side.RESERVE: "a reserve of the partners",
    Side.OUTSIDE: "a body outside the place",
}


def side(organisation: Organisation) -> Side:
    """What an organisation of a plan is: its role, and whether a provider is a trust by its kind."""
    if organisation.role is Role.PROVIDER:
        return Side.TRUST if "trust" in organisation.kind.lower() else Side.PROVIDER
    return Side(organisation.role.value)


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """A lawful way to pay."""

    key: str
    """Short name."""
    name: str
    """In words."""
    how: str
    """What is done, in a sentence or two."""
    pairs: frozenset[tuple[Side, Side]]
    """Payer and payee it serves."""
    first_day: date
    """First day it can be used."""
    last_day: date | None
    """Last day; None = still in use when this was written."""
    citation: str
    """Where it stands."""
    checked: bool
    """True where what is cited was looked up."""
    but: str
    """What of it was not checked, or limits its use; may be empty."""

    @property
    def caution(self) -> str:
        """What must be looked up before anybody relies on it; may be empty."""
        return self.but if self.checked else " ".join(filter(None, (NOT_CHECKED, self.but)))


@dataclass(frozen=True, kw_only=True)
class Step:
    """One payment of a chain, with the ways it may be made."""

    payer: str
    """Who pays."""
    payee: str
    """Who receives."""
    vehicles: tuple[Vehicle, ...]
    """Ways it may be done."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """How a payment may lawfully be made."""

    payment: Payment
    """Who pays whom, and how much."""
    direct: tuple[Vehicle, ...]
    """Ways for the payer to pay the payee itself; empty where none is known."""
    chain: tuple[Step, ...]
    """The way through a commissioner, in two steps; empty where there is none or none is needed."""
    says: str
    """The same in a sentence."""


@cache
def vehicles() -> tuple[Vehicle, ...]:
    """Every way that is known, in the order of preference."""
    content = tomllib.loads(files("tripleaim.incentives.agreement").joinpath("vehicles.toml").read_text("utf-8"))
    return tuple(_vehicle(row) for row in content["vehicles"])


def lawful(payer: Side, payee: Side, day: date) -> tuple[Vehicle, ...]:
    """The ways known for one kind of body to pay another on a day.

    >>> [each.key for each in lawful(Side.COMMISSIONER, Side.COUNCIL, date(2016, 10, 21))]
    ['pooled_fund', 'section_256']
    """
    return tuple(
        each
        for each in vehicles()
        if (payer, payee) in each.pairs and each.first_day <= day and (each.last_day is None or day <= each.last_day)
    )


def routes(
    payments: Iterable[Payment], sides: Mapping[str, Side], day: date, through: Sequence[str] = ()
) -> tuple[Route, ...]:
    """For each payment the lawful ways to make it, and where there is no direct one, the chain through a commissioner.

    Between two providers both are given: a subcontract pays for a service, the chain for anything else.

    sides   : name → what the body is
    day     : when it is to be paid
    through : commissioners that may stand between, the most suitable first
    raises  : PlanProblems with every name that has no side, and every one to pay through that is no commissioner
    """
    wanted = tuple(payments)
    wrong = Mistakes()
    for name in sorted({name for each in wanted for name in (each.payer, each.payee)} | set(through)):
        if name not in sides:
            wrong.add("sides", f"nothing for {name}", "what every payer and payee is", f"say what {name} is")
        elif name in through and sides[name] is not Side.COMMISSIONER:
            wrong.add("through", f"{name}, {sides[name].label}", "an NHS commissioner", "name one that pays both")
    wrong.refuse()
    return tuple(_route(each, sides, day, through) for each in wanted)


_CARE = (Side.TRUST, Side.PROVIDER)


def _route(payment: Payment, sides: Mapping[str, Side], day: date, through: Sequence[str]) -> Route:
    payer, payee = sides[payment.payer], sides[payment.payee]
    direct = lawful(payer, payee, day)
    between = () if direct and not (payer in _CARE and payee in _CARE) else _chain(payment, sides, day, through)
    return Route(payment=payment, direct=direct, chain=between, says=_said(payment, sides, direct, between))


def _chain(payment: Payment, sides: Mapping[str, Side], day: date, through: Sequence[str]) -> tuple[Step, ...]:
    for name in through:
        first = lawful(sides[payment.payer], Side.COMMISSIONER, day)
        second = lawful(Side.COMMISSIONER, sides[payment.payee], day)
        if first and second and name not in (payment.payer, payment.payee):
            return (
                Step(payer=payment.payer, payee=name, vehicles=first),
                Step(payer=name, payee=payment.payee, vehicles=second),
            )
    return ()


def _said(payment: Payment, sides: Mapping[str, Side], direct: Sequence[Vehicle], chain: Sequence[Step]) -> str:
    way = f"{payment.payer} to {payment.payee}"
    if direct and chain:
        return f"{way}: {direct[0].name}; where it pays for no service, {_in_steps(chain)}."
    if direct:
        return f"{way}: {', or '.join(each.name for each in direct)}."
    several = [name for name in (payment.payer, payment.payee) if sides[name] is Side.SECTOR]
    if several:
        return f"{way}: {several[0]} stands for several bodies; which of them pays or is paid must be settled first."
    pair = f"for {sides[payment.payer].label} to pay {sides[payment.payee].label}"
    if chain:
        return f"{way}: no lawful direct way is known {pair}; {_in_steps(chain)}."
    return f"{way}: no lawful way is known {pair}."


def _in_steps(chain: Sequence[Step]) -> str:
    first, second = chain
    return (
        f"through {first.payee}: {first.payer} pays it by {first.vehicles[0].name}, and it pays {second.payee} by "
        f"{second.vehicles[0].name}"
    )


def _vehicle(row: Mapping[str, object]) -> Vehicle:
    payers, payees = ([Side(str(each)) for each in _listed(row[end])] for end in ("from", "to"))
    pairs = {(payer, payee) for payer in payers for payee in payees}
    if row["both_ways"]:
        pairs |= {(payee, payer) for payer, payee in pairs}
    last = row.get("last_day")
    first = row["first_day"]
    assert isinstance(first, date)
    assert last is None or isinstance(last, date)
    return Vehicle(
        key=str(row["key"]),
        name=str(row["name"]),
        how=str(row["how"]),
        pairs=frozenset(pairs),
        first_day=first,
        last_day=last,
        citation=str(row["citation"]),
        checked=bool(row["checked"]),
        but=str(row["but"]),
    )


def _listed(value: object) -> list[object]:
    assert isinstance(value, list)
    return value
