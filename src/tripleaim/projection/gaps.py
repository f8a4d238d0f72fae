"""The three gaps by year: money short, health and care indicators at standard."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan.indicator import Gap, Indicator
from tripleaim.projection.axes import after_opening
from tripleaim.projection.outcomes import at_standard, distance
from tripleaim.projection.run import SCOPES, Run

CASES = {"do_nothing": "funding_growth", "hoped": "hoped", "resourced": "resourced"}
"""Names shown to readers → cases of the run."""


@dataclass(frozen=True, kw_only=True)
class MoneyGap:
    """Recurrent shortfall by year of one scope or organisation; positive = short. GBP, cash, before central funds."""

    who: str
    scope: str
    do_nothing: tuple[float, ...]
    hoped: tuple[float, ...]
    resourced: tuple[float, ...]
    one_off_hoped: tuple[float, ...]
    """One-off money of the plan as hoped, beside the gap; positive = costs."""
    deficits: tuple[float, ...]
    """Scopes: the sum of members' shortfalls as hoped, surpluses left out, beside the net total."""


@dataclass(frozen=True, kw_only=True)
class IndicatorPath:
    """One indicator by year, with and without the schemes."""

    key: str
    name: str
    gap: str
    unit: str
    higher_is_better: bool
    is_proportion: bool
    standard: float | None
    standard_name: str
    baseline: float
    do_nothing: tuple[float, ...]
    hoped: tuple[float, ...]
    resourced: tuple[float, ...]
    met_today: bool
    met_last: bool
    distance_last: float
    """Gap to the standard in the plan's last year as hoped, in the indicator's unit."""
    relative_distance: float
    """The same over the standard."""
    wider_than_today: bool
    wider_than_nothing: bool
    explained: str


@dataclass(frozen=True, kw_only=True)
class OutcomeGap:
    """The health or the care gap: indicators counted, never averaged."""

    gap: str
    indicators: tuple[IndicatorPath, ...]
    with_standard: int
    met_today: int
    met: dict[str, tuple[int, ...]]
    """Number at standard by case (do_nothing, hoped, resourced) and plan year."""
    worst: str
    """Key of the indicator furthest from its standard in the last year as hoped; empty when all are met."""


def money_gaps(run: Run) -> tuple[MoneyGap, ...]:
    """Shortfall of the NHS, of councils, of both."""
    return tuple(_scope_gap(run, scope) for scope in SCOPES)


def organisation_gaps(run: Run) -> tuple[MoneyGap, ...]:
    """Shortfall of every member."""
    councils = set(run.scope("council"))
    found = []
    for n, key in enumerate(run.axes.nodes[: run.axes.members]):
        paths = {name: after_opening(run.short_of(key, case)) for name, case in CASES.items()}
        once = after_opening(-run.one_off[n, :, run.cases.at("hoped")])
        short = tuple(max(0.0, value) for value in paths["hoped"])
        found.append(
            MoneyGap(who=key, scope="council" if n in councils else "nhs", one_off_hoped=once, deficits=short, **paths)
        )
    return tuple(found)


def outcome_gaps(run: Run) -> tuple[OutcomeGap, ...]:
    """The health gap and the care gap."""
    rows = {row.key: row for row in run.inputs.plan.indicators}
    paths = {key: _path(run, n, rows[key]) for n, key in enumerate(run.axes.indicators)}
    return tuple(
        _outcome_gap(run, gap, [(rows[key], n, paths[key]) for n, key in enumerate(paths) if rows[key].gap is gap])
        for gap in Gap
    )


def trades(run: Run) -> tuple[str, ...]:
    """Everything the plan makes worse than doing nothing, in words; no gap is closed by silently widening another."""
    found = []
    last = run.axes.last
    names = {row.key: row.name for row in run.inputs.plan.organisations}
    for gap in organisation_gaps(run):
        worse = gap.hoped[last - 1] - gap.do_nothing[last - 1]
        if worse > 0.5:
            found.append(f"{names.get(gap.who, gap.who)}: £{worse / 1e6:,.1f}m a year worse than if nothing changed")
    for outcome in outcome_gaps(run):
        for path in outcome.indicators:
            if path.wider_than_nothing:
                found.append(f"{path.name} ends further from its standard than if nothing changed")
    return tuple(found)


def _scope_gap(run: Run, scope: str) -> MoneyGap:
    members = run.scope(scope)
    hoped = run.cases.at("hoped")
    paths = {name: after_opening(run.short(case, scope)) for name, case in CASES.items()}
    each = [after_opening(run.short_of(run.axes.nodes[n], "hoped")) for n in members]
    deficits = tuple(sum(max(0.0, body[year]) for body in each) for year in range(len(paths["hoped"])))
    once = after_opening(-run.one_off[members, :, hoped].sum(axis=0))
    return MoneyGap(who=scope, scope=scope, one_off_hoped=once, deficits=deficits, **paths)


def _path(run: Run, n: int, row: Indicator) -> IndicatorPath:
    cases = {name: run.indicators[n, :, run.cases.at(case)] for name, case in CASES.items()}
    far = {name: distance(row, values) for name, values in cases.items()}
    last = run.axes.last
    end = float(far["hoped"][last])
    proportion = row.scale.value in ("proportion", "ae_response")
    return IndicatorPath(
        key=row.key,
        name=row.name,
        gap=row.gap.value,
        unit=row.unit,
        higher_is_better=row.higher_is_better,
        is_proportion=proportion,
        standard=row.standard,
        standard_name=row.standard_name,
        baseline=float(cases["hoped"][0]),
        do_nothing=after_opening(cases["do_nothing"])[:-1],
        hoped=after_opening(cases["hoped"])[:-1],
        resourced=after_opening(cases["resourced"])[:-1],
        met_today=bool(at_standard(row, cases["hoped"][:1])[0]),
        met_last=bool(at_standard(row, cases["hoped"])[last]),
        distance_last=end,
        relative_distance=end / row.standard if row.standard else 0.0,
        wider_than_today=end > float(far["hoped"][0]) + 1e-12,
        wider_than_nothing=end > float(far["do_nothing"][last]) + 1e-12,
        explained=row.why_it_matters,
    )


def _outcome_gap(run: Run, gap: Gap, members: list[tuple[Indicator, int, IndicatorPath]]) -> OutcomeGap:
    counted = [(row, n, path) for row, n, path in members if row.standard is not None]
    met = {
        name: tuple(
            sum(bool(at_standard(row, run.indicators[n, :, run.cases.at(case)])[year]) for row, n, _ in counted)
            for year in range(1, run.axes.last + 1)
        )
        for name, case in CASES.items()
    }
    missed = [path for _, _, path in counted if not path.met_last]
    worst = max(missed, key=lambda path: path.relative_distance).key if missed else ""
    return OutcomeGap(
        gap=gap.value,
        indicators=tuple(path for _, _, path in members),
        with_standard=len(counted),
        met_today=sum(path.met_today for _, _, path in counted),
        met=met,
        worst=worst,
    )
