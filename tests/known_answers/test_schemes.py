"""Schemes worked by hand: overlap, timing, resourcing, classes of benefit, stranded cost (method notes 3, 4, 13)."""

from __future__ import annotations

from typing import Any

import pytest

from known_answers.entered import S, april, body, cost, effect, entered, given, scheme
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, BedPool, Care
from tripleaim.plan.organisation import Role
from tripleaim.plan.scheme import CostKind, EffectKind, Posts, SchemeCost
from tripleaim.plan.workforce import PostsAvailable, StaffGroup
from tripleaim.projection import project, run_cases
from tripleaim.projection.timing import monthly_effect
from tripleaim.quantities import certain, financial_year

KIND = EffectKind


def line(key: str = "care", **more: Any) -> ActivityLine:
    row: dict[str, Any] = {"key": key, "name": key, "care": Care.OTHER, "population": "area", "provider": "hospital"}
    row |= {"commissioner": "payer", "baseline": 30000.0, "unit": "unit", "unit_cost": 100.0, **more}
    return ActivityLine(**row, **S)


def place(*lines: ActivityLine, years: int = 2, **tables: Any) -> Plan:
    rows = {
        "organisations": (body("payer"), body("hospital", Role.PROVIDER)),
        "budgets": (cost("hospital.pay", "hospital", 6e7), cost("hospital.drugs", "hospital", 4e7)),
    }
    names = tuple(financial_year(2015 + n) for n in range(years + 1))
    return entered(names, **{**rows, "activity": lines, **tables})


def at_once(**more: Any) -> Any:
    return scheme("s", "2016-04", **more)


def test_effects_on_one_line_leave_the_product_of_what_each_leaves() -> None:
    """8 %, 5 % and 10 % of 30,000 avoid 6,402 and not 6,900."""
    sizes = (0.08, 0.05, 0.10)
    plan = place(
        line(),
        schemes=tuple(scheme(f"s{n}", "2016-04") for n in range(3)),
        effects=tuple(effect(f"e{n}", f"s{n}", KIND.AVOID, "care", size) for n, size in enumerate(sizes)),
    )
    run = run_cases(plan)
    assert 30000 - run.given.units[0, 1, run.cases.at("hoped")] == pytest.approx(6402)
    alone = [30000 - run.given.units[0, 1, run.cases.at(f"alone:s{n}")] for n in range(3)]
    assert sum(alone) == pytest.approx(6900)
    bridge = project(plan).bridge("both")
    assert bridge.at("overlap").amounts[0] == pytest.approx(0.25 * 100 * (6900 - 6402))


def test_avoid_and_shift_on_one_line_share_what_goes_in_proportion() -> None:
    """20 % avoided and 10 % shifted of 30,000: 30,000 x (1 − 0.8 x 0.9) = 8,400 go; a third of them, 2,800, arrive."""
    plan = place(
        line(),
        line("clinic", baseline=1000.0),
        schemes=(at_once(),),
        effects=(
            effect("a", "s", KIND.AVOID, "care", 0.2),
            effect("b", "s", KIND.SHIFT, "care", 0.1, to_line="clinic", ratio=certain(1.5)),
            effect("c", "s", KIND.AVOID, "clinic", 0.5),
        ),
    )
    run = run_cases(plan)
    at = run.cases.at("hoped")
    assert run.given.units[0, 1, at] == pytest.approx(30000 - 8400)
    assert run.given.arrivals[1, 1, at] == pytest.approx(2800 * 1.5)
    assert run.given.units[1, 1, at] == pytest.approx(500 + 4200)  # what arrives is not halved again


def test_the_area_effect_is_the_treated_effect_times_eligible_uptake_and_fidelity() -> None:
    part = {"eligible": certain(0.5), "uptake": certain(0.6), "fidelity": certain(0.9)}
    plan = place(line(), schemes=(at_once(),), effects=(effect("a", "s", KIND.AVOID, "care", 0.2, **part),))
    run = run_cases(plan)
    assert 30000 - run.given.units[0, 1, run.cases.at("hoped")] == pytest.approx(30000 * 0.2 * 0.5 * 0.6 * 0.9)


# --- timing -----------------------------------------------------------------------------------------------------------


