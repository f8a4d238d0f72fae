"""What an agreement comes to, and who might be worse off, by hand on the home-first place; and what it rests on."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from incentives.home_first_place import (
    BODIES,
    YEARS,
    S,
    by_hand,
    cost,
    effect,
    every_coalition,
    home_first_place,
    more,
    scheme,
    settled,
)
from tripleaim.incentives import Sharing, share
from tripleaim.incentives.agreement.rules import Rule
from tripleaim.incentives.games import Game, cost_of_stability, least_core
from tripleaim.incentives.shocks import shocks
from tripleaim.incentives.ways import ways
from tripleaim.plan import Plan
from tripleaim.plan.agreement import Payment
from tripleaim.plan.money import Allocation, BudgetHead, ControlTotal, Side
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.payment_proposal import PaymentForm, PaymentProposal
from tripleaim.plan.risk_share import RiskShare
from tripleaim.plan.scheme import CostKind, EffectKind
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


@cache
def by_rule(rule: Rule) -> Sharing:
    return share(settled(home_first_place(form=Payment.BLOCK)), draws=2, rule=rule)


@pytest.mark.parametrize(("rule", "holds"), [(Rule.SHAPLEY, 1.0), (Rule.EQUAL, 0.0)])
def test_whether_an_agreement_holds_goes_by_the_rule_asked_for(rule: Rule, holds: float) -> None:
    """Under a block contract the payer adds nothing, and what it has the three others could keep."""
    found = by_rule(rule)
    assert next(each for each in found.forms if each.key == "block").holds == holds
    assert found.deal is not None
    assert found.deal.stability.in_core.share == holds


def test_each_form_tells_who_loses_over_all_years_and_what_the_last_year_brings() -> None:
    forms = {each.key: each for each in dearer().forms}
    assert {b: amount / 1e6 for b, amount in forms["block"].last.items()} == pytest.approx(
        {"c": 0.0, "h": 5.4, "l": -0.5, "m": -2.6}
    )
    assert (forms["block"].losers, forms["activity"].losers) == (("l", "m"), ("h", "l", "m"))
    assert (forms["block"].today, forms["activity"].today) == (False, False)


def test_the_cost_of_stability_is_that_of_the_game_in_which_those_outside_do_nothing() -> None:
    forms = {each.key: each for each in activity().forms}
    for key, paid in (("activity", 1.0), ("block", 0.0)):
        hand = Game(BODIES, tuple(max(0.0, by_hand(each, paid)) for each in every_coalition()))
        worth = 1e6 * annuity(0.035)
        assert forms[key].cost_of_stability == pytest.approx(worth * cost_of_stability(hand), abs=1.0)
        assert forms[key].epsilon == pytest.approx(worth * least_core(hand).epsilon, abs=1.0)
    assert forms["activity"].cost_of_stability > 0


def test_trusts_that_may_pay_each_other_need_nobody_between() -> None:
    found = by_rule(Rule.SHAPLEY).deal
    assert found is not None
    (payment,) = (each for each in found.payments if (each.payer, each.payee) == ("h", "m"))
    assert (payment.through, payment.vehicle) == ("", "subcontract")


def test_the_deadband_and_caps_of_the_plan_hold() -> None:
    """5 less than was to come: 1 stays, of the rest the first bears its half and the second no more than its cap."""
    plan = more(
        home_first_place(),
        assumptions=(Assumption(key="deadband", name="Deadband", value=certain(1e6), unit="GBP a year", **S),),
        risk_shares=(
            RiskShare(organisation="c", share=0.5, gain_cap=1e6, **S),
            RiskShare(organisation="h", share=0.5, loss_cap=0.5e6, gain_cap=1.2e6, **S),
        ),
    )
    worse, better = shocks(plan, np.array([-5e6] * 5 + [5e6] * 5), {"c": 10e6})
    assert worse.by == pytest.approx({"c": -3.5e6, "h": -0.5e6})
    assert (worse.stays, worse.residual, worse.capped) == (pytest.approx(-1e6), 0.0, ("h",))
    assert better.by == pytest.approx({"c": 1e6, "h": 1.2e6})
    assert (better.stays, better.residual) == pytest.approx((1e6, 1.8e6))
    assert worse.of_turnover == pytest.approx({"c": -0.35})  # nothing is known of the other's


def with_a_use(**rows: Any) -> Plan:
    """The payer keeps 30 % of the price of what is given above half of today's care, for visits at home."""
    plan = more(home_first_place(), **rows)
    marginal = plan.contracts[0].model_copy(
        update={"form": Payment.MARGINAL, "marginal": 0.7, "threshold": 0.5, "kept_for": "outside:visits"}
    )
    return plan.model_copy(update={"contracts": (marginal,)})


