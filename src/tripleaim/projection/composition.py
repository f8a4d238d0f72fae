"""What the plan is made of: plugs, stages, categories, prevention, gaps served, and what each headline rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.plug import is_plug
from tripleaim.plan.scheme import CostKind, Scheme, Stage
from tripleaim.projection.axes import Array
from tripleaim.projection.bridge import alone
from tripleaim.projection.finance import to_cash
from tripleaim.projection.run import Run


@dataclass(frozen=True, kw_only=True)
class SchemeResult:
    """One scheme alone, by plan year. GBP; a saving is positive here."""

    key: str
    """Its key in schemes.csv."""
    name: str
    """Its name in words."""
    summary: str
    """What changes, for whom, in the authors' words."""
    change: str
    """What residents will notice: starts, stops, moves or changes."""
    category: str
    """Its category, as in schemes.csv."""
    stage: str
    """How far it has been worked out: idea, outline, case or live."""
    gaps: tuple[str, ...]
    """Gaps it serves: health, care, money."""
    prevention: bool
    """Whether its authors say it prevents illness."""
    asked_by: str
    """Which level asked for it: national, regional or local; empty when nobody did."""
    part_of: str
    """The older plan it belongs to; empty when none."""
    owner: str
    """Role that answers for it; empty when nobody does."""
    lead: str
    """Key of the organisation that leads it; empty when none."""
    start: str
    """First month of work, such as 2017-10."""
    is_plug: bool
    """True for a saving nobody has worked out: no owner, no action and no evidence, or named as unidentified."""
    saving: tuple[float, ...]
    """Net recurrent saving of NHS and councils together as hoped, the scheme alone, wards counted as fractions, by
    year, ending with the year after. GBP; positive saves, negative costs more.
    """
    saving_resourced_share: tuple[float, ...]
    """Share of its benefit that the posts and capital found allow, by year, ending with the year after. 0 to 1."""
    posts_needed: tuple[float, ...]
    """Posts it needs, by plan year. Whole-time equivalents."""
    posts_found: tuple[float, ...]
    """Posts found for it, by plan year; those that agency covers count as found. Whole-time equivalents."""
    one_off: tuple[float, ...]
    """Set-up, double running and disruption, by plan year. GBP, cash; positive = costs."""
    capital: tuple[float, ...]
    """Capital it needs, by plan year. GBP, cash."""
    capital_funded: tuple[float, ...]
    """Capital found for it, by plan year. GBP, cash."""
    cumulative_cash: tuple[float, ...]
    """Saving less one-off costs less capital, added up from the first year to each plan year, as hoped. GBP; negative =
    not paid back yet.
    """
    break_even: str
    """Plan year from which cumulative cash stays at or above zero; the first year for a scheme that is never below;
    empty if not within the plan.
    """
    spent: tuple[float, ...]
    """Running cost, set-up, double running and disruption, by plan year, as hoped. GBP, cash."""

    @property
    def spent_in_all(self) -> float:
        """Running cost, set-up, double running, disruption and capital over the plan's years, GBP."""
        return sum(self.spent) + sum(self.capital)


@dataclass(frozen=True, kw_only=True)
class Composition:
    """Shares that say how worked-out and how balanced the savings are, in the plan's last year unless said."""

    schemes: int
    """How many schemes the plan has."""
    savings: float
    """Gross: sum of `saving` over the schemes that save in the last year, each alone, before overlap; those that cost
    more are left out. GBP.
    """
    savings_net: float
    """Net: `savings` less what those cost that cost more than they save in the last year. GBP; negative = the schemes
    cost more in all.
    """
    plugs: float
    """The part of `savings` that is plugs. GBP."""
    identified: float
    """Share of `savings` that is not a plug. 0 to 1."""
    fully_developed: float
    """Share of `savings` at stage case or live. 0 to 1."""
    recurrent: float
    """Share of `savings` that still stands in the year after the plan; the rest has faded by then. 0 to 1."""
    second_half: float
    """Share of the savings of all plan years that falls in the last half of them. 0 to 1."""
    prevention_schemes: int
    """How many schemes their authors call prevention."""
    prevention_spending: float
    """Running cost, set-up, double running, disruption and capital of these over the plan's years. GBP, cash."""
    spending: float
    """The same of all schemes. GBP, cash."""
    prevention_saving: float
    """Gross: the part of `savings` that is prevention, each scheme alone, those that cost more left out. GBP."""
    prevention_saving_net: float
    """Net: the same less what the prevention schemes cost that cost more than they save, as the report tells it. GBP;
    negative = prevention costs more in all.
    """
    by_gap_schemes: dict[str, int]
    """health, care or money → schemes that serve the gap; one that serves two counts in both."""
    by_gap_saving: dict[str, float]
    """health, care or money → the part of `savings` of schemes that serve the gap; one that serves two counts in both.
    GBP.
    """
    by_category: dict[str, tuple[float, ...]]
    """Category → net sum of `saving` of its schemes, those that cost more taken off, by year, ending with the year
    after. GBP.
    """
    by_asked: dict[str, float]
    """national, regional, local or nobody → the part of `savings` of schemes asked for there. GBP."""


def plugs(plan: Plan) -> frozenset[str]:
    """Schemes with no owner, no action and no evidence, or named as unidentified."""
    return frozenset(scheme.key for scheme in plan.schemes if is_plug(plan, scheme))


