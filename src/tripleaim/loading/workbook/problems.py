"""Problems of a workbook, each told by sheet and cell."""

from __future__ import annotations

from dataclasses import replace

from tripleaim.errors import Problem
from tripleaim.loading.collect import Problems
from tripleaim.loading.files import HEADING_FILE
from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.plan.describe import HEADING
from tripleaim.plan.tables import TABLES

SHEET_OF = {HEADING_FILE: HEADING, **{form.file: form.name for form in TABLES}}
"""File of a plan's folder → name of its sheet."""


class SheetProblems(Problems):
    """Problems noted by table, row and field, and told by sheet and cell."""

    def __init__(self, workbook: str) -> None:
        super().__init__({file: f"sheet {sheet}" for file, sheet in SHEET_OF.items()})
        self.workbook = workbook
        self.header_rows: dict[str, int] = {}
        self.letters: dict[str, dict[str, str]] = {}
        self.heading_cells: dict[str, tuple[int, str]] = {}

    def learn_header(self, file: str, row: int, names: list[str]) -> None:
        """Note in which row the header of a table stands, and over which column each name."""
        self.header_rows[file] = row
        self.letters[file] = {name: letters_of(place) for place, name in reversed(list(enumerate(names)))}

    def cell(self, file: str, row: int | None, field: str | None) -> str | None:
        """The cell of one field of one row, where it is known."""
        if file == HEADING_FILE and field in self.heading_cells:
            return self.heading_cells[field][1]
        letters = self.letters.get(file, {}).get(field or "")
        return f"{letters}{row}" if letters and row is not None else None

    def _renamed(self, problem: Problem) -> Problem:
        told = super()._renamed(problem)
        if problem.file not in SHEET_OF:
            return told
        row = self.header_rows.get(problem.file, 1) if problem.row == 1 else problem.row
        cell = self.cell(problem.file, row, problem.field)
        if cell and row is None:
            row = self.heading_cells[problem.field or ""][0]
        return replace(told, file=f"{self.workbook}, {told.file}", row=row, cell=cell)
