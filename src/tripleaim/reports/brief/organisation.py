"""One organisation's own view of the same numbers: what it puts in, gets, may lose, risks and promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tripleaim.plan.agreement import Contract
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.projection.accounts import ControlTotalResult, CouncilResult
from tripleaim.projection.summaries import OpeningPosition
from tripleaim.reports.brief.actions import ActionTold, HoursTold, actions
from tripleaim.reports.brief.books import Lines, Part
from tripleaim.reports.brief.risks import Risk, risks
from tripleaim.reports.brief.scheme import SchemeBrief
from tripleaim.reports.facts import Facts
from tripleaim.reports.words import NOTHING, tell_money_apart
from tripleaim.stress.outside.view import OutsideView

ROLES = {
    Role.COMMISSIONER: "Commissioner: pays for care",
    Role.PROVIDER: "Provider: gives care",
    Role.COUNCIL: "Council",
    Role.SECTOR: "Several bodies, told as one",
}
"""Role → the same in words."""
FORMS = {
    "block": "a fixed sum, whatever is done",
    "activity": "a price for each unit",
    "blended": "a fixed sum, and a share of the price for each unit",
    "marginal": "a price for each unit, and a share of it above what is planned",
}
"""Form of payment → how it pays."""


@dataclass(frozen=True, kw_only=True)
class Payment:
    """Money between two bodies in the plan's last year as hoped."""

    key: str
    """Key of the other body."""
    name: str
    """The same in words."""
    amount: float
    """GBP, recurrent."""
    outside: bool
    """True for a body outside the place's books."""


@dataclass(frozen=True, kw_only=True)
class ContractTold:
    """One agreement under which it pays for care, or is paid."""

    key: str
    """Key of the contract."""
    name: str
    """Its name."""
    form: str
    """block, activity, blended or marginal."""
    form_words: str
    """How it pays."""
    partner: str
    """Key of the other body."""
    partner_name: str
    """The same in words."""
    role: str
    """pays or is paid."""
    lines: tuple[str, ...]
    """Names of the lines of care it pays for."""


@dataclass(frozen=True, kw_only=True)
class GroupTold:
    """One staff group in the plan's last year as hoped. Whole-time equivalents."""

    group: str
    """As in workforce.csv."""
    group_words: str
    """The same in words."""
    needed: float
    """Posts schemes need of it."""
    found: float
    """Posts found, agency included."""
    to_find: float
    """The rest."""
    short: float
    """Staff short in all, for care, wards and schemes."""


@dataclass(frozen=True, kw_only=True)
class RiskShareTold:
    """Its share of what the place gains or loses against plan."""

    share: float
    """Fraction."""
    loss_cap: float | None
    """Most it pays in a year, GBP; null = no cap."""
    gain_cap: float | None
    """Most it receives in a year, GBP; null = no cap."""


@dataclass(frozen=True, kw_only=True)
class SchemeOf:
    """A scheme as it concerns one organisation."""

    key: str
    """Key of the scheme."""
    name: str
    """Its name."""
    amount: float | None
    """GBP in the plan's last year; null where no money is told."""


@dataclass(frozen=True, kw_only=True)
class OrganisationBrief:
    """An organisation as its own page tells it."""

    key: str
    """Its key."""
    name: str
    """Its name."""
    role: str
    """commissioner, provider, council or sector."""
    role_words: str
    """The same in words."""
    kind: str
    """Its statutory kind that year; may be empty."""
    place: str
    """Key of the area it serves; may be empty."""
    place_name: str
    """The same in words."""
    has_accounts: bool
    """Whether its full income and spending stand in the plan."""
    scope: str
    """nhs or council: whose sum it counts in; empty without accounts."""
    words: str
    """Where it ends up, in a sentence."""
    opening: OpeningPosition | None
    """Where it started; null where no positions are told."""
    lines: Lines | None
    """Its money and posts by year; null without accounts."""
    pays: tuple[Payment, ...]
    """Whom it pays."""
    paid: tuple[Payment, ...]
    """Who pays it."""
    contracts: tuple[ContractTold, ...]
    """Agreements with other bodies."""
    risks: tuple[Risk, ...]
    """What it may lose by."""
    control_totals: tuple[ControlTotalResult, ...]
    """Its control totals, every year and case."""
    council: tuple[CouncilResult, ...]
    """How it reaches a lawful balance, every year and case; empty unless it is a council."""
    posts: tuple[GroupTold, ...]
    """Staff groups of which schemes need posts."""
    hours: tuple[HoursTold, ...]
    """Time of its leaders, by scheme."""
    hours_a_year: float
    """All of it that recurs every year, hours."""
    risk_share: RiskShareTold | None
    """Its share of joint gains and losses; null where none is agreed in the plan."""
    actions: tuple[ActionTold, ...]
    """Dated actions of the schemes it leads."""
    leads: tuple[SchemeOf, ...]
    """Schemes it leads; the amount is what each saves the place."""
    partner_in: tuple[SchemeOf, ...]
    """Schemes it must take part in."""
    pays_for: tuple[SchemeOf, ...]
    """Schemes it pays for in the last year, the dearest first; the amount is what it pays."""
    gains_from: tuple[SchemeOf, ...]
    """Schemes that leave it better off, each alone."""
    loses_by: tuple[SchemeOf, ...]
    """Schemes that leave it worse off, each alone; the amount is negative."""
    missing: tuple[str, ...]
    """What the plan does not say of it, in sentences."""