def test_leaks_are_what_outside_bodies_gain_or_lose_by_all_schemes_together() -> None:
    """Two schemes on one line avoid less together than each alone: 1 less 0.85 times 0.9."""
    assert activity().leaks == ()
    second = effect("more", EffectKind.AVOID, "admissions", 0.1)
    (leak,) = share(with_a_use(schemes=(scheme("more", "m"),), effects=(second,)), draws=1).leaks
    assert leak.body == "outside:visits"
    assert list(leak.by_year) == pytest.approx([-0.3 * 50e6 * (1 - 0.85 * 0.9)] * YEARS)


def test_what_may_come_is_set_against_what_is_to_come_under_the_form_agreed_on() -> None:
    """Today's marginal rate brings the place money kept for visits; a block contract does not."""
    halves = tuple(RiskShare(organisation=body, share=0.5, **S) for body in "ch")
    plan = settled(with_a_use(risk_shares=halves))
    found = share(plan, draws=2, form="block")
    assert [each.difference for each in found.shocks] == pytest.approx([0.0, 0.0], abs=0.01)
    whole = {each.key: each.whole / annuity(0.035) / 1e6 for each in found.forms}
    assert (whole["today"], whole["block"]) == pytest.approx((2.3 + 0.3 * 7.5, 2.3))


def test_schemes_nobody_asks_about_are_not_done() -> None:
    plan = more(
        home_first_place(),
        schemes=(scheme("office", "m"),),
        effects=(effect("office", EffectKind.SAVE, "m_all", 0.01),),
        control_totals=(ControlTotal(organisation="h", year="2016/17", amount=-1e6, fund=9e6, **S),),
    )
    found = share(plan, ["office"], draws=1)
    assert {each.body: each.by_year[0] / 1e6 for each in found.standings} == pytest.approx(
        {"c": 0.0, "h": 0.0, "l": 0.0, "m": 1.5}
    )
    assert {each.scheme for each in found.gains} == {each.scheme for each in found.bearings} == {"office"}
    (edge,) = found.cliffs
    assert (edge.headroom_with, edge.lost) == (pytest.approx(1e6), 0.0)
    assert found.shares is not None
    assert found.shares.whole == pytest.approx(1.5e6 * annuity(0.035))


def test_cost_borne_is_counted_at_the_plans_own_rate() -> None:
    found, worth = dearer().shares, annuity(TENTH)
    assert found is not None
    borne = {"c": 0.0, "h": 10.0 + 2.1 * worth, "l": 0.5 * worth, "m": 2.6 * worth}
    shapley, adjusted = found.of(Rule.SHAPLEY).amounts, found.of(Rule.ADJUSTED).amounts
    whole = found.whole / sum(borne.values())
    assert adjusted == pytest.approx({body: 0.5 * whole * each + 0.5 * shapley[body] for body, each in borne.items()})


