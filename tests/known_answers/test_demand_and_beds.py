"""Demand factors, waterfalls, beds and wards: published figures, and steps worked by hand (method notes 2 and 4)."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from known_answers.entered import FIGURES, S, april, body, cost, effect, entered, figures, index, scheme
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, BedPool, Care
from tripleaim.plan.organisation import Role
from tripleaim.plan.place import AgeProfile, Projection
from tripleaim.plan.scheme import EffectKind
from tripleaim.projection import project, run_cases
from tripleaim.projection.capacity import beds_for_overflow, erlang_loss
from tripleaim.projection.run import Run
from tripleaim.quantities import certain, financial_year, first_calendar_year

ERLANG = figures("erlang_b_table_2pct")
LLR = figures("beds_llr_stp_2016")
SOLUCIENT = figures("beds_solucient_us")
WATERFALL = figures("waterfall_op")
RESAMPLING = figures("resampling_mean")


def spells(key: str, baseline: float, **more: Any) -> ActivityLine:
    row: dict[str, Any] = {"key": key, "name": key, "care": Care.NON_ELECTIVE, "population": "area", "unit": "spell"}
    row |= {"provider": "hospital", "commissioner": "payer", "baseline": baseline, "unit_cost": 1000.0, **more}
    return ActivityLine(**row, **S)


def hospital(*lines: ActivityLine, years: int = 1, **tables: Any) -> Plan:
    """A hospital whose other costs are large enough to hold its lines and wards."""
    names = tuple(financial_year(2015 + n) for n in range(years + 1))
    return entered(
        names,
        organisations=(body("payer"), body("hospital", Role.PROVIDER)),
        activity=lines,
        budgets=(cost("hospital.all", "hospital", 1e9),),
        **tables,
    )


def pool(open_beds: float, key: str = "beds", **more: Any) -> BedPool:
    return BedPool(key=key, name=key, provider="hospital", open_beds=open_beds, **more, **S)


# --- demand factors ---------------------------------------------------------------------------------------------------


def test_all_demand_factors_multiply_cell_by_cell() -> None:
    """Baseline counts x factor a x factor b, as the national hospital model's own test has it."""
    given, expected = RESAMPLING["inputs"], RESAMPLING["expected"]["poisson_mean"]
    for row, counts in enumerate(given["baseline_counts"]):
        for n, count in enumerate(counts):
            a, b = given["factors"]["a"][n], given["factors"]["b"][n]
            plan = entered(
                ("2015/16", "2016/17"),
                organisations=(body("payer"), body("hospital", Role.PROVIDER, accounts=False)),
                projections=(
                    *(Projection(place="area", year=2015, age=age, persons=1.0, **S) for age in (0, 1)),
                    Projection(place="area", year=2016, age=0, persons=float(a * b), **S),
                    Projection(place="area", year=2016, age=1, persons=7.0, **S),
                ),
                age_profiles=(
                    AgeProfile(profile="young", age_from=0, age_to=0, rate=1.0, **S),
                    AgeProfile(profile="young", age_from=1, age_to=120, rate=0.0, **S),
                ),
                activity=(spells("care", count, age_profile="young"),),
            )
            run = run_cases(plan)
            assert run.given.needed[0, 1, run.cases.at("funding_growth")] == pytest.approx(expected[row][n])


def test_growth_beyond_people_compounds_and_multiplies_growth_with_people() -> None:
    """100 units, people x 1.1, use + 2 % a year for two years: 100 x 1.1 x 1.02 x 1.02."""
    plan = hospital(spells("care", 100.0, growth=certain(0.02)), years=2)
    more = tuple(row.model_copy(update={"persons": 1100.0}) if row.year == 2017 else row for row in plan.projections)
    run = run_cases(Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | {"projections": more}))
    assert run.given.needed[0, 2, run.cases.at("funding_growth")] == pytest.approx(100 * 1.1 * 1.02**2)
    assert run.given.needed[0, 2, run.cases.at("demographic")] == pytest.approx(110)


def waterfall() -> dict[tuple[str, str, str], dict[str, float]]:
    steps: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    with (FIGURES / WATERFALL["inputs"]["file"]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = (row["pod"], row["sitetret"], row["measure"])
            steps[place][f"{row['change_factor']}.{row['strategy']}"] = float(row["value"])
    return dict(steps)


def test_the_published_waterfall_closes_on_its_results() -> None:
    steps = waterfall()
    for row in WATERFALL["expected"]["result"]:
        found = sum(steps[row["pod"], row["sitetret"], row["measure"]].values())
        assert found == pytest.approx(row["value"], abs=WATERFALL["tolerance"]["absolute"])


def test_the_published_waterfall_entered_as_a_plan_leaves_its_published_result() -> None:
    """First attendances: every growth step as growth, every avoided step as one scheme's share of what is needed.

    Alone, the steps take more than they do together; the published interaction term is our overlap.
    """
    steps = waterfall()["op_first", "a", "attendances"]
    kinds = {name: name.split(".")[0] for name in steps}
    base = sum(value for name, value in steps.items() if kinds[name] == "baseline")
    avoided = {n: -v for n, v in steps.items() if kinds[n] in ("activity_avoidance", "efficiencies")}
    needed = base + sum(v for n, v in steps.items() if kinds[n] != "baseline" and n not in avoided)
    named = {n: v for n, v in avoided.items() if v > 0 and "interaction" not in n}
    result = next(r["value"] for r in WATERFALL["expected"]["result"] if r["pod"] == "op_first")
    plan = hospital(
        spells("first", base, growth=certain(needed / base - 1)),
        schemes=tuple(scheme(f"s{n}", april("2016/17"), owner="Director") for n, _ in enumerate(named)),
        effects=tuple(
            effect(f"e{n}", f"s{n}", EffectKind.AVOID, "first", size / needed) for n, size in enumerate(named.values())
        ),
    )
    run = run_cases(plan)
    at = run.cases.at("hoped")
    product = math.prod(1 - size / needed for size in named.values())
    assert run.given.needed[0, 1, at] == pytest.approx(needed)
    assert run.given.units[0, 1, at] == pytest.approx(needed * product)
    simple_sum = needed - sum(named.values())
    assert run.given.units[0, 1, at] > simple_sum  # overlap: shares multiply, they never add
    assert run.given.units[0, 1, at] == pytest.approx(result, rel=0.01)


# --- queueing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("servers", "load"), list(zip(ERLANG["inputs"]["servers"], ERLANG["expected"]["offered_load"], strict=True))
)
def test_the_printed_erlang_table_is_reproduced(servers: int, load: float) -> None:
    most = ERLANG["tolerance"]["absolute"]
    low, high = 1e-6, 200.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if erlang_loss(middle, servers) < ERLANG["inputs"]["blocking"] else (low, middle)
    assert low == pytest.approx(load, abs=most)


def test_beds_for_a_busy_day_are_the_fewest_that_overflow_less_often_than_the_limit() -> None:
    """Poisson need of 100 a day, limit 5 %: P(more than 116) = 5.2 %, P(more than 117) = 4.3 %."""

    def above(beds: int) -> float:
        return 1 - sum(math.exp(-100 + n * math.log(100) - math.lgamma(n + 1)) for n in range(beds + 1))

    assert above(116) > 0.05 > above(117)
    run = run_cases(hospital(spells("care", 3650.0, length_of_stay=10.0, bed_pool="beds"), capacity=(
        pool(117.0, overflow_limit=0.05),
    )))  # fmt: skip
    assert run.opened.needed[0, 0, 0] == 117
    assert erlang_loss(100.0, 117) < 0.05
    assert beds_for_overflow(np.array([100.0]), 0.05)[0] == 117


@pytest.mark.parametrize("limit", [0.001, 0.05, 0.3])
def test_beds_for_a_busy_day_agree_with_counting_up_from_nothing(limit: float) -> None:
    for daily in (0.0, 0.01, 0.4, 3.0, 27.7, 151.2):
        beds, so_far = 0, math.exp(-daily)
        while so_far < 1 - limit:
            beds += 1
            so_far += math.exp(-daily + beds * math.log(daily) - math.lgamma(beds + 1))
        assert beds_for_overflow(np.array([daily]), limit)[0] == beds


