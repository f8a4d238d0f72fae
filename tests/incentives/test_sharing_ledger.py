"""What schemes do to each body, line by line, by hand on the home-first place. £m a year unless it says so."""

from __future__ import annotations

from typing import Any

import pytest

from incentives.home_first_place import (
    COUNCIL,
    FULL,
    RELEASED,
    TEAM,
    YEARS,
    S,
    cost,
    effect,
    home_first_place,
    more,
    scheme,
)
from tripleaim.incentives.bearings import bearings
from tripleaim.incentives.edges import edges
from tripleaim.incentives.margins import margins
from tripleaim.incentives.payoffs import Payoffs, payoffs
from tripleaim.incentives.played import gained
from tripleaim.incentives.record import ControlTotalEdge
from tripleaim.incentives.ways import ways
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, BedPool, Care, PlannedUnits
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.indicator import Gap, Indicator, Scale
from tripleaim.plan.money import ControlTotal, Index, Tariff
from tripleaim.plan.payment_proposal import PaymentForm, PaymentProposal
from tripleaim.plan.scheme import CostKind, EffectKind
from tripleaim.projection.axes import axes
from tripleaim.projection.project import run_worlds
from tripleaim.projection.worlds import worlds
from tripleaim.quantities import certain

Told = dict[tuple[str, str, str], list[float]]


def lines(ledger: Payoffs) -> Told:
    """(body, scheme, line) → by year, pounds as £m."""
    return {
        (row.body, row.scheme, row.line): [amount / (1e6 if row.unit == "GBP" else 1.0) for amount in row.by_year]
        for row in ledger.rows
    }


def assert_lines(plan: Plan, wanted: dict[tuple[str, str, str], Any]) -> None:
    """Every line is told, and no other."""
    found = lines(payoffs(plan))
    every = {key: amount if isinstance(amount, list) else [amount] * YEARS for key, amount in wanted.items()}
    assert found.keys() == every.keys()
    for key, amounts in every.items():
        assert found[key] == pytest.approx(amounts, abs=1e-6), key


HOME_FIRST = {
    ("c", "home_first", "payment"): FULL,
    ("h", "home_first", "payment"): -FULL,
    ("h", "home_first", "cost"): RELEASED * FULL,
    ("h", "home_first", "stranded"): (1 - RELEASED) * FULL,
    ("m", "home_first", "investment"): -TEAM,
    ("l", "home_first", "investment"): -COUNCIL,
}


def test_every_line_of_the_home_first_scheme() -> None:
    assert_lines(home_first_place(), HOME_FIRST)


def test_set_up_the_cost_of_change_and_double_running_stand_in_their_years() -> None:
    plan = more(
        home_first_place(),
        costs=(
            cost("a", "m", 1.0, CostKind.SETUP, year="2016/17"),
            cost("b", "h", 0.4, CostKind.DISRUPTION, year="2017/18"),
            cost("d", "h", 0.1, CostKind.DOUBLE_RUNNING, months=15),
        ),
    )
    new = {
        ("m", "home_first", "investment"): [-TEAM - 1.0] + [-TEAM] * 4,
        ("h", "home_first", "investment"): [0.0, -0.4, 0.0, 0.0, 0.0],
        ("h", "home_first", "double_running"): [-1.2, -0.3, 0.0, 0.0, 0.0],
    }
    assert_lines(plan, HOME_FIRST | new)


def test_a_trust_pays_a_return_and_wears_its_building_down_and_a_council_repays_with_interest() -> None:
    """10 over ten years; a return of 3.5 % on the mean of what is left at either end, interest of 3 % on what was owed
    at the beginning."""
    plan = more(
        home_first_place(),
        costs=tuple(cost(body, body, 10.0, CostKind.CAPITAL, year="2016/17", life=10.0) for body in "hl"),
    )
    left = [10.0 - year for year in range(YEARS)]
    new = {
        ("h", "home_first", "investment"): [-0.035 * 5.0, *(-1.0 - 0.035 * (each - 0.5) for each in left[:-1])],
        ("l", "home_first", "investment"): [-COUNCIL, *(-COUNCIL - 1.0 - 0.03 * each for each in left[:-1])],
    }
    assert_lines(plan, HOME_FIRST | new)


