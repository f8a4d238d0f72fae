"""A printed figure may be placed with a line (what is spent on it) or with beds (full on an average day)."""

from __future__ import annotations

from pathlib import Path

import pytest

from loading.tiny import write_tiny
from tripleaim.errors import PlanProblems
from tripleaim.loading import read_plan
from tripleaim.projection import project
from tripleaim.projection.reconcile import Reconciled

HEADER = "key,name,measure,year,amount,basis,placed_with,source\n"


def placed(folder: Path, measure: str, year: str, with_what: str, basis: str = "annual") -> Reconciled:
    row = f"printed,As printed,{measure},{year},1000,{basis},{with_what},guess\n"
    (found,) = project(read_plan(write_tiny(folder, {"stated.csv": HEADER + row}))).stated
    return found


def test_what_was_spent_stands_beside_what_the_line_is_paid(tmp_path: Path) -> None:
    """Care at home in the tiny plan: 90,000 hours at 17 pounds in the opening year."""
    found = placed(tmp_path, "spend", "2015/16", "home_care")
    assert found.modelled == pytest.approx(90_000 * 17)
    assert found.unexplained == pytest.approx(1_000 - 90_000 * 17)


def test_beds_stand_beside_the_beds_full_on_an_average_day(tmp_path: Path) -> None:
    assert placed(tmp_path, "beds", "2015/16", "wards").modelled == pytest.approx(4_000 * 5.5 / 365)


def test_figures_of_several_years_together_are_held_against_the_same_years(tmp_path: Path) -> None:
    first, second = (placed(tmp_path / year[:4], "spend", year, "emergency") for year in ("2016/17", "2017/18"))
    both = placed(tmp_path / "both", "spend", "2017/18", "emergency", basis="cumulative")
    assert both.modelled == pytest.approx((first.modelled or 0) + (second.modelled or 0))


@pytest.mark.parametrize("year", ["2014/15", "2018/19"])
def test_a_year_the_plan_does_not_hold_leaves_the_figure_unplaced(tmp_path: Path, year: str) -> None:
    assert placed(tmp_path, "spend", year, "emergency").modelled is None


@pytest.mark.parametrize(
    ("measure", "with_what", "to_fix"),
    [
        ("spend", "emergancy", "write emergency"),
        ("beds", "emergency", "leave it empty"),
        ("staff", "emergency", "leave"),
    ],
)
def test_only_spending_is_placed_with_a_line_and_only_beds_with_beds(
    tmp_path: Path, measure: str, with_what: str, to_fix: str
) -> None:
    row = f"printed,As printed,{measure},2016/17,1000,annual,{with_what},guess\n"
    with pytest.raises(PlanProblems) as refused:
        read_plan(write_tiny(tmp_path, {"stated.csv": HEADER + row}))
    (problem,) = refused.value.problems
    assert (problem.file, problem.field, problem.found) == ("stated.csv", "placed_with", with_what)
    assert problem.to_fix.startswith(to_fix)
