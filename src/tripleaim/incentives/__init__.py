"""Who gains, who pays, and which agreement would make it fair and stable?

`from tripleaim.incentives import share` is the library's twin of `tripleaim share`; it is loaded when it is first asked
for. `games` knows nothing of plans and is for anybody who has something to share.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tripleaim.incentives.record import Sharing
    from tripleaim.incentives.sharing import share

_HOMES = {"Sharing": "record", "share": "sharing"}

__all__ = ["Sharing", "share"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"tripleaim.incentives.{_HOMES[name]}"), name)
    raise AttributeError(f"tripleaim.incentives has no public name {name!r}; it has {', '.join(__all__)}")
