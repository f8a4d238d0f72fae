"""The tables of an organisation's own page: its numbers by year with the place's beside them, alike for every body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.web.workspace.scheme_tables import PLUG, M

Told = Mapping[str, Any]


def tables_of(
    told: Told, system: Told | None, years: Sequence[str], *, pressure: bool, plugs: frozenset[str] = frozenset()
) -> dict[str, Table]:
    """The tables of one organisation's page by name; those with no rows are left out.

    system   : the same lines for the place as a whole
    years    : the plan's years, then the year after
    pressure : whether money is told as pressure above the opening year
    plugs    : keys of the schemes that are savings nobody has worked out
    """
    lines, last = told["lines"], len(years) - 2
    made: dict[str, Table] = {}
    if lines is not None and system is not None:
        made["position"] = _position(lines, system, years, pressure=pressure)
        made["share"] = _share(lines, system, years)
    made["schemes"] = _schemes(told, years[last], plugs)
    made["posts"] = _posts(told)
    made["payments"] = _payments(told, years[last])
    return {name: table for name, table in made.items() if table.rows}


def _position(lines: Told, system: Told, years: Sequence[str], *, pressure: bool) -> Table:
    side = M if pressure else -M
    said = "£m above the opening year" if pressure else "£m: − is short, + is ahead"
    cases = ("do_nothing", "hoped", "resourced")
    return Table(
        caption=f"Where it ends up by year, and the place as a whole, {said}",
        header=(
            "Year",
            "If nothing changes",
            "As hoped",
            "With what is found",
            "Place, if nothing changes",
            "Place, as hoped",
            "Place, with what is found",
        ),
        rows=tuple(
            (_year(years, at), *(each[case][at] * side for each in (lines, system) for case in cases))
            for at in range(len(years))
        ),
        numeric=(1, 2, 3, 4, 5, 6),
        signed=(1, 2, 3, 4, 5, 6),
    )


def _share(lines: Told, system: Told, years: Sequence[str]) -> Table:
    return Table(
        caption="What it puts into the schemes and gets from them, as hoped, £m: + is better off, − is worse off",
        header=("Year", "Puts in a year", "Puts in once", "Gets a year", "Net a year", "Place, net a year"),
        rows=tuple(
            (
                _year(years, at),
                -lines["put_in"][at] * M,
                -lines["one_off"][at] * M,
                lines["gets"][at] * M,
                lines["net"][at] * M,
                system["net"][at] * M,
            )
            for at in range(len(years))
        ),
        numeric=(1, 2, 3, 4, 5),
        signed=(1, 2, 3, 4, 5),
    )


def _year(years: Sequence[str], at: int) -> str:
    """A year; the one after the plan is told as such."""
    return f"{years[at]}, after the plan" if at == len(years) - 1 else years[at]


def _schemes(told: Told, year: str, plugs: frozenset[str]) -> Table:
    """What every scheme alone does to it."""
    pays = {each["key"]: each for each in told["pays_for"]}
    net = {each["key"]: each for each in (*told["gains_from"], *told["loses_by"])}
    rows: list[tuple[float, tuple[Cell, ...]]] = []
    for key in dict.fromkeys((*net, *pays)):
        name = (net.get(key) or pays[key])["name"] + (PLUG if key in plugs else "")
        paid, left = (pays[key]["amount"] if key in pays else 0.0), (net[key]["amount"] if key in net else 0.0)
        rows.append((left, (name, -paid * M, (left + paid) * M, left * M)))
    return Table(
        caption=f"Schemes, each counted alone, as hoped, {year}, £m: + is better off, − is worse off",
        header=("Scheme", "Pays", "Gains", "Net"),
        rows=tuple(row for _, row in sorted(rows, key=lambda each: each[0])),
        numeric=(1, 2, 3),
        signed=(1, 2, 3),
    )


def _posts(told: Told) -> Table:
    return Table(
        caption="People, full-time posts in the last year",
        header=("Group", "Schemes need", "Found", "Still to find", "Short in all"),
        rows=tuple(
            (each["group_words"], each["needed"], each["found"], each["to_find"], each["short"])
            for each in told["posts"]
        ),
        numeric=(1, 2, 3, 4),
        places=(0, 0, 0, 0),
    )


def _payments(told: Told, year: str) -> Table:
    rows: list[tuple[Cell, ...]] = [("Pays", each["name"], -each["amount"] * M) for each in told["pays"]]
    rows += [("Is paid by", each["name"], each["amount"] * M) for each in told["paid"]]
    return Table(
        caption=f"Whom it pays and who pays it, {year}, as hoped, £m",
        header=("Way", "Who", "£m a year"),
        rows=tuple(rows),
        numeric=(2,),
        signed=(2,),
    )