def test_savings_are_cost_that_stops_and_transfers_are_agreed_money_that_somebody_pays() -> None:
    plan = more(
        home_first_place(),
        schemes=(scheme("office", "m"), scheme("fund", "m")),
        effects=(
            effect("office", EffectKind.SAVE, "m_all", 0.01),
            effect("fund", EffectKind.INCOME, "m", 1e6, counterparty="l"),
            effect("fund", EffectKind.INCOME, "h", 2e6, counterparty="outside:charity"),
        ),
    )
    new = {
        ("m", "office", "cost"): 1.5,
        ("m", "fund", "agreed"): 1.0,
        ("l", "fund", "agreed"): -1.0,
        ("h", "fund", "agreed"): 2.0,
        ("outside:charity", "fund", "agreed"): -2.0,
    }
    assert_lines(plan, HOME_FIRST | new)


def test_what_is_left_stranded_and_what_stops_rise_with_cost_and_a_price_held_in_cash_does_not() -> None:
    plan = home_first_place()
    line = plan.activity[0].model_copy(update={"cost_index": "fees"})
    plan = more(
        plan.model_copy(update={"activity": (line,)}),
        indices=tuple(Index(index="fees", year=year, change=certain(0.1), **S) for year in plan.years),
    )
    dearer = [FULL * 1.1 ** (year + 1) for year in range(YEARS)]
    new = {
        ("h", "home_first", "cost"): [RELEASED * each for each in dearer],
        ("h", "home_first", "stranded"): [(1 - RELEASED) * each for each in dearer],
    }
    assert_lines(plan, HOME_FIRST | new)


def test_more_care_is_paid_for_costs_more_and_leaves_nothing_stranded() -> None:
    plan = home_first_place().model_copy(update={"schemes": (), "effects": (), "costs": ()})
    plan = more(
        plan,
        schemes=(scheme("offer", "h"),),
        effects=(effect("offer", EffectKind.AVOID, "admissions", -0.1),),
    )
    assert_lines(
        plan,
        {
            ("c", "offer", "payment"): -5.0,
            ("h", "offer", "payment"): 5.0,
            ("h", "offer", "cost"): -RELEASED * 5.0,
        },
    )


def with_wards() -> Plan:
    """10,000 stays of 3.65 days fill 100 beds; a tenth is avoided. A stay costs 100 pounds beside its ward, 1,000 with
    all, and a bed 50,000 a year."""
    stays = ActivityLine(
        key="stays",
        name="Stays",
        care=Care.NON_ELECTIVE,
        population="tiny",
        provider="h",
        commissioner="c",
        unit="spell",
        baseline=10_000.0,
        unit_cost=1000.0,
        variable_cost=100.0,
        length_of_stay=3.65,
        bed_pool="beds",
        contract="care",
        **S,
    )
    return more(
        home_first_place(),
        activity=(stays,),
        capacity=(BedPool(key="beds", name="Beds", provider="h", open_beds=100.0, ward_cost=50_000.0, **S),),
        schemes=(scheme("visits", "m"),),
        effects=(effect("visits", EffectKind.AVOID, "stays", 0.1, stay_ratio=1.0, cost_ratio=1.0),),
    )


def test_a_scheme_alone_is_told_with_parts_of_wards_and_what_whole_wards_keep_open_beside_it() -> None:
    new = {
        ("c", "visits", "payment"): 1.0,
        ("h", "visits", "payment"): -1.0,
        ("h", "visits", "cost"): 0.1 + 0.5,  # ten beds
        ("h", "visits", "stranded"): 0.4,
        ("h", "visits", "beds"): 10.0,
        ("h", "", "cost"): -0.5,  # ten beds are less than a ward
        ("h", "", "beds"): -10.0,
    }
    assert_lines(with_wards(), HOME_FIRST | new)


def measure(key: str, *, better_high: bool, **place: str) -> Indicator:
    return Indicator(
        key=key,
        name=key,
        gap=Gap.CARE,
        scale=Scale.RATE,
        higher_is_better=better_high,
        baseline=5.0,
        **place,
        **S,
    )


