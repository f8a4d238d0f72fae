"""Units, financial years, ranges and the one statement of a field.

A field of a plan is stated once, with `quantity`: its unit, what it means, its bounds and its default. The reader,
the documented tables, the JSON Schema and the spreadsheet header all come from that statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticUndefined

SIGNIFICANT_DIGITS = 15
"""A plan number has at most this many significant digits, so folder, workbook and fingerprint agree."""


class Noun(BaseModel):
    """A frozen, strict record: unknown fields are refused, nothing is coerced, nothing changes after it is made."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


class Range(Noun):
    """A value with its uncertainty: `low` to `high` is the planner's 80 % interval (10th to 90th percentile).

    >>> Range(point=0.1, low=0.05, high=0.2).width
    0.15
    """

    point: float
    low: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.point <= self.high:
            raise ValueError(f"expected low <= point <= high, found {self.low:g}, {self.point:g}, {self.high:g}")
        return self

    @property
    def width(self) -> float:
        """High minus low, in the unit of the value."""
        return round(self.high - self.low, SIGNIFICANT_DIGITS)

    @property
    def is_certain(self) -> bool:
        """True when no range was given (low = high)."""
        return self.low == self.high


def certain(value: float) -> Range:
    """A range of no width."""
    return Range(point=value, low=value, high=value)


TENTH_TO_NINETIETH = 2.563103
"""Standard deviations between the 10th and the 90th percentile of a normal distribution."""


def normal_from_interval(low: float, high: float) -> tuple[float, float]:
    """Mean and standard deviation of the normal distribution whose 80 % interval is low to high.

    source : [V] the national hospital model's test, interval 1 to 2

    >>> mean, sd = normal_from_interval(1.0, 2.0)
    >>> mean, round(sd, 6)
    (1.5, 0.390152)
    """
    if not low <= high:
        raise ValueError(f"expected low <= high, found {low:g} and {high:g}")
    return (low + high) / 2, (high - low) / TENTH_TO_NINETIETH


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is known of one field before any file is read: the single statement of unit, meaning, bounds and default."""

    name: str
    unit: str
    meaning: str
    default: object
    required: bool
    at_least: float | None
    at_most: float | None


def quantity(
    unit: str,
    meaning: str,
    *,
    between: tuple[float | None, float | None] = (None, None),
    default: Any = PydanticUndefined,
) -> Any:
    """State a field once: unit ("GBP a year", "fraction", "text"), meaning in a sentence, inclusive bounds, default.

    Without a default the field must be given. Bounds hold for the low and the high of a range too.
    """
    return Field(
        default=default,
        description=meaning,
        json_schema_extra={"unit": unit, "at_least": between[0], "at_most": between[1]},
    )


def statement(noun: type[Noun], name: str) -> Statement:
    """The statement made with `quantity` for one field of a noun."""
    field = noun.model_fields[name]
    extra = field.json_schema_extra
    assert isinstance(extra, dict), f"{noun.__name__}.{name} is not stated with quantity()"
    low, high = extra["at_least"], extra["at_most"]
    return Statement(
        name=name,
        unit=str(extra["unit"]),
        meaning=field.description or "",
        default=None if field.is_required() else field.default,
        required=field.is_required(),
        at_least=low if isinstance(low, int | float) else None,
        at_most=high if isinstance(high, int | float) else None,
    )


_YEAR = re.compile(r"(\d{4})/(\d{2})")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def first_calendar_year(year: str) -> int:
    """The calendar year in which a financial year starts (1 April).

    >>> first_calendar_year("2016/17")
    2016
    """
    match = _YEAR.fullmatch(year)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError(f"{year!r} is not a financial year such as 2016/17")
    return int(match[1])


def financial_year(start: int) -> str:
    """The financial year starting in April of a calendar year.

    >>> financial_year(2019)
    '2019/20'
    """
    return f"{start}/{(start + 1) % 100:02d}"


def months_since_april(month: str, year: str) -> int:
    """Whole months from the first of April of a financial year to a calendar month; negative when earlier.

    >>> months_since_april("2017-10", "2016/17")
    18
    """
    match = _MONTH.fullmatch(month)
    if not match:
        raise ValueError(f"{month!r} is not a month such as 2017-10")
    return (int(match[1]) - first_calendar_year(year)) * 12 + int(match[2]) - 4


def is_month(text: str) -> bool:
    """True for a calendar month written 2017-10."""
    return _MONTH.fullmatch(text) is not None


def is_financial_year(text: str) -> bool:
    """True for a financial year written 2016/17."""
    match = _YEAR.fullmatch(text)
    return match is not None and (int(match[1]) + 1) % 100 == int(match[2])
