"""What every answer carries to keep readers safe, and what a production start holds to."""

from __future__ import annotations

import logging.config
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from web.conftest import World

OPEN_PAGES = ["/account/login/", "/account/password/reset/", "/start/nothing/", "/invitation/nothing/", "/health/"]
SIGNED_IN_PAGES = ["/account/", "/account/tokens/", "/account/2fa/", "/no-such-page/"]


def production(tmp_path: Path, **more: str) -> dict[str, str]:
    """The environment of a production start on this machine."""
    static = tmp_path / "static"
    static.mkdir(exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONWARNINGS": "default",
        "TRIPLEAIM_HOME": str(tmp_path / "home"),
        "TRIPLEAIM_MODE": "production",
        "TRIPLEAIM_SECRET_KEY": "kq3Vt9_aZbXw2LmYc-8dRfGh1JnPs4Tu6Ev7Wx0Qy5ZoBiMeNlKpCjHg",
        "TRIPLEAIM_HOSTS": "plan.example.org",
        "TRIPLEAIM_STATIC": str(static),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'workspace.sqlite3'}",
        **more,
    }


def start(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tripleaim.web", *words], env=environment, capture_output=True, text=True, timeout=120
    )


def policy(response_header: str) -> dict[str, set[str]]:
    """A policy as a browser reads it: directive → what it allows; the mark that is new on every page left out."""
    parts = [part.split() for part in response_header.split(";")]
    return {name: {each for each in allowed if not each.startswith("'nonce-")} for name, *allowed in parts}


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_every_open_page_carries_the_headers_that_guard_its_reader(db: None, address: str) -> None:
    held_by(Client().get(address).headers)


@pytest.mark.parametrize("address", SIGNED_IN_PAGES)
def test_every_page_for_signed_in_readers_carries_them(world: World, address: str) -> None:
    held_by(world.as_(world.person("analyst", "council")).get(address).headers)


def held_by(headers: object) -> None:
    """The headers of a page are what the settings say, and what they say is strict."""
    given = dict(headers.items())  # type: ignore[attr-defined]
    stated = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    expected = {name: {str(each) for each in allowed if not callable(each)} for name, allowed in stated.items()}
    expected = {name: {each for each in allowed if "nonce" not in each.lower()} for name, allowed in expected.items()}
    assert policy(given["Content-Security-Policy"]) == expected
    assert "unsafe" not in given["Content-Security-Policy"]
    assert given["X-Frame-Options"] == "DENY"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Referrer-Policy"] == "same-origin"
    assert given["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in given["Permissions-Policy"]
    assert "no-store" in given["Cache-Control"]
    assert "private" in given["Cache-Control"]


def test_health_says_ok_to_anybody_once_the_database_has_answered(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        answer = Client().get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert Client().head("/health/").status_code == 200


def test_health_says_when_the_database_does_not_answer(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("no server is there")

    with monkeypatch.context() as now:
        now.setattr(connection, "cursor", gone)
        answer = Client().get("/health/")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer")


def test_a_link_that_opens_something_is_not_written_into_the_log(db: None, capfd: pytest.CaptureFixture[str]) -> None:
    logging.config.dictConfig(settings.LOGGING)
    Client().get("/invitation/secret-part/")
    assert capfd.readouterr().err == "", "who mistypes is told on the page alone"
    for address in ("/invitation/secret-part/", "/start/secret-part/"):
        logging.getLogger("django.request").error("Internal Server Error: %s", address)
    told = capfd.readouterr().err
    assert told.count("…") == 2
    assert "secret-part" not in told


@pytest.mark.slow
def test_a_production_start_passes_the_checks_of_deployment_without_a_warning(tmp_path: Path) -> None:
    done = start(production(tmp_path), "check", "--deploy", "--fail-level", "INFO")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout
    assert "WARNING" not in done.stderr.upper(), done.stderr


@pytest.mark.slow
def test_an_unsafe_production_start_is_refused_with_every_problem_and_no_secret(tmp_path: Path) -> None:
    environment = production(tmp_path, TRIPLEAIM_SECRET_KEY="hush-hush", TRIPLEAIM_HOSTS="*", DATABASE_URL="")
    done = start(environment, "check")
    assert done.returncode == 2
    for name in ("TRIPLEAIM_SECRET_KEY", "TRIPLEAIM_HOSTS", "DATABASE_URL"):
        assert name in done.stderr
    assert "hush-hush" not in done.stderr
    assert "Traceback" not in done.stderr


ASK_SETTINGS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tripleaim.web.settings"
import django
django.setup()
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
over_https = Client(headers={"host": "plan.example.org"})
answer = over_https.get("/health/", secure=True)
print(answer.status_code, answer.headers["Strict-Transport-Security"])
plain = over_https.get("/account/login/")
print(plain.status_code, plain.headers["Location"])
page = over_https.get("/account/login/", secure=True)
cookie = page.cookies[settings.CSRF_COOKIE_NAME]
print(settings.CSRF_COOKIE_NAME, bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"])
print(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY)
print(page.headers["Content-Security-Policy"])
print(settings.EMAIL_BACKEND)
"""


@pytest.mark.slow
def test_production_speaks_https_alone_and_its_cookies_stay_with_it(tmp_path: Path) -> None:
    environment = production(
        tmp_path,
        TRIPLEAIM_OIDC_NAME="Marsh Council",
        TRIPLEAIM_OIDC_SERVER="https://sign-in.example.org/realm",
        TRIPLEAIM_OIDC_CLIENT="plan",
        TRIPLEAIM_OIDC_SECRET="kept",
    )
    collected = start(environment, "collectstatic", "--no-input", "--verbosity", "0")
    assert collected.returncode == 0, collected.stderr
    done = subprocess.run(
        [sys.executable, "-c", ASK_SETTINGS], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    health, plain, csrf, session, csp, letters = done.stdout.splitlines()
    assert health == "200 max-age=31536000; includeSubDomains; preload"
    assert plain == "301 https://plan.example.org/account/login/"
    assert csrf == "__Host-csrf True True Lax"
    assert session == "__Host-session True True"
    assert policy(csp)["form-action"] == {"'self'", "https://sign-in.example.org"}
    assert letters == "django.core.mail.backends.dummy.EmailBackend"
