"""Every figure of the walk, the bridge and the headline leads to rows of the plan and to their sources."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tripleaim.plan import TABLES
from tripleaim.projection import Projection
from tripleaim.projection.behind import rows_behind
from tripleaim.reports.html import html_report, report_files

WALKS = ("walk", "walk_both", "bridge", "bridge_both")
SUMS = ("do_nothing", "hoped", "resourced")


def table(projection: Projection, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report_files(projection)[f"data/{name}.csv"])))


@pytest.mark.parametrize("name", WALKS)
def test_every_step_names_tables_that_have_rows_and_their_sources(projection: Projection, name: str) -> None:
    known = {source.key for source in projection.plan.sources}
    files = {form.file for form in TABLES if getattr(projection.plan, form.name)}
    steps = table(projection, name)
    assert steps
    for step in steps:
        if step["Key"] in SUMS:
            assert (step["Table"], step["Source key"]) == ("", "worked out by this model")
        else:
            assert step["Table"], step
            assert set(step["Table"].split("; ")) <= files
            assert set(step["Source key"].split("; ")) <= known


def test_the_largest_figures_lead_to_the_rows_that_make_them(invented: Projection) -> None:
    prices = next(step for step in table(invented, "walk") if step["Key"] == "pay_and_prices")
    assert prices["Table"] == "indices.csv; budgets.csv; activity.csv"
    home = next(step for step in table(invented, "bridge") if step["Key"] == "home_first")
    assert home["Table"] == "schemes.csv; effects.csv; costs.csv; posts.csv"


def test_one_file_lists_every_row_behind_every_step(projection: Projection) -> None:
    listed = table(projection, "rows_behind")
    plan = projection.plan
    for form in TABLES:
        rows = [" / ".join(str(p) for c in form.key if (p := getattr(r, c)) != "") for r in getattr(plan, form.name)]
        told = {row["Row"] for row in listed if row["Table of the plan"] == form.file}
        assert told <= set(rows), form.name
    for name in WALKS:
        for step in table(projection, name):
            for key in step["Key"].split("; ") if step["Table"] else ():
                told = {row["Table of the plan"] for row in listed if row["Key of the step"] == key}
                assert told
                assert told <= set(step["Table"].split("; "))
    effects = {row["Row"] for row in listed if row["Table of the plan"] == "effects.csv"}
    assert effects == {effect.key for effect in plan.effects}


def test_a_step_that_the_plan_has_no_rows_for_rests_on_none(rebuilt: Projection) -> None:
    behind = rows_behind(rebuilt.plan)
    assert behind["new_duties"] == ()
    assert {row.table for row in behind["whole_wards"]} == {"capacity.csv"}


def test_as_hoped_and_with_what_is_found_lead_to_different_places(invented: Projection, read_page) -> None:
    page = read_page(html_report(invented))
    gap, at = invented.scope("both"), invented.last
    for where in ("on-answer", "gap-money"):
        led = {}
        for link in page.all("a"):
            if where in link.parents:
                led.setdefault(link.text.split(" in ")[0].removeprefix("short by "), link.attributes["href"])
        assert led[f"£{gap.do_nothing[at] / 1e6:.1f}m"] == "#walk"
        assert led[f"£{gap.hoped[at] / 1e6:.1f}m"] == "#as-hoped"
        assert led[f"£{gap.resourced[at] / 1e6:.1f}m"] == "#with-what-is-found"


def test_each_headline_is_worked_out_in_a_line_that_adds_up_but_for_rounding(projection: Projection, read_page) -> None:
    page = read_page(html_report(projection))
    gap, at = projection.scope("both"), projection.last
    (line,) = (each.text for each in page.elements if each.attributes.get("id") == "as-hoped")
    told = [float(found.replace(",", "")) for found in re.findall(r"£([\d,.]+)m", line)]
    hoped, nothing, less, *back = told
    assert hoped == pytest.approx(gap.hoped[at] / 1e6, abs=0.05)
    assert nothing == pytest.approx(gap.do_nothing[at] / 1e6, abs=0.05)
    assert nothing - less + sum(back) == pytest.approx(hoped, abs=0.25)
