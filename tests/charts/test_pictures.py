"""What must be true of every picture, whatever it shows."""

from __future__ import annotations

import csv
import io
import math
import re

import pytest

from charts import choice_examples, examples, stress_examples
from charts.reading import SVG, boxes, drawings, frame, ids, marks
from tripleaim.charts import Picture, figure, wordmark_svg
from tripleaim.charts.colours import palette

TYPICAL = (*examples.typical(), *stress_examples.typical(), *choice_examples.typical())
NASTY = (*examples.nasty(), *stress_examples.nasty(), *choice_examples.nasty())
EVERY = (*TYPICAL, *NASTY)


def called(picture: Picture) -> str:
    return f"{type(picture).__name__}: {picture.title[:24]}"


every_picture = pytest.mark.parametrize("picture", EVERY, ids=called)
typical_picture = pytest.mark.parametrize("picture", TYPICAL, ids=called)


@every_picture
def test_it_is_two_well_formed_drawings_with_a_title_and_a_description(picture: Picture) -> None:
    wide, narrow = drawings(picture.svg("key"))
    assert (frame(wide).right - frame(wide).left, frame(narrow).right - frame(narrow).left) == (736, 300)
    for drawing in (wide, narrow):
        assert drawing.attrib["role"] == "img"
        named = [drawing.find(f".//*[@id='{name}']") for name in drawing.attrib["aria-labelledby"].split()]
        assert [element.tag for element in named if element is not None] == [f"{SVG}title", f"{SVG}desc"]
    assert wide.attrib["class"] == "chart chart-wide"
    assert narrow.attrib["class"] == "chart chart-narrow"


@every_picture
def test_it_never_styles_inline_and_never_lets_markup_through(picture: Picture) -> None:
    page = figure(picture, "key", "data/key.csv", stack=True)
    assert not re.search(r"\sstyle\s*=", page)
    assert "<script" not in page
    assert "url(" not in page.replace("url(#key.", "")


@every_picture
def test_its_colours_are_the_colours_of_the_tokens(picture: Picture) -> None:
    assert set(re.findall(r"#[0-9a-f]{6}\b", picture.svg("key"))) <= set(palette().values())


def test_ids_are_unique_when_every_picture_is_on_one_page() -> None:
    page = "".join(figure(picture, f"p{place}") for place, picture in enumerate(EVERY))
    found = ids(page)
    assert len(found) == len(set(found)) > len(EVERY)
    assert set(re.findall(r"url\(#([^)]*)\)", page)) <= set(found)


@every_picture
def test_all_text_and_all_bars_lie_inside_the_drawing(picture: Picture) -> None:
    for drawing in drawings(picture.svg("key")):
        edge = frame(drawing)
        for box in (*boxes(drawing), *marks(drawing)):
            assert edge.left <= box.left + 0.1, box
            assert box.right <= edge.right + 0.1, box
            assert edge.top <= box.top + 0.1, box
            assert box.bottom <= edge.bottom + 0.1, box


@every_picture
def test_no_two_lines_of_text_touch(picture: Picture) -> None:
    for drawing in drawings(picture.svg("key")):
        found = boxes(drawing)
        touching = [(a.words, b.words) for place, a in enumerate(found) for b in found[:place] if a.touches(b)]
        assert not touching


@typical_picture
def test_a_number_drawn_with_a_sign_has_a_true_minus(picture: Picture) -> None:
    for drawing in drawings(picture.svg("key")):
        assert not [box.words for box in boxes(drawing) if re.match(r"-[\d.]", box.words)]


@every_picture
def test_its_csv_holds_every_number_of_its_table_to_the_pound(picture: Picture) -> None:
    table = picture.table()
    read = list(csv.reader(io.StringIO(table.csv())))
    assert len(read) == len(table.rows) + 1
    for row, line in zip(table.rows, read[1:], strict=True):
        for cell, words in zip(row, line, strict=True):
            if isinstance(cell, float | int):
                assert float(words) == pytest.approx(cell, abs=5.1e-7, rel=1e-12)
                assert len(words.partition("e")[0].partition(".")[2]) <= 6


def test_tables_hold_exactly_the_numbers_given() -> None:
    bridge = examples.bridge()
    assert [row[1] for row in bridge.table().rows] == [step.value for step in bridge.steps]
    years = examples.years()
    assert [row[1:] for row in years.table().rows] == list(
        zip(*(line.values for panel in years.panels for line in panel.lines), strict=True)
    )
    curves = examples.jcurve()
    assert [row[1:-1] for row in curves.table().rows] == [curve.values for curve in curves.curves]
    flows = examples.many_flows()
    assert [row[2] for row in flows.table().rows[:-1]] == [flow.value for flow in flows.flows]
    pyramid = examples.pyramid()
    assert [row[1:3] for row in pyramid.table().rows[:-1]] == list(zip(pyramid.then, pyramid.later, strict=True))


def test_the_sums_of_tables_are_sums_of_full_values() -> None:
    positions = examples.positions().table()
    values = [row[1] for row in positions.rows]
    assert math.isclose(sum(values[:-3]), values[-3], abs_tol=1e-9)  # type: ignore[arg-type]
    assert math.isclose(values[-2] + values[-1], values[-3], abs_tol=1e-9)  # type: ignore[operator,arg-type]
    for row in examples.shares().rows:
        shares = [cells[3] for cells in examples.shares().table().rows if cells[0] == row.label]
        assert math.isclose(sum(shares), 100)  # type: ignore[arg-type]


def test_a_key_that_could_not_be_an_id_is_refused() -> None:
    with pytest.raises(ValueError, match="picture key: found 'a b'"):
        examples.bridge().svg("a b")


def test_the_wordmark_is_decoration() -> None:
    (mark,) = drawings(wordmark_svg())
    assert mark.attrib["aria-hidden"] == "true"
