"""A year's settlement: what counts, guard by guard, and who pays whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.errors import PlanProblems
from tripleaim.incentives.agreement.corridor import Corridor
from tripleaim.incentives.agreement.guards import Benefit, Guard
from tripleaim.incentives.agreement.refit import refitted
from tripleaim.incentives.agreement.settlement import Settlement, settle

SHARES = {"C": 0.40, "H": 0.35, "M": 0.15, "L": 0.10}
FOUR = Corridor(shares=SHARES, deadband=0.5e6, reserve="reserve")
BEDS = Benefit(
    key="beds",
    what="bed days after a fall",
    fell_to="H",
    measured=4e6,
    confirmed=True,
    quality_kept=True,
    equity_kept=True,
)
"""Illustrative; all that is asked of it is so."""


def paid_for(*benefits: Benefit, corridor: Corridor = FOUR, least_rate: float = 0.02) -> Settlement:
    return settle("2018/19", benefits, corridor, least_rate, agreed_spending=100e6)


def verdicts(found: Settlement, benefit: int = 0) -> dict[Guard, tuple[bool, float]]:
    return {each.guard: (each.passed, each.takes_off) for each in found.benefits[benefit].verdicts}


def test_a_gain_that_passes_every_guard_is_shared_as_agreed() -> None:
    """4m falls to the hospital; half a million stays there; of the rest each has its share, and it pays them theirs."""
    found = paid_for(BEDS)
    assert found.difference == 4e6
    assert list(found.carried.by.values()) == pytest.approx([1.4e6, 1.225e6, 0.525e6, 0.35e6])
    assert [(each.payer, each.payee, each.amount) for each in found.payments] == [
        ("H", "C", 1.4e6),
        ("H", "M", 525_000),
        ("H", "L", 350_000),
    ]
    assert found.says == "2018/19: a gain of £4,000,000 is settled by 3 payments."
    assert all(passed for passed, _ in verdicts(found).values())


@pytest.mark.parametrize(
    ("change", "guard", "words"),
    [
        ({"measured": None}, Guard.MEASURED, "was not measured"),
        ({"confirmed": False}, Guard.CONFIRMED, "shows no change, so it may be chance"),
        ({"confirmed": None}, Guard.CONFIRMED, "Nobody looked at a control chart"),
        ({"quality_kept": False}, Guard.QUALITY, "Quality fell, so the gain counts as nothing"),
        ({"quality_kept": None}, Guard.QUALITY, "Nobody looked at quality"),
        ({"equity_kept": False}, Guard.EQUITY, "A group's gap widened"),
    ],
)
def test_nothing_is_paid_for_a_gain_that_fails_a_guard(change: dict[str, object], guard: Guard, words: str) -> None:
    found = paid_for(replace(BEDS, **change))
    assert found.benefits[0].counts == 0
    assert found.payments == ()
    assert found.says == "2018/19: nothing counts, so nothing is paid."
    assert not verdicts(found)[guard][0]
    assert words in next(each.says for each in found.benefits[0].verdicts if each.guard is guard)


def test_a_confirmed_loss_is_shared_and_poor_quality_does_not_excuse_it() -> None:
    found = paid_for(replace(BEDS, measured=-4e6, quality_kept=False, equity_kept=None))
    assert found.difference == -4e6
    assert [(each.payer, each.payee, each.amount) for each in found.payments] == [
        ("C", "H", 1.4e6),
        ("M", "H", 525_000),
        ("L", "H", 350_000),
    ]
    assert paid_for(replace(BEDS, measured=-4e6, confirmed=False)).payments == ()


def test_what_two_measures_show_of_one_thing_is_counted_once() -> None:
    nights = replace(BEDS, key="nights", measured=3e6, also_counted={"beds": 2e6})
    found = paid_for(BEDS, nights)
    assert found.difference == 5e6
    assert verdicts(found, 1)[Guard.ONCE] == (False, 2e6)
    assert "£2,000,000 of it is counted under bed days after a fall." in [v.says for v in found.benefits[1].verdicts]
    # where the other one counts as nothing, there is nothing to count twice
    assert paid_for(replace(BEDS, confirmed=False), nights).difference == 3e6


def test_cost_that_moved_to_others_is_taken_off_and_never_paid_for() -> None:
    moved = replace(BEDS, moved_to_others={"a neighbouring council": 1e6, "family carers": 0.5e6})
    found = paid_for(moved)
    assert found.difference == 2.5e6
    stayed = next(each for each in found.benefits[0].verdicts if each.guard is Guard.STAYED)
    assert stayed.says == "£1,500,000 of cost moved to a neighbouring council and family carers, and is taken off."
    assert paid_for(replace(BEDS, moved_to_others={"carers": 9e6})).difference == 0


@pytest.mark.parametrize(("measured", "settled"), [(2e6, 2e6), (1.99e6, 0.0), (-1.99e6, 0.0), (-2e6, -2e6)])
def test_what_could_be_luck_is_not_settled(measured: float, settled: float) -> None:
    found = paid_for(replace(BEDS, measured=measured))
    assert found.difference == settled
    assert found.large.passed == bool(settled)
    if not settled:
        assert "could be luck, so nothing is settled" in found.says


def test_what_is_over_every_cap_goes_into_the_reserve() -> None:
    capped = Corridor(shares={"C": 0.5, "H": 0.5}, gain_caps={"C": 1e6, "H": 1e6}, reserve="pool")
    found = paid_for(BEDS, corridor=capped)
    assert found.transfers == {"C": 100_000_000, "H": -300_000_000, "pool": 200_000_000}
    assert found.says.endswith("£2,000,000 of it is for pool.")


def test_small_differences_stay_where_they_fell() -> None:
    found = paid_for(replace(BEDS, measured=0.4e6), least_rate=0.0)
    assert found.says == "2018/19: £400,000 counts, and all of it stays where it fell."


def test_every_mistake_is_told_at_once() -> None:
    wrong = [
        replace(BEDS, fell_to="X"),
        replace(BEDS, moved_to_others={"carers": -1.0}),
        replace(BEDS, key="a", measured=1.0, also_counted={"nothing": 2.0}),
        replace(BEDS, key="b", also_counted={"c": 1.0}),
        replace(BEDS, key="c", also_counted={"b": 1.0}),
    ]
    with pytest.raises(PlanProblems) as refused:
        paid_for(*wrong, least_rate=2)
    said = str(refused.value)
    assert len(refused.value.problems) == 7
    for part in ("beds more than once", "found     X", "-1 for carers", "nothing", "£2", "each in the other", "2%"):
        assert part in said
    with pytest.raises(PlanProblems, match="shares that add up to 1"):
        paid_for(BEDS, corridor=Corridor(shares={"H": 0.5}))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_settlements_net_to_nothing_and_never_pay_more_than_was_measured(data: st.DataObject) -> None:
    yes = st.sampled_from([True, True, False, None])
    benefits = [
        Benefit(
            key=key,
            what=key,
            fell_to=data.draw(st.sampled_from("CHML")),
            measured=data.draw(st.one_of(st.none(), st.floats(-5e6, 5e6))),
            confirmed=data.draw(yes),
            quality_kept=data.draw(yes),
            equity_kept=data.draw(yes),
            moved_to_others={"outside": data.draw(st.floats(0, 2e6))},
        )
        for key in "abc"
    ]
    found = paid_for(*benefits, least_rate=0.0)
    assert sum(found.transfers.values()) == 0
    assert len(found.payments) <= 4
    for benefit, each in zip(benefits, found.benefits, strict=True):
        measured = benefit.measured or 0.0
        assert min(0, measured) <= each.counts <= max(0, measured)
        assert each.counts == pytest.approx(each.measured - sum(v.takes_off for v in each.verdicts))
        assert [v.guard for v in each.verdicts] == list(Guard)[:-1]
    again = paid_for(*reversed(benefits), least_rate=0.0)
    assert again.transfers == found.transfers


# --- next year's shares ---


def test_shares_are_fitted_again_half_way_to_what_the_chosen_rule_gives() -> None:
    found = refitted({"a": 0.4, "b": 0.35, "c": 0.25}, {"a": 6.0, "b": -1.0, "c": 2.0})
    assert found.shares == pytest.approx({"a": 0.575, "b": 0.175, "c": 0.25})
    assert sum(found.shares.values()) == pytest.approx(1)
    assert sum(found.moved.values()) == pytest.approx(0)
    assert found.says.startswith("The share that moves most is that of ")
    assert refitted({"a": 0.4, "b": 0.6}, {"a": 1, "b": 1}, weight=0).shares == {"a": 0.4, "b": 0.6}
    assert "stay as they are" in refitted({"a": 0.4, "b": 0.6}, {"a": -1, "b": 0}).says


def test_shares_of_unknown_partners_are_not_fitted() -> None:
    with pytest.raises(PlanProblems) as refused:
        refitted({"a": 1.0}, {"b": 1.0}, weight=2)
    assert len(refused.value.problems) == 3