@pytest.mark.parametrize(("sizes", "counted"), [((0.1, 0.1), 2.0), ((0.1, -0.1), None), ((-0.1, 0.0), -1.0)])
def test_what_gets_better_counts_whichever_way_is_better(sizes: tuple[float, float], counted: float | None) -> None:
    plan = more(
        home_first_place(),
        indicators=(
            measure("more", better_high=True, provider="h"),
            measure("fewer", better_high=False, line="admissions"),
            measure("nowhere", better_high=True),
        ),
        schemes=(scheme("care", "h"),),
        effects=tuple(
            effect("care", EffectKind.IMPROVE, key, size) for key, size in zip(("more", "fewer"), sizes, strict=True)
        ),
    )
    assert_lines(plan, HOME_FIRST | ({} if counted is None else {("h", "care", "quality"): counted}))


@pytest.mark.parametrize(
    ("kept_for", "payer", "others"),
    [
        ("none", 0.7 * FULL, {}),
        ("outside:visits", FULL, {("outside:visits", "home_first", "payment"): -0.3 * FULL}),
        ("l", FULL, {("l", "home_first", "payment"): -0.3 * FULL, ("l", "home_first", "cost"): 0.3 * FULL}),
    ],
)
def test_what_a_marginal_rate_keeps_is_the_payers_or_goes_to_its_stated_use(
    kept_for: str, payer: float, others: dict[tuple[str, str, str], float]
) -> None:
    plan = home_first_place()
    marginal = Contract(
        key="care", name="Care", form=Payment.MARGINAL, marginal=0.7, threshold=0.5, kept_for=kept_for, **S
    )
    plan = plan.model_copy(update={"contracts": (marginal,)})
    paid = {("c", "home_first", "payment"): payer, ("h", "home_first", "payment"): -0.7 * FULL}
    assert_lines(plan, HOME_FIRST | paid | others)
    found = today(plan)
    assert found["c"] == pytest.approx(payer)
    assert found["h"] == pytest.approx((RELEASED - 0.7) * FULL)
    assert found["l"] == pytest.approx(-COUNCIL)
    activity = today(plan, "activity")
    assert activity == pytest.approx(today(home_first_place()))  # another form has no use to keep anything for


def today(plan: Plan, way: str = "today", year: int = -1) -> dict[str, float]:
    """What each member gains in one year with all schemes."""
    names = axes(plan)
    found = gained(run_worlds(plan, worlds(names, [names.schemes])), ways(plan))[way][:, year, 0]
    return dict(zip(names.nodes[: names.members], (found / 1e6).tolist(), strict=True))


def with_visits(volume: float = 10.0) -> Plan:
    """The community trust gives visits worth some millions; a tenth is avoided and half of it released."""
    visits = ActivityLine(
        key="visits",
        name="Visits",
        care=Care.OUTPATIENT,
        population="tiny",
        provider="m",
        commissioner="c",
        unit="visit",
        baseline=1000.0 * volume,
        unit_cost=1000.0,
        release_share=certain(0.5),
        contract="care",
        **S,
    )
    return more(
        home_first_place(), activity=(visits,), effects=(effect("home_first", EffectKind.AVOID, "visits", 0.1),)
    )


@pytest.mark.parametrize(
    ("way", "payer", "hospital", "trust"),
    [
        ("block", 0.0, 0.0, 0.0),
        ("activity", 8.5, -7.5, -1.0),
        ("blended", 1.7, -1.5, -0.2),
        ("marginal", 8.5, -7.5, -1.0),
        ("aligned", 0.5 * (5.4 + 0.5), -0.5 * 5.4, -0.5 * 0.5),
        ("capitated", 0.0, -7.5 + 8.5, -1.0),
        ("shared_savings", 4.25, -7.5 + 4.25, -1.0),
    ],
)
def test_each_form_pays_two_providers_what_it_says(way: str, payer: float, hospital: float, trust: float) -> None:
    """The hospital gives most care, so it holds the budget and the shares of savings."""
    wanted = {"c": payer, "h": hospital + 5.4, "m": trust + 0.5 - TEAM, "l": -COUNCIL}
    assert today(with_visits(), way) == pytest.approx(wanted)


def test_the_provider_that_gives_most_care_in_the_opening_year_holds_the_budget() -> None:
    found = today(with_visits(volume=60.0), "capitated")
    assert (found["h"], found["m"]) == pytest.approx((5.4 - 7.5, 7.5 + 3.0 - TEAM))


def test_one_that_is_to_give_most_care_in_later_years_alone_holds_no_budget() -> None:
    units = tuple(PlannedUnits(line="visits", year=year, units=60_000.0, **S) for year in home_first_place().years[2:])
    found = today(more(with_visits(volume=40.0), planned_units=units), "capitated")
    assert (found["h"], found["m"]) == pytest.approx((5.4 + 4.0, -4.0 + 2.0 - TEAM))


