"""Maps and equal cells: figures in classes, told by more than colour, and never in the order of the figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from charts import examples
from charts.reading import SVG, boxes, drawings
from tripleaim.charts.classes import Classes
from tripleaim.charts.draw import Sheet
from tripleaim.charts.map import Area, Frame, apart
from tripleaim.charts.tiles import Tile

OLD = examples.OLD


def test_a_figure_is_in_the_class_whose_words_hold_it() -> None:
    assert [OLD.said(value) for value in (13.9, 14, 21.9, 22, 60)] == [
        "under 14%",
        "14% to 17.9%",
        "18% to 21.9%",
        "22% or more",
        "22% or more",
    ]
    assert OLD.said(None) == "not published"


@pytest.mark.parametrize("fill", ["solid", "striped"])
def test_no_two_classes_look_alike(fill) -> None:
    values = (None, 1.0, 15.0, 20.0, 30.0)
    for count in (2, 3, 4):
        classes = Classes((14.0, 18.0, 22.0)[: count - 1], ("a", "b", "c", "d")[:count])
        inks = {classes.ink(Sheet("key", "wide"), value, fill) for value in values}
        assert len(inks) == count + 1


def test_a_class_without_words_and_classes_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="words of classes: found 2; expected 3"):
        Classes((1, 2), ("low", "high"))
    with pytest.raises(ValueError, match="expected each to start higher than the one before"):
        Classes((2, 1), ("a", "b", "c"))


@pytest.mark.parametrize("picture", [examples.map_of_areas(), examples.tiles()], ids=["map", "tiles"])
def test_the_table_has_every_place_in_the_order_given_with_the_words_of_its_class(picture) -> None:
    given = picture.areas if hasattr(picture, "areas") else picture.tiles
    table = picture.table()
    assert [(row[0], row[1], row[2]) for row in table.rows] == [(each.name, each.number, each.value) for each in given]
    assert [row[3] for row in table.rows] == [picture.classes.said(each.value) for each in given]
    assert table.rows[4 if not hasattr(picture, "areas") else 9][2:] == (None, "not published")


def test_every_cell_says_its_number_and_its_figure_wide_and_narrow() -> None:
    picture = examples.tiles()
    for drawing, sign in zip(drawings(picture.svg("key")), ("%", ""), strict=True):
        said = [box.words for box in boxes(drawing)]
        for tile in picture.tiles:
            assert str(tile.number) in said
            assert ("–" if tile.value is None else f"{tile.value:.1f}{sign}") in said


def test_cells_lie_as_far_apart_as_their_columns_and_rows() -> None:
    picture = examples.tiles()
    for drawing in drawings(picture.svg("key")):
        at = {box.words: box for box in boxes(drawing) if box.words.isdigit()}
        across = at["2"].left - at["1"].left
        for tile in picture.tiles:
            steps = round((at[str(tile.number)].left - at["1"].left) / across, 2)
            assert steps == tile.column - 3


def test_two_places_in_one_cell_are_refused() -> None:
    picture = examples.tiles()
    again = Tile(99, "Another", "Another", 3, 0, 1.0)
    with pytest.raises(ValueError, match="two places in column 3, row 0"):
        replace(picture, tiles=(*picture.tiles, again))


def test_every_area_is_drawn_with_its_name_and_class_and_those_near_are_drawn_twice() -> None:
    picture = examples.map_of_areas()
    for drawing in drawings(picture.svg("key")):
        told = [title.text for path in drawing.iter(f"{SVG}path") for title in path]
        for area in picture.areas:
            words = f"{area.number} {area.name}: {picture.classes.said(area.value)}"
            assert told.count(words) == (2 if area.number in picture.near else 1)


def test_numbers_stand_on_the_wide_map_alone_once_each() -> None:
    picture = examples.map_of_areas()
    wide, narrow = drawings(picture.svg("key"))
    assert sorted(int(box.words) for box in boxes(wide) if box.words.isdigit()) == list(range(1, 13))
    assert not [box.words for box in boxes(narrow) if box.words.isdigit()]


def test_neighbours_share_their_border() -> None:
    left = ((0.0, 0.0), (10.0, 0.0), (10.0, 7.0), (0.0, 7.0))
    right = ((10.0, 0.0), (20.0, 0.0), (20.0, 7.0), (10.0, 7.0))
    areas = (Area(1, "a", (left,), (5, 3), 1), Area(2, "b", (right,), (15, 3), 1))
    frame = Frame.around(areas).placed(3, 4, 1.37)
    assert frame((0, 0)) == (3, 4)
    corners = [walked(frame.path(outline)) for outline in (left, right)]
    assert len(corners[0] & corners[1]) == 2


def walked(path: str) -> set[tuple[float, float]]:
    """The corners of a path, each in full."""
    x, y, *steps = [float(word) for word in re.findall(r"-?\d*\.?\d+", path)]
    found = {(x, y)}
    for east, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + down
        found.add((x, y))
    return found


def test_an_area_too_small_to_see_is_left_out_without_harm() -> None:
    frame = Frame(0, 0, 1, 1, scale=0.001)
    assert frame.path(((0, 0), (1, 0), (1, 1))) == ""


def test_numbers_that_would_touch_are_moved_apart_and_others_are_left_alone() -> None:
    moved = apart([(100, 50), (104, 52), (300, 50)])
    assert moved[1][0] - moved[0][0] == pytest.approx(21)
    assert moved[2] == (300, 50)
    assert [y for _, y in moved] == [50, 52, 50]
