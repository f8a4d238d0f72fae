"""Plans whose answer is a formula, so that what is found out about them can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.uncertainty import Family
from tripleaim.quantities import Range
from tripleaim.stress.drivers import Driver, Pull
from tripleaim.stress.engine import Engine
from tripleaim.stress.families import Spread
from tripleaim.stress.headlines import Output
from tripleaim.stress.uncertainty import Uncertainty

SHORTFALL = Output(case="hoped", measure="short", who="both", year="2020/21")
SMALLEST = Path(__file__).resolve().parents[2] / "plans" / "west_north_and_east_cumbria"
"""The worked plan that is quickest to run; it tells a pressure, not a gap."""


@cache
def smallest() -> Plan:
    """The worked plan that is quickest to run."""
    return read_plan(SMALLEST)


@dataclass(frozen=True, kw_only=True)
class Formula(Engine):
    """A plan that answers with a formula of its inputs."""

    formula: Callable[[np.ndarray], np.ndarray]

    def __call__(self, values: np.ndarray) -> np.ndarray:
        """(input, draw) → (output, draw)."""
        return np.atleast_2d(self.formula(values))

    def only(self, outputs: Sequence[Output]) -> Formula:
        """The same formula: it has no outputs to leave out."""
        return self


def formula(inputs: Sequence[Uncertainty], answer: Callable[[np.ndarray], np.ndarray], outputs: int = 1) -> Formula:
    """A plan of some inputs whose outputs are a formula of them, (input, draw) → (output, draw)."""
    return Formula(
        plan=smallest(),
        inputs=tuple(inputs),
        outputs=(SHORTFALL,) * outputs,
        cases=(),
        program=None,
        no_program="It is a formula.",
        formula=answer,
    )


def uncertain(
    name: str,
    point: float = 0.0,
    side: float = 1.0,
    *,
    unit: str = "months",
    driver: str = "",
    share: float = 0.5,
    at_least: float = -np.inf,
    at_most: float = np.inf,
) -> Uncertainty:
    """A number of the plan with a range as far on either side, drawn from a normal; a driver may make up a share."""
    spread = Spread(
        family=Family.NORMAL,
        range=Range(point=point, low=point - side, high=point + side),
        at_least=at_least,
        at_most=at_most,
    )
    pull = Pull(driver=Driver(key=driver, name=f"The {driver}"), share=share, direction=1)
    return Uncertainty(
        name=name,
        label=f"number {name}",
        unit=unit,
        source="made_up",
        spread=spread,
        ranges=(name,),
        pulls=(pull,) if driver else (),
    )
