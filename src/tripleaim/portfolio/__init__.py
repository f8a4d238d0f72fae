"""Which schemes together? Choices among a plan's schemes and the years they start, under the limits of the place.

`from tripleaim.portfolio import choose` is the library's twin of `tripleaim choose`; it is loaded when first asked
for. `solver` knows nothing of plans and is for anybody who has something to choose.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tripleaim.portfolio.choosing import choose
    from tripleaim.portfolio.record import Choice

_HOMES = {"Choice": "record", "choose": "choosing"}

__all__ = ["Choice", "choose"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"tripleaim.portfolio.{_HOMES[name]}"), name)
    raise AttributeError(f"tripleaim.portfolio has no public name {name!r}; it has {', '.join(__all__)}")
