"""A number of a plan can be asked about by its name or by words of what it is; a miss says what is near."""

from __future__ import annotations

import pytest

from stress.formula import uncertain
from tripleaim.errors import PlanProblems
from tripleaim.plan import Plan
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.why.asking import numbers


def test_a_name_a_driver_and_words_are_found(plan: Plan) -> None:
    inputs = uncertainties(plan)
    assert numbers(inputs, ["assumptions/all_delay/value", "driver/pay_award"]) == (
        "assumptions/all_delay/value",
        "driver/pay_award",
    )
    assert numbers(inputs, ["Delay of ALL schemes"]) == ("assumptions/all_delay/value",)
    assert numbers(inputs, ["teams care integrated emergency effect"]) == (
        "effects/integrated_care_teams/avoid/effect",
    )


def test_words_that_fit_several_are_refused_with_what_they_fit() -> None:
    inputs = [uncertain(f"growth_{n}") for n in range(8)]
    with pytest.raises(
        PlanProblems, match=r"words that fit 8 of them(.|\n)*say more: number growth_0 \(growth_0\); .* and 4 more"
    ):
        numbers(inputs, ["growth"])


def test_a_label_in_full_is_meant_though_others_hold_its_words() -> None:
    assert numbers([uncertain("pay"), uncertain("pay more")], ["number pay"]) == ("pay",)


def test_all_that_is_not_found_is_told_at_once_with_what_is_near(plan: Plan) -> None:
    with pytest.raises(PlanProblems) as refused:
        numbers(uncertainties(plan), ["dealy of all schemas", "pay awrad", ""])
    first, second, _ = refused.value.problems
    assert first.found == "“dealy of all schemas”, words that fit none of them"
    assert first.to_fix.startswith("the nearest are delay of all schemes (assumptions/all_delay/value); ")
    assert "driver/pay_award" in second.to_fix
