"""People: published populations, rates by age, and cohort ratios worked by hand (method notes 1 and 2)."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
import pytest

from known_answers.entered import FIGURES, S, body, entered, figures
from tripleaim.errors import PlanProblems
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.organisation import Role
from tripleaim.plan.place import AgeProfile, Place, PlaceKind, Population, Projection
from tripleaim.projection import run_cases
from tripleaim.projection.people import backward, cohort_ratios, forward, people

SELVIN = figures("selvin_1940_rates_on_1960_population")
ONS = figures("ons_mid2023_totals")
FACTORS = figures("demographic_factor")


def cells(year: int, counts: list[float], place: str = "area", noun: Any = Population, **more: Any) -> tuple[Any, ...]:
    return tuple(noun(place=place, year=year, age=age, persons=float(n), **more, **S) for age, n in enumerate(counts))


def a_line(**more: Any) -> ActivityLine:
    row: dict[str, Any] = {"key": "care", "name": "Care", "care": Care.OTHER, "population": "area", "provider": "giver"}
    row |= {"commissioner": "payer", "baseline": 1000.0, "unit": "unit", "unit_cost": 1.0, **more}
    return ActivityLine(**row, **S)


def growing(before: list[float], after: list[float], rates: list[float] | None = None, **more: Any) -> Plan:
    profile = tuple(
        AgeProfile(profile="rates", age_from=age, age_to=age if age < len(before) - 1 else 120, rate=rate, **S)
        for age, rate in enumerate(rates or [])
    )
    return entered(
        ("2016/17", "2017/18"),
        organisations=(body("payer"), body("giver", Role.PROVIDER, accounts=False)),
        projections=(*cells(2016, before, noun=Projection), *cells(2017, after, noun=Projection)),
        age_profiles=profile,
        activity=(a_line(age_profile="rates" if rates else "", **more),),
    )


def test_rates_of_1940_on_the_people_of_1960_give_the_published_growth() -> None:
    given, expected = SELVIN["inputs"], SELVIN["expected"]
    rates = [e / p for e, p in zip(given["base_events"], given["base_population"], strict=True)]
    base = float(sum(given["base_events"]))
    run = run_cases(growing(given["base_population"], given["future_population"], rates, baseline=base))
    assert run.inputs.lines.demographic[0, 1, 0] == pytest.approx(expected["demographic_growth_factor"], rel=1e-9)
    assert run.given.needed[0, 1, run.cases.at("funding_growth")] == pytest.approx(
        expected["projected_future_events"], rel=1e-9
    )
    heads = run_cases(growing(given["base_population"], given["future_population"]))
    assert heads.inputs.lines.demographic[0, 1, 0] == pytest.approx(expected["population_growth_factor"], rel=1e-9)


def test_a_profile_given_as_shares_of_activity_gives_the_same_growth_as_its_rates() -> None:
    given = SELVIN["inputs"]
    plan = growing(given["base_population"], given["future_population"], [1.0] * 11)
    total = sum(given["base_events"])
    shares = tuple(
        row.model_copy(update={"rate": None, "age_share": given["base_events"][row.age_from] / total})
        for row in plan.age_profiles
    )
    run = run_cases(Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | {"age_profiles": shares}))
    expected = SELVIN["expected"]["demographic_growth_factor"]
    assert run.inputs.lines.demographic[0, 1, 0] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("start", ["2018", "2019"])
def test_a_demographic_factor_is_projected_over_baseline_people(start: str) -> None:
    table, expected = FACTORS["inputs"]["population"], FACTORS["expected"][f"start_{start}"]
    for n, factor in enumerate(expected):
        run = run_cases(growing([table[start][n]], [table["2020"][n]]))
        assert run.inputs.lines.demographic[0, 1, 0] == pytest.approx(factor, rel=1e-12)


def ons_rows() -> list[dict[str, str]]:
    with (FIGURES / ONS["inputs"]["file"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(name: str) -> str:
    return name.lower().replace(" ", "_")


@pytest.fixture(scope="module")
def uk() -> Plan:
    names = sorted({row["Name"] for row in ons_rows()})
    population = tuple(
        Population(
            place=key(r["Name"]), year=2023, sex=r["sex"], age=int(r["age"].rstrip("+")), persons=float(r["count"]), **S
        )
        for r in ons_rows()
    )
    later = tuple(
        Projection(place=r.place, year=2024, sex=r.sex, age=r.age, persons=r.persons, **S) for r in population
    )
    plan = entered(
        ("2023/24", "2024/25"),
        places=tuple(Place(key=key(n), name=n, kind=PlaceKind.REFERENCE, **S) for n in names),
        population=population,
        projections=later,
    )
    return plan


def test_mid_2023_people_sum_to_the_printed_totals_of_every_country_and_sex(uk: Plan) -> None:
    for name, total in ONS["expected"]["totals"].items():
        found = people(uk, key(name))
        assert found.count[:, :, 0].sum() == total
        for sex, count in ONS["expected"]["by_sex"][name].items():
            assert found.count[found.sexes.index(sex), :, 0].sum() == count


def test_nested_countries_are_not_added_twice(uk: Plan) -> None:
    def total(name: str) -> float:
        return float(people(uk, key(name)).count[:, :, 0].sum())

    parts = ("ENGLAND", "WALES", "SCOTLAND", "NORTHERN IRELAND")
    assert sum(map(total, parts)) == total("UNITED KINGDOM")
    assert total("ENGLAND") + total("WALES") == total("ENGLAND AND WALES")
    every = {row.place for row in uk.population}
    assert sum(float(people(uk, place).count[:, :, 0].sum()) for place in every) > 3 * total("UNITED KINGDOM")


def test_the_open_top_age_is_90_and_the_bands_of_england_agree(uk: Plan) -> None:
    by_age = people(uk, "england").count[:, :, 0].sum(axis=0)
    assert len(by_age) == 91
    for band, count in ONS["expected"]["england_by_band"].items():
        low, _, high = band.rstrip("+").partition("-")
        chosen = by_age[int(low) :] if band.endswith("+") else by_age[int(low) : int(high) + 1]
        assert chosen.sum() == count


# --- Hamilton-Perry by hand -------------------------------------------------------------------------------------------
# Ages 0 to 3 and 4 and over. Two mid-years two years apart.
EARLIER = [100.0, 110.0, 120.0, 80.0, 60.0]
LATER = [90.0, 95.0, 105.0, 99.0, 130.0]


def test_cohort_ratios_two_years_apart_pool_the_open_top_age() -> None:
    """Age 2 from age 0: 105/100. Age 3 from age 1: 99/110. 4 and over from 2 and over: 130/(120 + 80 + 60) = 0.5."""
    assert cohort_ratios(np.array(EARLIER), np.array(LATER), 2) == pytest.approx([1.05, 0.9, 0.5])


def test_two_years_forward_by_hand() -> None:
    """2: 90 x 1.05 = 94.5. 3: 95 x 0.9 = 85.5. 4+: (105 + 99 + 130) x 0.5 = 167. No adults of 20 to 39, no births."""
    ratios = cohort_ratios(np.array(EARLIER), np.array(LATER), 2)
    found = forward(np.array(LATER), ratios, np.array([0.1, 0.1]), 2)
    assert found == pytest.approx([0, 0, 94.5, 85.5, 167.0])


def test_a_back_cast_divides_each_cohort_by_its_ratio() -> None:
    """From the earlier year: 0: 120/1.05. 1: 80/0.9. 2 and over were 60/0.5 = 120 people, in the mix 120 : 80 : 60."""
    ratios = cohort_ratios(np.array(EARLIER), np.array(LATER), 2)
    found = backward(np.array(EARLIER), ratios, 2)
    assert found == pytest.approx([120 / 1.05, 80 / 0.9, 120 * 120 / 260, 120 * 80 / 260, 120 * 60 / 260])


def derived(years: tuple[str, ...], **heading: Any) -> Plan:
    plan = entered(years, projections=(), population=(*cells(2017, EARLIER), *cells(2019, LATER)))
    changed = plan.heading.model_copy(update=heading)
    return Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | {"heading": changed})


def test_years_between_are_interpolated_and_earlier_ones_a_labelled_back_cast() -> None:
    found = people(derived(("2016/17", "2017/18", "2018/19", "2019/20", "2020/21", "2021/22")), "area")
    assert found.how == (
        "back-cast",
        "estimate",
        "interpolated",
        "estimate",
        "interpolated",
        "derived (Hamilton-Perry)",
    )
    count = found.count[0]
    assert count[:, 2] == pytest.approx((np.array(EARLIER) + np.array(LATER)) / 2)
    assert count[2:, 5] == pytest.approx([94.5, 85.5, 167.0])
    assert count[2:, 4] == pytest.approx((np.array(LATER)[2:] + np.array([94.5, 85.5, 167.0])) / 2)
    back = [120 / 1.05, 80 / 0.9, 120 * 120 / 260, 120 * 80 / 260, 120 * 60 / 260]
    assert count[:, 0] == pytest.approx((np.array(back) + np.array(EARLIER)) / 2)


def test_births_follow_adults_of_20_to_39() -> None:
    """41 ages: 200 children of 0 and 1 to 2,000 adults; adults of the next step 1,900, so 190 children."""
    before = np.full(41, 100.0)
    after = np.full(41, 100.0)
    ratios = cohort_ratios(before, after, 2)
    found = forward(
        np.where((np.arange(41) >= 18) & (np.arange(41) < 38), 95.0, 100.0), ratios, np.array([0.05, 0.05]), 2
    )
    assert found[20:40].sum() == pytest.approx(1900)
    assert found[:2] == pytest.approx([95, 95])


def test_small_cells_lean_on_the_reference_place() -> None:
    """A cell of 25 people has a quarter of its own ratio (2.0) and three quarters of the reference's (1.0): 1.25."""
    plan = entered(
        ("2018/19", "2019/20"),
        projections=(),
        places=(
            Place(key="area", name="Area", kind=PlaceKind.FOOTPRINT, **S),
            Place(key="england", name="England", kind=PlaceKind.REFERENCE, **S),
        ),
        population=(
            *cells(2017, [25.0, 400.0, 400.0]),
            *cells(2018, [25.0, 50.0, 400.0]),
            *cells(2017, [1e6, 1e6, 1e6], place="england"),
            *cells(2018, [1e6, 1e6, 1e6], place="england"),
        ),
    )
    count = people(plan, "area").count[0]
    assert count[1, 1] == pytest.approx(25 * 1.25)
    assert count[2, 1] == pytest.approx((50 + 400) * 0.5)


