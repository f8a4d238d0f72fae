"""The keys of result.json, told once: in the records of the result themselves, and from there in docs/json.md.

`python -m tripleaim.reports.json_keys docs/json.md` writes the part of that page between its two marks.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.incentives.record import Sharing
from tripleaim.plan.plan import Heading
from tripleaim.portfolio.record import Choice
from tripleaim.projection.result import Projection
from tripleaim.quantities import statement
from tripleaim.stress.against import Against
from tripleaim.stress.findings import Stress
from tripleaim.stress.whole import Whole

MARKS = ("<!-- keys: written by `python -m tripleaim.reports.json_keys docs/json.md` -->", "<!-- /keys -->")
AT_THE_TOP = ("plan", "fingerprint")
"""Fields of the result that stand at the top of the document instead."""
FORMS = {float: "number", int: "whole number", str: "text", bool: "true or false"}
SENTENCE = "| `sentence` | What it found, in one sentence. |"
STRESS_TITLE = "### `tripleaim stress PLAN --json`"
AGAINST_TITLE = "### `tripleaim stress PLAN --against OTHER --json`"
CHOOSE_TITLE = "### `tripleaim choose PLAN --json`"
SHARE_TITLE = "### `tripleaim share PLAN --json`"
RESULTS = (Projection, Stress, Against, Choice, Sharing)
"""Records that are the whole result of a document."""
OPENING_YEAR = "| `plan.opening_year` | financial year | The year before the plan, which the baselines describe. |"


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key of a record: its form (number, text, list of …) and what it means; empty where nobody has said."""

    name: str
    form: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Level:
    """One record of the result: its name, what it is, where it stands in the document, and its keys.

    A place ends in `[]` where there is a list of such records, and in `.KEY` where each stands under a key of its own.
    """

    name: str
    meaning: str
    places: tuple[str, ...]
    keys: tuple[Key, ...]


def levels(root: type = Projection, place: str = "result") -> tuple[Level, ...]:
    """Every record that can be reached from one at a place, that one first, then in the order of its keys."""
    found: dict[type, list[str]] = {}
    _walk(root, place, found)
    return tuple(_level(record, tuple(places)) for record, places in found.items())


def heading_part() -> str:
    """The keys of the plan's heading, as a Markdown table."""
    rows = [(name, statement(Heading, name)) for name in Heading.model_fields]
    told = [f"| `plan.{name}` | {_unit(said.unit)} | {_cell(said.meaning)}. |" for name, said in rows]
    return "\n".join(["### The plan’s heading", "", "At `plan`.", "", *_head(), *told, OPENING_YEAR])


def entry_part() -> str:
    """The keys of an entry of the evidence library, as a Markdown table."""
    rows = [f"| `{name}` | {_cell(field.description or '')}. |" for name, field in EvidenceEntry.model_fields.items()]
    head = ["### Evidence entry", "", "At `entries[]` of `tripleaim evidence`; null means that nobody sourced it.", ""]
    return "\n".join([*head, "| key | what it is |", "|---|---|", *rows, SENTENCE])


def result_part() -> str:
    """The keys of the result and of every record in it, as Markdown: a heading and a table for each record."""
    return "\n\n".join(_told(level) for level in levels())


def stress_part() -> str:
    """The keys of a stress test by their paths, as a Markdown table, for the commands that have one table each."""
    top = (("tripleaim", "version of Triple Aim"), ("kind", "`stress`"), ("plan", "the plan’s heading, as in `run`"))
    rows = [*top, ("fingerprint", "SHA-256 of the plan"), ("result", inspect.getdoc(Stress) or "")]
    rows += _paths(levels(Stress))
    around, hints = _docstrings(Whole), get_type_hints(Whole)
    for name, meaning in around.items():
        if name != "found":
            rows.append((f"result.{name}", meaning))
            for inner, end in _records(hints[name]):
                rows += _paths(levels(inner, f"result.{name}{end}"))
    told = [f"| `{name}` | {_cell(' '.join(meaning.split()))} |" for name, meaning in rows]
    return "\n".join([STRESS_TITLE, "", "| key | what it is |", "|---|---|", *told])


def against_part() -> str:
    """The keys of two plans in the same draws by their paths, as a Markdown table."""
    return _document_part(AGAINST_TITLE, "stress-against", Against)


def choose_part() -> str:
    """The keys of a choice of schemes by their paths, as a Markdown table."""
    return _document_part(CHOOSE_TITLE, "choose", Choice)


def share_part() -> str:
    """The keys of a sharing by their paths, as a Markdown table."""
    return _document_part(SHARE_TITLE, "share", Sharing)


def _document_part(title: str, kind: str, record: type) -> str:
    """The keys of a document whose result is one record, by their paths, as a Markdown table."""
    rows = [("tripleaim", "version of Triple Aim"), ("kind", f"`{kind}`")]
    rows += [("plan", "the plan’s heading, as in `run`"), ("fingerprint", "SHA-256 of the plan")]
    rows += [("result", inspect.getdoc(record) or ""), *_paths(levels(record))]
    told = [f"| `{name}` | {_cell(' '.join(meaning.split()))} |" for name, meaning in rows]
    return "\n".join([title, "", "| key | what it is |", "|---|---|", *told])


def _paths(found: tuple[Level, ...]) -> list[tuple[str, str]]:
    """Path and meaning of every key of some records."""
    return [(f"{place}.{key.name}", key.meaning) for level in found for place in level.places for key in level.keys]


def written(page: str) -> str:
    """A page with the part between its two marks written anew."""
    before, rest = page.split(MARKS[0])
    _, after = rest.split(MARKS[1])
    for part in (stress_part(), against_part(), choose_part(), share_part()):
        before = _with_part(before, part)
    return f"{before}{MARKS[0]}\n\n{heading_part()}\n\n{result_part()}\n\n{entry_part()}\n\n{MARKS[1]}{after}"


def _with_part(page: str, part: str) -> str:
    """A page with one of its parts, from its title to the next, written anew."""
    title = part.partition("\n")[0]
    return re.sub(rf"{re.escape(title)}\n.*?(?=\n#)", lambda _: part + "\n", page, flags=re.S)


def _walk(record: type, place: str, found: dict[type, list[str]]) -> None:
    found.setdefault(record, []).append(place)
    hints = get_type_hints(record)
    for field in fields(record):
        for inner, end in _records(hints[field.name]):
            _walk(inner, f"{place}.{field.name}{end}", found)


def _records(hint: Any, end: str = "") -> Iterator[tuple[type, str]]:
    """The records in a type, each with what its place ends in."""
    if is_dataclass(hint) and isinstance(hint, type):
        yield hint, end
    more = {tuple: "[]", dict: ".KEY"}.get(get_origin(hint) or hint, "")
    for part in get_args(hint):
        yield from _records(part, end + more)


def _level(record: type, places: tuple[str, ...]) -> Level:
    said, hints = _docstrings(record), get_type_hints(record)
    names = [field.name for field in fields(record) if record not in RESULTS or field.name not in AT_THE_TOP]
    keys = tuple(Key(name=name, form=_form(hints[name]), meaning=said.get(name, "")) for name in names)
    return Level(name=_words(record), meaning=inspect.getdoc(record) or "", places=places, keys=keys)


def _docstrings(record: type) -> dict[str, str]:
    """Field → the string that stands under it in the source, in one line."""
    definition = ast.parse(inspect.getsource(record)).body[0]
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for field, after in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            found[field.target.id] = " ".join(str(ast.literal_eval(after.value)).split())
    return found


def _form(hint: Any, several: bool = False) -> str:
    """What a value looks like in JSON, in words."""
    if hint in FORMS:
        return FORMS[hint] + ("s" if several and hint in (float, int) else "")
    if isinstance(hint, type) and is_dataclass(hint):
        return _link(_words(hint))
    if get_origin(hint) is Literal or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return FORMS[str]
    parts = [part for part in get_args(hint) if part not in (NoneType, Ellipsis)]
    if isinstance(hint, UnionType):
        return f"{_form(parts[0])} or null"
    if get_origin(hint) is dict:
        return f"{_form(parts[1])} by key"
    return f"list of {_form(parts[0], several=True)}"


def _words(record: type) -> str:
    """The name of a record in words: SchemeResult is told as Scheme result."""
    if record is Projection:
        return "The result"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record.__name__).capitalize()


def _link(name: str) -> str:
    return f"[{name}](#{name.lower().replace(' ', '-')})"


def _told(level: Level) -> str:
    where = ", ".join(f"`{place}`" for place in level.places)
    meaning = "\n".join([f"At {where}.", "", level.meaning])
    rows = [f"| `{key.name}` | {key.form} | {_cell(key.meaning)} |" for key in level.keys]
    return "\n".join([f"### {level.name}", "", meaning, "", *_head(), *rows])


def _head() -> tuple[str, str]:
    return "| key | form | what it is |", "|---|---|---|"


def _unit(unit: str) -> str:
    return _cell(unit.replace("yes | no", "true or false"))


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def main(page: Path) -> None:
    """Write the part of a page between its marks."""
    page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
