"""A plan as a function of which schemes run and who takes part, as well as of its uncertain numbers.

One recording of the plan answers for every set of schemes, every coalition of its bodies and every draw: what is
switched is an input of the program like any number nobody knows for certain.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from tripleaim.plan import Plan
from tripleaim.projection.axes import Array, axes
from tripleaim.projection.project import run_worlds
from tripleaim.projection.run import Run
from tripleaim.projection.values import Values
from tripleaim.projection.worlds import HOPED, Worlds
from tripleaim.stress.engine import why_not_fast
from tripleaim.stress.processors import processors
from tripleaim.stress.response import Floats
from tripleaim.stress.uncertainty import Uncertainty

if TYPE_CHECKING:
    from tripleaim.stress.program.compiled import Program

Read = Callable[[Run], Array]
"""What is read of a run: (output, case). It is asked once, of numbers that are not known yet, so it may calculate with
them and put them beside each other, but not choose between them by `if`."""


@dataclass(frozen=True, kw_only=True)
class Switched:
    """A plan whose schemes can be switched; made by `switched`."""

    plan: Plan
    inputs: tuple[Uncertainty, ...]
    """What the rows of the values are, in their order; every other range stands at its point."""
    read: Read
    base: str
    """The case its worlds are a kind of: `worlds.HOPED`, `worlds.SMOOTH` or `worlds.FOUND`."""
    partners: bool
    """True where its worlds may say who takes part; else everybody does."""
    program: Program | None
    """The fast form; None where the reference works."""
    no_program: str
    """Why there is no fast form, in a sentence; else empty."""

    def __call__(self, asked: Worlds, values: Floats) -> Floats:
        """What is read in every world at every draw.

        values  : (input, draw), each in its input's own unit and inside its bounds
        returns : (output, world, draw); a world's answer does not depend on the worlds beside it
        """
        return np.stack(list(self.each(asked, values)), axis=1)

    def each(self, asked: Worlds, values: Floats) -> Iterator[Floats]:
        """What is read in one world after another, (output, draw), where holding them all would take too much."""
        spare = [self._room(values) for _ in range(processors())]

        def one(n: int) -> Floats:
            room = spare.pop()
            try:
                return self._one(asked.at(n), values, room)
            finally:
                spare.append(room)

        if processors() == 1 or len(asked) == 1:
            yield from (one(n) for n in range(len(asked)))
            return
        with ThreadPoolExecutor(processors()) as pool:
            waiting: deque[Future[Floats]] = deque()
            try:
                for n in range(len(asked)):
                    waiting.append(pool.submit(one, n))
                    if len(waiting) > 2 * processors():
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for left in waiting:
                    left.cancel()

    def _room(self, values: Floats) -> Floats:
        """Room for what a program is given, the values in place: it serves one world after another."""
        if self.program is None:
            return np.empty((0, 0))
        room = np.empty((self.program.inputs, values.shape[1]))
        room[: len(values)] = values
        return room

    def _one(self, asked: Worlds, values: Floats, room: Floats) -> Floats:
        """What is read in one world at every draw."""
        if self.program is None:
            return self.beside(asked.at(*[0] * values.shape[1]), values)
        self._check(asked)
        room[len(values) :] = np.concatenate(_switches(asked, self.plan, self.partners))
        return _run_on(self.program, room)

    def _check(self, asked: Worlds) -> None:
        if not self.partners and (asked.joined is not None or asked.bearing is not None):
            raise ValueError("who takes part was asked of a plan that was made ready for sets of schemes alone")

    def beside(self, asked: Worlds, values: Floats) -> Floats:
        """What is read where each world has one draw of its own: (input, world) in, (output, world) out.

        raises : ValueError for worlds that say who takes part, where that cannot be switched
        """
        self._check(asked)
        if self.program is not None:
            return _run_on(self.program, np.concatenate([values, *_switches(asked, self.plan, self.partners)]))
        found = self.read(run_worlds(self.plan, asked, _drawn(self.inputs, values), self.base))
        return np.broadcast_to(found, (len(found), len(asked)))


def switched(
    plan: Plan,
    inputs: Sequence[Uncertainty],
    read: Read,
    base: str = HOPED,
    *,
    partners: bool = False,
    fast: bool = True,
) -> Switched:
    """A plan as a function of its schemes, its bodies and some of its uncertain numbers.

    inputs   : what is drawn (`uncertainties.uncertainties`); none for the plan at its stated numbers
    read     : what is wanted of a run
    base     : the case its worlds are a kind of, `worlds.HOPED`, `worlds.SMOOTH` or `worlds.FOUND`
    partners : True where worlds are to say who takes part, too
    fast     : False asks for the reference
    """
    none = why_not_fast() if fast else "The reference form was asked for."
    program = None
    if not none:
        from tripleaim.stress.program.traced import CannotRecord

        try:
            program = _recorded(plan, tuple(inputs), read, base, partners=partners)
        except CannotRecord as refusal:
            none = f"The fast form cannot do all that this plan asks of it ({refusal}); the numbers are the same."
    return Switched(
        plan=plan,
        inputs=tuple(inputs),
        read=read,
        base=base,
        partners=partners,
        program=program,
        no_program=none,
    )


def _recorded(plan: Plan, inputs: tuple[Uncertainty, ...], read: Read, base: str, *, partners: bool) -> Program:
    """Run a plan once with unknown numbers and unknown switches, and keep what the answers need."""
    from tripleaim.stress.program.compiled import compiled
    from tripleaim.stress.program.recording import Recording
    from tripleaim.stress.program.traced import Traced, lines_of

    names, recording = axes(plan), Recording()
    schemes, nodes = len(names.schemes), len(names.nodes)
    count = len(inputs) + schemes + (schemes + schemes * nodes) * partners
    unknown = Traced(recording, recording.inputs(count)[:, None])
    nought = Traced(recording, recording.constants(np.zeros(1)))
    drawn = {name: unknown[n] for n, each in enumerate(inputs) for name in each.ranges}
    values = Values(drawn=cast("dict[str, Array]", drawn), nought=cast(Array, nought))
    switches = unknown[len(inputs) :]
    asked = Worlds(
        schemes=cast(Array, switches[:schemes]),
        joined=cast(Array, switches[schemes : 2 * schemes]) if partners else None,
        bearing=cast(Array, switches[2 * schemes :].reshape(schemes, nodes, 1)) if partners else None,
    )
    return compiled(recording, lines_of(recording, read(run_worlds(plan, asked, values, base))).reshape(-1))


def _switches(asked: Worlds, plan: Plan, partners: bool) -> tuple[Floats, ...]:
    """What a program is given to switch a plan into some worlds, (switch, world) in all."""
    if not partners:
        return (asked.schemes,)
    ones, nodes = np.ones_like(asked.schemes), len(axes(plan).nodes)
    joined = ones if asked.joined is None else asked.joined
    bearing = np.repeat(ones, nodes, axis=0) if asked.bearing is None else asked.bearing.reshape(-1, len(asked))
    return asked.schemes, joined, bearing


def _run_on(program: Program, given: Floats) -> Floats:
    """What a program answers; what runs it is loaded only where there is one."""
    from tripleaim.stress.program.tiles import run_program

    return run_program(program, given)


def _drawn(inputs: Sequence[Uncertainty], values: Floats) -> Values:
    return Values(drawn={name: row for each, row in zip(inputs, values, strict=True) for name in each.ranges})