# --- published bed figures --------------------------------------------------------------------------------------------


def test_leicester_beds_and_what_of_the_claim_the_model_supports() -> None:
    """Printed: acute 1,940 to 1,697, community 233 to 195. A claim with no scheme behind it is unsupported in full."""
    base, later, expected = LLR["inputs"]["baseline"], LLR["inputs"]["future"], LLR["expected"]
    pools, lines = [], []
    for key, beds in base.items():
        pools.append(pool(float(beds), key, claimed_closures=float(beds - later[key])))
        lines.append(spells(key + "_spells", beds * 365 * 0.92 / 8, length_of_stay=8.0, bed_pool=key))
    found = {row.pool: row for row in project(hospital(*lines, capacity=tuple(pools))).beds}
    for key in base:
        assert found[key].claimed == -expected["change"][key]
        assert found[key].unsupported == found[key].claimed
        assert found[key].base == base[key]
        assert found[key].needed == pytest.approx(base[key])
        percent = 100 * found[key].claimed / found[key].base
        assert percent == pytest.approx(expected["percent_printed"][key], abs=1)
    assert sum(row.base for row in found.values()) == expected["totals"]["baseline"]
    assert sum(row.base - row.claimed for row in found.values()) == expected["totals"]["future"]
    assert sum(row.claimed for row in found.values()) == -expected["change"]["total"]


def test_beds_grow_faster_than_admissions_when_the_added_patients_stay_longer() -> None:
    (before, after), (beds, later) = SOLUCIENT["inputs"]["admissions_m"], SOLUCIENT["inputs"]["beds"]
    stay = beds * 365 / (before * 1e6)
    ratio = SOLUCIENT["expected"]["bed_days_per_admission_ratio"]
    longer = stay * ((later * 365 - beds * 365) / ((after - before) * 1e6)) / stay
    plan = hospital(
        spells("as_today", before * 1e6, unit_cost=0.1, length_of_stay=stay, bed_pool="beds"),
        spells("added", 1.0, unit_cost=0.1, length_of_stay=longer, bed_pool="beds"),
        capacity=(pool(beds, target_occupancy=certain(1.0), ward_cost=0.0),),
    )
    run = run_cases(plan)
    assert later / beds / (after / before) == pytest.approx(ratio)
    assert 100 * (after / before - 1) == pytest.approx(
        SOLUCIENT["expected"]["admissions_growth_percent_printed"], abs=1
    )
    assert 100 * (later / beds - 1) == pytest.approx(SOLUCIENT["expected"]["beds_growth_percent_printed"], abs=0.5)
    assert run.opened.needed[0, 0, 0] == pytest.approx(beds, rel=1e-5)


# --- wards by hand ----------------------------------------------------------------------------------------------------
# A pool of 280 beds (ten wards of 28, buffer 14) at target occupancy 92 %. Need by year is set by its activity.


def wards(*needs: float, open_beds: float = 280.0, case: str = "funding_growth", **more: Any) -> list[float]:
    """Beds open by year when the beds needed at 92 % run through `needs`, the opening year first."""
    levels = {financial_year(2015 + n): need for n, need in enumerate(needs)}
    first = next(iter(levels.values()))
    people = tuple(
        Projection(place="area", year=first_calendar_year(y), age=0, persons=1000 * need / first, **S)
        for y, need in levels.items()
    )
    line = spells("care", first * 365 * 0.92 / 5, length_of_stay=5.0, bed_pool="beds")
    plan = hospital(line, years=len(needs) - 1, projections=people, capacity=(pool(open_beds, **more),))
    run: Run = run_cases(plan)
    return [float(v) for v in run.opened.open[0, :-1, run.cases.at(case)]]


def test_a_ward_opens_only_when_need_exceeds_open_beds_by_more_than_the_buffer() -> None:
    assert wards(280, 294) == [280, 280]
    assert wards(280, 294.1) == [280, 308]
    assert wards(280, 330) == [280, 336]


