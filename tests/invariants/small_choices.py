"""Random small plans with all that a choice of schemes and its sharing rest on: limits, weights, hours, shares."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

import hypothesis.strategies as st
from hypothesis import assume

from invariants.small_plans import small_plan, small_plans
from tripleaim.plan import Plan
from tripleaim.plan.aim_weight import Aim, AimWeight
from tripleaim.plan.choice_limit import LIMITS, ChoiceLimit, LimitKind, Of
from tripleaim.plan.leadership_hours import LeadershipHours
from tripleaim.plan.least_volume import LeastVolume
from tripleaim.plan.payment_proposal import OWN_RATES, PaymentForm, PaymentProposal
from tripleaim.plan.risk_share import RiskShare
from tripleaim.plan.variant import with_tables

T = TypeVar("T")
Integer = Callable[[int, int], int]


def small_choice(seed: int, *, schemes: tuple[int, int] = (1, 6)) -> Plan:
    """One plan with all that choosing and sharing rest on, from one seed."""
    return _with_all(small_plan(seed, schemes=schemes), random.Random(seed).randint)


@st.composite
def small_choices(
    draw: st.DrawFn, *, schemes: tuple[int, int] = (1, 6), where: Callable[[Plan], bool] = lambda plan: True
) -> Plan:
    """Small plans with limits of every kind they can have, weights, hours, least volumes, shares and proposals."""
    plan = _with_all(draw(small_plans(schemes=schemes)), lambda low, high: draw(st.integers(low, high)))
    assume(where(plan))
    return plan


def _with_all(plan: Plan, integer: Integer) -> Plan:
    rows = _Rows(plan, integer)
    return with_tables(
        plan,
        choice_limits=tuple(rows.limits()),
        aim_weights=tuple(rows.weights()),
        leadership_hours=tuple(rows.hours()),
        least_volumes=tuple(rows.volumes()),
        risk_shares=tuple(rows.shares()),
        payment_proposals=tuple(rows.proposals()),
    )


class _Rows:
    def __init__(self, plan: Plan, integer: Integer) -> None:
        self.plan, self.integer = plan, integer
        self.members = [body.key for body in plan.organisations if body.accounts]

    def choice(self, among: Sequence[T]) -> T:
        """One of some; hypothesis shrinks it to the first."""
        return among[self.integer(0, len(among) - 1)]

    def limits(self) -> list[ChoiceLimit]:
        """One limit of some kinds: those at most between tight and loose, those at least between 0 and a tenth."""
        named = {
            Of.NOTHING: [""],
            Of.ANY_ORGANISATION: ["", *self.members],
            Of.ONE_ORGANISATION: self.members,
            Of.STAFF: sorted({row.group for row in self.plan.workforce}),
            Of.ONE_PLACE: sorted({line.population for line in self.plan.activity}),
        }
        most = {LimitKind.STAFF: 40, LimitKind.HOURS: 1500}

        def amount(kind: LimitKind) -> float:
            return self.integer(0, 10) / 100 if LIMITS[kind].most == 1 else self.integer(0, most.get(kind, 4_000_000))

        return [
            ChoiceLimit(
                key=kind.value, name=f"The limit on {kind.value}", kind=kind, of=self.choice(named[form.of]),
                year=self.choice(("", *self.plan.years)) if form.by_year else "",
                amount=float(amount(kind)), source="s",
            )
            for kind, form in LIMITS.items()
            if named[form.of] and self.integer(0, 1)
        ]  # fmt: skip

    def weights(self) -> list[AimWeight]:
        """100 points of each member, cut in two places."""
        found = []
        for body in self.members:
            cuts = (0, *sorted((self.integer(0, 100), self.integer(0, 100))), 100)
            found += [
                AimWeight(organisation=body, gap=gap, points=float(high - low), source="s")
                for gap, (low, high) in zip(Aim, pairwise(cuts), strict=True)
            ]
        return found

    def hours(self) -> list[LeadershipHours]:
        """Hours of one member for each scheme, for every year or for one."""
        return [
            LeadershipHours(
                scheme=scheme.key, organisation=self.choice(self.members), year=self.choice(("", *self.plan.years)),
                hours=float(self.integer(0, 1000)), source="s",
            )
            for scheme in self.plan.schemes
        ]  # fmt: skip

    def volumes(self) -> list[LeastVolume]:
        """The least of some lines: up to nine tenths of what there is."""
        return [
            LeastVolume(line=line.key, units=line.baseline * self.integer(0, 9) / 10, why="A made-up rule.", source="s")
            for line in self.plan.activity
            if self.integer(0, 1)
        ]

    def shares(self) -> list[RiskShare]:
        """Shares of all members, in 64ths so that they add up to 1 exactly, with caps for some."""
        cuts = (0, *sorted(self.integer(0, 64) for _ in self.members[1:]), 64)
        return [
            RiskShare(
                organisation=body, share=(high - low) / 64, loss_cap=self.choice((None, 0.0, 2e5)),
                gain_cap=self.choice((None, 3e5)), source="s",
            )
            for body, (low, high) in zip(self.members, pairwise(cuts), strict=True)
        ]  # fmt: skip

    def proposals(self) -> list[PaymentProposal]:
        """One proposal of one form throughout, and one that changes in the last year."""
        steady, first, then = (self.choice(tuple(PaymentForm)) for _ in range(3))
        rows = [("steady", steady, ""), ("changing", first, "")]
        if len(self.plan.years) > 1:
            rows.append(("changing", then, self.plan.years[-1]))
        return [
            PaymentProposal(
                proposal=key, name=key, from_year=year, form=form,
                rate=self.choice((None, 0.4)) if form in OWN_RATES else None, source="s",
            )
            for key, form, year in rows
        ]  # fmt: skip
