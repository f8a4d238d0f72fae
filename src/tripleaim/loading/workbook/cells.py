"""One cell of a workbook to the text its column expects. What Excel has turned is never turned back."""

from __future__ import annotations

from typing import Any

from tripleaim.loading.numbers import Refused, shortest
from tripleaim.plan.describe import Column

AS_TEXT = "format the cell as Text and type it again"


def text_of(value: Any, column: Column | None) -> str:
    """The text of a cell as a CSV file would hold it; `column` is None where no column of the plan stands.

    raises : Refused for a date, an error, a formula without its result, or a number where text is expected
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        raise _odd(value, column)
    numeric = column is None or column.kind in ("number", "whole")
    if isinstance(value, bool):
        if numeric or (column and column.kind == "yes_no"):
            return "TRUE" if value else "FALSE"
        raise Refused("text", AS_TEXT)
    if numeric:
        return shortest(value)
    raise _number_for_text(value, column)


def shown(value: Any) -> str:
    """A cell as a message repeats it."""
    if isinstance(value, dict):
        said = {
            "date": "a date Excel made",
            "error": "an error",
            "formula": "a formula whose result is not in the file",
        }
        return f"{said[value['is']]}: {value['as']}" if value["as"] else said[value["is"]]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"the number {shortest(value)}" if isinstance(value, float) else str(value)


def _odd(value: dict[str, str], column: Column | None) -> Refused:
    if value["is"] == "error":
        return Refused("a value", "put the formula right, or write the value itself")
    if value["is"] == "formula":
        to_fix = "open it in Excel or LibreOffice and save it, so that results are in the file, or write the value"
        return Refused("a value", to_fix)
    if column is not None and column.kind in ("number", "whole"):
        return Refused("a number", "format the cell as General and type the number again")
    return Refused("text", f"{AS_TEXT}{_meant(value['as'], column)}")


def _meant(day: str, column: Column | None) -> str:
    """What a date may have been before Excel took it for one."""
    if column is None or len(day) < len("2016-10-21"):
        return ""
    year, month = day[:4], day[5:7]
    meant = {"date": day[:10], "month": f"{year}-{month}", "year": f"{year}/{month}"}.get(column.kind)
    return f": {meant}, if that is meant" if meant else ""


def _number_for_text(value: float, column: Column | None) -> Refused:
    expected = "text" if column is None or column.kind == "text" else f"{_KINDS.get(column.kind, 'text')}, as text"
    return Refused(
        f"{expected} (Excel drops noughts at the front of a number and turns 1E5 into 100000)",
        f"{AS_TEXT}: {shortest(value)}, if that is what it was",
    )


_KINDS = {
    "key": "a key",
    "body": "a key",
    "year": "a financial year such as 2016/17",
    "month": "a month such as 2017-10",
    "date": "a date such as 2016-10-21",
}
