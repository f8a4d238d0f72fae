"""The place on a page says what the report says, whose it is, and how much more the report has."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tripleaim.opendata.start import start
from tripleaim.plan import Plan
from tripleaim.projection import Projection, project
from tripleaim.projection.result import as_plain
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.html import html_report
from tripleaim.reports.on_a_page import ROOM, WIDTH, Few, _moves, fitting, on_a_page
from tripleaim.reports.words import fours

NAUGHTY = "<script>alert(1)</script> \" ' & </style> {{ 7 * 7 }}"


def numbers(content: object) -> set[float]:
    """Every number in a plain document."""
    if isinstance(content, dict | list):
        return set().union(*map(numbers, content.values() if isinstance(content, dict) else content), set())
    return {float(content)} if isinstance(content, int | float) and not isinstance(content, bool) else set()


def crowded(projection: Projection, changes: tuple[str, ...] = ("starts", "stops", "moves", "changes")) -> Projection:
    """The same result with forty schemes of long names, and forty sentences on what is not known."""
    scheme = next(scheme for scheme in projection.schemes if not scheme.is_plug)
    long = "Community respiratory, cardiology and frailty teams working seven days a week with every practice"
    schemes = tuple(
        replace(scheme, name=f"{long}, part {n}", change=changes[n % len(changes)], start="2018-04") for n in range(40)
    )
    heading = projection.plan.heading
    told = {**{name: getattr(heading, name) for name in type(heading).model_fields}}
    told["not_known"] = tuple(f"What {long.lower()} will find in part {n}" for n in range(40))
    plan = projection.plan
    tables = {name: getattr(plan, name) for name in Plan.model_fields}
    return replace(projection, schemes=schemes, plan=Plan(**{**tables, "heading": type(heading)(**told)}))


def test_it_stands_alone_and_leads_only_to_the_report(projection: Projection, read_page) -> None:
    text = on_a_page(projection)
    page = read_page(text)
    assert "<script" not in text
    for element in page.elements:
        assert "style" not in element.attributes
        assert element.tag not in ("link", "iframe", "form", "base", "img")
        href = element.attributes.get("href", "")
        assert not href or re.fullmatch(r"index\.html(#[\w.-]+)?", href), href


def test_it_says_whose_it_is_and_which_plan(projection: Projection, read_page) -> None:
    page = read_page(on_a_page(projection))
    (status,) = page.all("aside")
    assert "DRAFT" in status.text
    assert "Not agreed by any organisation." in status.text
    assert fours(projection.fingerprint) in status.text
    assert ("Invented place" in status.text) == projection.plan.heading.invented


def test_every_figure_is_the_result_s_own(projection: Projection, read_page) -> None:
    found = numbers(json.loads(json.dumps(as_plain(projection))))
    shown = [float(element.attributes["value"]) for element in read_page(on_a_page(projection)).all("data")]
    assert len(shown) > 4
    for figure in shown:
        assert min(abs(abs(figure) - abs(number)) for number in found) < 1e-6 or _is_difference(figure, found)


def _is_difference(figure: float, found: set[float]) -> bool:
    """Whether a figure is one number of the result less another."""
    near = {round(number, 2) for number in found}
    return any(round(number + abs(figure), 2) in near for number in found)


def test_the_three_gaps_stand_side_by_side_in_their_order(projection: Projection, read_page) -> None:
    panels = [
        element for element in read_page(on_a_page(projection)).elements if element.attributes.get("class") == "gap"
    ]
    assert [panel.text.strip().split("\n")[0].split(" ")[0].rstrip(":") for panel in panels] == [
        "Health",
        "Care",
        "Money",
    ]


def test_it_tells_what_a_resident_asks(projection: Projection, read_page) -> None:
    asked = [element.text for element in read_page(on_a_page(projection)).all("h2")][3:]
    assert asked[0] == "Who lives here, now and then?"
    assert asked[1] == "Which beds?"
    assert asked[2] in ("What closes the money gap?", "What eases the pressure?")
    assert asked[3:] == ["What starts, stops and moves?", "What don’t we know?"]


def test_the_bridge_starts_at_doing_nothing_and_ends_where_the_report_s_does(invented: Projection) -> None:
    page = on_a_page(invented)
    whole = invented.bridge()
    for name in ("do_nothing", "hoped", "resourced"):
        assert f">{whole.at(name).amounts[invented.last] / 1e6:.1f}</text>" in page


def test_a_list_too_long_is_cut_and_says_by_how_much() -> None:
    assert fitting(["one", "two", "three"], 3) == Few(("one", "two", "three"), 0)
    assert fitting(["one", "two", "three"], 2) == Few(("one",), 2)
    assert fitting(["x" * 500, "two"], 3) == Few((), 2)


def test_what_stops_and_moves_is_never_crowded_out_by_what_starts(invented: Projection) -> None:
    told = dict(_moves(Facts(crowded(invented), Exhibits())))
    assert [name for name in told if told[name].shown] == ["Starts", "Stops", "Moves"]
    for few in told.values():
        assert len(few.shown) + few.more == 10


@pytest.mark.parametrize("changes", [("starts",), ("stops",), ("starts", "moves"), ("starts", "stops", "moves")])
def test_names_take_no_more_lines_than_there_is_room_for(invented: Projection, changes: tuple[str, ...]) -> None:
    from tripleaim.charts.wording import wrap

    told = _moves(Facts(crowded(invented, changes), Exhibits()))
    lines = sum(1 + (few.more > 0) + sum(len(wrap(text, WIDTH)) for text in few.shown) for _, few in told)
    assert lines <= ROOM["moves"]


def test_a_plan_without_schemes_says_so(rebuilt: Projection) -> None:
    page = on_a_page(replace(rebuilt, schemes=()))
    assert "No scheme is in this plan yet." in page


def test_text_of_a_plan_is_never_markup(invented: Projection) -> None:
    scheme = replace(invented.schemes[0], name=NAUGHTY, change="stops")
    page = on_a_page(replace(invented, schemes=(scheme, *invented.schemes[1:])))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7 * 7 }}" in page


def test_a_plan_without_schemes_has_no_empty_column_and_hopes_for_nothing() -> None:
    started = project(start("E54000034"))
    text = on_a_page(started)
    assert "as hoped" not in text
    for empty in ("What eases the pressure?", "What starts, stops and moves?", "Claimed to close"):
        assert empty not in text
    assert "Open in the model, 2020/21" in text


def test_beds_of_one_kind_say_so_once() -> None:
    text = on_a_page(project(start("E54000034")))
    assert text.count("General and acute beds") == 1


def test_a_start_says_beside_the_headline_of_whom_its_hospital_care_is(
    rebuilt: Projection, invented: Projection
) -> None:
    words = "Hospital care is counted at the trusts here, whoever their patients are"
    assert words in on_a_page(rebuilt)
    assert words in html_report(rebuilt)
    assert words not in html_report(invented)
