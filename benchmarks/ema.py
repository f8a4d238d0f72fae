"""The EMA workbench runs a plan: `.venv-oracles/bin/python benchmarks/ema.py bench`. Prints one line of JSON.

Each experiment is one draw of the reference form in its three cases, as a user of the workbench would call the model.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "src")]
warnings.filterwarnings("ignore")


class _LeftOut(ModuleType):
    """Platypus, which the workbench asks for when it is imported: it is GPL, not installed, and not needed to run."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {"__init__": lambda *_, **__: None})


sys.modules.setdefault("platypus", _LeftOut("platypus"))

import ema_workbench  # noqa: E402
import numpy as np  # noqa: E402
from ema_workbench import ArrayOutcome, Model, RealParameter, SequentialEvaluator  # noqa: E402
from footprint import bench_plan  # noqa: E402

from tripleaim.loading import read_plan  # noqa: E402
from tripleaim.stress.engine import engine  # noqa: E402
from tripleaim.stress.uncertainties import uncertainties  # noqa: E402

DRAWS = 40
NOTHING = 500
"""Experiments with a model that does nothing."""


def seconds(function: Callable[..., Any], ranges: dict[str, tuple[float, float]], draws: int) -> float:
    """What the workbench takes for one experiment, sampling included."""
    model = Model("plan", function=function)
    model.uncertainties = [RealParameter(name, *ends) for name, ends in ranges.items()]
    model.outcomes = [ArrayOutcome("headlines")]
    with SequentialEvaluator(model) as evaluator:
        evaluator.perform_experiments(scenarios=2)
        began = time.perf_counter()
        evaluator.perform_experiments(scenarios=draws)
        return (time.perf_counter() - began) / draws


def main() -> None:
    logging.disable(logging.CRITICAL)
    root = Path(__file__).resolve().parent.parent
    plan = bench_plan() if sys.argv[1] == "bench" else read_plan(root / "plans" / "greater_manchester")
    inputs = uncertainties(plan)
    asked = engine(plan, inputs, fast=False)
    names = [f"x{n}" for n in range(len(inputs))]
    ends = [(each.spread.range.low, each.spread.range.high) for each in inputs]
    nothing = np.zeros(len(asked.outputs))

    def run(**values: float) -> dict[str, np.ndarray]:
        return {"headlines": asked(np.array([[values[name]] for name in names]))[:, 0]}

    ranges = dict(zip(names, ends, strict=True))
    told = {
        "version": ema_workbench.__version__,
        "draws": DRAWS,
        "seconds": seconds(run, ranges, DRAWS),
        "nothing": seconds(lambda **values: {"headlines": nothing}, ranges, NOTHING),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
