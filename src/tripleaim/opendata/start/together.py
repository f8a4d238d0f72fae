"""Lines of one kind of care that grow together: their growth is the place's, whatever is odd about a line's count.

A line whose count is odd has a source of its own, and a stress test takes ranges of different sources for different
judgements. A driver ties them, so that their errors do not cancel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tripleaim.opendata.start.lines import HospitalLine
from tripleaim.plan.activity import Care
from tripleaim.plan.uncertainty import Loading

LINES = {
    Care.AE: ("growth_ae", "ae_*", "How A&E attendances grow here"),
    Care.NON_ELECTIVE: ("growth_unplanned", "unplanned_*", "How unplanned admissions grow here"),
    Care.ELECTIVE: ("growth_planned_overnight", "elective_*", "How planned overnight stays grow here"),
    Care.DAY_CASE: ("growth_day_case", "day_case_*", "How day cases grow here"),
    Care.OUTPATIENT: ("growth_outpatient", "outpatient_first_*", "How first outpatient attendances grow here"),
}
"""Kind of care → key of its driver, the lines it moves, and its name."""

WITH_WINTER = 0.8
"""Unplanned care leaves room for what a hard winter brings, a fifth of the spread by the model's own driver."""


def drivers(care: Iterable[HospitalLine]) -> Iterator[Loading]:
    """A driver for each kind of care whose lines rest on more than one source."""
    found: dict[Care, set[str]] = defaultdict(set)
    for each in care:
        found[each.line.care].add(each.line.source)
    for kind, (key, lines, name) in LINES.items():
        if len(found[kind]) > 1:
            yield Loading(
                driver=key,
                inputs=f"activity/{lines}/growth",
                share=WITH_WINTER if kind in (Care.AE, Care.NON_ELECTIVE) else 1.0,
                name=name,
                source="growth_ranges",
            )
