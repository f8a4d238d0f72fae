"""A table of a page as a file: the same rows as on the page, in full, as CSV or as a spreadsheet."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse

from tripleaim.charts import Table
from tripleaim.reports.one_table import workbook_of_csv

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending of a file → what it is."""


def table_file(table: Table, name: str, kind: str, title: str, status: str) -> HttpResponse:
    """A table as a file to keep.

    status : how far the plan is agreed, as every page says it
    raises : Http404 for a kind of file that is not made
    """
    if kind not in KINDS:
        raise Http404
    text = replace(table, header=_with_units(table)).csv()
    made = text.encode() if kind == "csv" else workbook_of_csv(name, text, title, (status,), foot=status)
    answer = HttpResponse(made, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _with_units(table: Table) -> tuple[str, ...]:
    """Its headings, those of amounts with the unit that stands in the caption on a page: a file has no caption."""
    unit = ", £m"
    if unit not in table.caption:
        return tuple(table.header)
    amounts = {at for at in table.numeric if "£" not in table.header[at]}
    return tuple(f"{head}{unit}" if at in amounts else head for at, head in enumerate(table.header))