def test_other_forms_pay_at_the_price_of_the_list_and_plan_the_units_the_contract_plans() -> None:
    """A price of 900 that rises by a tenth a year; 25,000 units planned of the 42,500 that are left of 50,000."""
    plan = home_first_place()
    line = plan.activity[0].model_copy(update={"price": 900.0})
    contract = plan.contracts[0].model_copy(update={"tariff": "list"})
    plan = plan.model_copy(update={"activity": (line,), "contracts": (contract,)})
    plan = more(
        plan,
        tariffs=tuple(Tariff(tariff="list", year=year, inflation=certain(0.1), **S) for year in plan.years),
        planned_units=tuple(PlannedUnits(line="admissions", year=year, units=25_000.0, **S) for year in plan.years),
    )
    avoided = 0.9 * FULL * 1.1**3
    for way, paid in (("today", 1.0), ("activity", 1.0), ("blended", 0.2), ("block", 0.0), ("marginal", 0.7)):
        assert today(plan, way, 2)["c"] == pytest.approx(paid * avoided), way
    assert today(plan, "shared_savings", 2)["c"] == pytest.approx(0.5 * avoided)


def test_what_is_paid_as_its_cost_falls_is_no_contract_to_be_changed() -> None:
    plan = with_visits()
    lines = tuple(row.model_copy(update={"contract": ""}) if row.key == "visits" else row for row in plan.activity)
    plan = plan.model_copy(update={"activity": lines})
    for way, paid in (("today", 7.5), ("block", 0.0)):
        assert today(plan, way) == pytest.approx({"c": paid + 0.5, "h": 5.4 - paid, "m": -TEAM, "l": -COUNCIL})


def test_a_proposal_holds_from_its_year_and_todays_contracts_before_it() -> None:
    rows = tuple(
        PaymentProposal(proposal="later", name="Later", from_year=year, form=form, rate=rate, **S)
        for year, form, rate in (("2018/19", PaymentForm.BLENDED, 0.4), ("2019/20", PaymentForm.BLOCK, None))
    )
    plan = more(home_first_place(), payment_proposals=rows)
    found = [today(plan, "later", year)["h"] for year in range(YEARS)]
    assert found == pytest.approx([-2.1, -2.1, 5.4 - 0.4 * FULL, 5.4, 5.4])
    assert today(plan, "block")["h"] == pytest.approx(5.4)


def test_cost_borne_income_lost_and_gain_make_the_mismatch() -> None:
    plan = more(home_first_place(), costs=(cost("share", "c", 1.0),))
    (found,) = bearings(payoffs(plan), rate=0.1)
    worth = sum(1.1**-year for year in range(YEARS))
    assert found.cost == pytest.approx({"c": 1e6 * worth, "l": COUNCIL * 1e6 * worth, "m": TEAM * 1e6 * worth})
    assert found.benefit == pytest.approx({"c": 7.5e6 * worth, "h": -2.1e6 * worth})
    assert found.system == pytest.approx((2.3 - 1.0) * 1e6 * worth)
    assert found.mismatch == pytest.approx(5.2 / 6.2)  # of 6.2 borne or lost, the one who gains bears 1
    assert found.paid_to_refuse == ("h", "l", "m")
    assert found.effort == pytest.approx(5.4 / 4.1)
    assert found.must_keep == pytest.approx(4.1 / 5.4)


def test_nobody_is_paid_to_refuse_what_the_place_loses_by_and_no_share_of_nothing_need_be_kept() -> None:
    (found,) = bearings(payoffs(more(home_first_place(), costs=(cost("share", "c", 9.0),))), rate=0.0)
    assert (found.system, found.paid_to_refuse, found.must_keep) == (pytest.approx(-33.5e6), (), None)
    assert found.effort == pytest.approx(5.4 / 12.1)
    free = more(home_first_place(), schemes=(scheme("office", "m"),))
    free = more(free, effects=(effect("office", EffectKind.SAVE, "m_all", 0.01),))
    found = bearings(payoffs(free, ["office"]), rate=0.0)[0]
    assert (found.effort, found.must_keep, found.mismatch) == (None, None, 0.0)