def test_the_s_curve_is_read_at_the_middle_of_each_month() -> None:
    """Four months to full effect: x = 1/8, 3/8, 5/8, 7/8; S = 3x² − 2x³."""
    expected = [0, 0, 11 / 256, 81 / 256, 175 / 256, 245 / 256, 1, 1]
    assert monthly_effect(2, 4, 0.0, 8) == pytest.approx(expected)


def test_a_year_counts_the_mean_of_its_twelve_months() -> None:
    """Start October, three months' delay: first effect January, four months to full effect."""
    plan = place(
        line(), schemes=(scheme("s", "2016-10", delay=certain(3.0), ramp=certain(4.0)),),
        effects=(effect("a", "s", KIND.AVOID, "care", 0.5),),
    )  # fmt: skip
    ramp = run_cases(plan).inputs.ramp[0, :, 0]
    assert ramp == pytest.approx([0, (11 + 81 + 175) / 256 / 12, (245 / 256 + 11) / 12, 1])


def test_decay_begins_at_full_effect_and_is_applied_month_by_month() -> None:
    """Ramp of one month, decay 20 % a year: 0.5 in the first month, then 0.8 to the power of months since over 12."""
    expected = [0.5, *(0.8 ** (n / 12) for n in range(1, 12))]
    assert monthly_effect(0, 1, 0.2, 12) == pytest.approx(expected)


def test_a_scheme_does_not_begin_before_the_one_it_needs_and_ramps_from_then() -> None:
    plan = place(
        line(),
        schemes=(
            scheme("first", "2016-04", delay=certain(12.0), ramp=certain(4.0)),
            scheme("second", "2016-04", ramp=certain(4.0), needs=("first",)),
        ),
    )
    ramp = run_cases(plan).inputs.ramp[:, :, 0]
    assert ramp[1] == pytest.approx(ramp[0])
    assert ramp[1, 1] == 0


def test_a_scheme_that_fades_may_remove_more_when_it_starts_a_year_later_because_demand_has_grown() -> None:
    """Demand 1,250, then 1,562.5; nine tenths of the effect fade in a year. Of m·e in its first year:
    starting at once 1,250 + a tenth of 1,562.5 = 1,406.25; a year later 1,562.5.
    """

    def removed(start: str) -> float:
        plan = place(
            line(baseline=1000.0, growth=certain(0.25)),
            schemes=(scheme("s", start, decay=0.9),),
            effects=(effect("a", "s", KIND.AVOID, "care", 0.2),),
        )
        run = run_cases(plan)
        at = run.cases.at("hoped")
        return float((run.given.needed - run.given.units)[0, 1:3, at].sum())

    months = sum(0.1 ** (k / 12) for k in range(1, 13)) / 12
    assert removed("2016-04") == pytest.approx(1406.25 * 0.2 * months)
    assert removed("2017-04") == pytest.approx(1562.5 * 0.2 * months)


# --- income -----------------------------------------------------------------------------------------------------------


def test_income_from_outside_and_to_outside_stands_beside_the_schemes_and_never_in_their_saving() -> None:
    """3 m comes in from private patients; 1 m goes out to a hospice without accounts. The drugs saving is 2 m (5 %
    of 40 m). Schemes alone: −2 m; income −3 + 1 = −2 m; nothing overlaps; in all the shortfall falls by 4 m.
    """
    plan = place(
        line(baseline=1.0),
        organisations=(body("payer"), body("hospital", Role.PROVIDER), body("hospice", Role.PROVIDER, accounts=False)),
        schemes=(
            scheme("gets", "2016-04"),
            scheme("gives", "2016-04"),
            scheme("saves", "2016-04"),
        ),
        effects=(
            effect("a", "gets", KIND.INCOME, "hospital", 3e6, counterparty="outside:private_patients"),
            effect("b", "gives", KIND.INCOME, "hospice", 1e6, counterparty="hospital"),
            effect("c", "saves", KIND.SAVE, "hospital.drugs", 0.05),
        ),
    )
    bridge = project(plan).bridge()
    steps = {step.key: step.amounts[0] for step in bridge.steps}
    assert (steps["gets"], steps["gives"], steps["saves"]) == pytest.approx((0.0, 0.0, -2e6))
    assert (steps["income"], steps["overlap"], steps["whole_wards"]) == pytest.approx((-2e6, 0.0, 0.0))
    assert steps["hoped"] - steps["do_nothing"] == pytest.approx(-4e6)


