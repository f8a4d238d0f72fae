"""A plan as a function of its uncertain numbers: values of some draws in, headlines of every draw out.

There are two forms of one meaning. The reference is the projection itself with draws along its last axis. The fast
form records the same source once and runs the recording as a compiled program (`program`). Where numba is not there,
the reference does everything, and `why_slow` says so; it says too where the machine code cannot be kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from tripleaim.plan import Plan
from tripleaim.projection.axes import Array, axes
from tripleaim.projection.gaps import CASES
from tripleaim.projection.project import run_values
from tripleaim.projection.values import Values
from tripleaim.stress.headlines import Output, headlines, outputs
from tripleaim.stress.response import Floats
from tripleaim.stress.uncertainty import Uncertainty

if TYPE_CHECKING:
    from tripleaim.stress.program.compiled import Program
    from tripleaim.stress.program.recording import Recording
    from tripleaim.stress.program.writing import Lines

CHUNK = 500
"""Draws the reference runs side by side: few enough to stay in the processor's own memory."""
KEPT = 8
"""Recordings and programs kept, the last used."""

T = TypeVar("T")

FAST, REFERENCE = "fast", "reference"

_programs: OrderedDict[tuple[object, ...], Program] = OrderedDict()
_recordings: OrderedDict[tuple[object, ...], tuple[Recording, Lines]] = OrderedDict()
_outputs: OrderedDict[tuple[object, ...], tuple[Output, ...]] = OrderedDict()
_books = Lock()  # plans may be run side by side on threads


@dataclass(frozen=True, kw_only=True)
class Engine:
    """A plan as a function; call it with values, (input, draw), and it answers (output, draw)."""

    plan: Plan
    inputs: tuple[Uncertainty, ...]
    """What the rows of the values are, in their order; every other range of the plan stands at its point."""
    outputs: tuple[Output, ...]
    """What the rows of the answer are."""
    cases: tuple[tuple[str, str], ...]
    """Names told to readers, and the projection's own."""
    program: Program | None
    """The fast form; None where the reference works."""
    no_program: str
    """Why there is no fast form, in a sentence; else empty."""

    @property
    def kernel(self) -> str:
        """Which form answers: fast or reference."""
        return REFERENCE if self.program is None else FAST

    @property
    def why_slow(self) -> str:
        """Why it takes longer than it need, in a sentence: there is no fast form, or it is made anew; else empty."""
        return self.no_program or why_not_kept()

    def __call__(self, values: Floats) -> Floats:
        """Headlines of some draws.

        values  : (input, draw), each in its input's own unit and inside its bounds
        returns : (output, draw); a draw's answer does not depend on the draws beside it
        """
        if self.program is not None:
            from tripleaim.stress.program.tiles import run_program

            return run_program(self.program, values)
        parts = [self._by_reference(values[:, n : n + CHUNK]) for n in range(0, values.shape[1], CHUNK)]
        return np.concatenate(parts, axis=1)

    @cached_property
    def rows(self) -> Mapping[Output, int]:
        """Where each output stands in the answer."""
        return {output: n for n, output in enumerate(self.outputs)}

    def row(self, measure: str, who: str, year: str, case: str = "hoped") -> int:
        """Where one output stands in the answer."""
        return self.rows[Output(case=case, measure=measure, who=who, year=year)]

    def only(self, outputs: Sequence[Output]) -> Engine:
        """The same plan answering with some outputs only, in the order given; it then works out no more than these."""
        fast = self.program is not None
        return _made(self.plan, self.inputs, tuple(outputs), self.cases, fast=fast, no_program=self.no_program)

    def _by_reference(self, values: Floats) -> Floats:
        draws, drawn = values.shape[1], Values(drawn=_by_range(self.inputs, values))
        found = [headlines(run_values(self.plan, [case] * draws, drawn)) for _, case in self.cases]
        every = np.stack(found, axis=2).reshape(-1, draws)
        places = {output: n for n, output in enumerate(_all(self.plan, self.cases))}
        return every if len(every) == len(self.outputs) else every[[places[output] for output in self.outputs]]


