"""Every table and column says what it means and where it comes from; the whole is small and quick to read."""

from __future__ import annotations

import csv
import json
import time
from functools import cached_property
from pathlib import Path

import pytest

import tripleaim.opendata
from tripleaim.opendata import OpenData, published
from tripleaim.opendata.people import rows_of_people

DATA = Path(tripleaim.opendata.__file__).parent / "data"
TABLES = sorted(file.stem for file in DATA.glob("*.csv"))
DESCRIBED = [table for table in TABLES if table not in ("columns", "sources")]
BUILD = json.loads((DATA / "build.json").read_text(encoding="utf-8"))
MOST_BYTES = 4_000_000
MOST_SECONDS = 0.3

IN_THE_TABLE = "people"
"""The one table that has no attribute but a function of its own."""


def cells(table: str) -> list[list[str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("table", DESCRIBED)
def test_every_column_is_described_and_no_other(table: str) -> None:
    described = {column.column for column in published().columns if column.table == table}
    assert described == set(cells(table)[0])


def test_no_table_is_described_that_is_not_there() -> None:
    assert {column.table for column in published().columns} == set(DESCRIBED)


def test_every_column_has_a_meaning_a_unit_a_year_and_a_known_source() -> None:
    sources = {source.key: source for source in published().sources}
    for column in published().columns:
        where = f"{column.table}.{column.column}"
        assert column.meaning, where
        assert column.unit, where
        assert column.year, where
        assert column.kind in ("published", "derived", "illustrative"), where
        assert column.source in sources, where


def test_every_source_is_used_and_says_publisher_year_licence_and_what_was_done() -> None:
    used = {column.source for column in published().columns}
    used |= {row.source for row in (*published().age_indices, *published().national_prices)}
    assert {source.key for source in published().sources} == used
    for source in published().sources:
        assert source.kind in ("published", "derived", "illustrative"), source.key
        for words in (source.title, source.publisher, source.year, source.licence, source.note):
            assert words, source.key
        assert source.url.startswith("https://") or source.publisher.startswith(("Triple Aim", "named in"))


def test_nothing_that_may_not_travel_is_in_the_sources() -> None:
    words = " ".join(str(source) for source in published().sources)
    assert "licence not stated" not in words
    for left_out in ("la_to_provider_admissions", "pssru_unit_costs", "nhs_england_allocations_2015-16_2020-21.csv"):
        assert not any(left_out in name for name in BUILD["inputs"])


@pytest.mark.parametrize("table", TABLES)
def test_cells_are_plain_text(table: str) -> None:
    header, *rows = cells(table)
    assert rows
    for row in rows:
        assert len(row) == len(header), row
        for cell in row:
            assert cell == cell.strip(), row
            assert "\u00a0" not in cell, row
            assert cell not in ("NA", "NAN", "nan", "None", "*", "-"), row


@pytest.mark.parametrize("table", DESCRIBED)
def test_a_table_has_as_many_rows_as_were_built(table: str) -> None:
    assert len(cells(table)) - 1 == BUILD["totals"][f"rows_{table}"]


def test_every_table_is_an_attribute() -> None:
    attributes = {name for name in dir(OpenData) if isinstance(getattr(OpenData, name), cached_property)}
    assert attributes == set(TABLES) - {IN_THE_TABLE}
    for name in attributes:
        assert len(getattr(published(), name)) == len(cells(name)) - 1, name


def test_the_data_is_small() -> None:
    assert sum(file.stat().st_size for file in DATA.iterdir()) <= MOST_BYTES


def seconds_to_read() -> float:
    """Reading every table afresh, people too: time of the processor, so that other work on the machine counts not."""
    rows_of_people.cache_clear()
    data, began = OpenData(), time.process_time()
    for name in TABLES:
        if name != IN_THE_TABLE:
            getattr(data, name)
    data.people("E54000022", 2017)
    return time.process_time() - began


def test_everything_is_read_in_under_a_third_of_a_second() -> None:
    assert min(seconds_to_read() for _ in range(5)) <= MOST_SECONDS


def test_the_build_names_the_checksum_of_every_input() -> None:
    assert len(BUILD["inputs"]) >= 40
    assert all(len(checksum) == 64 for checksum in BUILD["inputs"].values())
