"""What each row speaks of, and for whom: our reading of the library, whole and free of claims."""

from __future__ import annotations

import re

import pytest

from tripleaim.evidence.kinds import Kind
from tripleaim.evidence.library import entry, library
from tripleaim.evidence.outcomes import Outcome, controlled_results, scopes

EVERY = tuple((outcome, reach) for outcome in Outcome for reach in ("treated", "area"))
RECIPE = re.compile(r"1 - ([0-9.]+) / ([0-9.]+)")


def test_every_controlled_row_says_what_it_counted_and_for_whom() -> None:
    assert {each.ref for each in library() if each.kind is Kind.CONTROLLED} <= scopes().keys()


def test_no_claim_model_or_forecast_is_among_the_results() -> None:
    found = {each.ref for outcome, reach in EVERY for each in controlled_results(outcome, reach)}
    assert {entry(ref).kind for ref in found} == {Kind.CONTROLLED}
    assert "I001" not in found


def test_a_row_whose_people_another_holds_is_not_counted_again() -> None:
    parts = {scope.ref: scope.part_of for scope in scopes().values() if scope.part_of}
    assert parts == {"I031": "I030", "I040": "I041", "I062": "I063", "I091": "I012"}
    for part, whole in parts.items():
        assert scopes()[whole].reach == scopes()[part].reach
        assert whole in entry(part).same_programme


@pytest.mark.parametrize("scope", [each for each in scopes().values() if each.recipe], ids=lambda scope: scope.ref)
def test_a_fraction_worked_out_is_what_its_recipe_gives_from_levels_the_row_states(scope) -> None:
    after, before = RECIPE.fullmatch(scope.recipe).groups()
    assert scope.fraction_reduced == round(1 - float(after) / float(before), 3)
    assert after in entry(scope.ref).measure
    assert before in entry(scope.ref).measure


def test_growth_is_read_against_growth_elsewhere() -> None:
    """Emergency admissions grew 3.5 % where both programmes were, and 12 % elsewhere: 1 - 1.035 / 1.12."""
    both = next(each for each in controlled_results(Outcome.EMERGENCY, "area") if each.ref == "I011")
    assert both.fraction == pytest.approx(0.0758929, abs=1e-7)


def test_an_increase_of_unknown_size_counts_as_no_reduction_and_says_so() -> None:
    matched = next(each for each in controlled_results(Outcome.EMERGENCY, "treated") if each.ref == "I002")
    assert matched.fraction == 0
    assert "size is not known" in matched.read_as


def test_a_reduction_that_is_no_fraction_has_no_size() -> None:
    stays = {each.ref: each.fraction for each in controlled_results(Outcome.STAY, "treated")}
    assert stays["I048"] is None


def test_rows_of_one_trial_are_one_study() -> None:
    of_programme = {
        each.study for each in controlled_results(Outcome.EMERGENCY, "area") if each.ref in ("I011", "I012")
    }
    assert len(of_programme) == 1
