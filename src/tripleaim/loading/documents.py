"""Notes and documents beside a plan (README.md and its licences): a copy of the plan has them too."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tripleaim.loading.files import HEADING_FILE
from tripleaim.loading.inventory import PACKAGE_FILE
from tripleaim.loading.scratch import not_written
from tripleaim.plan.tables import TABLES

_PLAN_FILES = frozenset({HEADING_FILE, PACKAGE_FILE, *(form.file for form in TABLES)})


def copy_documents(plan: Path, to: Path) -> None:
    """Copy the plain files beside a plan's own into another plan's folder; what is there already stays.

    raises : PlanProblems where the system does not let us write
    """
    if not plan.is_dir():
        return
    for document in sorted(plan.iterdir()):
        copy = to / document.name
        hidden = document.name.startswith(".")
        if document.is_file() and not hidden and document.name not in _PLAN_FILES and not os.path.lexists(copy):
            try:
                shutil.copy2(document, copy)
            except OSError as error:
                raise not_written(copy, error, "the document") from error
