"""Has anyone ever done it? Claims beside what happened elsewhere, and what the money rests on."""

from __future__ import annotations

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.beliefs import beliefs_table
from tripleaim.reports.stress_parts.claims import claims_table, not_said, worst_first
from tripleaim.reports.stress_parts.studies import studies_table, with_links
from tripleaim.reports.stress_parts.told import StressTold, millions
from tripleaim.reports.words import listed, lower, plural
from tripleaim.stress.outside.grades import SavingsByGrade
from tripleaim.stress.outside.record import Kept
from tripleaim.stress.outside.stretch import Stretch
from tripleaim.stress.outside.telling import (
    claim_in_words,
    counted_twice_in_words,
    percent,
    savings_in_words,
    stretch_in_words,
)
from tripleaim.stress.outside.view import OutsideView

RESTS_ON = {
    "controlled": "A controlled result: set against people or places without the scheme",
    "uncontrolled": "What happened, with nothing to set it against",
    "modelled": "Worked out by a model, not observed",
    "expert forecast": "What experts expect",
    "claim": "A claim: promised, required or hoped for",
    "context": "A size or a rate that shows no effect",
    "none": "Nothing is cited",
}
FASTER = 1.05
"""Times the best kept up; less than a twentieth above it is told as no faster."""


def others_have_done_it(told: StressTold) -> Section | None:
    """Claims beside their reference class, the three beliefs, and what the savings rest on; none without schemes."""
    view = told.whole.outside
    if view is None or not told.found.plan.schemes:
        return None
    exhibits = [claims_table(told, view)] if view.claims else []
    if view.claims:
        exhibits.append(studies_table(told, view))
    if told.whole.chances:
        exhibits.append(beliefs_table(told, told.whole.chances))
    if view.savings.savings > 0:
        exhibits.append(_savings_table(told, view.savings))
    return Section(
        key="elsewhere",
        question="Have others done it?",
        template="stress_part.html",
        data={
            "exhibits": exhibits,
            "after": [*faster_than_anyone(told, view), *record(view), *not_said(view)],
            "more": _more(told, view),
        },
    )


def _more(told: StressTold, view: OutsideView) -> list[tuple[str, list[Markup]]]:
    """Lists to unfold: each claim in words, every pace, and where care may be counted twice."""
    paces = (*view.care, *view.cost)
    lists = [
        ("Each claim in words", [claim_in_words(each, told.called) for each in worst_first(view.claims)]),
        ("How fast the plan wants to go", [opening(stretch_in_words(each, told.called)) for each in paces]),
        ("Where care may be counted twice", [counted_twice_in_words(each, told.called) for each in view.counted_twice]),
    ]
    return [(heading, [with_links(each) for each in sentences]) for heading, sentences in lists if sentences]


def _savings_table(told: StressTold, found: SavingsByGrade) -> Markup:
    rows: list[tuple[Cell, ...]] = [
        (RESTS_ON.get(kind, kind), *millions((amount,)), 100 * amount / found.savings)
        for kind, amount in sorted(found.by_kind.items(), key=lambda each: -each[1])
        if amount > 0
    ]
    table = Table(
        caption=f"What the savings of {told.last_year} rest on, each scheme counted alone, £m",
        header=("What is cited", "£m saved", "% of all"),
        rows=tuple(rows),
        numeric=(1, 2),
        unit="£m saved",
        places=(1, 0),
    )
    return told.facts.shown.table("stress_rests_on", table, savings_in_words(found).removesuffix("."))


def faster_than_anyone(told: StressTold, view: OutsideView) -> list[str]:
    """Which care or whose cost is to fall faster than anyone has kept up, in one sentence; none where nothing is."""
    care, cost = (
        [each for each in every if each.index is not None and each.index > FASTER] for every in (view.care, view.cost)
    )
    if not (care or cost):
        return []
    fast = [_pace(told, each) for each in care]
    if len(cost) > 1:
        most = max(cost, key=lambda each: each.needed)
        fast.append(f"the cost of {len(cost)} organisations, most of all {_pace(told, most)}")
    else:
        fast += [_pace(told, each) for each in cost]
    return [
        "In its steepest three years the plan goes faster than any whole area, against growth elsewhere, or the whole "
        f"service has kept up: {listed(fast)}."
    ]


def _pace(told: StressTold, found: Stretch) -> str:
    who = told.called.get(found.who, f"all {found.who}")
    best = "" if not found.best else f", against {percent(found.best)}"
    return f"{who} ({percent(found.needed)} less a year{best})"


def record(view: OutsideView) -> list[str]:
    """How far the place kept what its earlier plans promised."""
    if not view.record:
        return ["The plan holds no record of what earlier plans of the place promised and delivered."]
    return [f"Of what earlier plans of the place promised: {listed([_kept(each) for each in view.record])}."]


def _kept(found: Kept) -> str:
    about = f"{lower(found.family)}, " if found.family else "schemes of every kind, "
    promises = plural(found.promises, "promise")
    if found.share < 0:
        return f"{about}{promises}, and the opposite came"
    return f"{about}{promises}, {found.share * 100:.0f}% delivered{' on average' if found.promises > 1 else ''}"
