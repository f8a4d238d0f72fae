"""A menu as a mixed-integer linear program, solved by HiGHS through scipy.

Every row, and the objective, is solved in the unit of its largest number, to twelve digits: the solver takes small
numbers for nothing, and a choice must not hang on whether money is in pounds or in millions.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from tripleaim.errors import TripleAimError
from tripleaim.portfolio.solver.aim import Aim, Floats
from tripleaim.portfolio.solver.found import Effort, NothingFits
from tripleaim.portfolio.solver.links import links
from tripleaim.portfolio.solver.menu import Menu
from tripleaim.portfolio.solver.together import together

DIGITS = 12
ROUNDING = 1e-9
"""In the unit of the objective: what is no better than this is no better."""
HEURISTICS = 0.25
"""Share of the work that looks for good choices, not for bounds: measured on made-up menus (benchmarks/choosing.py)."""
SOLVED, STOPPED = 0, 1
"""What scipy calls the ways a solver ends; HiGHS's own number tells those apart for which scipy has no word."""
INFEASIBLE, NOT_BOUNDED_OR_INFEASIBLE, LIMIT_OF_NODES = 8, 9, 16


@dataclass(frozen=True, kw_only=True, eq=False)
class Solved:
    """What the solver says."""

    taken: NDArray[np.bool_] | None
    """(option,); None where it stopped before it found any choice."""
    bound: float
    """What the objective cannot exceed."""
    nodes: int
    stopped: str
    """Why it stopped short; empty where it did not."""


class Program:
    """Columns and rows of a menu and of what some aims come to: options first, then what is taken together, then more.

    `forms` holds (aim, column): each aim as a sum over columns, without its constant; floors of the menu come after
    the aims given.
    """

    def __init__(self, menu: Menu, aims: Sequence[Aim]) -> None:
        every = [*aims, *(floor.aim for floor in menu.floors)]
        pairs = together(menu, every)
        self.options = len(menu.options)
        self.columns = self.options + pairs.weights.shape[1]
        values = np.array([np.asarray(aim.value, float) for aim in every]).reshape(len(every), self.options)
        self.forms: Floats = np.hstack([values, pairs.weights])
        self.whole = [n < self.options for n in range(self.columns)]
        self.low, self.high = [0.0] * self.columns, [1.0] * self.columns
        self._rows: list[tuple[Sequence[int], Sequence[float] | Floats, float, float]] = []
        for columns, weights, most in pairs.rows:
            self.row(columns, weights, -math.inf, most)
        self._add_limits(menu)
        for form, floor in zip(self.forms[len(aims) :], menu.floors, strict=True):
            self.sum_row(form, low=floor.at_least - floor.aim.constant)

    def more(self, count: int, low: float, high: float, *, whole: bool) -> range:
        """Further columns, and where they are."""
        self.columns += count
        self.whole += [whole] * count
        self.low += [low] * count
        self.high += [high] * count
        return range(self.columns - count, self.columns)

    def row(self, columns: Sequence[int], weights: Sequence[float] | Floats, low: float, high: float) -> None:
        """A sum over some columns, from a lower to an upper limit."""
        self._rows.append((columns, weights, low, high))

    def sum_row(self, form: Floats, low: float = -math.inf, high: float = math.inf) -> None:
        """The same over every column from the first; a sum of nothing that need not be more is left out."""
        columns = np.flatnonzero(form)
        if len(columns) or low > 0 or high < 0:
            self.row(columns.tolist(), form[columns], low, high)

    def solve(self, objective: Floats, nothing: float, effort: Effort) -> Solved:
        """The choice that makes an objective as large as it can be.

        objective : (column,), 0 for those left out at the end
        nothing   : what choosing nothing is worth, from which the gap is reckoned
        raises    : NothingFits where there is no choice
        """
        unit = float(np.abs(objective).max(initial=0.0)) or 1.0
        aim = np.zeros(self.columns + 1)
        aim[: len(objective)] = np.round(objective / unit, DIGITS)
        aim[-1] = round(-nothing / unit, DIGITS)
        found = self._solved(aim, effort)
        ended = re.search(r"HiGHS Status (\d+)", found.message)
        how = int(ended[1]) if ended else None
        if how in (INFEASIBLE, NOT_BOUNDED_OR_INFEASIBLE):  # every objective here is bounded
            raise NothingFits("No choice, not even nothing, keeps to every rule.")
        if found.status not in (SOLVED, STOPPED) and how != LIMIT_OF_NODES:
            raise TripleAimError(f"The solver failed: {found.message}")
        bound = math.inf if found.mip_dual_bound is None else nothing - unit * found.mip_dual_bound
        return Solved(
            taken=None if found.x is None else found.x[: self.options] > 0.5,
            bound=bound,
            nodes=int(found.mip_node_count or 0),
            stopped="" if found.status == SOLVED else _why(effort, int(found.mip_node_count or 0)),
        )

    def _solved(self, aim: Floats, effort: Effort) -> OptimizeResult:
        options = {"mip_rel_gap": effort.gap, "node_limit": effort.nodes, "time_limit": effort.seconds}
        fixed = {"mip_abs_gap": ROUNDING, "mip_heuristic_effort": HEURISTICS, "parallel": False}
        with warnings.catch_warnings():  # scipy hands what it does not know to HiGHS, and says so
            warnings.filterwarnings("ignore", message="Unrecognized options detected", category=RuntimeWarning)
            return milp(
                -aim,
                integrality=np.array([*self.whole, False], int),
                bounds=Bounds(np.array([*self.low, 1.0]), np.array([*self.high, 1.0])),
                constraints=self._matrix(),
                options={**{name: each for name, each in options.items() if each is not None}, **fixed},
            )

    def _matrix(self) -> LinearConstraint | None:
        if not self._rows:
            return None
        ends, columns, weights, lows, highs = [0], [], [], [], []
        for own, numbers, low, high in self._rows:
            unit = float(np.abs(numbers).max(initial=0.0)) or 1.0
            columns += list(own)
            weights.append(np.round(np.asarray(numbers, float) / unit, DIGITS))
            lows.append(round(low / unit, DIGITS) if math.isfinite(low) else low)
            highs.append(round(high / unit, DIGITS) if math.isfinite(high) else high)
            ends.append(len(columns))
        matrix = csr_array((np.concatenate(weights), columns, ends), shape=(len(ends) - 1, self.columns + 1))
        return LinearConstraint(matrix, lows, highs)

    def _add_limits(self, menu: Menu) -> None:
        at = {name: n for n, name in enumerate(menu.options)}
        for group in menu.one_of:
            self.row([at[name] for name in group], [1.0] * len(group), -math.inf, 1)
        for rule in menu.rules:
            low = -math.inf if rule.at_least is None else rule.at_least
            self.sum_row(np.asarray(rule.uses, float), low, math.inf if rule.at_most is None else rule.at_most)
        for columns, weights, most in links(menu):
            self.row(columns, weights, -math.inf, most)


def _why(effort: Effort, nodes: int) -> str:
    if effort.seconds is not None and nodes < effort.nodes:
        return f"stopped after {effort.seconds:g} seconds"
    return f"stopped after {effort.nodes:,} nodes"
