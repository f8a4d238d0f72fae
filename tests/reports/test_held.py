"""A started plan says in money and beds what holding a past trend means, and says nothing where none is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.loading import read_plan, write_plan
from tripleaim.opendata.start import start
from tripleaim.opendata.start.held import held, in_full
from tripleaim.plan.activity import Care
from tripleaim.projection import project
from tripleaim.reports.held import with_meaning

NORFOLK, LEICESTER, DAY_CASES_ONLY = "E54000022", "E54000015", "E54000030"


def told(code: str) -> list[str]:
    return [text for text in with_meaning(start(code)).heading.not_known if text.startswith("Whether the past trend")]


def test_the_lines_of_a_held_trend_grow_by_what_was_measured_and_all_else_stays() -> None:
    plan = start(NORFOLK)
    found, full = held(plan), in_full(plan)
    assert full is not None
    assert set(found) == {"elective", "day_case"}
    changed = {now.care for was, now in zip(plan.activity, full.activity, strict=True) if was != now}
    assert changed == {Care.ELECTIVE, Care.DAY_CASE}
    grown = {line.growth.point for line in full.activity if line.care is Care.DAY_CASE}
    assert grown == {round(found["day_case"].rest, 4)}
    assert grown != {0.03}


@pytest.mark.parametrize("code", [NORFOLK, DAY_CASES_ONLY])
def test_the_money_and_beds_told_are_the_difference_of_two_projections(code: str) -> None:
    plan = start(code)
    full = in_full(plan)
    assert full is not None
    as_held, in_whole = project(plan), project(full)
    money = in_whole.scope("both").do_nothing[-2] - as_held.scope("both").do_nothing[-2]
    beds = sum(each.open_nothing for each in in_whole.beds) - sum(each.open_nothing for each in as_held.beds)
    (words,) = told(code)
    assert f"would cost £{money / 1e6:.1f}m more and need" in words
    assert (f"need {-beds:.0f} beds fewer" if beds else "need as many beds") in words


def test_the_plan_that_says_so_is_another_and_comes_back_from_its_files(tmp_path: Path) -> None:
    said = with_meaning(start(NORFOLK))
    assert said.fingerprint != start(NORFOLK).fingerprint
    assert read_plan(write_plan(said, tmp_path / "plan")).fingerprint == said.fingerprint


def test_a_place_without_a_held_trend_is_left_as_it_is() -> None:
    plan = start(LEICESTER)
    assert with_meaning(plan) is plan
    assert told(LEICESTER) == []
