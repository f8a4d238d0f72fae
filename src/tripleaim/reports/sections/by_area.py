"""How measures of health and care differ between council areas."""

from __future__ import annotations

from collections import Counter

from tripleaim.charts.by_area import AreaPanel, ByArea
from tripleaim.reports.facts import Facts
from tripleaim.reports.reading import places
from tripleaim.reports.section import Section
from tripleaim.reports.words import listed

KIND = "council_area"
FEWEST = 3
"""Areas it takes for a picture; two are told in a table."""


def by_area(facts: Facts) -> Section | None:
    """Each measure that is held by council area, a dot an area."""
    picture = area_picture(facts)
    if picture is None:
        return None
    after = ("An area that hides rich and poor quarters looks like neither: differences inside an area are not shown.",)
    return Section(
        key="by_area",
        question="How does it differ from area to area?",
        data={"exhibits": (facts.shown.picture("indicators_by_area", picture),), "after": after},
    )


def area_picture(facts: Facts) -> ByArea | None:
    """Areas from most to least deprived, in every panel the same."""
    rows = [row for row in facts.plan.indicator_groups if row.kind == KIND]
    areas = tuple(dict.fromkeys(row.group for row in sorted(rows, key=lambda row: (row.rank, row.group))))
    if len(areas) < FEWEST:
        return None
    values = {(row.indicator, row.group): row.value for row in rows}
    paths = [
        path
        for gap in facts.projection.outcomes
        for path in gap.indicators
        if any((path.key, area) in values for area in areas)
    ]
    panels, worst = [], Counter[str]()
    for path in paths:
        size = 100.0 if path.is_proportion else 1.0
        own = {area: values[path.key, area] for area in areas if (path.key, area) in values}
        pick = min if path.higher_is_better else max
        worst[pick(own, key=lambda area: own[area])] += 1
        panels.append(
            AreaPanel(
                heading=path.name,
                unit=f"% {path.unit}".strip() if path.is_proportion else path.unit,
                values=tuple(own[area] * size if area in own else None for area in areas),
                lower_is_better=not path.higher_is_better,
                whole=path.baseline * size,
                standard=None if path.standard is None else path.standard * size,
                places=min(1, places(path)),
            )
        )
    return ByArea(
        title=_title(worst, len(paths)),
        reads=(
            f"A dot for each area, from the most deprived ({areas[0]}) down to the least ({areas[-1]}). Solid line: "
            "the whole place; dashed line: the standard. Each measure has its own axis, which need not start at zero."
        ),
        areas=areas,
        panels=tuple(panels),
    )


def _title(worst: Counter[str], measures: int) -> str:
    """Which area is worst off most often."""
    most = max(worst.values())
    names = sorted(area for area, count in worst.items() if count == most)
    if len(names) > 2 or most == 1:
        return f"No one area is worst off in most of {measures} measures"
    verb = "is" if len(names) == 1 else "are each"
    return f"{listed(names)} {verb} worst off in {most} of {measures} measures"
