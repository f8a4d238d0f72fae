"""A process of its own for what other people sent: limited, started from one folder, answering in JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from tripleaim.errors import Impossible

_HERE = str(Path(__file__).parent)
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from apart.{} import main; main()"
_LONGEST = 60
"""Seconds after which a process that reads is stopped, however little it has used."""


def answer_apart(module: Literal["main", "plan_zip"], path: Path, *arguments: str) -> dict[str, Any] | None:
    """What a module of `apart` answers about a file; None where it could not, within the time and memory set aside.

    raises : Impossible where no process can be started
    """
    command = [sys.executable, "-I", "-S", "-c", _START.format(module), _HERE, str(path.resolve()), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        raise Impossible(f"{path.name} could not be read: no process could be started ({error.strerror}).") from None
    try:
        answer = None if done.returncode else json.loads(done.stdout)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
