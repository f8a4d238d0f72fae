"""Records from plain values again: what was read from JSON, as the frozen records it was written from."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

R = TypeVar("R")


def read(kind: type[R], plain: Any) -> R:
    """A record of a kind from the plain values `as_plain` made of it.

    raises : ValueError that names the record and the field where one is missing
    """
    hints = _hints(cast(Hashable, kind))
    missing = [name for name in hints if name not in plain]
    if missing:
        raise ValueError(f"{kind.__name__}: found no {', '.join(missing)}; expected what `brief_of` writes")
    return kind(**{name: _value(hint, plain[name]) for name, hint in hints.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(hint: Any, plain: Any) -> Any:
    """A value of the kind a field has."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if plain is None and NoneType in inner:
            return None
        return _value(next(each for each in inner if each is not NoneType), plain)
    if origin is tuple:
        return tuple(_value(inner[0], each) for each in plain)
    if origin is dict:
        return {key: _value(inner[1], each) for key, each in plain.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return read(hint, plain)
    return plain
