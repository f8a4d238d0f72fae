"""Published plans entered as plans: what they print is reproduced; what does not close is reported, never forced."""

from __future__ import annotations

import csv
from itertools import pairwise
from typing import Any

import pytest

from known_answers.entered import (
    FIGURES,
    MILLION,
    S,
    april,
    body,
    cost,
    effect,
    entered,
    figures,
    given,
    index,
    printed,
    scheme,
)
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.money import Tariff
from tripleaim.plan.organisation import Role
from tripleaim.plan.scheme import CostKind, EffectKind, SchemeCost
from tripleaim.projection import Projection, project
from tripleaim.quantities import certain, financial_year

BILLION = 1e9
NUFFIELD = figures("nuffield_2016_base")


# --- Nuffield Trust, England's secondary care, eight years ------------------------------------------------------------


def nuffield() -> Plan:
    """One commissioner, one provider: all cost in one line, its index the do-nothing cost, its prices the tariff bill.

    Each year's efficiency is one more saving, begun that April, on what the earlier ones leave.
    """
    figure = NUFFIELD["inputs"]
    years = tuple(figure["years"])
    nothing = dict(zip(years, (v * BILLION for v in figure["do_nothing_cost"]), strict=True))
    bill = dict(zip(years, figure["tariff_bill_to_commissioners"], strict=True))
    core = dict(zip(years, (v * BILLION for v in figure["core_budget"]), strict=True))
    saved = dict(zip(years, figure["schemes"][0]["saving_by_year"], strict=True))
    left = {year: 1 - saved[year] * BILLION / nothing[year] for year in years}
    later = list(pairwise(years))
    return entered(
        years,
        source=NUFFIELD["source"],
        organisations=(body("commissioners"), body("providers", Role.PROVIDER)),
        activity=(
            ActivityLine(
                key="secondary_care", name="Secondary care", care=Care.OTHER, population="area", provider="providers",
                commissioner="commissioners", baseline=1.0, unit="all", unit_cost=nothing[years[0]],
                price=bill[years[0]] * BILLION, contract="tariff", cost_index="cost", **S,
            ),
        ),
        contracts=(Contract(key="tariff", name="Tariff", form=Payment.ACTIVITY, tariff="national", **S),),
        tariffs=tuple(
            Tariff(tariff="national", year=now, inflation=certain(bill[now] / bill[before] - 1), **S)
            for before, now in later
        ),
        indices=index("cost", nothing),
        budgets=(cost("providers.all", "providers", nothing[years[0]], index="cost"),),
        allocations=given("commissioners", core),
        schemes=tuple(scheme(f"efficiency_{n}", april(now), owner="Trusts") for n, (_, now) in enumerate(later)),
        effects=tuple(
            effect(f"e{n}", f"efficiency_{n}", EffectKind.SAVE, "providers.all", 1 - left[now] / left[before])
            for n, (before, now) in enumerate(later)
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def nuffield_found() -> Projection:
    return project(nuffield())


def billions(values: tuple[float, ...]) -> list[float]:
    return [value / BILLION for value in values[:-1]]


def test_the_nuffield_do_nothing_gap_is_reproduced_in_every_year(nuffield_found: Projection) -> None:
    expected = NUFFIELD["expected"]["gap_do_nothing_against_core"][1:]
    assert billions(nuffield_found.scope("both").do_nothing) == pytest.approx(expected, abs=1e-6)


def test_the_nuffield_gap_falls_on_providers_and_commissioners_as_printed(nuffield_found: Projection) -> None:
    by_body = {row.who: billions(row.hoped) for row in nuffield_found.organisations}
    expected = NUFFIELD["expected"]
    assert by_body["providers"] == pytest.approx(expected["provider_deficit"][1:], abs=1e-6)
    assert by_body["commissioners"] == pytest.approx(expected["commissioner_over_core"][1:], abs=1e-6)
    both = [c - b for c, b in zip(expected["do_something_cost"], NUFFIELD["inputs"]["core_budget"], strict=True)]
    assert billions(nuffield_found.scope("both").hoped) == pytest.approx(both[1:], abs=1e-6)


def test_the_nuffield_fund_needed_and_left_follow_from_the_gap_before_funds(nuffield_found: Projection) -> None:
    expected, inputs = NUFFIELD["expected"], NUFFIELD["inputs"]
    gap = dict(zip(inputs["years"][1:], billions(nuffield_found.scope("both").hoped), strict=True))
    stf = dict(zip(inputs["years"], inputs["stf"], strict=True))
    for year, needed in expected["fund_needed_for_balance"].items():
        assert gap[year] == pytest.approx(needed, abs=1e-6)
        assert stf[year] - gap[year] == pytest.approx(expected["fund_left_for_transformation"][year], abs=1e-6)


def test_the_nuffield_waterfall_and_text_of_2020_are_reproduced(nuffield_found: Projection) -> None:
    waterfall, text = NUFFIELD["expected"]["waterfall_2020_21"], NUFFIELD["expected"]["printed_in_text"]
    gap = nuffield_found.scope("both")
    last = nuffield_found.last
    assert -gap.do_nothing[last] / BILLION == pytest.approx(waterfall["start"], abs=0.012)
    fund = NUFFIELD["inputs"]["stf"][-1]
    efficiency = sum(step["value"] for step in waterfall["steps"] if step["name"] != "S&TF")
    assert (gap.do_nothing[last] - gap.hoped[last]) / BILLION == pytest.approx(efficiency, abs=0.012)
    assert fund - gap.hoped[last] / BILLION == pytest.approx(waterfall["end_exact"], abs=1e-6)
    assert gap.hoped[last] / BILLION == pytest.approx(text["total_deficit_against_core"], abs=0.1)
    assert gap.do_nothing[last] / BILLION - fund == pytest.approx(text["headline_gap_with_STF_no_efficiency"], abs=0.1)


# --- a system as one sector -------------------------------------------------------------------------------------------


def short_of(years: tuple[str, ...], gaps: dict[str, float], spending: float, **tables: Any) -> Plan:
    """A sector that spends the same every year and is given less by the gap of each year. GBP million."""
    money = {year: (spending - gaps.get(year, 0.0)) * MILLION for year in years}
    rows: dict[str, Any] = {
        "organisations": (body("system", Role.SECTOR),),
        "budgets": (cost("system.all", "system", spending * MILLION),),
        "allocations": given("system", money),
    }
    return entered(years, **{**rows, **tables})


def saving(key: str, amount: float, of: float, left: float = 1.0) -> Any:
    """The effect that saves an amount of a head of which earlier savings have left a share. GBP million."""
    return effect(f"{key}.save", key, EffectKind.SAVE, "system.all", amount / (of * left))


def test_the_cambridgeshire_bridge_closes_and_keeps_its_rounding_apart() -> None:
    """504 do nothing, 43 of investment, 548.3 of solutions, surplus 1.3. Printed parts make 500 and 544.3: 4 apart."""
    case = figures("cambridgeshire_peterborough_2016")
    figure, expected = case["inputs"], case["expected"]
    solutions = expected["solutions_that_give_the_surplus_from_exact_gap"]
    years = tuple(financial_year(2015 + n) for n in range(6))
    spending = 3000.0
    parts = {row["name"]: -row["value"] for row in figure["components"]}
    investment = parts["investment needed over four years"]
    plan = short_of(
        years,
        {figure["year"]: -figure["exact_do_nothing_deficit"]},
        spending,
        schemes=(scheme("solutions", april("2020/21"), owner="System"),),
        effects=(saving("solutions", solutions, spending),),
        costs=(
            SchemeCost(
                key="investment", scheme="solutions", kind=CostKind.RUNNING, organisation="system",
                amount=investment * MILLION, **S,
            ),
        ),
        stated=(
            printed("challenge", "Challenge before investment", "gap",
                    expected["challenge_before_investment"] * MILLION, year="2020/21", placed_with="do_nothing_gap"),
            printed("surplus", "Closing surplus", "residual", -figure["closing_surplus"] * MILLION, year="2020/21",
                    placed_with="do_something_gap"),
            printed("solutions", "Solutions from the rounded gap", "saving",
                    expected["solutions_from_rounded_gap"] * MILLION, year="2020/21"),
        ),
    )  # fmt: skip
    found = project(plan)
    gap, last = found.scope("both"), found.last
    assert gap.do_nothing[last] / MILLION == pytest.approx(504, abs=0.05)
    assert gap.hoped[last] / MILLION == pytest.approx(-figure["closing_surplus"], abs=0.05)
    assert gap.do_nothing[last] / MILLION + investment + 1.3 == pytest.approx(solutions, abs=0.05)
    rounded = sum(parts.values())
    assert rounded == expected["total_challenge"]
    assert rounded + 1.3 == pytest.approx(expected["solutions_from_rounded_gap"], abs=0.05)
    beside = {row.key: row for row in found.stated}
    assert beside["challenge"].unexplained == pytest.approx(-4 * MILLION, abs=0.05 * MILLION)
    assert beside["surplus"].unexplained == pytest.approx(0, abs=0.05 * MILLION)
    assert beside["solutions"].modelled is None


def test_norfolk_prints_figures_the_model_leaves_unplaced_and_does_not_force_to_close() -> None:
    """415 less 300 is 115; the page prints 50. The 65 between them is implied, so it is nobody's result."""
    case = figures("norfolk_waveney_2016")
    figure, expected = case["inputs"], case["expected"]
    rows = [
        printed("health", "Health", "gap", -figure["gap"]["health"] * MILLION, scope="nhs"),
        printed("social", "Social care and other", "gap", -figure["gap"]["social_care_and_other"] * MILLION),
        printed("june", "June draft", "gap", -figure["june_gap"] * MILLION),
        printed("savings", "Savings", "saving", figure["savings"] * MILLION, basis="cumulative"),
        printed("investment", "Investment", "investment", -figure["investment"] * MILLION, basis="cumulative"),
        printed("residual", "Residual", "residual", -figure["printed_residual"] * MILLION),
    ]
    for setting, money in figure["by_setting"].items():
        rows.append(printed(f"{setting}.save", "Saves", "saving", money["savings"] * MILLION, setting=setting))
        rows.append(printed(f"{setting}.get", "Gets", "investment", -money["investment"] * MILLION, setting=setting))
    plan = entered(("2015/16", "2016/17"), source=case["source"], organisations=(body("system"),), stated=tuple(rows))
    found = project(plan)
    beside = {row.key: row for row in found.stated}
    assert all(row.modelled is None and row.unexplained is None for row in found.stated)
    assert found.is_pressure  # no opening position and no allocation: never called a gap
    assert (beside["health"].printed + beside["social"].printed) / MILLION == pytest.approx(-expected["total_gap"])
    assert (beside["june"].printed / MILLION) + expected["total_gap"] == pytest.approx(expected["revision"])
    assert -expected["total_gap"] - beside["savings"].printed / MILLION == -expected["gap_after_savings_only"]
    assert beside["residual"].printed / MILLION == 50
    assert expected["other_support_implied_to_reach_printed_residual"] == 115 - 50
    assert 65 * MILLION not in [row.printed for row in found.stated]
    nets = {
        setting: (beside[f"{setting}.save"].printed - beside[f"{setting}.get"].printed) / MILLION
        for setting in figure["by_setting"]
    }
    assert nets == pytest.approx(expected["net_by_setting"], abs=0.05)
    assert sum(nets.values()) == pytest.approx(expected["net_total"], abs=0.05)


def test_shropshire_efficiencies_exceed_its_pressure_and_the_difference_is_shown() -> None:
    """Gaps of 95.5, 129.5, 165.1 and 260.6 of efficiency: the sources do not close, so a surplus of 95.5 is shown
    beside a printed break-even, unexplained.
    """
    case = figures("shropshire_telford_wrekin_2025")
    figure, expected = case["inputs"], case["expected"]
    years = ("2024/25", *figure["years"])
    gaps = dict(zip(figure["years"], (-v for v in figure["do_nothing_underlying_deficit"]), strict=True))
    spending, so_far, effects = 1500.0, 0.0, []
    for n, amount in enumerate(figure["efficiency_in_year"]):
        effects.append(saving(f"efficiency_{n}", amount, spending, 1 - so_far / spending))
        so_far += amount
    plan = short_of(
        years,
        gaps,
        spending,
        schemes=tuple(scheme(f"efficiency_{n}", april(year), owner="System") for n, year in enumerate(figure["years"])),
        effects=tuple(effects),
        stated=(
            printed("break_even", "Break-even", "residual", 0.0, year=years[-1], placed_with="do_something_gap"),
            *(
                printed(key, key, "saving", amount * MILLION, year=years[-1])
                for key, amount in figure["named_schemes"].items()
            ),
        ),
    )
    found = project(plan)
    gap = [value / MILLION for value in found.scope("both").do_nothing[:-1]]
    assert gap == pytest.approx(list(gaps.values()), abs=0.05)
    assert [b - a for a, b in pairwise(gap)] == pytest.approx(expected["added_pressure_by_year"], abs=0.05)
    saved = (found.scope("both").do_nothing[found.last] - found.scope("both").hoped[found.last]) / MILLION
    assert saved == pytest.approx(expected["total_efficiency"], abs=0.05)
    beside = {row.key: row for row in found.stated}
    assert beside["break_even"].unexplained == pytest.approx((260.6 - 165.1) * MILLION, abs=0.05 * MILLION)
    named = sum(beside[key].printed for key in figure["named_schemes"]) / MILLION
    assert named == pytest.approx(expected["named_schemes_total"])
    assert 100 * named / saved == pytest.approx(expected["named_share_percent"], abs=0.01)


def test_staffordshire_savings_by_organisation_add_up_and_the_truncated_total_is_shown() -> None:
    case = figures("staffordshire_2025_26_by_organisation")
    figure, expected = case["inputs"], case["expected"]
    spending = expected["implied_spend_bn"] * 1000 / 4
    years = ("2024/25", "2025/26")
    keys = {name: name.lower() for name in figure["savings"]}
    plan = entered(
        years,
        organisations=tuple(
            body(key, Role.COMMISSIONER if key == "icb" else Role.PROVIDER) for key in sorted(keys.values())
        ),
        budgets=tuple(cost(f"{key}.all", key, spending * MILLION) for key in keys.values()),
        allocations=given("icb", dict.fromkeys(years, spending * MILLION)),
        schemes=tuple(scheme(key, april(years[1]), owner=name) for name, key in keys.items()),
        effects=tuple(
            effect(f"{key}.save", key, EffectKind.SAVE, f"{key}.all", figure["savings"][name] / spending)
            for name, key in keys.items()
        ),
        stated=(
            printed("total", "Savings to find", "saving", figure["printed_total"] * MILLION, year=years[1],
                    placed_with="savings"),
        ),
    )  # fmt: skip
    found = project(plan)
    saved = {row.who: (row.do_nothing[0] - row.hoped[0]) / MILLION for row in found.organisations}
    for name, key in keys.items():
        assert saved[key] == pytest.approx(figure["savings"][name], abs=0.05)
        assert 100 * saved[key] / sum(saved.values()) == pytest.approx(expected["shares_percent"][name], abs=0.01)
    assert sum(saved.values()) == pytest.approx(expected["total"], abs=0.05)
    total = found.stated[0]
    assert total.modelled == pytest.approx(306.6 * MILLION)
    assert total.unexplained == pytest.approx(-0.6 * MILLION, abs=0.05 * MILLION)


# --- printed lists ----------------------------------------------------------------------------------------------------


def test_headline_gaps_of_2016_keep_their_mixed_scopes_and_are_never_ranked() -> None:
    expected = figures("stp_headline_gaps_2016")["expected"]
    with (FIGURES / "stp_headline_gaps_2016.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    scopes = {"NHS": "nhs", "health and social care": "both"}
    stated = tuple(
        printed(
            f"area_{n:02d}", row["area"], "gap", float(row["gap_2020_21_gbp_m"]) * MILLION, year="2020/21",
            scope=scopes.get(row["scope"], "as printed"),
        )
        for n, row in enumerate(rows)
    )  # fmt: skip
    found = project(entered(("2015/16", "2016/17"), organisations=(body("none"),), stated=stated)).stated
    assert len(found) == expected["areas"]
    assert sum(row.printed for row in found) / MILLION == pytest.approx(expected["sum_gbp_m"])
    assert {row.scope for row in found} == {"nhs", "both", "as printed"}
    assert [row.name for row in found] == [row["area"] for row in rows]  # in the order of their keys, not of size
    assert [row.printed for row in found] != sorted(row.printed for row in found)
    assert all(row.modelled is None for row in found)
    heads = {row["area"]: row["population_stated_on_a_cited_page"] for row in rows}
    for row in found:
        if heads[row.name]:
            per_head = row.printed / float(heads[row.name])
            assert per_head == pytest.approx(expected["per_head_gbp"][row.name], abs=1)


def test_eastern_cheshire_themes_add_up_in_one_year_and_not_in_the_other_which_is_shown() -> None:
    case = figures("eastern_cheshire_ccg_2016_qipp")
    figure, expected = case["inputs"], case["expected"]
    spending, effects, schemes = 250_000.0, [], []
    themes = {f"theme_{n}": amounts for n, amounts in enumerate(figure["themes"].values())}
    for at, year in enumerate(figure["years"]):
        left = 1.0
        for key, amounts in themes.items():
            name = f"{key}.{at}"
            schemes.append(scheme(name, april(year), owner="Commissioner"))
            target = f"ccg.{at}"
            effects.append(effect(name, name, EffectKind.SAVE, target, amounts[at] / (spending * left)))
            left -= amounts[at] / spending
    found = {}
    for at, year in enumerate(figure["years"]):
        plan = entered(
            ("2015/16", *figure["years"][: at + 1]),
            organisations=(body("ccg"),),
            budgets=(cost(f"ccg.{at}", "ccg", spending * 1000),),
            allocations=given("ccg", dict.fromkeys(("2015/16", *figure["years"][: at + 1]), spending * 1000)),
            schemes=tuple(s for s in schemes if s.key.endswith(str(at))),
            effects=tuple(e for e in effects if e.key.endswith(str(at))),
            stated=(
                printed("total", "Savings", "saving", figure["printed_totals"][at] * 1000.0, year=year,
                        placed_with="savings"),
            ),
        )  # fmt: skip
        found[at] = project(plan).stated[0]
    for at in range(2):
        assert found[at].modelled == pytest.approx(expected["totals"][at] * 1000)
        assert found[at].unexplained == pytest.approx(-expected["difference_from_printed"][at] * 1000, abs=0.01)


def test_the_22_billion_of_the_forward_view_shows_its_rounding_difference() -> None:
    """Three levels: leaves make 21.7, printed 21.6; the local part 15.0, printed 14.9."""
    case = figures("five_year_forward_view_22bn")
    leaves, expected = case["inputs"]["leaves"], case["expected"]
    spending = 100.0
    schemes, effects, left = [], [], 1.0
    for key, amount in leaves.items():
        schemes.append(scheme(key, april("2016/17"), owner="NHS England"))
        effects.append(effect(key, key, EffectKind.SAVE, "system.all", amount / (spending * left)))
        left -= amount / spending
    plan = short_of(
        ("2015/16", "2016/17"), {}, spending * 1000, schemes=tuple(schemes), effects=tuple(effects),
        stated=(printed("total", "Efficiencies", "saving", expected["total_printed"] * BILLION, year="2016/17",
                        placed_with="savings"),),
    )  # fmt: skip
    total = project(plan).stated[0]
    assert total.modelled == pytest.approx(expected["total_computed_from_leaves"] * BILLION)
    assert total.unexplained == pytest.approx(-0.1 * BILLION)
    local = sum(amount for key, amount in leaves.items() if key.startswith("local"))
    assert local == pytest.approx(expected["local_total_computed"])
    assert local - expected["local_total_printed"] == pytest.approx(0.1)
    assert local - leaves["local_already_secured"] == pytest.approx(expected["local_to_be_secured"])
