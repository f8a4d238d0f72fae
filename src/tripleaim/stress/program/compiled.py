"""A recording made ready to run: only what the answers need, in an order that keeps few numbers at a time.

What a step works out stands in a register until its last use; the register is then free for another. A constant is
part of a step where it can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.program import codes
from tripleaim.stress.program.recording import COMMUTING, Floats, Lines, Op, Recording

Whole = NDArray[np.int32]

_UNARY = {Op.FLOOR: codes.FLOOR, Op.CEILING: codes.CEILING, Op.EXPONENTIAL: codes.EXPONENTIAL}
_BOTH = {
    Op.ADD: codes.ADD,
    Op.SUBTRACT: codes.SUBTRACT,
    Op.MULTIPLY: codes.MULTIPLY,
    Op.DIVIDE: codes.DIVIDE,
    Op.MAXIMUM: codes.MAXIMUM,
    Op.MINIMUM: codes.MINIMUM,
    Op.ABOVE: codes.ABOVE,
    Op.AT_LEAST: codes.AT_LEAST,
    Op.EQUAL: codes.EQUAL,
}
_RIGHT_KNOWN = {
    Op.ADD: codes.ADD_KNOWN,
    Op.SUBTRACT: codes.LESS_KNOWN,
    Op.MULTIPLY: codes.TIMES_KNOWN,
    Op.DIVIDE: codes.OVER_KNOWN,
    Op.MAXIMUM: codes.MAXIMUM_KNOWN,
    Op.MINIMUM: codes.MINIMUM_KNOWN,
    Op.ABOVE: codes.ABOVE_KNOWN,
    Op.AT_LEAST: codes.AT_LEAST_KNOWN,
    Op.EQUAL: codes.EQUAL_KNOWN,
}
_LEFT_KNOWN = {
    Op.SUBTRACT: codes.KNOWN_LESS,
    Op.DIVIDE: codes.KNOWN_OVER,
    Op.ABOVE: codes.BELOW_KNOWN,
    Op.AT_LEAST: codes.AT_MOST_KNOWN,
}


@dataclass(frozen=True, kw_only=True)
class Program:
    """Steps on registers, one after another: step n does `code[n]` with `operands[:, n]` and fills `to[n]`."""

    code: Whole
    to: Whole
    """(step,), a register; of a step that stores, an output."""
    operands: Whole
    """(3, step), registers; of a step that loads, an input; of one that looks up, register and table."""
    known: Floats
    """(step,), the constant a step works with; 0 where it has none."""
    tables: Floats
    """(table, entry), each filled up with infinity."""
    registers: int
    inputs: int
    outputs: int

    @property
    def operations(self) -> int:
        """Sums, products, comparisons and the like of one draw; loads and stores are none."""
        return int((self.code > codes.LAST_MOVE).sum())


def compiled(recording: Recording, outputs: Lines) -> Program:
    """A program that answers with the lines asked for, (output,), from the recording's inputs."""
    stored: dict[int, list[int]] = {}
    for number, line in enumerate(outputs.tolist()):
        stored.setdefault(line, []).append(number)
    order = _order(recording, outputs.tolist())
    writer = _Writer(recording, order, Counter(outputs.tolist()))
    for line in order:
        writer.work_out(line)
        for number in stored.get(line, ()):
            writer.step(codes.STORE, number, writer.registers_of(line))
            writer.release(line)
    whole = np.array(writer.steps, dtype=np.int32).reshape(-1, 5).T
    return Program(
        code=whole[0].copy(),
        to=whole[1].copy(),
        operands=whole[2:].copy(),
        known=np.array(writer.known, dtype=np.float64),
        tables=_even(recording.tables),
        registers=writer.registers,
        inputs=recording.input_count,
        outputs=len(outputs),
    )


