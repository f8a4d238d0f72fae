"""What stress tests take: the fast form beside the reference and the EMA workbench, findings, and how it all grows."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from footprint import bench_plan
from measuring import CLI, ROOT, TIMES, Measured, memory, middle, process, run, timed

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.stress.discovery import boxes
from tripleaim.stress.draws import draw
from tripleaim.stress.engine import engine
from tripleaim.stress.findings import stress
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties
from tripleaim.stress.why.screening import screened
from tripleaim.stress.why.variance import shares

ORACLES = ROOT / ".venv-oracles" / "bin" / "python"
DRAWS = 10_000
FEW = 1_000
"""Draws of the reference, which takes its time; its figure is for 10,000 by proportion."""
GROWING = (25, 50, 100, 200)


def stress_tests(_: Path) -> list[Measured]:
    """Every figure of stress tests."""
    bench, manchester = bench_plan(), read_plan(ROOT / "plans" / "greater_manchester")
    return [
        *kernels("bench", bench, times_reference=4, times_ema=300),
        *kernels("Greater Manchester", manchester, times_reference=2.5, times_ema=40),
        *findings("bench", bench, 0.5),
        *findings("Greater Manchester", manchester, 2.5),
        *every_place(),
        *a_million(),
        *scenario_discovery(),
        *shares_of_all(),
        *everything(),
        *growth(),
    ]


def kernels(name: str, plan: Plan, *, times_reference: float, times_ema: float) -> list[Measured]:
    """Both forms on one thread, in turns, and the EMA workbench asked to run the same plan."""
    inputs = uncertainties(plan)
    fast, reference = engine(plan, inputs), engine(plan, inputs, fast=False)
    values = draw(inputs, Streams(1), 0, DRAWS).values
    few = np.ascontiguousarray(values[:, :FEW])
    fast(few), reference(few[:, :10])
    pairs = [(timed(lambda: fast(values)), timed(lambda: reference(few)) * DRAWS / FEW) for _ in range(TIMES)]
    quick, slow = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert fast.program is not None
    rate = fast.program.operations * DRAWS / quick / 1e9

    def more(what: str, value: float, target: float) -> Measured:
        return Measured(what=f"{name}: {what}", value=value, unit="×", target=target, at_least=True)

    head = f"{name} ({len(inputs)} inputs, {len(fast.outputs):,} outputs, {fast.program.operations:,} steps a draw)"
    found = [
        Measured(what=f"{head}: fast form, 10,000 draws, one thread", value=quick, unit="s"),
        Measured(what=f"{name}: reference form, by proportion from {FEW:,}", value=slow, unit="s"),
        more("reference ÷ fast", slow / quick, times_reference),
        Measured(what=f"{name}: arithmetic of the fast form", value=rate, unit="thousand million a second"),
        Measured(what=f"{name}: its share of this processor's dgemm on one thread", value=rate / dgemm(), unit="share"),
    ]
    told = ema(name)
    if told:
        took = told["seconds"] * DRAWS
        what = f"{name}: EMA workbench {told['version']}, one process, the reference form a draw, from {told['draws']}"
        found += [
            Measured(what=what, value=took, unit="s"),
            Measured(
                what=f"{name}: EMA workbench ÷ fast", value=took / quick, unit="×", target=times_ema, at_least=True
            ),
            Measured(
                what=f"{name}: EMA workbench with a model that does nothing (the framework alone) ÷ fast",
                value=told["nothing"] * DRAWS / quick,
                unit="×",
            ),
        ]
    return found


def ema(name: str) -> dict[str, float] | None:
    """What the EMA workbench takes, where `make oracles` has installed it."""
    if not ORACLES.exists():
        return None
    command = [str(ORACLES), str(ROOT / "benchmarks" / "ema.py"), name]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if ended.returncode:
        raise SystemExit(ended.stderr[-2000:])
    return dict(json.loads(ended.stdout.splitlines()[-1]))


def dgemm() -> float:
    """Multiplications and additions of a matrix product on one thread, thousand million a second."""
    code = """
