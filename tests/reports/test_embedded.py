"""Pages of ours as parts of another page: the same words, nothing inline, and a style that stays inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from incentives.home_first_place import home_first_place
from reports.conftest import Page
from reports.stress_told import Told
from tripleaim.incentives.sharing import share
from tripleaim.projection import Projection
from tripleaim.reports.embedded import CLOSES, OPENS, Embedded, embedded, embedded_styles
from tripleaim.reports.html import report_files
from tripleaim.reports.share_page import share_files
from tripleaim.reports.stress_section import stress_files


@pytest.fixture(scope="module")
def files(invented: Projection) -> Mapping[str, str]:
    return report_files(invented)


@pytest.fixture(scope="module")
def parts(files: Mapping[str, str], balance: Told) -> dict[str, Embedded]:
    return {
        "index.html": embedded(files, "index.html"),
        "on_a_page.html": embedded(files, "on_a_page.html"),
        "stress.html": embedded(stress_files(*balance), "stress.html"),
        "share.html": embedded(share_files(share(home_first_place(), draws=60)), "share.html"),
    }


PAGES = ("index.html", "on_a_page.html", "stress.html", "share.html")


@pytest.mark.parametrize("page", PAGES)
def test_a_part_is_whole_and_has_nothing_inline(parts: dict[str, Embedded], page: str) -> None:
    found = parts[page].html
    tags = {element.tag for element in Page(found).elements}
    assert not tags & {"html", "head", "body", "main", "style", "script", "link", "meta", "iframe", "footer", "img"}
    for element in Page(found).elements:
        names = set(element.attributes)
        assert "style" not in names
        assert not [name for name in names if name.startswith("on")]
        assert element.attributes.get("class") not in ("skip", "status", "bar")


@pytest.mark.parametrize("page", PAGES)
def test_a_part_has_one_heading_of_the_first_level_and_says_it_apart(parts: dict[str, Embedded], page: str) -> None:
    heads = Page(parts[page].html).all("h1")
    assert [" ".join(each.text.split()) for each in heads] == [parts[page].title]


@pytest.mark.parametrize("page", PAGES)
def test_its_table_of_contents_leads_to_every_section_once(parts: dict[str, Embedded], page: str) -> None:
    found = parts[page]
    ids = {element.attributes.get("id") for element in Page(found.html).elements}
    keys = [key for key, _ in found.contents]
    assert set(keys) <= ids
    assert len(keys) == len(set(keys)) > 2
    assert all(question and "<" not in question for _, question in found.contents)


def test_the_contents_are_the_questions_of_the_report(parts: dict[str, Embedded]) -> None:
    told = dict(parts["index.html"].contents)
    assert told["on-answer"] == "The answer"
    assert told["on-gaps"] == "How big are the three gaps?"
    assert told["money-part"] == "Money"
    assert not [key for key in told if key.startswith("full-")]


def test_a_part_says_what_the_page_says(files: Mapping[str, str], parts: dict[str, Embedded]) -> None:
    page = files["index.html"].partition(OPENS)[2].partition(CLOSES)[0]
    told = re.sub(r' <a href="data/[^"]+\.xlsx">[^<]+</a>', "", parts["index.html"].html)
    assert page.strip() in told


def test_beside_every_file_of_figures_stands_the_same_as_a_spreadsheet(parts: dict[str, Embedded]) -> None:
    for found in parts.values():
        csv = {name.removesuffix(".csv") for name in found.links if name.endswith(".csv")}
        tables = {name.removesuffix(".xlsx") for name in found.links if name.startswith("data/") and "xlsx" in name}
        assert csv == tables


def test_its_links_to_files_are_named_so_that_they_can_be_served(
    files: Mapping[str, str], parts: dict[str, Embedded]
) -> None:
    found = parts["index.html"].links
    assert {"on_a_page.html", "report.xlsx", "result.json"} <= set(found)
    served = {*files, "report.xlsx", "result.json"}
    assert {name for name in found if not name.startswith("data/") or name.endswith(".csv")} <= served


def test_a_page_that_is_not_there_is_named(files: Mapping[str, str]) -> None:
    with pytest.raises(ValueError, match=r"stress\.html: found no such page; expected one of index\.html"):
        embedded(files, "stress.html")
    with pytest.raises(ValueError, match=r"result\.json: found no such page"):
        embedded({"result.json": "{}"}, "result.json")


def test_a_page_with_two_main_parts_is_not_ours() -> None:
    with pytest.raises(ValueError, match=r"index\.html: found 2 main parts; expected one"):
        embedded({"index.html": (OPENS + CLOSES) * 2}, "index.html")


def selectors() -> list[str]:
    """Every selector of the style, what stands in brackets left out but for the part it holds in."""
    bare = re.sub(r"@page [^{]*\{(?:[^{}]|\{[^}]*\})*\}", "", STYLE)
    bare = re.sub(r":where\((?::has\()?\.is-(report|asked|sheet)\)?\)", r"IN-\1", bare)
    while "(" in bare:
        bare = re.sub(r"\([^()]*\)", "", bare)
    rules = re.findall(r"(?:^|[{};])\s*([^{}@;]+)\{", bare)
    return [selector.strip() for rule in rules for selector in rule.split(",")]


def test_the_style_of_a_part_touches_nothing_outside_it() -> None:
    assert len(selectors()) > 150
    for selector in selectors():
        assert re.match(r"(html|body)?IN-|\.is-(sheet|report)\b", selector), selector


def test_printed_sides_of_a_part_are_named() -> None:
    assert re.findall(r"@page ([a-z]*)", STYLE) == ["report", "sheet"]
    assert STYLE.count("{") == STYLE.count("}")


STYLE = embedded_styles()
