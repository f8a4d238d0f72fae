"""The pages of docs/tables: one a table, made from the nouns, with an example from the invented plan.

`python -m tripleaim.plan.pages docs/tables` writes them, and the JSON Schema of a whole plan.
"""

from __future__ import annotations

import csv
import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tripleaim.plan.describe import Column, columns, if_empty, may_hold
from tripleaim.plan.json_schema import json_schema
from tripleaim.plan.plan import Heading
from tripleaim.plan.registers import registers
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun

WORKED = Path(__file__).resolve().parents[3] / "plans" / "wealdshire_and_marsh"
"""The invented plan the examples are taken from, beside the source."""

_LONGEST_EXAMPLE = 60
_RANGES = (
    "A *range* takes three columns: `x`, `x_low` and `x_high`, the value and its 80 % interval. "
    "Leave both `x_low` and `x_high` empty where the value is certain."
)
_EXAMPLE = (
    "The example, read downwards, is {what} the worked plan of Wealdshire and Marsh, an invented place: "
    "its names and numbers are invented."
)


def pages(worked: Path = WORKED) -> dict[str, str]:
    """Every generated file by its name; the examples are taken from the folder of a worked plan."""
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
    tables = {f"{form.name}.md": page(form, example_row(worked / form.file)) for form in TABLES}
    stated = tomllib.loads((worked / "plan.toml").read_text(encoding="utf-8"))
    heading = {name: _in_toml(value) for name, value in stated.items()}
    return {"README.md": index_page(), "plan.md": heading_page(heading), **tables, "plan.schema.json": schema}


def example_row(file: Path) -> dict[str, str]:
    """The row of a CSV file that has most cells filled, by column; empty where there is no such file."""
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return max(csv.DictReader(lines), key=lambda row: sum(map(bool, row.values())), default={})


def page(form: TableForm, example: dict[str, str]) -> str:
    """The Markdown page of one table."""
    need = "Every plan has this table." if form.required else "A plan may leave this table out."
    told = f"Rows are told apart by {_and([f'`{name}`' for name in form.key])}."
    note = _EXAMPLE.format(what="one row of") if example else "The worked plan of the invented place has no such table."
    known = [f"{words}\n\n{_table(rows)}\n" for words, rows in registers(form.name)]
    return "\n".join([_page(form.file, form.noun, [f"{need} {told}", note], example), *known])


def heading_page(example: dict[str, str]) -> str:
    """The Markdown page of plan.toml."""
    return _page("plan.toml", Heading, ["Every plan has this file.", _EXAMPLE.format(what="from")], example)


def index_page() -> str:
    """The Markdown page that lists the tables."""
    needed = {form.name: "**every plan**" if form.required else "optional" for form in TABLES}
    rows = [f"| [{form.file}]({form.name}.md) | {needed[form.name]} | {_cell(form.meaning)} |" for form in TABLES]
    return "\n".join(
        [
            "# The tables of a plan",
            "",
            "Written by `python -m tripleaim.plan.pages docs/tables`; do not edit by hand.",
            "",
            "A plan has the files marked *every plan*, and of the others those it has something to say in.",
            "",
            "| file | which plans have it | what it is, or what a row is |",
            "|---|---|---|",
            f"| [plan.toml](plan.md) | **every plan** | {_cell((Heading.__doc__ or '').strip())} |",
            *rows,
            "",
        ]
    )


def _page(file: str, noun: type[Noun], notes: list[str], example: dict[str, str]) -> str:
    all_columns = columns(noun)
    ranges = [_RANGES] if any(column.is_range for column in all_columns) else []
    head = [f"# {file}", " ".join((noun.__doc__ or "").split()), *notes, *ranges]
    names = ["field", "what it means", "unit", "may hold", "if empty", *(["example"] if example else [])]
    rows = [[*_line(column), *([_example(column, example)] if example else [])] for column in all_columns]
    return "\n\n".join([*head, _table([names, *rows])]) + "\n"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table, the heading first."""
    names, *others = rows
    every = [names, ["---"] * len(names), *([_cell(cell) for cell in row] for row in others)]
    return "\n".join(f"| {' | '.join(row)} |" for row in every)


def _line(column: Column) -> tuple[str, ...]:
    name = f"`{column.field}`" + (" (range)" if column.is_range else "")
    return name, column.statement.meaning, _unit(column), may_hold(column), if_empty(column)


def _example(column: Column, example: dict[str, str]) -> str:
    """The cell of a column, cut to a few words; a range with its low and high."""
    cells = [example.get(name, "") for name in column.names]
    text = cells[0] if len(set(cells)) == 1 or not cells[-1] else f"{cells[0]} ({cells[1]} to {cells[2]})"
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE].rsplit(' ', 1)[0]} …"


def _in_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _in_toml(value[0]) if isinstance(value, list) and value else str(value)


def _unit(column: Column) -> str:
    return "" if column.choices else column.statement.unit


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def main(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/tables"))
