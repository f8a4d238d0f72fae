"""Opening a workspace: nothing to set up, one link that lets its keeper in, and refusals before anything is written."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.opened import Opened, said

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which a workspace was opened and stopped."""
    home = tmp_path_factory.mktemp("once") / "home"
    with Opened(home, "--no-worker") as server:
        code, rest = server.stopped()
        assert (code, rest) == (0, "Stopped.\n")
        assert [line.split()[0] for line in server.lines] == ["Loading"] * 4 + ["The", "Sign", "Stop"]
    return home


@pytest.fixture
def home(opened_once: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copytree(opened_once, tmp_path / "home"))


def status(address: str, path: str = "/") -> int:
    host = address.removeprefix("http://")
    asked = http.client.HTTPConnection(host, timeout=30)
    asked.request("GET", path)
    code = asked.getresponse().status
    asked.close()
    return code


def test_what_is_there_is_nobodys_but_the_users(opened_once: Path) -> None:
    assert opened_once.stat().st_mode & 0o077 == 0
    assert (opened_once / "secret.key").stat().st_mode & 0o077 == 0


def test_it_answers_readers_and_its_link_lets_in(home: Path) -> None:
    with Opened(home, "--no-worker") as server:
        assert server.address.startswith("http://localhost:")
        assert status(server.address, "/start/nothing/") != 500
        assert status(server.address, server.link.removeprefix(server.address)) == 200


def test_it_stops_when_it_is_asked_to_end(home: Path) -> None:
    with Opened(home, "--no-worker") as server:
        assert server.stopped(signal.SIGTERM) == (0, "Stopped.\n")


def children(process: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == process:
            found.append(int(stat.parent.name))
    return found


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see which processes there are")
def test_its_worker_stops_with_it(home: Path) -> None:
    with Opened(home) as server:
        workers = children(server.process.pid)
        code, _ = server.stopped()
        assert code == 0
        assert not any(map(is_alive, workers))


def test_a_second_server_on_the_same_folder_is_told_where_the_first_is(home: Path) -> None:
    with Opened(home, "--no-worker") as server:
        second = said(home, "serve", "--port", "0")
        assert second.returncode == 2
        assert server.address in second.stderr
        assert "already open" in second.stderr
        assert second.stdout == ""
        assert status(server.address, "/start/nothing/") != 500


def test_a_taken_port_is_told_with_a_free_one_and_nothing_is_written(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = said(tmp_path / "home", "serve", "--port", str(port))
    assert refused.returncode == 2
    assert f"Port {port} is taken" in refused.stderr
    assert "tripleaim serve --port " in refused.stderr
    assert not (tmp_path / "home" / "workspace.sqlite3").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--port", "70000"], "a number from 1 to 65535"),
        (["--host", "0.0.0.0"], "passwords would travel in the clear"),
        (["--host", "example.org"], "passwords would travel in the clear"),
    ],
)
def test_an_address_it_cannot_or_should_not_have_is_told(tmp_path: Path, words: list[str], told: str) -> None:
    refused = said(tmp_path / "home", "serve", *words)
    assert refused.returncode == 2
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "home" / "workspace.sqlite3").exists()


def test_a_data_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    refused = said(tmp_path / "file" / "home", "serve", "--port", "0")
    assert refused.returncode == 2
    assert "The data folder" in refused.stderr
    assert "TRIPLEAIM_HOME" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="the system lets root write everywhere")
def test_a_data_folder_that_is_somebody_elses_is_told(home: Path) -> None:
    home.chmod(0o500)
    refused = said(home, "serve", "--port", "0")
    home.chmod(0o700)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


def test_a_database_of_a_newer_program_is_left_alone(home: Path) -> None:
    file = home / "workspace.sqlite3"
    with sqlite3.connect(file) as database:
        row = ("workspace", "9999_from_the_future", "2030-01-01")
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", row)
    database.close()
    before = file.read_bytes()
    refused = said(home, "serve", "--port", "0")
    assert refused.returncode == 2
    assert "newer Triple Aim" in refused.stderr
    assert "9999_from_the_future" in refused.stderr
    assert file.read_bytes() == before


def test_a_damaged_database_is_told(home: Path) -> None:
    (home / "workspace.sqlite3").write_bytes(b"no database at all, whatever its name says" * 100)
    refused = said(home, "serve", "--port", "0")
    assert refused.returncode == 2
    assert "tripleaim restore FILE --replace" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_fresh_link_is_made_for_whoever_lost_theirs(home: Path) -> None:
    with sqlite3.connect(home / "workspace.sqlite3") as database:
        (address,) = database.execute("SELECT email FROM workspace_person WHERE keeps_workspace").fetchone()
    database.close()
    made = said(home, "link", address.upper())
    assert made.returncode == 0
    assert "http://localhost:8000/start/" in made.stdout
    nobody = said(home, "link", "nobody@example.org")
    assert nobody.returncode == 2
    assert "Nobody signs in with the address nobody@example.org" in nobody.stderr


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[Path]:
    """A folder that is not there, and must not be after."""
    yield tmp_path / "nowhere"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("words", [["link", "a@example.org"], ["audit", "verify"], ["backup", "backup.zip"]])
def test_where_there_is_no_workspace_none_is_made(nowhere: Path, words: list[str]) -> None:
    refused = said(nowhere, *words)
    assert refused.returncode == 2
    assert "There is no workspace" in refused.stderr