# --- as resourced -----------------------------------------------------------------------------------------------------


def test_benefit_and_running_cost_scale_with_the_scarcer_of_posts_and_capital_and_set_up_does_not() -> None:
    """10 posts needed, 6 found; capital 8 m needed by 2017/18, 4 m found: 0.6 in the first year, 0.5 in the second."""

    def money(kind: CostKind, amount: float, **more: Any) -> SchemeCost:
        return SchemeCost(key=kind.value, scheme="s", kind=kind, organisation="hospital", amount=amount, **more, **S)

    plan = place(
        line(),
        workforce=(
            StaffGroup(organisation="hospital", group="nurses", in_post=90.0, joiners=certain(9.0), cost=4e4, **S),
        ),
        posts_available=tuple(
            PostsAvailable(organisation="hospital", group="nurses", year=y, posts=6.0, **S)
            for y in ("2016/17", "2017/18")
        ),
        posts=(Posts(scheme="s", organisation="hospital", group="nurses", wte=10.0, **S),),
        schemes=(at_once(),),
        effects=(effect("a", "s", KIND.AVOID, "care", 0.1),),
        costs=(
            money(CostKind.RUNNING, 1e6),
            money(CostKind.SETUP, 2e5, year="2016/17"),
            money(CostKind.CAPITAL, 8e6, year="2017/18", funded=4e6),
        ),
    )  # fmt: skip
    run = run_cases(plan)
    at = run.cases.at("resourced")
    assert run.found.scale[0, :, 0] == pytest.approx([1, 0.6, 0.5, 0.5])
    assert 30000 - run.given.units[0, :, at] == pytest.approx([0, 1800, 1500, 1500])
    paid = run.ledger.flows["scheme running cost", "hospital", "outside:resources", True][:, at]
    assert paid == pytest.approx([0, 6e5, 5e5, 5e5])
    once = run.ledger.flows["set-up", "hospital", "outside:resources", False][:, at]
    assert once == pytest.approx([0, 2e5, 0, 0])
    charge = run.ledger.flows["return on capital", "hospital", "outside:treasury", True][:, at]
    assert charge[2] == pytest.approx(4e6 / 2 * 0.035)


def test_scarce_staff_go_to_schemes_in_the_stated_order() -> None:
    plan = place(
        line(),
        workforce=(
            StaffGroup(organisation="hospital", group="nurses", in_post=90.0, joiners=certain(21.0), cost=4e4, **S),
        ),
        posts=tuple(Posts(scheme=s, organisation="hospital", group="nurses", wte=8.0, **S) for s in ("a", "b")),
        schemes=(scheme("a", "2016-04", order=2), scheme("b", "2016-04", order=1)),
    )
    run = run_cases(plan)  # supply 90 x 0.9 + 21 = 102, so 12 posts: 8 for b, 4 for a
    assert run.found.scale[:, 1, 0] == pytest.approx([0.5, 1.0])


def test_what_change_itself_costs_is_paid_once_whatever_has_been_found_and_counts_as_spent() -> None:
    """GBP 1 m a year of running, half of its capital found; 0.3 m of disruption in the second year, whole."""

    def money(kind: CostKind, amount: float, **more: Any) -> SchemeCost:
        return SchemeCost(key=kind.value, scheme="s", kind=kind, organisation="hospital", amount=amount, **more, **S)

    plan = place(
        line(),
        schemes=(at_once(),),
        costs=(
            money(CostKind.RUNNING, 1e6),
            money(CostKind.CAPITAL, 4e6, year="2016/17", funded=2e6),
            money(CostKind.DISRUPTION, 3e5, year="2017/18"),
        ),
    )
    run, one = run_cases(plan), project(plan).schemes[0]
    paid = run.ledger.flows["disruption", "hospital", "outside:resources", False]
    assert paid[:, run.cases.at("hoped")] == pytest.approx([0, 0, 3e5, 0])
    assert paid[:, run.cases.at("resourced")] == pytest.approx([0, 0, 3e5, 0])
    assert paid[:, run.cases.at("nothing_smooth")] == pytest.approx([0, 0, 0, 0])
    assert one.one_off == pytest.approx((0, 3e5))
    assert one.spent == pytest.approx((1e6, 1.3e6))


