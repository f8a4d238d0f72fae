"""What a choice is to bring about, and how much of it: one number, or one number in each of several scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Aim:
    """One number that a choice is to make as large as it can: a sum over what is chosen, and over pairs of it.

    A number to be made small is given with its sign turned.
    """

    name: str
    value: Sequence[float] | Floats
    """(option,): what each option brings by itself, in one unit."""
    overlaps: Mapping[Pair, float] = field(default_factory=dict)
    """Two options → what taking both adds (above 0) or loses (below 0) beside the two values. Each pair once."""
    constant: float = 0.0
    """What there is where nothing is chosen."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outlook:
    """An aim in each of several scenarios, all equally likely."""

    name: str
    value: Sequence[Sequence[float]] | Floats
    """(option, scenario): what each option brings by itself, in one unit."""
    overlaps: Mapping[Pair, Sequence[float] | Floats] = field(default_factory=dict)
    """Two options → (scenario,): what taking both adds or loses beside the two values."""
    constant: Sequence[float] | Floats | float = 0.0
    """(scenario,), or one number for all: what there is where nothing is chosen."""

    @property
    def scenarios(self) -> int:
        """How many there are, by the first option."""
        return len(self.value[0]) if len(self.value) else 0

    def aims(self) -> tuple[Aim, ...]:
        """The aim of each scenario."""
        value = np.asarray(self.value, float)
        constant = np.broadcast_to(np.asarray(self.constant, float), value.shape[1:])
        pairs = {
            pair: np.broadcast_to(np.asarray(each, float), value.shape[1:]) for pair, each in self.overlaps.items()
        }
        return tuple(
            Aim(
                name=f"{self.name}, scenario {n + 1}",
                value=value[:, n],
                overlaps={pair: float(each[n]) for pair, each in pairs.items()},
                constant=float(constant[n]),
            )
            for n in range(value.shape[1])
        )
