"""The report of a plan that stands in the folder of another page of ours: it leads there, and that page leads back."""

from __future__ import annotations

from pathlib import Path

from tripleaim.reports.write import REPORT, refuse_others

__all__ = ["REPORT", "report_beside"]


def report_beside(folder: Path, page: str, fingerprint: str) -> str:
    """The report of the same plan in a folder, as we wrote it; empty where there is none, or one of another plan.

    page   : the file that will stand beside it
    raises : PlanProblems where the folder or the page is not ours
    """
    if REPORT not in refuse_others(folder, (page,)):
        return ""
    report = (folder / REPORT).read_text(encoding="utf-8") if (folder / REPORT).is_file() else ""
    return report if fingerprint in report else ""
