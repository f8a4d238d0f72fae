"""The text of plan.toml to the fields it states, and a heading back to text. Nothing here knows what a field means."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from tripleaim.loading.collect import Problems
from tripleaim.loading.files import HEADING_FILE

_DEEPEST = 20
"""Most names joined by points, as in a.b.c; the time they take to read grows with the cube of their number."""
_NO_NAMES = re.compile(
    r'''
    """(?:\\.|[^\\])*?(?:"""|\Z) | \'\'\'.*?(?:\'\'\'|\Z)   # texts over several lines
    | "(?:\\.|[^"\\\n])*+"? | '[^'\n]*'?                 # texts on one line
    | \#[^\n]*                                            # remarks
    ''',
    re.DOTALL | re.VERBOSE,
)
_DEEP_NAME = re.compile(rf"(?<![\w\-])(?:[\w\-]++[ \t]*+\.[ \t]*+){{{_DEEPEST}}}")


def from_toml(data: bytes, problems: Problems) -> dict[str, Any] | None:
    """The fields a plan.toml states; None, with a problem noted, where it is not TOML."""
    text = data.decode("utf-8")
    try:
        if _DEEP_NAME.search(_NO_NAMES.sub("text", text)):
            raise RecursionError
        return tomllib.loads(text)
    except RecursionError:
        _refuse(
            problems,
            None,
            "lists or names in one another, very deep",
            "names with one value each",
            "write each on its own line",
        )
        return None
    except ValueError as error:
        _not_toml(str(error), problems)
        return None


def _not_toml(error: str, problems: Problems) -> None:
    line = re.search(r"line (\d+)", error)
    words = re.sub(r"\s*\(at .*\)$", "", error)
    words = "a number of thousands of digits" if "digits" in words else words
    _refuse(
        problems,
        int(line[1]) if line else None,
        f"{words[:1].lower()}{words[1:]}",
        'lines such as name = "Our plan" or years = 5',
        "put texts in quotation marks and each field on its own line, once",
    )


def _refuse(problems: Problems, row: int | None, found: str, expected: str, to_fix: str) -> None:
    problems.add(HEADING_FILE, row, None, found=found, expected=expected, to_fix=to_fix)


def to_toml(stated: Mapping[str, Any]) -> str:
    """The text of plan.toml, every field on its line."""
    return "".join(f"{name} = {_toml(value)}\n" for name, value in stated.items())


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(c if c.isprintable() else _escape(c) for c in escaped) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