def test_each_provider_whose_care_is_avoided_is_tested_by_itself() -> None:
    found = {each.provider: (each.paid, each.released, each.holds) for each in margins(with_visits(), ["home_first"])}
    assert found == {"h": pytest.approx((1.0, 0.72, False)), "m": pytest.approx((1.0, 0.5, False))}
    (blended,) = margins(home_first_place(form=Payment.BLENDED, marginal=0.2), ["home_first"])
    assert (blended.paid, blended.released, blended.holds) == pytest.approx((0.2, 0.72, True))
    (wards,) = margins(with_wards(), ["visits"])
    assert (wards.paid, wards.released) == pytest.approx((1.0, 0.6))


def test_a_scheme_that_avoids_next_to_nothing_or_brings_more_care_is_no_test() -> None:
    plan = more(home_first_place(), schemes=(scheme("little", "m"), scheme("growing", "m")))
    plan = more(
        plan,
        effects=(
            effect("little", EffectKind.AVOID, "admissions", 0.0009),
            effect("growing", EffectKind.AVOID, "admissions", -0.1),
        ),
    )
    assert [each.scheme for each in margins(plan, axes(plan).schemes)] == ["home_first"]


def edge(plan: Plan, total: ControlTotal) -> tuple[ControlTotalEdge, ...]:
    names = axes(plan)
    return edges(more(plan, control_totals=(total,)), run_worlds(plan, worlds(names, [(), names.schemes])))


def control(amount: float, fund: float = 9.0, body: str = "h", year: str = "2016/17") -> ControlTotal:
    return ControlTotal(organisation=body, year=year, amount=amount * 1e6, fund=fund * 1e6, **S)


def test_a_scheme_that_costs_two_really_costs_eleven_where_a_fund_of_nine_hangs_on_one() -> None:
    """Method note 15: headroom 1.0, cost 2.1, fund 9.0."""
    (found,) = edge(home_first_place(), control(-1.0))
    assert (found.body, found.year, found.fund) == ("h", "2016/17", 9e6)
    told = (found.headroom_nothing, found.headroom_with, found.lost, found.true_cost, found.transfer)
    assert [each / 1e6 for each in told] == pytest.approx([1.0, -1.1, 9.0, 11.1, 1.1])


def test_a_fund_is_lost_quarter_by_quarter_as_the_rule_of_the_year_has_it() -> None:
    """Half of the year's result by the third quarter and all of it by the fourth: with less, two quarters are lost."""
    uneven = control(-1.0).model_copy(update={"phasing": "0;0;0.5;1", "ae_met": "no;no;no;no"})
    (found,) = edge(home_first_place(), uneven)
    each = 9.0 / 4 * 0.875  # a quarter of the fund without its part for A&E
    told = (found.fund_nothing, found.fund_with, found.lost, found.transfer)
    kept_by_two_quarters = (
        2  # nought and half of -2.1 are above a quarter and half of -1, but not three quarters or all
    )
    wanted = (4 * each, kept_by_two_quarters * each, 2 * each, 1.1)
    assert [one / 1e6 for one in told] == pytest.approx(wanted)


@pytest.mark.parametrize("amount", [-3.0, 1.0])
def test_a_fund_that_is_kept_or_missed_already_is_not_lost(amount: float) -> None:
    (found,) = edge(home_first_place(), control(amount))
    assert found.headroom_with == pytest.approx(-2.1e6 - amount * 1e6)
    assert (found.lost, found.true_cost, found.transfer) == (0.0, 0.0, 0.0)


def test_one_off_money_counts_in_its_year_alone() -> None:
    plan = more(home_first_place(), costs=(cost("a", "m", 1.0, CostKind.SETUP, year="2016/17"),))
    (first,) = edge(plan, control(-3.0, 2.0, "m"))
    (then,) = edge(plan, control(-3.0, 2.0, "m", "2017/18"))
    assert (first.headroom_with, first.true_cost) == pytest.approx((-0.6e6, 5.6e6))
    assert (then.headroom_with, then.true_cost) == pytest.approx((0.4e6, 0.0))


def test_a_control_total_without_a_fund_or_outside_the_plan_is_no_edge() -> None:
    plan = home_first_place()
    assert edge(plan, control(-1.0, fund=0.0)) == ()
    assert edge(plan, control(-1.0, year="2030/31")) == ()
    assert edge(plan, control(-1.0, body="nobody")) == ()
