"""Arrays of amounts as the rooms of this floor take them: of numbers, and of the lengths they must have."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from tripleaim.errors import Impossible

Array: TypeAlias = NDArray[np.float64]
Truths: TypeAlias = NDArray[np.bool_]

ROUNDING = 1e-9
"""Share of an amount up to which a difference is rounding."""


def amounts(what: str, values: Any) -> Array:
    """Values as an array of numbers; one that is being recorded, whose numbers are not known yet, as it is.

    what    : the words a refusal names them by
    raises  : Impossible for what is no number, and for a number that is not finite

    >>> amounts("cost", [2, 3.5])
    array([2. , 3.5])
    """
    if isinstance(values, NDArrayOperatorsMixin):
        return cast(Array, values)  # it is used like an array, and records what is done
    try:
        found = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise Impossible(f"The {what} is no array of numbers with rows of one length.") from None
    wrong = ~np.isfinite(found)
    if wrong.any():
        place = tuple(int(n) for n in np.argwhere(wrong)[0])
        raise Impossible(f"The {what} has the value {found[place]} at {place}; expected a finite number.")
    return found


def together(axes: tuple[str, ...], **given: Any) -> tuple[Array, ...]:
    """Amounts brought to one shape: the named axes come first and are of one length in all; any others come after.

    axes   : names of the first axes, such as ("line", "year")
    given  : amounts by name; None stays out of it
    raises : Impossible for too few axes, for axes of other lengths, and as `amounts`

    >>> price, units = together(("line", "year"), price=[[10.0, 11.0]], units=np.ones((1, 2, 500)))
    >>> price.shape
    (1, 2, 500)
    """
    found = {name.replace("_", " "): amounts(name.replace("_", " "), values) for name, values in given.items()}
    for name, each in found.items():
        if each.ndim < len(axes):
            raise Impossible(f"The {name} has {each.ndim} axes; expected {', '.join(axes)}, then any others.")
    most = max(each.ndim for each in found.values())
    longer = {name: each[(..., *[None] * (most - each.ndim))] for name, each in found.items()}
    first = next(iter(longer))
    for name, each in longer.items():
        for n, axis in enumerate(axes):
            if each.shape[n] != longer[first].shape[n]:
                raise Impossible(
                    f"The {name} has {each.shape[n]} on the axis of the {axis}; the {first} has "
                    f"{longer[first].shape[n]}."
                )
    try:
        shape = np.broadcast_shapes(*(each.shape for each in longer.values()))
    except ValueError:
        told = "; ".join(f"{name} {each.shape}" for name, each in longer.items())
        raise Impossible(f"These do not fit together: {told}.") from None
    return tuple(np.broadcast_to(each, shape) for each in longer.values())


def share_of(part: Array, whole: Array) -> Array:
    """A part of a whole as a fraction; 0 where the whole is nought.

    >>> share_of(np.array([1.0, 1.0]), np.array([4.0, 0.0]))
    array([0.25, 0.  ])
    """
    nought = whole == 0
    found: Array = np.where(nought, 0.0, part / np.where(nought, 1.0, whole))
    return found
