"""A noun with other fields, made and checked anew, as a plan is changed everywhere else (`plan.variant`)."""

from __future__ import annotations

from typing import TypeVar

from tripleaim.quantities import Noun

Any = TypeVar("Any", bound=Noun)


def another(noun: Any, **fields: object) -> Any:
    """The same noun, or plan, but for some fields.

    raises : pydantic's ValidationError for a field that cannot be so
    """
    kept = {name: getattr(noun, name) for name in type(noun).model_fields}
    return type(noun)(**{**kept, **fields})