def test_a_ward_closes_the_year_after_it_is_decided_and_one_at_a_time() -> None:
    """Need falls to 200: floor((280 − 200 − 14) / 28) = 2 may close, one a year, the first a year later."""
    assert wards(280, 200, 200, 200, 200) == [280, 280, 252, 224, 224]
    assert wards(280, 200, 200, 200, 200, most_closed_a_year=2) == [280, 280, 224, 224, 224]


def test_a_closure_is_dropped_when_it_is_no_longer_closable() -> None:
    assert wards(280, 230, 270, 270) == [280, 280, 280, 280]


def test_an_opening_cancels_a_pending_closure() -> None:
    assert wards(280, 230, 300, 230, 230) == [280, 280, 308, 308, 280]


def test_exactly_one_ward_is_not_lost_to_rounding() -> None:
    assert wards(280, 238.0, 238.0) == [280, 280, 252]
    assert wards(280, 238.1, 238.1) == [280, 280, 280]


def test_a_fuller_hospital_than_target_opens_at_todays_occupancy_and_closes_at_target() -> None:
    """300 beds needed at 92 % in 280 beds: 98.6 % full today. Need of 310 at 92 % is 289 at today's: within 14."""
    assert wards(300, 310) == [280, 280]
    assert wards(300, 310, case="nothing_safe") == [280, 308]


def test_beds_half_empty_today_close_wards_even_if_nothing_changes_because_closing_is_tested_at_target() -> None:
    """Settled reading 5, against 'do nothing is today's occupancy': 100 of 280 beds needed, a ward a year closes."""
    assert wards(100, 100, 100, 100) == [280, 280, 252, 224]


def test_the_bed_bridge_by_hand() -> None:
    """280 beds, 90 % full today, target 92 %.

    18,396 spells of 5 days; growth 10 % (+ 28 beds); avoid 20 % of stays 0.5 as long (− 30.8 beds, at today's
    occupancy); shorten 10 % of what is left (− 27.72 beds); 249.48 beds' worth at 90 % is 244.06 at 92 %.
    """
    line = spells("care", 280 * 365 * 0.9 / 5, length_of_stay=5.0, bed_pool="beds", growth=certain(0.1))
    plan = hospital(
        line,
        capacity=(pool(280.0, claimed_closures=40.0, most_closed_a_year=2),),
        schemes=(scheme("s", "2016-04"),),
        effects=(
            effect("a", "s", EffectKind.AVOID, "care", 0.2, stay_ratio=0.5),
            effect("b", "s", EffectKind.SHORTEN, "care", 0.1),
        ),
    )
    bridge = project(plan).beds[0]
    assert bridge.opening_occupancy == pytest.approx(0.9)
    assert bridge.growth == pytest.approx(28)
    assert bridge.avoided == pytest.approx(-30.8)
    assert bridge.shortened == pytest.approx(-27.72)
    assert bridge.needed == pytest.approx(249.48 * 0.9 / 0.92)
    assert bridge.occupancy == pytest.approx(249.48 * 0.9 / 0.92 - 249.48)
    assert bridge.closable == 0  # floor((280 − 244.06 − 14) / 28)
    assert (bridge.claimed, bridge.unsupported) == (40, 40)
    assert bridge.open_nothing == 308  # 308 needed at today's 90 %, tested at the higher 92 %: 301.3


def test_the_three_prices_of_a_bed_day_stand_side_by_side() -> None:
    line = spells("care", 10000.0, unit_cost=1900.0, variable_cost=300.0, length_of_stay=6.0, bed_pool="beds")
    prices = project(hospital(line, capacity=(pool(180.0),))).bed_day_prices[0]
    assert prices.average == pytest.approx(1900 / 6)
    assert prices.staffed_bed == pytest.approx(80300 / 365) == pytest.approx(220)
    assert prices.marginal == pytest.approx(50)


def test_cost_levels_follow_the_index_named() -> None:
    line = spells("care", 100.0, cost_index="pay")
    plan = hospital(line, indices=index("pay", {"2015/16": 1.0, "2016/17": 1.033}))
    run = run_cases(plan)
    assert run.spent.lines[0, 1, run.cases.at("funding_growth")] == pytest.approx(103300)
