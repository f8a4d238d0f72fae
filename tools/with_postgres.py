"""Run a command beside a PostgreSQL server of its own: `python tools/with_postgres.py python -m pytest tests/web`.

A new cluster in a temporary folder, on a free port of loopback, run by a user who is not root, with a password made for
it; the command finds it in TRIPLEAIM_TEST_DATABASE. Server and folder are gone when the command ends, however it ends.
Needs Debian's package postgresql (or another PostgreSQL 14 or newer on the PATH). Without it: a sentence, exit code 3.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

NOT_HERE = 3
DEBIAN = Path("/usr/lib/postgresql")
PLAIN_USERS = ("postgres", "nobody")


def main(command):
    programs = folder_of_programs()
    if programs is None:
        print("PostgreSQL is not here: install Debian's package postgresql to try the workspace on it.")
        return NOT_HERE
    user = plain_user()
    folder = Path(tempfile.mkdtemp(prefix="tripleaim-postgres-"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return beside_server(programs, user, folder, command)
    finally:
        subprocess.run(
            as_user(user, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)


def folder_of_programs():
    """Where initdb is: the newest of Debian's, or on the PATH."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def plain_user():
    """Whom the server runs as: ourselves, or for root a user without rights, since PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in PLAIN_USERS if name in known), None)


def as_user(user, *command):
    return [*(["runuser", "-u", user, "--"] if user else []), *map(str, command)]


def beside_server(programs, user, folder, command):
    password, port = secrets.token_hex(16), free_port()
    (folder / "password").write_text(password)
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, user)
    quiet = {"stdout": subprocess.DEVNULL, "cwd": "/", "check": True}
    subprocess.run(
        as_user(
            user,
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "tripleaim",
            "-E",
            "UTF8",
            "--locale=C",
            "--auth=scram-sha-256",
            f"--pwfile={folder / 'password'}",
        ),
        **quiet,
    )
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=300"
    if os.environ.get("TRIPLEAIM_POSTGRES_FAST") == "1":  # tests kill our own processes, never this server
        settings += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    subprocess.run(
        as_user(
            user,
            programs / "pg_ctl",
            "-D",
            folder / "data",
            "-w",
            "-o",
            settings,
            "-l",
            folder / "data" / "log",
            "start",
        ),
        **quiet,
    )
    url = f"postgres://tripleaim:{password}@127.0.0.1:{port}/postgres"
    return subprocess.run(command, env={**os.environ, "TRIPLEAIM_TEST_DATABASE": url}, check=False).returncode


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Say which command to run beside the server, such as: make test-postgres")
    sys.exit(main(sys.argv[1:]))
