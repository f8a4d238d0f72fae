"""`tripleaim serve` and the other words for the workspace: a program of its own, stopped with the command."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tripleaim.cli import app, workspace
from web.opened import Opened, said

AS_TYPED = ("-c", "import sys; sys.argv[0] = 'tripleaim'; from tripleaim.cli import main; main()")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_opens_the_workspace_and_hands_the_signal_on(tmp_path: Path, number: signal.Signals) -> None:
    with Opened(tmp_path / "home", command=AS_TYPED) as server:
        code, rest = server.stopped(number)
    assert code == 0
    assert rest.endswith("Stopped.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [["serve", "--port", "0"], ["audit", "verify"], ["backup", "a.zip"], ["restore", "a.zip"]]
)
def test_what_the_workspace_refuses_ends_the_command_alike(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    answer = said(tmp_path / "file" / "home", *words, command=AS_TYPED)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr


def test_without_its_libraries_it_says_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "NEEDED", ("django", "no_such_library"))
    answer = CliRunner().invoke(app, ["serve"])
    assert answer.exit_code == 2
    assert "no_such_library" in answer.output
    assert 'pip install "tripleaim[web]"' in answer.output


def test_a_command_that_died_of_a_signal_ends_with_its_number(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "dies"
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    assert workspace.ask_workspace("serve") == 128 + signal.SIGKILL
    assert os.environ.get(workspace.STARTED_BY) is None