def organisation_brief(
    facts: Facts, view: OutsideView, lines: Lines | None, schemes: dict[str, SchemeBrief], row: Organisation
) -> OrganisationBrief:
    """One organisation, from the same results as the report and as the pages of schemes."""
    gap = next((each for each in facts.projection.organisations if each.who == row.key), None)
    parts = _parts(schemes, row.key)
    hours = _hours(facts, row.key)
    share = next((each for each in facts.plan.risk_shares if each.organisation == row.key), None)
    leads = [each for each in schemes.values() if each.lead == row.key]
    own = [(key, part) for key, part in parts.items() if part is not None]
    return OrganisationBrief(
        key=row.key,
        name=row.name,
        role=row.role.value,
        role_words=ROLES[row.role],
        kind=row.kind,
        place=row.place,
        place_name=next((each.name for each in facts.plan.places if each.key == row.place), ""),
        has_accounts=gap is not None,
        scope=gap.scope if gap else "",
        words=_words(facts, row, lines),
        opening=facts.projection.opening.get(row.key),
        lines=lines,
        pays=_payments(facts, row.key, pays=True),
        paid=_payments(facts, row.key, pays=False),
        contracts=tuple(_contracts(facts, row.key)),
        risks=tuple(risks(facts, view, row, lines, own, schemes)),
        control_totals=tuple(each for each in facts.projection.control_totals if each.organisation == row.key),
        council=tuple(each for each in facts.projection.councils if each.organisation == row.key),
        posts=_posts(facts, row.key),
        hours=hours,
        hours_a_year=sum(each.hours for each in hours if not each.year),
        risk_share=RiskShareTold(share=share.share, loss_cap=share.loss_cap, gain_cap=share.gain_cap)
        if share
        else None,
        actions=actions(facts, [each.key for each in leads]),
        leads=tuple(_of(each, each.money.saving[facts.last]) for each in leads),
        partner_in=tuple(_of(each, None) for each in schemes.values() if row.key in {p.key for p in each.partners}),
        pays_for=_sorted(schemes, [(key, part.pays[facts.last]) for key, part in own]),
        gains_from=_sorted(schemes, [(key, part.net[facts.last]) for key, part in own]),
        loses_by=_sorted(schemes, [(key, part.net[facts.last]) for key, part in own], worse=True),
        missing=tuple(_missing(facts, row, lines)),
    )


def _parts(schemes: dict[str, SchemeBrief], key: str) -> dict[str, Part | None]:
    """Scheme → what it does to this body; a body without accounts stands outside the place's books."""
    return {
        scheme: next((part for part in told.who if part.key.removeprefix("outside:") == key), None)
        for scheme, told in schemes.items()
    }


def _of(scheme: SchemeBrief, amount: float | None) -> SchemeOf:
    return SchemeOf(key=scheme.key, name=scheme.name, amount=amount)


def _sorted(
    schemes: dict[str, SchemeBrief], amounts: Iterable[tuple[str, float]], *, worse: bool = False
) -> tuple[SchemeOf, ...]:
    """Schemes by amount, the largest first; those of too little are left out."""
    side = -1.0 if worse else 1.0
    told = [(key, amount) for key, amount in amounts if side * amount >= NOTHING]
    return tuple(_of(schemes[key], amount) for key, amount in sorted(told, key=lambda each: -abs(each[1])))


