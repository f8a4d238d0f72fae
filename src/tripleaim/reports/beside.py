"""The report of a plan that stands in the folder of another page of ours: it leads there, and that page leads back."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from tripleaim.reports.write import refuse_others

REPORT = "index.html"
"""The report of a plan."""
_ABOUT = "<dt>Made by</dt>"
"""Before this a report says where else the plan is told."""


def report_beside(folder: Path, page: str, fingerprint: str) -> str:
    """The report of the same plan in a folder, as we wrote it; empty where there is none, or one of another plan.

    page   : the file that will stand beside it
    raises : PlanProblems where the folder or the page is not ours
    """
    if REPORT not in refuse_others(folder, (page,)):
        return ""
    report = (folder / REPORT).read_text(encoding="utf-8") if (folder / REPORT).is_file() else ""
    return report if fingerprint in report else ""


def with_link(report: str, page: str, what: str, question: str) -> str:
    """A report that leads to a page beside it, among what is said about the report; the same where it does already.

    what     : what the page is, such as Stress test
    question : what it answers
    """
    link = Markup('<dt>{}</dt><dd><a href="{}">{}</a></dd>\n').format(what, page, question)
    return report if link in report else report.replace(_ABOUT, link + _ABOUT, 1)
