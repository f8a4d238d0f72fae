"""The workspace's settings for processes a test starts and kills: as in tests, on the data folder the test names,
or on the PostgreSQL database it names."""

import os

HOME = os.environ["TRIPLEAIM_HOME"]
if "TRIPLEAIM_TEST_DATABASE" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TRIPLEAIM_TEST_DATABASE"]

from tripleaim.web.settings import DATABASES  # noqa: E402
from web_settings import *  # noqa: E402, F403

if "DATABASE_URL" not in os.environ:
    DATABASES["default"]["NAME"] = f"{HOME}/workspace.sqlite3"
