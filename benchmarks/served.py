"""The workspace's figures as rows of the table: benchmarks/workspace.py on SQLite, and on a PostgreSQL of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from measuring import ROOT, Measured

PLAIN = [sys.executable, "benchmarks/workspace.py"]
DATABASES = {"SQLite": PLAIN, "PostgreSQL": [sys.executable, "tools/with_postgres.py", *PLAIN]}
NO_POSTGRES = 3


def served() -> list[Measured]:
    """What readers wait for on each database; a database that is not here is left out, and said so."""
    found: list[Measured] = []
    for name, command in DATABASES.items():
        told = _measured(command)
        if told is None:
            print(f"{name} is not here: the workspace was not measured on it.", file=sys.stderr)
        else:
            found += _rows(name, told)
    return found


def _measured(command: list[str]) -> dict[str, Any] | None:
    without = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=without)
    if ended.returncode == NO_POSTGRES:
        return None
    if ended.returncode:
        raise SystemExit(f"ended with code {ended.returncode}: {' '.join(command)}")
    return dict(json.loads(ended.stdout.splitlines()[-1]))


def _rows(database: str, told: dict[str, Any]) -> list[Measured]:
    where = f"workspace on {database}, 44 places, 2,000 people, 500 versions"
    load = "20 requests a second for 30 s by benchmarks/workspace.py (open loop) on the same processors"
    rows = [
        Measured(what=f"{where}: {name} rendered", value=told[f"render {key} ms"], unit="ms", target=target)
        for name, key, target in (
            ("overview", "overview", 15),
            ("results", "results", 15),
            ("my ten minutes", "mine", None),
        )
    ]
    for page in ("overview", "results"):
        rows += [
            Measured(
                what=f"{where}: {page}, {load}, 95 of 100 within",
                value=told[f"load {page} p95 ms"],
                unit="ms",
                target=200,
            ),
            Measured(what="the middle of these", value=told[f"load {page} p50 ms"], unit="ms"),
            Measured(what="not answered with the page", value=told[f"load {page} failed"], unit="requests", target=0),
        ]
    return [
        *rows,
        Measured(
            what=f"{where}: a form of {told['edited cells']:,} changed cells saved",
            value=told["edit s"],
            unit="s",
            target=1.5,
        ),
        Measured(
            what="first page, with its styles and scripts, compressed",
            value=told["first page kB"],
            unit="kB",
            target=100,
        ),
    ]