class _Writer:
    """Writes steps, and keeps the books of the registers."""

    def __init__(self, recording: Recording, order: list[int], uses: Counter[int]) -> None:
        self.steps: list[tuple[int, ...]] = []
        self.known: list[float] = []
        self.registers = 0
        self._op = recording.op
        self._operands = recording.operands
        self._value = recording.value
        self._uses = uses
        self._of: dict[int, int] = {}
        self._free: list[int] = []
        for line in order:
            uses.update(operands(self._op[line], self._operands[line]))

    def step(self, code: int, to: int, operands: Sequence[int], known: float = 0.0) -> None:
        self.steps.append((code, to, *operands, *(0,) * (3 - len(operands))))
        self.known.append(known)

    def work_out(self, line: int) -> None:
        """The step that works a line out. Its own register is never one of its operands': see `tiles`."""
        op, given = self._op[line], self._operands[line]
        if op is Op.CONSTANT:
            self.step(codes.FILL, self._take(line), [], self._value[line])
        elif op is Op.INPUT:
            self.step(codes.LOAD, self._take(line), given)
        elif op is Op.PLACE:
            self.step(codes.PLACE, self._take(line), [*self.registers_of(given[0]), given[1]])
            self.release(given[0])
        elif op in _UNARY:
            self._with(_UNARY[op], line, given)
        elif op is Op.CHOOSE:
            self._with(codes.CHOOSE, line, given)
        else:
            self._with_two(op, line, *given)

    def registers_of(self, *lines: int) -> list[int]:
        """Where some lines stand; a constant that is no part of a step is filled in first."""
        for line in lines:
            if line not in self._of:
                self.step(codes.FILL, self._take(line), [], self._value[line])
        return [self._of[line] for line in lines]

    def release(self, *lines: int) -> None:
        """Count one use of each line, and free its register at the last."""
        for line in lines:
            self._uses[line] -= 1
            if not self._uses[line]:
                self._free.append(self._of.pop(line))

    def _take(self, line: int) -> int:
        if not self._free:
            self._free.append(self.registers)
            self.registers += 1
        self._of[line] = self._free.pop()
        return self._of[line]

    def _with(self, code: int, line: int, given: Sequence[int], known: float = 0.0) -> None:
        places = self.registers_of(*given)
        self.step(code, self._take(line), places, known)
        self.release(*given)

    def _with_two(self, op: Op, line: int, a: int, b: int) -> None:
        if self._op[b] == Op.CONSTANT:
            self._with(_RIGHT_KNOWN[op], line, [a], self._value[b])
        elif self._op[a] == Op.CONSTANT:
            code = _RIGHT_KNOWN[op] if op in COMMUTING else _LEFT_KNOWN[op]
            self._with(code, line, [b], self._value[a])
        else:
            self._with(_BOTH[op], line, [a, b])


def operands(op: Op, given: tuple[int, ...]) -> tuple[int, ...]:
    """The lines an operation reads."""
    if op is Op.INPUT:
        return ()
    return given[:1] if op is Op.PLACE else given


def _order(recording: Recording, outputs: list[int]) -> list[int]:
    """Every line the outputs need, each after its operands, one output after another.

    Constants are left out, unless they are outputs.
    """
    op, given = recording.op, recording.operands
    seen = bytearray(n == Op.CONSTANT for n in op)
    order = [output for output in dict.fromkeys(outputs) if seen[output]]
    for output in outputs:
        waiting = [output]
        while waiting:
            line = waiting.pop()
            if line < 0:
                order.append(~line)
            elif not seen[line]:
                seen[line] = 1
                waiting.append(~line)
                waiting += [each for each in reversed(operands(op[line], given[line])) if not seen[each]]
    return order


def _even(tables: list[Floats]) -> Floats:
    """Tables side by side, each filled up with infinity."""
    filled = np.full((len(tables), max((len(table) for table in tables), default=0)), np.inf)
    for row, table in zip(filled, tables, strict=True):
        row[: len(table)] = table
    return filled
