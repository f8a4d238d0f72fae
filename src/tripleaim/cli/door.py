"""What every verb shares: where words go, how a refusal is told, and the exit code it ends with."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from tripleaim.errors import PlanProblems, TripleAimError

OUR_FAULT = 1


def guarded(as_json: bool, verb: Callable[[], int | None]) -> int:
    """Run a verb; tell what goes wrong in words, and return the exit code."""
    try:
        code = verb() or 0
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _pipe_closed()
    except TripleAimError as refusal:
        return refused(refusal, as_json)
    except KeyboardInterrupt:
        say("Stopped. Nothing half-finished was left behind.")
        return 130
    except Exception as fault:
        if os.environ.get("TRIPLEAIM_DEBUG") == "1":
            raise
        return _our_fault(fault, as_json)


def refused(refusal: TripleAimError, as_json: bool) -> int:
    """Tell a refusal: as JSON on standard output, or in words on standard error."""
    if as_json:
        problems = [asdict(each) for each in refusal.problems] if isinstance(refusal, PlanProblems) else []
        document({"kind": "refusal", "exit_code": refusal.exit_code, "said": str(refusal), "problems": problems})
    else:
        say(str(refusal))
    return refusal.exit_code


def _our_fault(fault: Exception, as_json: bool) -> int:
    said = (
        f"Something went wrong that is our fault, not the plan's: {type(fault).__name__}: {fault}. "
        "Please report it with this message, what you asked for and, if you may share it, the plan; "
        "TRIPLEAIM_DEBUG=1 shows where it happened."
    )
    if as_json:
        document({"kind": "fault", "exit_code": OUR_FAULT, "said": said, "problems": []})
    else:
        say(said)
    return OUR_FAULT


def _pipe_closed() -> int:
    """Whoever read our output has had enough: that is no fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def document(content: Any) -> None:
    """The one JSON document of a verb, on standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def say(text: str) -> None:
    """A message for people, beside the output and after what was printed before it."""
    sys.stdout.flush()
    print(text, file=sys.stderr)


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show that something is being worked out, where somebody can see it."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield
