"""What there is to choose from, and a plan with some of its schemes only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.errors import Impossible
from tripleaim.loading import read_plan
from tripleaim.loading.write import write_plan
from tripleaim.plan import Plan
from tripleaim.plan.scheme import Action, Scheme
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.options import options, with_choice

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def place() -> Plan:
    return read_plan(ROOT / "plans" / "wealdshire_and_marsh")


def starts(plan: Plan, scheme: str) -> list[str]:
    return [option.start for option in options(plan) if option.scheme == scheme]


def altered(plan: Plan, key: str, **changed: object) -> Plan:
    rows = tuple(Scheme(**{**dict(row), **changed}) if row.key == key else row for row in plan.schemes)
    return with_tables(plan, schemes=rows)


def test_a_scheme_may_start_whole_years_later_while_it_and_its_money_fall_in_the_plan(place: Plan) -> None:
    assert starts(place, "home_first") == ["2017-10", "2018-10", "2019-10", "2020-10"]
    assert starts(place, "walk_in_night") == ["2019-04", "2020-04"]


def test_money_that_would_fall_after_the_plan_holds_a_scheme_back(place: Plan) -> None:
    late = tuple(
        type(row)(**{**dict(row), "year": "2019/20"}) if row.key == "home_first.setup" else row for row in place.costs
    )
    assert starts(with_tables(place, costs=late), "home_first") == ["2017-10", "2018-10"]
    long = tuple(
        type(row)(**{**dict(row), "months": 20.0}) if row.key == "home_first.double" else row for row in place.costs
    )
    assert starts(with_tables(place, costs=long), "home_first") == ["2017-10", "2018-10"]


@pytest.mark.parametrize("key", ["care_home_support", "buying_and_medicines"])
def test_what_has_begun_can_be_left_out_and_not_moved(place: Plan, key: str) -> None:
    """The first is live; the second started in 2016-04, before the plan's date of 2017-02-20."""
    assert len(starts(place, key)) == 1
    with pytest.raises(Impossible, match="it has begun"):
        with_choice(place, {key: 1})


def test_nothing_starts_before_the_public_was_consulted(place: Plan) -> None:
    plan = altered(place, "gp_hubs", consultation_months=20)
    first, second, *_ = (option for option in options(plan) if option.scheme == "gp_hubs")
    assert (first.start, first.is_offered, second.is_offered) == ("2018-04", False, True)
    assert first.why_not == (
        "The public is to be consulted for 20 months from 2017-02, so it cannot start in 2018-04, before 2018-10."
    )


def test_a_choice_is_a_plan_that_can_be_written_and_read(place: Plan, tmp_path: Path) -> None:
    chosen = with_choice(place, {"home_first": 1, "shared_record": 0, "gp_hubs": 2, "reablement": 0})
    write_plan(chosen, tmp_path / "chosen")
    again = read_plan(tmp_path / "chosen")
    assert again.fingerprint == chosen.fingerprint
    assert {row.key: row.start for row in again.schemes} == {
        "home_first": "2018-10",
        "shared_record": "2016-10",
        "gp_hubs": "2020-04",
        "reablement": "2016-10",
    }
    assert {row.scheme for row in (*again.effects, *again.costs, *again.posts)} <= {row.key for row in again.schemes}
    setup = next(row for row in again.costs if row.key == "home_first.setup")
    assert setup.year == "2018/19"


def test_nothing_can_be_chosen_too(place: Plan, tmp_path: Path) -> None:
    write_plan(with_choice(place, {}), tmp_path / "nothing")
    assert read_plan(tmp_path / "nothing").schemes == ()


def test_the_plan_as_it_stands_is_a_choice(place: Plan) -> None:
    assert with_choice(place, {row.key: 0 for row in place.schemes}).fingerprint == place.fingerprint


def test_actions_move_with_the_start_and_what_is_done_stays(place: Plan) -> None:
    rows = tuple(
        Action(scheme="home_first", action=due, due=due, source="scheme_cases") for due in ("2017-01", "2017-09")
    )
    moved = with_choice(with_tables(place, actions=rows), {"home_first": 1})
    assert [row.due for row in moved.actions] == ["2017-01", "2018-09"]


def test_a_choice_that_cannot_be_is_refused_with_everything_wrong_at_once(place: Plan) -> None:
    with pytest.raises(Impossible) as refused:
        with_choice(place, {"gp_hubs": 0, "home_frist": 0, "home_first": 4})
    assert "No scheme has the key home_frist." in str(refused.value)
    assert "General practice hubs in six towns needs One shared digital record." in str(refused.value)
    assert "Home First cannot start in 2021-10: its start or its money would lie outside the plan." in str(
        refused.value
    )
