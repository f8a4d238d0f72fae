"""Any form of a plan is read the same way: what it holds as text goes in, the plan or every problem comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from loading.tiny import write_tiny
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import read_plan
from tripleaim.loading.collect import Problems
from tripleaim.loading.raw import BrokenOff, Cells, RawPlan, RawTable
from tripleaim.loading.read import understood
from tripleaim.loading.tabulate import tabulated
from tripleaim.plan import TABLES, Plan


@pytest.fixture
def tiny(tmp_path: Path) -> Plan:
    return read_plan(write_tiny(tmp_path / "tiny"))


def with_cell(raw: RawPlan, table: str, row: int, column: str, text: str) -> RawPlan:
    """A raw plan in which one cell says something else."""

    def spoilt(each: RawTable) -> RawTable:
        if each.name != table or each.header is None:
            return each
        place = each.header.index(column)
        rows = [(at, [text if at == row and n == place else cell for n, cell in enumerate(c)]) for at, c in each.rows]
        return replace(each, rows=rows)

    return replace(raw, tables=[spoilt(each) for each in raw.tables])


def refused(raw: RawPlan, problems: Problems | None = None) -> tuple[Problem, ...]:
    with pytest.raises(PlanProblems) as caught:
        understood(raw, Problems() if problems is None else problems)
    return caught.value.problems


def test_a_plan_comes_back_from_its_own_cells(tiny: Plan) -> None:
    again = understood(tabulated(tiny), Problems())
    assert again == tiny
    assert again.fingerprint == tiny.fingerprint


def test_the_order_of_tables_and_columns_changes_nothing(tiny: Plan) -> None:
    def backwards(table: RawTable) -> RawTable:
        return replace(table, header=(table.header or [])[::-1], rows=[(row, cells[::-1]) for row, cells in table.rows])

    raw = tabulated(tiny)
    turned = RawPlan(heading=raw.heading, tables=reversed([backwards(table) for table in raw.tables]))
    assert understood(turned, Problems()).fingerprint == tiny.fingerprint


def test_rows_carry_the_numbers_their_form_gives_them(tiny: Plan) -> None:
    raw = with_cell(tabulated(tiny), "schemes", 3, "start", "10/2016")
    lower = [replace(table, rows=[(row + 10, cells) for row, cells in table.rows]) for table in raw.tables]
    told = refused(replace(raw, tables=lower))
    assert [(problem.file, problem.row, problem.field) for problem in told] == [("schemes.csv", 13, "start")]


def test_a_form_that_calls_its_tables_otherwise_is_told_so_throughout(tiny: Plan) -> None:
    called = {"plan.toml": "sheet plan", **{form.file: f"sheet {form.name}" for form in TABLES}}
    told = refused(with_cell(tabulated(tiny), "activity", 2, "population", "eats"), Problems(called))
    assert [problem.where for problem in told] == ["sheet activity, row 2, population"]
    assert told[0].expected == "a key of sheet places: east, tinyshire"
    assert told[0].to_fix == "write east, or add eats to sheet places"


def test_a_table_that_breaks_off_is_told_once(tiny: Plan) -> None:
    def broken(table: RawTable) -> Iterator[tuple[int, Cells]]:
        yield next(iter(table.rows))
        raise BrokenOff(3, found="a damaged row", expected="rows to the end", to_fix="save it again")

    raw = tabulated(tiny)
    cut = [replace(table, rows=broken(table)) if table.name == "organisations" else table for table in raw.tables]
    told = refused(replace(raw, tables=cut))
    assert [(problem.file, problem.row, problem.found) for problem in told] == [
        ("organisations.csv", 3, "a damaged row")
    ]


def test_of_a_table_its_form_could_not_read_nothing_more_is_said(tiny: Plan) -> None:
    problems = Problems()
    problems.add("places.csv", None, None, found="a picture", expected="a table", to_fix="draw it as a table")
    raw = tabulated(tiny)
    hidden = [replace(table, header=None) if table.name == "places" else table for table in raw.tables]
    assert [problem.found for problem in refused(replace(raw, tables=hidden), problems)] == ["a picture"]
