"""Who carries a difference from plan: corridor, shares, caps, reserve."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.errors import PlanProblems
from tripleaim.incentives.agreement.corridor import Corridor, carried, carried_over_draws, exposure

SHARES = {"C": 0.40, "H": 0.35, "M": 0.15, "L": 0.10}
LOSSES = {"C": 3.0, "H": 1.5, "M": 0.6, "L": 0.3}
GAINS = {"C": 3.0, "H": 2.5, "M": 1.5, "L": 1.0}
FOUR = Corridor(shares=SHARES, deadband=0.5, loss_caps=LOSSES, gain_caps=GAINS, reserve="transformation reserve")


def test_a_loss_beyond_every_cap_falls_on_the_reserve() -> None:
    found = carried(-6, FOUR)
    assert list(found.by.values()) == pytest.approx([-3.0, -1.5, -0.6, -0.3])
    assert (found.residual, found.reserve) == (pytest.approx(-0.1), "transformation reserve")
    assert found.stays == -0.5
    assert found.capped == ("C", "H", "M", "L")


def test_what_a_full_partner_cannot_carry_goes_to_the_others_first() -> None:
    """5.5 by share is 2.2, 1.925, 0.825, 0.55: the last three are cut to 2.4, and of the 0.9 over the first takes 0.8.

    That the reserve has to find 0.1 and not 0.9 is what tells this rule from the other.
    """
    cut = carried(-6, Corridor(shares=SHARES, deadband=0.5, loss_caps=LOSSES, passed_on=False))
    assert list(cut.by.values()) == pytest.approx([-2.2, -1.5, -0.6, -0.3])
    assert cut.residual == pytest.approx(-0.9)


def test_a_gain_below_the_caps_is_shared_by_the_shares() -> None:
    found = carried(4, FOUR)
    assert list(found.by.values()) == pytest.approx([1.4, 1.225, 0.525, 0.35])
    assert (found.residual, found.stays, found.capped) == (0, 0.5, ())


@pytest.mark.parametrize("small", [0.4, -0.4, 0.5, 0.0])
def test_a_small_difference_stays_where_it_falls(small: float) -> None:
    found = carried(small, FOUR)
    assert set(found.by.values()) == {0}
    assert (found.stays, found.residual) == (small, 0)


def test_a_gain_over_every_cap_is_put_into_the_reserve() -> None:
    found = carried(20, FOUR)
    assert list(found.by.values()) == pytest.approx([3.0, 2.5, 1.5, 1.0])
    assert found.residual == pytest.approx(11.5)


def test_without_caps_nothing_is_left_for_the_reserve() -> None:
    found = carried(-1e9, Corridor(shares={"a": 0.25, "b": 0.75, "c": 0.0}))
    assert list(found.by.values()) == [-2.5e8, -7.5e8, 0]
    assert found.residual == 0


def test_the_most_a_partner_may_pay_is_told_beside_its_turnover() -> None:
    found = exposure(FOUR, {"C": 620, "H": 410, "M": 150, "L": 230})
    assert found == pytest.approx({"C": 3 / 620, "H": 1.5 / 410, "M": 0.6 / 150, "L": 0.3 / 230})
    assert exposure(Corridor(shares={"a": 1.0, "b": 0.0}), {"a": 9, "b": 9}) == {"a": math.inf, "b": 0}
    with pytest.raises(PlanProblems, match="nothing above £0 for H"):
        exposure(FOUR, {"C": 620, "M": 150, "L": 230})


def test_every_mistake_is_told_at_once() -> None:
    wrong = Corridor(
        shares={"C": 0.5, "H": 0.6, "M": -0.2, "reserve": 0.0},
        deadband=-1,
        loss_caps={"C": -3, "X": 1},
        gain_caps={"H": float("nan")},
    )
    with pytest.raises(PlanProblems) as refused:
        carried(1, wrong)
    said = str(refused.value)
    assert len(refused.value.problems) == 7
    for part in (
        "-0.2 for M",
        "0.9 over 4 partners",
        "found     X",
        "-3 for C",
        "nan for H",
        "deadband",
        "no partner's",
    ):
        assert part in said
    with pytest.raises(ValueError, match="no numbers"):
        carried(float("nan"), FOUR)


# --- what is so of every corridor ---


@st.composite
def corridors(draw: st.DrawFn) -> Corridor:
    names = "abcde"[: draw(st.integers(1, 5))]
    parts = [draw(st.integers(0, 9)) for _ in names]
    parts[0] += 1
    cap = st.one_of(st.none(), st.integers(0, 40))
    caps = [{name: float(most) for name in names if (most := draw(cap)) is not None} for _ in range(2)]
    return Corridor(
        shares={name: part / sum(parts) for name, part in zip(names, parts, strict=True)},
        deadband=draw(st.integers(0, 5)),
        loss_caps=caps[0],
        gain_caps=caps[1],
        passed_on=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(corridor=corridors())
def test_it_never_jumps_never_turns_back_and_never_passes_a_cap(corridor: Corridor) -> None:
    steps = np.linspace(-120, 120, 2401)
    found = carried_over_draws(steps, corridor)
    by_step = np.diff(found, axis=1)
    assert (by_step >= -1e-9).all()
    assert (by_step.sum(axis=0) <= 0.1 + 1e-9).all()  # all together never move by more than the difference
    for row, name in zip(found, corridor.shares, strict=True):
        assert row.min() >= -corridor.loss_caps.get(name, np.inf) - 1e-9
        assert row.max() <= corridor.gain_caps.get(name, np.inf) + 1e-9
        assert (row[np.abs(steps) <= corridor.deadband] == 0).all()


@settings(max_examples=60, deadline=None)
@given(corridor=corridors(), difference=st.floats(-200, 200), order=st.data(), unit=st.sampled_from([1e-6, 1e6]))
def test_all_parts_add_up_and_neither_order_nor_unit_matters(
    corridor: Corridor, difference: float, order: st.DataObject, unit: float
) -> None:
    found = carried(difference, corridor)
    assert found.stays + sum(found.by.values()) + found.residual == pytest.approx(difference, abs=1e-9)
    assert found.residual * difference >= 0
    again = carried(
        unit * difference,
        Corridor(
            shares={name: corridor.shares[name] for name in order.draw(st.permutations(list(corridor.shares)))},
            deadband=unit * corridor.deadband,
            loss_caps={name: unit * cap for name, cap in corridor.loss_caps.items()},
            gain_caps={name: unit * cap for name, cap in corridor.gain_caps.items()},
            passed_on=corridor.passed_on,
        ),
    )
    assert {name: again.by[name] / unit for name in corridor.shares} == pytest.approx(dict(found.by), abs=1e-9)
    assert again.residual / unit == pytest.approx(found.residual, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(corridor=corridors(), difference=st.floats(0, 200))
def test_passing_on_leaves_the_reserve_no_more_to_find(corridor: Corridor, difference: float) -> None:
    both = [
        carried(-difference, Corridor(shares=corridor.shares, loss_caps=corridor.loss_caps, passed_on=passed_on))
        for passed_on in (True, False)
    ]
    assert abs(both[0].residual) <= abs(both[1].residual) + 1e-9
    has_room = [
        name
        for name, share in corridor.shares.items()
        if share and abs(both[0].by[name]) < corridor.loss_caps.get(name, math.inf) - 1e-9
    ]
    assert both[0].residual == 0 or not has_room or abs(both[0].residual) < 1e-9
