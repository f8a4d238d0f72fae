"""The overview shows every place, ranks none, mixes nothing that differs, and says where it is from."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tripleaim.opendata import ENGLAND, published
from tripleaim.reports.overview import england, overview_files, places
from tripleaim.reports.overview.pictures import DEPRIVED, GROWTH, OLD, deprived_tiles, growth_tiles, old_map, old_tiles
from tripleaim.reports.overview.places import people_now_and_later
from tripleaim.reports.overview.printed import AS_WORDED, GAP, GROUPS, gaps, group, in_brief, what_is_published


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return overview_files()


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))[1:]


def test_all_44_places_are_there_once() -> None:
    assert len({place.code for place in places()}) == len(places()) == 44
    assert {place.number for place in places()} == set(range(1, 45))


def test_people_beds_and_attendances_add_up_to_england() -> None:
    whole = england(places())
    assert whole.people == sum(published().people(ENGLAND, 2017)) == 55_619_430
    assert whole.attendances == 15_372_467
    (winter,) = [row for row in published().england_beds if row.winter == "2017/18"]
    assert whole.beds == pytest.approx(winter.open_mean, rel=0.005)
    assert whole.most_deprived == pytest.approx(0.2, abs=0.005)


def test_mid_2021_is_within_one_in_a_hundred_of_the_census() -> None:
    """ONS, Census 2021 (21 March), usual residents of England: 56,490,040. It was not used to work mid-2021 out."""
    assert sum(people_now_and_later(ENGLAND)[1]) == pytest.approx(56_490_040, rel=0.01)


def test_places_are_never_ranked(files: dict[str, str]) -> None:
    """Every table and every picture has the places in the order of their official numbers."""
    order = [place.name for place in places()]
    assert [place.number for place in places()] == list(range(1, 45))
    for name, text in files.items():
        if name.endswith(".csv"):
            told = [row[0].removesuffix(" (another figure)") for row in rows(text) if row[0] != "England"]
            assert sorted(told, key=order.index) == told, name
    words = re.sub(r"<[^>]+>", " ", files["index.html"].split("<body", 1)[1]).lower()
    assert not re.search(
        r"\b(best|worst|top|bottom|league|highest|lowest|rank\w*)\b", words.replace("never ranked", "")
    )


@pytest.mark.parametrize("draw", [old_map, old_tiles, growth_tiles, deprived_tiles])
def test_what_a_cell_says_is_in_the_class_it_has(draw) -> None:
    picture = draw(places())
    for row in picture.table().rows:
        assert round(row[2], 1) == row[2]
        assert row[3] == picture.classes.said(float(f"{row[2]:.1f}"))


def test_titles_count_what_the_tables_hold() -> None:
    for draw, least in ((old_map, 20), (growth_tiles, 6.5), (deprived_tiles, 30)):
        picture = draw(places())
        many = sum(row[2] >= least for row in picture.table().rows)
        assert picture.title.startswith(f"In {many} of 44 places")


def test_classes_tell_places_apart() -> None:
    for classes, draw in ((OLD, old_tiles), (GROWTH, growth_tiles), (DEPRIVED, deprived_tiles)):
        assert {row[3] for row in draw(places()).table().rows} == set(classes.words)


def test_printed_gaps_of_different_scope_stand_in_different_tables() -> None:
    figures = [figure for figure in published().printed_figures if figure.measure == GAP]
    tables = {kind: gaps(places(), kind) for kind, _ in GROUPS}
    assert sum(len(table.rows) for table in tables.values() if table) == len(figures)
    for figure in figures:
        if "CUMULATIVE" in figure.basis:
            assert group(figure) == "cumulative"
    assert {row[2] for row in tables["both"].rows} == {"health and social care"}  # type: ignore[union-attr]
    assert {row[2] for row in tables["nhs"].rows} == {"NHS", "health"}  # type: ignore[union-attr]
    assert {row[2] for row in tables["not_stated"].rows} == {"not stated"}  # type: ignore[union-attr]
    for table in tables.values():
        assert table is not None
        assert not table.totals
        assert all(row[4] for row in table.rows), "every printed figure says who printed it"


def test_a_page_says_once_what_every_printed_gap_says_and_its_file_holds_it_all(files: dict[str, str]) -> None:
    for kind, _ in GROUPS:
        whole = gaps(places(), kind)
        assert whole is not None
        brief = in_brief(whole)
        assert rows(files[f"data/printed_gap_{kind}.csv"]) == rows(whole.csv())
        assert [row[:2] for row in brief.rows] == [row[:2] for row in whole.rows]
        assert [to for _, _, to in brief.links] == [to for _, _, to in whole.links]
        for column, head in enumerate(whole.header):
            words = {str(row[column]).replace(AS_WORDED, "°") for row in whole.rows}
            if head in brief.header:
                assert {str(row[brief.header.index(head)]) for row in brief.rows} == words
            else:
                (word,) = words
                assert word == "not stated" or word in brief.caption
    assert "° marks a year as its source words it" in files["index.html"]


def test_greater_manchester_s_two_gaps_are_kept_apart() -> None:
    both, other = (
        [row[1] for row in gaps(places(), kind).rows if str(row[0]).startswith("Greater Manchester")]  # type: ignore[union-attr]
        for kind in ("both", "not_stated")
    )
    assert (both, other) == ([2000.0], [897.0])


def test_what_was_not_found_is_told_for_every_place(files: dict[str, str]) -> None:
    table = what_is_published(places())
    there = {figure.footprint for figure in published().printed_figures if figure.measure == GAP}
    for place, row in zip(places(), table.rows, strict=True):
        assert row[3] == ("yes" if place.code in there else "not found")
        assert row[6]
    assert "not that nobody printed it" in files["index.html"]


def test_it_says_where_trusts_are_counted_and_where_people_are(files: dict[str, str]) -> None:
    assert "Beds and A&amp;E are counted where the trust is" in files["index.html"]
    assert "is not a rate of the place" in files["index.html"]


def test_it_stands_alone_and_has_its_attribution(files: dict[str, str], read_page) -> None:
    page = read_page(files["index.html"])
    for element in page.elements:
        assert element.tag not in ("script", "link", "iframe", "form", "img")
        assert "style" not in element.attributes
        href = element.attributes.get("href", "")
        assert not href or href.startswith(("#", "https://", "http://")) or href in files, href
    (foot,) = page.all("footer")
    assert "Open Government Licence v3.0" in foot.text
    assert "Office for National Statistics" in foot.text
    assert "Contains OS data © Crown copyright and database right" in foot.text
    used = [element.attributes["id"] for element in page.elements if element.attributes.get("class") == "source"]
    assert len(used) == 12


def test_every_outline_is_drawn_where_its_neighbours_are() -> None:
    """Neighbours share corners on the grid: no place stands alone in the sea."""
    areas = old_map(places()).areas
    corners = [{corner for outline in area.outlines for corner in outline} for area in areas]
    for n, own in enumerate(corners):
        assert any(own & other for m, other in enumerate(corners) if m != n), areas[n].name
