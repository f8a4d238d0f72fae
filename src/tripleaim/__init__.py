"""Triple Aim: make and test a place-based five-year health and care plan.

The public names are few, and each is loaded only when it is first asked for: `import tripleaim` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tripleaim.loading import read_plan
    from tripleaim.projection import project

    __version__: str

_HOMES = {
    "read_plan": "tripleaim.loading",
    "project": "tripleaim.projection",
}

__all__ = ["__version__", "project", "read_plan"]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("tripleaim")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"tripleaim has no public name {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
