"""Plans the reader accepts are plans the model can run, however few of their parts are used."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from known_answers.tiny_place import YEARS, S, tiny_place
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.plan import Plan
from tripleaim.plan.activity import BedPool
from tripleaim.plan.indicator import Gap, Indicator, Scale
from tripleaim.plan.money import BudgetHead, Side
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import Place, PlaceKind
from tripleaim.plan.scheme import CostKind, EffectKind
from tripleaim.plan.workforce import Shortfall, StaffGroup
from tripleaim.projection import project, run_cases
from tripleaim.projection.capacity import beds_for_overflow
from tripleaim.quantities import Range, certain

STRANGER = Organisation(key="stranger", name="Stranger", role=Role.PROVIDER, accounts=False, **S)


def tiny(**tables: Any) -> Plan:
    """The tiny place with some tables replaced."""
    plan = tiny_place()
    return Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | tables)


def with_stranger(**tables: Any) -> Plan:
    """The tiny place and a provider without accounts that gives none of its care."""
    return tiny(organisations=(*tiny().organisations, STRANGER), **tables)


PLANS = {
    "beds no line uses": lambda: with_stranger(
        capacity=(*tiny().capacity, BedPool(key="spare", name="Spare", provider="stranger", open_beds=9.0, **S))
    ),
    "staff of a body without accounts": lambda: with_stranger(
        workforce=(
            *tiny().workforce,
            StaffGroup(
                organisation="stranger", group="nurses", in_post=3.0, joiners=certain(0.0), cost=1e4,
                shortfall=Shortfall.AGENCY, **S,
            ),
        )
    ),
    "budgets of a body without accounts": lambda: with_stranger(
        budgets=(
            *tiny().budgets,
            BudgetHead(
                key="stranger.pay", organisation="stranger", name="Pay", side=Side.COST, pool="pay", amount=9e6,
                index="pay", **S,
            ),
        )
    ),
    "an A&E response that follows no beds": lambda: with_stranger(
        indicators=(
            Indicator(
                key="ae", name="A&E", gap=Gap.CARE, scale=Scale.AE_RESPONSE, higher_is_better=True, baseline=0.9,
                provider="stranger", **S,
            ),
        )
    ),
    "income of a body without accounts": lambda: with_stranger(
        effects=tuple(
            e.model_copy(update={"target": "stranger", "counterparty": "ccg"}) if e.key == "f4" else e
            for e in tiny().effects
        )
    ),
    "no staff": lambda: tiny(workforce=(), posts=(), posts_available=(), staffing=()),
    "no schemes": lambda: tiny(schemes=(), effects=(), costs=(), posts=(), actions=()),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANS)
def test_what_the_reader_accepts_the_model_runs(name: str) -> None:
    plan = PLANS[name]()
    crosscheck_plan(plan)
    assert project(plan).flows_out_of_balance < 0.01


def test_care_may_rise_within_an_effects_range_and_a_draw_below_nought_is_run() -> None:
    """Evaluations did find more care; the reader takes such a low, and the model runs a value down there."""
    doubtful = Range(point=0.05, low=-0.1, high=0.2)
    more = Range(point=-0.05, low=-0.1, high=0.0)

    def with_effect(value: Range) -> Plan:
        return tiny(
            effects=tuple(e.model_copy(update={"effect": value}) if e.key == "e4" else e for e in tiny().effects)
        )

    crosscheck_plan(with_effect(doubtful))
    run = run_cases(with_effect(more))
    n, at = run.axes.lines.index("emergency"), run.cases.at("alone:recovery_at_home")
    assert run.given.units[n, run.axes.last, at] > run.given.needed[n, run.axes.last, at]


def test_a_budget_grows_with_the_people_of_its_bodys_own_place() -> None:
    """The reader asks for people of the organisation's place; the model takes the footprint's for every body."""
    plan = tiny()
    patch = Place(key="patch", name="Patch", kind=PlaceKind.FOOTPRINT, **S)
    moved = tiny(places=(*plan.places, patch), heading=plan.heading.model_copy(update={"place": "patch"}))
    crosscheck_plan(moved)
    run = run_cases(moved)
    n = run.axes.heads.index("ccg.prescribing")
    line = run.axes.lines.index("emergency")
    assert np.allclose(run.inputs.heads.demographic[n], run.inputs.lines.demographic[line])


def test_care_a_council_gives_itself_costs_what_buying_it_from_outside_would() -> None:
    inside = tiny()
    bought = tiny(
        activity=tuple(
            line.model_copy(update={"provider": "practices"}) if line.key == "home_care" else line
            for line in inside.activity
        )
    )
    for name in ("funding_growth", "hoped", "resourced"):
        a, b = run_cases(inside), run_cases(bought)
        assert np.allclose(a.short_of("council", name), b.short_of("council", name), atol=0.01)


def test_agency_premium_and_change_of_staff_sit_in_the_step_of_pay_and_prices() -> None:
    run = run_cases(tiny())
    for name in ("opening", "demographic", "non_demographic"):
        assert (run.spent.premium[:, :, run.cases.at(name)] == 0).all()
    assert run.spent.premium[:, :, run.cases.at("pay_and_prices")].any()


def test_capital_rises_with_its_index_from_the_price_base_to_the_year_it_is_spent() -> None:
    """12 m at 2014/15 prices spent in 2017/18: 1.01 x 1.017 x 1.018 = 12.548 m, and 3.5 % of half of it that year."""
    cost = next(row for row in tiny().costs if row.key == "k5")
    plan = tiny(costs=(cost.model_copy(update={"funded": 12e6}),))
    run = run_cases(plan)
    cash = 12e6 * 1.01 * 1.017 * 1.018
    paid = run.ledger.flows["return on capital", "royal", "outside:treasury", True][:, run.cases.at("hoped")]
    assert paid[2] == pytest.approx(0.035 * cash / 2)
    assert paid[3] == pytest.approx(0.035 * cash * (1 + 29 / 30) / 2)
    scheme = next(s for s in project(plan).schemes if s.key == "one_site")
    assert scheme.capital == pytest.approx((0, cash, 0, 0, 0))
    assert cost.kind is CostKind.CAPITAL
    assert cost.year == YEARS[1]


def test_the_year_after_the_plan_has_no_one_off_money() -> None:
    run = run_cases(tiny())
    assert (run.one_off[:, run.axes.run_rate] == 0).all()


def test_income_is_a_transfer_and_care_moves_by_none_of_it() -> None:
    income = tuple(e for e in tiny().effects if e.kind is EffectKind.INCOME)
    run = run_cases(tiny(effects=income, costs=(), posts=()))
    assert np.array_equal(run.given.units[..., run.cases.at("hoped")], run.given.needed[..., run.cases.at("hoped")])
    both = run.recurrent[..., run.cases.at("hoped")] - run.recurrent[..., run.cases.at("funding_growth")]
    at = {name: both[run.axes.nodes.index(name)] for name in ("royal", "homecare", "ccg", "outside:private_patients")}
    assert np.allclose(at["royal"], -at["outside:private_patients"])
    assert np.allclose(at["homecare"], -at["ccg"])


def test_income_from_outside_is_shown_beside_the_schemes_savings_and_never_among_them() -> None:
    income = tuple(e for e in tiny().effects if e.key == "f3")
    found = project(tiny(effects=income, costs=(), posts=()))
    assert found.leakage["outside:private_patients"][-1] == pytest.approx(-3e5)
    assert found.composition.savings == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("more", [-0.1, -0.1 + 1e-9, -0.05])
def test_effects_that_pull_opposite_ways_share_only_what_they_remove_together(more: float) -> None:
    """One avoids 10 %, one brings about as much: hardly any care goes, and hardly any bed days or cost go with it."""
    first = next(e for e in tiny().effects if e.key == "e4")
    against = Range(point=more, low=more, high=more)
    pair = tuple(
        first.model_copy(
            update={
                "key": key,
                "effect": effect,
                "eligible": certain(1.0),
                "uptake": certain(1.0),
                "fidelity": certain(1.0),
                "stay_ratio": None,
                "cost_ratio": None,
            }
        )
        for key, effect in (("e4", certain(0.1)), ("e4b", against))
    )
    run = run_cases(tiny(effects=pair))
    n, at = run.axes.lines.index("emergency"), run.cases.at("hoped")
    needed, units = run.given.needed[n, :, at], run.given.units[n, :, at]
    assert np.allclose(run.given.costed[n, :, at], units)
    assert np.allclose(run.given.bed_days[n, :, at], units * run.inputs.lines.stay[n, 0, 0])
    assert (np.abs(units - needed) < 0.1 * needed).all()


def test_a_pool_sized_by_overflow_never_stops_growing() -> None:
    """Poisson needs of 10,000 to 100,000 a day: the 95th percentile is the mean and 1.645 roots of it, and a half."""
    daily = np.array([1e4, 1.9e4, 2.1e4, 4e4, 1e5])
    beds = beds_for_overflow(daily, 0.05)
    assert beds == pytest.approx(daily + 1.645 * np.sqrt(daily), rel=0.002)
    assert (beds >= np.floor(daily + 1.645 * np.sqrt(daily))).all()
