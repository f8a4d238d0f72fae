"""The do-nothing walk and the bridge: how the gap comes about and what closes it; both add up to the penny."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.projection.axes import Array, after_opening
from tripleaim.projection.cases import WALK
from tripleaim.projection.ledger import RESOURCES, TREASURY
from tripleaim.projection.run import SCOPES, Run

STEP_NAMES = {
    "opening": "Opening underlying position",
    "demographic": "More and older people",
    "non_demographic": "More care for each person",
    "pay_and_prices": "Pay and prices",
    "new_duties": "New duties",
    "funding_growth": "Funding growth",
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a walk or bridge, by year; positive widens the gap. GBP, cash, recurrent."""

    key: str
    """Its name for programs: a total or step of the walk, a scheme's key, overlap, income, whole_wards or resources."""
    name: str
    """Its name in words."""
    kind: str
    """What it is: total (a shortfall), step, scheme, plug, overlap, income, wards or resources."""
    amounts: tuple[float, ...]
    """By year, ending with the year after. A total is the shortfall, positive = short; any other is what it adds to the
    shortfall, and negative closes it. GBP, cash, recurrent.
    """


@dataclass(frozen=True, kw_only=True)
class Bridge:
    """An ordered run of steps between totals, for one scope."""

    scope: str
    """Whose money: nhs, council or both."""
    years: tuple[str, ...]
    """The years of every step: the plan's, then the year after."""
    steps: tuple[Step, ...]
    """The steps in order; between two totals they add up to the difference, to the penny."""

    def at(self, key: str) -> Step:
        """The step with a key."""
        return next(step for step in self.steps if step.key == key)


def walks(run: Run) -> tuple[Bridge, ...]:
    """Opening position → … → do nothing, for each scope; steps are cumulative in the printed order."""
    return tuple(_walk(run, scope) for scope in SCOPES)


def bridges(run: Run, plugs: frozenset[str]) -> tuple[Bridge, ...]:
    """Do nothing → each scheme alone → overlap → whole wards → as hoped → posts and capital not found → as
    resourced.
    """
    return tuple(_bridge(run, scope, plugs) for scope in SCOPES)


def alone(run: Run, scheme: str, scope: str = "both") -> tuple[float, ...]:
    """Change a scheme alone makes to the shortfall, wards as a fraction of need; negative closes it.

    Income from outside the place is no saving of the system: it stands in a step of its own.
    """
    return after_opening(_alone(run, scheme, scope))


def _alone(run: Run, scheme: str, scope: str) -> Array:
    case = f"alone:{scheme}"
    return run.short(case, scope) - run.short("nothing_smooth", scope) + income_from_outside(run, case, scope)


def income_from_outside(run: Run, case: str, scope: str) -> Array:
    """(year,): what income effects bring in from bodies outside the place, net, GBP."""
    members = {run.axes.nodes[n] for n in run.scope(scope)}
    total = np.zeros(len(run.axes.years))
    for payer, payee, amount in run.transfers:
        if payee in members and payer.startswith("outside:"):
            total = total + amount[:, run.cases.at(case)]
        elif payer in members and payee.startswith("outside:"):
            total = total - amount[:, run.cases.at(case)]
    return total


def outside(run: Run, case: str, against: str) -> dict[str, tuple[float, ...]]:
    """Change in what outside bodies receive, net, between two cases: benefits that leave, or income that comes in.

    Pay, goods and services, and the Treasury are not outside partners: buying less from them is the saving itself.
    Nothing is told of bodies by name where positions are not published.
    """
    if run.is_pressure:
        return {}
    a, b = run.cases.at(case), run.cases.at(against)
    both = run.recurrent[:, :, a] - run.recurrent[:, :, b]
    return {
        name: after_opening(both[n])
        for n, name in enumerate(run.axes.nodes)
        if n >= run.axes.members and name not in (RESOURCES, TREASURY) and abs(both[n]).max() > 0.005
    }


def _walk(run: Run, scope: str) -> Bridge:
    steps = []
    before = None
    for name in WALK:
        now = run.short(name, scope)
        change = now if before is None else now - before
        steps.append(
            Step(
                key=name,
                name=STEP_NAMES[name],
                kind="total" if before is None else "step",
                amounts=after_opening(change),
            )
        )
        before = now
    assert before is not None
    steps.append(Step(key="do_nothing", name="Do nothing", kind="total", amounts=after_opening(before)))
    return Bridge(scope=scope, years=run.axes.years[1:], steps=tuple(steps))


def _bridge(run: Run, scope: str, plugs: frozenset[str]) -> Bridge:
    nothing, smooth = run.short("funding_growth", scope), run.short("nothing_smooth", scope)
    hoped, hoped_smooth = run.short("hoped", scope), run.short("hoped_smooth", scope)
    resourced = run.short("resourced", scope)
    names = {scheme.key: scheme.name for scheme in run.inputs.plan.schemes}
    each = {key: _alone(run, key, scope) for key in run.axes.schemes}
    income = income_from_outside(run, "hoped", scope)
    overlap = (hoped_smooth - smooth + income) - sum(each.values())
    wards = (hoped - nothing) - (hoped_smooth - smooth)
    order = sorted(each, key=lambda key: (key in plugs, each[key][run.axes.last], key))
    steps = [
        Step(key="do_nothing", name="Do nothing", kind="total", amounts=after_opening(nothing)),
        *(
            Step(key=k, name=names[k], kind="plug" if k in plugs else "scheme", amounts=after_opening(each[k]))
            for k in order
        ),
        Step(
            key="overlap", name="Overlap: the same care counted twice", kind="overlap", amounts=after_opening(overlap)
        ),
        *(
            [Step(key="income", name="Income from outside the place", kind="income", amounts=after_opening(-income))]
            if income.any()
            else []
        ),
        Step(
            key="whole_wards",
            name="Whole wards, beds free for safety, and their staff",
            kind="wards",
            amounts=after_opening(wards),
        ),
        Step(key="hoped", name="Do something, as hoped", kind="total", amounts=after_opening(hoped)),
        Step(
            key="resources",
            name="Posts and capital not yet found",
            kind="resources",
            amounts=after_opening(resourced - hoped),
        ),
        Step(key="resourced", name="Do something, with what is found", kind="total", amounts=after_opening(resourced)),
    ]
    return Bridge(scope=scope, years=run.axes.years[1:], steps=tuple(steps))
