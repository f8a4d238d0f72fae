"""The environment: read once, every problem of it told at once, and nothing of it that is secret."""

from __future__ import annotations

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.web.environment import Environment, environment

KEY = "kq3Vt9_aZbXw2LmYc-8dRfGh1JnPs4Tu6Ev7Wx0Qy5ZoBiMeNlKpCjHg"
SAFE = {
    "TRIPLEAIM_MODE": "production",
    "TRIPLEAIM_SECRET_KEY": KEY,
    "TRIPLEAIM_HOSTS": "plan.example.org, plan.example.com",
    "TRIPLEAIM_STATIC": "/srv/static",
    "DATABASE_URL": "postgres://plan:pass%2Fword@db.example.org:5432/plan",
}
SIGN_IN = {
    "TRIPLEAIM_OIDC_NAME": "Marsh Council",
    "TRIPLEAIM_OIDC_SERVER": "https://sign-in.example.org/realm",
    "TRIPLEAIM_OIDC_CLIENT": "plan",
    "TRIPLEAIM_OIDC_SECRET": "kept-to-ourselves",
}
LETTERS = {"TRIPLEAIM_EMAIL_URL": "smtps://post:s3cret@mail.example.org:465", "TRIPLEAIM_EMAIL_FROM": "a@example.org"}


def refused(stated: dict[str, str]) -> str:
    with pytest.raises(PlanProblems) as told:
        environment(stated)
    return str(told.value)


def names(text: str) -> list[str]:
    return [line.split(", ")[1] for line in text.splitlines() if line.startswith("the environment, ")]


def test_nothing_stated_is_a_laptop() -> None:
    assert environment({}) == Environment()


def test_a_safe_production_is_read() -> None:
    read = environment({**SAFE, **SIGN_IN, **LETTERS, "TRIPLEAIM_BEHIND_PROXY": "yes"})
    assert (read.production, read.behind_proxy) == (True, True)
    assert read.hosts == ("plan.example.org", "plan.example.com")
    assert read.oidc_secret == "kept-to-ourselves"


def test_an_unsafe_production_is_refused_with_all_its_problems_at_once() -> None:
    told = refused({"TRIPLEAIM_MODE": "production", "TRIPLEAIM_EMAIL_URL": "post.example.org"})
    assert sorted(names(told)) == [
        "DATABASE_URL",
        "TRIPLEAIM_EMAIL_FROM",
        "TRIPLEAIM_EMAIL_URL",
        "TRIPLEAIM_HOSTS",
        "TRIPLEAIM_SECRET_KEY",
        "TRIPLEAIM_STATIC",
    ]


@pytest.mark.parametrize("key", ["", "short", "a" * 60, "ab" * 40, f"django-insecure-{KEY}"])
def test_a_key_that_can_be_guessed_is_refused_and_not_repeated(key: str) -> None:
    told = refused({**SAFE, "TRIPLEAIM_SECRET_KEY": key})
    assert names(told) == ["TRIPLEAIM_SECRET_KEY"]
    assert not key or f" {key} " not in told
    assert "token_urlsafe" in told


@pytest.mark.parametrize("hosts", ["", "*", "plan.example.org *"])
def test_a_production_that_answers_to_any_name_is_refused(hosts: str) -> None:
    assert names(refused({**SAFE, "TRIPLEAIM_HOSTS": hosts})) == ["TRIPLEAIM_HOSTS"]


def test_a_mode_nobody_knows_is_refused() -> None:
    assert "found     live" in refused({"TRIPLEAIM_MODE": "live"})


@pytest.mark.parametrize("address", ["mysql://a:hush@b/c", "postgres://a:hush@b:port/c", "plan.sqlite3"])
def test_a_database_that_cannot_be_read_is_refused_without_its_password(address: str) -> None:
    told = refused({"DATABASE_URL": address})
    assert names(told) == ["DATABASE_URL"]
    assert "hush" not in told


@pytest.mark.parametrize("address", ["ftp://mail", "smtp://", "smtp://me:hush@mail:port"])
def test_letters_that_go_nowhere_are_refused_without_their_password(address: str) -> None:
    told = refused({**LETTERS, "TRIPLEAIM_EMAIL_URL": address})
    assert names(told) == ["TRIPLEAIM_EMAIL_URL"]
    assert "hush" not in told


def test_letters_come_from_somebody() -> None:
    assert names(refused({"TRIPLEAIM_EMAIL_URL": "smtp://mail.example.org"})) == ["TRIPLEAIM_EMAIL_FROM"]


@pytest.mark.parametrize("lacking", sorted(SIGN_IN))
def test_half_a_sign_in_is_refused_and_says_what_it_lacks(lacking: str) -> None:
    told = refused({**SIGN_IN, lacking: ""})
    assert f"add {lacking}" in told
    assert "kept-to-ourselves" not in told


def test_a_sign_in_that_others_could_pose_as_is_for_trying_out_alone() -> None:
    plain = {**SIGN_IN, "TRIPLEAIM_OIDC_SERVER": "http://127.0.0.1:9000"}
    assert environment(plain).oidc_server == "http://127.0.0.1:9000"
    assert names(refused({**SAFE, **plain})) == ["TRIPLEAIM_OIDC_SERVER"]
