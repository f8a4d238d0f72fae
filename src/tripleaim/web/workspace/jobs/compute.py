"""One answer worked out in a process of its own: a folder with the plan and what is asked in, its files out.

It knows no database and no server, so that nothing a plan does to it can reach them. In the folder stand `plan.zip` and
`asked.json`; the answer goes to `out/`. Lines of JSON on standard output tell how far it is, and last how it ended.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from tripleaim.errors import Impossible, PlanProblems, Problem
from tripleaim.web.workspace.jobs.limits import end_with_parent, keep_within

OFTEN = 0.2
"""Seconds between two lines on how far the work is, at least."""


def main(folder: Path) -> int:
    """Work out what the folder asks; returns the exit code: 0 done, 2 the plan cannot be run, 1 our fault."""
    end_with_parent()
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    keep_within(asked["memory"], asked["seconds"])
    try:
        _work(folder, asked)
    except PlanProblems as refusal:
        return _end("refused", 2, problems=[_record(each) for each in refusal.problems])
    except Impossible as refusal:
        return _end("refused", 2, problems=[{"where": "", "found": str(refusal), "expected": "", "to_fix": ""}])
    except MemoryError:
        return _end("memory", 1)
    except Exception as fault:
        return _end("fault", 1, said=f"{type(fault).__name__}: {fault}")
    return _end("done", 0)


def _work(folder: Path, asked: dict[str, Any]) -> None:
    from tripleaim.loading.packed import unpacked
    from tripleaim.web.workspace.jobs.made import files_of

    say = _Saying()
    say(0.0, "Reading the plan")
    plan = unpacked((folder / "plan.zip").read_bytes())
    out = folder / "out"
    (out / "data").mkdir(parents=True)
    for name, content in files_of(asked["kind"], plan, asked["options"], say).items():
        (out / name).write_bytes(content)


class _Saying:
    """How far the work is, as lines on standard output, not too many of them."""

    def __init__(self) -> None:
        self._last = -OFTEN

    def __call__(self, done: float, words: str) -> None:
        now = time.monotonic()
        if now - self._last >= OFTEN or "draws" not in words:
            self._last = now
            _line({"done": round(done, 4), "doing": words})


def _record(problem: Problem) -> dict[str, str]:
    return {
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
        "to_fix": problem.to_fix,
    }


def _end(how: str, code: int, **told: Any) -> int:
    _line({"ended": how, **told})
    return code


def _line(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
