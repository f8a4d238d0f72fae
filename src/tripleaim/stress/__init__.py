"""How wrong could we be? Uncertain inputs, their draws, and what is found in them.

`from tripleaim.stress import stress` is the library's twin of `tripleaim stress --quick`, `whole_test` that of the
whole command; each is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tripleaim.stress.findings import Stress, stress
    from tripleaim.stress.whole import Whole, whole_test

_HOMES = {"Stress": "findings", "stress": "findings", "Whole": "whole", "whole_test": "whole"}

__all__ = ["Stress", "Whole", "stress", "whole_test"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"tripleaim.stress.{_HOMES[name]}"), name)
    raise AttributeError(f"tripleaim.stress has no public name {name!r}; it has {', '.join(__all__)}")