def scheme_results(run: Run) -> tuple[SchemeResult, ...]:
    """Every scheme alone, in the order of what it saves in the last year."""
    filler = plugs(run.inputs.plan)
    found = [_result(run, scheme, filler) for scheme in run.inputs.plan.schemes]
    return tuple(sorted(found, key=lambda r: (-r.saving[run.axes.last - 1], r.key)))


def composition(run: Run, schemes: tuple[SchemeResult, ...]) -> Composition:
    """Shares over all schemes."""
    last = run.axes.last - 1
    positive = [s for s in schemes if s.saving[last] > 0]
    total = sum(s.saving[last] for s in positive)
    years = [sum(max(0.0, s.saving[y]) for s in schemes) for y in range(run.axes.plan_years)]
    half = run.axes.plan_years // 2 or 1

    def share(chosen: list[SchemeResult]) -> float:
        return sum(s.saving[last] for s in chosen) / total if total > 0 else 0.0

    lasting = sum(min(s.saving[last], max(0.0, s.saving[last + 1])) for s in positive)
    categories = sorted({s.category for s in schemes})
    return Composition(
        schemes=len(schemes),
        savings=total,
        savings_net=sum(s.saving[last] for s in schemes),
        plugs=sum(s.saving[last] for s in positive if s.is_plug),
        identified=share([s for s in positive if not s.is_plug]),
        fully_developed=share([s for s in positive if s.stage in (Stage.CASE.value, Stage.LIVE.value)]),
        recurrent=lasting / total if total > 0 else 0.0,
        second_half=sum(years[-half:]) / sum(years) if sum(years) > 0 else 0.0,
        prevention_schemes=sum(s.prevention for s in schemes),
        prevention_spending=sum(s.spent_in_all for s in schemes if s.prevention),
        spending=sum(s.spent_in_all for s in schemes),
        prevention_saving=sum(s.saving[last] for s in positive if s.prevention),
        prevention_saving_net=sum(s.saving[last] for s in schemes if s.prevention),
        by_gap_schemes={gap: sum(gap in s.gaps for s in schemes) for gap in ("health", "care", "money")},
        by_gap_saving={
            gap: sum(s.saving[last] for s in positive if gap in s.gaps) for gap in ("health", "care", "money")
        },
        by_category={
            name: tuple(sum(s.saving[y] for s in schemes if s.category == name) for y in range(run.axes.plan_years + 1))
            for name in categories
        },
        by_asked={
            name or "nobody": sum(s.saving[last] for s in positive if s.asked_by == name)
            for name in sorted({s.asked_by for s in schemes})
        },
    )


def _result(run: Run, scheme: Scheme, filler: frozenset[str]) -> SchemeResult:
    years = run.axes.plan_years
    saving = tuple(-value for value in alone(run, scheme.key))
    members = run.scope("both")
    case, nothing = run.cases.at(f"alone:{scheme.key}"), run.cases.at("nothing_smooth")
    once = -(run.one_off[members, 1:, case] - run.one_off[members, 1:, nothing]).sum(axis=0)
    capital, funded = _capital(run, scheme.key)
    cash = np.cumsum(np.array(saving[:years]) - once[:years] - np.array(capital))
    spent = np.zeros(years)
    for (kind, _, _, _), amount in run.ledger.flows.items():
        if kind in ("scheme running cost", "double running", "set-up", "disruption"):
            spent = spent + amount[1 : years + 1, case]
    return SchemeResult(
        key=scheme.key,
        name=scheme.name,
        summary=scheme.summary,
        change=scheme.change.value,
        category=scheme.category.value,
        stage=scheme.stage.value,
        gaps=scheme.gaps,
        prevention=scheme.prevention,
        asked_by=scheme.asked_by,
        part_of=scheme.part_of,
        owner=scheme.owner,
        lead=scheme.lead,
        start=scheme.start,
        is_plug=scheme.key in filler,
        saving=saving,
        saving_resourced_share=tuple(float(v) for v in run.found.scale[run.axes.schemes.index(scheme.key), 1:, 0]),
        posts_needed=_posts(run, run.found.posts_needed, scheme.key),
        posts_found=_posts(run, run.found.posts_filled[..., 0], scheme.key),
        one_off=tuple(float(v) for v in once[:years]),
        capital=capital,
        capital_funded=funded,
        cumulative_cash=tuple(float(v) for v in cash),
        break_even=_break_even(run, cash),
        spent=tuple(float(v) for v in spent),
    )


def _posts(run: Run, posts: Array, scheme: str) -> tuple[float, ...]:
    return tuple(float(v) for v in posts[run.axes.schemes.index(scheme)].sum(axis=0)[1:-1])


def _break_even(run: Run, cash: Array) -> str:
    below = np.flatnonzero(cash < -0.005)
    if not below.size:
        return run.axes.years[1] if (cash > 0.005).any() else ""
    after = below[-1] + 1
    return run.axes.years[1 + after] if after < len(cash) else ""


def _capital(run: Run, scheme: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    years = run.inputs.plan.years
    spent, funded = [0.0] * len(years), [0.0] * len(years)
    for row in run.inputs.plan.costs:
        if row.scheme == scheme and row.kind is CostKind.CAPITAL:
            at = years.index(row.year) if row.year in years else 0
            cash = float(to_cash(run.inputs, row.index)[at + 1, 0])
            spent[at] += row.amount * cash
            funded[at] += row.funded * cash
    return tuple(spent), tuple(funded)
