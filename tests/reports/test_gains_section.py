"""Who gains and who pays, in the report: in short, and only where every organisation's books are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.conftest import Page, words
from tripleaim.incentives.payoffs import payoffs
from tripleaim.projection import Projection
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.html import html_report
from tripleaim.reports.sections.gains import who_gains
from tripleaim.reports.share_parts import in_report
from tripleaim.reports.share_parts.told import MOST_ACROSS


def facts(projection: Projection) -> Facts:
    return Facts(projection, Exhibits())


def test_the_report_shows_every_body_and_says_who_loses_and_what_to_ask_next(invented: Projection) -> None:
    said = words(html_report(invented))
    assert "Over five years Marsh Council loses" in said
    assert "by itself it would do better to refuse." in said
    assert "the command tripleaim share" in said
    assert "All of this is at the plan’s own numbers, with every post and all capital found" in said
    assert "Each scheme alone counts wards as fractions, all together whole wards." in said


def test_the_matrix_comes_to_what_the_ledger_of_every_body_does(invented: Projection) -> None:
    told = facts(invented)
    assert who_gains(told) is not None
    table = told.shown.kept["who_gains"].table
    (total,) = (table.rows[n] for n in table.totals)
    found = payoffs(invented.plan)
    last = found.gains[: found.members, :, -1].sum() / 1e6
    assert total[-1] == pytest.approx(float(last))
    assert len(table.rows) == in_report.MOST_ROWS + 1


def test_a_place_whose_books_are_not_known_has_no_such_section(rebuilt: Projection) -> None:
    assert who_gains(facts(rebuilt)) is None
    assert not [each for each in Page(html_report(rebuilt)).all("section") if each.attributes.get("id") == "on-gains"]


def test_where_nobody_loses_that_is_said(invented: Projection) -> None:
    found = payoffs(invented.plan)
    better = replace(found, money=abs(found.money))
    assert "no organisation is worse off" in in_report._over_the_years(facts(invented), better)
    assert in_report._refusing(facts(invented), better, {}) == ""


def test_more_bodies_than_a_picture_holds_are_put_together(invented: Projection) -> None:
    found = payoffs(invented.plan)
    many = replace(found, bodies=found.bodies[: found.members] + found.bodies[found.members :], members=14)
    across = in_report._across(facts(invented), many)
    assert len(across) == MOST_ACROSS
    assert across[-1].label == "3 other bodies"
    assert sorted(body for each in across for body in each.bodies) == sorted(found.bodies[:14])