def test_estimates_later_than_the_plan_can_be_switched_off() -> None:
    plan = derived(("2016/17", "2017/18", "2018/19"), use_hindsight=False, dated="2017-10-21")
    with pytest.raises(PlanProblems, match="two mid-year estimates"):
        people(plan, "area")


def test_a_year_between_two_earlier_estimates_is_interpolated_and_the_latest_two_carry_forward() -> None:
    plan = entered(
        ("2014/15", "2015/16", "2016/17", "2017/18", "2018/19", "2019/20", "2020/21", "2021/22"),
        projections=(),
        population=(*cells(2011, [40.0, 50.0, 60.0, 20.0, 0.0]), *cells(2017, EARLIER), *cells(2019, LATER)),
    )
    found = people(plan, "area")
    assert found.how[0] == "interpolated"
    assert found.count[0, :, 0] == pytest.approx((np.array([40.0, 50, 60, 20, 0]) + np.array(EARLIER)) / 2)
    assert found.count[0, 2:, 7] == pytest.approx([94.5, 85.5, 167.0])


def test_estimates_with_different_open_ages_meet_at_the_lower_one() -> None:
    """2017 stops at 2 and over, so 2019 has 105 + 124 = 229 of them, from all 350 two years before: 229/350."""
    plan = entered(
        ("2018/19", "2019/20", "2020/21", "2021/22"),
        projections=(),
        population=(*cells(2017, [100.0, 110.0, 140.0]), *cells(2019, [90.0, 95.0, 105.0, 124.0])),
    )
    count = people(plan, "area").count[0]
    assert count.shape[0] == 3
    assert count[2, 3] == pytest.approx((90 + 95 + 229) * 229 / 350)


