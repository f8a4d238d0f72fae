"""A table of the plan as a file: CSV, or a spreadsheet of one sheet."""

from __future__ import annotations

import csv
import io

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path

from tripleaim.charts.table import would_run
from tripleaim.loading.plan_texts import FORMS
from tripleaim.plan.describe import headings
from tripleaim.reports.one_table import workbook_of_csv
from tripleaim.web.workspace.told.rows import table_meaning, table_words
from tripleaim.web.workspace.told.texts import Row, parcel, rows_of
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.plan.reading import version_needed

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_place("plan", "version.download")
def table_file(here: Here, table: str, ending: str) -> HttpResponse:
    """One table of a version, as a file that runs nothing when it is opened."""
    if table not in FORMS or ending not in ("csv", "xlsx"):
        raise Http404
    version = version_needed(here)
    text = safe_csv(table, rows_of(parcel(version.content_id), table))
    name = f"{here.place.slug}-version-{version.number}-{table}.{ending}"
    if ending == "csv":
        return attachment(text.encode(), name, "text/csv; charset=utf-8")
    title = f"{table_words(table)}: {here.place.name}, version {version.number}"
    return attachment(workbook_of_csv(table, text, title, [table_meaning(table)]), name, WORKBOOK)


def safe_csv(table: str, rows: tuple[Row, ...]) -> str:
    """A table as CSV whose texts no spreadsheet takes for a formula."""
    names = headings(FORMS[table].noun)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        cells = (row.get(name, "") for name in names)
        writer.writerow([f"'{cell}" if would_run(cell) and not _is_number(cell) else cell for cell in cells])
    return out.getvalue()


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep, never shown as a page of ours."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


URLS: list[URLPattern] = [
    path("places/<slug:slug>/plan/files/<str:table>.<str:ending>", table_file, name="table_file"),
]
"""Addresses of files of tables."""
