"""Forms of payment, held to a worked example and to what must be so of every form (method note 15)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentives.recorded import same_when_recorded
from known_answers.entered import figures
from tripleaim.errors import Impossible
from tripleaim.incentives.forms import (
    Agreement,
    Care,
    Paid,
    PaymentForm,
    Terms,
    Timetable,
    agreement_of,
    by_body,
    care,
    marginal,
    marginal_over,
    paid,
    paid_over,
    proposed,
    shared_savings,
    timetable,
)
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.payment_proposal import PaymentProposal

KNOWN = figures("home_first_agreement")
YEARS = ("2016/17", "2017/18", "2018/19")
FORMS = list(PaymentForm)


def some_care(seed: int = 1, *, lines: int = 3, draws: int = 4) -> Care:
    """Three lines in three years and four draws; fewer units and a lower cost than if nothing is done."""
    any_of = np.random.default_rng(seed)
    shape = (lines, len(YEARS), draws)
    undone = any_of.uniform(80, 120, shape)
    return care(
        price=any_of.uniform(90, 110, shape[:2]),
        units=undone * any_of.uniform(0.8, 1.0, shape),
        planned=any_of.uniform(80, 120, shape[:2]),
        units_if_nothing_done=undone,
        cost=100 * undone * 0.9,
        cost_if_nothing_done=100 * undone,
        people=np.array([1000.0, 1010.0, 1030.0]),
    )


def one_line(units: float = 90.0, **known: Any) -> Care:
    """One line in one year: 100 units planned at £10."""
    found = {"units_if_nothing_done": [[100.0]], "cost_if_nothing_done": [[800.0]], "cost": [[760.0]], **known}
    return care(price=[[10.0]], units=[[units]], planned=[[100.0]], people=[500.0], **found)


def to_provider(form: str, of: Care, **terms: float) -> float:
    return paid(PaymentForm(form), of, Terms(**terms)).provider.item()


# --- the worked example ---


@pytest.mark.parametrize("form", ["activity", "blended", "block"])
def test_home_first_under_three_forms_of_payment(form: str) -> None:
    """Care worth 7.5 is avoided; what is paid changes by the form, what it costs does not."""
    given, bodies = KNOWN["inputs"], KNOWN["inputs"]["bodies"]
    avoided = given["care_avoided"]
    before, after = (
        by_body(
            paid(PaymentForm(form), care(price=[[1.0]], units=[[units]], planned=[[100.0]])),
            bodies,
            payer=["commissioner"],
            provider=["hospital"],
        ).ravel()
        for units in (100.0, 100.0 - avoided)
    )
    saved = np.array([0, given["released_share"] * avoided, -given["community_cost"], -given["council_cost"]])
    assert after - before + saved == pytest.approx(KNOWN["expected"]["positions"][form])
    assert (after - before + saved).sum() == pytest.approx(KNOWN["expected"]["gain"])


def test_savings_shared_at_the_known_answers() -> None:
    case = KNOWN["shared_savings"]
    assert shared_savings([case["benchmark"]] * 3, case["actual"]).tolist() == pytest.approx(case["paid"])


def test_savings_up_to_their_edges_and_limits() -> None:
    def paid_at(actual: float, **terms: float) -> float:
        return shared_savings([400.0], [actual], Terms(**terms)).item()

    assert paid_at(392.0) == pytest.approx(4.0)  # exactly the least that counts
    assert paid_at(392.01) == 0
    assert paid_at(408.0) == pytest.approx(-2.4)
    assert paid_at(407.99) == 0
    assert paid_at(200.0) == pytest.approx(40.0)  # the most: 10 % of the benchmark
    assert paid_at(600.0) == pytest.approx(-16.0)  # 4 %
    assert paid_at(388.0, quality=0.5) == pytest.approx(3.0)
    assert paid_at(388.0, quality=0.0) == 0
    assert paid_at(410.0, quality=0.0) == pytest.approx(-3.0)  # the gate is for gains
    assert shared_savings([0.0], [0.0]).item() == 0
    assert paid_at(400 + 1e-7, least_gain=0) == 0  # an overspend, however small, is no saving


# --- each form, worked by hand ---


def test_each_form_pays_what_its_name_says() -> None:
    fewer, more = one_line(90.0), one_line(110.0)
    assert to_provider("block", fewer) == 1000
    assert to_provider("activity", fewer) == 900
    assert to_provider("blended", fewer) == pytest.approx(980)
    assert to_provider("marginal", fewer) == 900
    assert to_provider("marginal", more) == pytest.approx(1070)
    assert paid(PaymentForm.MARGINAL, more).kept.item() == pytest.approx(30)
    assert to_provider("aligned", fewer) == pytest.approx(780)  # 800 expected, and half of the 40 below it


def test_a_lead_provider_holds_a_budget_a_head_and_keeps_what_is_not_spent() -> None:
    two_years = care(price=[[10.0, 11.0]], units=[[100.0, 95.0]], planned=[[100.0, 120.0]], people=[500.0, 510.0])
    found = paid(PaymentForm.CAPITATED, two_years)
    budget = 11 * 100 * 510 / 500
    assert found.payer.ravel().tolist() == pytest.approx([1000, budget])
    assert found.provider.ravel().tolist() == pytest.approx([1000, 1045])
    assert found.holder.ravel().tolist() == pytest.approx([0, budget - 1045])


def test_a_budget_for_nobody_is_nothing() -> None:
    nobody = care(price=[[10.0, 10.0]], units=[[0.0, 0.0]], planned=[[0.0, 0.0]], people=[0.0, 5.0])
    assert paid(PaymentForm.CAPITATED, nobody).payer.tolist() == [[0, 0]]


def test_savings_are_shared_over_all_lines_together() -> None:
    """One line saves 20 and the other spends 10 more: 10 of 2,000 is too little to share; alone, 20 of 1,000 is not."""
    both = care(price=[[10.0]] * 2, units=[[98.0], [101.0]], planned=[[100.0]] * 2, units_if_nothing_done=[[100.0]] * 2)
    assert paid(PaymentForm.SHARED_SAVINGS, both).holder.sum() == 0
    one = paid(PaymentForm.SHARED_SAVINGS, one_line(98.0))
    assert (one.provider.item(), one.holder.item()) == (980, pytest.approx(10))


def test_lines_bear_the_share_as_the_benchmark_is_made_up_of_them() -> None:
    """A saving of 100 in all, of a benchmark of 1,000 and 3,000: half of it, a quarter and three quarters."""
    both = care(price=[[10.0]] * 2, units=[[90.0], [300.0]], planned=[[1.0]] * 2, units_if_nothing_done=[[100], [300]])
    assert paid(PaymentForm.SHARED_SAVINGS, both).holder.ravel().tolist() == pytest.approx([12.5, 37.5])


def test_the_rates_of_the_forms_meet_at_their_ends() -> None:
    """Blended at 0 is block, at 1 activity; no threshold, or the whole price above it, is activity."""
    of = some_care()
    block, activity = (paid(PaymentForm(form), of).provider for form in ("block", "activity"))
    assert paid(PaymentForm.BLENDED, of, Terms(marginal=0)).provider == pytest.approx(block)
    assert paid(PaymentForm.BLENDED, of, Terms(marginal=1)).provider == pytest.approx(activity)
    assert paid(PaymentForm.MARGINAL, of, Terms(above=1)).provider == pytest.approx(activity)
    assert paid(PaymentForm.MARGINAL, of, Terms(threshold=math.inf)).provider == pytest.approx(activity)
    assert paid(PaymentForm.ALIGNED, of, Terms(cost_share=1)).provider == pytest.approx(of.cost)
    assert paid(PaymentForm.ALIGNED, of, Terms(cost_share=0)).provider == pytest.approx(of.cost_if_nothing_done)
    none = Terms(gain_share=0, loss_share=0)
    assert paid(PaymentForm.SHARED_SAVINGS, of, none).payer == pytest.approx(activity)


# --- one pound more of care ---


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), form=st.sampled_from([form for form in FORMS if form is not PaymentForm.ALIGNED]))
def test_one_pound_more_adds_what_it_is_said_to_add(seed: int, form: PaymentForm) -> None:
    """Against a small step, in one line, of what is paid altogether."""
    of, step = some_care(seed), 1e-4
    up = np.zeros(of.units.shape)
    up[0] = step
    more = Care(**{**of.__dict__, "units": of.units - up})  # fewer, as where a scheme avoids care
    pounds = (step * of.price)[0]
    for part in ("provider", "holder", "kept"):
        changed = getattr(paid(form, of), part).sum(axis=0) - getattr(paid(form, more), part).sum(axis=0)
        assert changed / pounds == pytest.approx(getattr(marginal(form, of), part)[0], abs=1e-5)


def test_a_pound_of_care_under_each_form() -> None:
    fewer, more = one_line(90.0), one_line(110.0)
    rates = {form.value: marginal(form, fewer).provider.item() for form in FORMS}
    assert rates == pytest.approx(
        {
            "block": 0,
            "activity": 1,
            "blended": 0.2,
            "marginal": 1,
            "aligned": 0.5 * 40 / 100,
            "capitated": 1,
            "shared_savings": 1,
        }
    )
    assert marginal(PaymentForm.MARGINAL, more).provider.item() == 0.7
    assert marginal(PaymentForm.MARGINAL, one_line(100.0)).provider.item() == 1  # the pound below the threshold
    assert marginal(PaymentForm.CAPITATED, fewer).payer.item() == 0
    assert marginal(PaymentForm.SHARED_SAVINGS, fewer).payer.item() == 0.5
    assert marginal(PaymentForm.SHARED_SAVINGS, one_line(60.0)).payer.item() == 1  # the most is paid already
    assert marginal(PaymentForm.ALIGNED, one_line(100.0)).provider.item() == 0  # nothing was avoided


# --- by year ---


def test_a_proposal_holds_from_its_year_until_the_next() -> None:
    rows = [
        PaymentProposal(proposal="p", name="p", from_year="2018/19", form=PaymentForm.BLOCK, source="s"),
        PaymentProposal(proposal="p", name="p", form=PaymentForm.BLENDED, rate=0.3, source="s"),
    ]
    today = agreement_of(Contract(key="a", name="a", form=Payment.ACTIVITY, source="s"))
    found = timetable(YEARS, today, proposed(rows, "2017/18"))
    assert [each.form.value for each in found.agreements] == ["activity", "blended", "block"]
    of = some_care()
    whole = paid_over(found, of)
    for n, agreement in enumerate(found.agreements):
        alone = paid(agreement.form, of, agreement.terms)
        assert (whole.provider[:, n] == alone.provider[:, n]).all()
    assert marginal_over(found, of).provider[0, :, 0].tolist() == [1, 0.3, 0]


def test_a_budget_a_head_that_starts_later_still_counts_people_from_the_opening_year() -> None:
    of = some_care()
    late = paid_over(timetable(YEARS, Agreement(PaymentForm.BLOCK), {YEARS[2]: Agreement(PaymentForm.CAPITATED)}), of)
    assert late.payer[:, 2] == pytest.approx(of.price[:, 2] * of.planned[:, 0] * 1.03)


def test_a_contract_of_a_plan_keeps_its_rates() -> None:
    def terms(**given: Any) -> Terms:
        return agreement_of(Contract(key="k", name="n", source="s", **given)).terms

    assert terms(form=Payment.BLENDED, marginal=0.35).marginal == 0.35
    found = terms(form=Payment.MARGINAL, marginal=0.5, threshold=1.1)
    assert (found.above, found.threshold) == (0.5, 1.1)
    assert terms(form=Payment.MARGINAL).above == 1  # a plan that states no rate lets nothing be kept


# --- what is so of every form ---


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 999), form=st.sampled_from(FORMS), lead=st.sampled_from([None, "lead", "h"]))
def test_no_money_is_made_or_lost(seed: int, form: PaymentForm, lead: str | None) -> None:
    found = by_body(paid(form, some_care(seed)), ["c", "d", "h", "m", "lead"], payer="ccd", provider="hmh", holder=lead)
    assert found.shape == (5, 3, 4)
    assert found.sum(axis=0) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("form", FORMS)
def test_bodies_in_another_order_get_the_same(form: PaymentForm) -> None:
    flows = paid(form, some_care())
    found = by_body(flows, ["c", "h", "m"], payer="ccc", provider="hmh", holder="m")
    again = by_body(flows, ["m", "c", "h"], payer="ccc", provider="hmh", holder="m")
    assert (again == found[[2, 0, 1]]).all()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit", [1e-9, 1e6])
def test_the_unit_of_money_changes_no_answer(form: PaymentForm, unit: float) -> None:
    of = some_care()
    other = Care(
        **{**of.__dict__, **{name: unit * getattr(of, name) for name in ("price", "cost", "cost_if_nothing_done")}}
    )
    assert paid(form, other).payer == pytest.approx(unit * paid(form, of).payer, rel=1e-9)
    assert marginal(form, other).payer == pytest.approx(marginal(form, of).payer, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("form", FORMS)
def test_draws_in_another_order_change_nothing(form: PaymentForm) -> None:
    of, order = some_care(), [3, 1, 0, 2]
    other = Care(**{name: values[..., order] for name, values in of.__dict__.items()})
    assert (paid(form, other).payer == paid(form, of).payer[..., order]).all()


@pytest.mark.parametrize("form", FORMS)
def test_a_form_can_be_recorded_before_its_numbers_are_known(form: PaymentForm) -> None:
    """Units and costs are unknown, price and plan are not: as where a plan is worked out draw by draw."""
    of = some_care(draws=1)
    change = timetable(YEARS, Agreement(PaymentForm.ACTIVITY), {YEARS[1]: Agreement(form)})

    def flows(unknown: Any) -> Any:
        units, undone, cost = (unknown[n] for n in range(3))
        known = care(
            price=of.price[..., 0],
            units=units,
            planned=of.planned[..., 0],
            units_if_nothing_done=undone,
            cost=cost,
            cost_if_nothing_done=100.0 * undone,
            people=np.array([1000.0, 1010.0, 1030.0]),
        )
        pounds = by_body(paid_over(change, known), "chm", payer="ccc", provider="hmh", holder="m")
        return np.stack([pounds, marginal_over(change, known).payer])

    any_of = np.random.default_rng(3)
    same_when_recorded(flows, any_of.uniform(70, 130, (5, 3, 3, 3)) * np.array([1, 1, 100])[:, None, None])


# --- refusals ---


def test_what_cannot_be_paid_for_is_refused() -> None:
    bare = care(price=[[1.0]], units=[[1.0]], planned=[[1.0]])
    for form, missing in (("aligned", "cost"), ("capitated", "people"), ("shared_savings", "units if nothing done")):
        with pytest.raises(Impossible, match=rf"needs {missing}"):
            paid(PaymentForm(form), bare)
    with pytest.raises(Impossible, match=r"marginal 1\.2; expected 0 to 1"):
        paid(PaymentForm.BLENDED, bare, Terms(marginal=1.2))
    with pytest.raises(Impossible, match=r"threshold -0\.5; expected 0 or more"):
        paid(PaymentForm.MARGINAL, bare, Terms(threshold=-0.5))
    with pytest.raises(Impossible, match="quality nan"):
        shared_savings([1.0], [1.0], Terms(quality=math.nan))


def test_arrays_that_do_not_fit_are_refused() -> None:
    good = {"price": [[1.0, 1.0]], "units": [[1.0, 1.0]], "planned": [[1.0, 1.0]]}
    for wrong, told in (
        ({"units": [[1.0, math.nan]]}, r"units has the value nan at \(0, 1\)"),
        ({"units": [[1.0, math.inf]]}, "units has the value inf"),
        ({"planned": [[1.0]]}, "planned has 1 on the axis of the year; the price has 2"),
        ({"units": [1.0, 1.0]}, "units has 1 axes; expected line, year"),
        ({"people": [1.0]}, "people has 1 on the axis of the year"),
        ({"units": [["many", "few"]]}, "no array of numbers"),
        ({"units": np.ones((1, 2, 3)), "cost": np.ones((1, 2, 4))}, "do not fit together"),
    ):
        with pytest.raises(Impossible, match=told):
            care(**{**good, **wrong})


def test_years_and_bodies_that_are_not_there_are_refused() -> None:
    with pytest.raises(Impossible, match="from 2030/31; the years are 2016/17"):
        timetable(YEARS, Agreement(PaymentForm.BLOCK), {"2030/31": Agreement(PaymentForm.ACTIVITY)})
    with pytest.raises(Impossible, match="care has 3 years; the timetable has 1"):
        paid_over(Timetable(YEARS[:1], (Agreement(PaymentForm.BLOCK),)), some_care())
    row = PaymentProposal(proposal="p", name="p", form=PaymentForm.BLOCK, source="s")
    with pytest.raises(Impossible, match="p has two forms of payment from 2017/18"):
        proposed([row, row], "2017/18")
    flows = Paid(**dict.fromkeys(("provider", "holder", "kept"), np.ones((1, 1))))
    with pytest.raises(Impossible, match="x is not among the bodies"):
        by_body(flows, ["c", "h"], payer=["c"], provider=["x"])
    with pytest.raises(Impossible, match="2 payers for 1 lines"):
        by_body(flows, ["c", "h"], payer=["c", "c"], provider=["h"])
