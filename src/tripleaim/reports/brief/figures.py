"""Pictures of the report for other pages, ready made, with their figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.section import Section
from tripleaim.reports.sections import bodies, bridge, by_area, shape


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A picture, its finding, how to read it and its table, as one piece of HTML."""

    title: str
    """What it shows."""
    html: str
    """A <figure>; its links lead to data/<name>.csv and data/<name>.xlsx."""
    name: str
    """Name of its table, as of its files without the ending."""
    csv: str
    """Text of data/<name>.csv."""


TELLS: dict[str, tuple[str, Callable[[Facts], Section | None]]] = {
    "positions": ("positions", bodies.positions),
    "bridge": ("bridge", bridge.closes),
    "years": ("three_gaps_by_year", shape.by_year),
    "walk": ("walk", bridge.why),
    "areas": ("indicators_by_area", by_area.by_area),
}
"""Name of a figure → its table, and the section of the report that shows it."""
_CSV = re.compile(r'<a href="(data/[A-Za-z0-9_.\-]+)\.csv">([^<]+)\.csv</a>')


def figures(facts: Facts, wanted: Sequence[str] = ("positions", "bridge", "years")) -> dict[str, Ready]:
    """Figures by name; one the plan has nothing for is left out, as in the report."""
    found = {}
    for name in wanted:
        table, tell = TELLS[name]
        shown = Exhibits()
        section = tell(Facts(facts.projection, shown))
        if section is None or table not in shown.kept:
            continue
        drawn = next(str(each) for each in section.data["exhibits"] if f'id="{table}"' in str(each))
        found[name] = Ready(
            title=shown.kept[table].title,
            html=_CSV.sub(r'\g<0> <a href="\1.xlsx">\2.xlsx</a>', drawn),
            name=table,
            csv=shown.files[f"{table}.csv"],
        )
    return found
