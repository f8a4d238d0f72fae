"""The workspace's settings in tests: a data folder of their own, files served as they are, a quick password hash."""

import atexit
import os
import shutil
import tempfile

os.environ["TRIPLEAIM_HOME"] = tempfile.mkdtemp(prefix="tripleaim-tests-")
atexit.register(shutil.rmtree, os.environ["TRIPLEAIM_HOME"], ignore_errors=True)
if os.environ.get("TRIPLEAIM_TEST_DATABASE"):
    os.environ["DATABASE_URL"] = os.environ["TRIPLEAIM_TEST_DATABASE"]
else:
    os.environ.pop("DATABASE_URL", None)

from tripleaim.web.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