def engine(plan: Plan, inputs: Sequence[Uncertainty], cases: Mapping[str, str] = CASES, *, fast: bool = True) -> Engine:
    """A plan as a function of some of its uncertain numbers.

    inputs : what is drawn (`uncertainties.uncertainties`); at least one
    cases  : name told to readers → case of the projection
    fast   : False asks for the reference
    """
    told = tuple(cases.items())
    none = why_not_fast() if fast else "The reference form was asked for."
    return _made(plan, tuple(inputs), _all(plan, told), told, fast=not none, no_program=none)


def why_not_fast() -> str:
    """Why the fast form cannot be used here, in a sentence; empty where it can."""
    try:
        import tripleaim.stress.program.tiles  # noqa: F401
    except ImportError:
        return "numba is not installed, so each draw takes some fifty times as long; the numbers are the same."
    return ""


def why_not_kept() -> str:
    """Why the machine code of the fast form is made anew in every command, in a sentence; empty where it is kept."""
    from tripleaim.stress.program.machine import is_kept

    if is_kept():
        return ""
    return (
        "numba may write to none of its folders, or there is no room in it, so every command first spends some "
        "seconds on what it could have kept; the numbers are the same. To change that, name a folder it may write to "
        "in NUMBA_CACHE_DIR."
    )


def _made(
    plan: Plan,
    inputs: tuple[Uncertainty, ...],
    asked: tuple[Output, ...],
    cases: tuple[tuple[str, str], ...],
    *,
    fast: bool,
    no_program: str,
) -> Engine:
    program = None
    if fast:
        from tripleaim.stress.program.traced import CannotRecord

        key = (plan.fingerprint, tuple(each.ranges for each in inputs), asked, cases)
        try:
            program = _remembered(_programs, key, lambda: _compiled(plan, inputs, asked, cases))
        except CannotRecord as refusal:
            no_program = (
                f"The fast form cannot do all that this plan asks of it ({refusal}), so each draw takes some fifty "
                "times as long; the numbers are the same. That is our fault: please tell us."
            )
    return Engine(plan=plan, inputs=inputs, outputs=asked, cases=cases, program=program, no_program=no_program)


def _compiled(
    plan: Plan, inputs: tuple[Uncertainty, ...], asked: tuple[Output, ...], cases: tuple[tuple[str, str], ...]
) -> Program:
    """What answers with the outputs asked for."""
    from tripleaim.stress.program.compiled import compiled

    key = (plan.fingerprint, tuple(each.ranges for each in inputs), cases)
    recording, lines = _remembered(_recordings, key, lambda: _recorded(plan, inputs, cases))
    places = {output: n for n, output in enumerate(_all(plan, cases))}
    return compiled(recording, lines[[places[output] for output in asked]])


def _recorded(
    plan: Plan, inputs: tuple[Uncertainty, ...], cases: tuple[tuple[str, str], ...]
) -> tuple[Recording, Lines]:
    """Run a plan once with unknown numbers: what it did, and the line of every output."""
    from tripleaim.stress.program.recording import Recording
    from tripleaim.stress.program.traced import Traced, lines_of

    recording = Recording()
    unknown = Traced(recording, recording.inputs(len(inputs))[:, None])
    nought = Traced(recording, recording.constants(np.zeros(1)))
    values = Values(drawn=_by_range(inputs, cast(Array, unknown)), nought=cast(Array, nought))
    run = run_values(plan, [case for _, case in cases], values)
    return recording, lines_of(recording, headlines(run)).reshape(-1)


def _by_range(inputs: Sequence[Uncertainty], values: Array) -> dict[str, Array]:
    """Name of each range → its values, (draw,)."""
    return {name: row for each, row in zip(inputs, values, strict=True) for name in each.ranges}


def _all(plan: Plan, cases: tuple[tuple[str, str], ...]) -> tuple[Output, ...]:
    """Every output of a plan, made once: there may be thousands."""
    names = tuple(name for name, _ in cases)
    return _remembered(_outputs, (plan.fingerprint, names), lambda: tuple(outputs(axes(plan), names)))


def _remembered(made: OrderedDict[tuple[object, ...], T], key: tuple[object, ...], make: Callable[[], T]) -> T:
    """Something made once while it is among the last used."""
    with _books:
        known = made.get(key)
    found = make() if known is None else known
    with _books:
        made[key] = found
        made.move_to_end(key)
        while len(made) > KEPT:
            made.popitem(last=False)
    return found
