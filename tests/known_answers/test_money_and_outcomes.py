"""Payments, funds, capital, councils and outcomes, worked by hand (method notes 6, 7 and 13)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from known_answers.entered import S, body, cost, effect, entered, given, index, scheme
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, BedPool, Care, PlannedUnits
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.indicator import Gap, Indicator, IndicatorGroup, Scale
from tripleaim.plan.money import AfterGap, ControlTotal, CouncilMeasure, Tariff
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.scheme import CostKind, EffectKind, SchemeCost
from tripleaim.projection import project, run_cases
from tripleaim.quantities import certain, financial_year

YEARS = tuple(financial_year(2015 + n) for n in range(7))


def line(**more: Any) -> ActivityLine:
    row: dict[str, Any] = {"key": "care", "name": "Care", "care": Care.OTHER, "population": "area", "unit": "unit"}
    row |= {"provider": "trust", "commissioner": "payer", "baseline": 1000.0, "unit_cost": 100.0, **more}
    return ActivityLine(**row, **S)


def place(years: int = 1, **tables: Any) -> Plan:
    rows: dict[str, Any] = {
        "organisations": (body("payer"), body("trust", Role.PROVIDER), body("council", Role.COUNCIL)),
        "budgets": (cost("trust.all", "trust", 1e8),),
    }
    return entered(YEARS[: years + 1], **{**rows, **tables})


# --- payments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "terms", "paid"),
    [
        (Payment.BLOCK, {}, 1100 * 50),
        (Payment.ACTIVITY, {}, 1200 * 50),
        (Payment.BLENDED, {"marginal": 0.2}, 0.8 * 1100 * 50 + 0.2 * 1200 * 50),
        (Payment.MARGINAL, {"marginal": 0.7, "threshold": 1.0}, 1100 * 50 + 0.7 * 100 * 50),
        (Payment.MARGINAL, {"marginal": 0.7, "threshold": 1.2}, 1200 * 50),
    ],
)
def test_each_form_of_contract_pays_by_its_own_rule(form: Payment, terms: dict[str, float], paid: float) -> None:
    """1,200 units at £50 where 1,100 are planned, and a price list that rises 3 % less 2 %."""
    plan = place(
        activity=(line(price=50.0, contract="c", growth=certain(0.2)),),
        contracts=(Contract(key="c", name="C", form=form, tariff="national", **terms, **S),),
        planned_units=(PlannedUnits(line="care", year=YEARS[1], units=1100.0, **S),),
        tariffs=(Tariff(tariff="national", year=YEARS[1], inflation=certain(0.03), efficiency=certain(0.02), **S),),
    )
    run = run_cases(plan)
    flow = run.ledger.flows["care", "payer", "trust", True]
    assert flow[1, run.cases.at("funding_growth")] == pytest.approx(paid * 1.01)


def test_what_a_marginal_rate_keeps_is_spent_on_its_stated_use_or_stays_with_the_payer() -> None:
    """200 units above 1,000 at £50, 30 % kept: £3,000."""
    for use, expected in (("none", 0.0), ("outside:avoidance", 3000.0)):
        contract = Contract(
            key="c", name="C", form=Payment.MARGINAL, marginal=0.7, threshold=1.0, kept_for=use, **S
        )  # fmt: skip
        plan = place(activity=(line(price=50.0, contract="c", growth=certain(0.2)),), contracts=(contract,))
        run = run_cases(plan)
        payer = run.axes.nodes.index("payer")
        position = run.recurrent[payer, 1, run.cases.at("funding_growth")]
        assert position == pytest.approx(-(1000 * 50 + 0.7 * 200 * 50) - expected)


def test_an_efficiency_factor_moves_the_gap_to_the_provider_and_not_out_of_the_system() -> None:
    def gap(efficiency: float) -> dict[str, float]:
        plan = place(
            activity=(line(contract="c"),),
            contracts=(Contract(key="c", name="C", form=Payment.ACTIVITY, tariff="n", **S),),
            tariffs=(Tariff(tariff="n", year=YEARS[1], inflation=certain(0.03), efficiency=certain(efficiency), **S),),
        )
        run = run_cases(plan)
        return {name: float(run.short_of(name, "funding_growth")[1]) for name in ("payer", "trust")}

    before, after = gap(0.0), gap(0.02)
    assert after["trust"] - before["trust"] == pytest.approx(2000)
    assert after["payer"] - before["payer"] == pytest.approx(-2000)


def test_care_outside_the_accounts_is_paid_what_it_costs() -> None:
    """1,000 units at £100, growth 20 % at a growth share of 0.8, prices + 5 %: (100,000 + 16,000) x 1.05."""
    plan = place(
        organisations=(body("payer"), body("trust", Role.PROVIDER, accounts=False)),
        budgets=(),
        activity=(line(growth=certain(0.2), cost_index="pay"),),
        indices=index("pay", {YEARS[0]: 1.0, YEARS[1]: 1.05}),
    )
    run = run_cases(plan)
    flow = run.ledger.flows["care", "payer", "outside:trust", True][:, run.cases.at("funding_growth")]
    assert flow[:2] == pytest.approx([100000, 116000 * 1.05])


# --- capital ----------------------------------------------------------------------------------------------------------


def capital(organisation: str, life: float) -> dict[str, np.ndarray]:
    plan = place(
        years=5,
        schemes=(scheme("s", "2016-04"),),
        costs=(
            SchemeCost(
                key="k", scheme="s", kind=CostKind.CAPITAL, organisation=organisation, year=YEARS[1], amount=10e6,
                life=life, **S,
            ),
        ),
    )  # fmt: skip
    run = run_cases(plan)
    flows = run.ledger.flows
    return {kind: flows[kind, a, b, r][:, run.cases.at("hoped")] for (kind, a, b, r) in flows if a == organisation}


def test_a_trust_pays_a_return_on_average_net_assets_and_writes_down_in_equal_parts() -> None:
    """10 m over 4 years: net assets at the end 10, 7.5, 5, 2.5, 0 m; average 5, 8.75, 6.25, 3.75, 1.25 m."""
    paid = capital("trust", 4.0)
    returns = [0, *(0.035 * a * 1e6 for a in (5, 8.75, 6.25, 3.75, 1.25)), 0]
    assert paid["return on capital"] == pytest.approx(returns)
    assert paid["depreciation"] == pytest.approx([0, 0, 2.5e6, 2.5e6, 2.5e6, 2.5e6, 0])


def test_a_council_repays_in_equal_parts_and_pays_interest_on_what_it_owes() -> None:
    """10 m over 4 years at 3 %: from the year after, 2.5 m and interest on 10, 7.5, 5, 2.5 m."""
    paid = capital("council", 4.0)["repayment and interest"]
    expected = [0, 0, *(2.5e6 + 0.03 * owed * 1e6 for owed in (10, 7.5, 5, 2.5)), 0]
    assert paid == pytest.approx(expected)


def test_a_commissioner_pays_no_charge_on_capital() -> None:
    assert not any(kind in capital("payer", 4.0) for kind in ("return on capital", "depreciation"))


# --- funds and control totals -----------------------------------------------------------------------------------------


def fund(position: float, **more: Any) -> float:
    total = ControlTotal(organisation="payer", year=YEARS[1], amount=1e6, fund=8e6, **more, **S)
    plan = place(
        organisations=(body("payer"),),
        budgets=(cost("running", "payer", 1e7),),
        allocations=given("payer", {YEARS[0]: 1e7, YEARS[1]: 1e7 + position}),
        control_totals=(total,),
    )
    found = next(row for row in project(plan).control_totals if row.case == "hoped")
    assert found.position == pytest.approx(position)
    assert found.met is (position >= 1e6)
    assert found.missed_costs == pytest.approx(8e6 - found.fund_earned)
    return found.fund_earned


def test_the_fund_of_2016_pays_70_for_money_and_12_and_a_half_twice_and_5_for_trajectories() -> None:
    """A quarter of 8 m a quarter: 2 m. Missing A&E in one quarter costs 12.5 % of 2 m, and so on."""
    assert fund(1e6) == pytest.approx(8e6)
    assert fund(1e6, ae_met="yes;no;yes;yes") == pytest.approx(8e6 - 0.125 * 2e6)
    assert fund(1e6, waiting_met="no;no;yes;yes") == pytest.approx(8e6 - 2 * 0.125 * 2e6)
    assert fund(1e6, cancer_met="no;no;no;no") == pytest.approx(8e6 * 0.95)
    nothing = "no;no;no;no"
    assert fund(1e6, ae_met=nothing, waiting_met=nothing, cancer_met=nothing) == pytest.approx(8e6 * 0.7)


def test_money_is_the_gate_quarter_by_quarter_so_late_phasing_loses_early_quarters() -> None:
    assert fund(0.9e6) == 0
    assert fund(1e6, phasing="0.1;0.4;0.75;1") == pytest.approx(4e6)


# --- councils ---------------------------------------------------------------------------------------------------------


def test_a_council_shows_its_gap_first_then_precept_and_charges_then_reserves_down_to_the_least() -> None:
    """Gap of 10 m; 3 m precept, 1 m charges; 5 m of reserves asked, but only 4 m may be used: 2 m still to find."""
    council = Organisation(
        key="council", name="Council", role=Role.COUNCIL, place="area", reserves=7e6, least_reserves=3e6, **S
    )
    measures = tuple(
        CouncilMeasure(organisation="council", year=YEARS[1], kind=kind, amount=amount, **S)
        for kind, amount in ((AfterGap.NEW_PRECEPT, 3e6), (AfterGap.NEW_CHARGES, 1e6), (AfterGap.RESERVES, 5e6))
    )
    plan = place(
        organisations=(council,),
        budgets=(cost("services", "council", 5e7),),
        allocations=given("council", {YEARS[0]: 5e7, YEARS[1]: 4e7}),
        council_measures=measures,
    )
    found = next(row for row in project(plan).councils if row.case == "do_nothing")
    assert (found.gap, found.new_precept, found.new_charges) == pytest.approx((10e6, 3e6, 1e6))
    assert (found.reserves_used, found.reserves_left, found.still_to_find) == pytest.approx((4e6, 3e6, 2e6))
    assert project(plan).scope("council").do_nothing[0] == pytest.approx(10e6)


def test_money_a_council_gets_once_covers_its_gap_before_reserves_and_is_no_part_of_the_gap() -> None:
    """Gap 10 m; a grant of 3 m for one year leaves 7 m, of which reserves may meet 4 m: 3 m still to find."""
    once = tuple(row.model_copy(update={"recurrent": False}) for row in given("council", {YEARS[1]: 3e6}, "relief"))
    plan = place(
        organisations=(body("council", Role.COUNCIL, reserves=9e6, least_reserves=1e6),),
        budgets=(cost("services", "council", 5e7),),
        allocations=(*given("council", {YEARS[0]: 5e7, YEARS[1]: 4e7}), *once),
        council_measures=(
            CouncilMeasure(organisation="council", year=YEARS[1], kind=AfterGap.RESERVES, amount=4e6, **S),
        ),
    )
    found = next(row for row in project(plan).councils if row.case == "hoped")
    assert (found.gap, found.one_off, found.reserves_used) == pytest.approx((10e6, -3e6, 4e6))
    assert (found.still_to_find, found.reserves_left) == pytest.approx((3e6, 5e6))


def test_money_pooled_between_members_vanishes_when_scopes_are_added() -> None:
    def gaps(pooled: float) -> dict[str, float]:
        rows = given("payer", dict.fromkeys(YEARS[:2], 50000000.0)) + given(
            "council", dict.fromkeys(YEARS[:2], 20000000.0)
        )
        fund_ = tuple(
            row.model_copy(update={"kind": "better_care_fund", "amount": pooled, "counterparty": "payer"})
            for row in rows[2:]
        )
        plan = place(
            organisations=(body("payer"), body("council", Role.COUNCIL)),
            budgets=(cost("a", "payer", 5e7), cost("b", "council", 2e7)),
            allocations=(*rows, *fund_),
        )
        return {scope: project(plan).scope(scope).do_nothing[0] for scope in ("nhs", "council", "both")}

    assert gaps(4e6)["both"] == pytest.approx(gaps(0.0)["both"])
    assert gaps(4e6)["nhs"] - gaps(0.0)["nhs"] == pytest.approx(4e6)


def test_rent_one_trust_pays_another_arrives_there_and_stays_within_the_first_ones_whole_cost() -> None:
    """Of 100 m a year, 4 m is rent to the other trust; with 10 % on its index the rent is 4.4 m a year later."""
    plan = place(
        organisations=(body("trust", Role.PROVIDER), body("landlord", Role.PROVIDER)),
        budgets=(
            cost("trust.pay", "trust", 96e6),
            cost("trust.rent", "trust", 4e6, counterparty="landlord", index="rent"),
            cost("landlord.all", "landlord", 7e6),
        ),
        indices=index("rent", {YEARS[0]: 1.0, YEARS[1]: 1.1}),
    )
    run = run_cases(plan)
    at, nodes = run.cases.at("funding_growth"), run.axes.nodes
    assert run.recurrent[nodes.index("trust"), :2, at] == pytest.approx([-100e6, -100.4e6])
    assert run.recurrent[nodes.index("landlord"), :2, at] == pytest.approx([-3e6, -2.6e6])
    assert run.recurrent[nodes.index("outside:resources"), :2, at] == pytest.approx([103e6, 103e6])


def test_what_business_rules_ask_is_a_second_line_and_not_in_the_gap() -> None:
    plan = place(
        organisations=(body("payer"),),
        budgets=(cost("a", "payer", 1e8),),
        allocations=given("payer", dict.fromkeys(YEARS[:2], 100000000.0)),
    )
    found = project(plan)
    assert found.scope("both").do_nothing[0] == pytest.approx(0)
    assert sorted(row.amount for row in found.required) == pytest.approx([5e5, 1e6])


# --- outcomes ---------------------------------------------------------------------------------------------------------


def outcome(plan: Plan, key: str = "x", case: str = "hoped") -> list[float]:
    run = run_cases(plan)
    return [float(v) for v in run.indicators[run.axes.indicators.index(key), :-1, run.cases.at(case)]]


def measured(scale: Scale, baseline: float, push: float = 0.0, *, higher: bool = True, **more: Any) -> Plan:
    row = Indicator(
        key="x", name="X", gap=Gap.CARE, scale=scale, higher_is_better=higher, baseline=baseline, **more, **S
    )
    effects = (effect("e", "s", EffectKind.IMPROVE, "x", push),)
    return place(activity=(line(),), indicators=(row,), schemes=(scheme("s", "2016-04"),), effects=effects)


def test_effects_act_on_the_odds_of_proportions_and_on_the_log_of_rates() -> None:
    """Odds of 0.2 are 1 : 4; doubled, 2 : 4, a third. A rate of 350 that halves is 175."""
    assert outcome(measured(Scale.PROPORTION, 0.2, float(np.log(2)))) == pytest.approx([0.2, 1 / 3])
    assert outcome(measured(Scale.PROPORTION, 1 / 3, float(np.log(2)), higher=False)) == pytest.approx([1 / 3, 0.2])
    assert outcome(measured(Scale.RATE, 350.0, float(np.log(2)), higher=False)) == pytest.approx([350, 175])


def test_a_waiting_list_grows_by_what_is_added_and_falls_by_the_treatment_given() -> None:
    plan = measured(Scale.WAITING_LIST, 500.0, higher=False, line="care", additions_ratio=1.05)
    assert outcome(plan) == pytest.approx([500, 500 + 1050 - 1000])


def test_a_waiting_list_also_follows_its_own_trend_and_what_improves_it() -> None:
    """550 by additions less treatment; the trend adds a tenth on the log scale, the scheme takes off a fifth."""
    more = {"line": "care", "additions_ratio": 1.05, "trend": certain(0.1)}
    plan = measured(Scale.WAITING_LIST, 500.0, 0.2, higher=False, **more)
    assert outcome(plan) == pytest.approx([500, 550 * np.exp(0.1 - 0.2)])


def test_a_hospital_fuller_than_88_percent_today_has_lost_its_points_already() -> None:
    """92 % full today, 96 % a year later: 5.5 points lost less the 3 that today's response holds already."""
    beds = BedPool(key="beds", name="Beds", provider="trust", open_beds=100.0, buffer=100.0, **S)
    care = line(baseline=100 * 365 * 0.92 / 5, length_of_stay=5.0, bed_pool="beds", growth=certain(0.96 / 0.92 - 1))
    row = Indicator(
        key="x", name="A&E", gap=Gap.CARE, scale=Scale.AE_RESPONSE, higher_is_better=True, baseline=0.9,
        provider="trust", **S,
    )  # fmt: skip
    plan = place(activity=(care,), capacity=(beds,), indicators=(row,))
    assert outcome(plan, case="funding_growth") == pytest.approx([0.9, 0.9 - 0.025])


