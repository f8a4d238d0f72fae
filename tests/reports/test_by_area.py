"""How measures differ between council areas, where the plan holds them."""

from __future__ import annotations

from dataclasses import replace

from tripleaim.projection import Projection
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.sections.by_area import area_picture, by_area


def test_every_value_by_area_is_drawn_in_its_unit(rebuilt: Projection) -> None:
    facts = Facts(rebuilt, Exhibits())
    picture = area_picture(facts)
    assert picture is not None
    names = {path.name: path for gap in rebuilt.outcomes for path in gap.indicators}
    told = {
        (names[row[0]].key, row[1]): row[2] / (100 if names[row[0]].is_proportion else 1)
        for row in picture.table().rows
    }
    rows = [row for row in rebuilt.plan.indicator_groups if row.kind == "council_area"]
    assert {key: round(value, 9) for key, value in told.items()} == {
        (row.indicator, row.group): round(row.value, 9) for row in rows
    }


def test_areas_go_from_the_most_to_the_least_deprived(rebuilt: Projection) -> None:
    picture = area_picture(Facts(rebuilt, Exhibits()))
    assert picture is not None
    ranks = {row.group: row.rank for row in rebuilt.plan.indicator_groups}
    assert [ranks[area] for area in picture.areas] == sorted(ranks[area] for area in picture.areas)


def test_the_title_counts_where_one_area_is_worst_off(rebuilt: Projection) -> None:
    picture = area_picture(Facts(rebuilt, Exhibits()))
    assert picture is not None
    area, _, rest = picture.title.partition(" is worst off in ")
    at = picture.areas.index(area)
    worst = [
        (max if panel.lower_is_better else min)(value for value in panel.values if value is not None)
        == panel.values[at]
        for panel in picture.panels
    ]
    assert rest == f"{sum(worst)} of {len(picture.panels)} measures"


def test_a_plan_with_fewer_than_three_areas_has_no_picture(invented: Projection, rebuilt: Projection) -> None:
    assert by_area(Facts(invented, Exhibits())) is None
    tables = {name: getattr(rebuilt.plan, name) for name in type(rebuilt.plan).model_fields}
    bare = replace(rebuilt, plan=type(rebuilt.plan)(**{**tables, "indicator_groups": ()}))
    assert by_area(Facts(bare, Exhibits())) is None


def test_the_section_has_its_picture_and_its_file(rebuilt: Projection) -> None:
    facts = Facts(rebuilt, Exhibits())
    section = by_area(facts)
    assert section is not None
    assert list(facts.shown.files) == ["indicators_by_area.csv"]