import os, time
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np
a = np.random.default_rng(1).random((1500, 1500))
a @ a
times = []
for _ in range(7):
    began = time.perf_counter(); a @ a; times.append(time.perf_counter() - began)
print(2 * 1500**3 / sorted(times)[3] / 1e9)
"""
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def findings(name: str, plan: Plan, target: float) -> list[Measured]:
    """A whole stress test in a process that has the plan's program already."""
    took = middle(lambda: stress(plan, DRAWS)) / 1e3
    return [Measured(what=f"{name}: 10,000 draws with findings, second call", value=took, unit="s", target=target)]


def every_place() -> list[Measured]:
    """All 44 places of England, two at a time."""
    command = (*CLI, "stress-many", "--all-places", "--draws", str(DRAWS), "--workers", "2")
    what = "`tripleaim stress-many --all-places`, 44 places × 10,000 draws, two processes, from nothing (once)"
    found: list[float] = []
    took = timed(lambda: found.append(memory(command)))
    return [
        Measured(what=what, value=took, unit="s", target=45),
        Measured(what="its largest process", value=found[0], unit="MB", target=1000),
    ]


def a_million() -> list[Measured]:
    """A million draws of one place."""
    command = (sys.executable, "-c", _MILLION)
    found: list[float] = []
    took = timed(lambda: found.append(memory(command)))
    what = "1,000,000 draws of Greater Manchester with findings, whole process (once)"
    return [
        Measured(what=what, value=took, unit="s"),
        Measured(what="its peak of memory", value=found[0], unit="MB", target=1000),
    ]


_MILLION = """
from tripleaim.loading import read_plan
from tripleaim.stress.findings import stress
stress(read_plan("plans/greater_manchester"), 1_000_000)
"""


def scenario_discovery() -> list[Measured]:
    """PRIM on 100,000 draws of 30 inputs."""
    rng = np.random.default_rng(1)
    inputs = rng.random((30, 100_000))
    fails = (inputs[0] > 0.7) & (inputs[1] < 0.4) | (rng.random(100_000) < 0.05)
    took = middle(lambda: boxes(inputs, fails), times=3) / 1e3
    return [Measured(what="PRIM, 100,000 draws of 30 inputs", value=took, unit="s", target=3)]


def shares_of_all() -> list[Measured]:
    """First and total shares of every headline of the footprint, of all its inputs, with intervals."""
    plan = bench_plan()
    asked = engine(plan, uncertainties(plan))
    quick = screened(asked, 1)
    every = replace(quick, kept=tuple(range(len(quick.factors))))
    took = timed(lambda: shares(asked, every, 1, draws=1024))
    what = f"bench: shares of {len(every.kept)} inputs in {len(asked.outputs):,} headlines, N = 1024, intervals (once)"
    return [Measured(what=what, value=took, unit="s", target=30)]


def everything() -> list[Measured]:
    """All that `tripleaim stress` says of the invented place, whole process."""
    command = (*CLI, "stress", "plans/wealdshire_and_marsh")
    quick = (*command, "--quick")
    return [
        Measured(what="`tripleaim stress --quick`, invented place, whole process", value=process(quick), unit="s"),
        Measured(what="`tripleaim stress`, the same (once)", value=timed(lambda: run(command)), unit="s"),
        Measured(what="its peak of memory", value=memory(command), unit="MB"),
    ]


def growth() -> list[Measured]:
    """How time grows with draws, lines and schemes."""
    found = []
    for draws in (5_000, 10_000, 20_000, 40_000):
        found.append(_one(f"{draws:,} draws", bench_plan(), draws))
    for lines in GROWING:
        found.append(_one(f"{lines} lines, 10,000 draws", bench_plan(lines=lines), DRAWS))
    for schemes in GROWING:
        found.append(_one(f"{schemes} schemes, 10,000 draws", bench_plan(schemes=schemes), DRAWS))
    return found


def _one(told: str, plan: Plan, draws: int) -> Measured:
    inputs = uncertainties(plan)
    asked = engine(plan, inputs)
    values = draw(inputs, Streams(1), 0, draws).values
    took = middle(lambda: asked(values), times=3) / 1e3
    return Measured(what=f"bench, fast form, one thread: {told}", value=took, unit="s")
