"""The section on people says how each year was reached, and when that was with hindsight (method note 1)."""

from __future__ import annotations

from tripleaim.projection import Projection
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.sections import care

HINDSIGHT = "Some of the estimates used are later than the plan (hindsight)."


def said(projection: Projection) -> str:
    section = care.ages(Facts(projection, Exhibits()))
    assert section is not None
    (sentence,) = section.data["after"]
    return str(sentence)


def test_people_from_estimates_later_than_the_plan_are_told_as_hindsight(rebuilt: Projection) -> None:
    assert said(rebuilt).endswith(HINDSIGHT)


def test_people_the_plan_could_know_of_are_not(invented: Projection) -> None:
    assert said(invented).startswith("How each year was reached: ")
    assert "hindsight" not in said(invented)
