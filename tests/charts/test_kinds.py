"""What each kind of picture promises."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import examples
from charts.reading import SVG, boxes, drawings, marks
from tripleaim.charts import (
    AgePyramid,
    Bridge,
    Curve,
    Flow,
    JCurve,
    PointRow,
    Points,
    PositionRow,
    Positions,
    Share,
    ShareBars,
    ShareRow,
    Step,
    WhoPaysWhom,
    YearLine,
    YearPanel,
    Years,
    breaks_even,
)
from tripleaim.charts.walk import legs

money = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


def a_bridge(start: float, changes: list[float]) -> Bridge:
    steps = [Step("Do nothing", start, "total")]
    steps += [Step(f"Step {n}", change, "helps" if change < 0 else "adds") for n, change in enumerate(changes)]
    return Bridge("t", "r", "£m", (*steps, Step("Left", start + math.fsum(changes), "result")))


@given(money, st.lists(money, min_size=1, max_size=12))
def test_bars_of_a_bridge_are_in_proportion_and_each_starts_where_the_last_ended(
    start: float, changes: list[float]
) -> None:
    bridge = a_bridge(start, changes)
    for before, after in zip(legs(bridge.steps, 1), legs(bridge.steps, 1)[1:-1], strict=False):
        assert after.start == before.level
    for drawing in drawings(bridge.svg("key")):
        for box in boxes(drawing):
            assert box.left >= -8
        bars = marks(drawing)
        assert len(bars) == len(bridge.steps)
        spans = [abs(leg.end - leg.start) for leg in legs(bridge.steps, 1)]
        widest = max(range(len(bars)), key=lambda place: spans[place])
        unit = (bars[widest].right - bars[widest].left) / max(spans[widest], 1e-9)
        for bar, span in zip(bars, spans, strict=True):
            assert bar.right - bar.left == pytest.approx(span * unit, abs=3.0)


def test_a_total_that_is_not_the_sum_of_its_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="the sum of what is shown before it"):
        Bridge("t", "r", "£m", (Step("a", 10, "total"), Step("b", -2, "helps"), Step("c", 9, "result")))


def test_a_number_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a finite number"):
        Bridge("t", "r", "£m", (Step("a", math.nan, "total"),))


def test_a_result_that_counts_a_plug_says_what_it_would_be_without() -> None:
    for drawing in drawings(examples.bridge().svg("key")):
        assert {"62.6 without the plug", "74.8 without the plug"} <= {box.words for box in boxes(drawing)}


def test_a_plug_that_does_not_count_leaves_the_level_where_it_was() -> None:
    steps = (Step("a", 10, "total"), Step("p", -4, "plug"), Step("b", -2, "helps"), Step("c", 8, "result"))
    walk = legs(Bridge("t", "r", "£m", steps, plug_counts=False).steps, 1, plug_counts=False)
    assert [leg.level for leg in walk] == [10, 10, 8, 8]


def test_two_results_that_round_alike_are_written_apart() -> None:
    steps = (Step("a", 53.41, "total"), Step("b", 0.03, "adds"), Step("c", 53.44, "result"))
    said = {box.words for box in boxes(drawings(Bridge("t", "r", "£m", steps).svg("key"))[0])}
    assert {"53.41", "53.44", "+0.03"} <= said


def test_a_wide_bridge_says_which_side_is_which_only_when_it_crosses_zero() -> None:
    crossing = {box.words for box in boxes(drawings(examples.crossing_bridge().svg("key"))[0])}
    assert {"ahead by", "short by"} <= crossing
    assert "ahead by" not in {box.words for box in boxes(drawings(examples.bridge().svg("key"))[0])}


@given(st.lists(st.tuples(*[st.one_of(st.none(), st.floats(0, 500))] * 3), min_size=1, max_size=11))
def test_labels_of_years_never_touch(rows: list[tuple[float | None, ...]]) -> None:
    kinds = ("hoped", "found", "nothing")
    lines = tuple(YearLine(kind, tuple(row[n] for row in rows), kind) for n, kind in enumerate(kinds))  # type: ignore[arg-type]
    years = tuple(f"{2016 + n}/{17 + n}" for n in range(len(rows)))
    picture = Years("t", "r", (YearPanel("Money", "short by, £m", lines, True, False),) * 3, years)
    for drawing in drawings(picture.svg("key")):
        found = boxes(drawing)
        assert not [(a, b) for place, a in enumerate(found) for b in found[:place] if a.touches(b)]
        assert "0" in {box.words for box in found}, "every axis starts at zero"


def test_positions_show_the_net_and_what_it_hides() -> None:
    for drawing in drawings(examples.positions().svg("key")):
        assert {"−53.4", "−62.1", "+8.7"} <= {box.words for box in boxes(drawing)}
    with pytest.raises(ValueError, match="deficits: found 2"):
        Positions("t", "r", "£m", (PositionRow("a", -2),), -2, 2)


def test_a_claim_beyond_what_is_closable_is_drawn_as_a_result_not_as_help() -> None:
    for drawing in drawings(examples.beds().svg("key")):
        boxes_drawn = [mark.words for mark in marks(drawing)][-5:]
        assert boxes_drawn == ["c-help"] * 4 + ["c-edge-add"]


@pytest.mark.parametrize(
    ("values", "year"),
    [((-1, -2, 1), 2), ((-1, 1, -1, 2), 3), ((-1, -2), None), ((0, 1), 0), ((1, -1), None), ((-1, 0.0), 1)],
)
def test_a_scheme_has_paid_back_from_the_first_year_it_stays_paid_back(
    values: tuple[float, ...], year: int | None
) -> None:
    assert breaks_even(values) == year


def test_many_organisations_are_drawn_together_and_no_money_is_lost() -> None:
    picture = examples.many_flows()
    pays, paid, both = picture._pooled()
    whole = sum(flow.value for flow in picture.flows)
    assert len(pays) <= 11
    assert len(paid) <= 11
    for drawn in (pays, paid, both):
        assert sum(drawn.values()) == pytest.approx(whole)


def test_a_share_is_never_rounded_to_nothing_or_to_everything() -> None:
    row = ShareRow("a", (Share("little", 0.3, "helps"), Share("most", 99.7, "quiet")))
    for drawing in drawings(ShareBars("t", "r", (row,)).svg("key")):
        assert {"0.3%", "99.7%"} <= {box.words for box in boxes(drawing)}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: AgePyramid("t", "r", ("0 to 9",), (1.0,), (1.0, 2.0), "a", "b"),
        lambda: AgePyramid("t", "r", ("0 to 9",), (-1.0,), (1.0,), "a", "b"),
        lambda: JCurve("t", "r", "£m", ("2016/17",), (Curve("a", (1.0, 2.0)),)),
        lambda: WhoPaysWhom("t", "r", "£m", ("a",), ("b",), (Flow("a", "c", 1.0),)),
        lambda: WhoPaysWhom("t", "r", "£m", ("a",), ("b",), (Flow("a", "b", -1.0),)),
        lambda: ShareBars("t", "r", (ShareRow("a", (Share("b", -1, "helps"),)),)),
        lambda: Points("t", "r", "%", (PointRow("a", 5, 6, 7, "claim"),)),
        lambda: dataclasses.replace(examples.beds(), ward=0),
    ],
)
def test_what_cannot_be_drawn_honestly_is_refused_in_words(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"found .*expected"):
        wrong()  # type: ignore[operator]


def test_a_tiny_step_of_a_bridge_can_still_be_seen() -> None:
    steps = (Step("Do nothing", 173.8, "total"), Step("Tiny", -0.05, "helps"), Step("Plan", 173.75, "result"))
    wide, narrow = drawings(Bridge("t", "r", "£m", steps).svg("k"))
    for drawing in (wide, narrow):
        (tiny,) = [each for each in drawing.iter(f"{SVG}rect") if each.get("class") == "c-help"]
        assert float(tiny.get("width")) == 3
