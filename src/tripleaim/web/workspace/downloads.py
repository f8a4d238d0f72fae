"""A table of a page as a file: the same rows as on the page, in full, as CSV or as a spreadsheet."""

from __future__ import annotations

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
    text = table.csv()
    made = text.encode() if kind == "csv" else workbook_of_csv(name, text, title, (status,), foot=status)
    answer = HttpResponse(made, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
