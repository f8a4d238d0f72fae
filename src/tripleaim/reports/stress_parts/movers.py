"""Which uncertain numbers move the money most."""

from __future__ import annotations

from tripleaim.charts import TornadoBars, TornadoRow
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import MILLION, StressTold
from tripleaim.reports.stress_summary import in_unit


def what_moves_it(told: StressTold) -> Section:
    """Which numbers move the last year most, one at a time."""
    found = told.found
    rows = tuple(
        TornadoRow(
            label=each.label,
            at_low=each.at_low / MILLION,
            at_high=each.at_high / MILLION,
            low=in_unit(each.low, each.unit),
            high=in_unit(each.high, each.unit),
        )
        for each in found.movers
    )
    stated = told.facts.projection.scope("both").hoped[len(found.years) - 1] / MILLION
    picture = told.facts.shown.picture(
        "stress_movers", TornadoBars(told.last_year, stated, rows, told.measure, told.in_case("hoped"))
    )
    after = "What two numbers do only together is not seen here."
    return Section(
        key="movers", question="What moves it most?", data={"exhibits": [picture], "after": [after] if rows else []}
    )
