"""The page about production is true: its settings are read, its commands run, its units start."""

from __future__ import annotations

import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tripleaim.web.environment import environment
from web.opened import PATIENCE
from web.opened import environment as clean

pytestmark = pytest.mark.slow
PAGE = Path(__file__).resolve().parents[2] / "docs" / "workspace" / "production.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if found == kind]


def stated(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("["))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page's settings, with folders and a database of the test's own."""
    folder = tmp_path_factory.mktemp("production")
    page = stated(blocks("ini")[0])
    own = {
        "TRIPLEAIM_HOME": str(folder / "home"),
        "TRIPLEAIM_STATIC": str(folder / "static"),
        "DATABASE_URL": f"sqlite:///{folder / 'workspace.sqlite3'}",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    assert set(own) - {"PATH"} <= set(page)
    return {**clean(folder / "home"), **page, **own, "PWD": str(folder)}


def commands() -> list[str]:
    return [line for text in blocks("sh") for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def set_up(settings: dict[str, str]) -> dict[str, str]:
    """Everything the page says, done in its order; the settings with which it was done."""
    for command in commands():
        done = subprocess.run(
            ["sh", "-c", command], env=settings, cwd=settings["PWD"], capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return settings


def test_the_settings_of_the_page_are_safe_for_production() -> None:
    read = environment(stated("\n".join(blocks("ini")[:2])))
    assert read.production
    assert read.oidc_server


def test_every_command_of_the_page_does_what_it_should(set_up: dict[str, str]) -> None:
    assert list(Path(set_up["PWD"]).glob("tripleaim-*.zip"))
    assert list(Path(set_up["TRIPLEAIM_STATIC"]).rglob("*.css"))


def units() -> dict[str, list[str]]:
    found = [re.search(r"^ExecStart=(.*)$", text, re.MULTILINE) for text in blocks("ini")]
    lines = [shlex.split(each[1]) for each in found if each]
    return {Path(line[0]).name: line for line in lines}


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def asked(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Host": "plan.example.org", **headers})
        answer = connection.getresponse()
        answer.read()
    return answer


def test_the_server_of_the_page_answers_behind_its_proxy(set_up: dict[str, str]) -> None:
    port = free_port()
    (_, listen, *rest) = units()["waitress-serve"]
    assert listen == "--listen=127.0.0.1:8000"
    command = [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", *rest]
    server = subprocess.Popen(command, env=set_up, stderr=subprocess.PIPE, text=True)
    too_late = threading.Timer(PATIENCE, server.kill)
    too_late.start()
    try:
        assert server.stderr is not None
        assert any("Serving on" in line for line in server.stderr)
        secure = {"X-Forwarded-Proto": "https"}
        assert asked(port, "/health/", **secure).status == 200
        assert asked(port, "/account/login/", **secure).status == 200
        assert asked(port, "/account/login/").getheader("Location", "").startswith("https://plan.example.org/")
        assert asked(port, "/account/login/", Host="other.example.org", **secure).status == 400
    finally:
        too_late.cancel()
        server.kill()
        server.communicate()


def test_the_worker_of_the_page_starts_and_stops_when_it_is_asked_to(set_up: dict[str, str]) -> None:
    _, *words = units()["python"]
    worker = subprocess.Popen([sys.executable, *words], env=set_up)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE) in (0, -signal.SIGTERM, 130)
