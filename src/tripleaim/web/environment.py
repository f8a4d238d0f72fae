"""What the environment asks of the workspace, read once, every problem of it told at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.errors import PlanProblems, Problem

WHERE = "the environment"


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings of one installation, in its own words; docs/workspace/production.md names each variable."""

    production: bool = False
    """Open to others than this machine: everything unsafe is then refused."""
    secret_key: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    database_url: str = ""
    static_folder: str = ""
    email_url: str = ""
    """An SMTP server as smtp://user:password@host:port; empty where nothing is sent."""
    email_from: str = ""
    behind_proxy: bool = False
    """A proxy in front tells by X-Forwarded-Proto that the reader came by https."""
    oidc_name: str = ""
    oidc_server: str = ""
    oidc_client: str = ""
    oidc_secret: str = ""


def environment(stated: Mapping[str, str] = os.environ) -> Environment:
    """The settings that the environment states.

    raises : PlanProblems where they contradict each other, or would be unsafe in production
    """
    mode = stated.get("TRIPLEAIM_MODE", "local")
    read = Environment(
        production=mode == "production",
        secret_key=stated.get("TRIPLEAIM_SECRET_KEY", ""),
        hosts=tuple(stated["TRIPLEAIM_HOSTS"].replace(",", " ").split())
        if "TRIPLEAIM_HOSTS" in stated
        else Environment.hosts,
        database_url=stated.get("DATABASE_URL", ""),
        static_folder=stated.get("TRIPLEAIM_STATIC", ""),
        email_url=stated.get("TRIPLEAIM_EMAIL_URL", ""),
        email_from=stated.get("TRIPLEAIM_EMAIL_FROM", ""),
        behind_proxy=stated.get("TRIPLEAIM_BEHIND_PROXY", "") == "yes",
        oidc_name=stated.get("TRIPLEAIM_OIDC_NAME", ""),
        oidc_server=stated.get("TRIPLEAIM_OIDC_SERVER", ""),
        oidc_client=stated.get("TRIPLEAIM_OIDC_CLIENT", ""),
        oidc_secret=stated.get("TRIPLEAIM_OIDC_SECRET", ""),
    )
    problems = [*_contradictions(mode, stated, read), *(_unsafe(stated, read) if read.production else ())]
    if problems:
        raise PlanProblems(problems)
    return read


def _contradictions(mode: str, stated: Mapping[str, str], read: Environment) -> list[Problem]:
    found = []
    if mode not in ("local", "production"):
        found.append(_problem("TRIPLEAIM_MODE", mode, "local or production", "write one of the two"))
    proxy = stated.get("TRIPLEAIM_BEHIND_PROXY", "no")
    if proxy not in ("yes", "no"):
        found.append(_problem("TRIPLEAIM_BEHIND_PROXY", proxy, "yes or no", "write one of the two"))
    oidc = {name: stated.get(f"TRIPLEAIM_OIDC_{name}", "") for name in ("NAME", "SERVER", "CLIENT", "SECRET")}
    if any(oidc.values()) and not all(oidc.values()):
        lacking = ", ".join(f"TRIPLEAIM_OIDC_{name}" for name, value in oidc.items() if not value)
        found.append(_problem("TRIPLEAIM_OIDC_*", f"no {lacking}", "all four or none", f"add {lacking}"))
    return found


def _unsafe(stated: Mapping[str, str], read: Environment) -> list[Problem]:
    found = []
    if len(read.secret_key) < 50:
        found.append(
            _problem(
                "TRIPLEAIM_SECRET_KEY",
                f"{len(read.secret_key)} letters" if read.secret_key else "nothing",
                "at least 50 letters nobody can guess",
                "set it to what `python3 -c 'import secrets; print(secrets.token_urlsafe(64))'` prints, and keep it",
            )
        )
    if "TRIPLEAIM_HOSTS" not in stated or "*" in read.hosts or not read.hosts:
        found.append(
            _problem(
                "TRIPLEAIM_HOSTS",
                stated.get("TRIPLEAIM_HOSTS") or "nothing",
                "the names under which readers reach the workspace",
                "name them, such as plan.example.org",
            )
        )
    if not read.database_url:
        found.append(
            _problem(
                "DATABASE_URL", "nothing", "where the database is", "write postgres://user:password@host:5432/name"
            )
        )
    if not read.static_folder:
        found.append(
            _problem("TRIPLEAIM_STATIC", "nothing", "a folder for styles and scripts", "name one the server can read")
        )
    return found


def _problem(name: str, found: str, expected: str, to_fix: str) -> Problem:
    return Problem(file=WHERE, field=name, found=found, expected=expected, to_fix=to_fix)
