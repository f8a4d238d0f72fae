"""The workspace's own settings, with leases of two seconds: what breaks off is taken up again while a test waits."""

from tripleaim.web.settings import *  # noqa: F403

RUN_LEASE = 2
RUN_LOOK = 0.05
