"""The pages that answer further questions of a plan, beside its report in one folder, each leading to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from markupsafe import Markup

PAGES: dict[str, tuple[str, str]] = {
    "stress.html": ("Stress test", "How wrong could it be?"),
    "choose.html": ("Choice", "Which schemes together?"),
    "share.html": ("Sharing", "Who gains, who pays, and what would make it fair?"),
}
"""File → what it is, and the question it answers."""
_ABOUT = "<dt>Made by</dt>"
"""Before this a report says where else the plan is told."""


def with_link(report: str, page: str) -> str:
    """A report that leads to a page beside it, among what is said about the report; the same where it does already."""
    what, question = PAGES[page]
    link = str(Markup('<dt>{}</dt><dd><a href="{}">{}</a></dd>\n').format(what, page, question))
    return report if link in report else report.replace(_ABOUT, link + _ABOUT, 1)


def linking(page: str, fingerprint: str) -> Callable[[str], str]:
    """What makes a report lead to a page, where both tell of the plan with this fingerprint."""
    return lambda report: with_link(report, page) if fingerprint in report else report


def of_this_plan(folder: Path, known: Iterable[str], fingerprint: str) -> tuple[str, ...]:
    """Pages in a folder that tell of a plan with this fingerprint; none where one of them tells of another.

    known : names of what we wrote there
    """
    there = [page for page in PAGES if page in set(known) and (folder / page).is_file()]
    same = [page for page in there if fingerprint in (folder / page).read_text(encoding="utf-8")]
    return tuple(there) if same == there else ()
