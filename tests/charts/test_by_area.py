"""Measures side by side: a dot an area, the same areas in the same order, nothing drawn where there is no figure."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from charts import examples
from charts.reading import SVG, boxes, drawings


def test_every_area_stands_in_every_panel_in_the_same_order() -> None:
    picture = examples.by_area()
    for drawing in drawings(picture.svg("key")):
        said = [box.words for box in boxes(drawing) if box.words in ("North", "West", "South")]
        assert said == ["North", "West", "South"] * 3


def test_a_dot_for_every_figure_and_none_where_there_is_none() -> None:
    picture = examples.by_area()
    for drawing in drawings(picture.svg("key")):
        assert len(list(drawing.iter(f"{SVG}circle"))) == 11
        assert [box.words for box in boxes(drawing)].count("–") == 1


def test_dots_of_a_panel_lie_in_proportion_between_the_ends_of_its_axis() -> None:
    picture = replace(examples.by_area(), panels=examples.by_area().panels[1:2])
    for drawing in drawings(picture.svg("key")):
        places = [float(dot.attrib["cx"]) for dot in drawing.iter(f"{SVG}circle")]
        steps = [
            (b - a) / (d - c)
            for (a, b), (c, d) in zip(pairwise(places), pairwise(picture.panels[0].values), strict=True)
        ]
        assert max(steps) - min(steps) < 0.5


def test_the_line_of_the_whole_place_and_of_the_standard_are_told_apart_by_dashes() -> None:
    (wide, _) = drawings(examples.by_area().svg("key"))
    upright = [line for line in wide.iter(f"{SVG}line") if line.attrib["x1"] == line.attrib["x2"]]
    assert sum("stroke-dasharray" in line.attrib for line in upright) == 2, (
        "one in the key, one in the panel that has it"
    )
    assert sum("stroke-dasharray" not in line.attrib for line in upright) == 3


def test_its_table_has_a_row_for_each_measure_and_area() -> None:
    picture = examples.by_area()
    rows = picture.table().rows
    assert [row[:3] for row in rows] == [
        (panel.heading, area, value)
        for panel in picture.panels
        for area, value in zip(picture.areas, panel.values, strict=True)
    ]
    assert {row[6] for row in rows} == {"lower", "higher"}


@pytest.mark.parametrize("values", [(1.0, 2.0), (None,) * 4, (1.0, 2.0, math.nan, 3.0)])
def test_a_panel_that_cannot_be_drawn_is_refused(values) -> None:
    picture = examples.by_area()
    with pytest.raises(ValueError, match=r"found .*expected"):
        replace(picture, panels=(replace(picture.panels[0], values=values),))
