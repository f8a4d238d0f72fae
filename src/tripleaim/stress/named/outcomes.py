"""What a plan comes to under common draws: money short by year, for the place and for every organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tripleaim.plan import Plan
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.projection.gaps import CASES
from tripleaim.projection.project import run_values
from tripleaim.projection.values import POINTS
from tripleaim.stress.draws import Draws, central, draw, draw_beside, register
from tripleaim.stress.engine import Engine, engine
from tripleaim.stress.families import Floats
from tripleaim.stress.headlines import ORGANISATION, SHORT
from tripleaim.stress.readings import BALANCED
from tripleaim.stress.sobol import Register, Sobol
from tripleaim.stress.streams import Sampler, Streams
from tripleaim.stress.trial import every_answer
from tripleaim.stress.uncertainties import independent, uncertainties

TOLD = {case: CASES[case] for case in ("hoped", "resourced")}
"""Cases a test is told in: name told to readers → case of the projection."""
WORTH_RECORDING = 400
"""Draws from which on the fast form of a plan that is run once repays the making of it."""


@dataclass(frozen=True, kw_only=True)
class HowDrawn:
    """How plans are drawn, so that each is drawn alike."""

    draws: int = 1000
    """How many draws."""
    seed: int = 1
    """The same seed gives the same draws of every input that two plans share."""
    together: bool = True
    """False leaves out the drivers that move several numbers at once."""
    sobol: bool = False
    """True takes scrambled Sobol' points; draws must then be a power of two."""


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """What one plan comes to, at its stated points and in every draw. GBP, cash, positive = short.

    Case: hoped or resourced. Of a pressure plan the place's money is pressure above the opening year.
    """

    years: tuple[str, ...]
    """The plan's years."""
    members: tuple[str, ...]
    """Keys of the organisations of the place."""
    is_pressure: bool
    """True where money is told as pressure, which has no balance."""
    short: Mapping[str, Floats]
    """Case → (year, draw): recurrent shortfall of the place."""
    point: Mapping[str, Floats]
    """Case → (year,): the same at the stated points, as `run` has it."""
    organisations: Mapping[str, Floats]
    """Case → (member, year, draw): shortfall with one-off money."""
    organisations_point: Mapping[str, Floats]
    """Case → (member, year): the same at the stated points."""
    how: HowDrawn | None = None
    """How it was drawn."""
    drawn: Draws | None = None
    """What was drawn."""
    dimensions: Register = field(default_factory=Register)
    """Which dimension of Sobol' points each input had; empty where they were drawn from named streams."""

    def chance(self, case: str) -> float | None:
        """Share of draws in balance in the last year; None for a pressure."""
        return None if self.is_pressure else float((self.short[case][-1] <= BALANCED).mean())


def outcomes(plan: Plan, asked: HowDrawn, base: Outcomes | None = None) -> Outcomes:
    """Run a plan at its points and for every draw.

    base   : where the plan is a changed form of another, what that comes to; both share the draws of shared inputs
    raises : PlanProblems for ranges that cannot be drawn; Impossible for no draws, or for Sobol' draws that are no
             power of two
    """
    inputs = uncertainties(plan) if asked.together else independent(uncertainties(plan))
    dimensions = register(inputs, base.dimensions if base else None) if asked.sobol else Register()
    sampler: Sampler = Sobol(asked.seed, asked.draws, dimensions) if asked.sobol else Streams(asked.seed)
    model = engine(plan, inputs, TOLD, fast=asked.draws >= WORTH_RECORDING)
    names = axes(plan)
    members = names.nodes[: names.members]
    asked_for = _asked_for(model, members)
    before = base.drawn if base is not None and base.how == asked else None
    drawn = draw(inputs, sampler, 0, asked.draws) if before is None else draw_beside(before, inputs, sampler)
    every = every_answer(lambda first, count: asked_for(drawn.values[:, first : first + count]), asked.draws)
    answers = np.hstack([asked_for(central(inputs).values), every])
    years, cases = len(plan.years), tuple(TOLD)
    place = answers[: len(cases) * years].reshape(len(cases), years, -1)
    bodies = answers[len(cases) * years :].reshape(len(cases), len(members), years, -1)
    return Outcomes(
        years=plan.years,
        members=members,
        is_pressure=is_pressure(plan, names),
        short={case: place[n, :, 1:] for n, case in enumerate(cases)},
        point={case: place[n, :, 0] for n, case in enumerate(cases)},
        organisations={case: bodies[n, :, :, 1:] for n, case in enumerate(cases)},
        organisations_point={case: bodies[n, :, :, 0] for n, case in enumerate(cases)},
        how=asked,
        drawn=drawn,
        dimensions=dimensions,
    )


def short_if_nothing_changes(plan: Plan) -> float:
    """Shortfall of the place in the plan's last year without any scheme, at the stated points, GBP."""
    run = run_values(plan, [CASES["do_nothing"]], POINTS)
    return float(run.short_in_all()[run.axes.last, 0])


def _asked_for(model: Engine, members: tuple[str, ...]) -> Engine:
    """The engine answering with the place's shortfall, then every organisation's, each by case and year."""
    years, cases = model.plan.years, [name for name, _ in model.cases]
    rows = [model.row(SHORT, "both", year, case) for case in cases for year in years]
    rows += [model.row(ORGANISATION, who, year, case) for case in cases for who in members for year in years]
    return model.only([model.outputs[row] for row in rows])
