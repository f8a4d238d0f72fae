"""Django's settings of the workspace. What an installation may choose stands in `environment.py`; the rest is the same
everywhere, so that what is tried on a laptop is what runs in production."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from tripleaim.web.environment import Environment, environment
from tripleaim.web.home import data_folder, own_folder, secret_key

_SET = environment()
_HERE = Path(__file__).parent

PRODUCTION = _SET.production
DEBUG = False
SECRET_KEY = _SET.secret_key or secret_key()
ALLOWED_HOSTS = list(_SET.hosts)
ROOT_URLCONF = "tripleaim.web.urls"
WSGI_APPLICATION = "tripleaim.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "tripleaim.web.workspace.apps.Workspace",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "csp",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tripleaim.web.workspace.headers.HeadersMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tripleaim.web.workspace.middleware.RefusalMiddleware",
]

_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "tripleaim.web.workspace.accounts.offered",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_HERE / "workspace" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "tripleaim.web.jinja.environment", "context_processors": _PROCESSORS},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _PROCESSORS},
    },
]


def _database() -> dict[str, Any]:
    """SQLite in the data folder, or what DATABASE_URL names."""
    if not _SET.database_url:
        return _for_many_hands({"ENGINE": "django.db.backends.sqlite3", "NAME": own_folder() / "workspace.sqlite3"})
    return _for_many_hands(dict(dj_database_url.parse(_SET.database_url, conn_max_age=600, conn_health_checks=True)))


def _for_many_hands(database: dict[str, Any]) -> dict[str, Any]:
    """SQLite set so that a server and a worker can write at once; another database as it is."""
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
        }
    return database


DATABASES = {"default": _database()}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache"
        if PRODUCTION
        else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "workspace_cache",
    }
}

# Dates as they stand in England, whatever the machine says.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(_SET.static_folder) if _SET.static_folder else data_folder() / "static"
STATICFILES_DIRS = [_HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What a reader may send: forms of a table's edits, or one plan.
LARGEST_UPLOAD = 40_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_UPLOAD  # no copy lies on a disk before it is read

# Who signs in, and how.
AUTH_USER_MODEL = "workspace.Person"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "tripleaim.web.workspace.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "tripleaim.web.workspace.accounts.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "tripleaim.web.workspace.accounts.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Triple Aim"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # whoever invited the person vouches for the address
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address alone opens nobody's account
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _SET.behind_proxy else 0
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # tying a sign-in to an account opens a door of it


def own_sign_in(read: Environment) -> dict[str, Any]:
    """The providers of allauth as an environment states them: the sign-in of one organisation, or none."""
    if not read.oidc_server:
        return {}
    app = {
        "provider_id": "organisation",
        "name": read.oidc_name,
        "client_id": read.oidc_client,
        "secret": read.oidc_secret,
        "settings": {"server_url": read.oidc_server, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


SOCIALACCOUNT_PROVIDERS = own_sign_in(_SET)
SIGN_IN_WITH = _SET.oidc_name


def _email() -> dict[str, Any]:
    """The SMTP server of the installation. Without one, a laptop prints letters; in production they would leave links
    that set passwords in the logs, so none are written, and pages say how to go on without."""
    if not _SET.email_url:
        kind = "dummy" if PRODUCTION else "console"
        return {"EMAIL_BACKEND": f"django.core.mail.backends.{kind}.EmailBackend"}
    server = urlsplit(_SET.email_url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": server.hostname or "localhost",
        "EMAIL_PORT": server.port or {"smtps": 465, "smtp+tls": 587}.get(server.scheme, 25),
        "EMAIL_HOST_USER": unquote(server.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(server.password or ""),
        "EMAIL_TIMEOUT": 10,
        "EMAIL_USE_TLS": server.scheme == "smtp+tls",
        "EMAIL_USE_SSL": server.scheme == "smtps",
    }


globals().update(_email())
SENDS_LETTERS = bool(_SET.email_url)
DEFAULT_FROM_EMAIL = _SET.email_from or "workspace@localhost"

# A cookie only this server reads, a page nobody frames, a script only we serve.
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:  # a name that browsers take from this host alone, over https alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tripleaim.web.workspace.views.refusals.forged"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if _SET.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
_SIGN_IN_AT = urlsplit(_SET.oidc_server)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        # A browser holds the address a form is led on to against this, too.
        "form-action": [SELF, *([f"{_SIGN_IN_AT.scheme}://{_SIGN_IN_AT.netloc}"] if _SET.oidc_server else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
"""What no page of ours may ask of a reader's machine."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"links": {"()": "tripleaim.web.logs.WithoutLinks"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}},
    "root": {"handlers": ["errors"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # who mistypes is told on the page, not whoever keeps the server
}
