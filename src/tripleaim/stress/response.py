"""How a model is asked: a plain function from inputs to outputs, one column a draw, checked each time it answers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Model = Callable[[Floats], Floats]
"""(input, draw) → (output, draw), or (draw,) where there is one output. It must not change what it is given."""


def respond(model: Model, inputs: Floats) -> Floats:
    """What a model answers, always as a table of outputs by draws.

    inputs  : (input, draw)
    returns : (output, draw), a copy, so that a model that hands back part of its inputs does no harm
    raises  : ValueError if the answer has another number of draws, or holds anything but finite numbers

    >>> respond(lambda x: x[0] + x[1], np.array([[1.0, 2.0], [10.0, 20.0]]))
    array([[11., 22.]])
    """
    answer = np.atleast_2d(np.array(model(inputs), dtype=np.float64))
    if answer.ndim != 2 or answer.shape[1] != inputs.shape[1]:
        raise ValueError(f"the model answered in the shape {answer.shape}; expected (output, {inputs.shape[1]})")
    if not np.isfinite(answer).all():
        output, draw = np.argwhere(~np.isfinite(answer))[0]
        raise ValueError(f"output {output} of draw {draw} is {answer[output, draw]}; expected a number")
    return answer


def finite_table(what: str, values: Floats) -> Floats:
    """A table of finite numbers with at least one row and one column.

    raises : ValueError, saying `what` is not one

    >>> finite_table("inputs", np.ones(3))
    Traceback (most recent call last):
    ValueError: inputs: expected a table of finite numbers, (input, draw), found the shape (3,)
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or not table.size:
        raise ValueError(f"{what}: expected a table of finite numbers, (input, draw), found the shape {table.shape}")
    if not np.isfinite(table).all():
        row, column = np.argwhere(~np.isfinite(table))[0]
        raise ValueError(f"{what}: row {row}, column {column} is {table[row, column]}; expected a finite number")
    return table
