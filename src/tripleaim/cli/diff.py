"""tripleaim diff OLD NEW: what changed between two plans, in words."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tripleaim.errors import PlanProblems
from tripleaim.loading import differences, read_plan


def diff(old: Path, new: Path, json_out: bool = False) -> int:
    """Print every difference between two plans, one a line; the exit code is 0, or 2 where one cannot be read."""
    try:
        before, after = read_plan(old), read_plan(new)
    except PlanProblems as problems:
        print(problems, file=sys.stderr)
        return problems.exit_code
    found = differences(before, after)
    if json_out:
        content = {"old": before.fingerprint, "new": after.fingerprint, "differences": [asdict(each) for each in found]}
        json.dump(content, sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif found:
        print("\n".join(map(str, found)))
    else:
        print("no difference: the two plans say the same")
    return 0