# ---- Where it ends up ------------------------------------------------------------------------------------------------


def _words(facts: Facts, row: Organisation, lines: Lines | None) -> str:
    if lines is None:
        gives_care = any(line.provider == row.key for line in facts.plan.activity)
        paid = " It is paid what its care costs." if gives_care else ""
        return f"This plan does not hold the full accounts of {row.name}, so where it ends up is not known.{paid}"
    at = facts.last
    hoped, found, nothing = lines.hoped[at], lines.resourced[at], lines.do_nothing[at]
    if not facts.has_schemes:
        return f"If nothing changes, {row.name} is {facts.stands(nothing)} in {facts.last_year}."
    said = tell_money_apart(abs(hoped), abs(found))
    words = f"{row.name} is {facts.stands(hoped, said[0])} in {facts.last_year}, as hoped"
    if abs(found - hoped) >= NOTHING:
        words += f"; {facts.stands(found, said[1])} with what is found"
    return f"{words}. If nothing changes, it is {facts.stands(nothing)}."


def _payments(facts: Facts, key: str, *, pays: bool) -> tuple[Payment, ...]:
    found = []
    for flow in facts.projection.flows:
        me, other = (flow.payer, flow.payee) if pays else (flow.payee, flow.payer)
        if me.removeprefix("outside:") == key and flow.amount >= NOTHING:
            outside = other.startswith("outside:")
            found.append(Payment(key=other, name=facts.body(other), amount=flow.amount, outside=outside))
    return tuple(found)


def _contracts(facts: Facts, key: str) -> Iterator[ContractTold]:
    called: dict[str, Contract] = {row.key: row for row in facts.plan.contracts}
    lines: dict[tuple[str, str, str], list[str]] = {}
    for row in facts.plan.activity:
        if row.contract in called and key in (row.provider, row.commissioner) and row.provider != row.commissioner:
            role, other = ("pays", row.provider) if row.commissioner == key else ("is paid", row.commissioner)
            lines.setdefault((row.contract, other, role), []).append(row.name)
    for (contract, other, role), care in sorted(lines.items()):
        row_of = called[contract]
        yield ContractTold(
            key=contract,
            name=row_of.name,
            form=row_of.form.value,
            form_words=FORMS[row_of.form.value],
            partner=other,
            partner_name=facts.body(other),
            role=role,
            lines=tuple(care),
        )


# ---- What it promises ------------------------------------------------------------------------------------------------


def _posts(facts: Facts, key: str) -> tuple[GroupTold, ...]:
    at = facts.last
    return tuple(
        GroupTold(
            group=row.group,
            group_words=row.group.replace("_", " ").capitalize(),
            needed=row.scheme_posts_needed[at],
            found=row.scheme_posts_filled[at],
            to_find=row.scheme_posts_needed[at] - row.scheme_posts_filled[at],
            short=row.short[at],
        )
        for row in facts.projection.staff
        if row.organisation == key and (row.scheme_posts_needed[at] > 0 or row.short[at] > 0)
    )


def _hours(facts: Facts, key: str) -> tuple[HoursTold, ...]:
    called = {row.key: row.name for row in facts.plan.schemes}
    return tuple(
        HoursTold(
            scheme=row.scheme, organisation=key, name=called.get(row.scheme, row.scheme), year=row.year, hours=row.hours
        )
        for row in facts.plan.leadership_hours
        if row.organisation == key
    )


def _missing(facts: Facts, row: Organisation, lines: Lines | None) -> Iterator[str]:
    if lines is None:
        yield f"The plan does not hold the full accounts of {row.name}: what it ends up with cannot be told."
    elif facts.is_pressure:
        yield (
            f"The plan does not hold an opening position and an allocation for every body, so money is what the same "
            f"care costs above {facts.plan.opening_year}, not a shortfall."
        )
    if not facts.projection.flows:
        yield "Who pays whom is not told, because the plan does not hold full accounts."
    if row.role is Role.PROVIDER and not any(each.organisation == row.key for each in facts.plan.workforce):
        yield "The plan holds no staff of it."
    if lines is not None and not facts.plan.control_totals:
        yield "The plan holds no control totals."
    if facts.has_schemes and not facts.plan.leadership_hours:
        yield "The plan does not say how much of its leaders’ time the schemes take."
    if facts.has_schemes and not facts.plan.risk_shares:
        yield "The plan does not say how joint gains and losses are shared."