@pytest.mark.parametrize(
    ("occupancy", "points"), [(0.85, 0), (0.88, 0), (0.89, -0.75), (0.90, -1.5), (0.92, -3), (0.96, -5.5), (1.0, -8)]
)
def test_the_a_and_e_response_loses_3_points_from_88_to_92_percent_full_and_8_at_100(
    occupancy: float, points: float
) -> None:
    """Relative to base: 85 % full in the opening year, then as full as stated."""
    beds = BedPool(key="beds", name="Beds", provider="trust", open_beds=100.0, buffer=100.0, **S)
    start = 100 * 365 * 0.85 / 5
    care = line(baseline=start, length_of_stay=5.0, bed_pool="beds", growth=certain(occupancy / 0.85 - 1))
    row = Indicator(
        key="x", name="A&E", gap=Gap.CARE, scale=Scale.AE_RESPONSE, higher_is_better=True, baseline=0.93,
        provider="trust", **S,
    )  # fmt: skip
    plan = place(activity=(care,), capacity=(beds,), indicators=(row,))
    assert outcome(plan, case="funding_growth") == pytest.approx([0.93, 0.93 + points / 100])


def test_the_slope_index_by_hand() -> None:
    """Five equal fifths at 50, 40, 30, 20, 10 from most to least deprived: a line from 55 to 5, slope 50, over 30."""
    groups = tuple(
        IndicatorGroup(
            indicator="x", kind="deprivation_fifth", group=str(n + 1), rank=n + 1, population=1000.0, value=v, **S
        )
        for n, v in enumerate((50.0, 40.0, 30.0, 20.0, 10.0))
    )
    plan = measured(Scale.RATE, 30.0)
    found = project(
        Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | {"indicator_groups": groups})
    ).inequality[0]
    assert found.slope == pytest.approx(50)
    assert found.relative == pytest.approx(50 / 30)


def test_the_slope_index_weighs_groups_by_their_people() -> None:
    """Two groups of 3 : 1 people at 10 and 30: middles 0.375 and 0.875, a slope of (10 − 30) / 0.5 = −40; mean 15."""
    groups = tuple(
        IndicatorGroup(indicator="x", kind="council_area", group=g, rank=r, population=p, value=v, **S)
        for g, r, p, v in (("north", 1, 3000.0, 10.0), ("south", 2, 1000.0, 30.0))
    )
    plan = measured(Scale.RATE, 15.0)
    found = project(
        Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | {"indicator_groups": groups})
    ).inequality[0]
    assert (found.slope, found.relative) == pytest.approx((-40, -40 / 15))


def test_gaps_in_outcomes_are_counted_and_never_averaged() -> None:
    rows = tuple(
        Indicator(
            key=key, name=key, gap=Gap.HEALTH, scale=Scale.RATE, higher_is_better=False, baseline=b, standard=s,
            trend=certain(t), **S,
        )
        for key, b, s, t in (("met", 90.0, 100.0, 0.0), ("far", 200.0, 100.0, 0.0), ("near", 110.0, 100.0, 0.05))
    )  # fmt: skip
    health = next(gap for gap in project(place(activity=(line(),), indicators=rows)).outcomes if gap.gap == "health")
    assert (health.with_standard, health.met_today, health.met["hoped"], health.worst) == (3, 1, (1,), "far")
    assert [path.key for path in health.indicators if path.wider_than_today] == ["near"]
