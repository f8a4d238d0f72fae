"""How a figure is measured: the middle time of several, the peak of memory, and what it is held against."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5
CLI = (sys.executable, "-c", "from tripleaim.cli import main; main()")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One figure: what was done, what it took, and what we set out to reach (None: shown for comparison)."""

    what: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    """True where more is better."""

    @property
    def verdict(self) -> str:
        """Whether the target was reached, in words."""
        if self.target is None:
            return ""
        return "reached" if (self.value >= self.target if self.at_least else self.value <= self.target) else "missed"

    def row(self) -> str:
        """One row of the Markdown table."""
        sign = "≥" if self.at_least else "≤"
        target = "" if self.target is None else f"{sign} {self.target:g} {self.unit}"
        return f"| {self.what} | {figure(self.value)} {self.unit} | {target} | {self.verdict} |"


def figure(value: float) -> str:
    """Three digits that matter, no more."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def middle(act: Callable[[], object], times: int = TIMES) -> float:
    """Middle time of several, in milliseconds, after one that is not counted."""
    act()
    return statistics.median(timed(act) for _ in range(times)) * 1e3


def timed(act: Callable[[], object]) -> float:
    """Seconds something takes, once."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def process(command: tuple[str, ...], times: int = TIMES, code: int = 0) -> float:
    """Middle time (s) of a whole process that must end with the code that is expected."""
    return statistics.median(timed(lambda: run(command, code)) for _ in range(times))


def run(command: tuple[str, ...], code: int = 0) -> str:
    """What a whole process says on standard error; it must end with the code that is expected."""
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if ended.returncode != code:
        raise SystemExit(f"ended with code {ended.returncode}: {' '.join(command)}\n{ended.stderr[-2000:]}")
    return ended.stderr


def memory(command: tuple[str, ...]) -> float:
    """Highest peak of memory (MB) of a whole process.

    A small process starts it and asks, because a child is also charged with what its parent held when it began.
    """
    return float(run((sys.executable, "-c", _ASK, *command)).split()[-1]) / 1024


_ASK = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def memory_together(arguments: tuple[str, ...], code: int = 0) -> float:
    """Highest peaks of memory (MB) of `tripleaim` and of the process it starts to read a workbook, added up.

    The second is counted from above: the system charges it with what the first held when it began.
    """
    return float(run((sys.executable, "-c", _TOGETHER, *arguments), code).split()[-1]) / 1024


_TOGETHER = """
import atexit, resource, sys
from pathlib import Path
def told():
    own = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    print(int(own) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
atexit.register(told)
from tripleaim.cli import main
main()
"""
