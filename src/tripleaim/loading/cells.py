"""One cell to one value: a small reader for each kind of column, made once a table from the column's statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from math import inf, isfinite
from typing import Any

from tripleaim.errors import TURNS_TEXT
from tripleaim.loading.nearest import nearest, odd_letter
from tripleaim.loading.numbers import Refused, number, shortest, whole, yes_no
from tripleaim.plan.describe import Column, may_hold
from tripleaim.plan.row import KEY_FORM
from tripleaim.quantities import Range, is_financial_year, is_month

Reader = Callable[[str], Any]

LONGEST_CELL = 10_000
"""Most characters in one cell."""

_KEY = re.compile(KEY_FORM)
_CONTROL = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f-\x9f{TURNS_TEXT}\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet takes for a formula; in some languages it takes the broad forms for the narrow ones."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUARTERS = 4


def reader(column: Column) -> Reader:
    """The function that reads a cell of this column; it raises `Refused`. Empty cells never reach it."""
    return _within(column) if column.kind in ("number", "whole") else _READERS[column.kind](column)


def _within(column: Column) -> Reader:
    read: Reader = whole if column.kind == "whole" else number
    expected = expectation(column)
    floor, ceiling = bounds(column)

    def bounded(text: str) -> float:
        try:
            value: float = read(text)
        except Refused as refused:
            words = expected if refused.expected in ("a plain number", "a whole number") else refused.expected
            raise Refused(words, in_bounds(refused)) from None
        if floor <= value <= ceiling:
            return value
        raise Refused(expected, _inside(value, floor, ceiling, column.statement.unit))

    def in_bounds(refused: Refused) -> str:
        """What to write instead, where the column can hold the number that is proposed."""
        value = refused.proposed
        if value is None or not isfinite(value):
            return refused.to_fix
        if not floor <= value <= ceiling:
            return _inside(value, floor, ceiling, column.statement.unit)
        return "write a whole number" if column.kind == "whole" and not value.is_integer() else refused.to_fix

    return bounded


def expectation(column: Column) -> str:
    """What a numeric column expects, in words: "a number from 0 to 1 (fraction)"."""
    return f"{may_hold(column)} ({column.statement.unit})"


def bounds(column: Column) -> tuple[float, float]:
    """The least and the most a numeric column may hold."""
    low, high = column.statement.at_least, column.statement.at_most
    return -inf if low is None else low, inf if high is None else high


def _inside(value: float, low: float, high: float, unit: str) -> str:
    if unit.startswith("fraction") and 1 < abs(value) <= 100 and low <= value / 100 <= high:
        return f"write {shortest(value / 100)} if you mean {shortest(value)}%"
    if low == 0 and value < 0:
        return "write it without the minus sign or brackets, or check the figure"
    return "check the figure and its unit"


def _key(column: Column) -> Reader:
    def key(text: str) -> str:
        if _KEY.fullmatch(text):
            return text
        proposal = re.sub(r"[^a-z0-9_.\-]+", "_", text.strip().lower()).strip("_")[:60]
        to_fix = f"write {proposal}" if proposal else "write a key such as home_first"
        odd = odd_letter(text)
        raise Refused(
            "a short key of small letters, digits, '-', '_' or '.', at most 60 long",
            f"type it again with plain letters: {odd}" if odd else to_fix,
        )

    return key


def _body(column: Column) -> Reader:
    key = _key(column)

    def body(text: str) -> str:
        prefix = "outside:" if text.startswith("outside:") else ""
        return prefix + str(key(text.removeprefix(prefix)))

    return body


def _choice(column: Column) -> Reader:
    known: dict[str, Any] = {member.value: member for member in column.enum} if column.enum else {}
    known = known or {choice: choice for choice in column.choices}
    expected = f"one of {', '.join(known)}"

    def choice(text: str) -> Any:
        if text in known:
            return known[text]
        raise Refused(expected, partial(advice, text))

    def advice(text: str) -> str:
        near, odd = nearest(text, known), odd_letter(text)
        return (f"write {near}" if near else "write one of those words") + (f"; {odd}" if odd else "")

    return choice


def _list(column: Column) -> Reader:
    part_of = _choice(column) if column.choices else _key(column) if column.refers_to else _text(column)

    def several(text: str) -> tuple[str, ...]:
        parts = tuple(part.strip() for part in text.split(";"))
        if "" in parts:
            raise Refused("names parted by single ';'", "take out the ';' that has nothing beside it")
        if len(set(parts)) < len(parts):
            raise Refused("each name once", "take out the name that stands twice")
        if column.refers_to and len(parts) == 1 and "," in text:
            raise Refused("names parted by ';'", f"write {';'.join(part.strip() for part in text.split(','))}")
        return tuple(part_of(part) for part in parts)

    return several


def _year(column: Column) -> Reader:
    def year(text: str) -> str:
        if is_financial_year(text) and text.isascii():
            return text
        match = re.fullmatch(r"(?:FY ?)?((?:19|20)[0-9]{2})(?:\s*[-/–]\s*(?:[0-9]{2})?[0-9]{2})?", text.strip())
        proposal = f"write {match[1]}/{(int(match[1]) + 1) % 100:02d}" if match else "write it like 2016/17"
        raise Refused("a financial year such as 2016/17", proposal)

    return year


def _month(column: Column) -> Reader:
    def month(text: str) -> str:
        if is_month(text) and text.isascii():
            return text
        match = re.fullmatch(r"(20[0-9]{2})[-/.]([0-9]{1,2})(?:[-/.][0-9]{1,2})?", text.strip())
        good = match and 1 <= int(match[2]) <= 12
        raise Refused(
            "a month such as 2017-10",
            f"write {match[1]}-{int(match[2]):02d}" if match and good else "write year, '-' and month, such as 2017-10",
        )

    return month


def _date(column: Column) -> Reader:
    def day(text: str) -> str:
        try:
            if _DATE.fullmatch(text):
                date.fromisoformat(text)
                return text
        except ValueError:
            raise Refused("a date that is in the calendar", "check the day and the month") from None
        raise Refused("a date such as 2016-10-21", "write year, month and day with '-' between")

    return day


def _text(column: Column) -> Reader:
    check = _TEXT_RULES.get(column.statement.unit)

    def words(text: str) -> str:
        control = _CONTROL.search(text)
        if control:
            turning = re.match(f"[{TURNS_TEXT}]", control[0])
            raise Refused(
                "text whose direction of reading is not turned" if turning else "text without control characters",
                f"take out character {ord(control[0]):#04x} at {control.start() + 1}",
            )
        if text.lstrip().startswith(_FORMULA):
            raise Refused(
                "text that no spreadsheet takes for a formula (it must not begin with = + - or @)", "put a word first"
            )
        if not text.strip():
            raise Refused("words, or an empty cell", "take the spaces out")
        if check:
            check(text)
        return text

    return words


def _four_fractions(text: str) -> None:
    values = [number(part) for part in text.split(";")]
    if len(values) != _QUARTERS or values[-1] != 1:
        raise Refused(
            "four cumulative fractions parted by ';', the last of them 1", "write 0.25;0.5;0.75;1 or your own"
        )


def _four_yes_no(text: str) -> None:
    if len([yes_no(part) for part in text.split(";")]) != _QUARTERS:
        raise Refused("yes or no for each of four quarters, parted by ';'", "write yes;yes;yes;yes or your own")


def _web_address(text: str) -> None:
    scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.\-]*):", text)
    if scheme and scheme[1].lower() not in ("http", "https", "doi"):
        raise Refused("an address that begins with https:// or http://", "write the address of a public page")


_TEXT_RULES: dict[str, Callable[[str], None]] = {
    "four fractions, ';'": _four_fractions,
    "yes/no by quarter, ';'": _four_yes_no,
    "web address": _web_address,
}


def _yes_no(column: Column) -> Reader:
    return yes_no


_READERS: dict[str, Callable[[Column], Reader]] = {
    "yes_no": _yes_no,
    "choice": _choice,
    "list": _list,
    "key": _key,
    "body": _body,
    "year": _year,
    "month": _month,
    "date": _date,
    "text": _text,
}


def in_range(column: Column, point: float, low: float, high: float) -> Range:
    """A range read from three cells."""
    if low <= point <= high:
        return Range(point=point, low=low, high=high)
    given = f"{shortest(low)}, {shortest(point)}, {shortest(high)}"
    raise Refused(f"low, value and high in order (found {given})", _in_order(column, point, low, high))


def _in_order(column: Column, point: float, low: float, high: float) -> str:
    """How to put a range right: its ends the right way round, or moved with a value that was changed."""
    name, name_low, name_high = column.names
    if low > high:
        ordered = sorted((low, point, high))
        return (
            f"write low {shortest(ordered[0])}, high {shortest(ordered[2])} and {name} {shortest(ordered[1])} between"
        )
    half = (high - low) / 2
    floor, ceiling = bounds(column)
    if column.statement.unit.startswith("fraction") and 0 <= low <= high <= 1 and 0 <= point <= 1:
        floor, ceiling = max(floor, 0.0), min(ceiling, 1.0)
    moved = [shortest(float(f"{end:.12g}")) for end in (max(point - half, floor), min(point + half, ceiling))]
    return (
        f"if {shortest(point)} is meant, change {name_low} and {name_high} too: for a range as wide as before, "
        f"{moved[0]} and {moved[1]}"
    )
