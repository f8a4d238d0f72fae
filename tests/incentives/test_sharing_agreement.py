"""What an agreement comes to, and who might be worse off, by hand on the home-first place; and what it rests on."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from incentives.home_first_place import YEARS, S, cost, home_first_place, more, settled
from tripleaim.incentives import Sharing, share
from tripleaim.incentives.agreement.rules import Rule
from tripleaim.plan import Plan
from tripleaim.plan.agreement import Payment
from tripleaim.plan.money import Allocation, BudgetHead, Side
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.risk_share import RiskShare
from tripleaim.plan.scheme import CostKind
from tripleaim.plan.source import Assumption
from tripleaim.quantities import Range, certain
from tripleaim.stress.draws import draw
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties

Floats = NDArray[np.float64]
TENTH = 0.1
UNSURE = Range(point=0.15, low=0.1, high=0.25)


def annuity(rate: float) -> float:
    return sum((1 + rate) ** -year for year in range(YEARS))


def rate_of(rate: float) -> Assumption:
    return Assumption(key="discount_rate", name="Rate", value=certain(rate), unit="fraction a year", **S)


def standing(found: Sharing, body: str) -> Any:
    return next(each for each in found.standings if each.body == body)


@cache
def dearer() -> Sharing:
    """A block contract, a setup of 10 at the hospital, and later years worth a tenth less each."""
    plan = home_first_place(form=Payment.BLOCK)
    setup = cost("setup", "h", 10.0, CostKind.SETUP, year="2016/17")
    return share(more(plan, assumptions=(rate_of(TENTH),), costs=(setup,)), draws=1)


def test_every_worth_is_told_at_the_plans_own_rate() -> None:
    found, worth = dearer(), annuity(TENTH)
    assert found.discount == TENTH
    wanted = {"c": 0.0, "h": 5.4 * worth - 10.0, "l": -0.5 * worth, "m": -2.6 * worth}
    assert {each.body: each.worth / 1e6 for each in found.standings} == pytest.approx(wanted)
    assert {each.body: each.worth / 1e6 for each in found.gains} == pytest.approx(wanted)
    hospital = next(each for each in found.gains if each.body == "h")
    assert [each / 1e6 for each in hospital.by_year] == pytest.approx([-4.6, 5.4, 5.4, 5.4, 5.4])
    assert hospital.last_by_form["block"] == pytest.approx(5.4e6)
    assert hospital.last_by_form["activity"] == pytest.approx(-2.1e6)
    assert found.bearings[0].system / 1e6 == pytest.approx(sum(wanted.values()))
    form = next(each for each in found.forms if each.today)
    assert {body: amount / 1e6 for body, amount in form.worth.items()} == pytest.approx(wanted)
    assert form.whole / 1e6 == pytest.approx(sum(wanted.values()))
    assert found.deal is not None
    assert found.deal.stability.players[0].mean == pytest.approx(found.deal.players[0].after, abs=0.02)
    assert (standing(found, "h").chance_worse, standing(found, "m").chance_worse) == (0.0, 1.0)


def test_the_first_year_counts_whole_and_being_left_out_is_told_at_the_same_rate() -> None:
    found = dearer()
    hospital = standing(found, "h")
    assert [each / 1e6 for each in hospital.by_year] == pytest.approx([-4.6, 5.4, 5.4, 5.4, 5.4])
    assert [each / 1e6 for each in hospital.left_out] == pytest.approx([5.4 * 0.6] * YEARS)  # others without its part
    assert hospital.left_out_worth == pytest.approx(5.4e6 * 0.6 * annuity(TENTH))


def test_the_worst_year_the_deepest_point_and_the_year_it_is_made_good() -> None:
    found = dearer()
    hospital, trust, payer = (standing(found, body) for body in "hmc")
    assert (hospital.worst, hospital.worst_year) == (pytest.approx(-4.6e6), "2016/17")
    assert hospital.trough == pytest.approx(-4.6e6)
    assert hospital.trough_of_turnover == pytest.approx(4.6 / 410)
    assert hospital.pays_back == "2017/18"
    assert (trust.trough, trust.pays_back) == (pytest.approx(-13e6), "")
    assert (payer.trough, payer.pays_back) == (0.0, "2016/17")
    assert standing(activity(), "c").trough == 0.0  # never out of pocket


@cache
def activity() -> Sharing:
    return share(home_first_place(), draws=1)


def test_turnover_is_what_each_receives_in_the_opening_year_payment_for_care_and_transfers_with_it() -> None:
    assert {each.body: each.turnover / 1e6 for each in activity().standings} == pytest.approx(
        {"c": 620.0, "h": 410.0, "l": 230.0, "m": 150.0}
    )
    grant = BudgetHead(
        key="grant",
        organisation="c",
        name="Grant",
        side=Side.COST,
        pool="other",
        amount=7e6,
        counterparty="l",
        **S,
    )
    found = share(more(home_first_place(), budgets=(grant,)), draws=1)
    assert standing(found, "l").turnover == pytest.approx(237e6)
    assert standing(found, "c").turnover == pytest.approx(620e6)


def test_shares_in_proportion_go_by_turnover_and_those_for_cost_by_what_is_spent_and_left_stranded() -> None:
    found = activity().shares
    assert found is not None
    whole = 2.3e6 * annuity(0.035)
    amounts = found.of(Rule.PROPORTION).amounts
    assert amounts == pytest.approx({b: whole * n / 1410 for b, n in {"c": 620, "h": 410, "l": 230, "m": 150}.items()})
    shapley, adjusted = found.of(Rule.SHAPLEY).amounts, found.of(Rule.ADJUSTED).amounts
    borne = {"c": 0.0, "h": 2.1, "l": 0.5, "m": 2.6}
    assert adjusted == pytest.approx({b: 0.5 * whole * k / 5.2 + 0.5 * shapley[b] for b, k in borne.items()})


def test_left_out_the_payer_has_as_much_and_the_trust_spares_itself_the_cost() -> None:
    found = activity()
    outside = {each.body: each.left_out[-1] / 1e6 for each in found.standings}
    assert outside == pytest.approx({"c": 7.5, "h": -2.1, "l": 0.0, "m": 0.0})
    assert {each.body: each.chance_worse for each in found.standings} == {"c": 0.0, "h": 1.0, "l": 1.0, "m": 1.0}
    worse = {each.body: each.chance_worse_than_left_out for each in found.standings}
    assert worse == {"c": 0.0, "h": 0.0, "l": 1.0, "m": 1.0}
    assert standing(found, "h").alignment == pytest.approx(-2.1 / 2.3)


def test_no_part_of_a_gain_is_told_where_there_is_none() -> None:
    plan = more(home_first_place(), costs=(cost("more", "m", 9.0),))
    assert {each.alignment for each in share(plan, draws=1).standings} == {None}


RISK = (("c", 0.75), ("h", 0.25))


@cache
def risky(rate: float) -> tuple[Sharing, Floats]:
    """Care avoided is not known for certain, all else is; two bodies carry what may come. With it, what was drawn."""
    plan = more(
        home_first_place(avoided=UNSURE),
        costs=(cost("price", "c", 7.5),),
        assumptions=(rate_of(rate),),
        risk_shares=tuple(RiskShare(organisation=body, share=part, **S) for body, part in RISK),
    )
    plan = settled(plan)
    inputs = uncertainties(plan)
    assert len(inputs) == 1
    return share(plan, draws=100, seed=3), draw(inputs, Streams(3), 0, 100).values[0]


@pytest.mark.parametrize("rate", [0.0, TENTH])
def test_what_may_come_is_told_a_year_at_any_rate_and_carried_by_the_plans_shares(rate: float) -> None:
    found, avoided = risky(rate)
    worse, better = found.shocks
    for told, part in ((worse, 0.1), (better, 0.9)):
        difference = 0.72 * 50e6 * (float(np.quantile(avoided, part)) - UNSURE.point)
        assert told.difference == pytest.approx(difference)
        assert told.by == pytest.approx({body: difference * each for body, each in RISK})
        assert told.of_turnover == pytest.approx({"c": 0.75 * difference / 620e6, "h": 0.25 * difference / 410e6})
    assert worse.difference < 0 < better.difference


def test_a_chance_is_the_share_of_draws_with_its_error() -> None:
    found, avoided = risky(TENTH)
    payer = standing(found, "c")
    chance = float((50 * avoided < 7.5).mean())
    assert 0.1 < chance < 0.9
    assert payer.chance_worse == pytest.approx(chance)
    assert payer.chance_error == pytest.approx(1.96 * (chance * (1 - chance) / 100) ** 0.5, rel=1e-3)


def test_a_plan_without_risk_shares_tells_no_shock() -> None:
    assert activity().shocks == ()


def test_a_level_payment_moves_every_year_alike_and_the_worst_is_told_after_it() -> None:
    found = share(
        more(home_first_place(), costs=(cost("setup", "c", 8.0, CostKind.SETUP, year="2017/18"),)),
        draws=1,
        rule=Rule.EQUAL,
        form="block",
    )
    assert found.deal is not None
    assert (found.deal.rule, found.deal.form) == ("equal", "block")
    assert (standing(found, "c").worst, standing(found, "c").worst_year) == (pytest.approx(-0.5e6), "2017/18")  # today
    payer = next(each for each in found.deal.players if each.player == "c")
    each = (2.3e6 * annuity(0.035) - 8e6 / 1.035) / 4
    assert payer.before == pytest.approx(-8e6 / 1.035)
    assert payer.after == pytest.approx(each, abs=0.02)
    level = payer.transfer / annuity(0.035)
    assert list(payer.by_year) == pytest.approx([level, level - 8e6, level, level, level])
    assert (payer.worst, payer.worst_year) == (pytest.approx(level - 8e6), "2017/18")
    for payment in found.deal.payments:
        assert payment.a_year == pytest.approx(payment.worth / annuity(0.035))


def test_what_cannot_be_paid_directly_goes_through_the_largest_commissioner() -> None:
    """A company may not pay a council; the small commissioner comes first by name."""
    plan = home_first_place(form=Payment.BLOCK)
    organisations = tuple(
        row.model_copy(update={"kind": "company"}) if row.key == "h" else row for row in plan.organisations
    )
    plan = more(
        plan.model_copy(update={"organisations": organisations}),
        allocations=(Allocation(organisation="a", year="2015/16", kind="core", amount=1e6, **S),),
    )
    small = Organisation(key="a", name="Small commissioner", role=Role.COMMISSIONER, place="tiny", **S)
    found = share(more(plan, organisations=(small,)), draws=1)
    assert found.deal is not None
    (payment,) = (each for each in found.deal.payments if (each.payer, each.payee) == ("h", "l"))
    assert payment.through == "c"
    assert payment.vehicle
    assert payment.law


def test_leaks_are_what_outside_bodies_gain_or_lose_by_all_schemes() -> None:
    assert activity().leaks == ()
    plan: Plan = home_first_place()
    marginal = plan.contracts[0].model_copy(
        update={"form": Payment.MARGINAL, "marginal": 0.7, "threshold": 0.5, "kept_for": "outside:visits"}
    )
    (leak,) = share(plan.model_copy(update={"contracts": (marginal,)}), draws=1).leaks
    assert leak.body == "outside:visits"
    assert list(leak.by_year) == pytest.approx([-0.3 * 7.5e6] * YEARS)
