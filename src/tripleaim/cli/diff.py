"""tripleaim diff OLD NEW: what changed between two plans, in words and in money."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from tripleaim.cli.door import document, tell, working


def diff(old: Path, new: Path, json_out: bool = False) -> int:
    """Print every difference between two plans, one a line, then what it does to the money; the exit code is 0."""
    from tripleaim.cli.money import in_money
    from tripleaim.loading import differences, read_plan

    before, after = read_plan(old), read_plan(new)
    found = differences(before, after)
    with working("Working out what it does to the money …"):
        records, told = in_money(before, after) if found else ([], [])
    if json_out:
        content = {"kind": "diff", "old": before.fingerprint, "new": after.fingerprint}
        document({**content, "differences": [asdict(each) for each in found], "money": records})
    elif found:
        tell("\n".join(map(str, found)) + "\n\nIn money, where it changes:\n")
        none = "less than can be read off in millions, see --json" if records else "nothing changes"
        tell("\n".join(f"  {line}" for line in told or [none]) + "\n")
    else:
        tell("no difference: the two plans say the same\n")
    return 0
