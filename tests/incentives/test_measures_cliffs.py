"""Payments at thresholds: what a scheme costs at the edge, and the cheapest transfers that mend it (method note 15)."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentives.recorded import same_when_recorded
from known_answers.entered import figures
from tripleaim.errors import Impossible
from tripleaim.incentives.measures import Threshold, at_cliffs, mend, threshold_effect, to_spare, transfer_needed

KNOWN = figures("home_first_agreement")["cliff"]


def edge(body: str, headroom: float, payment: float, what: str = "fund") -> Threshold:
    return Threshold(body=body, what=what, headroom=headroom, payment=payment)


FUND = edge("hospital", KNOWN["headroom"], KNOWN["payment"], "fund for meeting the control total")


def test_a_scheme_at_the_edge_of_a_control_total_costs_what_it_loses_as_well() -> None:
    (found,) = at_cliffs({"hospital": -KNOWN["cost"]}, [FUND])
    assert found.whole == pytest.approx(-KNOWN["whole_cost"])
    assert found.least_transfer == pytest.approx(KNOWN["least_transfer"])
    assert found.lost == (FUND,)


def test_that_much_mends_it_and_a_penny_less_does_not() -> None:
    transfer, near = KNOWN["least_transfer"], 0.01
    assert threshold_effect(transfer - KNOWN["cost"], KNOWN["headroom"], KNOWN["payment"]) == 0
    assert threshold_effect(transfer - near - KNOWN["cost"], KNOWN["headroom"], KNOWN["payment"]) == -KNOWN["payment"]
    found = mend({"hospital": -KNOWN["cost"], "commissioner": 7.5}, [FUND])
    assert found.transfers == pytest.approx({"hospital": transfer, "commissioner": -transfer})
    assert (found.worth, found.beyond) == (KNOWN["payment"], ())
    assert found.moved == pytest.approx(transfer)


def test_a_payment_missed_already_is_not_lost_again_and_may_be_won() -> None:
    missed = edge("a", -2.0, 5.0)
    assert at_cliffs({"a": -1.0}, [missed])[0].whole == -1
    assert at_cliffs({"a": 2.0}, [missed])[0].whole == 7
    assert transfer_needed(-1.0, -2.0) == 0


def test_several_thresholds_of_one_body_fall_one_after_another() -> None:
    near, far = edge("a", 1.0, 4.0, "access to capital"), edge("a", 3.0, 6.0, "fund")
    (found,) = at_cliffs({"a": -5.0}, [near, far])
    assert found.lost == (far, near)  # the far one needs least to keep
    assert (found.at_thresholds, found.least_transfer) == (-10, 4)
    assert at_cliffs({"a": -2.0}, [near, far])[0].lost == (near,)


def test_with_too_little_to_give_the_payment_worth_most_is_kept() -> None:
    """Two are to spare: a needs 2 for 5, b needs 1 for 3, c needs 1 for 1. b and c come to 4, a alone to 5."""
    thresholds = [edge("a", 0.0, 5.0), edge("b", 0.0, 3.0), edge("c", 0.0, 1.0)]
    found = mend({"a": -2.0, "b": -1.0, "c": -1.0, "giver": 2.0}, thresholds)
    assert found.transfers == pytest.approx({"a": 2, "b": 0, "c": 0, "giver": -2})
    assert [each.body for each in found.beyond] == ["b", "c"]


def test_of_two_thresholds_the_one_in_reach_is_kept() -> None:
    near, far = edge("a", 1.0, 4.0), edge("a", 3.0, 6.0)
    found = mend({"a": -5.0, "b": 2.5}, [near, far])
    assert (found.kept, found.beyond) == ((far,), (near,))
    assert found.transfers == pytest.approx({"a": 2, "b": -2})


def test_no_giver_falls_off_a_cliff_of_its_own() -> None:
    thresholds = [FUND, edge("trust", 0.6, 8.0), edge("edge", 0.0, 8.0)]
    change = {"hospital": -2.1, "trust": 0.0, "edge": 0.0, "council": 0.9}
    assert to_spare(change, thresholds) == pytest.approx({"hospital": 0, "trust": 0.6, "edge": 0, "council": 0.9})
    found = mend(change, thresholds)
    assert found.transfers == pytest.approx({"hospital": 1.1, "trust": -0.44, "edge": 0, "council": -0.66})
    after = at_cliffs({body: change[body] + found.transfers[body] for body in change}, thresholds)
    assert not any(each.lost for each in after)


def test_where_nobody_can_give_nothing_moves() -> None:
    found = mend({"hospital": -2.1, "commissioner": -1.0}, [FUND])
    assert (set(found.transfers.values()), found.beyond, found.worth) == ({0.0}, (FUND,), 0)
    assert mend({"hospital": 1.0, "commissioner": 1.0}, [FUND]).moved == 0


def test_of_two_payments_worth_the_same_the_cheaper_is_kept() -> None:
    found = mend({"a": -2.0, "b": -1.0, "giver": 2.0}, [edge("a", 0.0, 5.0), edge("b", 0.0, 5.0)])
    assert found.transfers == pytest.approx({"a": 0, "b": 1, "giver": -1})


def test_who_wins_a_payment_by_the_change_does_not_give_it_away_again() -> None:
    assert to_spare({"a": 3.0, "b": 0.5}, [edge("a", -1.0, 9.0), edge("b", -1.0, 9.0)]) == {"a": 2.0, "b": 0.5}


def test_pence_that_do_not_add_up_in_binary_push_nobody_over_an_edge() -> None:
    three_tenths = 0.1 + 0.2  # a little more than 0.3
    assert threshold_effect(-three_tenths, 0.3, 9.0) == 0
    thresholds = [edge("a", 0.0, 9.0), edge("b", 0.0, 9.0)]
    assert mend({"a": -0.1, "b": -0.2, "giver": 0.3}, thresholds).beyond == ()


def test_what_each_may_give_can_be_said() -> None:
    found = mend({"hospital": -2.1, "commissioner": 7.5, "council": 1.0}, [FUND], spare={"council": 1.5})
    assert found.transfers == pytest.approx({"hospital": 1.1, "commissioner": 0, "council": -1.1})


# --- what is so of all ---


@st.composite
def places(draw: st.DrawFn) -> tuple[dict[str, float], list[Threshold]]:
    """Up to five bodies with up to two payments each; whole pounds, so that sums are exact."""
    bodies = "abcde"[: draw(st.integers(2, 5))]
    change = {body: float(draw(st.integers(-6, 6))) for body in bodies}
    thresholds = [
        edge(body, float(draw(st.integers(-2, 4))), float(draw(st.integers(0, 9))), f"payment {n}")
        for body in bodies
        for n in range(draw(st.integers(0, 2)))
    ]
    return change, thresholds


@settings(max_examples=120, deadline=None)
@given(place=places())
def test_the_transfers_found_are_the_cheapest_of_all(place: tuple[dict[str, float], list[Threshold]]) -> None:
    """Against every choice of payments to keep, one by one."""
    change, thresholds = place
    found = mend(change, thresholds)
    assert sum(found.transfers.values()) == pytest.approx(0, abs=1e-9)
    lost = [each for cliff in at_cliffs(change, thresholds) for each in cliff.lost]
    budget = sum(to_spare(change, thresholds).values())
    best = (0.0, 0.0)
    for size in range(len(lost) + 1):
        for kept in itertools.combinations(lost, size):
            needed = {
                body: max((-change[body] - e.headroom for e in kept if e.body == body), default=0.0) for body in change
            }
            if sum(needed.values()) <= budget:
                best = max(best, (sum(e.payment for e in kept), -sum(needed.values())))
    assert (found.worth, -found.moved) == pytest.approx(best)
    after = at_cliffs({body: change[body] + found.transfers[body] for body in change}, thresholds)
    assert sorted(map(repr, (each for cliff in after for each in cliff.lost))) == sorted(map(repr, found.beyond))


@settings(max_examples=60, deadline=None)
@given(place=places(), unit=st.sampled_from([1e-9, 0.1, 1e7]), draws=st.data())
def test_the_order_of_bodies_and_the_unit_of_money_change_no_answer(
    place: tuple[dict[str, float], list[Threshold]], unit: float, draws: st.DataObject
) -> None:
    change, thresholds = place
    order = draws.draw(st.permutations(list(change)))
    other = mend(
        {body: unit * change[body] for body in order},
        [edge(e.body, unit * e.headroom, unit * e.payment, e.what) for e in draws.draw(st.permutations(thresholds))],
    )
    found = mend(change, thresholds)
    assert other.worth == pytest.approx(unit * found.worth)
    assert {body: other.transfers[body] / unit for body in change} == pytest.approx(dict(found.transfers), abs=1e-9)


def test_a_cliff_can_be_recorded_before_its_numbers_are_known() -> None:
    def found(unknown: Any) -> Any:
        return np.stack([threshold_effect(unknown, 1.0, 9.0), transfer_needed(unknown, np.array([1.0, -0.5]))])

    same_when_recorded(found, np.random.default_rng(2).normal(0, 2, (9, 2)))


# --- refusals ---


def test_what_is_no_threshold_is_refused() -> None:
    for refused, told in (
        (lambda: at_cliffs({"a": math.nan}, []), "The change of a is nan"),
        (lambda: at_cliffs({"a": 1.0}, [edge("b", 1.0, 1.0)]), "b has a payment at a threshold, but no change"),
        (lambda: at_cliffs({"a": 1.0}, [edge("a", math.inf, 1.0)]), "fund of a has headroom inf"),
        (lambda: at_cliffs({"a": 1.0}, [edge("a", 1.0, -1.0)]), "a payment of 0 or more"),
        (lambda: mend({"a": 1.0}, [], spare={"b": 1.0}), "What b may give"),
        (lambda: mend({"a": 1.0}, [], spare={"a": math.nan}), "What a may give"),
    ):
        with pytest.raises(Impossible, match=told):
            refused()
