"""Arrays whose numbers are not known yet: NumPy's functions on them are recorded instead of worked out.

The projection is written in NumPy, and NumPy asks the arrays it is given how its functions are to be done (its
protocols `__array_ufunc__` and `__array_function__`). So the same source gives a run for known numbers, and a recording
for unknown ones. What cannot be recorded is refused; it is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from tripleaim.stress.program.recording import Recording
from tripleaim.stress.program.writing import Lines, Op


class CannotRecord(TypeError):
    """The projection did something with an unknown number that a recording has no operation for: our fault."""


class Traced(NDArrayOperatorsMixin):
    """An array of lines of a recording: it is shaped, cut, joined and calculated with like any other."""

    def __init__(self, recording: Recording, lines: Lines) -> None:
        self.recording = recording
        self.lines = lines

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""
        return self.lines.shape

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return self.lines.ndim

    @property
    def size(self) -> int:
        """Number of elements."""
        return self.lines.size

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Traced]:
        return (self._of(lines) for lines in self.lines)

    def __getitem__(self, key: Any) -> Traced:
        return self._of(self.lines[key])

    def __setitem__(self, key: Any, value: Any) -> None:
        self.lines[key] = lines_of(self.recording, value)

    def __array__(self, *_: Any, **__: Any) -> NDArray[Any]:
        raise CannotRecord("a number that is not known yet was asked for")

    def __bool__(self) -> bool:
        return bool(self._known("a choice hangs on a number that is not known yet"))

    def __float__(self) -> float:
        return self._known("a number that is not known yet was asked for")

    def setflags(self, *, write: bool) -> None:
        """Forbid or allow assignment."""
        self.lines.setflags(write=write)

    def copy(self) -> Traced:
        """The same numbers in an array of their own."""
        return self._of(self.lines.copy())

    def reshape(self, *shape: int) -> Traced:
        """The same numbers in another shape."""
        return self._of(self.lines.reshape(*shape))

    def sum(self, axis: int = 0) -> Traced:
        """Sum along an axis, first to last."""
        return self._reduced(Op.ADD, axis, 0.0)

    def prod(self, axis: int = 0) -> Traced:
        """Product along an axis, first to last."""
        return self._reduced(Op.MULTIPLY, axis, 1.0)

    def min(self, axis: int = 0) -> Traced:
        """Least along an axis."""
        return self._reduced(Op.MINIMUM, axis, np.inf)

    def mean(self, axis: int = 0) -> Traced:
        """Mean along an axis."""
        share = self.recording.constants(1.0 / self.shape[axis])
        return self._of(self.recording.record(Op.MULTIPLY, self.sum(axis).lines, share))

    def cumprod(self, axis: int = 0) -> Traced:
        """Running product along an axis."""
        each = np.moveaxis(self.lines, axis, 0)
        found = [each[0]]
        for lines in each[1:]:
            found.append(self.recording.record(Op.MULTIPLY, found[-1], lines))
        return self._of(np.moveaxis(np.stack(found), 0, axis))

    def any(self) -> bool:
        """False only where every number is known to be nought: what is unknown may be."""
        values = self.recording.values(self.lines)
        return bool((~self.recording.is_constant(self.lines) | (values != 0)).any())

    def all(self) -> bool:
        """True only where every number is known and not nought."""
        values = self.recording.values(self.lines)
        return bool((self.recording.is_constant(self.lines) & (values != 0)).all())

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *given: Any, **how: Any) -> Any:
        """NumPy asks here how an element-wise function is done."""
        if method == "at":
            return _at(ufunc, *given)
        if method != "__call__" or ufunc not in _UFUNCS:
            raise CannotRecord(f"no recording of numpy.{ufunc.__name__} ({method})")
        where, (into,) = how.pop("where", True), how.pop("out", (None,))
        if how:
            raise CannotRecord(f"no recording of numpy.{ufunc.__name__} with {', '.join(how)}")
        found = _UFUNCS[ufunc](self.recording, *(lines_of(self.recording, each) for each in given))
        if into is None:
            return self._of(found)
        kept = lines_of(self.recording, into)
        found = self.recording.record(Op.CHOOSE, lines_of(self.recording, where), found, kept)
        if not isinstance(into, Traced):
            return self._of(found)
        into.lines[...] = found
        return into

    def __array_function__(self, function: Callable[..., Any], _: Any, given: Sequence[Any], how: Any) -> Any:
        """NumPy asks here how any other function is done."""
        if function not in _FUNCTIONS:
            raise CannotRecord(f"no recording of numpy.{function.__name__}")
        return _FUNCTIONS[function](self.recording, *given, **how)

    def _reduced(self, op: Op, axis: int, start: float) -> Traced:
        each = np.moveaxis(self.lines, axis, 0)
        if not len(each):
            return self._of(self.recording.constants(np.full(each.shape[1:], start)))
        total = each[0]
        for lines in each[1:]:
            total = self.recording.record(op, total, lines)
        return self._of(total)

    def _known(self, refusal: str) -> float:
        """The one number of an array, where no input can change it."""
        if self.size != 1 or not self.recording.is_constant(self.lines).all():
            raise CannotRecord(refusal)
        return float(self.recording.values(self.lines).item())

    def _of(self, lines: Lines) -> Traced:
        return Traced(self.recording, lines)


def lines_of(recording: Recording, value: Any) -> Lines:
    """The lines of anything that can stand in arithmetic: unknown numbers, or constants."""
    if isinstance(value, Traced):
        return value.lines
    return recording.constant(value) if isinstance(value, float | int) else recording.constants(value)


def _at(ufunc: np.ufunc, into: Any, where: NDArray[np.intp], values: Any) -> None:
    for n, place in enumerate(where):
        into[place] = ufunc(into[place], values[n])


def _binary(op: Op) -> Callable[..., Lines]:
    return lambda recording, a, b: recording.record(op, a, b)


def _swapped(op: Op) -> Callable[..., Lines]:
    return lambda recording, a, b: recording.record(op, b, a)


def _unary(op: Op) -> Callable[..., Lines]:
    return lambda recording, a: recording.record(op, a)


def _minus(recording: Recording, a: Lines) -> Lines:
    return recording.record(Op.SUBTRACT, recording.constants(0.0), a)


def _size(recording: Recording, a: Lines) -> Lines:
    return recording.record(Op.MAXIMUM, a, _minus(recording, a))


def _not(recording: Recording, a: Lines) -> Lines:
    return recording.record(Op.SUBTRACT, recording.constants(1.0), a)


def _power(recording: Recording, base: Lines, exponent: Lines) -> Lines:
    """Whole powers as products, and powers of a known base by the exponential; there are no others in the model."""
    base, exponent = np.broadcast_arrays(base, exponent)
    if recording.is_constant(exponent).all():
        steps = recording.values(exponent)
        if (steps == np.floor(steps)).all() and (steps >= 0).all():
            return _whole_power(recording, base, steps.astype(int))
    if not recording.is_constant(base).all() or (recording.values(base) <= 0).any():
        raise CannotRecord("no recording of a power whose base and exponent are both unknown")
    logarithm = recording.constants(np.log(recording.values(base)))
    return recording.record(Op.EXPONENTIAL, recording.record(Op.MULTIPLY, logarithm, exponent))


def _whole_power(recording: Recording, base: Lines, steps: NDArray[np.int64]) -> Lines:
    ladder = recording.constants(np.ones(base.shape))
    found = ladder
    for step in range(1, int(steps.max(initial=0)) + 1):
        ladder = recording.record(Op.MULTIPLY, ladder, base)
        found = np.where(steps == step, ladder, found)
    return found


_UFUNCS: dict[np.ufunc, Callable[..., Lines]] = {
    np.add: _binary(Op.ADD),
    np.subtract: _binary(Op.SUBTRACT),
    np.multiply: _binary(Op.MULTIPLY),
    np.divide: _binary(Op.DIVIDE),
    np.maximum: _binary(Op.MAXIMUM),
    np.minimum: _binary(Op.MINIMUM),
    np.greater: _binary(Op.ABOVE),
    np.less: _swapped(Op.ABOVE),
    np.greater_equal: _binary(Op.AT_LEAST),
    np.less_equal: _swapped(Op.AT_LEAST),
    np.equal: _binary(Op.EQUAL),
    np.bitwise_and: _binary(Op.MULTIPLY),
    np.floor: _unary(Op.FLOOR),
    np.ceil: _unary(Op.CEILING),
    np.exp: _unary(Op.EXPONENTIAL),
    np.negative: _minus,
    np.absolute: _size,
    np.invert: _not,
    np.power: _power,
}


def _stack(recording: Recording, rows: Sequence[Any], axis: int = 0) -> Traced:
    return Traced(recording, np.stack([lines_of(recording, row) for row in rows], axis=axis))


def _concatenate(recording: Recording, rows: Sequence[Any], axis: int = 0) -> Traced:
    return Traced(recording, np.concatenate([lines_of(recording, row) for row in rows], axis=axis))


def _where(recording: Recording, condition: Any, a: Any, b: Any) -> Traced:
    chosen = [lines_of(recording, each) for each in (condition, a, b)]
    return Traced(recording, recording.record(Op.CHOOSE, *chosen))


def _clip(recording: Recording, values: Any, least: Any, most: Any) -> Traced:
    raised = recording.record(Op.MAXIMUM, lines_of(recording, values), lines_of(recording, least))
    return Traced(recording, recording.record(Op.MINIMUM, raised, lines_of(recording, most)))


def _broadcast_to(recording: Recording, values: Any, shape: Any) -> Traced:
    return Traced(recording, np.broadcast_to(lines_of(recording, values), shape))


def _atleast_1d(recording: Recording, values: Any) -> Traced:
    return Traced(recording, np.atleast_1d(lines_of(recording, values)))


def _searchsorted(recording: Recording, table: Any, values: Any) -> Traced:
    return Traced(recording, recording.place(recording.table(table), lines_of(recording, values)))


def _full(value: float) -> Callable[..., Traced]:
    def filled(recording: Recording, pattern: Any, shape: tuple[int, ...] | None = None, **_: Any) -> Traced:
        size = np.shape(lines_of(recording, pattern)) if shape is None else shape
        return Traced(recording, recording.constants(np.full(size, value)))

    return filled


def _full_like(recording: Recording, pattern: Any, value: Any) -> Traced:
    return Traced(recording, recording.constants(np.broadcast_to(value, np.shape(lines_of(recording, pattern))).copy()))


_FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {
    np.stack: _stack,
    np.concatenate: _concatenate,
    np.where: _where,
    np.clip: _clip,
    np.broadcast_to: _broadcast_to,
    np.atleast_1d: _atleast_1d,
    np.searchsorted: _searchsorted,
    np.zeros_like: _full(0.0),
    np.empty_like: _full(0.0),
    np.ones_like: _full(1.0),
    np.full_like: _full_like,
    np.size: lambda _, values: values.size,
}
