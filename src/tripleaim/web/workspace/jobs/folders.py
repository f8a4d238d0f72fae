"""Folders that work is done in: below the workspace's own, held while in use, gone afterwards however work ended."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tripleaim.loading.scratch import held
from tripleaim.web.home import own_folder

BEGINS = "run-"
SETTLED = 2.0
"""Seconds after which whoever made a folder surely holds it."""


def work_folder() -> Path:
    """Where the folders of all workers of this machine are."""
    folder = own_folder() / "work"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


@contextmanager
def new_folder() -> Iterator[Path]:
    """A new folder that nobody else reads; deleted at the end."""
    made = Path(tempfile.mkdtemp(prefix=BEGINS, dir=work_folder()))
    try:
        with held(made):
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def clear_away() -> None:
    """Delete folders of workers that were killed; what another worker holds stays."""
    for each in work_folder().glob(f"{BEGINS}*"):
        try:
            with held(each, wait=False) as nobody_else:
                if nobody_else and time.time() - each.stat().st_mtime > SETTLED:
                    shutil.rmtree(each, ignore_errors=True)
        except OSError:
            continue
