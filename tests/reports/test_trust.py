"""Sources are counted once and the same everywhere, and what an invented place rests on says so in its files too."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from tripleaim.projection import Projection
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.html import pages_and_exhibits


def one_more_source(projection: Projection) -> Projection:
    """The same result with a source that nothing rests on."""
    unused = replace(projection.sources[0], key="zz_unused", rows=0)
    used = tuple(source for source in projection.sources if source.rows)
    return replace(projection, sources=(*used, unused))


def test_a_source_nothing_rests_on_is_counted_apart_wherever_sources_are_counted(invented: Projection) -> None:
    projection = one_more_source(invented)
    pages, shown = pages_and_exhibits(projection, ())
    every = len(projection.sources)
    assert f"from {every - 1} of {every} sources." in pages["index.html"]
    assert shown.kept["inputs"].title.startswith(f"{every - 1} of {every} sources")
    assert len(shown.kept["inputs"].table.rows) == every - 1


def test_where_all_are_used_there_is_one_number(invented: Projection) -> None:
    used = tuple(source for source in invented.sources if source.rows)
    assert Facts(replace(invented, sources=used), Exhibits()).sources_used() == f"{len(used)} sources"


@pytest.mark.parametrize("name", ["where_the_numbers_come_from", "inputs"])
def test_the_files_say_whether_the_place_is_invented(invented: Projection, rebuilt: Projection, name: str) -> None:
    for projection, said in ((invented, "yes"), (rebuilt, "no")):
        _, shown = pages_and_exhibits(projection, ())
        rows = list(csv.DictReader(io.StringIO(shown.files[f"{name}.csv"])))
        assert {row["Invented"] for row in rows} == {said}
