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
    """Whose money: nhs, council or both for a scope; for an organisation its key."""
    scope: str
    """The ledger it belongs to: nhs, council or both."""
    do_nothing: tuple[float, ...]
    """Shortfall if nothing changes, by year, ending with the year after. GBP, cash; a surplus is negative."""
    hoped: tuple[float, ...]
    """The same with every scheme as its authors hope."""
    resourced: tuple[float, ...]
    """The same with benefits scaled to the posts and capital found."""
    one_off_hoped: tuple[float, ...]
    """One-off money as hoped, by year, not in the shortfall: set-up, double running and other money that does not come
    again. GBP; positive = costs.
    """
    deficits: tuple[float, ...]
    """As hoped, by year: the shortfalls of members that are short, added up, surpluses left out; of an organisation,
    its own shortfall or 0. GBP, never below 0.
    """


@dataclass(frozen=True, kw_only=True)
class IndicatorPath:
    """One indicator by year, with and without the schemes."""

    key: str
    """Its key in indicators.csv."""
    name: str
    """Its name in words."""
    gap: str
    """Which gap it belongs to: health or care."""
    unit: str
    """Unit of its values, in words."""
    higher_is_better: bool
    """True where a larger value is the better one."""
    is_proportion: bool
    """True where values are fractions from 0 to 1."""
    standard: float | None
    """The value to reach, in the indicator's unit; null where there is none."""
    standard_name: str
    """Where the standard comes from, in words."""
    baseline: float
    """Value in the opening year, in the indicator's unit."""
    do_nothing: tuple[float, ...]
    """Value if nothing changes, by plan year without the year after, in the indicator's unit."""
    hoped: tuple[float, ...]
    """The same with every scheme as its authors hope."""
    resourced: tuple[float, ...]
    """The same with benefits scaled to the posts and capital found."""
    met_today: bool
    """Whether the standard is met in the opening year; false where there is none."""
    met_last: bool
    """Whether it is met in the plan's last year as hoped; false where there is none."""
    distance_last: float
    """How far from the standard in the plan's last year as hoped, in the indicator's unit; 0 where it is met or there
    is none.
    """
    relative_distance: float
    """The same as a share of the standard; 0 where there is none."""
    wider_than_today: bool
    """Whether it ends further from the standard, as hoped in the last year, than it is in the opening year."""
    wider_than_nothing: bool
    """Whether it ends further from the standard, as hoped in the last year, than if nothing changes."""
    explained: str
    """Why it matters, in words for a resident."""


@dataclass(frozen=True, kw_only=True)
class OutcomeGap:
    """The health or the care gap: indicators counted, never averaged."""

    gap: str
    """health or care."""
    indicators: tuple[IndicatorPath, ...]
    """Every indicator of the gap, with and without a standard."""
    with_standard: int
    """How many of them have a standard."""
    met_today: int
    """How many meet it in the opening year."""
    met: dict[str, tuple[int, ...]]
    """How many meet it: do_nothing, hoped or resourced → number by plan year, without the year after."""
    worst: str
    """Key of the indicator furthest from its standard, as a share of it, in the last year as hoped; empty when all are
    met.
    """


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
