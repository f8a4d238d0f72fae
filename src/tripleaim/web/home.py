"""Where the workspace keeps its data on this machine: one folder of the user's, and a secret key made on first use."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

FOLDER = "TRIPLEAIM_HOME"
"""Names the data folder, in the environment."""
DATABASE = "workspace.sqlite3"
"""The SQLite database in the data folder."""


def data_folder() -> Path:
    """The folder of this user's workspace: TRIPLEAIM_HOME, or where this system keeps the data of programs."""
    stated = os.environ.get(FOLDER)
    if stated:
        return Path(stated).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "Triple Aim"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Triple Aim"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "tripleaim"


def own_folder() -> Path:
    """The data folder, made where it is not there yet, readable by nobody else."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key() -> str:
    """The key that signs sessions: kept in the data folder, made there once, whoever asks first."""
    file = own_folder() / "secret.key"
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as new:
            new.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii")
