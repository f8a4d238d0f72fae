"""The form of a plan's files: older forms are brought up to date on reading, newer ones are refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tripleaim.loading.collect import Problems
from tripleaim.plan.plan import FORMAT


def is_readable(heading: Mapping[str, Any], problems: Problems) -> bool:
    """True when plan.toml states a form this version reads. There has been one form so far, so nothing to migrate."""
    stated = heading.get("format")
    if stated is None or isinstance(stated, bool) or not isinstance(stated, int) or stated == FORMAT:
        return True  # a missing or ill-written form is refused with the other fields
    newer = stated > FORMAT
    problems.add(
        "plan.toml",
        None,
        "format",
        found=str(stated) if abs(stated) < 1e9 else "a huge number",
        expected=f"format {FORMAT}" + (", the newest this version of tripleaim reads" if newer else ""),
        to_fix="update tripleaim to read this plan" if newer else f"write format = {FORMAT}",
    )
    return False
