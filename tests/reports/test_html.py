"""The report stands alone, says whose it is, and every figure on page one is the result's own."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tripleaim.charts.table import TRACED
from tripleaim.charts.wording import say
from tripleaim.plan import Plan
from tripleaim.projection import Projection, project
from tripleaim.reports import html_report, json_report
from tripleaim.reports.facts import Exhibits, Facts, package_version
from tripleaim.reports.html import report_files
from tripleaim.reports.sections import answer, bridge, shape
from tripleaim.reports.words import day, fours, money

NAUGHTY = "<script>alert(1)</script> \" ' & </style> {{ 7 * 7 }} \u202e £Ω\x07"


def numbers(content: Any) -> Iterator[float]:
    """Every number in a JSON document."""
    if isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from numbers(part)
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield float(content)


REPORTS: dict[str, str] = {}
"""Reports of the worked plans, each made once."""


def report_of(projection: Projection) -> str:
    """The report of a worked plan."""
    if projection.fingerprint not in REPORTS:
        REPORTS[projection.fingerprint] = html_report(projection)
    return REPORTS[projection.fingerprint]


def rebuilt_with(plan: Plan, **tables: Any) -> Plan:
    return Plan(**{**{name: getattr(plan, name) for name in Plan.model_fields}, **tables})


def renamed(row: Any, **fields: Any) -> Any:
    return type(row)(**{**{name: getattr(row, name) for name in type(row).model_fields}, **fields})


def test_it_stands_alone(projection: Projection, read_page) -> None:
    text = report_of(projection)
    page = read_page(text)
    assert "<script" not in text
    for element in page.elements:
        assert "style" not in element.attributes, element
        assert not any(name.startswith("on") for name in element.attributes), element
        assert element.tag not in ("link", "iframe", "object", "embed", "form", "base", "img")
        assert not element.attributes.get("src")
        href = element.attributes.get("href", "")
        if href.startswith("http"):
            assert "on-sources" in element.parents, f"{href} stands outside the sources"
        elif href:
            assert re.fullmatch(r"#[\w.-]+|data/[\w.-]+\.csv|result\.json|report\.xlsx|on_a_page\.html", href), href


def test_only_our_own_style_may_be_used(projection: Projection, read_page) -> None:
    page = read_page(report_of(projection))
    policy = next(m.attributes["content"] for m in page.all("meta") if "http-equiv" in m.attributes)
    (style,) = page.all("style")
    found = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{found}'" in policy


def test_headings_stand_in_order_and_ids_once(projection: Projection, read_page) -> None:
    page = read_page(report_of(projection))
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    links = {element.attributes["href"][1:] for element in page.all("a") if element.attributes["href"][:1] == "#"}
    assert links <= set(ids)


def test_every_table_has_a_caption_and_its_headings_a_scope(projection: Projection, read_page) -> None:
    page = read_page(report_of(projection))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(caption.text.strip() for caption in page.all("caption"))
    assert all(heading.attributes.get("scope") in ("col", "row") for heading in page.all("th"))


def test_it_says_what_it_is(projection: Projection, read_page) -> None:
    text = report_of(projection)
    words = " ".join(read_page(text).all("main")[0].text.split())
    heading = projection.plan.heading
    for said in (
        "DRAFT",
        fours(projection.fingerprint),
        projection.fingerprint,
        heading.version,
        day(heading.dated),
        f"prices are of {heading.price_base}",
        "NHS and councils",
        "Before central funds",
        package_version(),
    ):
        assert said in words, said
    assert ("Invented place" in words) == heading.invented
    assert ("Every name and number on this page is invented" in text) == heading.invented


def test_every_figure_of_page_one_is_the_results_own(projection: Projection, read_page) -> None:
    page = read_page(report_of(projection))
    known = set(numbers(json.loads(json_report(projection))))
    gap = projection.scope("both")
    known.add(abs(gap.hoped[projection.last] - gap.do_nothing[projection.last]))
    figures = page.all("data")
    assert len(figures) > 10
    for figure in figures:
        value = float(figure.attributes["value"])
        assert value in known, figure
        told = figure.text
        sums = {money(abs(value), places) for places in (1, 2, 3)}
        assert any(said in told for said in sums) or say(value, 0) in told or "in balance" in told, figure


def test_the_three_panels_tell_the_three_gaps(projection: Projection, read_page) -> None:
    page = read_page(report_of(projection))
    last = projection.last
    for gap in projection.outcomes:
        told = [data.text for data in page.all("data") if f"gap-{gap.gap}" in data.parents]
        assert told[0] == f"{gap.met['hoped'][last]} of {gap.with_standard}"
        assert f"{gap.met_today} of {gap.with_standard}" in told
        assert f"{gap.met['do_nothing'][last]} of {gap.with_standard}" in told
    told = [float(data.attributes["value"]) for data in page.all("data") if "gap-money" in data.parents]
    both = projection.scope("both")
    assert told[0] == both.hoped[last]
    assert {both.do_nothing[last], *(projection.scope(name).hoped[last] for name in ("nhs", "council"))} <= set(told)
    same = all(abs(a - b) < 500 for a, b in zip(both.hoped, both.resourced, strict=True))
    assert same or both.resourced[last] in told


def test_every_file_is_the_table_on_the_page(projection: Projection, read_page) -> None:
    files = report_files(projection)
    page = read_page(files["index.html"])
    linked = {a.attributes["href"] for a in page.all("a") if a.attributes["href"].startswith("data/")}
    assert linked == {name for name in files if name.startswith("data/")}
    for name in linked:
        if not any(
            each.attributes.get("id") == name.removeprefix("data/").removesuffix(".csv") for each in page.elements
        ):
            assert name in ("data/unplaced.csv", "data/rows_behind.csv"), "the tables whose rows stand in files alone"
            continue
        rows = list(csv.reader(io.StringIO(files[name])))
        rows = [row[:-3] if tuple(rows[0][-3:]) == TRACED else row for row in rows]
        key = name.removeprefix("data/").removesuffix(".csv")
        cells = [e.text for e in page.elements if e.tag in ("th", "td") and key in e.parents]
        assert len(cells) == sum(map(len, rows)), name
        for cell, shown in zip([cell for row in rows for cell in row], cells, strict=True):
            assert _same(cell, shown), (name, cell, shown)


def test_many_printed_figures_without_a_counterpart_are_counted_and_stand_in_a_file(rebuilt: Projection) -> None:
    files = report_files(rebuilt)
    unplaced = [row for row in rebuilt.stated if row.modelled is None]
    rows = list(csv.DictReader(io.StringIO(files["data/unplaced.csv"])))
    assert len(rows) == len(unplaced) > 15
    assert {row["Key"] for row in rows} == {row.key for row in unplaced}
    counted = list(csv.DictReader(io.StringIO(files["data/unplaced_counted.csv"])))
    assert sum(int(row["Figures"]) for row in counted) == len(unplaced)
    assert 'href="data/unplaced.csv"' in files["index.html"]


def test_every_scheme_and_measure_can_be_followed_to_its_row_and_source(projection: Projection) -> None:
    files = report_files(projection)
    keys = {name: {row.key: row.source for row in getattr(projection.plan, name)} for name in ("schemes", "indicators")}
    followed = set()
    for name in ("bridge", "bridge_both", "indicators_health", "indicators_care"):
        for row in csv.DictReader(io.StringIO(files[f"data/{name}.csv"])):
            table = row["Table"].split("; ")[0].removesuffix(".csv")
            for key in row["Key"].split("; ") if table in keys else ():
                assert keys[table][key] in row["Source key"].split("; ")
                followed.add(key)
    assert followed >= {scheme.key for scheme in projection.schemes if abs(scheme.saving[projection.last]) >= 1}
    assert followed >= {path.key for gap in projection.outcomes for path in gap.indicators}


def _same(cell: str, shown: str) -> bool:
    plain = shown.replace("−", "-").replace(",", "").replace("+", "")
    try:
        return abs(float(cell) - float(plain)) <= 0.5 * 10 ** -len(plain.partition(".")[2]) + 1e-6
    except ValueError:
        return " ".join(cell.split()).lstrip("'") == " ".join(shown.split()) or (not cell and shown == "no figure")


def test_pressure_is_never_called_a_gap_and_real_bodies_get_no_money_table(rebuilt: Projection, read_page) -> None:
    files = report_files(rebuilt)
    assert rebuilt.is_pressure
    assert "data/positions.csv" not in files
    assert "data/who_pays_whom.csv" not in files
    page = read_page(files["index.html"])
    verdict = next(p.text for p in page.all("p") if p.attributes.get("class") == "verdict")
    assert "gap" not in verdict
    assert "more in 2020/21 than in 2015/16" in verdict
    for key in ("closes", "why"):
        words = next(s.text for s in page.all("section") if s.attributes["id"] == f"on-{key}")
        assert "gap" not in words, key
        assert "short by" not in words, key
    text = " ".join(page.all("main")[0].text.split())
    for said in ("money gap", "gap if nothing changes", "short by £", "widens the gap"):
        assert said not in text, said


def test_naughty_names_stay_words(invented: Projection, read_page) -> None:
    plan = invented.plan
    naughty = rebuilt_with(
        plan,
        heading=renamed(plan.heading, name=NAUGHTY, version=NAUGHTY, summary=NAUGHTY, not_known=(NAUGHTY,)),
        schemes=tuple(renamed(row, name=NAUGHTY, summary=NAUGHTY, travel=NAUGHTY) for row in plan.schemes),
        organisations=tuple(renamed(row, name=f"{NAUGHTY} {row.key}") for row in plan.organisations),
        indicators=tuple(renamed(row, name=NAUGHTY, unit=NAUGHTY) for row in plan.indicators),
        sources=tuple(renamed(row, title=NAUGHTY, note=NAUGHTY, url="javascript:alert(1)") for row in plan.sources),
    )
    text = html_report(project(naughty), (NAUGHTY,))
    page = read_page(text)
    assert "<script" not in text
    assert "49" not in page.all("h1")[0].text
    assert not [e for e in page.elements if e.attributes.get("href", "").lower().startswith("javascript")]
    assert len(page.all("style")) == 1


def test_a_plan_without_schemes_says_what_will_be_here(invented: Projection, read_page) -> None:
    plan = invented.plan
    empty = dict.fromkeys(("schemes", "effects", "costs", "posts", "actions", "stated"), ())
    text = html_report(project(rebuilt_with(plan, **empty)))
    words = " ".join(read_page(text).all("main")[0].text.split())
    assert "No scheme is proposed yet. If nothing changes, Wealdshire and Marsh is short by" in words
    assert "Each scheme in schemes.csv will stand here" in words
    assert "What closes the money gap?" not in words


VERDICTS = [
    (67.6, 78.7, 164.6, "If every scheme works, Wealdshire and Marsh is still short by £67.6m in 2020/21; with the "
     "staff and capital it has found so far, short by £78.7m."),
    (-2.0, 3.0, 164.6, "If every scheme works, Wealdshire and Marsh is ahead by £2.0m in 2020/21; with the "
     "staff and capital it has found so far, short by £3.0m."),
    (0.0, 3.0, 164.6, "If every scheme works, Wealdshire and Marsh is in balance in 2020/21; with the staff and "
     "capital it has found so far, short by £3.0m."),
    (10.01, 10.04, 20.0, "If every scheme works, Wealdshire and Marsh is still short by £10.01m in 2020/21; with the "
     "staff and capital it has found so far, short by £10.04m."),
    (5.0, 5.0, -1.0, "If every scheme works, Wealdshire and Marsh is short by £5.0m in 2020/21; the staff and capital "
     "it needs are found."),
]  # fmt: skip


def with_money(projection: Projection, hoped: float, resourced: float, nothing: float) -> Facts:
    """The same projection, with other money in millions."""
    size = len(projection.years)
    paths = {"hoped": hoped, "resourced": resourced, "do_nothing": nothing}
    amounts = {name: (value * 1e6,) * size for name, value in paths.items()}
    told = replace(
        projection,
        money=tuple(replace(gap, **amounts) for gap in projection.money),
        hoped_without_plugs=amounts["hoped"],
        resourced_without_plugs=amounts["resourced"],
    )
    return Facts(told, Exhibits())


@pytest.mark.parametrize(("hoped", "resourced", "nothing", "said"), VERDICTS)
def test_the_verdict(invented: Projection, hoped: float, resourced: float, nothing: float, said: str) -> None:
    assert answer.gap_verdict(with_money(invented, hoped, resourced, nothing)).striptags() == said


WHO = "14 schemes that save on their own, 5 that cost more than they save and 1 plug together"
TITLES = [
    (67.6, 67.6, 164.6, False, "close £97.0m of a £164.6m gap; £67.6m stays open"),
    (67.6, 78.7, 164.6, False,
     "close £97.0m of a £164.6m gap as hoped; £67.6m stays open, £78.7m with what is found"),
    (0.0, 0.0, 164.6, False, "close the whole gap of £164.6m"),
    (-2.0, 3.0, 164.6, False,
     "close the whole gap of £164.6m and £2.0m more as hoped; with what is found, short by £3.0m"),
    (170.0, 170.0, 164.6, False, "add £5.4m to a gap of £164.6m"),
    (164.6, 164.6, 164.6, False, "change nothing of a gap of £164.6m"),
    (-3.0, 1.0, -1.0, False,
     "move the place from ahead by £1.0m to ahead by £3.0m as hoped, short by £1.0m with what is found"),
    (67.6, 67.6, 164.6, True, "take £97.0m off a pressure of £164.6m"),
    (67.6, 170.6, 164.6, True, "take £97.0m off a pressure of £164.6m as hoped; with what is found, £6.0m more"),
]  # fmt: skip


@pytest.mark.parametrize(("hoped", "found", "nothing", "is_pressure", "said"), TITLES)
def test_the_finding_of_the_bridge(
    invented: Projection, hoped: float, found: float, nothing: float, is_pressure: bool, said: str
) -> None:
    facts = with_money(replace(invented, is_pressure=is_pressure), hoped, found, nothing)
    assert bridge.bridge_title(facts) == f"{WHO} {said}"


def test_small_schemes_are_drawn_as_one_and_the_sum_stays(invented: Projection) -> None:
    walk = invented.bridge()
    steps = bridge.pooled(walk.steps, invented.last)
    assert len(steps) < len(walk.steps)
    assert sum("smaller scheme" in step.name for step in steps) == 2
    changes = [sum(s.amounts[invented.last] for s in chosen if s.kind != "total") for chosen in (steps, walk.steps)]
    assert changes[0] == pytest.approx(changes[1], abs=600)


def test_a_line_of_links_at_the_top_leads_to_every_part(projection: Projection, read_page) -> None:
    page = read_page(report_of(projection))
    (line,) = page.all("nav")
    where = page.elements.index(line)
    assert where < next(n for n, each in enumerate(page.elements) if each.attributes.get("id") == "on-answer")
    inside = page.elements[where : where + 1 + len(re.findall("·", line.text)) + 2]
    led = [each.attributes["href"][1:] for each in inside if each.tag == "a"]
    ids = {each.attributes.get("id") for each in page.elements}
    assert set(led) <= ids
    assert {part for part in ids if part and part.endswith("-part")} <= set(led)


def test_a_smaller_gap_is_better_and_a_smaller_pressure_is_only_smaller(
    rebuilt: Projection, invented: Projection
) -> None:
    assert "lower is better" not in shape.by_year(Facts(rebuilt, Exhibits())).data["exhibits"][0]
    assert "lower is better" in shape.by_year(Facts(invented, Exhibits())).data["exhibits"][0]
