"""How do we tell it? One result, many readers: a page, a terminal, JSON and CSV."""

from tripleaim.reports.html import html_report
from tripleaim.reports.json_out import json_report
from tripleaim.reports.terminal import summary
from tripleaim.reports.write import write_report

__all__ = ["html_report", "json_report", "summary", "write_report"]
