"""A place of four bodies whose every coalition can be worked out by hand: the home-first example of method note 16.

£7.5m of hospital care a year is avoided with the council, £4.5m without it; the hospital can stop spending 72 % of it;
the community trust pays £2.6m a year for the team and the council £0.5m. Nothing else changes, so every year is alike.
The published example differs in two things: there the team costs £2.0m without the council, and a commissioner must ask
for it.
"""

from __future__ import annotations

from typing import Any

from tripleaim.plan import Heading, Plan
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.assumptions import KNOWN, WIDE
from tripleaim.plan.money import Allocation, BudgetHead, Side
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import Place, PlaceKind, Population, Projection
from tripleaim.plan.scheme import Category, CostKind, Effect, EffectKind, Scheme, SchemeCost
from tripleaim.plan.source import Assumption, Source, SourceKind
from tripleaim.quantities import Range, certain

S = {"source": "invented"}
YEARS = 5
FULL, PART, RELEASED = 7.5, 4.5, 0.72
TEAM, COUNCIL = 2.6, 0.5
BODIES = ("c", "h", "l", "m")
"""Commissioner, hospital, council (local authority), community trust, in the order of a plan's members."""


def home_first_place(
    *, form: Payment = Payment.ACTIVITY, marginal: float | None = None, avoided: Range | None = None
) -> Plan:
    """The place, paid under one form of contract."""
    return Plan(
        heading=Heading(
            format=1,
            name="Home first",
            place="tiny",
            first_year="2016/17",
            years=YEARS,
            price_base="2015/16",
            regime="stp-2016",
            version="1",
            dated="2016-01-01",
            invented=True,
        ),
        sources=(Source(key="invented", kind=SourceKind.ILLUSTRATIVE, title="Invented figures"),),
        places=(Place(key="tiny", name="Tiny", kind=PlaceKind.FOOTPRINT, **S),),
        organisations=(
            Organisation(key="c", name="Commissioner", role=Role.COMMISSIONER, place="tiny", **S),
            Organisation(key="h", name="Hospital", role=Role.PROVIDER, kind="NHS trust", place="tiny", **S),
            Organisation(key="m", name="Community trust", role=Role.PROVIDER, kind="NHS trust", place="tiny", **S),
            Organisation(key="l", name="Council", role=Role.COUNCIL, place="tiny", **S),
        ),
        population=(Population(place="tiny", year=2015, sex="females", age=40, persons=1000.0, **S),),
        projections=tuple(
            Projection(place="tiny", year=2015 + n, sex="females", age=40, persons=1000.0, **S) for n in range(1, 6)
        ),
        activity=(
            ActivityLine(
                key="admissions",
                name="Admissions",
                care=Care.OUTPATIENT,
                population="tiny",
                provider="h",
                commissioner="c",
                unit="admission",
                baseline=50_000.0,
                unit_cost=1000.0,
                growth_share=certain(RELEASED),
                release_share=certain(RELEASED),
                contract="care",
                **S,
            ),
        ),
        contracts=(Contract(key="care", name="Care", form=form, marginal=marginal, **S),),
        budgets=(
            _head("h_all", "h", Side.COST, 410e6),
            _head("m_in", "m", Side.INCOME, 150e6),
            _head("m_all", "m", Side.COST, 150e6),
            _head("l_all", "l", Side.COST, 230e6),
            _head("c_all", "c", Side.COST, 570e6),
            _head("h_in", "h", Side.INCOME, 360e6),
        ),
        allocations=(
            Allocation(organisation="c", year="2015/16", kind="core", amount=620e6, **S),
            Allocation(organisation="l", year="2015/16", kind="grant", amount=230e6, **S),
        ),
        schemes=(
            Scheme(
                key="home_first",
                name="Home first",
                gaps=("money",),
                category=Category.CARE_MODEL,
                lead="m",
                start="2016-04",
                ramp=certain(0.0),
                partners=("l",),
                effect_without_partners=PART / FULL,
                **S,
            ),
        ),
        effects=(
            Effect(
                key="fewer",
                scheme="home_first",
                kind=EffectKind.AVOID,
                target="admissions",
                effect=avoided or certain(FULL / 50.0),
                **S,
            ),
        ),
        costs=(cost("team", "m", TEAM), cost("help", "l", COUNCIL)),
    )


def more(plan: Plan, **rows: Any) -> Plan:
    """A plan with more rows in some of its tables."""
    return plan.model_copy(update={table: (*getattr(plan, table), *added) for table, added in rows.items()})


def settled(plan: Plan) -> Plan:
    """A plan in which every assumption of the model is known for certain."""
    stated = {row.key for row in plan.assumptions}
    return more(
        plan,
        assumptions=tuple(
            Assumption(key=each.key, name=each.key, value=certain(each.default.point), unit=each.unit, **S)
            for each in (*KNOWN, *WIDE)
            if each.key not in stated
        ),
    )


def scheme(key: str, lead: str = "", **known: Any) -> Scheme:
    """A scheme in full effect from the first day."""
    return Scheme(
        key=key,
        name=key.title(),
        gaps=("money",),
        category=Category.OTHER,
        lead=lead,
        start="2016-04",
        ramp=certain(0.0),
        **known,
        **S,
    )


def effect(scheme: str, kind: EffectKind, target: str, size: float, **known: Any) -> Effect:
    """What a scheme changes: a fraction, or for income pounds a year."""
    key = f"{scheme}.{kind.value}.{target}"
    return Effect(key=key, scheme=scheme, kind=kind, target=target, effect=certain(size), **known, **S)


def cost(key: str, organisation: str, millions: float, kind: CostKind = CostKind.RUNNING, **known: Any) -> SchemeCost:
    """What home first, or the scheme named, costs a body, £m: a year if it runs, once if it does not."""
    scheme = known.pop("scheme", "home_first")
    return SchemeCost(key=key, scheme=scheme, kind=kind, organisation=organisation, amount=millions * 1e6, **known, **S)


def by_hand(inside: frozenset[str], paid: float, *, others_go_on: bool = False) -> float:
    """What a coalition's members gain a year by carrying out what they can, £m; `paid` is paid for each pound of care.

    Nothing of the model is used.
    """
    outside = frozenset(BODIES) - inside
    carriers = inside if "m" in inside else outside if others_go_on and "m" in outside else frozenset()
    if not carriers:
        return 0.0
    avoided = FULL if "l" in carriers else PART
    gains = {"c": paid * avoided, "h": (RELEASED - paid) * avoided, "m": -TEAM, "l": -COUNCIL}
    return sum(gains[body] for body in inside if body in "ch" or body in carriers)


def others_going_on(inside: frozenset[str], paid: float) -> float:
    """What a coalition can count on a year while those outside go on together, £m: it may carry out what it can, or
    stand by, and then has what the others' going on brings it or costs it.
    """
    outside = frozenset(BODIES) - inside
    acting = by_hand(inside, paid, others_go_on=True)
    if not outside:
        return acting
    avoided = 0.0 if "m" not in outside else FULL if "l" in outside else PART
    by_standing_by = sum({"c": paid * avoided, "h": (RELEASED - paid) * avoided}.get(body, 0.0) for body in inside)
    return max(acting, by_standing_by)


def every_coalition() -> list[frozenset[str]]:
    """In the order of `games.Game.numbers`."""
    return [frozenset(body for k, body in enumerate(BODIES) if n >> k & 1) for n in range(2 ** len(BODIES))]


def _head(key: str, organisation: str, side: Side, amount: float) -> BudgetHead:
    return BudgetHead(key=key, organisation=organisation, name=key, side=side, pool="other", amount=amount, **S)
