"""What the environment asks of the workspace, read once, every problem of it told at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from tripleaim.errors import PlanProblems, Problem

WHERE = "the environment"
DATABASES = ("postgres", "postgresql", "sqlite")
LETTERS = ("smtp", "smtp+tls", "smtps")


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
    return [*found, *_database(read), *_letters(read), *_own_sign_in(stated, read)]


def _database(read: Environment) -> list[Problem]:
    """What an address of a database may be. None of its parts is repeated: it carries a password."""
    if not read.database_url or _address(read.database_url, DATABASES):
        return []
    return [
        _problem(
            "DATABASE_URL",
            "an address that cannot be read",
            "postgres://user:password@host:5432/name, or sqlite:////folder/file",
            "write it like that, with %-signs for the letters /, :, @ and # of a password",
        )
    ]


def _letters(read: Environment) -> list[Problem]:
    """Where letters go out, and from whom."""
    if not read.email_url:
        return []
    found = []
    if not _address(read.email_url, LETTERS, with_host=True):
        found.append(
            _problem(
                "TRIPLEAIM_EMAIL_URL",
                "an address that cannot be read",
                "smtp://, smtp+tls:// or smtps://, then user:password@host:port",
                "write it like that, with %-signs for the letters /, :, @ and # of a password",
            )
        )
    if "@" not in read.email_from:
        found.append(
            _problem(
                "TRIPLEAIM_EMAIL_FROM",
                read.email_from or "nothing",
                "the address that letters come from",
                "name one, such as plan@example.org",
            )
        )
    return found


def _own_sign_in(stated: Mapping[str, str], read: Environment) -> list[Problem]:
    """The sign-in of an organisation: all of it, and out of reach of whoever listens in between."""
    oidc = {name: stated.get(f"TRIPLEAIM_OIDC_{name}", "") for name in ("NAME", "SERVER", "CLIENT", "SECRET")}
    found = []
    if any(oidc.values()) and not all(oidc.values()):
        lacking = ", ".join(f"TRIPLEAIM_OIDC_{name}" for name, value in oidc.items() if not value)
        found.append(_problem("TRIPLEAIM_OIDC_*", f"no {lacking}", "all four or none", f"add {lacking}"))
    schemes = ("https",) if read.production else ("https", "http")
    if read.oidc_server and not _address(read.oidc_server, schemes, with_host=True):
        found.append(
            _problem(
                "TRIPLEAIM_OIDC_SERVER",
                read.oidc_server,
                "an address that starts with https://",
                "write the address as its keeper gives it; over http anybody in between could pose as it",
            )
        )
    return found


def _address(text: str, schemes: tuple[str, ...], *, with_host: bool = False) -> SplitResult | None:
    """An address taken apart; None where it cannot be, or is of another kind."""
    try:
        parts = urlsplit(text)
        readable = parts.scheme in schemes and (parts.port or 1) > 0 and (bool(parts.hostname) or not with_host)
    except ValueError:
        return None
    return parts if readable else None


def _unsafe(stated: Mapping[str, str], read: Environment) -> list[Problem]:
    return [*_guessable_key(read), *_lacking(stated, read)]


def _guessable_key(read: Environment) -> list[Problem]:
    """A secret key that could be guessed, told without repeating any of it."""
    key = read.secret_key
    if len(key) >= 50 and len(set(key)) >= 20 and not key.startswith("django-insecure"):
        return []
    told = "nothing" if not key else f"{len(key)} letters, {len(set(key))} of them different"
    make = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    return [
        _problem(
            "TRIPLEAIM_SECRET_KEY",
            told,
            "at least 50 letters that nobody can guess",
            f"set it to what `{make}` prints, and keep it",
        )
    ]


def _lacking(stated: Mapping[str, str], read: Environment) -> list[Problem]:
    found = []
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
