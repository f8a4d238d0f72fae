"""A number of a plan can be asked about by its name or by words of what it is; a miss says what is near."""

from __future__ import annotations

import pytest

from stress.formula import uncertain
from tripleaim.errors import Impossible
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
    with pytest.raises(Impossible, match=r"fits 8 uncertain numbers: number growth_0 \(growth_0\); .* and 2 more"):
        numbers(inputs, ["growth"])


def test_a_label_in_full_is_meant_though_others_hold_its_words() -> None:
    assert numbers([uncertain("pay"), uncertain("pay more")], ["number pay"]) == ("pay",)


def test_all_that_is_not_found_is_told_at_once_with_what_is_near(plan: Plan) -> None:
    with pytest.raises(Impossible) as refused:
        numbers(uncertainties(plan), ["dealy of all schemas", "pay awrad", ""])
    said = str(refused.value)
    assert "“dealy of all schemas” is no uncertain number of the plan; the nearest are delay of all schemes (" in said
    assert "driver/pay_award" in said
    assert said.count("is no uncertain number") == 3
