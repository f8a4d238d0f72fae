"""tripleaim version: which Triple Aim this is."""

from __future__ import annotations

import platform
import sys

from tripleaim.cli.door import document


def version(as_json: bool = False) -> int:
    """The version of Triple Aim and of Python."""
    from tripleaim.reports.facts import package_version

    if as_json:
        document({"kind": "version", "tripleaim": package_version(), "python": platform.python_version()})
    else:
        sys.stdout.write(f"Triple Aim {package_version()}, Python {platform.python_version()}\n")
    return 0
