"""Run the examples in a Markdown page as a reader would, in order, and say where the page and the program differ.

- A ```console block holds commands after `$ ` and what each prints (output and messages together); `…` stands
  for anything, over as many lines as need be.
- A ```pycon block is a Python session (`>>>`), with the same `…`. All blocks of a page share one session and folder.
- A `tripleaim` command with nothing of the shell in it is run in this process, where all it needs is loaded once.

The folder is a fresh copy of `plans/` and of the page's own examples, so nothing in the repository is changed.
`python tests/pages.py PAGE …` writes what the program prints today into the console blocks that leave nothing out.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tripleaim.cli import app

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GAP = "…"
SHELL = re.compile(r"[;|&<>$`*?~(){}\\\n#]")
"""Characters by which a command asks something of the shell."""
WIDTH = 100


@dataclass(frozen=True, kw_only=True)
class Example:
    """One command or Python statement of a page, with what the page says it prints."""

    line: int
    kind: str
    source: str
    expected: str


def examples(text: str) -> Iterator[Example]:
    """Every example of a page, in order."""
    for block in BLOCK.finditer(text):
        first = text[: block.start(2)].count("\n") + 1
        if block[1] == "console":
            yield from _commands(block[2], first)
        else:
            for each in doctest.DocTestParser().get_examples(block[2]):
                yield Example(line=first + each.lineno, kind="pycon", source=each.source, expected=each.want)


def _commands(block: str, first: int) -> Iterator[Example]:
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    line = first + parts[0].count("\n")
    for part in parts[1:]:
        command, _, output = part.partition("\n")
        yield Example(line=line, kind="console", source=command, expected=output)
        line += part.count("\n")


def matches(expected: str, printed: str) -> bool:
    """True when what was printed is what the page says, `…` standing for anything; spaces at line ends do not count.

    >>> matches("one\\n…\\nfour\\n", "one  \\ntwo\\nthree\\nfour\\n")
    True
    """
    pattern = ".*?".join(re.escape(part) for part in _tidy(expected).split(GAP))
    return re.fullmatch(pattern, _tidy(printed), flags=re.DOTALL) is not None


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def differences(page: Path) -> list[str]:
    """Run a page; every example whose output differs from what the page says, in words."""
    found = []
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        session = Session(Path(folder))
        for each in examples(page.read_text("utf-8")):
            printed = session.run(each)
            if not matches(each.expected, printed):
                found.append(
                    f"{page.relative_to(ROOT)}, line {each.line}: {each.source.strip()}\n"
                    f"--- the page says\n{each.expected.rstrip()}\n--- the program says\n{printed.rstrip()}\n"
                )
    return found


class Session:
    """One folder with the worked plans in it, one shell environment and one Python session."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "plans", folder / "plans")
        tools = folder / ".bin"
        tools.mkdir()
        program = tools / "tripleaim"
        start = "import sys; sys.argv[0] = 'tripleaim'; from tripleaim.cli import main; main()"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
        paths = f"{tools}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        self.environment = {
            **{k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "CI", "GITHUB_ACTIONS")},
            **{"PATH": paths, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": str(WIDTH), "LINES": "50"},
            **{"NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
        }
        self.names: dict[str, object] = {"__name__": "page"}

    def run(self, example: Example) -> str:
        """What one example prints."""
        if example.kind == "pycon":
            return self._python(example)
        if example.source.startswith("tripleaim ") and not SHELL.search(example.source.strip()):
            return self._ours(shlex.split(example.source)[1:])
        ended = subprocess.run(
            ["sh", "-c", example.source],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return ended.stdout

    def _ours(self, words: list[str]) -> str:
        printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
        with patch.dict(os.environ, self.environment, clear=True), redirect_stdout(printed), redirect_stderr(printed):
            with suppress(SystemExit):
                app(words, prog_name="tripleaim")
            printed.flush()
        printed.seek(0)
        return printed.read()

    def _python(self, example: Example) -> str:
        printed: list[str] = []
        each = doctest.Example(example.source, example.expected)
        test = doctest.DocTest([each], self.names, "page", None, 0, None)
        runner = doctest.DocTestRunner(checker=_Keep(printed), verbose=False)
        runner.run(test, out=printed.append, clear_globs=False)
        self.names.update(test.globs)
        return printed[0] if printed else ""


class _Keep(doctest.OutputChecker):
    """Accepts everything and keeps it: comparing is `matches`' work."""

    def __init__(self, printed: list[str]) -> None:
        self.printed = printed

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        self.printed.append(got)
        return True


def refreshed(text: str) -> str:
    """A page with today's output in every command that leaves nothing out and every Python example likewise."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        session = Session(Path(folder))
        for each in examples(text):
            printed = session.run(each)
            if GAP in each.expected or matches(each.expected, printed):
                continue
            if "Exception raised:" in printed or "our fault" in printed:
                raise SystemExit(f"line {each.line}, {each.source.strip()}\n{printed}")
            shown = f"$ {each.source}\n" if each.kind == "console" else _shown(each.source)
            text = text.replace(shown + each.expected, shown + printed.rstrip("\n") + "\n", 1)
    return text


def _shown(source: str) -> str:
    first, *rest = source.splitlines()
    return "".join([f">>> {first}\n", *(f"... {line}\n" if line else "...\n" for line in rest)])


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name).resolve()
        path.write_text(refreshed(path.read_text("utf-8")), encoding="utf-8")