# --- classes of benefit and stranded cost -----------------------------------------------------------------------------


def test_savings_above_opening_volume_avoid_cost_and_savings_below_release_cash() -> None:
    """1,000 units at £100, growth 20 %, 30 % avoided: 1,200 − 360 = 840.

    Growth share 0.8: the 200 units of growth avoided are £16,000 not spent. Release share 0.25: 160 units below
    opening release £4,000.
    """
    plan = place(
        line(baseline=1000.0, growth=certain(0.2)),
        years=1,
        schemes=(at_once(),),
        effects=(effect("a", "s", KIND.AVOID, "care", 0.3),),
    )
    found = project(plan).benefits[0]
    assert found.cost_avoiding[0] == pytest.approx(-16000)
    assert found.cash_releasing[0] == pytest.approx(-4000)
    assert found.total[0] == pytest.approx(-20000)


def test_productivity_and_arrivals_fall_into_their_own_classes() -> None:
    """1,000 units grow to 1,250; 10 % productivity on £100,000 + 0.8 x £25,000 is £12,000, split 1,000 : 1,250.

    The clinic receives 125 units: 0.8 x £100 x 125 = £10,000 more.
    """
    plan = place(
        line(baseline=1000.0, growth=certain(0.25)),
        line("clinic", baseline=1000.0),
        years=1,
        schemes=(at_once(), scheme("t", "2016-04")),
        effects=(effect("a", "s", KIND.PRODUCTIVITY, "care", 0.1),),
    )
    found = project(plan).benefits[0]
    assert found.cash_releasing[0] == pytest.approx(-12000 * 0.8)
    assert found.cost_avoiding[0] == pytest.approx(-12000 * 0.2)
    moved = Plan(
        **{name: getattr(plan, name) for name in Plan.model_fields}
        | {"effects": (effect("b", "t", KIND.SHIFT, "care", 0.1, to_line="clinic"),)}
    )
    found = project(moved).benefits[0]
    assert found.arrivals[0] == pytest.approx(10000)
    assert found.cost_avoiding[0] == pytest.approx(-10000)


def test_stranded_cost_is_average_cost_less_what_is_released_whatever_the_contract() -> None:
    """A line without wards: 300 of 1,000 units at £100 no longer given, £7,500 released: £22,500 stranded."""
    plan = place(
        line(baseline=1000.0), years=1, schemes=(at_once(),), effects=(effect("a", "s", KIND.AVOID, "care", 0.3),)
    )
    found = project(plan).stranded[0]
    assert (found.no_longer_given[0], found.released[0]) == pytest.approx((30000, 7500))
    assert found.stranded[0] == pytest.approx(22500)
    assert found.released_below_opening[0] == pytest.approx(7500)


def test_stranded_cost_of_shorter_stays_is_counted_by_the_average_bed_day() -> None:
    """1,000 spells of 10 days at £2,000, so £200 a day; 10 % shorter: 1,000 days, £200,000 no longer given.

    No ward can close, so only variable cost is released: 10 % of 1,000 x £500 = £50,000.
    """
    beds = BedPool(key="beds", name="Beds", provider="hospital", open_beds=29.8, **S)
    plan = place(
        line(baseline=1000.0, unit_cost=2000.0, length_of_stay=10.0, bed_pool="beds"),
        years=1,
        capacity=(beds,),
        schemes=(at_once(),),
        effects=(effect("a", "s", KIND.SHORTEN, "care", 0.1),),
    )
    found = project(plan).stranded[0]
    assert found.no_longer_given[0] == pytest.approx(200000)
    assert found.released[0] == pytest.approx(50000)
    assert found.stranded[0] == pytest.approx(150000)


def test_a_save_cuts_its_head_after_volumes_and_productivity() -> None:
    """Drugs are 40 % of a £100 m hospital; 5 % off saves £2 m; after £0.3 m of productivity, 5 % of 40 % of 99.7 m."""
    effects = (
        effect("a", "s", KIND.SAVE, "hospital.drugs", 0.05),
        effect("b", "s", KIND.PRODUCTIVITY, "care", 0.1),
    )
    plan = place(line(), years=1, schemes=(at_once(),), effects=effects)
    run = run_cases(plan)
    assert run.spent.saved[:, 1, run.cases.at("hoped")].sum() == pytest.approx(0.05 * 0.4 * 99.7e6)
    assert april("2016/17") == "2016-04"