def test_where_nothing_is_uncertain_those_walk_who_object() -> None:
    """Reached under activity payment, while the contract of today is a block, under which other coalitions go ahead."""
    found = share(settled(home_first_place(form=Payment.BLOCK)), draws=2, form="activity")
    assert found.deal is not None
    assert found.shares is not None
    shared = found.shares.of(Rule.SHAPLEY)
    assert {each.player: each.after for each in found.deal.players} == pytest.approx(dict(shared.amounts), abs=0.02)
    lacking = {each.coalition: each.lacks for each in shared.objections}
    assert len(lacking) == found.deal.stability.walking > 0
    assert {each.coalition: each.lacks for each in found.deal.stability.walks} == pytest.approx(lacking, abs=0.1)


def test_every_proposal_is_a_way_to_pay_beside_todays_and_the_forms() -> None:
    rows = tuple(PaymentProposal(proposal=key, name=key, form=PaymentForm.BLOCK, **S) for key in ("one", "two"))
    keys = [way.key for way in ways(more(home_first_place(), payment_proposals=rows))]
    assert keys == ["today", *(form.value for form in PaymentForm), "one", "two"]


def test_nothing_is_paid_before_the_plan_is_dated() -> None:
    plan = home_first_place()
    later = plan.model_copy(update={"heading": plan.heading.model_copy(update={"dated": "2017-02-20"})})
    now, then = share(plan, draws=1).deal, share(later, draws=1).deal
    assert now is not None
    assert then is not None
    assert (now.first_year, then.first_year) == ("2016/17", "2017/18")
    assert [each.transfer for each in now.players] == pytest.approx([each.transfer for each in then.players])
    for one, other in zip(now.players, then.players, strict=True):
        years = [one.by_year[n] - other.by_year[n] for n in range(5)]
        assert years[0] == pytest.approx(one.transfer / annuity(0.035), abs=0.01)
        assert sum(years[n] * 1.035**-n for n in range(5)) == pytest.approx(0.0, abs=0.05)
    wanted = [each.worth / (annuity(0.035) - 1) for each in then.payments]
    assert [each.a_year for each in then.payments] == pytest.approx(wanted)


def test_an_agreement_says_whose_control_total_its_payments_make_missed() -> None:
    """The commissioner pays most of the 7.5 it gains: what it met by 5 it misses, and what it missed is none of it."""
    nothing = -620e6  # no allocation of later years stands in this plan
    near = ControlTotal(organisation="c", year="2018/19", amount=nothing + 5e6, fund=0.0, **S)
    far = ControlTotal(organisation="c", year="2019/20", amount=nothing + 90e6, fund=0.0, **S)
    found = share(more(home_first_place(), control_totals=(near, far)), draws=1).deal
    assert found is not None
    missed = {each.player: each.missed for each in found.players}
    assert missed["c"] == ("2018/19",)
    assert (missed["h"], missed["l"], missed["m"]) == ((), (), ())


@pytest.mark.parametrize("form", [Payment.ACTIVITY, Payment.BLENDED])
def test_a_body_with_nothing_at_stake_pays_nothing_and_is_in_no_group(form: Payment) -> None:
    plan = home_first_place(form=form, marginal=0.2 if form is Payment.BLENDED else None)
    other = Organisation(key="x", name="Another trust", role=Role.PROVIDER, kind="NHS trust", place="tiny", **S)
    wider = more(plan, organisations=(other,))
    before, found = share(plan, draws=3), share(wider, draws=3)
    assert found.shares is not None
    assert before.shares is not None
    assert found.deal is not None
    for rule in (Rule.SHAPLEY, Rule.NUCLEOLUS, Rule.ADJUSTED):
        alone, told = before.shares.of(rule).amounts, found.shares.of(rule).amounts
        assert told["x"] == pytest.approx(0.0, abs=1.0)
        assert {body: told[body] for body in alone} == pytest.approx(dict(alone), abs=1.0)
    assert [each.leaving_count for each in found.forms] == [each.leaving_count for each in before.forms]
    assert not any("x" in each.coalition for form in found.forms for each in form.leaving)
    assert not any("x" in walk.coalition for walk in found.deal.stability.walks)
