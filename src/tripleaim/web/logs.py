"""What the server writes down of its work: nothing with which a reader of the log could let themselves in."""

from __future__ import annotations

import logging
import re

_LINKS = re.compile(r"/(start|invitation|password/reset/key)/[^/\s]+")


class WithoutLinks(logging.Filter):
    """Takes the secret part out of every address of a link that opens something."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line is kept, its links shortened.

        >>> line = logging.LogRecord("server", logging.WARNING, "", 0, "Gone: %s", ("/start/Zk3-secret/",), None)
        >>> WithoutLinks().filter(line), line.getMessage()
        (True, 'Gone: /start/…/')
        """
        record.msg, record.args = _LINKS.sub(r"/\1/…", record.getMessage()), ()
        return True