def test_a_place_of_persons_leans_on_all_sexes_of_the_reference_place() -> None:
    """A cell of 25 people: a quarter of 2.0 and three quarters of (800 + 1,200) / (1,000 + 1,000) = 1.0."""
    plan = entered(
        ("2018/19", "2019/20"),
        projections=(),
        places=(
            Place(key="area", name="Area", kind=PlaceKind.FOOTPRINT, **S),
            Place(key="england", name="England", kind=PlaceKind.REFERENCE, **S),
        ),
        population=(
            *cells(2017, [25.0, 400.0, 400.0]),
            *cells(2018, [25.0, 50.0, 400.0]),
            *cells(2017, [1000.0, 1000.0, 1000.0], place="england", sex="females"),
            *cells(2018, [1000.0, 800.0, 1000.0], place="england", sex="females"),
            *cells(2017, [1000.0, 1000.0, 1000.0], place="england", sex="males"),
            *cells(2018, [1000.0, 1200.0, 1000.0], place="england", sex="males"),
        ),
    )
    assert people(plan, "area").count[0, 1, 1] == pytest.approx(25 * 1.25)


def test_the_years_of_estimates_later_than_the_plan_are_told() -> None:
    later = people(derived(("2016/17", "2017/18"), dated="2017-10-21"), "area")
    assert later.hindsight == (2019,)
    assert people(derived(("2016/17", "2017/18"), dated="2019-10-21"), "area").hindsight == ()


def test_with_hindsight_off_the_two_latest_estimates_before_the_plan_are_carried_forward() -> None:
    plan = derived(("2016/17", "2017/18", "2018/19", "2019/20"), use_hindsight=False, dated="2017-10-21")
    earlier = cells(2015, [100.0, 100.0, 100.0, 100.0, 100.0])
    told = Plan(**{n: getattr(plan, n) for n in Plan.model_fields} | {"population": (*earlier, *plan.population)})
    found = people(told, "area")
    assert found.hindsight == ()
    assert found.how[-1] == "derived (Hamilton-Perry)"
    assert found.count[0, 2, 3] == pytest.approx(100 * 120 / 100)
