"""What holds in any plan of the tables that a choice of schemes and its sharing rest on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from invariants.small_choices import small_choice, small_choices
from invariants.small_plans import small_plan
from tripleaim.loading import read_plan, write_plan
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.plan import Plan
from tripleaim.plan.choice_limit import LimitKind
from tripleaim.plan.variant import with_tables
from tripleaim.projection import run_cases

TABLES = ("choice_limits", "aim_weights", "leadership_hours", "least_volumes", "risk_shares", "payment_proposals")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Generating overly large repr")]


def without(plan: Plan) -> Plan:
    return with_tables(plan, **dict.fromkeys(TABLES, ()))


@settings(max_examples=12)
@given(small_choices())
def test_every_random_choice_is_one_the_reader_accepts_and_changes_no_figure_of_a_run(plan: Plan) -> None:
    crosscheck_plan(plan)
    assert all(getattr(plan, name) for name in TABLES if name not in ("choice_limits", "least_volumes"))
    one, other = run_cases(plan), run_cases(without(plan))
    assert np.array_equal(one.recurrent, other.recurrent)
    assert np.array_equal(one.one_off, other.one_off)


def test_thirty_random_choices_hold_every_kind_of_limit_and_are_read_back_as_written(tmp_path: Path) -> None:
    plans = [small_choice(seed) for seed in range(30)]
    assert {limit.kind for plan in plans for limit in plan.choice_limits} == set(LimitKind)
    for n in (0, 7):
        assert read_plan(write_plan(plans[n], tmp_path / str(n))).fingerprint == plans[n].fingerprint


def test_a_plan_without_these_tables_keeps_the_fingerprint_it_had() -> None:
    plan = small_choice(3)
    assert without(plan).fingerprint == small_plan(3, schemes=(1, 6)).fingerprint
    for name in TABLES:
        if getattr(plan, name):
            assert with_tables(plan, **{name: ()}).fingerprint != plan.fingerprint