def test_the_step_of_whole_wards_is_stepped_less_smooth() -> None:
    """100 beds full at target; 20 % avoided frees 20 beds smoothly, but (20 − 14) / 28 closes no ward."""
    beds = BedPool(key="beds", name="Beds", provider="hospital", open_beds=100.0, target_occupancy=certain(0.9), **S)
    plan = place(
        line(baseline=100 * 365 * 0.9 / 5, unit_cost=1000.0, length_of_stay=5.0, bed_pool="beds"),
        years=1,
        capacity=(beds,),
        schemes=(at_once(),),
        effects=(effect("a", "s", KIND.AVOID, "care", 0.2),),
    )
    bridge = project(plan).bridge("both")
    assert bridge.at("whole_wards").amounts[0] == pytest.approx(20 * 80300)
    variable = 0.2 * 6570 * 250
    assert bridge.at("s").amounts[0] == pytest.approx(-20 * 80300 - variable)
    assert bridge.at("overlap").amounts[0] == pytest.approx(0, abs=0.01)
    assert bridge.at("hoped").amounts[0] - bridge.at("do_nothing").amounts[0] == pytest.approx(-variable)


@pytest.mark.parametrize("buyer", ["payer", "hospital"])
def test_a_save_on_what_is_bought_from_a_body_outside_is_told_as_that_bodys_loss(buyer: str) -> None:
    """10 m bought from a supplier, 10 % saved: the supplier receives 9 m, and the saving closes the buyer's gap.

    At the hospital the head is 10 of 110 m and so is its share of the whole cost, wards and lines included.
    """
    plan = place(
        organisations=(body("payer"), body("hospital", Role.PROVIDER)),
        budgets=(cost("hospital.pay", "hospital", 1e8), cost("bought", buyer, 1e7, counterparty="outside:supplier")),
        allocations=given("payer", dict.fromkeys(("2015/16", "2016/17", "2017/18"), 2e7)),
        schemes=(at_once(),),
        effects=(effect("a", "s", KIND.SAVE, "bought", 0.1),),
    )
    run, found = run_cases(plan), project(plan)
    supplier = run.recurrent[run.axes.nodes.index("outside:supplier"), 1]
    assert supplier[run.cases.at("funding_growth")] == pytest.approx(1e7)
    assert supplier[run.cases.at("hoped")] == pytest.approx(9e6)
    assert found.leakage == {"outside:supplier": pytest.approx((-1e6, -1e6, -1e6))}
    assert found.scope("both").hoped[0] - found.scope("both").do_nothing[0] == pytest.approx(-1e6)


def test_a_save_on_a_head_that_grows_is_split_between_what_was_there_and_what_was_added() -> None:
    """10 m grows by a quarter to 12.5 m; a tenth saved is 1.25 m: 1 m below the opening volume, 0.25 m of the growth.
    At the hospital nothing grows, so a tenth of 40 m of drugs is set free in cash.
    """
    plan = place(
        budgets=(
            cost("hospital.pay", "hospital", 6e7),
            cost("hospital.drugs", "hospital", 4e7),
            cost("bought", "payer", 1e7, growth=certain(0.25)),
        ),
        allocations=given("payer", dict.fromkeys(("2015/16", "2016/17", "2017/18"), 2e7)),
        schemes=(at_once(),),
        effects=(effect("a", "s", KIND.SAVE, "bought", 0.1), effect("b", "s", KIND.SAVE, "hospital.drugs", 0.1)),
    )
    found = {row.provider: row for row in project(plan).benefits}
    assert (found["payer"].cash_releasing[0], found["payer"].cost_avoiding[0]) == pytest.approx((-1e6, -0.25e6))
    assert (found["hospital"].cash_releasing[0], found["hospital"].cost_avoiding[0]) == pytest.approx((-4e6, 0.0))


# --- cash -------------------------------------------------------------------------------------------------------------


def test_a_scheme_pays_back_when_its_savings_have_covered_set_up_double_running_and_capital() -> None:
    """Nothing, then 10 % of drugs, 4 m a year. Set-up 1 m in the first year; in the second 6 months at 0.1 m and
    capital of 6 m, half of it funded. Cash: −1, −1 + 4 − 0.6 − 6 = −3.6, 0.4, 4.4: paid back in the third year.
    """
    years = ("2016/17", "2017/18", "2018/19", "2019/20")

    def money(kind: CostKind, amount: float, **more: Any) -> SchemeCost:
        return SchemeCost(key=kind.value, scheme="s", kind=kind, organisation="payer", amount=amount, **more, **S)

    plan = place(
        years=4,
        schemes=(scheme("s", "2017-04", prevention=True, asked_by="national"),),
        effects=(effect("a", "s", KIND.SAVE, "hospital.drugs", 0.1),),
        costs=(
            money(CostKind.SETUP, 1e6, year=years[0]),
            money(CostKind.DOUBLE_RUNNING, 1e5, months=6.0),
            money(CostKind.CAPITAL, 6e6, year=years[1], funded=3e6),
        ),
        allocations=given("payer", dict.fromkeys(("2015/16", *years), 2e7)),
    )
    found = project(plan)
    one, mix = found.schemes[0], found.composition
    assert one.saving == pytest.approx((0.0, 4e6, 4e6, 4e6, 4e6))
    assert one.one_off == pytest.approx((1e6, 6e5, 0.0, 0.0))
    assert (one.capital, one.capital_funded) == ((0.0, 6e6, 0.0, 0.0), (0.0, 3e6, 0.0, 0.0))
    assert one.saving_resourced_share == pytest.approx((1.0, 0.5, 0.5, 0.5, 0.5))
    assert one.cumulative_cash == pytest.approx((-1e6, -3.6e6, 0.4e6, 4.4e6))
    assert one.break_even == "2018/19"
    assert one.spent == pytest.approx((1e6, 6e5, 0.0, 0.0))
    assert one.spent_in_all == pytest.approx(7.6e6)
    assert mix.second_half == pytest.approx(8 / 12)
    assert mix.by_asked == {"national": pytest.approx(4e6)}
    assert mix.by_category == {one.category: pytest.approx((0.0, 4e6, 4e6, 4e6, 4e6))}
    assert found.scope("both").one_off_hoped == pytest.approx((1e6, 6e5, 0.0, 0.0, 0.0))


# --- what the plan is made of -----------------------------------------------------------------------------------------


def test_savings_are_told_gross_and_net_of_the_schemes_that_cost_more_than_they_save() -> None:
    """Drugs 40 m, pay 60 m: one prevention scheme saves 10 % of drugs, 4 m; another costs 1 m a year and saves nothing;
    a third, not prevention, saves 5 % of pay, 3 m.
    """
    plan = place(
        schemes=(
            scheme("smoking", "2016-04", prevention=True),
            scheme("exercise", "2016-04", prevention=True),
            scheme("rotas", "2016-04"),
        ),
        effects=(
            effect("a", "smoking", KIND.SAVE, "hospital.drugs", 0.1),
            effect("b", "rotas", KIND.SAVE, "hospital.pay", 0.05),
        ),
        costs=(
            SchemeCost(key="c", scheme="exercise", kind=CostKind.RUNNING, organisation="hospital", amount=1e6, **S),
        ),
    )
    mix = project(plan).composition
    assert (mix.savings, mix.savings_net) == pytest.approx((7e6, 6e6))
    assert (mix.prevention_saving, mix.prevention_saving_net) == pytest.approx((4e6, 3e6))
    assert (mix.prevention_schemes, mix.prevention_spending) == (2, pytest.approx(2e6))


def test_the_recurrent_share_is_what_still_stands_in_the_year_after_of_schemes_that_fade() -> None:
    """Each saves from the first month; one halves in a year: its last year is the mean of
    months 13 to 24, the year after what is left in the 24th, a quarter. The other, 3 m, does not fade.
    """
    plan = place(
        schemes=(scheme("fades", "2016-04", decay=0.5), scheme("lasts", "2016-04")),
        effects=(
            effect("a", "fades", KIND.SAVE, "hospital.drugs", 0.1),
            effect("b", "lasts", KIND.SAVE, "hospital.pay", 0.05),
        ),
    )
    last = 4e6 * sum(0.5 ** (k / 12) for k in range(13, 25)) / 12
    assert project(plan).composition.recurrent == pytest.approx((1e6 + 3e6) / (last + 3e6))
