"""What every row of every table shares."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from tripleaim.quantities import Noun, first_calendar_year, is_month, quantity

KEY_FORM = r"[a-z0-9_.\-]{1,60}"
"""The form of a key, as a regular expression."""

_key_form = re.compile(KEY_FORM)


def _key(text: str) -> str:
    if not _key_form.fullmatch(text):
        raise ValueError("expected a short key of small letters, digits, '-', '_' or '.', at most 60 long")
    return text


def _year(text: str) -> str:
    first_calendar_year(text)
    return text


def _month(text: str) -> str:
    if text and not is_month(text):
        raise ValueError("expected a month such as 2017-10")
    return text


def _body(text: str) -> str:
    return "outside:" + _key(text.removeprefix("outside:")) if text.startswith("outside:") else _key(text)


Key = Annotated[str, AfterValidator(_key)]
"""A short name other rows refer to: small letters, digits, '-', '_', '.'."""

FinancialYear = Annotated[str, AfterValidator(_year)]
"""A financial year, written 2016/17."""

Month = Annotated[str, AfterValidator(_month)]
"""A calendar month, written 2017-10; empty where none is given."""

Body = Annotated[str, AfterValidator(_body)]
"""An organisation's key, or `outside:<body>` for one that is not a member of the place."""


class Row(Noun):
    """One row of a table. Every number in it rests on the named source."""

    source: Key = quantity("source key", "Where the numbers of this row come from: a key of sources.csv")
