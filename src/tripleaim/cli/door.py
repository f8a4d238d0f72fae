"""What every verb shares: where words go, how a refusal is told, and the exit code it ends with."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tripleaim.errors import PlanProblems, Problem, TripleAimError, harmless

if TYPE_CHECKING:
    from rich.console import Console

REFUSED = 2
OUR_FAULT = 1


def guarded(as_json: bool, verb: Callable[[], int | None]) -> int:
    """Run a verb; tell what goes wrong in words, and return the exit code."""
    _take_any_letter()
    try:
        code = verb() or 0
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _pipe_closed()
    except OSError as problem:
        return _not_printed(problem, as_json)
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
    _stop_printing()
    return 0


def _take_any_letter() -> None:
    """Spell out letters that where we print to cannot show, rather than fail on them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _not_printed(problem: OSError, as_json: bool) -> int:
    """No room for the output, or a file or folder the system does not let us use, is the reader's to mend."""
    from tripleaim.loading.scratch import NO_ROOM

    if problem.errno not in NO_ROOM:
        if problem.filename is None:
            return _our_fault(problem, as_json)
        return refused(_not_used(problem), as_json)
    _stop_printing()
    say(
        f"What there was to print could not be written: {problem.strerror}. Free some space, or send it elsewhere. "
        "A report, if you asked for one, is written whole or not at all."
    )
    return REFUSED


def _not_used(problem: OSError) -> PlanProblems:
    told = Problem(
        file=os.fsdecode(problem.filename),
        found=problem.strerror or "no reason given",
        expected="a file or folder that may be used",
        to_fix="check its name and who may use it",
    )
    return PlanProblems([told])


def _stop_printing() -> None:
    """Send what is still to be printed nowhere, so that leaving the program does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def console() -> Console:
    """Where words for people are printed: as wide as the screen, or 100 letters in a file or pipe."""
    from rich.console import Console

    class Printer(Console):
        """A console that leaves a closed pipe to the door, where rich would end the program with a fault."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Printer(width=None if sys.stdout.isatty() else 100, highlight=False, emoji=False)


def document(content: Any) -> None:
    """The one JSON document of a verb, on standard output."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def tell(text: str) -> None:
    """Words for people, on standard output; nothing in a name or path that is repeated acts on the terminal."""
    sys.stdout.write(harmless(text))


def say(text: str) -> None:
    """A message for people, beside the output and after what was printed before it."""
    sys.stdout.flush()
    print(harmless(text), file=sys.stderr)


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show that something is being worked out, where somebody can see it."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield
