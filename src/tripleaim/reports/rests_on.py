"""Which rows of the plan the steps of the walk and the bridge rest on, and how each headline is worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.table import Trace
from tripleaim.projection.behind import RowBehind, rows_behind
from tripleaim.projection.bridge import Step
from tripleaim.reports.facts import Facts, marked
from tripleaim.reports.words import NOTHING, listed, money, plural, rounded

SEPARATOR = "; "
"""Between the keys of steps drawn as one."""
LISTED = "rows_behind"
"""The table that lists every row behind every step."""
AS_HOPED, WITH_FOUND = "as-hoped", "with-what-is-found"
"""Where on the page the two headlines are worked out."""


def traces(facts: Facts, steps: Iterable[Step]) -> tuple[Trace, ...]:
    """Where each step comes from: tables of the plan, its key in the list of rows, and their sources."""
    behind = rows_behind(facts.plan)
    return tuple(_trace(behind, step.key) for step in steps)


def _trace(behind: dict[str, tuple[RowBehind, ...]], key: str) -> Trace:
    rows = [row for part in key.split(SEPARATOR) for row in behind.get(part, ())]
    if not rows:
        return ("", key, "worked out by this model")
    return (_once(row.table for row in rows), key, _once(row.source for row in rows))


def _once(words: Iterable[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(words))


def table(facts: Facts) -> Markup:
    """Every step with how many rows of which tables it rests on; the file beside it names them one by one."""
    behind = rows_behind(facts.plan)
    steps = [step for step in _steps(facts) if behind.get(step.key)]
    whole = Table(
        caption="Every row of the plan behind every step of the walk and the bridge",
        header=("Step", "Key of the step", "Table of the plan", "Row", "Source"),
        rows=tuple((step.name, step.key, row.table, row.key, row.source) for step in steps for row in behind[step.key]),
        numeric=(),
    )
    facts.shown.keep(LISTED, "Every row behind every step", whole)
    counts = Table(
        caption="Steps of the walk and the bridge, and how many rows of the plan’s tables each rests on",
        header=("Step", "Rows of the plan", "Source"),
        rows=tuple(
            (step.name, _counted(behind[step.key]), _once(row.source for row in behind[step.key])) for step in steps
        ),
        numeric=(),
    )
    title = f"{plural(len(steps), 'step')} of the walk and the bridge rest on rows of the plan"
    reads = "The others are sums of those above them. The file below this table names every row and its source."
    link = Markup('<p class="sources">Every row by its key: <a href="data/{0}.csv">{0}.csv</a></p>').format(LISTED)
    return facts.shown.table("steps_rest_on", counts, title, reads, fold=True) + link


def _steps(facts: Facts) -> list[Step]:
    walk = next(each for each in facts.projection.walks if each.scope == "both")
    bridge = facts.projection.bridge().steps if facts.has_schemes else ()
    return list({step.key: step for step in (*walk.steps, *bridge)}.values())


def _counted(rows: Sequence[RowBehind]) -> str:
    counts = Counter(row.table for row in rows)
    return SEPARATOR.join(f"{name} {count:,}" for name, count in counts.items())


# ---- How the headlines are worked out -------------------------------------------------------------------------------


def worked(facts: Facts) -> tuple[tuple[str, Markup], ...]:
    """Each headline in a line, from doing nothing: the place on the page, and the words."""
    gap, at = facts.projection.scope("both"), facts.last
    steps = {step.key: step.amounts[at] for step in facts.projection.bridge().steps}
    alone = [scheme.saving[at] for scheme in facts.projection.schemes]
    saves, costs = sum(v for v in alone if v > 0), -sum(v for v in alone if v < 0)
    less = [
        (saves, "saved by the schemes that save, each alone"),
        (-steps.get("income", 0.0), "of income from outside the place"),
    ]
    back = [
        (costs, "for schemes that cost more than they save"),
        (steps["overlap"], "for care counted twice"),
        (steps["whole_wards"], "for whole wards, beds free for safety and their staff"),
    ]
    parts = [gap.do_nothing[at], *(-v for v, _ in less), *(v for v, _ in back)]
    text = Markup("As hoped, {}: {} if nothing changes{}{}. {}").format(
        marked(gap.hoped[at], facts.stands(gap.hoped[at])),
        money(gap.do_nothing[at]),
        _moved(", less ", less),
        _moved(", plus ", back),
        rounded((*parts, gap.hoped[at]), (gap.hoped[at], gap.resourced[at] - gap.hoped[at], gap.resourced[at])),
    )
    found = [(AS_HOPED, _with_rows(text))]
    if not facts.is_resourced:
        missing = gap.resourced[at] - gap.hoped[at]
        change = f"{money(abs(missing))} {'more' if missing > 0 else 'less'}"
        text = Markup("With what is found, {}: {} than as hoped, because {}.").format(
            marked(gap.resourced[at], facts.stands(gap.resourced[at])),
            change,
            _missing(facts),
        )
        found.append((WITH_FOUND, _with_rows(text)))
    return tuple(found)


def _with_rows(text: Markup) -> Markup:
    return Markup('{} <a href="#steps_rest_on">Rows of the plan</a>').format(Markup(text.strip()))


def _moved(start: str, parts: Sequence[tuple[float, str]]) -> str:
    """Amounts in words; one of the other sign says so."""
    told = [
        f"{money(value)} {words}" if value > 0 else f"({money(value)}) {words}"
        for value, words in parts
        if abs(value) >= NOTHING
    ]
    return start + listed(told) if told else ""


def _missing(facts: Facts) -> str:
    """What schemes need that has not been found."""
    posts = sum(scheme.posts_needed[facts.last] - scheme.posts_found[facts.last] for scheme in facts.projection.schemes)
    capital = sum(sum(scheme.capital) - sum(scheme.capital_funded) for scheme in facts.projection.schemes)
    told = [plural(round(posts), "post")] if posts >= 0.5 else []
    told += [f"{money(capital)} of capital"] if capital >= NOTHING else []
    return f"{listed(told) or 'some posts and capital'} {'has' if told == ['1 post'] else 'have'} not been found"
